//! The one task that owns the swarm.
//!
//! Owns the loop, start and stop. What a command does is in `commands.rs`, what the network does in `handlers.rs`.
//! The loop waits for commands, for the network and for room in a backed-up event queue, all at once, and never for
//! one alone: however slowly its events are read, commands are taken and connections served.

use std::collections::{HashSet, VecDeque};
use std::time::Instant;

use futures::StreamExt;
use libp2p::core::transport::ListenerId;
use libp2p::swarm::SwarmEvent as Happening;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{MissedTickBehavior, interval, timeout};

use crate::behaviour::Behaviour;
use crate::error::chain;
use crate::gossip::GossipToken;
use crate::handle::Command;
use crate::outbox::Outbox;
use crate::peers::Peers;
use crate::requests::{Inbound, Outbound};
use crate::{Address, SwarmError, SwarmEvent, limits};

pub(crate) struct EventLoop {
    pub(crate) swarm: libp2p::Swarm<Behaviour>,
    commands: mpsc::Receiver<Command>,
    pub(crate) outbox: Outbox,
    pub(crate) peers: Peers,
    pub(crate) inbound: Inbound,
    pub(crate) outbound: Outbound,
    /// Messages to forward as soon as nobody in the mesh lacks admission.
    pub(crate) held: VecDeque<GossipToken>,
    joins_topics: bool,
}

impl EventLoop {
    pub(crate) fn new(
        swarm: libp2p::Swarm<Behaviour>,
        commands: mpsc::Receiver<Command>,
        events: mpsc::Sender<SwarmEvent>,
        joins_topics: bool,
    ) -> Self {
        Self {
            swarm,
            commands,
            outbox: Outbox::new(events),
            peers: Peers::default(),
            inbound: Inbound::default(),
            outbound: Outbound::default(),
            held: VecDeque::new(),
            joins_topics,
        }
    }

    /// Binds every address and waits until each has reported where it listens.
    pub(crate) async fn listen(&mut self, listen: &[Address], external: &[Address]) -> Result<(), SwarmError> {
        // libp2p shares TCP ports (SO_REUSEPORT), so a second node of the same user would silently take half of the
        // connections. All are probed before any is bound, or 0.0.0.0 would stand in the way of our own [::].
        for address in listen {
            if let Some(socket) = address.tcp_socket() {
                std::net::TcpListener::bind(socket).map_err(|error| cannot(address, &error))?;
            }
        }
        for address in external {
            self.swarm.add_external_address(address.without_peer().0);
        }
        let mut silent = Vec::new();
        for address in listen {
            let id = self.swarm.listen_on(address.0.clone()).map_err(|error| cannot(address, &error))?;
            silent.push((id, address));
        }
        let mut resolved = HashSet::new();
        while let Some((_, waiting)) = silent.iter().find(|(id, _)| !resolved.contains(id)) {
            let event = timeout(limits::LISTEN_TIMEOUT, self.swarm.select_next_some()).await.map_err(|_| {
                let reason = "the system named no address within ten seconds".to_owned();
                SwarmError::Listen { address: (*waiting).clone(), reason }
            })?;
            if let Some(Err((id, reason))) =
                listener_outcome(&event).map(|outcome| outcome.map(|id| resolved.insert(id)))
                && let Some((_, address)) = silent.iter().find(|(other, _)| *other == id)
            {
                return Err(SwarmError::Listen { address: (*address).clone(), reason });
            }
            self.on_happening(event);
        }
        Ok(())
    }

    pub(crate) async fn run(mut self) {
        let events = self.outbox.sender();
        let mut retry = interval(limits::HELD_RETRY);
        retry.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut check = interval(limits::DEAF_CHECK);
        check.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let farewell = loop {
            tokio::select! {
                command = self.commands.recv() => match command {
                    Some(Command::Shutdown(reply)) => break Some(reply),
                    Some(command) => self.on_command(command),
                    None => break None,
                },
                event = self.swarm.select_next_some() => self.on_happening(event),
                room = events.reserve(), if self.outbox.is_backed_up() => match (room, self.outbox.next()) {
                    (Ok(room), Some(event)) => room.send(event),
                    (Ok(_), None) => {}
                    (Err(_), _) => break None,
                },
                () = events.closed() => break None,
                _ = retry.tick(), if !self.held.is_empty() => self.release_held(),
                _ = check.tick(), if self.joins_topics => self.cut_deaf(Instant::now()),
            }
        };
        self.close(farewell).await;
    }

    /// Closes all connections as politely as the time allows, then lets go of everything.
    async fn close(mut self, farewell: Option<oneshot::Sender<()>>) {
        let connected: Vec<_> = self.swarm.connected_peers().copied().collect();
        for peer in connected {
            // It may have gone by itself.
            self.swarm.disconnect_peer_id(peer).ok();
        }
        let gone = async {
            while self.swarm.network_info().num_peers() > 0 {
                self.swarm.select_next_some().await;
            }
        };
        if timeout(limits::CLOSE_TIMEOUT, gone).await.is_err() {
            tracing::debug!("some connections did not close in time");
        }
        drop(self);
        if let Some(farewell) = farewell {
            // Whoever asked may have stopped waiting.
            farewell.send(()).ok();
        }
    }

    /// Cuts a connection on which gossip has died, so that it can be made anew.
    fn cut_deaf(&mut self, now: Instant) {
        let gossip = &self.swarm.behaviour().gossip;
        let subscribed: HashSet<_> =
            gossip.all_peers().filter(|(_, topics)| !topics.is_empty()).map(|(peer, _)| *peer).collect();
        if let Some(peer) = self.peers.deaf(now, |peer| subscribed.contains(&peer.0)) {
            tracing::info!(%peer, "connected but subscribed to nothing for a minute; disconnecting");
            self.swarm.disconnect_peer_id(peer.0).ok();
        }
    }
}

/// Tells which listener has found its address, or failed and why.
fn listener_outcome<T>(event: &Happening<T>) -> Option<Result<ListenerId, (ListenerId, String)>> {
    if let Happening::NewListenAddr { listener_id, .. } = event {
        Some(Ok(*listener_id))
    } else if let Happening::ListenerError { listener_id, error } = event {
        Some(Err((*listener_id, error.to_string())))
    } else if let Happening::ListenerClosed { listener_id, reason, .. } = event {
        let reason = reason.as_ref().err().map_or_else(|| "closed at once".to_owned(), ToString::to_string);
        Some(Err((*listener_id, reason)))
    } else {
        None
    }
}

fn cannot(address: &Address, error: &dyn std::error::Error) -> SwarmError {
    SwarmError::Listen { address: address.clone(), reason: chain(error) }
}
