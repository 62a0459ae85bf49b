//! What nodes say to each other: protocol names, gossip topics and the messages of sync.
//!
//! Messages are canonical CBOR and bounded before they are read. The node's network folder carries them; nothing
//! here sends. What goes to and fro in a session is `wire/sync.rs`.

mod sync;

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

pub use self::sync::{Hello, Place, Refusal, ScopeSummary, SummaryRow, SyncAnswer, SyncRequest};

use crate::codec;
use crate::key::{OrganisationId, PeerId, RecordId, sha256};
use crate::limits::BATCH_BYTES;
use crate::reconcile::Fingerprint;
use crate::record::Invalid;
use crate::signed::{Network, Payload, PayloadError};
use crate::time::Timestamp;

/// The version of the wire that this build speaks.
pub const VERSION: u16 = 1;
/// The libp2p protocol of sync.
pub const SYNC_PROTOCOL: &str = "/mentormesh/sync/1";
/// The libp2p protocol of introductions.
pub const COURIER_PROTOCOL: &str = "/mentormesh/courier/1";

/// The gossip topics of one network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Operations, cards, delegations, recognitions and their withdrawals.
    Identity,
    /// Everything about mentors.
    Records,
    /// Announcements of where an organisation's set stands.
    Heads,
}

impl Topic {
    /// All topics.
    pub const ALL: [Self; 3] = [Self::Identity, Self::Records, Self::Heads];

    /// The topic's name on `network`.
    #[must_use]
    pub fn name(self, network: &Network) -> String {
        let word = match self {
            Self::Identity => "identity",
            Self::Records => "records",
            Self::Heads => "heads",
        };
        format!("mentormesh/1/{}/{word}", network.as_str())
    }
}

/// Which half of an organisation's records a session compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Scope {
    /// Operations, cards, delegations, recognitions: open to every peer.
    #[n(0)]
    Identity,
    /// Profiles, attestations and what this build does not know: for admitted peers.
    #[n(1)]
    Register,
}

/// A gossip message: envelopes of one organisation, ascending by record id.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Batch {
    /// The envelopes.
    #[n(0)]
    pub envelopes: Vec<ByteVec>,
}

/// Where a node's view of one organisation stands; signed by the node key.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct HeadAnnounce {
    /// The organisation.
    #[n(0)]
    pub organisation: OrganisationId,
    /// The tip of its chain.
    #[n(1)]
    pub tip: RecordId,
    /// How many records stood at `as_of`, identity included.
    #[n(2)]
    pub count: u64,
    /// Their fingerprint.
    #[n(3)]
    pub fingerprint: Fingerprint,
    /// The highest sequence among them.
    #[n(4)]
    pub max_sequence: u64,
    /// The moment the view is of.
    #[n(5)]
    pub as_of: Timestamp,
    /// The node that says so.
    #[n(6)]
    pub node: PeerId,
    /// SHA-256 of the ordered ids, when a node of the organisation itself speaks: the one basis for a claim that
    /// a copy is complete.
    #[n(7)]
    pub ordered: Option<ByteArray<32>>,
}

impl Payload for HeadAnnounce {
    fn decode(bytes: &[u8]) -> Result<Self, PayloadError> {
        Ok(codec::decode_exactly(bytes)?)
    }

    fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }

    fn kind(&self) -> &'static str {
        "head"
    }
}

impl Batch {
    /// Packs envelopes, which must be of one organisation, into as few messages as their sizes allow.
    #[must_use]
    pub fn pack(mut envelopes: Vec<(RecordId, Vec<u8>)>) -> Vec<Self> {
        envelopes.sort_by_key(|(id, _)| *id);
        let (mut batches, mut current, mut size) = (Vec::new(), Vec::new(), 0);
        envelopes.dedup_by_key(|(id, _)| *id);
        for (_, envelope) in envelopes {
            if size + envelope.len() + 8 > BATCH_BYTES && !current.is_empty() {
                batches.push(Self { envelopes: std::mem::take(&mut current) });
                size = 0;
            }
            size += envelope.len() + 8;
            current.push(ByteVec::from(envelope));
        }
        if !current.is_empty() {
            batches.push(Self { envelopes: current });
        }
        batches
    }

    /// Reads a batch.
    ///
    /// # Errors
    /// When it is not canonical, too large, empty, or not ascending by record id.
    pub fn decode(bytes: &[u8]) -> Result<Self, PayloadError> {
        if bytes.len() > BATCH_BYTES + 64 {
            return Err(Invalid::new("batch", format!("{} bytes, at most {BATCH_BYTES}", bytes.len())).into());
        }
        let batch: Self = codec::decode_exactly(bytes)?;
        let ids: Vec<_> = batch.envelopes.iter().map(|envelope| sha256(envelope)).collect();
        if ids.is_empty() || !ids.is_sorted_by(|one, next| one < next) {
            return Err(Invalid::new("envelopes", "empty, or not ascending by record id").into());
        }
        Ok(batch)
    }

    /// Writes the batch.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }
}
