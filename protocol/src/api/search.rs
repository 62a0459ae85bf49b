//! Search results and profiles.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::OrganisationRef;
use crate::key::{OrganisationId, RecordId};
use crate::query::Reason;
use crate::record::{Profile, ProfileId};
use crate::time::Timestamp;

/// One page of a search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchPage {
    /// How many profiles match.
    pub total: u64,
    /// How long the node took, in milliseconds.
    pub took_ms: f64,
    /// The page.
    pub hits: Vec<Hit>,
    /// How the matches spread over the filters.
    pub facets: Facets,
    /// What was left out, and what to do about it.
    pub not_shown: NotShown,
}

/// Counts by filter name (`skill`, `language`, `country`, `offer`, `organisation`, `trainee`, `available`), most
/// frequent first.
pub type Facets = BTreeMap<String, Vec<Facet>>;

/// How many matches have one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Facet {
    /// The value, as the filter takes it.
    pub value: String,
    /// What people read, where it is not the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How many matches.
    pub count: u64,
}

/// One profile found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hit {
    /// The profile's id, the same on every node.
    pub id: ProfileId,
    /// The organisation that lists the mentor.
    pub organisation: OrganisationRef,
    /// What the mentor shows.
    pub profile: Profile,
    /// The sum of the reasons' points, 0 to 100.
    pub score: f64,
    /// Why it was found.
    pub reasons: Vec<Reason>,
    /// The passage that matched, as plain text; matching words stand between U+0002 and U+0003.
    pub snippet: String,
}

/// What a search left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotShown {
    /// Organisations that are known here but not shown.
    pub organisations: Vec<Hidden>,
}

/// One organisation that is not shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hidden {
    /// Its id.
    pub id: OrganisationId,
    /// Its name, with its short id when another's could be confused with it.
    pub name: String,
    /// How many mentors it says it has.
    pub mentors: u64,
    /// Why it is not shown.
    pub why: String,
    /// What to do to show it.
    pub next: String,
}

/// One profile, as `GET /profiles/{id}` answers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProfileView {
    /// The profile's id.
    pub id: ProfileId,
    /// The organisation that lists the mentor.
    pub organisation: OrganisationRef,
    /// The record that carries it.
    pub record: RecordId,
    /// What the mentor shows.
    pub profile: Profile,
    /// When it was signed.
    pub issued_at: Timestamp,
    /// When it stops standing.
    pub expires_at: Timestamp,
    /// Whether the mentor agreed to be seen on the open web.
    pub open_web: bool,
}

/// Keeping a mentor of another organisation out of sight.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HideInput {
    /// Why, up to 200 characters, for whoever looks at the list.
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    #[serde(default)]
    pub why: String,
}

/// A mentor who is kept out of sight at this node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HiddenProfile {
    /// The profile, whatever its mentor's organisation signs of it.
    pub id: ProfileId,
    /// Why, as the registrar wrote.
    pub why: String,
    /// Since when.
    pub since: Timestamp,
    /// Who hid it, by role.
    pub by: String,
}
