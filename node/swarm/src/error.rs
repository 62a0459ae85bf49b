//! Every way in which the network says no.
//!
//! Owns the words; each variant is something a caller can act upon differently.

use thiserror::Error;

use crate::Address;

/// Why a swarm could not start.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SwarmError {
    /// An address cannot be listened on.
    #[error("cannot listen on {address}: {reason}")]
    Listen {
        /// The address that was asked for.
        address: Address,
        /// What the system said.
        reason: String,
    },
    /// The settings contradict themselves.
    #[error("the network settings are not usable: {0}")]
    Config(String),
    /// A transport or the local-network discovery could not be set up.
    #[error("cannot set up the {what}: {reason}")]
    Setup {
        /// The part that failed.
        what: &'static str,
        /// What the system said.
        reason: String,
    },
}

/// Why a dial did not even begin.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DialError {
    /// No address was given that could be dialled, and none is remembered.
    #[error("no address that could be dialled")]
    NoAddress,
    /// A connection to the peer stands or is being made.
    #[error("the peer is connected or being dialled already")]
    AlreadyConnected,
    /// The address leads to this node.
    #[error("that is this node itself")]
    Oneself,
    /// The peer is blocked.
    #[error("the peer is blocked")]
    Blocked,
    /// There is no room for another connection.
    #[error("refused here: {0}")]
    Refused(String),
    /// Too many events wait to be read; read them first.
    #[error("too much is waiting; try again later")]
    Busy,
    /// The dial failed in another way.
    #[error("{0}")]
    Failed(String),
    /// The swarm has stopped.
    #[error("the network has stopped")]
    Stopped,
}

/// Why a message was not handed to anyone.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PublishError {
    /// No admitted peer listens to the topic. The message is not remembered: publish it again later.
    #[error("no admitted peer listens to this topic")]
    NoPeers,
    /// Every peer's queue is full. The message is remembered: publishing it again says [`PublishError::Duplicate`].
    #[error("the queues of all peers are full")]
    QueueFull,
    /// The same bytes went over this topic within the last ten minutes.
    #[error("already published")]
    Duplicate,
    /// The message is larger than [`crate::MESSAGE_BYTES_MAX`].
    #[error("a message of {bytes} bytes is over the limit of {limit}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The message could not be made ready to send.
    #[error("{0}")]
    Failed(String),
    /// The swarm has stopped.
    #[error("the network has stopped")]
    Stopped,
}

/// Why a request has no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RequestError {
    /// There is no connection to the peer; a request never makes one.
    #[error("not connected to the peer")]
    NotConnected,
    /// No answer came in time.
    #[error("no answer within 30 seconds")]
    Timeout,
    /// The peer does not speak this protocol.
    #[error("the peer does not speak this protocol")]
    Unsupported,
    /// The connection closed before the answer came.
    #[error("the connection closed before the answer came")]
    Closed,
    /// The request or its answer is over the limit.
    #[error("{bytes} bytes are over the limit of {limit}")]
    TooLarge {
        /// The size that was announced.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The peer took the request and gave no whole answer: it refused, was overloaded, or broke off.
    #[error("the peer gave no answer: {0}")]
    NoAnswer(String),
    /// Too many of our own requests are under way.
    #[error("too many requests are under way")]
    Busy,
    /// The swarm has stopped.
    #[error("the network has stopped")]
    Stopped,
}

/// Why an answer could not be given.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RespondError {
    /// The answer is larger than [`crate::RESPONSE_BYTES_MAX`]; the peer is told nothing but that there is none.
    #[error("an answer of {bytes} bytes is over the limit of {limit}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The asker is gone or has waited too long.
    #[error("nobody waits for this answer any more")]
    Gone,
    /// The swarm has stopped.
    #[error("the network has stopped")]
    Stopped,
}

/// Joins an error and its causes into one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut line = one_line(error);
    let mut cause = error.source();
    while let Some(inner) = cause {
        let text = one_line(inner);
        // Many errors print their cause themselves.
        if !line.contains(&text) {
            line.push_str(": ");
            line.push_str(&text);
        }
        cause = inner.source();
    }
    line
}

fn one_line(error: &dyn std::error::Error) -> String {
    error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}
