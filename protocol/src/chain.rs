//! An organisation's chain of operations: which keys stand, at which sequence, on which branch.
//!
//! Operations form a tree below the first one. Where two follow the same operation, the stronger rotation key (the
//! lower index) wins, provided it was seen within 72 hours of the weaker one; otherwise the organisation is disputed
//! and stands where the branches part, until the operator pins a tip. The outcome is a function of the operations
//! and of when each was first seen, never of the order in which they arrived.

use std::collections::BTreeMap;

use crate::key::{OrganisationId, PublicKey, RecordId};
use crate::limits::{CHAIN_OPERATIONS, OVERTURN};
use crate::record::{Body, Operation, Record};
use crate::signed::{EnvelopeError, Network, Signed, Verified};
use crate::time::Timestamp;

/// All operations known of one organisation.
#[derive(Clone, Debug)]
pub struct Chain {
    organisation: OrganisationId,
    steps: BTreeMap<RecordId, Step>,
    pinned: Option<RecordId>,
    tip: RecordId,
    disputed: bool,
}

#[derive(Clone, Debug)]
struct Step {
    operation: Operation,
    /// Which of prev's rotation keys signed: lower overrules higher.
    strength: usize,
    first_seen: Timestamp,
}

/// Why an operation does not join its chain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// Not an operation that this build reads.
    #[error("not an operation of version 1")]
    NotAnOperation,
    /// The operation it follows is not known here (yet).
    #[error("follows an operation that is not known here")]
    Orphan,
    /// The chain is as long as it may be.
    #[error("the chain has {CHAIN_OPERATIONS} operations, the most that are kept")]
    TooLong,
    /// No rotation key that may sign it did.
    #[error(transparent)]
    Signature(#[from] EnvelopeError),
}

impl Chain {
    /// Founds the chain of a first operation, signed by one of its own rotation keys.
    ///
    /// # Errors
    /// When it is not a first operation or its signature is not its own.
    pub fn found(
        genesis: Signed<Record>,
        network: &Network,
        first_seen: Timestamp,
    ) -> Result<(Self, Verified<Record>), ChainError> {
        let operation = operation_of(&genesis).filter(|operation| operation.prev.is_none());
        let operation = operation.ok_or(ChainError::NotAnOperation)?.clone();
        let verified = genesis.verify(network, &operation.rotation_keys)?;
        let strength = position(&operation.rotation_keys, verified.signer());
        let id = verified.id();
        let steps = BTreeMap::from([(id, Step { operation, strength, first_seen })]);
        let chain = Self { organisation: OrganisationId(id.0), steps, pinned: None, tip: id, disputed: false };
        Ok((chain, verified))
    }

    /// Adds an operation that follows one of those known. Adding one that is known changes nothing.
    ///
    /// # Errors
    /// When it follows nothing known, is signed by no rotation key of what it follows, or the chain is full.
    pub fn add(
        &mut self,
        signed: Signed<Record>,
        network: &Network,
        first_seen: Timestamp,
    ) -> Result<Verified<Record>, ChainError> {
        let operation = operation_of(&signed).ok_or(ChainError::NotAnOperation)?.clone();
        if signed.id().0 == self.organisation.0 {
            return Ok(signed.verify(network, &operation.rotation_keys)?);
        }
        let ours = signed.claims().header().organisation == Some(self.organisation);
        let prev = operation.prev.filter(|_| ours).ok_or(ChainError::Orphan)?;
        let rotation_keys = &self.steps.get(&prev).ok_or(ChainError::Orphan)?.operation.rotation_keys;
        let verified = signed.verify(network, rotation_keys)?;
        let strength = position(rotation_keys, verified.signer());
        if !self.steps.contains_key(&verified.id()) {
            if self.steps.len() >= CHAIN_OPERATIONS {
                return Err(ChainError::TooLong);
            }
            self.steps.insert(verified.id(), Step { operation, strength, first_seen });
            self.settle();
        }
        Ok(verified)
    }

    /// Follows the branch that ends in `tip`, whatever else is known: the operator's word in a dispute.
    /// `None` takes the word back.
    pub fn pin(&mut self, tip: Option<RecordId>) {
        self.pinned = tip.filter(|tip| self.steps.contains_key(tip));
        self.settle();
    }

    /// Whose chain this is.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// The operation whose keys stand.
    #[must_use]
    pub const fn tip(&self) -> RecordId {
        self.tip
    }

    /// Whether branches part that no rule decides.
    #[must_use]
    pub const fn is_disputed(&self) -> bool {
        self.disputed
    }

    /// How many operations are known, on every branch.
    #[must_use]
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Never: a chain begins with its first operation.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Whether this operation is known.
    #[must_use]
    pub fn contains(&self, id: &RecordId) -> bool {
        self.steps.contains_key(id)
    }

    /// What the tip says: rotation keys and signing keys.
    #[must_use]
    pub fn standing(&self) -> Option<&Operation> {
        self.steps.get(&self.tip).map(|step| &step.operation)
    }

    /// The signing keys whose records of this sequence stand.
    pub fn keys_at(&self, sequence: u64) -> impl Iterator<Item = &PublicKey> {
        let notices = self.standing().map(|operation| operation.signing_keys.as_slice()).unwrap_or_default();
        notices.iter().filter(move |notice| notice.stands_at(sequence)).map(|notice| &notice.key)
    }

    /// Walks from the first operation to the tip, deciding each parting of branches.
    fn settle(&mut self) {
        let pinned = self.pinned.map(|tip| self.path_to(tip)).unwrap_or_default();
        let mut at = RecordId(self.organisation.0);
        self.disputed = false;
        loop {
            let next = match self.pinned_child(&at, &pinned) {
                Some(child) => Choice::Follow(child),
                None => self.choose(&at),
            };
            match next {
                Choice::End => break,
                Choice::Follow(child) => at = child,
                Choice::Disputed => {
                    self.disputed = true;
                    break;
                }
            }
        }
        self.tip = at;
    }

    fn pinned_child(&self, at: &RecordId, path: &[RecordId]) -> Option<RecordId> {
        let after = path.iter().position(|id| id == at)? + 1;
        path.get(after).copied()
    }

    /// The operations from the first to `tip`, in order.
    fn path_to(&self, tip: RecordId) -> Vec<RecordId> {
        let mut path = vec![tip];
        while let Some(prev) = path.last().and_then(|id| self.steps.get(id)?.operation.prev) {
            path.push(prev);
        }
        path.reverse();
        path
    }

    fn choose(&self, at: &RecordId) -> Choice {
        let children: Vec<_> = self.steps.iter().filter(|(_, step)| step.operation.prev == Some(*at)).collect();
        let Some(strongest) = children.iter().map(|(_, step)| step.strength).min() else { return Choice::End };
        let mut best = children.iter().filter(|(_, step)| step.strength == strongest);
        let (Some((id, winner)), None) = (best.next(), best.next()) else { return Choice::Disputed };
        let in_time = |weaker: &Step| winner.first_seen.0 <= weaker.first_seen.0.saturating_add(OVERTURN);
        if children.iter().all(|(_, step)| in_time(step)) { Choice::Follow(**id) } else { Choice::Disputed }
    }
}

enum Choice {
    End,
    Follow(RecordId),
    Disputed,
}

fn operation_of(signed: &Signed<Record>) -> Option<&Operation> {
    if let Body::Operation(operation) = signed.claims().body() { Some(operation) } else { None }
}

fn position(keys: &[PublicKey], key: PublicKey) -> usize {
    keys.iter().position(|candidate| *candidate == key).unwrap_or(usize::MAX)
}
