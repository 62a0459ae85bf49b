//! What happens in the network, and what becomes of it.
//!
//! Owns the translation of libp2p's events into ours: most end here as a trace, some go up. Nothing here waits.

use std::time::Instant;

use libp2p::core::ConnectedPoint;
use libp2p::swarm::{DialError as DialFailure, SwarmEvent as Happening};
use libp2p::{gossipsub, identify, mdns, ping, request_response};

use crate::behaviour::BehaviourEvent;
use crate::error::chain;
use crate::event_loop::EventLoop;
use crate::gossip::GossipToken;
use crate::limits::{IDENTIFY_ADDRESSES, IDENTIFY_TEXT};
use crate::peers::Arrival;
use crate::{Acceptance, Address, PeerId, Protocol, ResponseToken, SwarmEvent};

type RequestEvent = request_response::Event<Vec<u8>, Vec<u8>>;

impl EventLoop {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other end of these enums is open, and the rest is detail")]
    pub(crate) fn on_happening(&mut self, happening: Happening<BehaviourEvent>) {
        match happening {
            Happening::Behaviour(event) => self.on_behaviour(event),
            Happening::ConnectionEstablished { peer_id, connection_id, endpoint, .. } => {
                let peer = PeerId(peer_id);
                let (address, outbound) = match endpoint {
                    ConnectedPoint::Dialer { address, .. } => (Address(address), true),
                    ConnectedPoint::Listener { send_back_addr, .. } => (Address(send_back_addr), false),
                };
                let address = address.without_peer();
                let arrival = self.peers.connected(peer, connection_id, address.clone(), outbound, Instant::now());
                if arrival == Arrival::Reborn {
                    // Gossip tells its subscriptions once per peer, so the new process would never hear them.
                    tracing::info!(%peer, "it came back before its old connection was missed; starting over");
                    self.swarm.disconnect_peer_id(peer_id).ok();
                }
                if arrival == Arrival::First {
                    // The swarm hands out this event before it reads a byte of the connection, so no subscription
                    // of the peer is known yet and there was nothing that could have been sent to it.
                    self.score(peer);
                    self.outbox.deliver(SwarmEvent::Connected { peer, address, outbound });
                }
            }
            Happening::ConnectionClosed { peer_id, connection_id, cause, .. } => {
                let peer = PeerId(peer_id);
                tracing::debug!(%peer, cause = cause.as_ref().map(|cause| chain(cause)), "connection closed");
                if cause.is_some() && self.peers.is_doubtful(peer, connection_id, Instant::now()) {
                    self.swarm.disconnect_peer_id(peer_id).ok();
                }
                if self.peers.disconnected(peer, connection_id) {
                    // Gossipsub may keep the score for an hour; it must not be that of an admitted peer.
                    self.score(peer);
                    self.outbox.deliver(SwarmEvent::Disconnected { peer });
                }
            }
            Happening::OutgoingConnectionError { peer_id, error, .. } => {
                let reason = failure(&error);
                self.outbox.deliver(SwarmEvent::DialFailed { peer: peer_id.map(PeerId), reason });
            }
            Happening::NewListenAddr { address, .. } => {
                self.outbox.offer(SwarmEvent::Listening { address: Address(address) });
            }
            Happening::ListenerClosed { addresses, reason, .. } => {
                tracing::warn!(?addresses, ?reason, "no longer listening");
            }
            Happening::ListenerError { error, .. } => tracing::warn!(%error, "a listener has trouble"),
            Happening::IncomingConnectionError { send_back_addr, error, .. } => {
                tracing::debug!(from = %send_back_addr, error = chain(&error), "an inbound connection came to nothing");
            }
            other => tracing::trace!(?other, "nothing to do"),
        }
    }

    fn on_behaviour(&mut self, event: BehaviourEvent) {
        match event {
            BehaviourEvent::Gossip(event) => self.on_gossip(event),
            BehaviourEvent::Sync(event) => self.on_request(Protocol::Sync, event),
            BehaviourEvent::Courier(event) => self.on_request(Protocol::Courier, event),
            BehaviourEvent::Identify(event) => self.on_identify(event),
            BehaviourEvent::Ping(event) => self.on_ping(&event),
            BehaviourEvent::Mdns(mdns::Event::Discovered(found)) => {
                for (peer, address) in found {
                    let address = Address(address).without_peer();
                    self.outbox.offer(SwarmEvent::Discovered { peer: PeerId(peer), address });
                }
            }
            BehaviourEvent::Mdns(mdns::Event::Expired(_)) => {}
            BehaviourEvent::Limits(never) | BehaviourEvent::Blocked(never) => match never {},
        }
    }

