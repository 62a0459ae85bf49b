//! A node's register in memory: the decisions of this crate in the order in which a node takes them, and no disk.
//!
//! It is the model that simulation and property tests run, and what a real ingest can be compared with. It keeps no
//! quota; whom it shows is decided before it is made.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::checks::{Checks, Read, Signature};
use super::shelf::Shelf;
use super::waiting::{Parked, Waiting};
use crate::chain::{Chain, ChainError};
use crate::key::{OrganisationId, RecordId};
use crate::merge::{Merge, Rank, merge};
use crate::reconcile::{Fingerprint, Member};
use crate::record::{Kind, Record, Slot};
use crate::rules::{self, Timeliness};
use crate::signed::{Network, Verified};
use crate::time::Timestamp;
use crate::wire::{Scope, ScopeSummary};

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
    /// It would wait, and there is no room.
    Busy,
    /// It is not for this register, or not now; the sender could not know.
    Refused,
    /// Nobody may take it: the sender could have known.
    Rejected,
}

/// All current records of one node of a story.
#[derive(Clone, Debug)]
pub struct Register {
    network: Network,
    checks: Checks,
    /// Whose records it holds; all when nobody said.
    shown: Option<Rc<BTreeSet<OrganisationId>>>,
    shelves: BTreeMap<OrganisationId, Shelf>,
    held: BTreeMap<RecordId, Rc<Verified<Record>>>,
    waiting: Waiting,
    stored: Vec<RecordId>,
}

impl Register {
    /// An empty register that shows every organisation.
    #[must_use]
    pub fn new(network: Network) -> Self {
        let (checks, shown, waiting) = (Checks::default(), None, Waiting::default());
        let (shelves, held, stored) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        Self { network, checks, shown, shelves, held, waiting, stored }
    }

    /// An empty register that shows these organisations alone and shares its checks with others of the same network.
    #[must_use]
    pub fn showing(shown: Rc<BTreeSet<OrganisationId>>, network: Network, checks: Checks) -> Self {
        Self { shown: Some(shown), checks, ..Self::new(network) }
    }

    /// Takes one envelope through the door.
    pub fn accept(&mut self, bytes: &[u8], now: Timestamp) -> Taken {
        self.hear(bytes, None, now)
    }

    /// Takes one envelope that a numbered peer handed over.
    pub fn hear(&mut self, bytes: &[u8], from: Option<usize>, now: Timestamp) -> Taken {
        let Some(envelope) = self.checks.read(bytes) else { return Taken::Rejected };
        self.decide(Parked { envelope, from, since: now }, now)
    }

    fn decide(&mut self, handed: Parked, now: Timestamp) -> Taken {
        if self.held.contains_key(&handed.envelope.id) {
            return Taken::Duplicate;
        }
        let header = handed.envelope.signed.claims().header();
        match rules::timeliness(header, now) {
            Timeliness::Now => {}
            Timeliness::Later(_) => return self.park(handed),
            Timeliness::Future(_) | Timeliness::Expired(_) => return Taken::Refused,
        }
        if header.kind == Kind::Operation {
            return self.decide_operation(handed, now);
        }
        let Some(shelf) = header.organisation.and_then(|organisation| self.shelves.get(&organisation)) else {
            return self.park(handed);
        };
        match self.checks.signature(&handed.envelope, &self.network, &shelf.chain) {
            Signature::Stands(record) => self.settle(record),
            Signature::Unknown => self.park(handed),
            Signature::NotStanding => Taken::Refused,
            Signature::False => Taken::Rejected,
        }
    }

    fn park(&mut self, handed: Parked) -> Taken {
        if self.waiting.take(handed) { Taken::Parked } else { Taken::Busy }
    }

    fn settle(&mut self, record: Rc<Verified<Record>>) -> Taken {
        let organisation = record.organisation();
        let (Some(slot), Some(shelf)) = (record.payload().slot(), self.shelves.get_mut(&organisation)) else {
            return Taken::Rejected;
        };
        let standing = shelf.standing.get(&slot);
        match standing.map(|standing| merge(&Rank::of(standing), &Rank::of(&record))) {
            Some(Merge::Same) => return Taken::Duplicate,
            Some(Merge::Loses) => return Taken::Stale,
            Some(Merge::Replaces) | None => {}
        }
        self.stored.push(record.id());
        self.held.insert(record.id(), Rc::clone(&record));
        if let Some(replaced) = shelf.standing.insert(slot, record) {
            self.held.remove(&replaced.id());
        }
        shelf.summarise();
        Taken::Stored
    }

