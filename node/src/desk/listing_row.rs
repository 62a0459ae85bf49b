//! One listing as its row: what stays at home, with the last record of its slot. Where it stands is read from that record
//! and never written beside it, so that a crash between the two cannot make them differ.

use mentormesh_protocol::api::{Consent, Contact, ListingInput, ListingState, Reach};
use mentormesh_protocol::limits::PROFILE_LIFETIME;
use mentormesh_protocol::{Date, Subject, Timestamp};
use sqlx::Row as _;

use super::DeskError;
use super::handle::{Row, count};

/// A listing and the last record of its slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingRow {
    /// Its random id.
    pub subject: Subject,
    /// Profile, contact and consent.
    pub content: ListingInput,
    /// When somebody last confirmed it.
    pub confirmed_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its content last changed.
    pub changed_at: Timestamp,
    /// How many requests in a row its mentor let run out.
    pub silences: u64,
    /// The last record of its slot, unless it never had one.
    pub record: Option<OwnRecord>,
}

/// What the slot of a listing holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnRecord {
    /// Its sequence.
    pub sequence: u64,
    /// Its envelope.
    pub envelope: Vec<u8>,
    /// Whether it is a withdrawal.
    pub withdrawn: bool,
    /// Whether it erases.
    pub erased: bool,
}

impl ListingRow {
    /// Until when the record in its slot stands.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        let record = self.record.as_ref().filter(|record| !record.withdrawn)?;
        Some(Timestamp(record.sequence.saturating_add(PROFILE_LIFETIME)))
    }

    /// Where it stands at a moment.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> ListingState {
        match (&self.record, self.expires_at()) {
            (None, _) => ListingState::Draft,
            (Some(_), None) => ListingState::Withdrawn,
            (Some(_), Some(expires_at)) if expires_at > now => ListingState::Published,
            (Some(_), Some(_)) => ListingState::Expired,
        }
    }

    /// Whether its slot was erased, so that nothing of it may be kept.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.record.as_ref().is_some_and(|record| record.erased)
    }
}

/// Reads a row of listings, joined with their slots.
pub(super) fn read(row: &Row) -> Result<ListingRow, DeskError> {
    let profile = serde_json::from_str(row.try_get("profile")?);
    let consent = match row.try_get::<Option<&str>, _>("consent_given_on")? {
        None => None,
        Some(given_on) => Some(Consent {
            given_on: given_on.parse::<Date>().map_err(|_| DeskError::Unreadable { what: "listings.consent" })?,
            notice_version: row.try_get("consent_notice")?,
            reach: reach_of(row.try_get("consent_reach")?)?,
            open_web: row.try_get("consent_open_web")?,
        }),
    };
    let record = match row.try_get::<Option<i64>, _>("sequence")? {
        None => None,
        Some(sequence) => Some(OwnRecord {
            sequence: count(sequence),
            envelope: row.try_get("envelope")?,
            withdrawn: row.try_get("withdrawn")?,
            erased: row.try_get("erased")?,
        }),
    };
    let confirmed_at: Option<i64> = row.try_get("confirmed_at")?;
    Ok(ListingRow {
        subject: subject_of(row.try_get("subject")?)?,
        content: ListingInput {
            profile: profile.map_err(|_| DeskError::Unreadable { what: "listings.profile" })?,
            contact: Contact { email: row.try_get("email")?, name: row.try_get("contact_name")? },
            consent,
        },
        confirmed_at: confirmed_at.map(|at| Timestamp(count(at))),
        created_at: Timestamp(count(row.try_get("created_at")?)),
        changed_at: Timestamp(count(row.try_get("changed_at")?)),
        silences: row.try_get::<Option<i64>, _>("silences")?.map_or(0, count),
        record,
    })
}

pub(super) fn subject_of(bytes: &[u8]) -> Result<Subject, DeskError> {
    Subject::from_slice(bytes).map_err(|_| DeskError::Unreadable { what: "listings.subject" })
}

/// A state, as queries name it.
pub(super) const fn state_word(state: ListingState) -> &'static str {
    match state {
        ListingState::Draft => "draft",
        ListingState::Published => "published",
        ListingState::Withdrawn => "withdrawn",
        ListingState::Expired => "expired",
    }
}

pub(super) const fn reach_word(reach: Reach) -> &'static str {
    match reach {
        Reach::Local => "local",
        Reach::Partners => "partners",
        Reach::Network => "network",
    }
}

pub(super) fn reach_of(word: &str) -> Result<Reach, DeskError> {
    let known = [Reach::Local, Reach::Partners, Reach::Network].into_iter();
    let found = known.into_iter().find(|reach| reach_word(*reach) == word);
    found.ok_or(DeskError::Unreadable { what: "listings.consent_reach" })
}
