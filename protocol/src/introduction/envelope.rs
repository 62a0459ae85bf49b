//! Envelopes: all that a relay sees of a letter. Recipient organisation, the day it goes stale, and which of four
//! sizes it has; the rest is sealed.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::letter::Letter;
use crate::codec;
use crate::invalid::Invalid;
use crate::key::{EnvelopeId, OrganisationId, sha256};
use crate::limits::{DAY, SEALED_BYTES, SIZE_CLASSES};
use crate::signed::PayloadError;
use crate::time::Timestamp;

/// The version of envelopes that this build writes and reads.
const ENVELOPE_VERSION: u16 = 1;
/// Bytes of the encapsulated key and the tag that the seal adds.
pub(super) const SEAL_EXTRA: usize = 32 + 16;

/// What is readable of an envelope, and bound to what is not.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct EnvelopeHeader {
    /// 1.
    #[n(0)]
    pub version: u16,
    /// The organisation it is for.
    #[n(1)]
    pub recipient: OrganisationId,
    /// When it goes stale, a whole day (UTC midnight).
    #[n(2)]
    pub expires_at: Timestamp,
}

/// A sealed letter.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Envelope {
    /// What is readable.
    #[n(0)]
    pub header: EnvelopeHeader,
    /// The encapsulated key (32 bytes), then the sealed letter.
    #[n(1)]
    pub sealed: ByteVec,
}

/// The midnight (UTC) at or after a moment.
pub(crate) const fn whole_day(at: Timestamp) -> Timestamp {
    Timestamp(at.0.div_ceil(DAY).saturating_mul(DAY))
}

impl EnvelopeHeader {
    /// A header of this version.
    #[must_use]
    pub const fn new(recipient: OrganisationId, expires_at: Timestamp) -> Self {
        Self { version: ENVELOPE_VERSION, recipient, expires_at }
    }

    /// What the seal is bound to: the header's own bytes.
    #[must_use]
    pub fn bound(&self) -> Vec<u8> {
        codec::encode(self)
    }
}

impl Envelope {
    /// Reads an envelope; whether it opens is another matter.
    ///
    /// # Errors
    /// When it is too large, not canonical, of another version, or of no known size.
    pub fn decode(bytes: &[u8]) -> Result<Self, PayloadError> {
        if bytes.len() > SEALED_BYTES {
            let problem = format!("{} bytes, at most {SEALED_BYTES} are taken", bytes.len());
            return Err(Invalid::new("envelope", problem).into());
        }
        let envelope: Self = codec::decode_exactly(bytes)?;
        if envelope.header.version != ENVELOPE_VERSION {
            let problem = format!("{}, this build reads {ENVELOPE_VERSION}", envelope.header.version);
            return Err(Invalid::new("version", problem).into());
        }
        if !envelope.header.expires_at.0.is_multiple_of(DAY) {
            return Err(Invalid::new("expires_at", "not a whole day").into());
        }
        if envelope.size_class().is_none() {
            return Err(Invalid::new("sealed", "of none of the four sizes").into());
        }
        Ok(envelope)
    }

    /// Writes the envelope.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }

    /// Which sealed letter this is.
    #[must_use]
    pub fn id(&self) -> EnvelopeId {
        EnvelopeId(sha256(&self.encode()))
    }

    /// Whether what it says outside is what the letter found inside says: recipient and last day. Whoever opens an
    /// envelope refuses one that does not.
    #[must_use]
    pub fn is_of(&self, letter: &Letter) -> bool {
        self.header.recipient == letter.recipient && self.header.expires_at == letter.arrives_by()
    }

    /// Its size class in bytes, if it has one.
    #[must_use]
    pub fn size_class(&self) -> Option<usize> {
        SIZE_CLASSES.into_iter().find(|class| class + SEAL_EXTRA == self.sealed.len())
    }
}
