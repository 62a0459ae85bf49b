//! What a swarm is told once, at its start.
//!
//! Owns the settings and their names; where they come from (files, flags) is not known here.

use std::fmt;

use libp2p::StreamProtocol;

use crate::Address;

/// The two request protocols of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// Reconciliation.
    Sync,
    /// Letters.
    Courier,
}

impl Protocol {
    /// Returns the name negotiated on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sync => "/mentormesh/sync/1",
            Self::Courier => "/mentormesh/courier/1",
        }
    }

    pub(crate) const fn stream_protocol(self) -> StreamProtocol {
        StreamProtocol::new(self.name())
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The settings of a swarm.
#[derive(Clone)]
pub struct SwarmConfig {
    /// Seed of the node's Ed25519 key; the peer id follows from it.
    pub node_key: [u8; 32],
    /// Name of the network, told to every peer in `protocol_version`.
    pub network: String,
    /// Addresses to bind; port 0 lets the system choose.
    pub listen: Vec<Address>,
    /// Addresses others can reach us at, told to every peer.
    pub external: Vec<Address>,
    /// Whether to look for peers on the local network.
    pub mdns: bool,
    /// Topics to join; no other topic of any peer is heeded.
    pub topics: Vec<String>,
}

impl SwarmConfig {
    /// Returns what this node calls its protocol, and what a peer of the same network calls it too.
    #[must_use]
    pub fn protocol_version(&self) -> String {
        format!("mentormesh/1/{}", self.network)
    }
}

impl fmt::Debug for SwarmConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SwarmConfig")
            .field("node_key", &"(secret)")
            .field("network", &self.network)
            .field("listen", &self.listen)
            .field("external", &self.external)
            .field("mdns", &self.mdns)
            .field("topics", &self.topics)
            .finish()
    }
}
