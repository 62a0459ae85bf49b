//! The writing hand: there is one, and what it answers is durable.
//!
//! Records go in by batches, each atomic; one flush and one sync settle a call. After a failure of the disk nothing
//! more is written until the store is opened again, because it is not known what the disk holds.

use std::ops::Bound;
use std::panic::{AssertUnwindSafe, catch_unwind};

use mentormesh_protocol::limits::EXPIRED_KEPT;
use mentormesh_protocol::wire::Scope;
use mentormesh_protocol::{OrganisationId, Record, RecordId, Slot, Timestamp, Verified};

use super::draft::Draft;
use super::rows::{self, EXPIRY, Half, Ledger, PLACE, SLOT, Standing};
use super::{Store, StoreError, disk};

/// Records in one batch: readers wait while a batch is applied.
const BATCH: usize = 64;
/// Rows of the change log removed in one batch; they are small.
const TRIMMED: usize = 512;

/// A record to put, and when it came.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'r> {
    /// The record.
    pub record: &'r Verified<Record>,
    /// When this node first saw it; kept for operations alone.
    pub first_seen: Timestamp,
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It stands.
    Stored {
        /// What stood there before.
        replaced: Option<RecordId>,
    },
    /// It stood already.
    Duplicate,
    /// Something that merge prefers stands.
    Stale,
    /// Its signer told two stories of one slot and sequence.
    Equivocates {
        /// Whether merge preferred it.
        stored: bool,
        /// The other story.
        other: RecordId,
    },
}

/// The register on disk, for writing. There is one per store, and one thread owns it.
#[derive(Debug)]
pub struct Writer {
    store: Store,
    ledger: Ledger,
    /// Free bytes below which it takes no record.
    pub(super) reserve: u64,
}

impl Writer {
    pub(super) const fn new(store: Store, ledger: Ledger) -> Self {
        Self { store, ledger, reserve: disk::RESERVE }
    }

    /// Merges records into the register, in order; what it answers is durable.
    ///
    /// # Errors
    /// When the disk is full or fails; records of earlier batches of the same call may be stored then.
    pub fn put(&mut self, records: &[Incoming<'_>]) -> Result<Vec<Put>, StoreError> {
        disk::room(&self.store.0.dir, self.reserve)?;
        self.settled(|writer| {
            let mut outcomes = Vec::with_capacity(records.len());
            for batch in records.chunks(BATCH) {
                writer.change(|draft| {
                    for incoming in batch {
                        outcomes.push(draft.put(incoming)?);
                    }
                    Ok(())
                })?;
            }
            Ok(outcomes)
        })
    }

    /// Empties slots.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn remove(&mut self, slots: &[Slot]) -> Result<(), StoreError> {
        self.settled(|writer| {
            for batch in slots.chunks(BATCH) {
                let standing: Result<Vec<_>, _> = batch.iter().map(|slot| writer.store.standing(slot)).collect();
                writer.empty(&standing?.into_iter().flatten().collect::<Vec<_>>())?;
            }
            Ok(())
        })
    }

