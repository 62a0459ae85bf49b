//! Peers come and go, pass something on, ask something.

use std::sync::Arc;

use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::wire::{Refusal, SyncAnswer, Topic};
use mentormesh_protocol::{PeerId, Timestamp};
use mentormesh_swarm::{Acceptance, Address, GossipToken, Protocol, ResponseToken, SwarmEvent};

use super::task::{Circle, Outcome};
use crate::event::Event;
use crate::network::answers;
use crate::network::context::{chance, from_swarm};
use crate::network::gossip;
use crate::network::session::Reach;

impl Circle {
    pub(super) async fn on_swarm(&mut self, event: SwarmEvent) {
        match event {
            SwarmEvent::Connected { peer, address, outbound } => self.on_connected(peer, &address, outbound).await,
            SwarmEvent::Disconnected { peer } => self.on_disconnected(peer),
            SwarmEvent::DialFailed { peer, reason } => self.on_dial_failed(peer, reason),
            SwarmEvent::Identified { peer, protocol_version, .. } => self.on_identified(peer, protocol_version).await,
            SwarmEvent::Discovered { peer, address } => self.on_discovered(peer, &address),
            SwarmEvent::Gossip { token, from, topic, bytes } => self.on_gossip(token, from, &topic, bytes).await,
            SwarmEvent::Request { peer, protocol, bytes, token } => self.on_request(peer, protocol, bytes, token).await,
            SwarmEvent::Listening { address } => tracing::info!(%address, "listening"),
            SwarmEvent::SlowPeer { peer } => tracing::debug!(%peer, "peer is slow; what it misses is healed by sync"),
        }
    }

    pub(super) async fn on_connected(&mut self, peer: mentormesh_swarm::PeerId, address: &Address, outbound: bool) {
        let now = self.context.clock.now();
        let Some(id) = from_swarm(&peer) else {
            self.context.swarm.disconnect(peer).await;
            return;
        };
        let admitted = self.context.view().admits(&id);
        let Some(known) = self.book.open(id) else {
            self.context.swarm.disconnect(peer).await;
            return;
        };
        known.connected(now);
        known.admitted = admitted;
        known.want(Reach::Full, now.plus(chance(300)));
        // An address that we reached is worth keeping; the port of one that reached us is not.
        if outbound {
            known.learn(address.without_peer().to_string());
        }
        self.context.swarm.admit(peer, admitted).await;
        tracing::info!(peer = %id, %address, outbound, "connected");
        self.events.tell(Event::Connected(id));
        self.remember(id).await;
    }

    pub(super) fn on_disconnected(&mut self, peer: mentormesh_swarm::PeerId) {
        let now = self.context.clock.now();
        let Some(id) = from_swarm(&peer) else { return };
        if let Some(known) = self.book.peers.get_mut(&id) {
            known.connected = false;
            known.admitted = false;
            known.last_seen = Some(now);
        }
        self.missed(id, now, None);
        tracing::info!(peer = %id, "disconnected");
        self.events.tell(Event::Disconnected(id));
    }

    /// A peer is away, and will be dialled again in a while.
    pub(super) fn missed(&mut self, id: PeerId, now: Timestamp, problem: Option<String>) {
        let most = self.book.patience(&id, self.settings.recent_every, &self.context.view().settings);
        if let Some(peer) = self.book.peers.get_mut(&id) {
            peer.failed(now, most, problem);
        }
    }

    pub(super) fn on_dial_failed(&mut self, peer: Option<mentormesh_swarm::PeerId>, reason: String) {
        let now = self.context.clock.now();
        let Some(id) = peer.as_ref().and_then(from_swarm) else { return };
        if self.book.peers.get(&id).is_some_and(|known| !known.connected) {
            self.missed(id, now, Some(reason.clone()));
        }
        for (_, reply) in self.joins.remove(&id).unwrap_or_default() {
            let problem =
                Problem::new(ErrorCode::PeerRefused, format!("no node answered as this ticket says: {reason}"))
                    .with_next(
                        "check that the other node runs and that its port is reachable, then ask for a new ticket",
                    );
            let _gone = reply.send(Err(problem));
        }
    }

