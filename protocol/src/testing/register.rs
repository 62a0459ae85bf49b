//! A node's register in memory: the decisions of this crate in the order in which a node takes them, and no disk.
//!
//! It is the model that simulation and property tests run, and what a real ingest can be compared with. It keeps no
//! quota and no trust: everything it can verify it holds.

use std::collections::{BTreeMap, BTreeSet};

use crate::chain::{Chain, ChainError};
use crate::key::{OrganisationId, RecordId};
use crate::merge::{Merge, Rank, merge};
use crate::reconcile::{Accumulator, Fingerprint, Member};
use crate::record::{Kind, Record, Slot};
use crate::rules::{self, Timeliness};
use crate::signed::{EnvelopeError, Network, Signed, Verified};
use crate::time::Timestamp;
use crate::wire::Scope;

/// What became of an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It stands.
    Stored,
    /// It is here already.
    Duplicate,
    /// Something newer stands.
    Stale,
    /// It waits for a key or for its time.
    Parked,
    /// It is refused.
    Rejected,
}

/// All current records of one node of a story.
#[derive(Clone, Debug)]
pub struct Register {
    network: Network,
    chains: BTreeMap<OrganisationId, Chain>,
    operations: BTreeMap<RecordId, (OrganisationId, Verified<Record>)>,
    standing: BTreeMap<Slot, Verified<Record>>,
    parked: BTreeMap<RecordId, Vec<u8>>,
}

impl Register {
    /// An empty register.
    #[must_use]
    pub const fn new(network: Network) -> Self {
        Self {
            network,
            chains: BTreeMap::new(),
            operations: BTreeMap::new(),
            standing: BTreeMap::new(),
            parked: BTreeMap::new(),
        }
    }

    /// Takes one envelope through the door.
    pub fn accept(&mut self, bytes: &[u8], now: Timestamp) -> Taken {
        let Ok(signed) = Signed::<Record>::decode(bytes) else { return Taken::Rejected };
        let id = signed.id();
        if self.envelope(&id).is_some() {
            return Taken::Duplicate;
        }
        match rules::timeliness(signed.claims().header(), now) {
            Timeliness::Now => {}
            Timeliness::Later(_) => return self.park(id, bytes),
            Timeliness::Future(_) | Timeliness::Expired(_) => return Taken::Rejected,
        }
        if signed.claims().header().kind == Kind::Operation {
            return self.accept_operation(signed, now);
        }
        let organisation = signed.claims().header().organisation;
        let Some(chain) = organisation.and_then(|organisation| self.chains.get(&organisation)) else {
            return self.park(id, bytes);
        };
        match rules::verify(signed, &self.network, chain) {
            Ok(record) => self.settle(record),
            // Another prefix of the chain may know the key.
            Err(rules::Rejection::Envelope(EnvelopeError::BadSignature)) => self.park(id, bytes),
            Err(_) => Taken::Rejected,
        }
    }

    fn park(&mut self, id: RecordId, bytes: &[u8]) -> Taken {
        self.parked.insert(id, bytes.to_vec());
        Taken::Parked
    }

    fn settle(&mut self, record: Verified<Record>) -> Taken {
        let Some(slot) = record.payload().slot() else { return Taken::Rejected };
        let fate = self.standing.get(&slot).map(|standing| merge(&Rank::of(standing), &Rank::of(&record)));
        match fate {
            Some(Merge::Same) => Taken::Duplicate,
            Some(Merge::Loses) => Taken::Stale,
            Some(Merge::Replaces) | None => {
                self.standing.insert(slot, record);
                Taken::Stored
            }
        }
    }

    fn accept_operation(&mut self, signed: Signed<Record>, now: Timestamp) -> Taken {
        let (id, bytes) = (signed.id(), signed.bytes().to_vec());
        let organisation = signed.claims().header().organisation.unwrap_or(OrganisationId(id.0));
        let joined = match self.chains.get_mut(&organisation) {
            Some(chain) => chain.add(signed, &self.network, now),
            None if organisation.0 == id.0 => Chain::found(signed, &self.network, now).map(|(chain, verified)| {
                self.chains.insert(organisation, chain);
                verified
            }),
            None => Err(ChainError::Orphan),
        };
        match joined {
            Ok(verified) => {
                self.operations.insert(id, (organisation, verified));
                self.readmit(&organisation, now);
                Taken::Stored
            }
            Err(ChainError::Orphan) => self.park(id, &bytes),
            Err(ChainError::NotAnOperation | ChainError::TooLong | ChainError::Signature(_)) => Taken::Rejected,
        }
    }

    /// Decides again about every record of an organisation whose chain changed, and tries what waits.
    fn readmit(&mut self, organisation: &OrganisationId, now: Timestamp) {
        let theirs: Vec<_> = self.standing.keys().filter(|slot| slot.organisation == *organisation).cloned().collect();
        let removed: Vec<_> = theirs.iter().filter_map(|slot| self.standing.remove(slot)).collect();
        for record in removed {
            self.accept(record.bytes(), now);
        }
        self.retry(now);
    }

    /// Tries again what waits, for instance because time passed.
    pub fn retry(&mut self, now: Timestamp) {
        let waiting: Vec<_> = std::mem::take(&mut self.parked).into_values().collect();
        for bytes in waiting {
            self.accept(&bytes, now);
        }
    }

    /// The record that stands in a slot.
    #[must_use]
    pub fn standing(&self, slot: &Slot) -> Option<&Verified<Record>> {
        self.standing.get(slot)
    }

    /// Every record that stands, withdrawals included.
    pub fn records(&self) -> impl Iterator<Item = &Verified<Record>> {
        self.standing.values()
    }

    /// The chain of an organisation.
    #[must_use]
    pub fn chain(&self, organisation: &OrganisationId) -> Option<&Chain> {
        self.chains.get(organisation)
    }

    /// Organisations of which anything is known.
    #[must_use]
    pub fn organisations(&self) -> BTreeSet<OrganisationId> {
        self.chains.keys().copied().collect()
    }

    /// The envelope of this id, operation or record.
    #[must_use]
    pub fn envelope(&self, id: &RecordId) -> Option<&[u8]> {
        let operation = self.operations.get(id).map(|(_, operation)| operation.bytes());
        operation.or_else(|| self.standing.values().find(|record| record.id() == *id).map(Verified::bytes))
    }

    /// What a session at this moment compares: a function of what is held and of the moment alone.
    #[must_use]
    pub fn members(&self, organisation: &OrganisationId, scope: Scope, as_of: Timestamp) -> Vec<Member> {
        let operations = self.operations.values().filter(|(of, _)| of == organisation).map(|(_, operation)| operation);
        let records = self.standing.iter().filter(|(slot, _)| slot.organisation == *organisation);
        operations
            .chain(records.map(|(_, record)| record))
            .filter(|record| record.payload().header().is_identity() == (scope == Scope::Identity))
            .filter(|record| record.payload().header().sequence <= as_of.0)
            .filter(|record| record.payload().header().expires_at.is_none_or(|at| as_of < at))
            .map(Verified::position)
            .collect()
    }

    /// The fingerprint of [`Register::members`].
    #[must_use]
    pub fn fingerprint(&self, organisation: &OrganisationId, scope: Scope, as_of: Timestamp) -> Fingerprint {
        let members = self.members(organisation, scope, as_of);
        members.iter().map(|(_, id)| id).collect::<Accumulator>().fingerprint()
    }
}
