//! Letters: the eight things that two sides of an introduction can say, and what binds each to its place.
//!
//! A letter is a payload of the one COSE envelope under the kind `letter`, so the network is part of what is signed.
//! Contact details have a place in `accept` and `contact` and in no other letter.

use hmac::{Hmac, KeyInit as _, Mac as _};
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::envelope::whole_day;
use super::time_slot::{self, TimeSlot};
use crate::codec;
use crate::invalid::{Invalid, Text, lines, optional, required, text};
use crate::key::{IntroductionId, LetterId, MessageId, OrganisationId};
use crate::limits::{INTRODUCTION_LIFETIME, LATE_ARRIVAL, LETTER_BYTES, QUESTION_EXTENDS, QUESTIONS, SLOTS};
use crate::record::{OfferKind, ProfileId};
use crate::signed::{Payload, PayloadError};
use crate::time::Timestamp;

/// The version of letters that this build writes and reads.
pub const LETTER_VERSION: u16 = 1;

/// One of the two sides of an introduction, fixed by its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Who asks.
    Mentee,
    /// Who is asked.
    Mentor,
}

impl Side {
    /// The other side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Mentee => Self::Mentor,
            Self::Mentor => Self::Mentee,
        }
    }
}

/// One letter.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Letter {
    /// [`LETTER_VERSION`].
    #[n(0)]
    pub version: u16,
    /// The organisation that signs it.
    #[n(1)]
    pub sender: OrganisationId,
    /// The organisation it is for.
    #[n(2)]
    pub recipient: OrganisationId,
    /// The introduction it belongs to.
    #[n(3)]
    pub introduction: IntroductionId,
    /// Its own random id.
    #[n(4)]
    pub message: MessageId,
    /// One more than the highest step its sender knew of; a request is step 1.
    #[n(5)]
    pub step: u16,
    /// The letter of that highest step; none in a request.
    #[n(6)]
    pub previous: Option<LetterId>,
    /// When it was signed.
    #[n(7)]
    pub issued_at: Timestamp,
    /// In a request: until when it waits for an answer. In any other letter: the end of the wait as its sender
    /// knew it.
    #[n(8)]
    pub expires_at: Timestamp,
    /// What it says.
    #[n(9)]
    pub body: LetterBody,
}

