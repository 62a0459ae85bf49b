//! The change log: what happened to which slot, in the order in which it became durable.
//!
//! Positions rise by one and are never given twice. A follower keeps the last one it took and asks for what came
//! after; a first position that is not the next one tells it that the log was trimmed past it.

use std::ops::Bound;

use mentormesh_protocol::{OrganisationId, RecordId, Slot};

use super::rows::{self, Parts};
use super::{Store, StoreError};

/// The first byte of a change that ended something; other builds read it as one that left the slot empty.
const ENDED: u8 = 2;

/// That something changed in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where in the log.
    pub position: u64,
    /// The slot.
    pub slot: Slot,
    /// The record that stood in it from then on; `None` when it became empty or was withdrawn.
    pub record: Option<RecordId>,
    /// Whether a withdrawal ended something that stood in it here, or that was withdrawn before.
    pub ended: bool,
}

impl Change {
    pub(super) fn write(&self) -> Vec<u8> {
        let record: &[u8] = self.record.as_ref().map_or(&[], |id| &id.0);
        let has = [if self.ended { ENDED } else { u8::from(self.record.is_some()) }];
        rows::join(&[&has, record, &self.slot.organisation.0, &self.slot.withdrawn()])
    }

    pub(super) fn read(key: &[u8], value: &[u8]) -> Result<Self, StoreError> {
        let read = || {
            let position = Parts(key.get(1..)?).number()?;
            let mut parts = Parts(value);
            let has = parts.byte()?;
            let record = if has == 1 { Some(RecordId(parts.array()?)) } else { None };
            let organisation = OrganisationId(parts.array()?);
            Some(Self { position, slot: parts.slot(organisation)?, record, ended: has == ENDED })
        };
        read().ok_or_else(|| StoreError::row("change"))
    }
}

impl Store {
    /// Changes after `position`, oldest first, at most `limit`; only such as will survive a loss of power, so that
    /// no follower is ever ahead of the store.
    ///
    /// # Errors
    /// When the disk fails or holds damage.
    pub fn changes_after(&self, position: u64, limit: usize) -> Result<Vec<Change>, StoreError> {
        let last = self.last_position();
        if position >= last {
            return Ok(Vec::new());
        }
        let range = (Bound::Excluded(rows::change(position)), Bound::Included(rows::change(last)));
        self.range(range).take(limit).map(|row| row.and_then(|(key, value)| Change::read(&key, &value))).collect()
    }
}
