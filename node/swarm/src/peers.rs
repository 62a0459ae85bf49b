//! Who is connected now.
//!
//! Owns, for each connected peer, its connections, whether it is admitted, what it said of itself and how much it
//! may still gossip. All of it is forgotten with the last connection. Time is passed in.

use std::collections::BTreeMap;
use std::time::Instant;

use libp2p::swarm::ConnectionId;

use crate::limits::{CROSSING, DEAF_AFTER, DEAF_PAUSE, DOUBTFUL, RACING, TokenBucket};
use crate::{Address, PeerConnection, PeerId};

#[derive(Debug)]
struct Link {
    id: ConnectionId,
    address: Address,
    outbound: bool,
    since: Instant,
}

/// What a new connection of a peer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// The peer was not connected.
    First,
    /// The peer is connected already: both dialled at the same moment.
    Another,
    /// The peer dialled although it was connected, so it knows of no connection: it died and came back, and what
    /// we took for a connection is dead. QUIC does not tell us of that for ten seconds.
    Reborn,
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
    /// Notes a connection and tells what it means.
    pub(crate) fn connected(
        &mut self,
        peer: PeerId,
        id: ConnectionId,
        address: Address,
        outbound: bool,
        now: Instant,
    ) -> Arrival {
        let entry = self.peers.entry(peer).or_insert_with(|| Peer {
            links: Vec::new(),
            admitted_at: None,
            identity: None,
            gossip: TokenBucket::full(now),
        });
        let age = |link: &Link| now.saturating_duration_since(link.since);
        // A node dials only whom it is not connected to, so two dials cross, one dial came by two ways, or the first
        // is forgotten.
        let raced = |link: &Link| age(link) < RACING && link.address.way() != address.way();
        let forgotten = |link: &Link| if link.outbound { age(link) >= CROSSING } else { !raced(link) };
        let arrival = match (entry.links.is_empty(), !outbound && entry.links.iter().all(forgotten)) {
            (true, _) => Arrival::First,
            (false, true) => Arrival::Reborn,
            (false, false) => Arrival::Another,
        };
        entry.links.push(Link { id, address, outbound, since: now });
        arrival
    }

    /// Whether a connection that failed while another stands was so young that the other may be half known: the peer
    /// may have died and come back just after we dialled it.
    pub(crate) fn is_doubtful(&self, peer: PeerId, failed: ConnectionId, now: Instant) -> bool {
        let Some(entry) = self.peers.get(&peer).filter(|entry| entry.links.len() > 1) else { return false };
        // What closes at once has only lost the race of one dial's several ways.
        let young = |link: &Link| (RACING..DOUBTFUL).contains(&now.saturating_duration_since(link.since));
        entry.links.iter().any(|link| link.id == failed && young(link))
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

    fn arrive(peers: &mut Peers, n: u8, link: usize, now: Instant) -> (PeerId, Arrival) {
        let peer = PeerId::from_public_key(&[n; 32]);
        let address = "/ip4/127.0.0.1/tcp/1".parse().expect("a literal of this test");
        (peer, peers.connected(peer, ConnectionId::new_unchecked(link), address, true, now))
    }

    #[test]
    fn admission_lasts_until_the_last_connection_is_gone() {
        let (mut peers, now) = (Peers::default(), Instant::now());
        let (bo, first) = arrive(&mut peers, 1, 1, now);
        let (_, second) = arrive(&mut peers, 1, 2, now);
        assert_eq!((first, second), (Arrival::First, Arrival::Another));
        assert!(!peers.is_admitted(bo));
        assert!(peers.admit(bo, true, now));
        assert!(!peers.disconnected(bo, ConnectionId::new_unchecked(1)));
        assert!(peers.is_admitted(bo));
        assert!(peers.disconnected(bo, ConnectionId::new_unchecked(2)));
        assert!(!peers.is_admitted(bo) && !peers.admit(bo, true, now));
    }

    #[test]
    fn who_dials_again_has_died_unless_the_dials_crossed() {
        let start = Instant::now();
        let address: Address = "/ip4/127.0.0.1/tcp/1".parse().expect("a literal of this test");
        let bo = PeerId::from_public_key(&[1; 32]);
        let second_arrival = |first_outbound, second_outbound, after| {
            let mut peers = Peers::default();
            let mut arrive = |link, outbound, at| {
                peers.connected(bo, ConnectionId::new_unchecked(link), address.clone(), outbound, at)
            };
            assert_eq!(arrive(1, first_outbound, start), Arrival::First);
            let arrival = arrive(2, second_outbound, start + after);
            let doubtful =
                peers.is_doubtful(bo, ConnectionId::new_unchecked(1), start + after + Duration::from_secs(10));
            (arrival, doubtful)
        };
        let (soon, later) = (Duration::from_secs(1), Duration::from_secs(60));
        assert_eq!(second_arrival(false, false, soon), (Arrival::Reborn, true));
        assert_eq!(second_arrival(true, false, later), (Arrival::Reborn, false));
        assert_eq!(second_arrival(true, false, soon), (Arrival::Another, true), "dials may have crossed");
        assert_eq!(second_arrival(false, true, later), (Arrival::Another, false), "we dialled, so we know of nothing");
    }

    #[test]
    fn one_dial_that_arrives_by_two_ways_is_nobody_s_death() {
        let start = Instant::now();
        let bo = PeerId::from_public_key(&[1; 32]);
        let second_arrival = |way: &str, after| {
            let mut peers = Peers::default();
            let mut arrive = |link, address: &str, at| {
                let address = address.parse().expect("a literal of this test");
                peers.connected(bo, ConnectionId::new_unchecked(link), address, false, at)
            };
            assert_eq!(arrive(1, "/ip4/127.0.0.1/tcp/1001", start), Arrival::First);
            arrive(2, way, start + after)
        };
        let (soon, later) = (Duration::from_millis(500), Duration::from_secs(10));
        for way in ["/ip4/127.0.0.1/udp/1002/quic-v1", "/ip4/192.0.2.1/tcp/1003"] {
            assert_eq!(second_arrival(way, soon), Arrival::Another, "{way}");
            assert_eq!(second_arrival(way, later), Arrival::Reborn, "{way}");
        }
        assert_eq!(second_arrival("/ip4/127.0.0.1/tcp/1004", soon), Arrival::Reborn, "a dial takes each way once");
    }

    #[test]
    fn the_way_that_lost_the_race_casts_no_doubt_on_the_one_that_won() {
        let (mut peers, start) = (Peers::default(), Instant::now());
        let (bo, _) = arrive(&mut peers, 1, 1, start);
        arrive(&mut peers, 1, 2, start);
        let doubtful = |after| peers.is_doubtful(bo, ConnectionId::new_unchecked(2), start + after);
        assert!(!doubtful(Duration::from_millis(100)) && !doubtful(Duration::from_secs(600)));
        assert!(doubtful(Duration::from_secs(10)), "QUIC noticed that nobody is there");
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
