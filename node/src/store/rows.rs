//! The rows of the one tree: keys and values, written and read here alone.
//!
//! A key is one letter and big-endian parts, so that every question the store answers is one range. No value is
//! longer than [`CHUNK`] and a byte: sled keeps larger pages in files of their own, which it never makes durable.
//!
//! | letter | key after it | value |
//! |---|---|---|
//! | `m` | | [`Ledger`] |
//! | `r` | record id, chunk number | count of chunks (first one only), bytes |
//! | `s` | half, slot hash | [`Standing`] |
//! | `t` | half, sequence, record id | expiry |
//! | `e` | half, expiry, sequence, record id | slot hash |
//! | `a` | half | [`Sum`] |
//! | `o` | organisation, record id | when the operation was first seen |
//! | `c` | position | [`super::Change`] |

use std::ops::Bound;

use mentormesh_protocol::merge::Rank;
use mentormesh_protocol::reconcile::Accumulator;
use mentormesh_protocol::wire::Scope;
use mentormesh_protocol::{Kind, OrganisationId, Record, RecordId, Slot, Timestamp};

use super::StoreError;

pub(super) const RECORD: u8 = b'r';
pub(super) const SLOT: u8 = b's';
pub(super) const PLACE: u8 = b't';
pub(super) const EXPIRY: u8 = b'e';
pub(super) const SUM: u8 = b'a';
pub(super) const OPERATION: u8 = b'o';
pub(super) const CHANGE: u8 = b'c';
/// The key of the one [`Ledger`].
pub(super) const LEDGER: [u8; 1] = *b"m";
/// The bytes of an envelope in one row: nineteen of them, the most that a leaf briefly holds, stay under the size
/// (131,052) from which sled writes a page to a file that it never syncs.
pub(super) const CHUNK: usize = 4096;
/// The expiry of what never expires.
pub(super) const NEVER: Timestamp = Timestamp(u64::MAX);

/// One half of one organisation's records: what a session compares, and what a sum is kept of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Half {
    pub(super) organisation: OrganisationId,
    pub(super) scope: Scope,
}

impl Half {
    pub(super) fn of_slot(slot: &Slot) -> Self {
        let scope = if slot.is_identity() { Scope::Identity } else { Scope::Register };
        Self { organisation: slot.organisation, scope }
    }

    /// The beginning of every key of this half in one table.
    pub(super) fn prefix(&self, table: u8) -> Vec<u8> {
        join(&[&[table], &self.organisation.0, &[scope_byte(self.scope)]])
    }

    pub(super) fn place(&self, sequence: u64, id: &RecordId) -> Vec<u8> {
        join(&[&self.prefix(PLACE), &sequence.to_be_bytes(), &id.0])
    }

    pub(super) fn expiry(&self, standing: &Standing) -> Vec<u8> {
        let (expires, sequence) = (standing.expires_at.0.to_be_bytes(), standing.sequence.to_be_bytes());
        join(&[&self.prefix(EXPIRY), &expires, &sequence, &standing.id.0])
    }

    /// A key of `table` before every one whose number is `number`.
    pub(super) fn from(&self, table: u8, number: u64) -> Vec<u8> {
        join(&[&self.prefix(table), &number.to_be_bytes()])
    }

    /// A key of `table` after every one whose number is `number`: longer than any, and of the greatest bytes.
    pub(super) fn through(&self, table: u8, number: u64) -> Vec<u8> {
        join(&[&self.prefix(table), &number.to_be_bytes(), &[0xff; 48]])
    }

    /// All keys of `table` whose number is from `first` to `last`.
    pub(super) fn numbers(&self, table: u8, first: u64, last: u64) -> (Bound<Vec<u8>>, Bound<Vec<u8>>) {
        (Bound::Included(self.from(table, first)), Bound::Included(self.through(table, last)))
    }

    pub(super) fn read_key(parts: &mut Parts<'_>) -> Option<Self> {
        let organisation = OrganisationId(parts.array()?);
        let scope = match parts.byte()? {
            0 => Scope::Identity,
            1 => Scope::Register,
            _ => return None,
        };
        Some(Self { organisation, scope })
    }
}

const fn scope_byte(scope: Scope) -> u8 {
    match scope {
        Scope::Identity => 0,
        Scope::Register => 1,
    }
}

pub(super) fn chunk(id: &RecordId, number: u8) -> Vec<u8> {
    join(&[&[RECORD], &id.0, &[number]])
}

pub(super) fn slot(slot: &Slot) -> Vec<u8> {
    slot_at(&Half::of_slot(slot), &slot.hash())
}

pub(super) fn slot_at(half: &Half, hash: &[u8; 32]) -> Vec<u8> {
    join(&[&half.prefix(SLOT), hash])
}

pub(super) fn operation(organisation: &OrganisationId, id: &RecordId) -> Vec<u8> {
    join(&[&[OPERATION], &organisation.0, &id.0])
}

pub(super) fn change(position: u64) -> Vec<u8> {
    join(&[&[CHANGE], &position.to_be_bytes()])
}

/// The beginning of every key of one organisation in one table.
pub(super) fn of_organisation(table: u8, organisation: &OrganisationId) -> Vec<u8> {
    join(&[&[table], &organisation.0])
}

