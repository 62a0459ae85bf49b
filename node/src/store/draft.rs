//! One batch in the making: everything that must change together, and nothing written before it is whole.
//!
//! A draft reads through its own changes to the tree below, so that records of one batch merge among themselves. It
//! keeps every table in step with the others; nothing else adds or removes rows. [`super::Writer`] applies it.

use std::collections::BTreeMap;

use mentormesh_protocol::merge::{Merge, equivocates, merge};
use mentormesh_protocol::wire::Scope;
use mentormesh_protocol::{OrganisationId, Record, RecordId, Slot, Timestamp, Verified};

use super::changes::Change;
use super::rows::{self, CHUNK, Half, Ledger, NEVER, Standing, Sum};
use super::{Incoming, Put, StoreError};

/// One batch in the making.
#[derive(Debug)]
pub(super) struct Draft<'t> {
    tree: &'t sled::Tree,
    rows: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    sums: BTreeMap<Half, Sum>,
    ledger: Ledger,
}

impl<'t> Draft<'t> {
    pub(super) const fn new(tree: &'t sled::Tree, ledger: Ledger) -> Self {
        Self { tree, rows: BTreeMap::new(), sums: BTreeMap::new(), ledger }
    }

    /// Merges one record in.
    pub(super) fn put(&mut self, incoming: &Incoming<'_>) -> Result<Put, StoreError> {
        let record = incoming.record;
        let Some(slot) = record.payload().slot() else { return self.put_operation(record, incoming.first_seen) };
        let newcomer = Standing::would(slot, record.id(), record.payload());
        let standing = self.standing(&newcomer.slot)?;
        let Some(standing) = standing else {
            self.stand(&newcomer, record.bytes(), false)?;
            return Ok(Put::Stored { replaced: None });
        };
        let (old, new) = (standing.rank(), newcomer.rank());
        let stored = match merge(&old, &new) {
            Merge::Same => return Ok(Put::Duplicate),
            Merge::Loses => false,
            Merge::Replaces => true,
        };
        if stored {
            self.lift(&standing)?;
            self.stand(&newcomer, record.bytes(), newcomer.withdraws)?;
        }
        Ok(match (equivocates(&old, &new), stored) {
            (true, stored) => Put::Equivocates { stored, other: standing.id },
            (false, true) => Put::Stored { replaced: Some(standing.id) },
            (false, false) => Put::Stale,
        })
    }

    /// Empties a slot, if `id` still stands in it.
    pub(super) fn empty(&mut self, slot: &Slot, id: &RecordId) -> Result<bool, StoreError> {
        let Some(standing) = self.standing(slot)?.filter(|standing| standing.id == *id) else { return Ok(false) };
        self.lift(&standing)?;
        self.rows.insert(rows::slot(slot), None);
        self.log(slot.clone(), None, false);
        Ok(true)
    }

    /// Removes an operation.
    pub(super) fn forget(
        &mut self,
        organisation: &OrganisationId,
        id: &RecordId,
        sequence: u64,
    ) -> Result<(), StoreError> {
        let half = Half { organisation: *organisation, scope: Scope::Identity };
        self.rows.insert(rows::operation(organisation, id), None);
        self.rows.insert(half.place(sequence, id), None);
        self.sum(half)?.ids.remove(id);
        self.discard(id)
    }

    /// The batch to apply and the ledger as it will then be; `None` when nothing changes.
    pub(super) fn finish(mut self) -> Option<(sled::Batch, Ledger)> {
        if self.rows.is_empty() {
            return None;
        }
        self.ledger.batch += 1;
        let mut batch = sled::Batch::default();
        for (half, mut sum) in self.sums {
            sum.batch = self.ledger.batch;
            let row = (sum.ids.count() > 0).then(|| sum.write());
            self.rows.insert(half.prefix(rows::SUM), row);
        }
        self.rows.insert(rows::LEDGER.to_vec(), Some(self.ledger.write()));
        for (key, row) in self.rows {
            match row {
                Some(value) => batch.insert(key, value),
                None => batch.remove(key),
            }
        }
        Some((batch, self.ledger))
    }

