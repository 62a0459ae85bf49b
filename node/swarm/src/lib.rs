//! The network house of a node: the only crate that names libp2p.
//!
//! It owns connections, gossip meshes, peer scores and request streams. It refuses to know what the bytes mean:
//! there are peers, addresses, topics, requests and answers here, and no records, organisations or trust.
//! Whoever is above decides who is *admitted* ([`SwarmHandle::admit`]); until then not one gossiped byte reaches a peer.
//! Start with [`Swarm::spawn`], then `handle.rs` for what can be asked and `event_loop.rs` for how it is done.

mod address;
mod behaviour;
mod codec;
mod commands;
mod config;
mod error;
mod event;
mod event_loop;
mod gossip;
mod handle;
mod handlers;
mod limits;
mod outbox;
mod peer_id;
mod peers;
mod requests;

pub use address::{Address, AddressError};
pub use config::{Protocol, SwarmConfig};
pub use error::{DialError, PublishError, RequestError, RespondError, SwarmError};
pub use event::{PeerConnection, SwarmEvent};
pub use gossip::{Acceptance, GossipToken};
pub use handle::SwarmHandle;
pub use limits::{MESSAGE_BYTES_MAX, REQUEST_BYTES_MAX, RESPONSE_BYTES_MAX};
pub use peer_id::{PeerId, PeerIdError};
pub use requests::ResponseToken;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// The door of this crate; it holds nothing.
#[derive(Debug)]
pub struct Swarm;

impl Swarm {
    /// Starts the event loop and returns once every listen address is bound and resolved.
    ///
    /// The loop ends when it is told to, when every handle is gone, or when the receiver of events is dropped.
    pub async fn spawn(
        config: SwarmConfig,
    ) -> Result<(SwarmHandle, mpsc::Receiver<SwarmEvent>, JoinHandle<()>), SwarmError> {
        let (command_sender, commands) = mpsc::channel(limits::COMMAND_QUEUE);
        let (event_sender, events) = mpsc::channel(limits::EVENT_QUEUE);
        let swarm = behaviour::build(&config)?;
        let handle = SwarmHandle::new(PeerId(*swarm.local_peer_id()), command_sender);
        let mut event_loop = event_loop::EventLoop::new(swarm, commands, event_sender, !config.topics.is_empty());
        event_loop.listen(&config.listen, &config.external).await?;
        let task = tokio::spawn(event_loop.run());
        Ok((handle, events, task))
    }
}