pub(super) fn join(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// The record that stands in a slot, without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The slot.
    pub slot: Slot,
    /// The record.
    pub id: RecordId,
    /// Its sequence.
    pub sequence: u64,
    /// Whether it is a withdrawal: the slot is taken and shows nothing.
    pub withdraws: bool,
    /// Whether it is a withdrawal that erases.
    pub erases: bool,
    /// The first moment at which it no longer stands.
    pub expires_at: Timestamp,
}

impl Standing {
    /// How `record` would stand in `slot`.
    pub(super) fn would(slot: Slot, id: RecordId, record: &Record) -> Self {
        let withdrawal = record.withdrawal();
        Self {
            slot,
            id,
            sequence: record.header().sequence,
            withdraws: withdrawal.is_some(),
            erases: withdrawal.is_some_and(|withdrawal| withdrawal.erase),
            expires_at: record.header().expires_at.unwrap_or(NEVER),
        }
    }

    /// What merge reads of it.
    #[must_use]
    pub const fn rank(&self) -> Rank {
        Rank::new(self.erases, self.sequence, self.withdraws, self.id)
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let flags = u8::from(self.withdraws) | (u8::from(self.erases) << 1);
        let (sequence, expires) = (self.sequence.to_be_bytes(), self.expires_at.0.to_be_bytes());
        join(&[&self.id.0, &sequence, &expires, &[flags], &self.slot.withdrawn()])
    }

    /// Reads a row of the slot table.
    pub(super) fn read(key: &[u8], value: &[u8]) -> Result<Self, StoreError> {
        let read = || {
            let organisation = Half::read_key(&mut Parts(key.get(1..)?))?.organisation;
            let mut parts = Parts(value);
            let (id, sequence, expires_at) = (RecordId(parts.array()?), parts.number()?, Timestamp(parts.number()?));
            let flags = parts.byte()?;
            let (withdraws, erases) = (flags & 1 != 0, flags & 2 != 0);
            Some(Self { slot: parts.slot(organisation)?, id, sequence, withdraws, erases, expires_at })
        };
        read().ok_or_else(|| StoreError::row("slot"))
    }
}

/// What is kept of one half so that its fingerprint costs no walk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) ids: Accumulator,
    /// The batch that last touched it: a reader that finds it unchanged read one state of the half.
    pub(super) batch: u64,
}

impl Sum {
    pub(super) fn write(&self) -> Vec<u8> {
        join(&[&self.ids.to_bytes(), &self.batch.to_be_bytes()])
    }

    pub(super) fn read(value: &[u8]) -> Result<Self, StoreError> {
        let mut parts = Parts(value);
        let mut read = || Some(Self { ids: Accumulator::from_bytes(&parts.array()?), batch: parts.number()? });
        read().ok_or_else(|| StoreError::row("sum"))
    }
}

/// What the store knows of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ledger {
    /// Random, drawn when the folder was made: an index of another generation is not this store's.
    pub(super) generation: [u8; 16],
    /// The last position of the change log, whether or not its row was trimmed.
    pub(super) position: u64,
    /// How many batches were written.
    pub(super) batch: u64,
}

impl Ledger {
    pub(super) fn write(&self) -> Vec<u8> {
        join(&[&self.generation, &self.position.to_be_bytes(), &self.batch.to_be_bytes()])
    }

    pub(super) fn read(value: &[u8]) -> Result<Self, StoreError> {
        let mut parts = Parts(value);
        let mut read = || Some(Self { generation: parts.array()?, position: parts.number()?, batch: parts.number()? });
        read().ok_or_else(|| StoreError::row("ledger"))
    }
}

/// A row taken apart from the front.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts<'r>(pub(super) &'r [u8]);

impl Parts<'_> {
    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        self.array().map(u64::from_be_bytes)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// The rest as a slot: kind word, zero byte, about.
    pub(super) fn slot(&mut self, organisation: OrganisationId) -> Option<Slot> {
        let zero = self.0.iter().position(|byte| *byte == 0)?;
        let (word, about) = self.0.split_at_checked(zero)?;
        let kind = Kind::parse(std::str::from_utf8(word).ok()?).ok()?;
        let about = about.get(1..)?.to_vec();
        self.0 = &[];
        Some(Slot { organisation, kind, about })
    }
}

/// Sequence and id from a key of the place table, and the expiry from its value.
pub(super) fn read_place(key: &[u8], value: &[u8]) -> Result<(u64, RecordId, Timestamp), StoreError> {
    let read = || {
        let mut parts = Parts(key.get(1..)?);
        Half::read_key(&mut parts)?;
        Some((parts.number()?, RecordId(parts.array()?), Timestamp(Parts(value).number()?)))
    };
    read().ok_or_else(|| StoreError::row("place"))
}

/// Half, record id and slot hash from a row of the expiry table.
pub(super) fn read_expiry(key: &[u8], value: &[u8]) -> Result<(Half, RecordId, [u8; 32]), StoreError> {
    let read = || {
        let mut parts = Parts(key.get(1..)?);
        let half = Half::read_key(&mut parts)?;
        let (_expires, _sequence) = (parts.number()?, parts.number()?);
        Some((half, RecordId(parts.array()?), Parts(value).array()?))
    };
    read().ok_or_else(|| StoreError::row("expiry"))
}

/// Organisation and record id from a key of the operation table.
pub(super) fn read_operation(key: &[u8]) -> Result<(OrganisationId, RecordId), StoreError> {
    let read = || {
        let mut parts = Parts(key.get(1..)?);
        Some((OrganisationId(parts.array()?), RecordId(parts.array()?)))
    };
    read().ok_or_else(|| StoreError::row("operation"))
}
