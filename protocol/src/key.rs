//! Keys and the identifiers made from them, with their one binary and one text form.
//!
//! Public keys appear in text as did:key (`z6Mk…` Ed25519, `z6LS…` X25519), ids as lower-case base32 without
//! padding, peers in libp2p's base58 form. This room signs and checks raw bytes with `verify_strict` and nothing
//! else; what the bytes mean is [`crate::signed`]'s.

#[macro_use]
mod forms;
mod id;
mod peer;
mod sealing;

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

pub use self::id::{
    EnvelopeId, IntroductionId, LetterId, MessageId, NotAnId, OrganisationId, PersonId, RecordId, Subject, base32,
};
pub use self::peer::PeerId;
pub use self::sealing::{SealingKey, SealingSecret};

/// Multicodec prefix of an Ed25519 public key in did:key.
const ED25519_PREFIX: [u8; 2] = [0xed, 0x01];

/// Longest base58 text that is read: decoding takes quadratic time, and no key or peer id needs more than 53.
const BASE58: usize = 64;

/// SHA-256 of some bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// An Ed25519 public key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey(pub [u8; 32]);

byte_codec!(PublicKey, 32, "an Ed25519 public key");
#[cfg(feature = "openapi")]
text_schema!(PublicKey, "^did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}$");

impl PublicKey {
    /// The hint by which an envelope names its key: the first eight bytes of SHA-256 of the key.
    #[must_use]
    pub fn kid(&self) -> [u8; 8] {
        let mut kid = [0; 8];
        kid.copy_from_slice(sha256(&self.0).first_chunk::<8>().unwrap_or(&[0; 8]));
        kid
    }

    /// Whether `signature` over `message` is this key's, by the strict rule (RFC 8032 without small-order points),
    /// the only rule on this network: mixing rules would split it on crafted signatures.
    #[must_use]
    pub fn signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        VerifyingKey::from_bytes(&self.0)
            .is_ok_and(|key| key.verify_strict(message, &Signature::from_bytes(signature)).is_ok())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_did(f, ED25519_PREFIX, &self.0)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for PublicKey {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        read_did(text, ED25519_PREFIX).map(Self).ok_or(NotAnId { expected: "an Ed25519 key as did:key:z6Mk…" })
    }
}

text_serde!(PublicKey);

fn write_did(f: &mut fmt::Formatter<'_>, prefix: [u8; 2], key: &[u8; 32]) -> fmt::Result {
    let mut bytes = prefix.to_vec();
    bytes.extend_from_slice(key);
    write!(f, "did:key:z{}", bs58::encode(bytes).into_string())
}

fn read_did(text: &str, prefix: [u8; 2]) -> Option<[u8; 32]> {
    let text = text.strip_prefix("did:key:z").filter(|text| text.len() <= BASE58)?;
    let bytes = bs58::decode(text).into_vec().ok()?;
    bytes.strip_prefix(&prefix)?.try_into().ok()
}

/// An Ed25519 secret key: signing, rotation or node. Wiped from memory when dropped; never shown.
#[derive(Clone)]
pub struct SecretKey(SigningKey);

impl SecretKey {
    /// Makes a key of 32 random bytes.
    #[must_use]
    pub fn new(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The 32 bytes the key was made of, for the key file and for the transport that shares it.
    #[must_use]
    pub fn seed(&self) -> zeroize::Zeroizing<[u8; 32]> {
        zeroize::Zeroizing::new(self.0.to_bytes())
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs raw bytes (RFC 8032).
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey(of {})", self.public())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_the_text_that_did_key_prescribes() {
        // The did:key method specification's own Ed25519 example begins z6Mk; so must every key of ours.
        let key = SecretKey::new(&[7; 32]).public();
        assert!(key.to_string().starts_with("did:key:z6Mk"), "{key}");
        assert_eq!(key.to_string().parse(), Ok(key));
        let bare = key.to_string().replace("did:key:", "");
        assert!(bare.parse::<PublicKey>().is_err(), "one key has one text, the one that its schema allows");
        assert!(SealingKey([9; 32]).to_string().starts_with("did:key:z6LS"));
    }

    #[test]
    fn a_peer_id_has_libp2p_s_text() {
        let peer = PeerId(SecretKey::new(&[7; 32]).public());
        assert!(peer.to_string().starts_with("12D3KooW"), "{peer}");
        assert_eq!(peer.to_string().parse(), Ok(peer));
    }

    #[test]
    fn ids_refuse_capitals_and_wrong_lengths() {
        let id = Subject([3; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!(id.to_string().to_uppercase().parse::<Subject>().is_err());
        assert!("abc".parse::<Subject>().is_err());
    }

    #[test]
    fn a_signature_is_its_key_s_alone() {
        let (ada, bo) = (SecretKey::new(&[1; 32]), SecretKey::new(&[2; 32]));
        let signature = ada.sign(b"hello");
        assert!(ada.public().signed(b"hello", &signature));
        assert!(!bo.public().signed(b"hello", &signature));
        assert!(!ada.public().signed(b"hallo", &signature));
    }
}
