//! What each command does.
//!
//! Owns the translation of commands into calls of libp2p, and of its refusals into ours. Nothing here waits.

use std::time::Instant;

use libp2p::Multiaddr;
use libp2p::allow_block_list::Blocked;
use libp2p::gossipsub;
use libp2p::request_response::ResponseChannel;
use libp2p::swarm::dial_opts::DialOpts;
use tokio::sync::oneshot;

use crate::error::chain;
use crate::event_loop::EventLoop;
use crate::gossip::{ADMITTED_SCORE, GossipToken, UNADMITTED_SCORE};
use crate::handle::Command;
use crate::limits::HELD_VERDICTS;
use crate::requests::Answer;
use crate::{Acceptance, Address, DialError, PeerId, Protocol, PublishError, RequestError, RespondError};

impl EventLoop {
    pub(crate) fn on_command(&mut self, command: Command) {
        match command {
            Command::ListenAddresses(reply) => answer(reply, self.swarm.listeners().cloned().map(Address).collect()),
            Command::Connections(reply) => answer(reply, self.peers.all()),
            Command::AddExternalAddress(address, reply) => {
                self.swarm.add_external_address(address.without_peer().0);
                answer(reply, ());
            }
            Command::Dial { peer, addresses, reply } => answer(reply, self.dial(peer, addresses)),
            Command::Disconnect(peer, reply) => {
                // Not being connected is what was asked for.
                self.swarm.disconnect_peer_id(peer.0).ok();
                answer(reply, ());
            }
            Command::Block { peer, blocked, reply } => {
                self.block(peer, blocked);
                answer(reply, ());
            }
            Command::Admit { peer, admitted, reply } => {
                let connected = self.peers.admit(peer, admitted, Instant::now());
                self.score(peer);
                answer(reply, connected);
            }
            Command::Publish { topic, bytes, reply } => answer(reply, self.publish(topic, bytes)),
            Command::Validate { token, acceptance } => self.validate(token, acceptance),
            Command::Request { peer, protocol, bytes, answer } => self.request(peer, protocol, bytes, answer),
            Command::Respond { token, bytes, reply } => {
                answer(reply, self.respond(token.protocol, token.channel, bytes));
            }
            // The loop takes this one before it comes here.
            Command::Shutdown(reply) => answer(reply, ()),
        }
    }

    fn dial(&mut self, peer: Option<PeerId>, addresses: Vec<Address>) -> Result<(), DialError> {
        if self.outbox.is_overfull() {
            return Err(DialError::Busy);
        }
        let peer = peer.or_else(|| addresses.iter().find_map(Address::peer));
        if peer.is_some_and(|peer| peer.0 == *self.swarm.local_peer_id()) {
            return Err(DialError::Oneself);
        }
        let named_any = !addresses.is_empty();
        let addresses: Vec<_> =
            addresses.iter().filter(|address| address.is_dialable()).map(|address| address.without_peer().0).collect();
        let Some(peer) = peer else {
            return self.dial_whoever(addresses);
        };
        let options = match (named_any, addresses.is_empty()) {
            (true, true) => return Err(DialError::NoAddress),
            (false, _) => DialOpts::peer_id(peer.0).build(),
            (true, false) => DialOpts::peer_id(peer.0).addresses(addresses).build(),
        };
        self.swarm.dial(options).map_err(|error| refusal(&error))
    }

    /// Dials each address by itself, for whoever answers; one dial that begins is enough.
    fn dial_whoever(&mut self, addresses: Vec<Multiaddr>) -> Result<(), DialError> {
        let mut outcome = Err(DialError::NoAddress);
        for address in addresses {
            let begun = self.swarm.dial(DialOpts::unknown_peer_id().address(address).build());
            if outcome.is_err() {
                outcome = begun.map_err(|error| refusal(&error));
            }
        }
        outcome
    }

    fn block(&mut self, peer: PeerId, blocked: bool) {
        if blocked {
            self.swarm.behaviour_mut().blocked.block_peer(peer.0);
            // Connections close a moment later; gossip ends now.
            self.peers.admit(peer, false, Instant::now());
            self.score(peer);
        } else {
            self.swarm.behaviour_mut().blocked.unblock_peer(peer.0);
        }
    }

    /// Makes gossipsub think of the peer what its admission says.
    pub(crate) fn score(&mut self, peer: PeerId) {
        let score = if self.peers.is_admitted(peer) { ADMITTED_SCORE } else { UNADMITTED_SCORE };
        self.swarm.behaviour_mut().gossip.set_application_score(&peer.0, score);
    }

