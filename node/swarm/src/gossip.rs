//! How gossip is set up: mesh, message ids, scores, and what admission means in scores.
//!
//! Owns the parameters and nothing that changes. A peer that is not admitted has [`UNADMITTED_SCORE`], far below the
//! graylist: gossipsub then sends it no message, no IHAVE and no graft, answers no IWANT of it, and drops what it
//! sends before it enters the duplicate cache, so that a stranger cannot make us overlook a message. Its
//! subscriptions are still noted, so that gossip starts at once when it is admitted.

use std::collections::{HashMap, HashSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use libp2p::gossipsub::{
    self, ConfigBuilder, IdentityTransform, MaxCountSubscriptionFilter, MessageAcceptance, MessageAuthenticity,
    MessageId, PeerScoreParams, PeerScoreThresholds, TopicHash, TopicScoreParams, ValidationMode,
    WhitelistSubscriptionFilter, score_parameter_decay,
};
use sha2::{Digest, Sha256};

use crate::PeerId;
use crate::limits::TRANSMIT_BYTES_MAX;

/// Far below the graylist (−120) even with all the credit a topic can give (+15).
pub(crate) const UNADMITTED_SCORE: f64 = -1000.0;
/// A little above zero: the mesh drops whoever is below it, and a single full queue should not be enough for that.
pub(crate) const ADMITTED_SCORE: f64 = 10.0;

pub(crate) type Gossip = gossipsub::Behaviour<IdentityTransform, Filter>;
pub(crate) type Filter = MaxCountSubscriptionFilter<WhitelistSubscriptionFilter>;

/// The right to give the verdict on one message. Unused, the message is forgotten after twelve seconds.
#[derive(Debug)]
#[must_use = "a message without a verdict is not forwarded"]
pub struct GossipToken {
    pub(crate) id: MessageId,
    pub(crate) from: PeerId,
    pub(crate) topic: TopicHash,
}

/// The verdict on a gossiped message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    /// Forward it.
    Accept,
    /// Do not forward it; nobody is at fault. Every doubt of our own making belongs here.
    Ignore,
    /// Do not forward it; the sender could have known and pays for it.
    Reject,
}

impl From<Acceptance> for MessageAcceptance {
    fn from(acceptance: Acceptance) -> Self {
        match acceptance {
            Acceptance::Accept => Self::Accept,
            Acceptance::Ignore => Self::Ignore,
            Acceptance::Reject => Self::Reject,
        }
    }
}

/// Builds the gossip behaviour, subscribed to the topics.
pub(crate) fn build(topics: &[String]) -> Result<Gossip, String> {
    let hashes: HashSet<_> = topics.iter().map(TopicHash::from_raw).collect();
    let filter = MaxCountSubscriptionFilter {
        max_subscribed_topics: hashes.len().max(1),
        // A peer may leave and join every topic in one breath.
        max_subscriptions_per_request: hashes.len().max(1) * 2,
        filter: WhitelistSubscriptionFilter(hashes.clone()),
    };
    let config = config().map_err(|error| error.to_string())?;
    let mut gossip = Gossip::new_with_subscription_filter(MessageAuthenticity::Anonymous, config, filter)?;
    gossip.with_peer_score(score(&hashes), thresholds())?;
    for topic in topics {
        gossip.subscribe(&gossipsub::IdentTopic::new(topic)).map_err(|error| format!("topic {topic}: {error}"))?;
    }
    Ok(gossip)
}

fn config() -> Result<gossipsub::Config, gossipsub::ConfigBuilderError> {
    ConfigBuilder::default()
        .validation_mode(ValidationMode::Anonymous)
        .validate_messages()
        .message_id_fn(|message| message_id(message.topic.as_str(), &message.data))
        .mesh_n(4)
        .mesh_n_low(3)
        .mesh_n_high(6)
        .mesh_outbound_min(2)
        // A verdict may take up to the twelve seconds a message stays here.
        .history_length(12)
        .history_gossip(3)
        .heartbeat_interval(Duration::from_secs(1))
        // The library waits five seconds; until its first heartbeat a node has no mesh, and what it should pass on is lost.
        .heartbeat_initial_delay(Duration::from_secs(1))
        .duplicate_cache_time(Duration::from_secs(600))
        .flood_publish(true)
        .max_transmit_size(TRANSMIT_BYTES_MAX)
        .build()
}

