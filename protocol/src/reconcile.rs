//! Set reconciliation: two nodes find what they do not share, in a few messages (range-based, negentropy 0.5.3).
//!
//! A session is a plain struct that is fed a message and gives back the next one. It knows ids and sequences, not
//! records; who fetches what was found missing is the network's affair.

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};
use negentropy::{Id, Negentropy, NegentropyStorageVector};

use crate::key::{RecordId, sha256};
use crate::limits::{RECONCILE_FRAME, RECONCILE_ROUNDS};

/// What two nodes compare: the records of one organisation, by sequence and id.
pub type Member = (u64, RecordId);

/// Why a session ended without an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReconcileError {
    /// The other side's message is not of the protocol.
    #[error("the other side's reconciliation message is malformed: {0}")]
    Malformed(String),
    /// The other side keeps it going.
    #[error("reconciliation did not end within {RECONCILE_ROUNDS} rounds")]
    Endless,
}

impl From<negentropy::Error> for ReconcileError {
    fn from(error: negentropy::Error) -> Self {
        Self::Malformed(error.to_string())
    }
}

/// An order-independent summary of a set of ids that can be kept current: the sum of the ids modulo 2^256 as
/// little-endian numbers, and their count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accumulator {
    sum: [u8; 32],
    count: u64,
}

/// SHA-256 of sum and count, cut to 16 bytes: equal fingerprints mean equal sets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Fingerprint(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

impl Fingerprint {
    /// One fingerprint of two sets that are compared apart: SHA-256 of both, cut to 16 bytes.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let both = [self.0, other.0].concat();
        let mut short = [0; 16];
        short.copy_from_slice(sha256(&both).first_chunk::<16>().unwrap_or(&[0; 16]));
        Self(short)
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

impl Accumulator {
    /// Restores what [`Accumulator::to_bytes`] gave.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 40]) -> Self {
        let (sum, count) = bytes.split_at(32);
        Self {
            sum: sum.try_into().unwrap_or_default(),
            count: u64::from_be_bytes(count.try_into().unwrap_or_default()),
        }
    }

    /// Sum and count, for the store.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 40] {
        let mut bytes = [0; 40];
        let (sum, count) = bytes.split_at_mut(32);
        sum.copy_from_slice(&self.sum);
        count.copy_from_slice(&self.count.to_be_bytes());
        bytes
    }

    /// Takes one id in.
    pub fn add(&mut self, id: &RecordId) {
        self.count = self.count.wrapping_add(1);
        let mut carry = 0u16;
        for (byte, other) in self.sum.iter_mut().zip(id.0) {
            let total = u16::from(*byte) + u16::from(other) + carry;
            *byte = total.to_le_bytes()[0];
            carry = total >> 8;
        }
    }

    /// Takes one id out that was taken in before.
    pub fn remove(&mut self, id: &RecordId) {
        self.count = self.count.wrapping_sub(1);
        let mut borrow = 0u16;
        for (byte, other) in self.sum.iter_mut().zip(id.0) {
            let total = 256 + u16::from(*byte) - u16::from(other) - borrow;
            *byte = total.to_le_bytes()[0];
            borrow = 1 - (total >> 8);
        }
    }

    /// Takes another set in whose ids are all different.
    pub fn merge(&mut self, other: &Self) {
        self.add(&RecordId(other.sum));
        self.count = self.count.wrapping_sub(1).wrapping_add(other.count);
    }

    /// How many ids are in.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The fingerprint of what is in.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let digest = sha256(&self.to_bytes());
        let mut short = [0; 16];
        short.copy_from_slice(digest.first_chunk::<16>().unwrap_or(&[0; 16]));
        Fingerprint(short)
    }
}

impl<'a> FromIterator<&'a RecordId> for Accumulator {
    fn from_iter<I: IntoIterator<Item = &'a RecordId>>(ids: I) -> Self {
        let mut accumulator = Self::default();
        ids.into_iter().for_each(|id| accumulator.add(id));
        accumulator
    }
}

/// SHA-256 over the ids in order of sequence and id: the daily check that no sum can be forged past.
#[must_use]
pub fn ordered_hash(members: &[Member]) -> [u8; 32] {
    let mut ordered = members.to_vec();
    ordered.sort_unstable();
    let bytes: Vec<u8> = ordered.iter().flat_map(|(_, id)| id.0).collect();
    sha256(&bytes)
}

/// One node's set, sealed for the length of a session.
#[derive(Debug)]
pub struct Set(NegentropyStorageVector);

impl Set {
    /// Seals a set of members; one that is given twice counts once.
    ///
    /// # Errors
    /// Never for a fresh set; the library's signature allows for it.
    pub fn seal(members: impl IntoIterator<Item = Member>) -> Result<Self, ReconcileError> {
        let mut storage = NegentropyStorageVector::new();
        for (sequence, id) in members {
            storage.insert(sequence, Id::from_byte_array(id.0))?;
        }
        storage.seal()?;
        Ok(Self(storage))
    }

    /// Answers one message of the other side, which began.
    ///
    /// # Errors
    /// When the message is malformed.
    pub fn answer(&self, message: &[u8]) -> Result<Vec<u8>, ReconcileError> {
        Ok(Negentropy::borrowed(&self.0, RECONCILE_FRAME)?.reconcile(message)?)
    }
}

/// What the side that began does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Send this message and feed back the answer.
    Send(Vec<u8>),
    /// All differences are known.
    Done(Difference),
}

/// What two sets do not share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Ids that only the other side has.
    pub missing_here: BTreeSet<RecordId>,
    /// Ids that only this side has.
    pub missing_there: BTreeSet<RecordId>,
}

/// The side that began.
pub struct Session<'s> {
    negentropy: Negentropy<'s, NegentropyStorageVector>,
    found: Difference,
    rounds: usize,
}

impl std::fmt::Debug for Session<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("found", &self.found).field("rounds", &self.rounds).finish_non_exhaustive()
    }
}

impl<'s> Session<'s> {
    /// Begins, with the first message to send.
    ///
    /// # Errors
    /// Never for a sealed set; the library's signature allows for it.
    pub fn begin(set: &'s Set) -> Result<(Self, Vec<u8>), ReconcileError> {
        let mut negentropy = Negentropy::borrowed(&set.0, RECONCILE_FRAME)?;
        let first = negentropy.initiate()?;
        Ok((Self { negentropy, found: Difference::default(), rounds: 0 }, first))
    }

    /// What is known so far. A session that broke off has found real differences all the same; who fetches them
    /// makes the next one shorter.
    #[must_use]
    pub const fn found(&self) -> &Difference {
        &self.found
    }

    /// Takes the other side's answer.
    ///
    /// # Errors
    /// When the answer is malformed or the other side never ends.
    pub fn step(&mut self, answer: &[u8]) -> Result<Step, ReconcileError> {
        self.rounds += 1;
        if self.rounds > RECONCILE_ROUNDS {
            return Err(ReconcileError::Endless);
        }
        let (mut have, mut need) = (Vec::new(), Vec::new());
        let next = self.negentropy.reconcile_with_ids(answer, &mut have, &mut need)?;
        self.found.missing_there.extend(have.into_iter().map(|id| RecordId(id.to_bytes())));
        self.found.missing_here.extend(need.into_iter().map(|id| RecordId(id.to_bytes())));
        Ok(next.map_or_else(|| Step::Done(std::mem::take(&mut self.found)), Step::Send))
    }
}
