//! A listing as its home node shows it: state, what is missing, whether it was edited, and its version.

use mentormesh_protocol::api::{Listing, ListingInput, ListingState, Reach};
use mentormesh_protocol::limits::{DAY, SILENCES_PAUSE, SILENCES_TOLD};
use mentormesh_protocol::record::{AvailabilityStatus, Consented, Profile, ProfileBody};
use mentormesh_protocol::signed::Signed;
use mentormesh_protocol::{Date, OrganisationId, ProfileId, Record, Timestamp};
use sha2::{Digest, Sha256};

use super::responsiveness::as_written;
use crate::desk::ListingRow;

/// How long before a confirmation runs out the registrar is told.
pub(super) const CONFIRM_SOON: u64 = 30 * DAY;

/// What showing a listing needs besides its row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Showing {
    pub(super) organisation: OrganisationId,
    pub(super) now: Timestamp,
    pub(super) confirm_every: u64,
}

/// The listing of a row.
pub(super) fn show(row: ListingRow, showing: Showing) -> Listing {
    let state = row.state(showing.now);
    let published = matches!(state, ListingState::Published | ListingState::Expired);
    Listing {
        id: row.subject,
        profile_id: ProfileId { organisation: showing.organisation, subject: row.subject },
        state,
        missing: missing(&row, state, showing),
        edited: published && carried(&row).map(as_written) != body(&row.content, showing.now.date()),
        etag: etag(&row.content),
        confirmed_at: row.confirmed_at,
        expires_at: row.expires_at(),
        created_at: row.created_at,
        changed_at: row.changed_at,
        profile: row.content.profile,
        contact: row.content.contact,
        consent: row.content.consent,
        evidence: None,
        invitation: None,
    }
}

/// The version of a content: it changes when, and only when, anything that can be edited does.
pub(super) fn etag(content: &ListingInput) -> String {
    let bytes = serde_json::to_vec(content).unwrap_or_default();
    Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// What publishing this content today would put on the network; `None` while nobody consented. An absence that lies
/// ahead is nobody's business before its day.
pub(super) fn body(content: &ListingInput, today: Date) -> Option<ProfileBody> {
    let consent = content.consent.as_ref()?;
    let consented = Consented {
        given_on: consent.given_on,
        notice_version: consent.notice_version.clone().unwrap_or_default(),
        open_web: consent.open_web,
    };
    let availability = content.profile.availability.on(today);
    let profile = Profile { availability, ..content.profile.clone() };
    Some(ProfileBody { profile, consented, also_listed: Vec::new() })
}

/// What the last record of a listing put on the network. The envelope is our own, from our own desk, so that reading
/// what it claims is enough.
pub(super) fn carried(row: &ListingRow) -> Option<ProfileBody> {
    let record = row.record.as_ref().filter(|record| !record.withdrawn)?;
    Signed::<Record>::decode(&record.envelope).ok()?.claims().profile().cloned()
}

fn missing(row: &ListingRow, state: ListingState, showing: Showing) -> Vec<String> {
    let mut missing = Vec::new();
    match &row.content.consent {
        None => missing.push("consent: record the day on which the mentor agreed to be published".to_owned()),
        Some(consent) if consent.reach != Reach::Network => {
            missing
                .push("reach: the mentor agreed to less than the network; only `network` can be published".to_owned());
        }
        Some(_) => {}
    }
    let until = row.confirmed_at.unwrap_or_default().plus(showing.confirm_every);
    if state == ListingState::Published && until <= showing.now.plus(CONFIRM_SOON) {
        let day = until.max(row.expires_at().unwrap_or_default()).date();
        missing.push(format!("confirmation: confirm it, or it leaves the network by {day}"));
    }
    if row.silences >= SILENCES_TOLD && state == ListingState::Published {
        let many = row.silences;
        let paused = row.content.profile.availability.status == AvailabilityStatus::Paused;
        let next = if many >= SILENCES_PAUSE && paused {
            format!("the listing is paused until somebody ends that: mentormesh profile resume {}", row.subject)
        } else {
            "ask the mentor, or pause the listing".to_owned()
        };
        missing.push(format!("answers: {many} requests in a row ran out without a word of the mentor; {next}"));
    }
    if state == ListingState::Expired {
        missing.push("confirmation: it ran out because nobody confirmed it; confirm or publish it again".to_owned());
    }
    missing
}