/// What a letter says.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum LetterBody {
    /// The mentee asks.
    #[n(0)]
    Request(#[n(0)] Request),
    /// The mentor asks back before answering, 1 to 1,200 characters; moves the end of the wait by seven days.
    #[n(1)]
    Question(#[n(0)] String),
    /// The mentee answers a question, 1 to 1,200 characters.
    #[n(2)]
    Answer(#[n(0)] String),
    /// The mentor agrees to a short first call.
    #[n(3)]
    Explore,
    /// The mentor says yes: a message of up to 400 characters, how to reach the mentor, and the place of the slot that
    /// suits among those of the request, from 0.
    #[n(4)]
    Accept(#[n(0)] Option<String>, #[n(1)] Contact, #[n(2)] Option<u8>),
    /// The mentor says no.
    #[n(5)]
    Decline {
        /// Why, in one word.
        #[n(0)]
        reason: DeclineReason,
        /// A kind word, up to 400 characters.
        #[n(1)]
        message: Option<String>,
        /// Somebody who may fit better.
        #[n(2)]
        referral: Option<ProfileId>,
    },
    /// How to reach the mentee; sent by the mentee's node when an accept has come.
    #[n(6)]
    Contact(#[n(0)] Contact),
    /// The mentee takes the request back.
    #[n(7)]
    Withdraw {
        /// Whether because another mentor said yes.
        #[n(0)]
        superseded: bool,
    },
}

/// What a mentee asks for. It has no place for an address: that follows a yes.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Request {
    /// The mentor who is asked.
    #[n(0)]
    pub profile: ProfileId,
    /// The mentee as this organisation may tell them apart: the same for each request of the same person to the
    /// same organisation, unlinkable between organisations. Made by [`mentee_ref`].
    #[n(1)]
    pub mentee: ByteArray<16>,
    /// The name the mentee chose, 1 to 200 characters.
    #[n(2)]
    pub name: String,
    /// First line, 10 to 120 characters.
    #[n(3)]
    pub title: String,
    /// What it is for, 40 to 1,200 characters.
    #[n(4)]
    pub purpose: String,
    /// Why this mentor, up to 400 characters.
    #[n(5)]
    pub why_you: Option<String>,
    /// What is asked for.
    #[n(6)]
    pub offer: OfferKind,
    /// The time zone that the mentee lives by: its name (IANA), up to 64 bytes.
    #[n(7)]
    pub time_zone: Option<String>,
    /// When the mentee could meet, one to six times; they need the zone.
    #[n(8)]
    pub slots: Option<Vec<TimeSlot>>,
}

/// How to reach a person.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Contact {
    /// Name, 1 to 200 characters.
    #[n(0)]
    pub name: String,
    /// E-mail address, up to 254 bytes.
    #[n(1)]
    pub email: String,
}

/// Why a mentor says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum DeclineReason {
    /// No time or place.
    #[n(0)]
    NoCapacity,
    /// Not what they know.
    #[n(1)]
    NotRightExpertise,
    /// Not now.
    #[n(2)]
    Timing,
    /// It would not be right.
    #[n(3)]
    ConflictOfInterest,
    /// No language or way to meet in common.
    #[n(4)]
    LanguageOrMode,
    /// Somebody else fits better.
    #[n(5)]
    SomeoneElseBetter,
    /// Another reason.
    #[n(6)]
    Other,
    /// The mentor is no longer listed; the node says so by itself.
    #[n(7)]
    NoLongerListed,
    /// The mentor or registrar wants no further request of this person.
    #[n(8)]
    Blocked,
}

impl DeclineReason {
    /// Every reason, in the order of the wire.
    pub const ALL: [Self; 9] = [
        Self::NoCapacity,
        Self::NotRightExpertise,
        Self::Timing,
        Self::ConflictOfInterest,
        Self::LanguageOrMode,
        Self::SomeoneElseBetter,
        Self::Other,
        Self::NoLongerListed,
        Self::Blocked,
    ];

    /// The word as people and JSON write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoCapacity => "no_capacity",
            Self::NotRightExpertise => "not_right_expertise",
            Self::Timing => "timing",
            Self::ConflictOfInterest => "conflict_of_interest",
            Self::LanguageOrMode => "language_or_mode",
            Self::SomeoneElseBetter => "someone_else_better",
            Self::Other => "other",
            Self::NoLongerListed => "no_longer_listed",
            Self::Blocked => "blocked",
        }
    }
}

impl std::str::FromStr for DeclineReason {
    type Err = Invalid;

    fn from_str(word: &str) -> Result<Self, Invalid> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|reason| reason.as_str()).collect();
            Invalid::new("reason", format!("`{word}` is none of {}", known.join(", ")))
        })
    }
}

impl LetterBody {
    /// The side that alone may say this.
    #[must_use]
    pub const fn side(&self) -> Side {
        match self {
            Self::Request(_) | Self::Answer(_) | Self::Contact(_) | Self::Withdraw { .. } => Side::Mentee,
            Self::Question(_) | Self::Explore | Self::Accept(..) | Self::Decline { .. } => Side::Mentor,
        }
    }

    fn check(&self) -> Result<(), Invalid> {
        let note = lines(400);
        match self {
            Self::Request(request) => request.check(),
            Self::Question(said) | Self::Answer(said) => {
                text("text", said, Text { least: 1, most: 1_200, lines: true })
            }
            Self::Accept(message, contact, slot) => {
                optional("message", message.as_deref(), note)?;
                contact.check()?;
                match slot.filter(|slot| usize::from(*slot) >= SLOTS) {
                    Some(slot) => Err(Invalid::new("slot", format!("{slot}; no request has more than {SLOTS}"))),
                    None => Ok(()),
                }
            }
            Self::Decline { message, .. } => optional("message", message.as_deref(), note),
            Self::Contact(contact) => contact.check(),
            Self::Explore | Self::Withdraw { .. } => Ok(()),
        }
    }
}

impl Request {
    /// Checks every field against its limits.
    ///
    /// # Errors
    /// The first field that breaks its rule.
    pub fn check(&self) -> Result<(), Invalid> {
        text("name", &self.name, required(200))?;
        text("title", &self.title, Text { least: 10, most: 120, lines: false })?;
        text("purpose", &self.purpose, Text { least: 40, most: 1_200, lines: true })?;
        optional("why_you", self.why_you.as_deref(), lines(400))?;
        self.time_zone.as_deref().map_or(Ok(()), time_slot::zone)?;
        let Some(slots) = &self.slots else { return Ok(()) };
        if self.time_zone.is_none() {
            return Err(Invalid::new("time_zone", "missing; slots need the zone they are meant in"));
        }
        time_slot::all(slots)
    }