    fn put_operation(&mut self, record: &Verified<Record>, first_seen: Timestamp) -> Result<Put, StoreError> {
        let (organisation, id) = (record.organisation(), record.id());
        let key = rows::operation(&organisation, &id);
        if self.row(&key)?.is_some() {
            return Ok(Put::Duplicate);
        }
        let half = Half { organisation, scope: Scope::Identity };
        let place = half.place(record.payload().header().sequence, &id);
        self.rows.insert(key, Some(first_seen.0.to_be_bytes().to_vec()));
        self.rows.insert(place, Some(NEVER.0.to_be_bytes().to_vec()));
        self.sum(half)?.ids.add(&id);
        self.lay(&id, record.bytes());
        Ok(Put::Stored { replaced: None })
    }

    /// Lets a record stand in its slot, which is empty or was just lifted; `ended` if it ends what was lifted.
    fn stand(&mut self, standing: &Standing, envelope: &[u8], ended: bool) -> Result<(), StoreError> {
        let half = Half::of_slot(&standing.slot);
        let hash = standing.slot.hash();
        let expires = standing.expires_at.0.to_be_bytes().to_vec();
        self.rows.insert(rows::slot_at(&half, &hash), Some(standing.write()));
        self.rows.insert(half.place(standing.sequence, &standing.id), Some(expires));
        self.rows.insert(half.expiry(standing), Some(hash.to_vec()));
        self.sum(half)?.ids.add(&standing.id);
        self.lay(&standing.id, envelope);
        self.log(standing.slot.clone(), (!standing.withdraws).then_some(standing.id), ended);
        Ok(())
    }

    /// Takes a record away from everywhere but its slot's row.
    fn lift(&mut self, standing: &Standing) -> Result<(), StoreError> {
        let half = Half::of_slot(&standing.slot);
        self.rows.insert(half.place(standing.sequence, &standing.id), None);
        self.rows.insert(half.expiry(standing), None);
        self.sum(half)?.ids.remove(&standing.id);
        self.discard(&standing.id)
    }

    fn lay(&mut self, id: &RecordId, envelope: &[u8]) {
        let count = u8::try_from(envelope.chunks(CHUNK).len()).unwrap_or(u8::MAX);
        for (number, bytes) in (0..count).zip(envelope.chunks(CHUNK)) {
            let head: &[u8] = if number == 0 { &[count] } else { &[] };
            self.rows.insert(rows::chunk(id, number), Some(rows::join(&[head, bytes])));
        }
    }

    fn discard(&mut self, id: &RecordId) -> Result<(), StoreError> {
        let first = self.row(&rows::chunk(id, 0))?;
        let count = first.and_then(|chunk| chunk.first().copied()).unwrap_or(0);
        for number in 0..count {
            self.rows.insert(rows::chunk(id, number), None);
        }
        Ok(())
    }

    fn log(&mut self, slot: Slot, record: Option<RecordId>, ended: bool) {
        self.ledger.position += 1;
        let change = Change { position: self.ledger.position, slot, record, ended };
        self.rows.insert(rows::change(change.position), Some(change.write()));
    }

    fn standing(&self, slot: &Slot) -> Result<Option<Standing>, StoreError> {
        let key = rows::slot(slot);
        self.row(&key)?.map(|value| Standing::read(&key, &value)).transpose()
    }

    fn sum(&mut self, half: Half) -> Result<&mut Sum, StoreError> {
        let known = match self.sums.get(&half) {
            Some(sum) => *sum,
            None => self.row(&half.prefix(rows::SUM))?.map(|value| Sum::read(&value)).transpose()?.unwrap_or_default(),
        };
        Ok(self.sums.entry(half).or_insert(known))
    }

    fn row(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self.rows.get(key) {
            Some(row) => Ok(row.clone()),
            None => Ok(self.tree.get(key)?.map(|value| value.to_vec())),
        }
    }
}
