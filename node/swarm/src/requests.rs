//! Requests under way, both directions.
//!
//! Owns who waits for what and how many may; the bytes pass through untouched.

use std::collections::HashMap;

use libp2p::request_response::{InboundRequestId, OutboundFailure, OutboundRequestId, ResponseChannel};
use tokio::sync::oneshot;

use crate::codec::FrameError;
use crate::limits::{INBOUND_REQUESTS_MAX, INBOUND_REQUESTS_PER_PEER, OUTBOUND_REQUESTS_MAX};
use crate::{PeerId, Protocol, RequestError};

/// The right to answer one request. Dropping it tells the peer that there is no answer.
#[derive(Debug)]
#[must_use = "a request without an answer fails at the peer"]
pub struct ResponseToken {
    pub(crate) protocol: Protocol,
    pub(crate) channel: ResponseChannel<Vec<u8>>,
}

pub(crate) type Answer = oneshot::Sender<Result<Vec<u8>, RequestError>>;

/// Who waits for our answer.
#[derive(Debug, Default)]
pub(crate) struct Inbound(HashMap<(Protocol, InboundRequestId), PeerId>);

impl Inbound {
    /// Notes a request unless the peer, or all of them, have too many.
    pub(crate) fn begin(&mut self, protocol: Protocol, id: InboundRequestId, peer: PeerId) -> bool {
        let of_peer = self.0.values().filter(|other| **other == peer).count();
        let room = of_peer < INBOUND_REQUESTS_PER_PEER && self.0.len() < INBOUND_REQUESTS_MAX;
        if room {
            self.0.insert((protocol, id), peer);
        }
        room
    }

    pub(crate) fn end(&mut self, protocol: Protocol, id: InboundRequestId) {
        self.0.remove(&(protocol, id));
    }
}

/// Who of us waits for an answer.
#[derive(Debug, Default)]
pub(crate) struct Outbound(HashMap<(Protocol, OutboundRequestId), Answer>);

impl Outbound {
    pub(crate) fn is_full(&self) -> bool {
        self.0.len() >= OUTBOUND_REQUESTS_MAX
    }

    pub(crate) fn begin(&mut self, protocol: Protocol, id: OutboundRequestId, answer: Answer) {
        self.0.insert((protocol, id), answer);
    }

    pub(crate) fn end(&mut self, protocol: Protocol, id: OutboundRequestId, result: Result<Vec<u8>, RequestError>) {
        if let Some(answer) = self.0.remove(&(protocol, id)) {
            // Whoever asked may have stopped waiting.
            answer.send(result).ok();
        }
    }
}

impl From<OutboundFailure> for RequestError {
    fn from(failure: OutboundFailure) -> Self {
        match failure {
            OutboundFailure::DialFailure => Self::NotConnected,
            OutboundFailure::Timeout => Self::Timeout,
            OutboundFailure::ConnectionClosed => Self::Closed,
            OutboundFailure::UnsupportedProtocols => Self::Unsupported,
            OutboundFailure::Io(error) => match FrameError::within(&error) {
                Some(FrameError::TooLarge { bytes, limit }) => Self::TooLarge { bytes, limit },
                Some(FrameError::Nothing | FrameError::Cut) | None => Self::NoAnswer(error.to_string()),
            },
        }
    }
}
