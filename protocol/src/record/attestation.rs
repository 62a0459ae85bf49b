//! The body of an attestation: what an organisation states about a profile. It maps to Open Badges 3.0.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::invalid::{optional, required, text};
use super::{Header, Invalid};
use crate::time::Date;

/// What is attested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum AttestationKind {
    /// Membership of the body.
    #[n(0)]
    Membership,
    /// An accreditation or certification.
    #[n(1)]
    Accreditation,
    /// Enrolment as a trainee mentor.
    #[n(2)]
    TraineeEnrolment,
    /// Practice hours signed off.
    #[n(3)]
    PracticeHours,
    /// Acceptance of a code of ethics.
    #[n(4)]
    Ethics,
    /// Good standing.
    #[n(5)]
    GoodStanding,
}

/// Whether it stands. Suspension is reversible, revocation final (Bitstring Status List).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum AttestationStatus {
    /// It stands.
    #[n(0)]
    Active,
    /// It does not stand for now.
    #[n(1)]
    Suspended,
    /// It never stands again.
    #[n(2)]
    Revoked,
}

/// A statement about a profile, without name, number or free text about the person.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Attestation {
    /// What is attested.
    #[n(0)]
    pub kind: AttestationKind,
    /// What the credential is called, 1 to 120 characters.
    #[n(1)]
    pub name: String,
    /// Its level, up to 80 characters.
    #[n(2)]
    pub level: Option<String>,
    /// The scheme it belongs to, up to 120 characters.
    #[n(3)]
    pub scheme: Option<String>,
    /// Whether it stands.
    #[n(4)]
    pub status: AttestationStatus,
    /// First day on which it holds.
    #[n(5)]
    pub valid_from: Option<Date>,
    /// Last day on which it holds.
    #[n(6)]
    pub valid_until: Option<Date>,
    /// Hours signed off, for practice hours.
    #[n(7)]
    pub hours_total: Option<u32>,
    /// Clients behind those hours.
    #[n(8)]
    pub clients_total: Option<u32>,
    /// SHA-256 of the display name it was given under, so that a changed name shows.
    #[n(9)]
    pub name_hash: ByteArray<32>,
}

/// Organisation, subject and credential id.
const ABOUT: usize = 32 + 16 + 16;

impl Attestation {
    pub(super) fn check(&self, header: &Header) -> Result<(), Invalid> {
        if header.about.len() != ABOUT {
            return Err(Invalid::new("about", format!("not {ABOUT} bytes of organisation, listing and credential")));
        }
        text("name", &self.name, required(120))?;
        optional("level", self.level.as_deref(), required(80))?;
        optional("scheme", self.scheme.as_deref(), required(120))?;
        let ordered = self.valid_from.zip(self.valid_until).is_none_or(|(from, until)| from <= until);
        if ordered { Ok(()) } else { Err(Invalid::new("valid_until", "before valid_from")) }
    }
}
