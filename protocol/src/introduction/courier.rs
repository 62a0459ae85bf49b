//! The messages of `/mentormesh/courier/1`: one question, one answer, canonical CBOR, bounded before it is read.
//!
//! None of them touches gossip. A [`CourierRefusal`] means "not now" and changes nothing; whatever ends something is
//! a signed [`Receipt`](super::Receipt).

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::codec;
use crate::limits::{ENVELOPE_BYTES, LETTER_BYTES, RECALL_LETTERS, SEALED_BYTES};
use crate::record::Invalid;
use crate::signed::PayloadError;
use crate::time::Timestamp;

/// A signed receipt may carry a card beside its own fields.
const RECEIPT_BYTES: usize = ENVELOPE_BYTES;
/// A signed letter: the letter, its header and signature.
const SIGNED_LETTER_BYTES: usize = LETTER_BYTES + 256;

/// Why a request was not understood, in words.
const REASON_BYTES: usize = 512;

/// What one node asks of another.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum CourierRequest {
    /// A letter for your organisation. Answered by a receipt.
    #[n(0)]
    Deliver(#[n(0)] ByteVec),
    /// Keep this for another organisation that named yours as a relay. Answered by a receipt with `Kept`.
    #[n(1)]
    Keep(#[n(0)] ByteVec),
    /// The recipient's receipt for an envelope that you gave me to keep. Answered by `Noted`.
    #[n(2)]
    Pass(#[n(0)] ByteVec),
    /// My desk may be older than what I said and heard. Which letters of mine do you hold that came since this
    /// moment, and send me again what you sent since? Only for a node of the organisation itself.
    #[n(3)]
    Recall {
        /// What came after this is asked for.
        #[n(0)]
        since: Timestamp,
        /// Where the page before ended.
        #[n(1)]
        after: Option<u64>,
    },
}

/// What it answers.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum CourierAnswer {
    /// A signed receipt.
    #[n(0)]
    Receipt(#[n(0)] ByteVec),
    /// Understood.
    #[n(1)]
    Noted,
    /// Signed letters of the asking organisation, and where the next page begins.
    #[n(2)]
    Letters(#[n(0)] Vec<ByteVec>, #[n(1)] Option<u64>),
    /// Not now, and why.
    #[n(3)]
    Refused(#[n(0)] CourierRefusal),
}

/// Why a node does not do it now.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, thiserror::Error)]
pub enum CourierRefusal {
    /// Come again after this many milliseconds.
    #[n(0)]
    #[error("the other node is busy")]
    Busy(#[n(0)] u64),
    /// The disk is full.
    #[n(1)]
    #[error("the other node's disk is full")]
    StorageFull,
    /// Only for admitted peers.
    #[n(2)]
    #[error("the other node does this only for organisations that it shows")]
    NotAdmitted,
    /// The recipient's card does not name this organisation as a relay.
    #[n(3)]
    #[error("the recipient has not named the other node's organisation as a relay")]
    NotARelay,
    /// As much is kept as may be, for this recipient, of this node, or in all.
    #[n(4)]
    #[error("the other node keeps as many letters as it may")]
    CustodyFull,
    /// The sender's signing key is not known there yet.
    #[n(5)]
    #[error("the other node does not know the key that signed this yet")]
    UnknownKey,
    /// Clocks are too far apart: theirs.
    #[n(6)]
    #[error("the letter is of a time that has not come there: its clock has {0}")]
    Clock(#[n(0)] Timestamp),
    /// The request is not of the protocol or breaks a limit.
    #[n(7)]
    #[error("the other node did not understand the request: {}", .0.escape_debug())]
    Malformed(#[n(0)] String),
}

fn at_most(field: &str, length: usize, most: usize) -> Result<(), Invalid> {
    if length <= most { Ok(()) } else { Err(Invalid::new(field, format!("{length}, at most {most}"))) }
}

impl CourierRequest {
    /// Reads a request, refusing what breaks a limit.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn decode(bytes: &[u8]) -> Result<Self, PayloadError> {
        let request: Self = codec::decode_exactly(bytes)?;
        match &request {
            Self::Deliver(envelope) | Self::Keep(envelope) => at_most("envelope", envelope.len(), SEALED_BYTES)?,
            Self::Pass(receipt) => at_most("receipt", receipt.len(), RECEIPT_BYTES)?,
            Self::Recall { .. } => {}
        }
        Ok(request)
    }

    /// Writes the request.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }
}

impl CourierAnswer {
    /// Reads an answer, refusing what breaks a limit.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn decode(bytes: &[u8]) -> Result<Self, PayloadError> {
        let answer: Self = codec::decode_exactly(bytes)?;
        match &answer {
            Self::Receipt(receipt) => at_most("receipt", receipt.len(), RECEIPT_BYTES)?,
            Self::Letters(letters, _) => {
                at_most("letters", letters.len(), RECALL_LETTERS)?;
                letters.iter().try_for_each(|letter| at_most("letter", letter.len(), SIGNED_LETTER_BYTES))?;
            }
            Self::Refused(CourierRefusal::Malformed(why)) => at_most("malformed", why.len(), REASON_BYTES)?,
            Self::Noted | Self::Refused(_) => {}
        }
        Ok(answer)
    }

    /// Writes the answer.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }
}