    fn decide_operation(&mut self, handed: Parked, now: Timestamp) -> Taken {
        let Read { id, signed } = &*handed.envelope;
        let organisation = signed.claims().header().organisation.unwrap_or(OrganisationId(id.0));
        let joined = match self.shelves.get_mut(&organisation) {
            Some(shelf) => shelf.chain.add(signed.clone(), &self.network, now).map(Rc::new),
            None if organisation.0 != id.0 => Err(ChainError::Orphan),
            None => match self.checks.found(&handed.envelope, &self.network, now) {
                Some(_) if !self.shows(&organisation) => return Taken::Refused,
                Some((chain, verified)) => {
                    self.shelves.insert(organisation, Shelf::new(chain));
                    Ok(verified)
                }
                None => return Taken::Rejected,
            },
        };
        match joined {
            Ok(operation) => {
                self.stored.push(*id);
                self.held.insert(*id, Rc::clone(&operation));
                if let Some(shelf) = self.shelves.get_mut(&organisation) {
                    shelf.operations.insert(*id, operation);
                }
                self.readmit(&organisation, now);
                Taken::Stored
            }
            Err(ChainError::Orphan) => self.park(handed),
            Err(ChainError::TooLong) => Taken::Refused,
            Err(ChainError::NotAnOperation | ChainError::Signature(_)) => Taken::Rejected,
        }
    }

    /// Decides again about every record of an organisation whose chain changed, and tries what waits.
    fn readmit(&mut self, organisation: &OrganisationId, now: Timestamp) {
        let Some(shelf) = self.shelves.get_mut(organisation) else { return };
        for record in std::mem::take(&mut shelf.standing).into_values() {
            self.held.remove(&record.id());
            let known = self.stored.len();
            self.accept(record.bytes(), now);
            // What goes on standing was not stored a second time.
            self.stored.truncate(known);
        }
        if let Some(shelf) = self.shelves.get_mut(organisation) {
            shelf.summarise();
        }
        self.retry(now);
    }

    /// Tries again what waits, for instance because time passed.
    pub fn retry(&mut self, now: Timestamp) {
        for waiting in self.waiting.release(now) {
            self.decide(waiting, now);
        }
    }

    /// What a node forgets when it dies: what waits in memory.
    pub fn die(&mut self) {
        self.waiting = Waiting::default();
    }

    /// Removes what expired so long ago that no session asks for it any more.
    pub fn sweep(&mut self, now: Timestamp) {
        for shelf in self.shelves.values_mut() {
            for id in shelf.sweep(now) {
                self.held.remove(&id);
            }
        }
    }

    /// Ids that were stored since this was last asked.
    pub fn newly_stored(&mut self) -> Vec<RecordId> {
        std::mem::take(&mut self.stored)
    }

    /// How many envelopes wait, and how many of them one peer handed over.
    #[must_use]
    pub fn waiting(&self, peer: usize) -> (usize, usize) {
        (self.waiting.len(), self.waiting.of(Some(peer)))
    }

    /// Whether it holds records of this organisation.
    #[must_use]
    pub fn shows(&self, organisation: &OrganisationId) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown.contains(organisation))
    }

    /// The record that stands in a slot.
    #[must_use]
    pub fn standing(&self, slot: &Slot) -> Option<&Verified<Record>> {
        self.shelves.get(&slot.organisation)?.standing.get(slot).map(Rc::as_ref)
    }

    /// Every record that stands, withdrawals included.
    pub fn records(&self) -> impl Iterator<Item = &Verified<Record>> {
        self.shelves.values().flat_map(|shelf| shelf.standing.values()).map(Rc::as_ref)
    }

    /// The profiles that a search finds at this moment.
    pub fn visible(&self, now: Timestamp) -> impl Iterator<Item = &Verified<Record>> {
        self.records().filter(move |record| {
            let header = record.payload().header();
            header.kind == Kind::Profile && header.expires_at.is_none_or(|at| now < at)
        })
    }

    /// The chain of an organisation.
    #[must_use]
    pub fn chain(&self, organisation: &OrganisationId) -> Option<&Chain> {
        self.shelves.get(organisation).map(|shelf| &shelf.chain)
    }

    /// Organisations of which anything is known.
    #[must_use]
    pub fn organisations(&self) -> BTreeSet<OrganisationId> {
        self.shelves.keys().copied().collect()
    }

    /// The envelope of this id, operation or record.
    #[must_use]
    pub fn envelope(&self, id: &RecordId) -> Option<&[u8]> {
        self.held.get(id).map(|held| held.bytes())
    }

    /// What a session at this moment compares: a function of what is held and of the moment alone.
    #[must_use]
    pub fn members(&self, organisation: &OrganisationId, scope: Scope, as_of: Timestamp) -> Vec<Member> {
        self.shelves.get(organisation).map(|shelf| shelf.members(scope, as_of)).unwrap_or_default()
    }

    /// Count, fingerprint and highest sequence of [`Register::members`].
    #[must_use]
    pub fn summary(&self, organisation: &OrganisationId, scope: Scope, as_of: Timestamp) -> ScopeSummary {
        self.shelves.get(organisation).map_or_else(|| Shelf::summary_of(&[]), |shelf| shelf.summary(scope, as_of))
    }

    /// The fingerprint of [`Register::members`].
    #[must_use]
    pub fn fingerprint(&self, organisation: &OrganisationId, scope: Scope, as_of: Timestamp) -> Fingerprint {
        self.summary(organisation, scope, as_of).fingerprint
    }
}