    fn publish(&mut self, topic: String, bytes: Vec<u8>) -> Result<(), PublishError> {
        let size = bytes.len();
        let topic = gossipsub::TopicHash::from_raw(topic);
        match self.swarm.behaviour_mut().gossip.publish(topic, bytes) {
            Ok(_) => Ok(()),
            Err(gossipsub::PublishError::NoPeersSubscribedToTopic) => Err(PublishError::NoPeers),
            Err(gossipsub::PublishError::AllQueuesFull(_)) => Err(PublishError::QueueFull),
            Err(gossipsub::PublishError::Duplicate) => Err(PublishError::Duplicate),
            Err(gossipsub::PublishError::MessageTooLarge) => {
                Err(PublishError::TooLarge { bytes: size, limit: crate::MESSAGE_BYTES_MAX })
            }
            Err(error @ (gossipsub::PublishError::SigningError(_) | gossipsub::PublishError::TransformFailed(_))) => {
                Err(PublishError::Failed(error.to_string()))
            }
        }
    }

    /// Passes a verdict on, unless forwarding would reach a peer that lost its admission a moment ago.
    ///
    /// Gossipsub forwards to the mesh without looking at scores, and drops bad scores from the mesh only at its next
    /// heartbeat, within a second. Until then accepted messages wait here.
    fn validate(&mut self, token: GossipToken, acceptance: Acceptance) {
        if acceptance != Acceptance::Accept || (self.held.is_empty() && self.mesh_is_admitted(&token)) {
            self.report(&token, acceptance);
        } else if self.held.len() < HELD_VERDICTS {
            self.held.push_back(token);
        } else {
            self.report(&token, Acceptance::Ignore);
        }
    }

    pub(crate) fn release_held(&mut self) {
        for token in std::mem::take(&mut self.held) {
            if self.mesh_is_admitted(&token) {
                self.report(&token, Acceptance::Accept);
            } else {
                self.held.push_back(token);
            }
        }
    }

    fn mesh_is_admitted(&self, token: &GossipToken) -> bool {
        let mut mesh = self.swarm.behaviour().gossip.mesh_peers(&token.topic);
        mesh.all(|peer| self.peers.is_admitted(PeerId(*peer)))
    }

    pub(crate) fn report(&mut self, token: &GossipToken, acceptance: Acceptance) {
        let gossip = &mut self.swarm.behaviour_mut().gossip;
        if !gossip.report_message_validation_result(&token.id, &token.from.0, acceptance.into()) {
            tracing::debug!(from = %token.from, ?acceptance, "the verdict came after the message was forgotten");
        }
    }

    fn request(&mut self, peer: PeerId, protocol: Protocol, bytes: Vec<u8>, waiting: Answer) {
        if !self.swarm.is_connected(&peer.0) {
            answer(waiting, Err(RequestError::NotConnected));
        } else if self.outbound.is_full() {
            answer(waiting, Err(RequestError::Busy));
        } else {
            let id = self.swarm.behaviour_mut().requests_mut(protocol).send_request(&peer.0, bytes);
            self.outbound.begin(protocol, id, waiting);
        }
    }

    fn respond(
        &mut self,
        protocol: Protocol,
        channel: ResponseChannel<Vec<u8>>,
        bytes: Vec<u8>,
    ) -> Result<(), RespondError> {
        let requests = self.swarm.behaviour_mut().requests_mut(protocol);
        requests.send_response(channel, bytes).map_err(|_| RespondError::Gone)
    }
}

/// Replies; whoever asked may have stopped waiting.
fn answer<T>(reply: oneshot::Sender<T>, value: T) {
    reply.send(value).ok();
}

fn refusal(error: &libp2p::swarm::DialError) -> DialError {
    use libp2p::swarm::DialError as Theirs;
    match error {
        Theirs::NoAddresses => DialError::NoAddress,
        Theirs::DialPeerConditionFalse(_) => DialError::AlreadyConnected,
        Theirs::LocalPeerId { .. } => DialError::Oneself,
        Theirs::Denied { cause } if cause.downcast_ref::<Blocked>().is_some() => DialError::Blocked,
        Theirs::Denied { cause } => DialError::Refused(chain(cause)),
        Theirs::Aborted | Theirs::WrongPeerId { .. } | Theirs::Transport(_) => DialError::Failed(chain(error)),
    }
}
