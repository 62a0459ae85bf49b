//! Whether the tables of a store agree: asked when the one who last worked in it did not end well.
//!
//! Every record has one place, one envelope and either a slot with an expiry or an operation's row; the sums say
//! the same. A walk compares order-independent sums of the ids found in each table.

use std::collections::BTreeMap;

use mentormesh_protocol::RecordId;
use mentormesh_protocol::reconcile::Accumulator;
use mentormesh_protocol::wire::Scope;

use super::StoreError;
use super::changes::Change;
use super::rows::{self, Half, Ledger, Parts, Standing, Sum};
use super::store::Row;

/// What the walk finds of one half.
#[derive(Debug, Default)]
struct Found {
    places: Accumulator,
    slots: Accumulator,
    expiries: Accumulator,
    operations: Accumulator,
    said: Accumulator,
}

/// What the walk finds of all.
#[derive(Debug, Default)]
struct Tally {
    halves: BTreeMap<Half, Found>,
    envelopes: Accumulator,
    chunks: u64,
    chunks_said: u64,
}

/// Compares all tables but the envelopes, which are most of the bytes: enough after a kill, when every batch is
/// there or not.
pub(super) fn rows_agree(tree: &sled::Tree) -> Result<(), StoreError> {
    let rows = [rows::SLOT, rows::PLACE, rows::EXPIRY, rows::SUM, rows::OPERATION, rows::CHANGE];
    tally(rows.into_iter().flat_map(|table| tree.scan_prefix([table]))).map(drop)
}

/// Reads every row there is and compares all tables.
pub(super) fn all_agree(tree: &sled::Tree) -> Result<(), StoreError> {
    let tally = tally(tree.iter())?;
    let mut places = Accumulator::default();
    tally.halves.values().for_each(|found| places.merge(&found.places));
    if places != tally.envelopes || tally.chunks != tally.chunks_said {
        return Err(StoreError::Corrupt("some envelopes are missing or left over".to_owned()));
    }
    Ok(())
}

fn tally(rows: impl Iterator<Item = sled::Result<Row>>) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    for row in rows {
        let (key, value) = row?;
        tally.take(&key, &value)?;
    }
    for found in tally.halves.values() {
        let mut owners = found.slots;
        owners.merge(&found.operations);
        if owners != found.places || found.said != found.places || found.expiries != found.slots {
            return Err(StoreError::Corrupt("its tables disagree about what an organisation's records are".to_owned()));
        }
    }
    Ok(tally)
}

impl Tally {
    fn take(&mut self, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        let unknown = || StoreError::row("unknown");
        let (table, rest) = key.split_first().ok_or_else(unknown)?;
        let parts = Parts(rest);
        match *table {
            rows::RECORD => self.take_chunk(rest, value).ok_or_else(|| StoreError::row("record"))?,
            rows::SLOT => self.half(parts)?.slots.add(&Standing::read(key, value)?.id),
            rows::PLACE => self.half(parts)?.places.add(&rows::read_place(key, value)?.1),
            rows::EXPIRY => self.half(parts)?.expiries.add(&rows::read_expiry(key, value)?.1),
            rows::SUM => self.half(parts)?.said = Sum::read(value)?.ids,
            rows::OPERATION => {
                let (organisation, id) = rows::read_operation(key)?;
                self.halves.entry(Half { organisation, scope: Scope::Identity }).or_default().operations.add(&id);
            }
            rows::CHANGE => drop(Change::read(key, value)?),
            _ if key == rows::LEDGER => drop(Ledger::read(value)?),
            _ => return Err(unknown()),
        }
        Ok(())
    }

    fn take_chunk(&mut self, rest: &[u8], value: &[u8]) -> Option<()> {
        let mut parts = Parts(rest);
        let (id, number) = (RecordId(parts.array()?), parts.byte()?);
        self.chunks += 1;
        if number == 0 {
            self.chunks_said += u64::from(*value.first()?);
            self.envelopes.add(&id);
        }
        Some(())
    }

    fn half(&mut self, mut key: Parts<'_>) -> Result<&mut Found, StoreError> {
        let half = Half::read_key(&mut key).ok_or_else(|| StoreError::row("half"))?;
        Ok(self.halves.entry(half).or_default())
    }
}
