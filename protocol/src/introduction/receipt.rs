//! Receipts: what a node did with an envelope, signed by its node key, so that no relay can speak for a recipient.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::codec;
use crate::key::{EnvelopeId, OrganisationId, PeerId};
use crate::limits::ENVELOPE_BYTES;
use crate::record::Invalid;
use crate::signed::{Payload, PayloadError};
use crate::time::Timestamp;

/// A signed word about one envelope.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Receipt {
    /// Which sealed letter.
    #[n(0)]
    pub envelope: EnvelopeId,
    /// The organisation that the node acts for.
    #[n(1)]
    pub organisation: OrganisationId,
    /// The node that signs this.
    #[n(2)]
    pub node: PeerId,
    /// When it decided.
    #[n(3)]
    pub at: Timestamp,
    /// What it did.
    #[n(4)]
    pub outcome: Outcome,
}

/// What a node did with an envelope.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Outcome {
    /// The recipient has the letter on its disk. The same letter again gets this again.
    #[n(0)]
    Delivered,
    /// The recipient does not show the sender's organisation and keeps nothing.
    #[n(1)]
    NotRecognised,
    /// No key of the recipient opens it; here is its current card (a signed record).
    #[n(2)]
    Unopenable(#[n(0)] ByteVec),
    /// It came after the last moment at which it counts; nothing of it is kept.
    #[n(3)]
    Late,
    /// The recipient read it and refuses it for good.
    #[n(4)]
    Refused(#[n(0)] Refused),
    /// A relay keeps it until this moment or until the recipient has it.
    #[n(5)]
    Kept(#[n(0)] Timestamp),
}

/// Why a recipient refuses a letter for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Refused {
    /// As many requests wait for this mentor as may.
    #[n(0)]
    InboxFull,
    /// As many requests of this organisation wait as may.
    #[n(1)]
    OrganisationFull,
    /// This person asked this mentor too soon after a decline.
    #[n(2)]
    Cooldown,
    /// A request of this person to this mentor is open.
    #[n(3)]
    PairOpen,
    /// The mentor is not listed, or no longer.
    #[n(4)]
    NotListed,
    /// The mentor takes no requests now.
    #[n(5)]
    NotAccepting,
    /// It belongs to no introduction known here, or not to its side.
    #[n(6)]
    NoIntroduction,
    /// It breaks a rule of its kind.
    #[n(7)]
    Malformed,
}

impl Refused {
    /// Every reason, in the order of the wire.
    pub const ALL: [Self; 8] = [
        Self::InboxFull,
        Self::OrganisationFull,
        Self::Cooldown,
        Self::PairOpen,
        Self::NotListed,
        Self::NotAccepting,
        Self::NoIntroduction,
        Self::Malformed,
    ];

    /// The word as people and JSON write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InboxFull => "inbox_full",
            Self::OrganisationFull => "organisation_full",
            Self::Cooldown => "cooldown",
            Self::PairOpen => "pair_open",
            Self::NotListed => "not_listed",
            Self::NotAccepting => "not_accepting",
            Self::NoIntroduction => "no_introduction",
            Self::Malformed => "malformed",
        }
    }
}

impl Payload for Receipt {
    fn decode(bytes: &[u8]) -> Result<Self, PayloadError> {
        let receipt: Self = codec::decode_exactly(bytes)?;
        match &receipt.outcome {
            Outcome::Unopenable(card) if card.len() > ENVELOPE_BYTES => {
                Err(Invalid::new("outcome", "the card is larger than any record").into())
            }
            Outcome::Delivered
            | Outcome::NotRecognised
            | Outcome::Unopenable(_)
            | Outcome::Late
            | Outcome::Refused(_)
            | Outcome::Kept(_) => Ok(receipt),
        }
    }

    fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }

    fn kind(&self) -> &'static str {
        "receipt"
    }
}
