//! Errands of the courier: asking peers that are connected, and handing in what they ask. What the bytes mean is the
//! business of introductions.

use mentormesh_protocol::introduction::courier::{CourierAnswer, CourierRefusal};
use mentormesh_protocol::{OrganisationId, PeerId};
use mentormesh_swarm::{Protocol, RequestError, ResponseToken};
use tokio::sync::oneshot;

use super::task::Circle;
use crate::network::context::to_swarm;
use crate::network::session::Reach;
use crate::post::{Asked, Errand, PostError};

impl Circle {
    pub(super) fn on_errand(&mut self, errand: Errand) {
        match errand {
            Errand::Ask { peer, bytes, reply } => self.carry(peer, bytes, reply),
            Errand::Refresh(organisation) => self.refresh(organisation),
            Errand::Connected(reply) => {
                let connected = self.book.peers.iter().filter(|(_, peer)| peer.connected).map(|(id, _)| *id);
                let _gone = reply.send(connected.collect());
            }
        }
    }

    /// Asks a peer, a few questions at once: beyond those it would drop them unanswered.
    fn carry(&self, peer: PeerId, bytes: Vec<u8>, reply: oneshot::Sender<Result<Vec<u8>, PostError>>) {
        let Some(known) = self.book.peers.get(&peer).filter(|known| known.connected) else {
            let _gone = reply.send(Err(PostError::NotConnected));
            return;
        };
        let (lane, swarm) = (known.lane.places(), self.context.swarm.clone());
        tokio::spawn(async move {
            let Ok(place) = lane.acquire_owned().await else { return };
            let answer = swarm.request(to_swarm(&peer), Protocol::Courier, bytes).await;
            drop(place);
            let _gone = reply.send(answer.map_err(|error| match error {
                RequestError::NotConnected => PostError::NotConnected,
                RequestError::Busy => PostError::Busy,
                RequestError::Stopped => PostError::Stopped,
                RequestError::Timeout
                | RequestError::Unsupported
                | RequestError::Closed
                | RequestError::TooLarge { .. }
                | RequestError::NoAnswer(_) => PostError::NoAnswer(error.to_string()),
            }));
        });
    }

    /// Compares one organisation now, with its own node if that is connected, else with whoever is.
    fn refresh(&mut self, organisation: OrganisationId) {
        let (now, view) = (self.context.clock.now(), self.context.view());
        if !self.refreshed.may(organisation, now) {
            return;
        }
        let of = |id: &PeerId| view.organisation_of(id) == Some(organisation);
        let own = self.book.peers.iter().any(|(id, peer)| peer.connected && of(id));
        for (id, peer) in self.book.peers.iter_mut().filter(|(_, peer)| peer.connected) {
            if !own || of(id) {
                peer.want(Reach::Only(organisation), now);
            }
        }
    }

    /// Hands in what a peer asks; when too much waits, it is told to come again.
    pub(super) fn on_courier(&self, peer: PeerId, bytes: Vec<u8>, token: ResponseToken) {
        let (reply, answer) = oneshot::channel();
        let taken = self.asked.try_send(Asked { peer, bytes, reply }).is_ok();
        let swarm = self.context.swarm.clone();
        // As many of these wait as the swarm lets requests in.
        tokio::spawn(async move {
            let busy = || CourierAnswer::Refused(CourierRefusal::Busy(1_000)).encode();
            let answer = if taken { answer.await.ok() } else { Some(busy()) };
            if let Some(answer) = answer {
                // The peer may have gone; it will ask again.
                let _gone = swarm.respond(token, answer).await;
            }
        });
    }
}
