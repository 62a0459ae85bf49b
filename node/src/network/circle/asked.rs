//! What the operator asks: joining, blocking, comparing now.

use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::ticket::Ticket;
use mentormesh_protocol::{PeerId, Timestamp};
use mentormesh_swarm::{Address, DialError};
use tokio::sync::oneshot;

use super::task::{Ask, Circle};
use crate::network::context::to_swarm;
use crate::network::handle::Seen;
use crate::network::session::Reach;

impl Circle {
    pub(super) async fn on_ask(&mut self, ask: Ask) {
        let now = self.context.clock.now();
        match ask {
            Ask::Join(ticket, reply) => self.on_join(ticket, reply, now).await,
            Ask::Peers(reply) => {
                let seen = self.book.peers.iter().map(|(id, peer)| (*id, Seen::of(peer)));
                let _gone = reply.send(seen.collect());
            }
            Ask::Block(id, blocked, reply) => {
                self.on_block(id, blocked).await;
                let _gone = reply.send(());
            }
            Ask::SyncNow(reply) => {
                for peer in self.book.peers.values_mut() {
                    peer.hurry();
                    if peer.connected {
                        peer.want(Reach::Full, now);
                    }
                }
                let _gone = reply.send(());
            }
            Ask::Present(reply) => {
                self.presence.refresh(&self.context, &self.desk).await;
                let _gone = reply.send(());
            }
        }
    }

    pub(super) async fn on_join(
        &mut self,
        ticket: Ticket,
        reply: oneshot::Sender<Result<PeerId, Problem>>,
        now: Timestamp,
    ) {
        let id = ticket.peer;
        let addresses: Vec<Address> = ticket.addresses.iter().filter_map(|text| text.parse().ok()).collect();
        let Some(known) = self.book.open(id) else {
            let _gone = reply.send(Err(Problem::new(ErrorCode::Busy, "as many peers are known as may be")));
            return;
        };
        if known.blocked {
            let detail = format!("peer {id} is blocked here");
            let next = format!("mentormesh peer unblock {id}");
            let _gone = reply.send(Err(Problem::new(ErrorCode::PeerRefused, detail).with_next(next)));
            return;
        }
        for address in ticket.addresses.iter().rev() {
            known.learn(address.clone());
        }
        let connected = known.connected;
        if connected {
            known.want(Reach::Full, now);
        }
        self.joins.entry(id).or_default().push((ticket, reply));
        if connected {
            return;
        }
        match self.context.swarm.dial(Some(to_swarm(&id)), addresses).await {
            // How a dial ends that is under way, for whatever reason it began, is how this one ends.
            Ok(()) | Err(DialError::AlreadyConnected) => {}
            Err(error) => self.on_dial_failed(Some(to_swarm(&id)), error.to_string()),
        }
    }

    pub(super) async fn on_block(&mut self, id: PeerId, blocked: bool) {
        if let Some(known) = self.book.open(id) {
            known.blocked = blocked;
            known.hurry();
        }
        if blocked {
            self.context.swarm.block(to_swarm(&id)).await;
        } else {
            self.context.swarm.unblock(to_swarm(&id)).await;
        }
        self.remember(id).await;
    }
}
