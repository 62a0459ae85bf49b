//! What a sync session compares: one half of an organisation's records at one moment.
//!
//! The set is a function of the store and the moment alone: sequence ≤ moment < expiry. Its fingerprint comes from a
//! sum kept in the same batch as the records, less what is too new and what has expired, so that it costs no walk.

use std::ops::Bound;

use mentormesh_protocol::limits::FETCH_IDS;
use mentormesh_protocol::reconcile::{Accumulator, Member};
use mentormesh_protocol::wire::{Place, Scope, ScopeSummary};
use mentormesh_protocol::{OrganisationId, RecordId, Timestamp};

use super::rows::{self, EXPIRY, Half, PLACE, Sum};
use super::{Store, StoreError};

/// How often to read again when the writer was at work in the same half meanwhile.
const ATTEMPTS: usize = 4;

/// Envelopes of a session set with their ids, and where to go on when there may be more.
pub type Page = (Vec<(RecordId, Vec<u8>)>, Option<Place>);

impl Store {
    /// The session set from sequence `since` on, in order. Taken while the writer is at work in the same half, it
    /// may hold a record and its successor both, which costs the session a fetch and no more.
    ///
    /// # Errors
    /// When the disk fails or holds damage.
    pub fn members(
        &self,
        organisation: &OrganisationId,
        scope: Scope,
        as_of: Timestamp,
        since: u64,
    ) -> Result<Vec<Member>, StoreError> {
        let half = Half { organisation: *organisation, scope };
        let read = |_: Option<&[u8]>| {
            let places = self.places(&half, Bound::Included(half.from(PLACE, since)), as_of);
            places.map(|place| place.map(|place| (place.sequence, place.id))).collect::<Result<Vec<_>, _>>()
        };
        self.steady(&half, read)?.map_or_else(|| read(None), Ok)
    }

    /// Count, fingerprint and highest sequence of the session set.
    ///
    /// # Errors
    /// When the disk fails or holds damage.
    pub fn summary(
        &self,
        organisation: &OrganisationId,
        scope: Scope,
        as_of: Timestamp,
    ) -> Result<ScopeSummary, StoreError> {
        let half = Half { organisation: *organisation, scope };
        if let Some(summary) = self.steady(&half, |sum| self.summed(&half, sum, as_of))? {
            return Ok(summary);
        }
        // Sum and rows read at different moments could add up to nonsense; a set that was read is always a set.
        let members = self.members(organisation, scope, as_of, 0)?;
        let ids: Accumulator = members.iter().map(|(_, id)| id).collect();
        let max_sequence = members.last().map_or(0, |(sequence, _)| *sequence);
        Ok(ScopeSummary { count: ids.count(), fingerprint: ids.fingerprint(), max_sequence })
    }

    /// Ids of records newer than the moment, oldest first, at most `limit`.
    ///
    /// # Errors
    /// When the disk fails or holds damage.
    pub fn tail(
        &self,
        organisation: &OrganisationId,
        scope: Scope,
        as_of: Timestamp,
        limit: usize,
    ) -> Result<Vec<RecordId>, StoreError> {
        self.newer(&Half { organisation: *organisation, scope }, as_of).take(limit).collect()
    }

    /// Envelopes of the session set after a place, in order, up to `max_bytes` but at least one, and where to go on
    /// when there may be more.
    ///
    /// # Errors
    /// When the disk fails or holds damage.
    pub fn page(
        &self,
        organisation: &OrganisationId,
        scope: Scope,
        as_of: Timestamp,
        after: Option<Place>,
        max_bytes: usize,
    ) -> Result<Page, StoreError> {
        let half = Half { organisation: *organisation, scope };
        let from = after.map_or_else(
            || Bound::Included(half.from(PLACE, 0)),
            |place| Bound::Excluded(half.place(place.sequence, &place.id)),
        );
        let (mut page, mut size, mut last) = (Vec::new(), 0, None);
        for place in self.places(&half, from, as_of) {
            let place = place?;
            let Some(envelope) = self.envelope(&place.id)? else { continue };
            let full = size + envelope.len() > max_bytes || page.len() == FETCH_IDS;
            if full && !page.is_empty() {
                return Ok((page, last));
            }
            size += envelope.len();
            page.push((place.id, envelope));
            last = Some(place);
        }
        Ok((page, None))
    }

    /// Places of the session set from `from` on, in order.
    fn places(
        &self,
        half: &Half,
        from: Bound<Vec<u8>>,
        as_of: Timestamp,
    ) -> impl DoubleEndedIterator<Item = Result<Place, StoreError>> + use<> {
        let until = Bound::Included(half.through(PLACE, as_of.0));
        self.range((from, until)).filter_map(move |row| match read(row) {
            Ok((_, expires_at)) if expires_at <= as_of => None,
            Ok((place, _)) => Some(Ok(place)),
            Err(error) => Some(Err(error)),
        })
    }

    /// Ids of records newer than the moment, oldest first.
    fn newer(&self, half: &Half, as_of: Timestamp) -> impl Iterator<Item = Result<RecordId, StoreError>> + use<> {
        let range = (Bound::Excluded(half.through(PLACE, as_of.0)), Bound::Included(half.through(PLACE, u64::MAX)));
        self.range(range).map(|row| read(row).map(|(place, _)| place.id))
    }

    /// The summary from the sum that stood before anything else was read.
    fn summed(&self, half: &Half, sum: Option<&[u8]>, as_of: Timestamp) -> Result<ScopeSummary, StoreError> {
        let mut ids = sum.map(Sum::read).transpose()?.unwrap_or_default().ids;
        // No record expires before its sequence, so none is taken out twice.
        for id in self.newer(half, as_of) {
            ids.remove(&id?);
        }
        for row in self.range(half.numbers(EXPIRY, 0, as_of.0)) {
            let (key, value) = row?;
            ids.remove(&rows::read_expiry(&key, &value)?.1);
        }
        let last = self.places(half, Bound::Included(half.from(PLACE, 0)), as_of).next_back().transpose()?;
        let max_sequence = last.map_or(0, |place| place.sequence);
        Ok(ScopeSummary { count: ids.count(), fingerprint: ids.fingerprint(), max_sequence })
    }

    /// Reads a half such that no batch changed it meanwhile; `None` when the writer never rested.
    fn steady<T>(
        &self,
        half: &Half,
        mut read: impl FnMut(Option<&[u8]>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let key = half.prefix(rows::SUM);
        for _ in 0..ATTEMPTS {
            let before = self.row(&key)?;
            let value = read(before.as_deref())?;
            if self.row(&key)? == before {
                return Ok(Some(value));
            }
        }
        Ok(None)
    }
}

fn read(row: Result<super::store::Row, StoreError>) -> Result<(Place, Timestamp), StoreError> {
    let (key, value) = row?;
    let (sequence, id, expires_at) = rows::read_place(&key, &value)?;
    Ok((Place { sequence, id }, expires_at))
}