/// Hashes topic and bytes, and never parsed fields: an id that a forger could share would suppress the true message.
fn message_id(topic: &str, bytes: &[u8]) -> MessageId {
    let length = u64::try_from(topic.len()).unwrap_or(u64::MAX);
    let digest =
        Sha256::new().chain_update(length.to_be_bytes()).chain_update(topic.as_bytes()).chain_update(bytes).finalize();
    MessageId(digest.into_iter().take(20).collect())
}

fn thresholds() -> PeerScoreThresholds {
    PeerScoreThresholds {
        gossip_threshold: -30.0,
        publish_threshold: -60.0,
        graylist_threshold: -120.0,
        accept_px_threshold: 30.0,
        opportunistic_graft_threshold: 3.0,
    }
}

fn score(topics: &HashSet<TopicHash>) -> PeerScoreParams {
    PeerScoreParams {
        topics: topics.iter().map(|topic| (topic.clone(), topic_score())).collect::<HashMap<_, _>>(),
        topic_score_cap: 15.0,
        app_specific_weight: 1.0,
        ip_colocation_factor_weight: -10.0,
        ip_colocation_factor_threshold: 4.0,
        ip_colocation_factor_whitelist: HashSet::from([
            IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(Ipv6Addr::LOCALHOST),
        ]),
        behaviour_penalty_weight: -10.0,
        behaviour_penalty_threshold: 4.0,
        behaviour_penalty_decay: score_parameter_decay(Duration::from_secs(600)),
        slow_peer_weight: -1.0,
        ..PeerScoreParams::default()
    }
}

/// One invalid message costs 40 and the next 120 more; silence costs nothing, because quiet topics are normal here.
fn topic_score() -> TopicScoreParams {
    TopicScoreParams {
        topic_weight: 1.0,
        time_in_mesh_weight: 0.2,
        time_in_mesh_quantum: Duration::from_secs(60),
        time_in_mesh_cap: 10.0,
        first_message_deliveries_weight: 0.5,
        first_message_deliveries_decay: score_parameter_decay(Duration::from_secs(600)),
        first_message_deliveries_cap: 20.0,
        mesh_message_deliveries_weight: 0.0,
        mesh_failure_penalty_weight: 0.0,
        invalid_message_deliveries_weight: -40.0,
        invalid_message_deliveries_decay: score_parameter_decay(Duration::from_secs(3600)),
        ..TopicScoreParams::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parameters_are_ones_gossipsub_takes() {
        let topics = ["ada".to_owned(), "bo".to_owned()];
        let gossip = build(&topics).expect("these very parameters are used at start");
        assert_eq!(gossip.topics().count(), 2);
    }

    #[test]
    fn strangers_stay_below_every_threshold_whatever_credit_they_earn() {
        let topics = HashSet::from([TopicHash::from_raw("ada")]);
        let best = UNADMITTED_SCORE + score(&topics).topic_score_cap;
        let thresholds = thresholds();
        assert!(best < thresholds.graylist_threshold);
        assert!(thresholds.graylist_threshold < thresholds.publish_threshold);
        assert!(thresholds.publish_threshold < thresholds.gossip_threshold);
    }

    #[test]
    fn the_same_bytes_on_another_topic_are_another_message() {
        assert_eq!(message_id("ab", b"c").0.len(), 20);
        assert_eq!(message_id("ab", b"c"), message_id("ab", b"c"));
        assert_ne!(message_id("ab", b"c"), message_id("a", b"bc"));
    }
}
