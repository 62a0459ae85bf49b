//! The body of a card: how an organisation describes itself to the network.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::invalid::{count, country, each, https, optional, required, text, unique};
use super::{Header, Invalid};
use crate::key::{OrganisationId, SealingKey};
use crate::limits::{RELAYS, SEALING_KEYS};
use crate::time::Timestamp;

/// What sort of body an organisation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum BodyKind {
    /// A body whose members practise a profession.
    #[default]
    #[n(0)]
    ProfessionalBody,
    /// A provider that trains mentors.
    #[n(1)]
    TrainingProvider,
    /// An employer with a mentoring scheme.
    #[n(2)]
    Employer,
    /// A network of people.
    #[n(3)]
    Network,
    /// A charity.
    #[n(4)]
    Charity,
}

/// An organisation's public description. Its contact fields are role addresses, the one place where an address of
/// any sort is public.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Card {
    /// The name people know it by, 1 to 200 characters.
    #[n(0)]
    pub name: String,
    /// What sort of body it is.
    #[n(1)]
    pub kind: BodyKind,
    /// Two-letter country of its seat.
    #[n(2)]
    pub country: Option<String>,
    /// Its website, https.
    #[n(3)]
    pub website: Option<String>,
    /// Where its privacy notice is, https; absent when the node serves a plain one of its own.
    #[n(4)]
    pub privacy_notice: Option<String>,
    /// Which wording of the notice stands, up to 40 characters.
    #[n(5)]
    pub notice_version: String,
    /// Where a complaint goes: https, or mailto with a role address; absent when the node takes them itself.
    #[n(6)]
    pub complaints: Option<String>,
    /// Organisations that keep letters while no node of this one is reachable.
    #[n(7)]
    pub relays: Vec<OrganisationId>,
    /// The keys that letters are sealed to, the current one first.
    #[n(8)]
    pub sealing_keys: Vec<SealingKeyNotice>,
}

/// A sealing key and until when letters may be sealed to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SealingKeyNotice {
    /// The key.
    #[n(0)]
    pub key: SealingKey,
    /// The first moment at which no letter may be sealed to it.
    #[n(1)]
    pub use_until: Timestamp,
}

impl Card {
    pub(super) fn check(&self, header: &Header) -> Result<(), Invalid> {
        if !header.about.is_empty() {
            return Err(Invalid::new("about", "a card is about its own organisation and leaves this empty"));
        }
        text("name", &self.name, required(200))?;
        self.country.as_deref().map_or(Ok(()), |value| country("country", value))?;
        self.website.as_deref().map_or(Ok(()), |value| https("website", value))?;
        self.privacy_notice.as_deref().map_or(Ok(()), |value| https("privacy_notice", value))?;
        text("notice_version", &self.notice_version, required(40))?;
        optional("complaints", self.complaints.as_deref(), required(2_000))?;
        if let Some(complaints) = self.complaints.as_deref().filter(|value| !value.starts_with("mailto:")) {
            https("complaints", complaints)?;
        }
        count("relays", &self.relays, 0, RELAYS)?;
        unique("relays", &self.relays)?;
        count("sealing_keys", &self.sealing_keys, 1, SEALING_KEYS)?;
        each("sealing_keys", &self.sealing_keys, |field, notice| {
            let within = notice.use_until.0 <= header.sequence.saturating_add(crate::limits::LONG_LIFETIME);
            if within { Ok(()) } else { Err(Invalid::new(format!("{field}.use_until"), "outlives the card")) }
        })
    }
}
