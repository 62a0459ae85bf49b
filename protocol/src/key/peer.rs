//! Peers by the text and bytes that libp2p gives them, made from the key alone.

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Decoder, Encode, Encoder};

use super::{BASE58, NotAnId, PublicKey};

/// What precedes an Ed25519 key in a libp2p PeerId: an identity multihash of its protobuf form.
const PEER_PREFIX: [u8; 6] = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];

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

text_serde!(PeerId);

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
