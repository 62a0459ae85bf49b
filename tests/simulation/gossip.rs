//! A gossip message, and a node's part in passing it on: take it once, keep to a pace, forward what was stored.

use std::collections::{BTreeMap, BTreeSet};

use mentormesh_protocol::key::sha256;
use mentormesh_protocol::testing::Taken;
use mentormesh_protocol::wire::Batch;
use mentormesh_protocol::{Record, RecordId, Signed, Timestamp};

/// Peers a node tells what it learnt: as many as it seeks, and the least and most it has.
pub(crate) const MESH: usize = 4;
pub(crate) const MESH_LOW: usize = 3;
pub(crate) const MESH_HIGH: usize = 6;
/// Messages a second that are heard of one peer, and how many at once.
const RATE: u64 = 20;
const BURST: u64 = 200;
/// How long a message is recognised that came before.
const REMEMBERED: u64 = 2 * 60_000;

/// What travels, read once for all who get it: reading is a function of the bytes.
#[derive(Debug)]
pub(crate) struct Gossip {
    pub(crate) id: [u8; 32],
    /// The envelopes and their ids; none when the message is not one that an honest node writes.
    pub(crate) envelopes: Option<Vec<(RecordId, Vec<u8>)>>,
}

impl Gossip {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        Self { id: sha256(bytes), envelopes: read(bytes) }
    }
}

/// Envelopes of one organisation, ascending by id, of one topic: all that the sender could have checked.
fn read(bytes: &[u8]) -> Option<Vec<(RecordId, Vec<u8>)>> {
    let batch = Batch::decode(bytes).ok()?;
    let (mut envelopes, mut of) = (Vec::new(), BTreeSet::new());
    for envelope in batch.envelopes {
        let envelope = Vec::from(envelope);
        let signed = Signed::<Record>::decode(&envelope).ok()?;
        let header = signed.claims().header();
        let organisation = header.organisation.map_or(signed.id().0, |organisation| organisation.0);
        of.insert((organisation, header.is_identity()));
        envelopes.push((signed.id(), envelope));
    }
    (of.len() == 1).then_some(envelopes)
}

/// Whether to pass a message on: nothing in it is a fault of the sender's, and at least half was news.
pub(crate) fn passes_on(verdicts: &[Taken]) -> bool {
    let stored = verdicts.iter().filter(|verdict| **verdict == Taken::Stored).count();
    !verdicts.contains(&Taken::Rejected) && stored * 2 >= verdicts.len()
}

/// Which messages a node has seen lately, and how many more it hears of whom.
#[derive(Debug, Default)]
pub(crate) struct Ears {
    seen: BTreeMap<[u8; 32], Timestamp>,
    heard: BTreeMap<usize, (Timestamp, u64)>,
}

impl Ears {
    /// Whether a message is one to look at.
    pub(crate) fn hear(&mut self, from: usize, id: [u8; 32], now: Timestamp) -> Heard {
        let (since, tokens) = self.heard.entry(from).or_insert((now, BURST));
        let earned = now.0.saturating_sub(since.0) / 1_000 * RATE;
        if earned > 0 {
            (*since, *tokens) = (now, (*tokens + earned).min(BURST));
        }
        if *tokens == 0 {
            return Heard::TooMany;
        }
        *tokens -= 1;
        if self.seen.insert(id, now).is_some() { Heard::Again } else { Heard::New }
    }

    /// Forgets what came long ago.
    pub(crate) fn forget(&mut self, now: Timestamp) {
        self.seen.retain(|_, at| at.plus(REMEMBERED) > now);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    New,
    Again,
    TooMany,
}
