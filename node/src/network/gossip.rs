//! Passing records on: what we sign goes out as it was signed, what comes in is forwarded only once it stands here.

use mentormesh_protocol::wire::{Batch, Topic};
use mentormesh_protocol::{PeerId, Record, RecordId, Signed};
use mentormesh_swarm::{Acceptance, PublishError};

use super::context::Context;
use crate::ingest::{Announcement, Origin, Verdict};

/// Messages a second that we publish with bodies in them, and how many at once: an overloaded mesh drops silently,
/// so beyond this only heads are announced and peers pull.
const RATE: u64 = 20;
const BURST: u64 = 200;

/// A token bucket for our own publishing.
#[derive(Debug)]
pub(super) struct Pace {
    tokens: u64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { tokens: BURST }
    }
}

impl Pace {
    /// A second has passed.
    pub(super) fn refill(&mut self) {
        self.tokens = (self.tokens + RATE).min(BURST);
    }

    fn spend(&mut self) -> bool {
        let left = self.tokens > 0;
        self.tokens = self.tokens.saturating_sub(1);
        left
    }
}

/// Publishes what we signed ourselves. What cannot be sent now is healed by sync.
pub(super) async fn publish(context: &Context, pace: &mut Pace, announcement: &Announcement) {
    if announcement.origin != Origin::Local || announcement.records.is_empty() {
        return;
    }
    let topic = if announcement.identity { Topic::Identity } else { Topic::Records };
    let envelopes = announcement.records.iter().map(|(id, envelope)| (*id, envelope.to_vec())).collect();
    for batch in Batch::pack(envelopes) {
        if !pace.spend() {
            return;
        }
        match context.swarm.publish(topic.name(&context.network), batch.encode()).await {
            Ok(()) | Err(PublishError::NoPeers | PublishError::Duplicate | PublishError::Stopped) => {}
            Err(error) => tracing::debug!(%error, "gossip could not be published; sync will carry it"),
        }
    }
}

/// Takes a batch that a peer passed on and says whether to pass it on further.
pub(super) async fn receive(context: &Context, from: PeerId, topic: Topic, bytes: &[u8]) -> Acceptance {
    let Ok(batch) = Batch::decode(bytes) else { return Acceptance::Reject };
    let envelopes: Vec<Vec<u8>> = batch.envelopes.into_iter().map(Into::into).collect();
    if !well_formed(&envelopes, topic) {
        return Acceptance::Reject;
    }
    let Ok(verdicts) = context.ingest.accept(envelopes, Origin::Gossip(from)).await else {
        return Acceptance::Ignore;
    };
    if verdicts.iter().any(Verdict::is_fault) {
        return Acceptance::Reject;
    }
    let stored = verdicts.iter().filter(|verdict| **verdict == Verdict::Stored).count();
    if stored * 2 >= verdicts.len() { Acceptance::Accept } else { Acceptance::Ignore }
}

/// One organisation, ascending by id, on the topic that is theirs: all that the sender could have checked.
fn well_formed(envelopes: &[Vec<u8>], topic: Topic) -> bool {
    let (mut last, mut organisation) = (None, None);
    for envelope in envelopes {
        let Ok(signed) = Signed::<Record>::decode(envelope) else { return false };
        let id = signed.id();
        let header = signed.claims().header();
        let of = header.organisation.map_or(RecordId(id.0), |organisation| RecordId(organisation.0));
        let on_topic = header.is_identity() == (topic == Topic::Identity);
        if last >= Some(id) || organisation.is_some_and(|known| known != of) || !on_topic {
            return false;
        }
        (last, organisation) = (Some(id), Some(of));
    }
    !envelopes.is_empty()
}
