//! The header that every payload begins with, frozen for `mentormesh/1`, and the slot computed from it.

use std::fmt;
use std::str::FromStr;

use minicbor::data::Type;
use minicbor::{Decode, Decoder, Encode, Encoder};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{BODY_VERSION, Invalid};
use crate::codec::CodecError;
use crate::key::{NotAnId, OrganisationId, Subject, sha256};
use crate::limits::{ABOUT_BYTES, KIND_BYTES};
use crate::time::Timestamp;

/// What kind of record this is. Unknown kinds are carried, so that older nodes do not cut newer ones apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A step of an organisation's key chain.
    Operation,
    /// An organisation's public description.
    Card,
    /// A node that acts for an organisation.
    Delegation,
    /// What a mentor shows the network.
    Profile,
    /// A statement about a profile.
    Attestation,
    /// A statement about another organisation.
    Recognition,
    /// The end of another record.
    Withdrawal,
    /// A lower-case word that this build does not know.
    Other(Box<str>),
}

impl Kind {
    /// The lower-case word on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Operation => "operation",
            Self::Card => "card",
            Self::Delegation => "delegation",
            Self::Profile => "profile",
            Self::Attestation => "attestation",
            Self::Recognition => "recognition",
            Self::Withdrawal => "withdrawal",
            Self::Other(word) => word,
        }
    }

    /// Reads a kind word of 1 to 32 characters of a-z and _.
    ///
    /// # Errors
    /// When the word is empty, too long or has other characters.
    pub fn parse(word: &str) -> Result<Self, Invalid> {
        let plain = word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if !plain || word.is_empty() || word.len() > KIND_BYTES {
            return Err(Invalid::new("kind", format!("not a word of 1 to {KIND_BYTES} characters of a-z and _")));
        }
        Ok(match word {
            "operation" => Self::Operation,
            "card" => Self::Card,
            "delegation" => Self::Delegation,
            "profile" => Self::Profile,
            "attestation" => Self::Attestation,
            "recognition" => Self::Recognition,
            "withdrawal" => Self::Withdrawal,
            other => Self::Other(other.into()),
        })
    }

    /// Whether records of this kind describe organisations rather than mentors: what a peer that is not admitted
    /// may have. Withdrawals belong to what they end; see [`Slot::is_identity`].
    #[must_use]
    pub const fn is_identity(&self) -> bool {
        matches!(self, Self::Operation | Self::Card | Self::Delegation | Self::Recognition)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// What a record replaces: one standing record per slot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// The organisation whose record stands here.
    pub organisation: OrganisationId,
    /// The kind of record that stands here.
    pub kind: Kind,
    /// What it is about, in the kind's own form.
    pub about: Vec<u8>,
}

impl Slot {
    /// SHA-256 over organisation, kind and about: where the store keeps the slot, and the order in which a quota
    /// holds slots, which nobody can choose by arriving early.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        let mut bytes = self.organisation.0.to_vec();
        bytes.extend_from_slice(&withdrawn_about(&self.kind, &self.about));
        sha256(&bytes)
    }

    /// Whether this slot holds identity rather than mentors' records.
    #[must_use]
    pub const fn is_identity(&self) -> bool {
        self.kind.is_identity()
    }

    /// The slot of one profile.
    #[must_use]
    pub fn profile(id: &ProfileId) -> Self {
        Self { organisation: id.organisation, kind: Kind::Profile, about: id.subject.0.to_vec() }
    }

    /// The profile whose slot this is, if it is one.
    #[must_use]
    pub fn profile_id(&self) -> Option<ProfileId> {
        let subject = Subject::from_slice(&self.about).ok().filter(|_| self.kind == Kind::Profile)?;
        Some(ProfileId { organisation: self.organisation, subject })
    }

    /// The `about` of a withdrawal that ends this slot.
    #[must_use]
    pub fn withdrawn(&self) -> Vec<u8> {
        withdrawn_about(&self.kind, &self.about)
    }
}

/// Kind word, a zero byte that no kind word contains, about.
fn withdrawn_about(kind: &Kind, about: &[u8]) -> Vec<u8> {
    let mut bytes = kind.as_str().as_bytes().to_vec();
    bytes.push(0);
    bytes.extend_from_slice(about);
    bytes
}

/// Takes a withdrawal's `about` apart; `None` when it ends nothing that can be ended.
pub(super) fn split_withdrawn(about: &[u8]) -> Option<(Kind, &[u8])> {
    let zero = about.iter().position(|byte| *byte == 0)?;
    let (word, rest) = about.split_at_checked(zero)?;
    let kind = Kind::parse(std::str::from_utf8(word).ok()?).ok()?;
    let endable = !matches!(kind, Kind::Operation | Kind::Withdrawal);
    endable.then(|| (kind, rest.get(1..).unwrap_or_default()))
}

/// One profile of the network, the same text on every node: `<organisation>.<subject>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct ProfileId {
    /// The organisation that lists the mentor.
    #[n(0)]
    pub organisation: OrganisationId,
    /// The listing's random id.
    #[n(1)]
    pub subject: Subject,
}

impl fmt::Display for ProfileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.organisation, self.subject)
    }
}

impl FromStr for ProfileId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let wrong = NotAnId { expected: "a profile id (<organisation>.<listing>)" };
        let (organisation, subject) = text.split_once('.').ok_or(wrong)?;
        Ok(Self { organisation: organisation.parse()?, subject: subject.parse()? })
    }
}

