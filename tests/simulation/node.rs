//! One node: a pen, a register that is its disk, and a memory that it loses when it dies.
//!
//! What comes in waits until the next flush. Only then is it in the register, and only then is anybody told: the
//! writer that it is published, the mesh that it was news, the sync session that it may go on.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use mentormesh_protocol::limits::{CLOCK_AHEAD_ADMITTED, MINUTE};
use mentormesh_protocol::testing::{Register, Taken};
use mentormesh_protocol::wire::Batch;
use mentormesh_protocol::{OrganisationId, Record, RecordId, Timestamp, Verified};

use crate::gossip::{Ears, Gossip, Heard, passes_on};
use crate::pen::{Desk, Pen};
use crate::session::Session;

/// Works that wait for the next flush; what comes beyond is dropped, and sync brings it later.
pub(crate) const INBOX: usize = 1_000;

/// What waits for the next flush.
#[derive(Debug)]
enum Work {
    Own(Vec<Verified<Record>>),
    Gossip(usize, Rc<Gossip>),
    /// What a sync session fetched, and of whom.
    Fetched(usize, Vec<Vec<u8>>),
}

/// What may be told after a flush.
#[derive(Debug, Default)]
pub(crate) struct Flushed {
    /// Own records that are published.
    pub(crate) acknowledged: Vec<Verified<Record>>,
    /// Messages to pass on, and who is not told because it told us.
    pub(crate) forward: Vec<(Rc<Gossip>, Option<usize>)>,
    /// What a session waited for: whether it may go on.
    pub(crate) session: Option<bool>,
    /// What became of each envelope that came from elsewhere, and how it came.
    pub(crate) verdicts: Vec<(RecordId, Taken, Way)>,
    /// Own records that this node itself did not take.
    pub(crate) unpublished: usize,
}

/// How an envelope came, and from whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Gossip(usize),
    Sync(usize),
}

#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) number: usize,
    pub(crate) pen: Pen,
    pub(crate) register: Register,
    /// By how much its clock is ahead, and behind.
    pub(crate) clock: (u64, u64),
    pub(crate) down_until: Timestamp,
    /// Which life it leads: what was begun in an earlier one is forgotten.
    pub(crate) life: u32,
    pub(crate) mesh: BTreeSet<usize>,
    pub(crate) session: Option<Session>,
    durable: Desk,
    ears: Ears,
    inbox: Vec<Work>,
    /// By how much peers' clocks were ahead of this one's, and behind.
    offs: BTreeMap<usize, (u64, u64)>,
}

impl Node {
    pub(crate) fn new(number: usize, pen: Pen, register: Register, clock: (u64, u64)) -> Self {
        Self {
            number,
            pen,
            register,
            clock,
            down_until: Timestamp(0),
            life: 0,
            mesh: BTreeSet::new(),
            session: None,
            durable: Desk::default(),
            ears: Ears::default(),
            inbox: Vec::new(),
            offs: BTreeMap::new(),
        }
    }

    pub(crate) fn id(&self) -> OrganisationId {
        self.pen.organisation.id()
    }

    /// What its own clock says.
    pub(crate) const fn time(&self, now: Timestamp) -> Timestamp {
        now.plus(self.clock.0).minus(self.clock.1)
    }

    pub(crate) fn is_up(&self, now: Timestamp) -> bool {
        self.down_until <= now
    }

    /// Nothing is signed while the clock is more than ten minutes from the median of three peers', or behind what was
    /// signed already.
    pub(crate) fn may_sign(&self, now: Timestamp) -> bool {
        let behind = self.pen.desk.last.saturating_sub(self.time(now).0);
        let mut offs: Vec<_> = self.offs.values().map(|(ahead, late)| ahead.max(late)).copied().collect();
        offs.sort_unstable();
        let off = if offs.len() < 3 { 0 } else { offs.get(offs.len() / 2).copied().unwrap_or(0) };
        behind < CLOCK_AHEAD_ADMITTED && off <= 10 * MINUTE
    }

