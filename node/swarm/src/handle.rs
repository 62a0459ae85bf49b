//! What can be asked of the network.
//!
//! Owns the commands and nothing else: each method puts one command into a queue of 64 and awaits its answer.
//! The event loop never waits for whoever reads its events, so every method may be awaited by that very reader.

use tokio::sync::{mpsc, oneshot};

use crate::limits::{MESSAGE_BYTES_MAX, REQUEST_BYTES_MAX, RESPONSE_BYTES_MAX};
use crate::requests::Answer;
use crate::{
    Acceptance, Address, DialError, GossipToken, PeerConnection, PeerId, Protocol, PublishError, RequestError,
    RespondError, ResponseToken,
};

type Reply<T> = oneshot::Sender<T>;

#[derive(Debug)]
pub(crate) enum Command {
    ListenAddresses(Reply<Vec<Address>>),
    Connections(Reply<Vec<PeerConnection>>),
    AddExternalAddress(Address, Reply<()>),
    Dial { peer: Option<PeerId>, addresses: Vec<Address>, reply: Reply<Result<(), DialError>> },
    Disconnect(PeerId, Reply<()>),
    Block { peer: PeerId, blocked: bool, reply: Reply<()> },
    Admit { peer: PeerId, admitted: bool, reply: Reply<bool> },
    Publish { topic: String, bytes: Vec<u8>, reply: Reply<Result<(), PublishError>> },
    Validate { token: GossipToken, acceptance: Acceptance },
    Request { peer: PeerId, protocol: Protocol, bytes: Vec<u8>, answer: Answer },
    Respond { token: ResponseToken, bytes: Vec<u8>, reply: Reply<Result<(), RespondError>> },
    Shutdown(Reply<()>),
}

/// A handle on a running swarm. When the last one is gone, the swarm stops.
#[derive(Debug, Clone)]
pub struct SwarmHandle {
    local: PeerId,
    commands: mpsc::Sender<Command>,
}

impl SwarmHandle {
    pub(crate) const fn new(local: PeerId, commands: mpsc::Sender<Command>) -> Self {
        Self { local, commands }
    }

    /// Returns our own transport identity.
    #[must_use]
    pub const fn local_peer(&self) -> PeerId {
        self.local
    }

    /// Returns the addresses we listen on, ports resolved; none once stopped.
    pub async fn listen_addresses(&self) -> Vec<Address> {
        self.ask(Command::ListenAddresses).await.unwrap_or_default()
    }

    /// Returns every connected peer once; none once stopped.
    pub async fn connections(&self) -> Vec<PeerConnection> {
        self.ask(Command::Connections).await.unwrap_or_default()
    }

    /// Tells peers from now on that we can be reached there.
    pub async fn add_external_address(&self, address: Address) {
        self.ask(|reply| Command::AddExternalAddress(address, reply)).await.unwrap_or_default();
    }

    /// Begins to dial. Success means begun: `Connected` or `DialFailed` follows as an event.
    ///
    /// A peer without addresses is looked for where it was last seen. Without a peer, the one named at the end of
    /// the addresses is meant, or whoever answers.
    pub async fn dial(&self, peer: Option<PeerId>, addresses: Vec<Address>) -> Result<(), DialError> {
        self.ask(|reply| Command::Dial { peer, addresses, reply }).await.unwrap_or(Err(DialError::Stopped))
    }

    /// Closes every connection to the peer.
    pub async fn disconnect(&self, peer: PeerId) {
        self.ask(|reply| Command::Disconnect(peer, reply)).await.unwrap_or_default();
    }

    /// Closes every connection to the peer and refuses new ones, in both directions, until unblocked.
    pub async fn block(&self, peer: PeerId) {
        self.ask(|reply| Command::Block { peer, blocked: true, reply }).await.unwrap_or_default();
    }

    /// Lets the peer connect again.
    pub async fn unblock(&self, peer: PeerId) {
        self.ask(|reply| Command::Block { peer, blocked: false, reply }).await.unwrap_or_default();
    }

    /// Lets gossip flow to and from a connected peer, or stops it; false if the peer is not connected.
    ///
    /// Admission ends with the peer's last connection. What was sent before it ended may still arrive.
    pub async fn admit(&self, peer: PeerId, admitted: bool) -> bool {
        self.ask(|reply| Command::Admit { peer, admitted, reply }).await.unwrap_or_default()
    }

    /// Sends a message to every admitted peer that listens to the topic.
    pub async fn publish(&self, topic: String, bytes: Vec<u8>) -> Result<(), PublishError> {
        if bytes.len() > MESSAGE_BYTES_MAX {
            return Err(PublishError::TooLarge { bytes: bytes.len(), limit: MESSAGE_BYTES_MAX });
        }
        self.ask(|reply| Command::Publish { topic, bytes, reply }).await.unwrap_or(Err(PublishError::Stopped))
    }

    /// Gives the verdict on a gossiped message.
    pub async fn validate(&self, token: GossipToken, acceptance: Acceptance) {
        // Without a swarm there is nothing to forward.
        self.commands.send(Command::Validate { token, acceptance }).await.ok();
    }

    /// Asks a connected peer and awaits its answer, 30 seconds at most.
    pub async fn request(&self, peer: PeerId, protocol: Protocol, bytes: Vec<u8>) -> Result<Vec<u8>, RequestError> {
        if bytes.len() > REQUEST_BYTES_MAX {
            return Err(RequestError::TooLarge { bytes: bytes.len(), limit: REQUEST_BYTES_MAX });
        }
        self.ask(|answer| Command::Request { peer, protocol, bytes, answer })
            .await
            .unwrap_or(Err(RequestError::Stopped))
    }

    /// Answers a request.
    pub async fn respond(&self, token: ResponseToken, bytes: Vec<u8>) -> Result<(), RespondError> {
        if bytes.len() > RESPONSE_BYTES_MAX {
            return Err(RespondError::TooLarge { bytes: bytes.len(), limit: RESPONSE_BYTES_MAX });
        }
        self.ask(|reply| Command::Respond { token, bytes, reply }).await.unwrap_or(Err(RespondError::Stopped))
    }

    /// Closes all connections and stops; returns when the listening ports of TCP are free again.
    pub async fn shutdown(&self) {
        self.ask(Command::Shutdown).await.unwrap_or_default();
    }

    async fn ask<T>(&self, command: impl FnOnce(Reply<T>) -> Command) -> Option<T> {
        let (reply, answer) = oneshot::channel();
        self.commands.send(command(reply)).await.ok()?;
        answer.await.ok()
    }
}
