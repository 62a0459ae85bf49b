//! What happened, counted: whether a story was worth telling, and how often a record's body went to the same node.

use std::collections::BTreeMap;

use mentormesh_protocol::RecordId;
use mentormesh_protocol::testing::Taken;

use crate::node::Way;

/// What Mallory does, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Vice {
    Forges,
    Replays,
    Equivocates,
    Forks,
    Floods,
    Lies,
    Withholds,
}

impl Vice {
    pub(crate) const ALL: [Self; 7] =
        [Self::Forges, Self::Replays, Self::Equivocates, Self::Forks, Self::Floods, Self::Lies, Self::Withholds];
}

/// How one body came to one node.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bodies {
    /// Honest nodes that sent it by gossip.
    pub(crate) gossip: u64,
    /// Times that it was fetched of an honest node and was news or known already.
    pub(crate) sync: u64,
    /// Times that it was fetched of an honest node and had been replaced or was refused.
    pub(crate) in_vain: u64,
}

impl Bodies {
    pub(crate) fn most(self, other: &Self) -> Self {
        Self {
            gossip: self.gossip.max(other.gossip),
            sync: self.sync.max(other.sync),
            in_vain: self.in_vain.max(other.in_vain),
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// Acts that reached an honest node.
    pub(crate) vices: BTreeMap<Vice, u64>,
    pub(crate) verdicts: BTreeMap<&'static str, u64>,
    pub(crate) crashes: u64,
    /// Works that a crash forgot.
    pub(crate) forgotten: u64,
    pub(crate) partitions: u64,
    pub(crate) jumps_ahead: u64,
    pub(crate) jumps_back: u64,
    pub(crate) sessions: u64,
    pub(crate) complete: u64,
    pub(crate) endless: u64,
    pub(crate) most_waiting: usize,
    pub(crate) too_many: u64,
    /// Minutes until all were equal in what honest organisations said, and in everything, each time that they had to
    /// become so.
    pub(crate) minutes: Vec<(u64, u64)>,
    pub(crate) hidden: u64,
    pub(crate) bodies: BTreeMap<(usize, RecordId), Bodies>,
}

impl Tally {
    pub(crate) fn reached(&mut self, vice: Vice) {
        *self.vices.entry(vice).or_default() += 1;
    }

    /// An honest node hands a body to another honest one by gossip.
    pub(crate) fn told(&mut self, to: usize, id: RecordId) {
        self.bodies.entry((to, id)).or_default().gossip += 1;
    }

    /// An honest node decided about a body.
    pub(crate) fn decided(&mut self, at: usize, id: RecordId, verdict: Taken, way: Way, honest: usize) {
        let word = match verdict {
            Taken::Stored => "stored",
            Taken::Duplicate => "duplicate",
            Taken::Stale => "stale",
            Taken::Parked => "parked",
            Taken::Busy => "busy",
            Taken::Refused => "refused",
            Taken::Rejected => "rejected",
        };
        *self.verdicts.entry(word).or_default() += 1;
        match way {
            Way::Sync(from) if from < honest => {
                let bodies = self.bodies.entry((at, id)).or_default();
                if matches!(verdict, Taken::Stored | Taken::Duplicate) {
                    bodies.sync += 1;
                } else {
                    bodies.in_vain += 1;
                }
            }
            Way::Sync(_) | Way::Gossip(_) => {}
        }
    }
}