    pub(super) async fn on_identified(&mut self, peer: mentormesh_swarm::PeerId, protocol_version: String) {
        let ours = format!("mentormesh/1/{}", self.context.network.as_str());
        if protocol_version == ours {
            return;
        }
        let now = self.context.clock.now();
        let problem = format!("it speaks `{protocol_version}`, this node `{ours}`: another network or version");
        tracing::warn!(%peer, "{problem}");
        if let Some(id) = from_swarm(&peer) {
            self.refuse_joins(id, &problem);
            if let Some(known) = self.book.peers.get_mut(&id) {
                known.refused(now, problem);
            }
        }
        self.context.swarm.disconnect(peer).await;
    }

    pub(super) fn refuse_joins(&mut self, id: PeerId, problem: &str) {
        for (_, reply) in self.joins.remove(&id).unwrap_or_default() {
            let _gone = reply.send(Err(Problem::new(ErrorCode::PeerRefused, problem)));
        }
    }

    pub(super) fn on_discovered(&mut self, peer: mentormesh_swarm::PeerId, address: &Address) {
        if let Some(known) = from_swarm(&peer).and_then(|id| self.book.open(id)) {
            known.learn(address.without_peer().to_string());
        }
    }

    pub(super) async fn on_gossip(
        &mut self,
        token: GossipToken,
        from: mentormesh_swarm::PeerId,
        topic: &str,
        bytes: Vec<u8>,
    ) {
        let known = Topic::ALL.into_iter().find(|known| known.name(&self.context.network) == topic);
        let (Some(id), Some(topic)) = (from_swarm(&from), known) else {
            return self.context.swarm.validate(token, Acceptance::Ignore).await;
        };
        if topic == Topic::Heads {
            let now = self.context.clock.now();
            let (acceptance, differs) = self.heads.receive(&self.context, &bytes, now);
            if let (Some(organisation), Some(peer)) = (differs, self.book.peers.get_mut(&id)) {
                peer.want(Reach::Only(organisation), now.plus(chance(1_000)));
            }
            return self.context.swarm.validate(token, acceptance).await;
        }
        let Ok(place) = Arc::clone(&self.gossiping).try_acquire_owned() else {
            return self.context.swarm.validate(token, Acceptance::Ignore).await;
        };
        let context = self.context.clone();
        tokio::spawn(async move {
            let acceptance = gossip::receive(&context, id, topic, &bytes).await;
            context.swarm.validate(token, acceptance).await;
            drop(place);
        });
    }

    pub(super) async fn on_request(
        &self,
        peer: mentormesh_swarm::PeerId,
        protocol: Protocol,
        bytes: Vec<u8>,
        token: ResponseToken,
    ) {
        let Some(id) = from_swarm(&peer) else { return };
        if protocol == Protocol::Courier {
            return self.on_courier(id, bytes, token);
        }
        let Ok(place) = Arc::clone(&self.answering).try_acquire_owned() else {
            let busy = SyncAnswer::Refused(Refusal::Busy(1_000)).encode();
            let _gone = self.context.swarm.respond(token, busy).await;
            return;
        };
        let (context, results) = (self.context.clone(), self.results.clone());
        tokio::spawn(async move {
            let reading = context.clone();
            let answered = tokio::task::spawn_blocking(move || answers::answer(&reading, &id, &bytes)).await;
            if let Ok((answer, heard)) = answered {
                // The peer may have gone; it will ask again.
                let _gone = context.swarm.respond(token, answer.encode()).await;
                let _stopped = results.send(Outcome::Heard(id, heard)).await;
            }
            drop(place);
        });
    }
}
