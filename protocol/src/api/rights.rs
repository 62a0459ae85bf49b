//! Rights: requests that any node takes for any mentor, what became of them, and who confirmed an erasure.

use serde::{Deserialize, Serialize};

use super::OrganisationRef;
use crate::duty::{RightsKind, RightsOutcome};
use crate::key::{MessageId, OrganisationId, PeerId, Subject};
use crate::record::ProfileId;
use crate::time::Timestamp;

/// What became of an erasure at one organisation that held the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErasureState {
    /// Its node signed that the profile is gone there.
    Confirmed,
    /// It has not said so yet.
    Pending,
    /// It never said so, and whatever copy it had has run out by itself.
    Expired,
}

impl ErasureState {
    /// The word as people and JSON write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Pending => "pending",
            Self::Expired => "expired",
        }
    }
}

/// One organisation that said it held a profile which is erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErasureReceipt {
    /// The organisation.
    pub organisation: OrganisationRef,
    /// The node that confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<PeerId>,
    /// How it stands.
    pub state: ErasureState,
    /// When the profile was removed there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// When any copy runs out by itself, whether or not it was confirmed.
    pub by_date: Timestamp,
}

/// What somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RightsInput {
    /// Which right.
    pub kind: RightsKind,
    /// The profile it is about; without one, `name` and `organisation` say whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<ProfileId>,
    /// The name it is about, up to 200 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The organisation that lists them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// In the asker's own words, 1 to 1,200 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 1200))]
    pub words: String,
    /// The e-mail address to which an answer goes.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schema::email))]
    pub reply: String,
}

/// How a request that was filed here fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RightsState {
    /// On its way to the organisation.
    OnItsWay,
    /// The organisation has it.
    Delivered,
    /// It could not be brought there in time, or was not taken.
    Undelivered,
    /// It is answered.
    Answered,
}

/// A request that was filed here, as whoever holds its reference sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RightsFiled {
    /// What it is looked up by; whoever has it sees how the request fares, so it is told once and kept here as a
    /// hash alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The number to name when writing to the organisation.
    pub number: MessageId,
    /// Which right.
    pub kind: RightsKind,
    /// The organisation that answers.
    pub organisation: OrganisationRef,
    /// How it fares.
    pub state: RightsState,
    /// When it was filed.
    pub filed_at: Timestamp,
    /// By when it is to be answered.
    pub due_at: Timestamp,
    /// When the organisation had it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
    /// The node that signed for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<PeerId>,
    /// What became of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<RightsOutcome>,
    /// What the asker is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// When it was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Timestamp>,
}

/// A request that this organisation has to answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RightsRequestView {
    /// Its number, which the asker has too.
    pub id: MessageId,
    /// Which right.
    pub kind: RightsKind,
    /// The organisation at whose node it was filed.
    pub door: OrganisationRef,
    /// The listing it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listing: Option<Subject>,
    /// The name it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What is asked for.
    pub words: String,
    /// Where an answer goes.
    pub reply: String,
    /// When it came.
    pub received_at: Timestamp,
    /// By when it is to be answered.
    pub due_at: Timestamp,
    /// Whether that is over and it is not answered.
    pub overdue: bool,
    /// What became of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<RightsOutcome>,
    /// What the asker was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// When it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
}

/// How a request is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RightsClose {
    /// What became of it.
    pub outcome: RightsOutcome,
    /// What the asker is told, up to 1,200 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 1200))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}
