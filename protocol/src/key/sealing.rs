//! The keys that letters are sealed to, and the secrets that open them.

use std::fmt;
use std::str::FromStr;

use super::{NotAnId, read_did, write_did};

/// Multicodec prefix of an X25519 public key in did:key.
const X25519_PREFIX: [u8; 2] = [0xec, 0x01];

/// An X25519 public key to which letters are sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SealingKey(pub [u8; 32]);

byte_codec!(SealingKey, 32, "an X25519 public key");

impl fmt::Display for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_did(f, X25519_PREFIX, &self.0)
    }
}

impl FromStr for SealingKey {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        read_did(text, X25519_PREFIX).map(Self).ok_or(NotAnId { expected: "an X25519 key as did:key:z6LS…" })
    }
}

text_serde!(SealingKey);

#[cfg(feature = "openapi")]
text_schema!(SealingKey, "^did:key:z6LS[1-9A-HJ-NP-Za-km-z]{44}$");

/// An X25519 secret key that opens letters. Wiped from memory when dropped; never shown.
#[derive(Clone)]
pub struct SealingSecret(x25519_dalek::StaticSecret);

impl SealingSecret {
    /// Makes a key of 32 random bytes.
    #[must_use]
    pub fn new(seed: &[u8; 32]) -> Self {
        Self(x25519_dalek::StaticSecret::from(*seed))
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> SealingKey {
        SealingKey(x25519_dalek::PublicKey::from(&self.0).to_bytes())
    }

    /// The 32 bytes of the key, for the key file.
    #[must_use]
    pub fn seed(&self) -> zeroize::Zeroizing<[u8; 32]> {
        zeroize::Zeroizing::new(self.0.to_bytes())
    }
}

impl fmt::Debug for SealingSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealingSecret(of {})", self.public())
    }
}
