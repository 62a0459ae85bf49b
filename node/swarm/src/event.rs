//! What a swarm reports, and the answers it takes.
//!
//! Owns the vocabulary between the event loop and whoever is above; decides nothing.

use crate::{Address, GossipToken, PeerId, Protocol, ResponseToken};

/// Something that happened in the network.
#[derive(Debug)]
pub enum SwarmEvent {
    /// The node listens on another address.
    Listening {
        /// The address, its port resolved.
        address: Address,
    },
    /// A peer is connected; reported for its first connection only. It is not admitted.
    Connected {
        /// The peer.
        peer: PeerId,
        /// Where it is, or where it came from.
        address: Address,
        /// Whether we dialled.
        outbound: bool,
    },
    /// The last connection of a peer is gone, and its admission with it.
    Disconnected {
        /// The peer.
        peer: PeerId,
    },
    /// A dial that had begun came to nothing.
    DialFailed {
        /// Whom we meant to reach, if we knew.
        peer: Option<PeerId>,
        /// Every address tried and what was wrong with it, in one line.
        reason: String,
    },
    /// A peer said what it is; nothing of it is verified.
    Identified {
        /// The peer.
        peer: PeerId,
        /// `mentormesh/1/<network>` in this family.
        protocol_version: String,
        /// Name and version of its software.
        agent: String,
        /// Where it says it can be reached.
        addresses: Vec<Address>,
    },
    /// A peer was seen on the local network.
    Discovered {
        /// The peer.
        peer: PeerId,
        /// Where.
        address: Address,
    },
    /// An admitted peer handed us a message. It goes no further until [`crate::SwarmHandle::validate`] says so.
    Gossip {
        /// The right to give the verdict, once.
        token: GossipToken,
        /// Who handed it to us; not who wrote it.
        from: PeerId,
        /// The topic.
        topic: String,
        /// The message.
        bytes: Vec<u8>,
    },
    /// A peer, admitted or not, asks for something.
    Request {
        /// Who asks.
        peer: PeerId,
        /// In which protocol.
        protocol: Protocol,
        /// What.
        bytes: Vec<u8>,
        /// The right to answer, once. Dropping it tells the peer that there is no answer.
        token: ResponseToken,
    },
    /// A peer does not take our messages in time; some were dropped.
    SlowPeer {
        /// The peer.
        peer: PeerId,
    },
}

/// A connected peer, as seen now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerConnection {
    /// The peer.
    pub peer: PeerId,
    /// Its oldest standing connection.
    pub address: Address,
    /// Whether we dialled that connection.
    pub outbound: bool,
    /// Whether gossip flows.
    pub admitted: bool,
    /// What it says its protocol is, once it has said so.
    pub protocol_version: Option<String>,
    /// What it says its software is, once it has said so.
    pub agent: Option<String>,
}
