//! Records: what organisations sign and nodes keep.
//!
//! Every record is a frozen header and a body. The header alone decides slot, merge, lifetime, storage and
//! forwarding; the body of a kind and version that this build knows is checked against its closed schema, any other
//! is carried unread and never shown. Construction is validation: a [`Record`] that exists obeys its schema.

mod attestation;
mod card;
mod delegation;
mod header;
mod operation;
mod profile;
mod profile_parts;
mod profile_words;
mod recognition;
mod withdrawal;

pub use crate::invalid::Invalid;
pub use attestation::{Attestation, AttestationKind, AttestationStatus};
pub use card::{BodyKind, Card, SealingKeyNotice};
pub use delegation::Delegation;
pub use header::{Header, Kind, ProfileId, Slot};
pub use operation::{Operation, SigningKeyNotice};
pub use profile::{Consented, Profile, ProfileBody};
pub use profile_parts::{Area, Assured, Availability, Ethics, Language, Offer, Practice, Responsiveness, Skill};
pub use profile_words::{
    AvailabilityStatus, Fee, Fluency, HELPS_WITH, HoursBand, Knowing, Level, Mode, OfferKind, PracticeStatus,
    ResponsivenessBand, Scope, Style,
};
pub use recognition::Recognition;
pub use withdrawal::Withdrawal;

use crate::codec::{self, CodecError};
use crate::invalid;
use crate::key::{OrganisationId, RecordId};
use crate::limits::{LONG_LIFETIME, PROFILE_LIFETIME, WITHDRAWAL_EXTRA};
use crate::signed::{Payload, PayloadError, Verified};
use crate::time::Timestamp;

/// The version of every body schema of this build.
pub const BODY_VERSION: u16 = 1;

/// What a record says, by kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A step of an organisation's key chain.
    Operation(Operation),
    /// An organisation's public description.
    Card(Card),
    /// A node that acts for an organisation.
    Delegation(Delegation),
    /// What a mentor shows the network.
    Profile(Box<ProfileBody>),
    /// A statement about a profile.
    Attestation(Attestation),
    /// A statement about another organisation.
    Recognition(Recognition),
    /// The end of another record.
    Withdrawal(Withdrawal),
    /// A kind or version that this build does not know: canonical CBOR, carried and never shown.
    Unread(Vec<u8>),
}

/// One signed unit: header and body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    header: Header,
    body: Body,
}

impl Record {
    /// Puts header and body together.
    ///
    /// # Errors
    /// When the body breaks its schema, is not of the header's kind, or header and lifetime do not agree.
    pub fn new(header: Header, body: Body) -> Result<Self, Invalid> {
        let record = Self { header, body };
        record.check()?;
        Ok(record)
    }

    /// Makes a record of `about` with the lifetime of its kind.
    ///
    /// # Errors
    /// As [`Record::new`].
    pub fn issue(
        organisation: OrganisationId,
        about: Vec<u8>,
        sequence: u64,
        issued_at: Timestamp,
        body: Body,
    ) -> Result<Self, Invalid> {
        let kind = body.kind().ok_or_else(|| Invalid::new("body", "a body that this build does not know"))?;
        let lifetime = lifetime(&kind, &about);
        let expires_at = lifetime.map(|lifetime| Timestamp(sequence.saturating_add(lifetime)));
        let header = Header {
            kind,
            version: BODY_VERSION,
            organisation: Some(organisation),
            about,
            sequence,
            issued_at,
            expires_at,
        };
        Self::new(header, body)
    }

    /// The frozen header.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The body.
    #[must_use]
    pub const fn body(&self) -> &Body {
        &self.body
    }

    /// The slot this record stands in; a withdrawal stands in the slot it ends, an operation in none.
    #[must_use]
    pub fn slot(&self) -> Option<Slot> {
        self.header.slot()
    }

    /// The profile body, if this is a profile that this build reads.
    #[must_use]
    pub const fn profile(&self) -> Option<&ProfileBody> {
        if let Body::Profile(profile) = &self.body { Some(profile) } else { None }
    }

    /// Whether this is a withdrawal, and if so whether it erases.
    #[must_use]
    pub const fn withdrawal(&self) -> Option<Withdrawal> {
        if let Body::Withdrawal(withdrawal) = &self.body { Some(*withdrawal) } else { None }
    }

    fn check(&self) -> Result<(), Invalid> {
        self.header.check()?;
        let expected = lifetime(&self.header.kind, &self.header.about);
        let stated = self.header.expires_at.map(|at| at.0.checked_sub(self.header.sequence));
        match (&self.header.kind, expected, stated) {
            (Kind::Other(_), _, Some(Some(stated))) if stated <= LONG_LIFETIME + WITHDRAWAL_EXTRA => {}
            (Kind::Other(_), ..) => return Err(Invalid::new("expires_at", "missing, or more than 430 days away")),
            (_, expected, stated) if stated == expected.map(Some) => {}
            (_, Some(expected), _) => {
                let days = expected / crate::limits::DAY;
                let problem = format!("a {} lives exactly {days} days from its sequence", self.header.kind);
                return Err(Invalid::new("expires_at", problem));
            }
            (_, None, _) => return Err(Invalid::new("expires_at", "an operation does not expire")),
        }
        self.check_body()
    }