impl Serialize for ProfileId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ProfileId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for ProfileId {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        crate::schema::form(crate::schema::profile_id())
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for ProfileId {}

/// What every payload begins with. Field numbers on the wire are those of the documentation, 1 to 7; 8 is the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// 1: the kind word.
    pub kind: Kind,
    /// 2: the version of the body's schema.
    pub version: u16,
    /// 3: who signs; absent in a genesis operation alone.
    pub organisation: Option<OrganisationId>,
    /// 4: what the record is about; absent in operations.
    pub about: Vec<u8>,
    /// 5: which of the slot's records is newer: the signing time in milliseconds, or one more than the last.
    pub sequence: u64,
    /// 6: when it was signed.
    pub issued_at: Timestamp,
    /// 7: when it stops standing; absent in operations.
    pub expires_at: Option<Timestamp>,
}

impl Header {
    /// Whether this build knows the body's schema.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self.kind, Kind::Other(_)) && self.version == BODY_VERSION
    }

    /// The slot, computable from the header alone for any kind.
    #[must_use]
    pub fn slot(&self) -> Option<Slot> {
        let organisation = self.organisation?;
        match &self.kind {
            Kind::Operation => None,
            Kind::Withdrawal => {
                let (kind, about) = split_withdrawn(&self.about)?;
                Some(Slot { organisation, kind, about: about.to_vec() })
            }
            Kind::Card | Kind::Delegation | Kind::Profile | Kind::Attestation | Kind::Recognition | Kind::Other(_) => {
                Some(Slot { organisation, kind: self.kind.clone(), about: self.about.clone() })
            }
        }
    }

    /// Whether the record describes organisations rather than mentors.
    #[must_use]
    pub fn is_identity(&self) -> bool {
        self.slot().map_or(self.kind == Kind::Operation, |slot| slot.is_identity())
    }

    pub(super) fn check(&self) -> Result<(), Invalid> {
        if self.about.len() > ABOUT_BYTES {
            return Err(Invalid::new("about", format!("{} bytes, at most {ABOUT_BYTES}", self.about.len())));
        }
        if self.version == 0 {
            return Err(Invalid::new("version", "counts from 1"));
        }
        // Chain and merge read these two bodies, and every node must decide alike: they cannot have another version.
        if matches!(self.kind, Kind::Operation | Kind::Withdrawal) && self.version != BODY_VERSION {
            return Err(Invalid::new("version", format!("a {} has version {BODY_VERSION} for ever", self.kind)));
        }
        if self.kind == Kind::Operation {
            let plain = self.about.is_empty() && self.expires_at.is_none();
            return if plain { Ok(()) } else { Err(Invalid::new("about", "an operation has none, and no expiry")) };
        }
        if self.organisation.is_none() {
            return Err(Invalid::new("organisation", "missing; only a first operation may lack it"));
        }
        let slot = self.slot().ok_or_else(|| Invalid::new("about", "does not name a slot that can be ended"))?;
        if slot.withdrawn().len() > ABOUT_BYTES {
            let problem = format!("kind and about have more than {ABOUT_BYTES} bytes; no withdrawal could name them");
            return Err(Invalid::new("about", problem));
        }
        Ok(())
    }

    /// Writes the whole payload around an encoded body.
    pub(super) fn encode(&self, body: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(body.len() + 160);
        let operation = self.kind == Kind::Operation;
        let fields =
            5 + u64::from(self.organisation.is_some()) + u64::from(!operation) + u64::from(self.expires_at.is_some());
        let mut e = Encoder::new(&mut out);
        let written: Result<(), minicbor::encode::Error<std::convert::Infallible>> = (|| {
            e.map(fields)?.u8(1)?.str(self.kind.as_str())?.u8(2)?.u16(self.version)?;
            if let Some(organisation) = &self.organisation {
                e.u8(3)?.bytes(&organisation.0)?;
            }
            if !operation {
                e.u8(4)?.bytes(&self.about)?;
            }
            e.u8(5)?.u64(self.sequence)?.u8(6)?.u64(self.issued_at.0)?;
            if let Some(expires_at) = self.expires_at {
                e.u8(7)?.u64(expires_at.0)?;
            }
            e.u8(8)?.ok()
        })();
        debug_assert!(written.is_ok());
        out.extend_from_slice(body);
        out
    }

    /// Reads the header and gives back the bytes of the body. The caller compares with [`Header::encode`], which
    /// settles order and presence, so that this reader can stay simple.
    pub(super) fn decode(bytes: &[u8]) -> Result<(Self, &[u8]), CodecError> {
        let mut d = Decoder::new(bytes);
        let mut header = Self {
            kind: Kind::Operation,
            version: 0,
            organisation: None,
            about: Vec::new(),
            sequence: 0,
            issued_at: Timestamp(0),
            expires_at: None,
        };
        let mut body = &[][..];
        let fields = d.map()?.ok_or(CodecError::NotShortest)?;
        for _ in 0..fields {
            match d.u8()? {
                1 => header.kind = Kind::parse(d.str()?).map_err(|e| CodecError::Shape(e.to_string()))?,
                2 => header.version = d.u16()?,
                3 => header.organisation = Some(d.decode()?),
                4 => header.about = d.bytes()?.to_vec(),
                5 => header.sequence = d.u64()?,
                6 => header.issued_at = Timestamp(d.u64()?),
                7 => header.expires_at = Some(Timestamp(d.u64()?)),
                8 if d.datatype()? == Type::Map => {
                    let start = d.position();
                    d.skip()?;
                    body = bytes.get(start..d.position()).unwrap_or_default();
                }
                8 => return Err(CodecError::Shape("the body is not a map".to_owned())),
                other => return Err(CodecError::Shape(format!("the header has no field {other}"))),
            }
        }
        Ok((header, body))
    }
}