    /// Removes everything of an organisation, or one half of it, and says how many records that were. The change
    /// log still names the emptied slots, for its followers, until it is trimmed.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn purge(&mut self, organisation: &OrganisationId, scope: Option<Scope>) -> Result<u64, StoreError> {
        let scopes = scope.map_or_else(|| vec![Scope::Register, Scope::Identity], |scope| vec![scope]);
        let halves = scopes.into_iter().map(|scope| Half { organisation: *organisation, scope });
        self.settled(|writer| halves.into_iter().map(|half| writer.purge_half(&half)).sum())
    }

    /// Removes what expired longer ago than expired records are kept, and says how many records that were.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn sweep(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        let until = now.minus(EXPIRED_KEPT).0;
        self.settled(|writer| writer.store.halves()?.iter().map(|half| writer.sweep_half(half, until)).sum())
    }

    /// Forgets changes before a position that every follower has passed.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn trim_changes(&mut self, before: u64) -> Result<(), StoreError> {
        self.guarded(|writer| {
            loop {
                let range =
                    writer.store.range((Bound::Included(rows::change(0)), Bound::Excluded(rows::change(before))));
                let keys: Vec<_> = range.take(TRIMMED).map(|row| row.map(|(key, _)| key)).collect::<Result<_, _>>()?;
                if keys.is_empty() {
                    return Ok(());
                }
                let mut batch = sled::Batch::default();
                keys.into_iter().for_each(|key| batch.remove(key));
                writer.store.0.db.apply_batch(batch)?;
            }
        })
    }

    fn purge_half(&mut self, half: &Half) -> Result<u64, StoreError> {
        let mut purged = 0;
        loop {
            let slots = self.store.under(&half.prefix(SLOT)).take(BATCH);
            let slots = slots.map(|row| row.and_then(|(key, value)| Standing::read(&key, &value)));
            let slots: Vec<_> = slots.collect::<Result<_, _>>()?;
            if slots.is_empty() {
                break;
            }
            purged += self.empty(&slots)?;
        }
        // What has a place and no slot is an operation.
        loop {
            let places = self.store.under(&half.prefix(PLACE)).take(BATCH);
            let places = places.map(|row| row.and_then(|(key, value)| rows::read_place(&key, &value)));
            let places: Vec<_> = places.collect::<Result<_, _>>()?;
            if places.is_empty() {
                return Ok(purged);
            }
            purged += count(&places);
            self.change(|draft| {
                places.iter().try_for_each(|(sequence, id, _)| draft.forget(&half.organisation, id, *sequence))
            })?;
        }
    }

    fn sweep_half(&mut self, half: &Half, until: u64) -> Result<u64, StoreError> {
        let mut swept = 0;
        loop {
            let expired = self.store.range(half.numbers(EXPIRY, 0, until)).take(BATCH);
            let expired = expired.map(|row| self.expired(&row?)).collect::<Result<Vec<_>, _>>()?;
            if expired.is_empty() {
                return Ok(swept);
            }
            swept += self.empty(&expired)?;
        }
    }

    /// What stands in the slot that an expiry is of.
    fn expired(&self, (key, value): &super::store::Row) -> Result<Standing, StoreError> {
        let (half, id, hash) = rows::read_expiry(key, value)?;
        let key = rows::slot_at(&half, &hash);
        let standing = self.store.row(&key)?.map(|value| Standing::read(&key, &value)).transpose()?;
        let lost = || StoreError::Corrupt("an expiry is of a record that stands nowhere".to_owned());
        standing.filter(|standing| standing.id == id).ok_or_else(lost)
    }

    fn empty(&mut self, standing: &[Standing]) -> Result<u64, StoreError> {
        self.change(|draft| {
            standing.iter().try_for_each(|standing| draft.empty(&standing.slot, &standing.id).map(drop))
        })?;
        Ok(count(standing))
    }

    /// Writes one batch, whole or not at all.
    fn change(&mut self, work: impl FnOnce(&mut Draft<'_>) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let mut draft = Draft::new(&self.store.0.db, self.ledger);
        work(&mut draft)?;
        if let Some((batch, ledger)) = draft.finish() {
            self.store.0.db.apply_batch(batch)?;
            self.ledger = ledger;
        }
        Ok(())
    }

    /// Does some work and makes it durable.
    fn settled<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.guarded(|writer| {
            let before = writer.ledger.batch;
            let done = work(writer)?;
            if writer.ledger.batch > before {
                writer.store.0.settle(writer.ledger.position)?;
            }
            Ok(done)
        })
    }

    /// Does some work, unless an earlier one failed gravely; sled's panics count as such failures.
    fn guarded<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.store.0.refuse_if_halted()?;
        let done = catch_unwind(AssertUnwindSafe(|| work(self)));
        let done = done.unwrap_or_else(|panic| Err(StoreError::given_up(panic.as_ref())));
        done.map_err(|error| self.store.0.noted(error))
    }
}

fn count<T>(items: &[T]) -> u64 {
    u64::try_from(items.len()).unwrap_or(u64::MAX)
}