    fn check_body(&self) -> Result<(), Invalid> {
        let header = &self.header;
        if self.body.kind().is_some_and(|kind| kind != header.kind) {
            return Err(Invalid::new("kind", "the header names another kind than the body"));
        }
        match &self.body {
            Body::Operation(body) => body.check(header),
            Body::Card(body) => body.check(header),
            Body::Delegation(body) => body.check(header),
            Body::Profile(body) => body.check(header),
            Body::Attestation(body) => body.check(header),
            Body::Recognition(body) => body.check(header),
            Body::Withdrawal(body) => body.check(header),
            Body::Unread(_) if header.is_known() => Err(Invalid::new("body", "unread although its kind is known")),
            Body::Unread(bytes) if is_map(bytes) => Ok(()),
            Body::Unread(_) => Err(Invalid::new("body", "not one canonical CBOR map")),
        }
    }
}

impl Body {
    fn kind(&self) -> Option<Kind> {
        match self {
            Self::Operation(_) => Some(Kind::Operation),
            Self::Card(_) => Some(Kind::Card),
            Self::Delegation(_) => Some(Kind::Delegation),
            Self::Profile(_) => Some(Kind::Profile),
            Self::Attestation(_) => Some(Kind::Attestation),
            Self::Recognition(_) => Some(Kind::Recognition),
            Self::Withdrawal(_) => Some(Kind::Withdrawal),
            Self::Unread(_) => None,
        }
    }

    fn encode(&self) -> Vec<u8> {
        match self {
            Self::Operation(body) => codec::encode(body),
            Self::Card(body) => codec::encode(body),
            Self::Delegation(body) => codec::encode(body),
            Self::Profile(body) => codec::encode(body.as_ref()),
            Self::Attestation(body) => codec::encode(body),
            Self::Recognition(body) => codec::encode(body),
            Self::Withdrawal(body) => codec::encode(body),
            Self::Unread(bytes) => bytes.clone(),
        }
    }

    fn decode(header: &Header, bytes: &[u8]) -> Result<Self, CodecError> {
        if !header.is_known() {
            return Ok(Self::Unread(bytes.to_vec()));
        }
        Ok(match &header.kind {
            Kind::Operation => Self::Operation(codec::decode_exactly(bytes)?),
            Kind::Card => Self::Card(codec::decode_exactly(bytes)?),
            Kind::Delegation => Self::Delegation(codec::decode_exactly(bytes)?),
            Kind::Profile => Self::Profile(Box::new(codec::decode_exactly(bytes)?)),
            Kind::Attestation => Self::Attestation(codec::decode_exactly(bytes)?),
            Kind::Recognition => Self::Recognition(codec::decode_exactly(bytes)?),
            Kind::Withdrawal => Self::Withdrawal(codec::decode_exactly(bytes)?),
            Kind::Other(_) => Self::Unread(bytes.to_vec()),
        })
    }
}

/// Whether some bytes are one canonical CBOR map (major type 5), the least that any body is.
fn is_map(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|first| first >> 5 == 5) && codec::check(bytes).is_ok()
}

/// How long a record of this kind lives from its sequence, in milliseconds; `None` for what never expires and for
/// kinds that this build does not know.
#[must_use]
pub fn lifetime(kind: &Kind, about: &[u8]) -> Option<u64> {
    match kind {
        Kind::Operation | Kind::Other(_) => None,
        Kind::Card | Kind::Delegation | Kind::Attestation | Kind::Recognition => Some(LONG_LIFETIME),
        Kind::Profile => Some(PROFILE_LIFETIME),
        Kind::Withdrawal => {
            let ended = header::split_withdrawn(about).map(|(kind, _)| kind);
            let of_ended = ended.and_then(|kind| lifetime(&kind, &[])).unwrap_or(LONG_LIFETIME);
            Some(of_ended + WITHDRAWAL_EXTRA)
        }
    }
}

impl Payload for Record {
    fn decode(bytes: &[u8]) -> Result<Self, PayloadError> {
        let (header, body) = Header::decode(bytes)?;
        let record = Self { body: Body::decode(&header, body)?, header };
        // What the header's reader tolerated (order, absent fields) would show up as another encoding.
        if record.encode() != bytes {
            return Err(CodecError::NotExact.into());
        }
        record.check()?;
        Ok(record)
    }

    fn encode(&self) -> Vec<u8> {
        self.header.encode(&self.body.encode())
    }

    fn kind(&self) -> &str {
        self.header.kind.as_str()
    }
}

impl Verified<Record> {
    /// The organisation this record belongs to; a genesis operation founds it.
    #[must_use]
    pub fn organisation(&self) -> OrganisationId {
        self.payload().header().organisation.unwrap_or(OrganisationId(self.id().0))
    }

    /// The identity of this record's envelope and, with it, its place in the session set: (sequence, id).
    #[must_use]
    pub fn position(&self) -> (u64, RecordId) {
        (self.payload().header().sequence, self.id())
    }
}
