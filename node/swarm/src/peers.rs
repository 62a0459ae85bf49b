//! Who is connected now.
//!
//! Owns, for each connected peer, its connections, whether it is admitted, what it said of itself and how much it
//! may still gossip. All of it is forgotten with the last connection. Time is passed in.

use std::collections::BTreeMap;
use std::time::Instant;

use libp2p::swarm::ConnectionId;

use crate::limits::{DEAF_AFTER, DEAF_PAUSE, TokenBucket};
use crate::{Address, PeerConnection, PeerId};

#[derive(Debug)]
struct Link {
    id: ConnectionId,
    address: Address,
    outbound: bool,
}

#[derive(Debug)]
struct Peer {
    links: Vec<Link>,
    admitted_at: Option<Instant>,
    identity: Option<(String, String)>,
    gossip: TokenBucket,
}

#[derive(Debug, Default)]
pub(crate) struct Peers {
    peers: BTreeMap<PeerId, Peer>,
    deaf_cut_at: Option<Instant>,
}

impl Peers {
    /// Notes a connection and tells whether it is the peer's first.
    pub(crate) fn connected(
        &mut self,
        peer: PeerId,
        id: ConnectionId,
        address: Address,
        outbound: bool,
        now: Instant,
    ) -> bool {
        let entry = self.peers.entry(peer).or_insert_with(|| Peer {
            links: Vec::new(),
            admitted_at: None,
            identity: None,
            gossip: TokenBucket::full(now),
        });
        entry.links.push(Link { id, address, outbound });
        entry.links.len() == 1
    }

    /// Forgets a connection and tells whether it was the peer's last.
    pub(crate) fn disconnected(&mut self, peer: PeerId, id: ConnectionId) -> bool {
        let Some(entry) = self.peers.get_mut(&peer) else { return false };
        entry.links.retain(|link| link.id != id);
        let last = entry.links.is_empty();
        if last {
            self.peers.remove(&peer);
        }
        last
    }

    /// Sets the admission of a connected peer; false if it is not connected.
    pub(crate) fn admit(&mut self, peer: PeerId, admitted: bool, now: Instant) -> bool {
        let Some(entry) = self.peers.get_mut(&peer) else { return false };
        entry.admitted_at = admitted.then(|| entry.admitted_at.unwrap_or(now));
        true
    }

    pub(crate) fn is_admitted(&self, peer: PeerId) -> bool {
        self.peers.get(&peer).is_some_and(|entry| entry.admitted_at.is_some())
    }

    /// Takes one message off what the peer may gossip.
    pub(crate) fn may_gossip(&mut self, peer: PeerId, now: Instant) -> bool {
        self.peers.get_mut(&peer).is_some_and(|entry| entry.gossip.take(now))
    }

    pub(crate) fn identified(&mut self, peer: PeerId, protocol_version: &str, agent: &str) {
        if let Some(entry) = self.peers.get_mut(&peer) {
            entry.identity = Some((protocol_version.to_owned(), agent.to_owned()));
        }
    }

    /// Chooses a deaf peer to cut, if it is time to: long admitted, and without a subscription to anything.
    pub(crate) fn deaf(&mut self, now: Instant, subscribes: impl Fn(PeerId) -> bool) -> Option<PeerId> {
        if self.deaf_cut_at.is_some_and(|at| now.saturating_duration_since(at) < DEAF_PAUSE) {
            return None;
        }
        let long_admitted =
            |entry: &Peer| entry.admitted_at.is_some_and(|at| now.saturating_duration_since(at) >= DEAF_AFTER);
        let deaf = self.peers.iter().find(|(peer, entry)| long_admitted(entry) && !subscribes(**peer));
        let peer = deaf.map(|(peer, _)| *peer)?;
        self.deaf_cut_at = Some(now);
        Some(peer)
    }

    pub(crate) fn all(&self) -> Vec<PeerConnection> {
        let described = self.peers.iter().filter_map(|(peer, entry)| {
            let link = entry.links.first()?;
            let (protocol_version, agent) = entry.identity.clone().unzip();
            Some(PeerConnection {
                peer: *peer,
                address: link.address.clone(),
                outbound: link.outbound,
                admitted: entry.admitted_at.is_some(),
                protocol_version,
                agent,
            })
        });
        described.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn arrive(peers: &mut Peers, n: u8, link: usize, now: Instant) -> (PeerId, bool) {
        let peer = PeerId::from_public_key(&[n; 32]);
        let address = "/ip4/127.0.0.1/tcp/1".parse().expect("a literal of this test");
        (peer, peers.connected(peer, ConnectionId::new_unchecked(link), address, true, now))
    }

    #[test]
    fn admission_lasts_until_the_last_connection_is_gone() {
        let (mut peers, now) = (Peers::default(), Instant::now());
        let (bo, first) = arrive(&mut peers, 1, 1, now);
        let (_, second) = arrive(&mut peers, 1, 2, now);
        assert!(first && !second);
        assert!(!peers.is_admitted(bo));
        assert!(peers.admit(bo, true, now));
        assert!(!peers.disconnected(bo, ConnectionId::new_unchecked(1)));
        assert!(peers.is_admitted(bo));
        assert!(peers.disconnected(bo, ConnectionId::new_unchecked(2)));
        assert!(!peers.is_admitted(bo) && !peers.admit(bo, true, now));
    }

    #[test]
    fn one_deaf_peer_a_minute_is_cut_and_never_a_stranger() {
        let (mut peers, start) = (Peers::default(), Instant::now());
        let (ada, _) = arrive(&mut peers, 1, 1, start);
        let (bo, _) = arrive(&mut peers, 2, 2, start);
        arrive(&mut peers, 3, 3, start);
        peers.admit(ada, true, start);
        peers.admit(bo, true, start);
        let at = |seconds| start + Duration::from_secs(seconds);
        assert_eq!(peers.deaf(at(59), |_| false), None, "it may still be about to subscribe");
        assert_eq!(peers.deaf(at(61), |_| true), None);
        let first = peers.deaf(at(61), |_| false).expect("both are deaf by now");
        peers.disconnected(first, ConnectionId::new_unchecked(if first == ada { 1 } else { 2 }));
        assert_eq!(peers.deaf(at(62), |_| false), None);
        let second = peers.deaf(at(122), |_| false);
        assert_eq!(second, Some(if first == ada { bo } else { ada }));
    }
}