    /// The slot at a place of its list.
    #[must_use]
    pub fn slot(&self, place: u8) -> Option<TimeSlot> {
        self.slots.as_ref()?.get(usize::from(place)).copied()
    }
}

impl Contact {
    /// Checks name and address.
    ///
    /// # Errors
    /// The field that breaks its rule.
    pub fn check(&self) -> Result<(), Invalid> {
        text("contact.name", &self.name, required(200))?;
        text("contact.email", &self.email, required(254))?;
        let inside = self.email.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
        if inside && self.email.len() <= 254 && !self.email.contains(' ') {
            Ok(())
        } else {
            Err(Invalid::new("contact.email", "not an e-mail address"))
        }
    }
}

impl Letter {
    /// The last moment at which it may arrive: what was written in time counts for fourteen days after the end of
    /// the wait, and a request no longer than it waits. Whole days, so that a relay learns little from it.
    #[must_use]
    pub fn arrives_by(&self) -> Timestamp {
        let exact = match self.body {
            LetterBody::Request(_) => self.expires_at,
            // What follows a yes is no longer a matter of the wait.
            LetterBody::Contact(_) | LetterBody::Withdraw { .. } => {
                self.expires_at.max(self.issued_at).plus(LATE_ARRIVAL)
            }
            LetterBody::Question(_)
            | LetterBody::Answer(_)
            | LetterBody::Explore
            | LetterBody::Accept(..)
            | LetterBody::Decline { .. } => self.expires_at.plus(LATE_ARRIVAL),
        };
        whole_day(exact)
    }

    fn check(&self) -> Result<(), Invalid> {
        if self.version != LETTER_VERSION {
            return Err(Invalid::new("version", format!("{}, this build reads {LETTER_VERSION}", self.version)));
        }
        let first = matches!(self.body, LetterBody::Request(_));
        if first != (self.step == 1) || first != self.previous.is_none() || self.step == 0 {
            return Err(Invalid::new(
                "step",
                "a request is step 1 without a letter before it, every other follows one",
            ));
        }
        if let LetterBody::Request(request) = &self.body {
            if request.profile.organisation != self.recipient {
                return Err(Invalid::new("profile", "not listed by the recipient"));
            }
            if self.expires_at != self.issued_at.plus(INTRODUCTION_LIFETIME) {
                return Err(Invalid::new("expires_at", "a request waits for 14 days"));
            }
            time_slot::in_time(request.slots.as_deref().unwrap_or_default(), self.issued_at, self.expires_at)?;
        }
        let most = INTRODUCTION_LIFETIME.saturating_add(QUESTION_EXTENDS.saturating_mul(QUESTIONS as u64 + 1));
        if self.expires_at > self.issued_at.plus(most.saturating_mul(2)) {
            return Err(Invalid::new("expires_at", "further away than any wait"));
        }
        self.body.check()
    }
}

impl Payload for Letter {
    fn decode(bytes: &[u8]) -> Result<Self, PayloadError> {
        if bytes.len() > LETTER_BYTES {
            let problem = format!("{} bytes, at most {LETTER_BYTES} are taken", bytes.len());
            return Err(Invalid::new("letter", problem).into());
        }
        let letter: Self = codec::decode_exactly(bytes)?;
        letter.check()?;
        Ok(letter)
    }

    fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }

    fn kind(&self) -> &'static str {
        "letter"
    }
}

/// How an organisation may tell the mentee of a request apart from others without learning who it is: HMAC-SHA-256
/// (RFC 2104) under the home node's own secret over the person and the recipient, its first 16 bytes.
///
/// `person` is the case-folded e-mail address.
#[must_use]
pub fn mentee_ref(secret: &[u8; 32], person: &str, recipient: &OrganisationId) -> [u8; 16] {
    let mut short = [0; 16];
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) {
        mac.update(person.as_bytes());
        mac.update(&recipient.0);
        short.copy_from_slice(mac.finalize().into_bytes().first_chunk::<16>().unwrap_or(&[0; 16]));
    }
    short
}
