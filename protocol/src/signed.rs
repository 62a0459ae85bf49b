//! The one envelope: COSE_Sign1 (RFC 9052) with Ed25519, and the only signature check in the workspace.
//!
//! A [`Signed`] value came from somewhere and says what it claims to be, no more. [`Signed::verify`] consumes it and
//! yields a [`Verified`] one, the only thing that the store takes. The carried bytes are what was signed, stored,
//! gossiped and hashed; they are never encoded again.

use crate::codec::{self, CodecError};
use crate::key::{PublicKey, RecordId, SecretKey, sha256};
use crate::limits::{ENVELOPE_BYTES, NETWORK_BYTES};

/// What precedes the key hint in every envelope: tag 18, array of four, a protected header of 13 bytes holding
/// {1: -8 (EdDSA), 4: eight bytes}.
const BEFORE_KID: [u8; 8] = [0xd2, 0x84, 0x4d, 0xa2, 0x01, 0x27, 0x04, 0x48];
/// The empty unprotected header.
const UNPROTECTED: u8 = 0xa0;
/// The head of a byte string of 64 bytes, the signature.
const SIGNATURE_HEAD: [u8; 2] = [0x58, 0x40];

/// What can travel in an envelope.
pub trait Payload: Sized {
    /// Reads the payload from canonical CBOR, refusing what its schema does not know.
    ///
    /// # Errors
    /// The first departure from the schema.
    fn decode(bytes: &[u8]) -> Result<Self, PayloadError>;

    /// Writes the payload as canonical CBOR.
    fn encode(&self) -> Vec<u8>;

    /// The kind word that is bound into the signature.
    fn kind(&self) -> &str;
}

/// Why a payload is not what its kind says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayloadError {
    /// Not canonical CBOR, or not of the frozen shape.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// Of the shape, but a field breaks its rule.
    #[error(transparent)]
    Invalid(#[from] crate::invalid::Invalid),
}

/// Why bytes are not an envelope of this network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Larger than [`ENVELOPE_BYTES`].
    #[error("the envelope has {0} bytes, at most {ENVELOPE_BYTES} are taken")]
    TooLarge(usize),
    /// Not byte-identical to the one COSE_Sign1 form.
    #[error("not in the one canonical COSE_Sign1 form")]
    NotCanonical,
    /// The payload is not canonical or breaks its schema.
    #[error("payload: {0}")]
    Payload(#[from] PayloadError),
    /// No standing key made the signature for this network.
    #[error("no standing key made this signature on this network")]
    BadSignature,
}

/// The name of a network: what keeps one federation's records out of another's.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Network(String);

/// A text that cannot name a network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a network name has 1 to {NETWORK_BYTES} characters of a-z, 0-9 and -")]
pub struct NotANetwork;

impl Network {
    /// Takes a name of lower-case letters, digits and hyphens.
    ///
    /// # Errors
    /// When the name is empty, too long, or has other characters.
    pub fn new(name: &str) -> Result<Self, NotANetwork> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let fits = (1..=NETWORK_BYTES).contains(&name.len());
        if fits && name.bytes().all(plain) { Ok(Self(name.to_owned())) } else { Err(NotANetwork) }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a signature over a payload of `kind` is bound to.
    fn binding(&self, kind: &str) -> Vec<u8> {
        format!("mentormesh/1/{}/{kind}", self.0).into_bytes()
    }
}

/// An envelope whose signature nobody has checked yet. The payload stays hidden but for its claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed<T> {
    bytes: Vec<u8>,
    payload_at: std::ops::Range<usize>,
    kid: [u8; 8],
    signature: [u8; 64],
    payload: T,
}

impl<T: Payload> Signed<T> {
    /// Reads an envelope and its payload; checks form and schema, not the signature.
    ///
    /// # Errors
    /// When the bytes are too many, not in the one canonical form, or break the payload's schema.
    pub fn decode(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        if bytes.len() > ENVELOPE_BYTES {
            return Err(EnvelopeError::TooLarge(bytes.len()));
        }
        let (kid, payload_at, signature) = open(bytes).ok_or(EnvelopeError::NotCanonical)?;
        let payload = bytes.get(payload_at.clone()).ok_or(EnvelopeError::NotCanonical)?;
        codec::check(payload).map_err(PayloadError::Codec)?;
        let payload = T::decode(payload)?;
        Ok(Self { bytes: bytes.to_vec(), payload_at, kid, signature, payload })
    }

