//! Duties: what nodes owe people across organisations. A holder's receipt that a profile is erased, a request that
//! somebody filed at whichever door was near, and what became of it.
//!
//! A duty is signed by the key of the node that says it and sealed like a letter, so that relays can carry it and learn
//! nothing. It belongs to no introduction.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::codec;
use crate::introduction::{EnvelopeHeader, whole_day};
use crate::invalid::{Invalid, Text, lines, optional, required, text};
use crate::key::{MessageId, OrganisationId, PeerId, RecordId, Subject};
use crate::limits::{DUTY_LIFETIME, LETTER_BYTES};
use crate::signed::{Payload, PayloadError};
use crate::time::Timestamp;

/// The version of duties that this build writes and reads.
pub const DUTY_VERSION: u16 = 1;
/// Characters of what somebody asks for, and of what they are told.
const WORDS: usize = 1_200;

/// One word of a node to another organisation.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Duty {
    /// [`DUTY_VERSION`].
    #[n(0)]
    pub version: u16,
    /// The organisation that the node acts for.
    #[n(1)]
    pub sender: OrganisationId,
    /// The organisation it is for.
    #[n(2)]
    pub recipient: OrganisationId,
    /// The node that signs it.
    #[n(3)]
    pub node: PeerId,
    /// Its own random id.
    #[n(4)]
    pub id: MessageId,
    /// When it was signed.
    #[n(5)]
    pub issued_at: Timestamp,
    /// What it says.
    #[n(6)]
    pub body: DutyBody,
}

/// What a duty says.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum DutyBody {
    /// A profile of the recipient's is erased here.
    #[n(0)]
    Erased(#[n(0)] Erased),
    /// Somebody asks the recipient for what is theirs by right.
    #[n(1)]
    Asked(#[n(0)] RightsRequest),
    /// What became of such a request.
    #[n(2)]
    Settled(#[n(0)] Settled),
}

/// A holder's receipt for an erasure.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Erased {
    /// The profile, of the recipient's own.
    #[n(0)]
    pub subject: Subject,
    /// The erasing withdrawal that was applied.
    #[n(1)]
    pub withdrawal: RecordId,
    /// How far it is applied.
    #[n(2)]
    pub state: Applied,
    /// When it was.
    #[n(3)]
    pub at: Timestamp,
}

/// How far an erasure is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Applied {
    /// Neither searched, shown, handed on nor held as a record any more; nothing older is taken again.
    #[n(0)]
    Removed,
}

/// What somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct RightsRequest {
    /// Which right.
    #[n(0)]
    pub kind: RightsKind,
    /// The profile it is about, if one was named; of the recipient's own.
    #[n(1)]
    pub subject: Option<Subject>,
    /// The name it is about, up to 200 characters; there if no profile is.
    #[n(2)]
    pub name: Option<String>,
    /// In the asker's own words, 1 to 1,200 characters.
    #[n(3)]
    pub words: String,
    /// The e-mail address to which an answer goes.
    #[n(4)]
    pub reply: String,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Settled {
    /// The request, by the id of the duty that brought it.
    #[n(0)]
    pub request: MessageId,
    /// In one word.
    #[n(1)]
    pub outcome: RightsOutcome,
    /// What the asker is told, up to 1,200 characters.
    #[n(2)]
    pub message: Option<String>,
    /// When it was settled.
    #[n(3)]
    pub at: Timestamp,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $field:literal, $($(#[$variant_doc:meta])* $number:literal $variant:ident $word:literal),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cbor(index_only)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$variant_doc])* #[n($number)] $variant),+
        }

        impl $name {
            /// Every word, in the order of the wire.
            pub const ALL: [Self; [$($number),+].len()] = [$(Self::$variant),+];

            /// The word as people and JSON write it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = Invalid;

            fn from_str(word: &str) -> Result<Self, Invalid> {
                Self::ALL.into_iter().find(|known| known.as_str() == word).ok_or_else(|| {
                    let known: Vec<_> = Self::ALL.iter().map(|known| known.as_str()).collect();
                    Invalid::new($field, format!("`{word}` is none of {}", known.join(", ")))
                })
            }
        }
    };
}

words! {
    /// Which right somebody uses.
    RightsKind, "kind",
    /// To see what is held about them.
    0 Access "access",
    /// To have it corrected.
    1 Correction "correction",
    /// To have it erased.
    2 Erasure "erasure",
    /// That it is used no longer.
    3 Objection "objection",
    /// That something was wrong.
    4 Complaint "complaint",
}

words! {
    /// What became of a request.
    RightsOutcome, "outcome",
    /// What was asked for was done.
    0 Done "done",
    /// Some of it was.
    1 Partly "partly",
    /// It was not, and the message says why.
    2 Refused "refused",
    /// Nothing is held about whom it named.
    3 NothingHeld "nothing_held",
}

impl Duty {
    /// The last moment at which it may arrive; a whole day, so that a relay learns little from it.
    #[must_use]
    pub const fn arrives_by(&self) -> Timestamp {
        whole_day(Timestamp(self.issued_at.0.saturating_add(DUTY_LIFETIME)))
    }

    /// Whether what an envelope says outside is what this duty says inside: recipient and last day.
    #[must_use]
    pub fn is_in(&self, header: &EnvelopeHeader) -> bool {
        header.recipient == self.recipient && header.expires_at == self.arrives_by()
    }

    fn check(&self) -> Result<(), Invalid> {
        if self.version != DUTY_VERSION {
            return Err(Invalid::new("version", format!("{}, this build reads {DUTY_VERSION}", self.version)));
        }
        if self.sender == self.recipient {
            return Err(Invalid::new("recipient", "the sender itself; duties go to other organisations"));
        }
        match &self.body {
            DutyBody::Erased(_) => Ok(()),
            DutyBody::Asked(request) => request.check(),
            DutyBody::Settled(settled) => settled.check(),
        }
    }
}

impl RightsRequest {
    /// Checks every field against its limits.
    ///
    /// # Errors
    /// The first field that breaks its rule.
    pub fn check(&self) -> Result<(), Invalid> {
        optional("name", self.name.as_deref(), required(200))?;
        if self.subject.is_none() && self.name.is_none() {
            return Err(Invalid::new("name", "missing; name the person, or give the profile"));
        }
        text("words", &self.words, Text { least: 1, most: WORDS, lines: true })?;
        text("reply", &self.reply, required(254))?;
        let inside = self.reply.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
        if inside && self.reply.len() <= 254 && !self.reply.contains(' ') {
            Ok(())
        } else {
            Err(Invalid::new("reply", "not an e-mail address like ada@example.org"))
        }
    }
}

impl Settled {
    /// Checks the message against its limit.
    ///
    /// # Errors
    /// When it is too long, or not plain text.
    pub fn check(&self) -> Result<(), Invalid> {
        optional("message", self.message.as_deref(), lines(WORDS))
    }
}

impl Payload for Duty {
    fn decode(bytes: &[u8]) -> Result<Self, PayloadError> {
        if bytes.len() > LETTER_BYTES {
            let problem = format!("{} bytes, at most {LETTER_BYTES} are taken", bytes.len());
            return Err(Invalid::new("duty", problem).into());
        }
        let duty: Self = codec::decode_exactly(bytes)?;
        duty.check()?;
        Ok(duty)
    }

    fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }

    fn kind(&self) -> &'static str {
        "duty"
    }
}
