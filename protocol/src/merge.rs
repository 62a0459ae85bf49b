//! Which of two records stands in a slot: commutative, associative, idempotent, and blind to everything but the two.

use std::cmp::Ordering;

use crate::key::RecordId;
use crate::record::{Kind, Record};
use crate::signed::Verified;

/// What merge reads of a record, in the order in which it decides.
///
/// An erasing withdrawal beats everything; then the higher sequence; then a withdrawal; then the greater id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    erases: bool,
    sequence: u64,
    withdraws: bool,
    id: RecordId,
}

impl Rank {
    /// The rank of a record by its parts, for stores that keep these and not the whole record at hand.
    #[must_use]
    pub const fn new(erases: bool, sequence: u64, withdraws: bool, id: RecordId) -> Self {
        Self { erases, sequence, withdraws, id }
    }

    /// The rank of a verified record.
    #[must_use]
    pub fn of(record: &Verified<Record>) -> Self {
        let header = record.payload().header();
        Self {
            erases: record.payload().withdrawal().is_some_and(|withdrawal| withdrawal.erase),
            sequence: header.sequence,
            withdraws: header.kind == Kind::Withdrawal,
            id: record.id(),
        }
    }
}

/// How a newcomer fares against the record that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// The newcomer stands from now on.
    Replaces,
    /// It is the record that stands.
    Same,
    /// What stands goes on standing.
    Loses,
}

/// Decides between the record that stands and a newcomer for the same slot.
#[must_use]
pub fn merge(standing: &Rank, newcomer: &Rank) -> Merge {
    match newcomer.cmp(standing) {
        Ordering::Greater => Merge::Replaces,
        Ordering::Equal => Merge::Same,
        Ordering::Less => Merge::Loses,
    }
}

/// Whether one signer told two stories: the same slot and sequence, but different records.
#[must_use]
pub fn equivocates(standing: &Rank, newcomer: &Rank) -> bool {
    standing.sequence == newcomer.sequence && standing.id != newcomer.id
}
