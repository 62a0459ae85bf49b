//! Keys and the identifiers made from them, with their one binary and one text form.
//!
//! Public keys appear in text as did:key (`z6Mk…` Ed25519, `z6LS…` X25519), ids as lower-case base32 without
//! padding, peers in libp2p's base58 form. This room signs and checks raw bytes with `verify_strict` and nothing
//! else; what the bytes mean is [`crate::signed`]'s.

use std::fmt;
use std::str::FromStr;

use data_encoding::{Encoding, Specification};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use minicbor::{Decode, Decoder, Encode, Encoder};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// Multicodec prefix of an Ed25519 public key in did:key.
const ED25519_PREFIX: [u8; 2] = [0xed, 0x01];
/// Multicodec prefix of an X25519 public key in did:key.
const X25519_PREFIX: [u8; 2] = [0xec, 0x01];
/// What precedes an Ed25519 key in a libp2p PeerId: an identity multihash of its protobuf form.
const PEER_PREFIX: [u8; 6] = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];

/// Longest base58 text that is read: decoding takes quadratic time, and no key or peer id needs more than 53.
const BASE58: usize = 64;

/// SHA-256 of some bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The base32 alphabet of RFC 4648 in lower case, without padding.
#[must_use]
pub fn base32() -> Encoding {
    let mut specification = Specification::new();
    specification.symbols.push_str("abcdefghijklmnopqrstuvwxyz234567");
    specification.encoding().unwrap_or(data_encoding::BASE32_NOPAD)
}

/// A text that does not name what it should.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not {expected}")]
pub struct NotAnId {
    /// What the text should have been, with its form.
    pub expected: &'static str,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $bytes:literal, $expected:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $bytes]);

        impl $name {
            /// The first eight characters of the text form, for people; never enough to decide anything.
            #[must_use]
            pub fn short(&self) -> String {
                self.to_string().chars().take(8).collect()
            }

            /// Reads the binary form.
            ///
            /// # Errors
            /// When the length is wrong.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, NotAnId> {
                bytes.try_into().map(Self).map_err(|_| NotAnId { expected: $expected })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&base32().encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.short())
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let wrong = NotAnId { expected: $expected };
                let bytes = base32().decode(text.as_bytes()).map_err(|_| wrong.clone())?;
                bytes.try_into().map(Self).map_err(|_| wrong)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        byte_codec!($name, $bytes, $expected);
        #[cfg(feature = "openapi")]
        text_schema!($name, crate::schema::id($bytes));
    };
}

macro_rules! byte_codec {
    ($name:ident, $bytes:literal, $expected:literal) => {
        impl<C> Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.0)?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                let bytes = d.bytes()?.try_into();
                bytes.map(Self).map_err(|_| minicbor::decode::Error::message(concat!("not ", $expected)))
            }
        }
    };
}

#[cfg(feature = "openapi")]
macro_rules! text_schema {
    ($name:ident, $form:expr) => {
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                crate::schema::form($form)
            }
        }
        impl utoipa::ToSchema for $name {}
    };
}

id!(
    /// Who an organisation is: SHA-256 of the envelope of its first operation.
    OrganisationId, 32, "an organisation id (52 characters of a-z and 2-7)"
);
id!(
    /// Which record this is: SHA-256 of its envelope.
    RecordId, 32, "a record id (52 characters of a-z and 2-7)"
);
id!(
    /// The random id of one listed mentor, never derived from a person.
    Subject, 16, "a listing id (26 characters of a-z and 2-7)"
);

id!(
    /// The random id of one introduction, the same on both nodes.
    IntroductionId, 16, "an introduction id (26 characters of a-z and 2-7)"
);
id!(
    /// The random id of one letter: what it is recognised by when it arrives twice.
    MessageId, 16, "a message id (26 characters of a-z and 2-7)"
);
id!(
    /// Which signed letter this is: SHA-256 of its bytes, seal and padding taken off.
    LetterId, 32, "a letter id (52 characters of a-z and 2-7)"
);
id!(
    /// Which sealed letter this is: SHA-256 of all its bytes, as a relay sees them. A letter sealed again is another.
    EnvelopeId, 32, "an envelope id (52 characters of a-z and 2-7)"
);

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

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

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

impl Serialize for SealingKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SealingKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

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

fn write_did(f: &mut fmt::Formatter<'_>, prefix: [u8; 2], key: &[u8; 32]) -> fmt::Result {
    let mut bytes = prefix.to_vec();
    bytes.extend_from_slice(key);
    write!(f, "did:key:z{}", bs58::encode(bytes).into_string())
}

fn read_did(text: &str, prefix: [u8; 2]) -> Option<[u8; 32]> {
    let text = text.strip_prefix("did:key:").unwrap_or(text).strip_prefix('z').filter(|text| text.len() <= BASE58)?;
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

/// A peer's transport identity. On this network every node key is Ed25519, so the id carries the key itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeerId(pub PublicKey);

impl PeerId {
    /// The binary form that libp2p uses (an identity multihash), 38 bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = PEER_PREFIX.to_vec();
        bytes.extend_from_slice(&self.0.0);
        bytes
    }

    /// Reads the binary form.
    ///
    /// # Errors
    /// When the bytes are not an Ed25519 peer id.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, NotAnId> {
        let key = bytes.strip_prefix(&PEER_PREFIX).and_then(|key| key.try_into().ok());
        key.map(|key| Self(PublicKey(key))).ok_or(NotAnId { expected: "an Ed25519 peer id (12D3KooW…)" })
    }
}

impl fmt::Display for PeerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&bs58::encode(self.to_bytes()).into_string())
    }
}

impl fmt::Debug for PeerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for PeerId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let wrong = NotAnId { expected: "an Ed25519 peer id (12D3KooW…)" };
        if text.len() > BASE58 {
            return Err(wrong);
        }
        let bytes = bs58::decode(text).into_vec().map_err(|_| wrong)?;
        Self::from_slice(&bytes)
    }
}

impl Serialize for PeerId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PeerId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "openapi")]
text_schema!(PeerId, "^12D3KooW[1-9A-HJ-NP-Za-km-z]{44}$");

impl<C> Encode<C> for PeerId {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&self.to_bytes())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for PeerId {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Self::from_slice(d.bytes()?).map_err(minicbor::decode::Error::message)
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
