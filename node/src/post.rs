//! The way between introductions and the network: two bounded queues, so that neither has to name the other.
//!
//! A [`Post`] carries what introductions ask of peers; [`Asked`] is what a peer asks of introductions. What the bytes
//! mean is not known here.

use std::collections::BTreeSet;

use mentormesh_protocol::{OrganisationId, PeerId};
use tokio::sync::{mpsc, oneshot};

/// Errands that wait for the network; further askers wait.
const ERRANDS: usize = 64;
/// Requests of peers that wait for introductions; further peers are told to come again.
const ASKED: usize = 64;

/// A request of a peer. Dropping it tells the peer that there is no answer.
#[derive(Debug)]
pub struct Asked {
    /// Who asks.
    pub peer: PeerId,
    /// What it asks.
    pub bytes: Vec<u8>,
    /// Where the answer goes.
    pub reply: oneshot::Sender<Vec<u8>>,
}

/// Where the network puts requests of peers.
pub type AskedSender = mpsc::Sender<Asked>;
/// Where introductions take them from.
pub type AskedReceiver = mpsc::Receiver<Asked>;

/// What the network is asked to do.
#[derive(Debug)]
pub enum Errand {
    /// Ask a connected peer.
    Ask {
        /// Whom.
        peer: PeerId,
        /// What.
        bytes: Vec<u8>,
        /// Where its answer goes.
        reply: oneshot::Sender<Result<Vec<u8>, PostError>>,
    },
    /// Compare what peers hold of an organisation with what stands here, soon.
    Refresh(OrganisationId),
    /// Tell which peers are connected.
    Connected(oneshot::Sender<BTreeSet<PeerId>>),
}

/// Why a peer gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PostError {
    /// There is no connection; asking never makes one.
    #[error("not connected")]
    NotConnected,
    /// It did not answer, whatever it did with the request.
    #[error("no answer: {0}")]
    NoAnswer(String),
    /// Too much is under way here.
    #[error("too much is under way here")]
    Busy,
    /// The network has stopped.
    #[error("the network has stopped")]
    Stopped,
}

/// A cloneable handle on the network's errands.
#[derive(Clone, Debug)]
pub struct Post(mpsc::Sender<Errand>);

impl Post {
    /// The handle, and the end that the network serves.
    #[must_use]
    pub fn new() -> (Self, mpsc::Receiver<Errand>) {
        let (errands, served) = mpsc::channel(ERRANDS);
        (Self(errands), served)
    }

    /// The queue of what peers ask.
    #[must_use]
    pub fn asked() -> (AskedSender, AskedReceiver) {
        mpsc::channel(ASKED)
    }

    /// Asks a connected peer and waits for its answer.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn ask(&self, peer: PeerId, bytes: Vec<u8>) -> Result<Vec<u8>, PostError> {
        let (reply, answer) = oneshot::channel();
        self.0.send(Errand::Ask { peer, bytes, reply }).await.map_err(|_| PostError::Stopped)?;
        answer.await.unwrap_or(Err(PostError::Stopped))
    }

    /// Has what is known of an organisation compared with a peer soon, best with one of its own nodes.
    pub async fn refresh(&self, organisation: OrganisationId) {
        // A network that has stopped compares nothing.
        let _stopped = self.0.send(Errand::Refresh(organisation)).await;
    }

    /// The peers that are connected now.
    pub async fn connected(&self) -> BTreeSet<PeerId> {
        let (reply, answer) = oneshot::channel();
        if self.0.send(Errand::Connected(reply)).await.is_err() {
            return BTreeSet::new();
        }
        answer.await.unwrap_or_default()
    }
}