    fn on_gossip(&mut self, event: gossipsub::Event) {
        match event {
            gossipsub::Event::Message { propagation_source, message_id, message } => {
                let from = PeerId(propagation_source);
                let token = GossipToken { id: message_id, from, topic: message.topic };
                if !self.peers.is_admitted(from) {
                    tracing::debug!(%from, "gossip of a peer that is not admitted; ignored");
                    self.report(&token, Acceptance::Ignore);
                } else if !self.peers.may_gossip(from, Instant::now()) {
                    tracing::debug!(%from, "gossip above the rate of one peer; ignored");
                    self.report(&token, Acceptance::Ignore);
                } else if !self.outbox.has_room_for_gossip() {
                    self.outbox.drop_one("gossip");
                    self.report(&token, Acceptance::Ignore);
                } else {
                    let topic = token.topic.clone().into_string();
                    self.outbox.offer(SwarmEvent::Gossip { token, from, topic, bytes: message.data });
                }
            }
            gossipsub::Event::SlowPeer { peer_id, .. } => {
                self.outbox.offer(SwarmEvent::SlowPeer { peer: PeerId(peer_id) });
            }
            gossipsub::Event::GossipsubNotSupported { peer_id } => {
                tracing::debug!(peer = %peer_id, "does not speak gossip");
            }
            gossipsub::Event::Subscribed { peer_id, topic } => {
                tracing::trace!(peer = %peer_id, %topic, "subscribed");
            }
            gossipsub::Event::Unsubscribed { peer_id, topic } => {
                tracing::trace!(peer = %peer_id, %topic, "unsubscribed");
            }
        }
    }

    fn on_request(&mut self, protocol: Protocol, event: RequestEvent) {
        match event {
            RequestEvent::Message { peer, message, .. } => match message {
                request_response::Message::Request { request_id, request, channel } => {
                    let peer = PeerId(peer);
                    if !self.outbox.has_room() {
                        self.outbox.drop_one("request");
                        drop(channel);
                    } else if self.inbound.begin(protocol, request_id, peer) {
                        let token = ResponseToken { protocol, channel };
                        self.outbox.offer(SwarmEvent::Request { peer, protocol, bytes: request, token });
                    } else {
                        tracing::debug!(%peer, %protocol, "too many requests wait for an answer; dropped");
                        drop(channel);
                    }
                }
                request_response::Message::Response { request_id, response } => {
                    self.outbound.end(protocol, request_id, Ok(response));
                }
            },
            RequestEvent::OutboundFailure { request_id, error, .. } => {
                self.outbound.end(protocol, request_id, Err(error.into()));
            }
            RequestEvent::InboundFailure { peer, request_id, error, .. } => {
                tracing::debug!(%peer, %protocol, %error, "a request of the peer has no answer");
                self.inbound.end(protocol, request_id);
            }
            RequestEvent::ResponseSent { request_id, .. } => self.inbound.end(protocol, request_id),
        }
    }

    fn on_identify(&mut self, event: identify::Event) {
        let identify::Event::Received { peer_id, info, .. } = event else { return };
        let peer = PeerId(peer_id);
        let protocol_version: String = info.protocol_version.chars().take(IDENTIFY_TEXT).collect();
        let agent: String = info.agent_version.chars().take(IDENTIFY_TEXT).collect();
        self.peers.identified(peer, &protocol_version, &agent);
        let addresses = info.listen_addrs.into_iter().take(IDENTIFY_ADDRESSES);
        let addresses = addresses.map(|address| Address(address).without_peer()).collect();
        self.outbox.deliver(SwarmEvent::Identified { peer, protocol_version, agent, addresses });
    }

    /// Closes a connection that no longer answers; libp2p forgives the first failure by itself.
    fn on_ping(&mut self, event: &ping::Event) {
        if let Err(ping::Failure::Timeout | ping::Failure::Other { .. }) = event.result {
            tracing::debug!(peer = %event.peer, "no answer to ping; closing the connection");
            self.swarm.close_connection(event.connection);
        }
    }
}

/// Tells in one line what was wrong with each address.
fn failure(error: &DialFailure) -> String {
    if let DialFailure::Transport(tried) = error {
        let tried: Vec<_> = tried.iter().map(|(address, error)| format!("{address}: {}", chain(error))).collect();
        tried.join("; ")
    } else {
        chain(error)
    }
}
