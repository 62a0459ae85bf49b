//! Listings: the home node's private side of a profile.

use serde::{Deserialize, Serialize};

use crate::key::{OrganisationId, Subject};
use crate::record::{Profile, ProfileId};
use crate::time::{Date, Timestamp};

/// Whom the mentor agreed to be shown to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Their own body alone.
    Local,
    /// Named partners; not published yet by any version.
    Partners,
    /// The whole network.
    #[default]
    Network,
}

/// Where a listing stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ListingState {
    /// Nobody outside sees it.
    #[default]
    Draft,
    /// It is on the network.
    Published,
    /// It was taken off the network.
    Withdrawn,
    /// It ran out because nobody confirmed it.
    Expired,
}

/// How the home node reaches the mentor; never published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// E-mail address; listings of one node are told apart by it.
    #[cfg_attr(feature = "openapi", schema(max_length = 254))]
    pub email: String,
    /// The name to write to, if it is not the display name.
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What the mentor agreed to; the evidence stays at the home node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// The day consent was given.
    pub given_on: Date,
    /// The wording of the privacy notice it was given to; the current one when left out.
    #[cfg_attr(feature = "openapi", schema(max_length = 40))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice_version: Option<String>,
    /// To whom.
    #[serde(default)]
    pub reach: Reach,
    /// Whether the open web may see the profile too.
    #[serde(default)]
    pub open_web: bool,
}

/// What is taken to make or change a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ListingInput {
    /// The public half.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schema::filled_profile::<Profile>))]
    pub profile: Profile,
    /// How to reach the mentor.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schema::reachable::<Contact>))]
    pub contact: Contact,
    /// What the mentor agreed to, once they have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
}

/// A pause from requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PauseInput {
    /// Its first day; today if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The day on which requests are welcome again; without one, until somebody resumes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// In which way a mentor agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConsentMethod {
    /// By a link that was mailed to them.
    MailedLink,
    /// On their own page, signed in.
    SignedIn,
}

/// What a consent rests on; it stays at the home node, and outlives the profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// When it was given.
    pub given_at: Timestamp,
    /// The wording of the privacy notice that the page named.
    pub notice_version: String,
    /// To whom.
    pub reach: Reach,
    /// Whether the open web may see it too.
    pub open_web: bool,
    /// The SHA-256 of the profile that the page showed, as it would be signed.
    pub shown: String,
    /// In which way.
    pub method: ConsentMethod,
    /// The address that the link was mailed to, or of who was signed in; forgotten when the profile is erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The number of the link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// What a mentor said to an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InvitationAnswer {
    /// Nothing yet.
    Waiting,
    /// Yes.
    Consented,
    /// No.
    Declined,
}

/// How a mentor was asked by mail to agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invitation {
    /// When they were asked last.
    pub invited_at: Timestamp,
    /// How often they were asked.
    pub times: u64,
    /// What they said.
    pub answer: InvitationAnswer,
    /// When they said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Timestamp>,
}

/// A listing as its home node sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Listing {
    /// The subject: a random id.
    pub id: Subject,
    /// The id of the profile on every node.
    pub profile_id: ProfileId,
    /// Where it stands.
    pub state: ListingState,
    /// What is still missing before it can be published, in words.
    pub missing: Vec<String>,
    /// The public half.
    pub profile: Profile,
    /// How to reach the mentor.
    pub contact: Contact,
    /// What the mentor agreed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// What the last consent that the mentor gave in person rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// When the mentor was asked by mail, and what they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<Invitation>,
    /// When mentor or registrar last confirmed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<Timestamp>,
    /// Until when what is on the network stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Whether it was edited since it was published.
    pub edited: bool,
    /// The version for `If-Match`.
    pub etag: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// What publishing did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishReport {
    /// The listing as it now stands.
    #[serde(flatten)]
    pub listing: Listing,
    /// The record that carries it.
    pub record: crate::key::RecordId,
    /// How many other organisations this node sends to.
    pub visible_to: u64,
}

/// How to withdraw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WithdrawRequest {
    /// Whether for ever: the slot never holds anything again and copies are purged.
    #[serde(default)]
    pub erase: bool,
}

/// What one organisation's node did about an erasure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Confirmed, pending or expired.
    pub state: String,
}

/// What became of one row of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    /// A new listing.
    Added,
    /// A listing with this e-mail was changed.
    Changed,
    /// A listing with this e-mail is the same already.
    Unchanged,
    /// The row is wrong and was left out.
    Refused,
}

/// One row of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportRow {
    /// The line of the file, counting from 1, header included.
    pub line: u64,
    /// What became of it.
    pub outcome: RowOutcome,
    /// The listing, unless the row was refused or this is a dry run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Subject>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// What an import did, or in a dry run would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// Whether nothing was changed.
    pub dry_run: bool,
    /// New listings.
    pub added: u64,
    /// Changed listings.
    pub changed: u64,
    /// Listings that were the same already.
    pub unchanged: u64,
    /// Rows left out.
    pub refused: u64,
    /// The first 1,000 rows that were refused, each with line and reason.
    pub rows: Vec<ImportRow>,
    /// Columns of the file that no field has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignored: Vec<String>,
}