    /// Seals a payload of one's own under `key`: the only way to make an envelope.
    ///
    /// # Errors
    /// When the payload breaks its own schema or the envelope would be too large.
    pub fn sign(payload: &T, network: &Network, key: &SecretKey) -> Result<Verified<T>, EnvelopeError> {
        let kid = key.public().kid();
        let body = payload.encode();
        let signature = key.sign(&to_be_signed(&kid, &network.binding(payload.kind()), &body));
        let mut bytes = BEFORE_KID.to_vec();
        bytes.extend_from_slice(&kid);
        bytes.push(UNPROTECTED);
        byte_string(&mut bytes, &body);
        byte_string(&mut bytes, &signature);
        let signed = Self::decode(&bytes)?;
        signed.verify(network, [&key.public()])
    }

    /// SHA-256 of the envelope.
    #[must_use]
    pub fn id(&self) -> RecordId {
        RecordId(sha256(&self.bytes))
    }

    /// The bytes as they came.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What the payload says of itself, before anyone has checked that its signer may say so: enough to look up
    /// the keys to check it with, never to act upon.
    #[must_use]
    pub const fn claims(&self) -> &T {
        &self.payload
    }

    /// Whether the envelope's hint points at this key; the signature alone says whether it is.
    #[must_use]
    pub fn hints_at(&self, key: &PublicKey) -> bool {
        key.kid() == self.kid
    }

    /// Checks the signature against every key that carries the hint, and opens the payload.
    ///
    /// # Errors
    /// When none of `keys` made the signature for this network and kind.
    pub fn verify<'k>(
        self,
        network: &Network,
        keys: impl IntoIterator<Item = &'k PublicKey>,
    ) -> Result<Verified<T>, EnvelopeError> {
        let body = self.bytes.get(self.payload_at.clone()).unwrap_or_default();
        let message = to_be_signed(&self.kid, &network.binding(self.payload.kind()), body);
        let signer = keys
            .into_iter()
            .find(|key| key.kid() == self.kid && key.signed(&message, &self.signature))
            .copied()
            .ok_or(EnvelopeError::BadSignature)?;
        Ok(Verified { id: self.id(), bytes: self.bytes, payload: self.payload, signer })
    }
}

/// A payload whose signature was checked: the witness that [`Signed::verify`] alone makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<T> {
    id: RecordId,
    bytes: Vec<u8>,
    payload: T,
    signer: PublicKey,
}

impl<T> Verified<T> {
    /// SHA-256 of the envelope.
    #[must_use]
    pub const fn id(&self) -> RecordId {
        self.id
    }

    /// The envelope, byte for byte as it was signed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The key that made the signature.
    #[must_use]
    pub const fn signer(&self) -> PublicKey {
        self.signer
    }

    /// The payload.
    #[must_use]
    pub const fn payload(&self) -> &T {
        &self.payload
    }
}

/// Takes an envelope apart, refusing every form but the one that [`Signed::sign`] writes.
fn open(bytes: &[u8]) -> Option<([u8; 8], std::ops::Range<usize>, [u8; 64])> {
    let rest = bytes.strip_prefix(&BEFORE_KID)?;
    let (kid, rest) = rest.split_first_chunk::<8>()?;
    let rest = rest.strip_prefix(&[UNPROTECTED])?;
    let (before, signature) = rest.split_last_chunk::<64>()?;
    let payload = before.strip_suffix(&SIGNATURE_HEAD)?;
    let body_length = byte_string_length(payload)?;
    let end = bytes.len().checked_sub(64 + SIGNATURE_HEAD.len())?;
    Some((*kid, end.checked_sub(body_length)?..end, *signature))
}

/// The length of the one byte string that `bytes` must be, its head in shortest form.
fn byte_string_length(bytes: &[u8]) -> Option<usize> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let body = decoder.bytes().ok()?;
    let mut again = Vec::with_capacity(bytes.len());
    byte_string(&mut again, body);
    (again == bytes).then_some(body.len())
}

fn byte_string(out: &mut Vec<u8>, bytes: &[u8]) {
    minicbor::Encoder::new(&mut *out).bytes(bytes).expect("writing to memory does not fail");
}

/// The Sig_structure of RFC 9052 section 4.4: ["Signature1", protected, external_aad, payload].
fn to_be_signed(kid: &[u8; 8], aad: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut protected = BEFORE_KID.get(3..).unwrap_or_default().to_vec();
    protected.extend_from_slice(kid);
    let mut out = vec![0x84, 0x6a];
    out.extend_from_slice(b"Signature1");
    byte_string(&mut out, &protected);
    byte_string(&mut out, aad);
    byte_string(&mut out, payload);
    out
}
