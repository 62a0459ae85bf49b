//! The transport identity of a peer.
//!
//! Owns the conversion between text, bytes and Ed25519 keys; knows nothing of organisations or delegations.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// What stands before the key in an inlined Ed25519 peer id: identity multihash of 36 bytes, then the
/// protobuf fields "key type Ed25519" and "32 bytes of data".
const ED25519_PREFIX: [u8; 6] = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];

/// A peer's transport identity: base58 as text, a multihash as bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeerId(pub(crate) libp2p::PeerId);

/// The text or bytes are not a peer id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("not a peer id: {0}")]
pub struct PeerIdError(String);

impl PeerId {
    /// Reads the multihash form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PeerIdError> {
        libp2p::PeerId::from_bytes(bytes).map(Self).map_err(|e| PeerIdError(e.to_string()))
    }

    /// Returns the multihash form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes()
    }

    /// Names the peer that holds the secret of this Ed25519 public key.
    #[must_use]
    pub fn from_public_key(ed25519: &[u8; 32]) -> Self {
        let bytes = [ED25519_PREFIX.as_slice(), ed25519].concat();
        Self(libp2p::PeerId::from_bytes(&bytes).expect("an identity multihash of 36 bytes is a peer id"))
    }

    /// Returns the Ed25519 public key the id carries, if it carries one.
    #[must_use]
    pub fn public_key(&self) -> Option<[u8; 32]> {
        let bytes = self.0.to_bytes();
        bytes.strip_prefix(&ED25519_PREFIX)?.try_into().ok()
    }
}

impl fmt::Display for PeerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for PeerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PeerId({})", self.0)
    }
}

impl FromStr for PeerId {
    type Err = PeerIdError;

    fn from_str(text: &str) -> Result<Self, PeerIdError> {
        text.parse().map(Self).map_err(|e: libp2p::identity::ParseError| PeerIdError(e.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use libp2p::identity::Keypair;

    #[test]
    fn the_key_inside_an_id_is_the_key_it_was_made_of() {
        let pair = Keypair::ed25519_from_bytes([7; 32]).expect("32 bytes are a secret");
        let key = pair.public().try_into_ed25519().expect("it is Ed25519").to_bytes();
        let id = PeerId::from_public_key(&key);
        assert_eq!(id.0, pair.public().to_peer_id());
        assert_eq!(id.public_key(), Some(key));
        assert_eq!(PeerId::from_bytes(&id.to_bytes()), Ok(id));
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn an_id_that_is_only_a_hash_carries_no_key() {
        let hashed = [&[0x12, 0x20][..], &[9; 32]].concat();
        assert_eq!(PeerId::from_bytes(&hashed).expect("a SHA-256 multihash").public_key(), None);
        assert!(PeerId::from_bytes(&[1, 2, 3]).is_err());
        assert!("not an id".parse::<PeerId>().is_err());
    }
}