    /// Remembers what a peer's clock said beside one's own.
    pub(crate) fn note_clock(&mut self, peer: usize, (ours, theirs): (Timestamp, Timestamp)) {
        self.offs.insert(peer, (theirs.0.saturating_sub(ours.0), ours.0.saturating_sub(theirs.0)));
    }

    pub(crate) fn forget_clocks(&mut self) {
        self.offs.clear();
    }

    /// Own records wait for the next flush, where they are published or forgotten.
    pub(crate) fn signed(&mut self, records: Vec<Verified<Record>>) {
        self.inbox.push(Work::Own(records));
    }

    /// A message comes: whether there is something to flush now.
    pub(crate) fn hears(&mut self, from: usize, gossip: Rc<Gossip>, now: Timestamp) -> Heard {
        let heard = self.ears.hear(from, gossip.id, now);
        if heard == Heard::New && self.inbox.len() >= INBOX {
            return Heard::TooMany;
        }
        if heard == Heard::New && gossip.envelopes.is_some() {
            self.inbox.push(Work::Gossip(from, gossip));
        }
        heard
    }

    pub(crate) fn fetched(&mut self, from: usize, envelopes: Vec<Vec<u8>>) {
        self.inbox.push(Work::Fetched(from, envelopes));
    }

    pub(crate) fn waits(&self) -> usize {
        self.inbox.len()
    }

    /// Dies and comes back later with what is durable.
    pub(crate) fn die(&mut self, until: Timestamp) {
        self.life += 1;
        self.down_until = until;
        self.pen.desk = self.durable;
        self.register.die();
        self.inbox.clear();
        self.session = None;
        self.mesh.clear();
        self.ears = Ears::default();
        self.offs.clear();
    }

    /// What a node does every minute.
    pub(crate) fn tidy(&mut self, now: Timestamp) {
        let clock = self.time(now);
        self.ears.forget(now);
        self.register.retry(clock);
        self.register.sweep(clock);
    }

    /// Everything that waits becomes durable, as a whole.
    pub(crate) fn flush(&mut self, now: Timestamp) -> Flushed {
        let clock = self.time(now);
        let mut flushed = Flushed::default();
        for work in std::mem::take(&mut self.inbox) {
            match work {
                Work::Own(records) => self.publish(records, clock, &mut flushed),
                Work::Gossip(from, gossip) => {
                    let envelopes = gossip.envelopes.as_deref().unwrap_or_default();
                    let mut verdicts = Vec::new();
                    for (id, envelope) in envelopes {
                        let verdict = self.register.hear(envelope, Some(from), clock);
                        verdicts.push(verdict);
                        flushed.verdicts.push((*id, verdict, Way::Gossip(from)));
                    }
                    if passes_on(&verdicts) {
                        flushed.forward.push((gossip, Some(from)));
                    }
                }
                Work::Fetched(from, envelopes) => {
                    let mut goes_on = true;
                    for envelope in envelopes {
                        let verdict = self.register.hear(&envelope, Some(from), clock);
                        goes_on &= verdict != Taken::Rejected;
                        flushed.verdicts.push((crate::network::id_of(&envelope), verdict, Way::Sync(from)));
                    }
                    flushed.session = Some(goes_on);
                }
            }
        }
        self.durable = self.pen.desk;
        flushed
    }

    fn publish(&mut self, records: Vec<Verified<Record>>, clock: Timestamp, flushed: &mut Flushed) {
        let mut topics: [Vec<(RecordId, Vec<u8>)>; 2] = [Vec::new(), Vec::new()];
        for record in records {
            if self.register.accept(record.bytes(), clock) != Taken::Stored {
                flushed.unpublished += 1;
                continue;
            }
            let topic = usize::from(record.payload().header().is_identity());
            if let Some(batch) = topics.get_mut(topic) {
                batch.push((record.id(), record.bytes().to_vec()));
            }
            flushed.acknowledged.push(record);
        }
        let batches = topics.into_iter().filter(|batch| !batch.is_empty()).flat_map(Batch::pack);
        flushed.forward.extend(batches.map(|batch| (Rc::new(Gossip::new(&batch.encode())), None)));
    }
}
