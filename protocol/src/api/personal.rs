//! Everything that a node holds about one person, and what is left once it was forgotten.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ErasureReceipt, Introduction, Listing, OrganisationRef, Person, RightsRequestView};
use crate::ProfileId;
use crate::time::Timestamp;

/// Everything about one person, in sections; `sections` says what each holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonExport {
    /// The form of this document: `mentormesh-person-1`.
    pub format: String,
    /// What each section holds, in a sentence.
    pub sections: BTreeMap<String, String>,
    /// The address that everything here belongs to, however it was written.
    pub address: String,
    /// Whose node made this.
    pub organisation: OrganisationRef,
    /// When.
    pub made_at: Timestamp,
    /// Who can sign in with the address, if somebody can.
    pub person: Option<Person>,
    /// Sessions and links to sign in that were not used yet.
    pub sessions: Vec<ExportedSession>,
    /// Which mail they want: all, no_reminders or necessary.
    pub mail_choice: String,
    /// Their listing as a mentor.
    pub listing: Option<Listing>,
    /// Every consent to be listed that was recorded.
    pub consents: Vec<ExportedConsent>,
    /// Introductions that they asked for and that were asked of them, with the texts that are kept.
    pub introductions: Vec<Introduction>,
    /// Mentors whom they put aside.
    pub put_aside: Vec<ProfileId>,
    /// Mail to them of the last thirty days, and what waits.
    pub mail: Vec<ExportedMail>,
    /// Requests about rights that this address made here.
    #[serde(default)]
    pub rights: Vec<RightsRequestView>,
    /// What was done by them and to them, from the audit trail.
    pub audit: Vec<ExportedAct>,
    /// What this node holds and does not give, and why.
    pub left_out: Vec<String>,
}

/// A session, or a link that can begin one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedSession {
    /// session or link.
    pub kind: String,
    /// Who made it: mail, or who acted.
    pub made_by: String,
    /// When.
    pub created_at: Timestamp,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// A consent to be listed, or its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedConsent {
    /// The day on which it was given; none where it was taken away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_on: Option<String>,
    /// The privacy notice that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice_version: Option<String>,
    /// How far the profile may travel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<String>,
    /// When it was written down.
    pub recorded_at: Timestamp,
    /// By whom.
    pub recorded_by: String,
}

/// A mail to the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedMail {
    /// What it is, in one word.
    pub what: String,
    /// The subject.
    pub subject: String,
    /// The text; empty where it holds a link that signs somebody in.
    pub text: String,
    /// waiting, sent or given_up.
    pub state: String,
    /// When it was queued.
    pub queued_at: Timestamp,
}

/// A line of the audit trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportedAct {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// What.
    pub act: String,
    /// To what.
    pub about: String,
    /// What else was written down.
    pub detail: String,
}

/// What was forgotten about a person. It names nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErasureReceiptOfPerson {
    /// Whose node this was done at.
    pub organisation: OrganisationRef,
    /// When.
    pub erased_at: Timestamp,
    /// Rows that were deleted or emptied, by kind; nothing for somebody about whom nothing was held.
    pub removed: BTreeMap<String, u64>,
    /// Open requests that were taken back; the other side is told nothing but that.
    pub withdrawn: u64,
    /// The listing that was taken off every node, under its random id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listing: Option<crate::key::Subject>,
    /// Every organisation that said it held the listing: whether its node has confirmed that it is gone, by now. How
    /// they stand later is asked under the listing's id.
    #[serde(default)]
    pub receipts: Vec<ErasureReceipt>,
    /// What stays, and why.
    pub stays: Vec<String>,
}
