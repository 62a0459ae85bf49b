//! One organisation's part of a register: its chain, its records, and where they stand at a moment.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::chain::Chain;
use crate::key::RecordId;
use crate::limits::EXPIRED_KEPT;
use crate::reconcile::{Accumulator, Member};
use crate::record::{Record, Slot};
use crate::signed::Verified;
use crate::time::Timestamp;
use crate::wire::{Scope, ScopeSummary};

#[derive(Clone, Debug)]
pub(super) struct Shelf {
    pub(super) chain: Chain,
    pub(super) operations: BTreeMap<RecordId, Rc<Verified<Record>>>,
    pub(super) standing: BTreeMap<Slot, Rc<Verified<Record>>>,
    /// Both halves while everything held stands: from the highest sequence until the first expiry.
    all: [ScopeSummary; 2],
    from: Timestamp,
    until: Timestamp,
}

impl Shelf {
    pub(super) fn new(chain: Chain) -> Self {
        let (operations, standing) = (BTreeMap::new(), BTreeMap::new());
        let nothing = Self::summary_of(&[]);
        let (from, until) = (Timestamp(0), Timestamp(u64::MAX));
        Self { chain, operations, standing, all: [nothing; 2], from, until }
    }

    fn held(&self) -> impl Iterator<Item = &Rc<Verified<Record>>> {
        self.operations.values().chain(self.standing.values())
    }

    pub(super) fn members(&self, scope: Scope, as_of: Timestamp) -> Vec<Member> {
        let of_scope =
            self.held().filter(|record| record.payload().header().is_identity() == (scope == Scope::Identity));
        of_scope
            .filter(|record| record.payload().header().sequence <= as_of.0)
            .filter(|record| record.payload().header().expires_at.is_none_or(|at| as_of < at))
            .map(|record| record.position())
            .collect()
    }

    pub(super) fn summary(&self, scope: Scope, as_of: Timestamp) -> ScopeSummary {
        if self.from <= as_of && as_of < self.until {
            let [identity, register] = self.all;
            return if scope == Scope::Identity { identity } else { register };
        }
        Self::summary_of(&self.members(scope, as_of))
    }

    pub(super) fn summary_of(members: &[Member]) -> ScopeSummary {
        let held: Accumulator = members.iter().map(|(_, id)| id).collect();
        let max_sequence = members.iter().map(|(sequence, _)| *sequence).max().unwrap_or(0);
        ScopeSummary { count: held.count(), fingerprint: held.fingerprint(), max_sequence }
    }

    /// Takes note of a change.
    pub(super) fn summarise(&mut self) {
        let sequences = self.held().map(|record| record.payload().header().sequence);
        let from = Timestamp(sequences.max().unwrap_or(0));
        let expiries = self.held().filter_map(|record| record.payload().header().expires_at);
        let until = expiries.min().unwrap_or(Timestamp(u64::MAX));
        self.all = [Scope::Identity, Scope::Register].map(|scope| Self::summary_of(&self.members(scope, from)));
        (self.from, self.until) = (from, until);
    }

    /// Removes what expired so long ago that no session asks for it any more; says what.
    pub(super) fn sweep(&mut self, now: Timestamp) -> Vec<RecordId> {
        let mut swept = Vec::new();
        self.standing.retain(|_, record| {
            let expired = record.payload().header().expires_at.is_some_and(|at| at.plus(EXPIRED_KEPT) <= now);
            if expired {
                swept.push(record.id());
            }
            !expired
        });
        if !swept.is_empty() {
            self.summarise();
        }
        swept
    }
}
