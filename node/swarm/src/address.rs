//! Where a peer can be reached.
//!
//! Owns the questions asked of an address (can it be dialled, is it loopback, whom does it name); resolves nothing.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use libp2p::Multiaddr;
use libp2p::multiaddr::Protocol as Part;
use thiserror::Error;

use crate::PeerId;

/// A network address in multiaddr form, with or without the peer at its end.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(pub(crate) Multiaddr);

/// The text is not an address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("not an address: {0}")]
pub struct AddressError(String);

impl Address {
    /// Returns the address with `/p2p/<peer>` at its end, replacing what stood there.
    #[must_use]
    pub fn with_peer(&self, peer: PeerId) -> Self {
        Self(self.without_peer().0.with(Part::P2p(peer.0)))
    }

    /// Returns the address without a `/p2p/…` at its end.
    #[must_use]
    pub fn without_peer(&self) -> Self {
        let mut bare = self.0.clone();
        if self.peer().is_some() {
            bare.pop();
        }
        Self(bare)
    }

    /// Returns the peer named at the end of the address.
    #[must_use]
    pub fn peer(&self) -> Option<PeerId> {
        if let Some(Part::P2p(peer)) = self.0.iter().last() { Some(PeerId(peer)) } else { None }
    }

    /// Tells whether this crate's transports could dial it: a host that means somebody, and a port.
    #[must_use]
    pub fn is_dialable(&self) -> bool {
        let mut parts = self.0.iter();
        let host = parts.next().is_some_and(|part| match ip_of(&part) {
            Some(ip) => !ip.is_unspecified(),
            None => is_name(&part),
        });
        let port = match parts.next() {
            Some(Part::Tcp(port)) => port != 0,
            Some(Part::Udp(port)) => port != 0 && matches!(parts.next(), Some(Part::QuicV1)),
            _ => false,
        };
        host && port && parts.all(|part| matches!(part, Part::P2p(_)))
    }

    /// Tells whether the address leads back to this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.0.iter().next().and_then(|part| ip_of(&part)).is_some_and(|ip| ip.is_loopback())
    }

    /// Returns by which way it leads somewhere: host and transport, whatever the port.
    pub(crate) fn way(&self) -> (Option<IpAddr>, bool) {
        let mut parts = self.0.iter();
        let ip = parts.next().and_then(|part| ip_of(&part));
        (ip, matches!(parts.next(), Some(Part::Udp(_))))
    }

    /// Returns the TCP socket address to bind, if it is one and its port is chosen.
    pub(crate) fn tcp_socket(&self) -> Option<SocketAddr> {
        let mut parts = self.0.iter();
        let ip = parts.next().and_then(|part| ip_of(&part))?;
        match parts.next() {
            Some(Part::Tcp(port)) if port != 0 => Some(SocketAddr::new(ip, port)),
            _ => None,
        }
    }
}

fn ip_of(part: &Part<'_>) -> Option<IpAddr> {
    if let Part::Ip4(ip) = part {
        Some((*ip).into())
    } else if let Part::Ip6(ip) = part {
        Some((*ip).into())
    } else {
        None
    }
}

fn is_name(part: &Part<'_>) -> bool {
    matches!(part, Part::Dns(_) | Part::Dns4(_) | Part::Dns6(_))
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.0)
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        text.parse().map(Self).map_err(|e: libp2p::multiaddr::Error| AddressError(format!("{text}: {e}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        text.parse().expect("a literal of this test")
    }

    #[test]
    fn only_an_address_that_means_somebody_is_dialable() {
        for good in ["/ip4/10.0.0.1/tcp/4101", "/ip6/2001:db8::1/udp/4101/quic-v1", "/dns4/ada.example/tcp/4101"] {
            assert!(address(good).is_dialable(), "{good}");
            assert!(address(good).with_peer(PeerId::from_public_key(&[1; 32])).is_dialable(), "{good}");
        }
        for bad in [
            "/ip4/0.0.0.0/tcp/4101",
            "/ip6/::/udp/4101/quic-v1",
            "/ip4/10.0.0.1/tcp/0",
            "/ip4/10.0.0.1/udp/4101",
            "/ip4/10.0.0.1",
            "/ip4/10.0.0.1/tcp/4101/p2p-circuit",
        ] {
            assert!(!address(bad).is_dialable(), "{bad}");
        }
    }

    #[test]
    fn the_peer_at_the_end_comes_and_goes() {
        let (ada, bo) = (PeerId::from_public_key(&[1; 32]), PeerId::from_public_key(&[2; 32]));
        let bare = address("/ip4/127.0.0.1/tcp/4101");
        assert!(bare.is_loopback());
        assert_eq!(bare.peer(), None);
        assert_eq!(bare.with_peer(ada).peer(), Some(ada));
        assert_eq!(bare.with_peer(ada).with_peer(bo), bare.with_peer(bo));
        assert_eq!(bare.with_peer(ada).without_peer(), bare);
        assert!("/ip4/one".parse::<Address>().is_err());
    }
}
