//! Organisations: what is known of one, its keys, its own card, and what the operator says of it.

use serde::{Deserialize, Serialize};

use super::search::HiddenProfile;
use crate::key::{OrganisationId, PeerId, PublicKey, RecordId, SealingKey};
use crate::record::BodyKind;
use crate::time::Timestamp;

/// An organisation in passing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganisationRef {
    /// Its id.
    pub id: OrganisationId,
    /// Its name, with its short id when another's could be confused with it.
    pub name: String,
}

/// An organisation, as `org show` and `org list` print it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganisationView {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// What sort of body it is, once its card is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<BodyKind>,
    /// Country of its seat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Its website.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Where its privacy notice is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_notice: Option<String>,
    /// Where a complaint goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaints: Option<String>,
    /// The keys that may sign for it.
    pub signing_keys: Vec<SigningKeyView>,
    /// The keys that letters to it are sealed to, the current one first.
    #[serde(default)]
    pub sealing_keys: Vec<SealingKeyView>,
    /// Organisations that keep letters for it while no node of it is reachable.
    #[serde(default)]
    pub relays: Vec<OrganisationRef>,
    /// The tip of its chain.
    pub tip: RecordId,
    /// Whether its chain forks where no rule decides.
    pub disputed: bool,
    /// Whether this is the node's own organisation.
    pub own: bool,
    /// Whether its mentors are shown here.
    pub shown: bool,
    /// What the operator said of it.
    pub standing: Standing,
    /// Why it is shown or not, in words.
    pub why: String,
    /// Profiles of it held here.
    pub mentors: u64,
    /// Records of it held here.
    pub records: u64,
    /// Nodes that act for it.
    pub nodes: Vec<PeerId>,
}

/// A signing key in an organisation's chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SigningKeyView {
    /// The hint in envelopes, 16 hexadecimal digits.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9a-f]{16}$"))]
    pub kid: String,
    /// The key, as did:key.
    pub key: PublicKey,
    /// From when it signs.
    pub from: Timestamp,
    /// When it stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired_at: Option<Timestamp>,
    /// Whether a stranger may hold it.
    pub compromised: bool,
}

/// A key that letters are sealed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SealingKeyView {
    /// The key, as did:key.
    pub key: SealingKey,
    /// The first moment at which no letter may be sealed to it.
    pub use_until: Timestamp,
}

/// What replacing the sealing key did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SealingKeyReplaced {
    /// The key that letters are sealed to from now on, as did:key.
    pub key: SealingKey,
    /// Until when letters sealed to the key before it are still opened.
    pub before_opens_until: Timestamp,
    /// Whether the card with the new key is signed; if not, it will be as soon as this node may sign.
    pub published: bool,
}

/// What is taken to change one's own card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OrganisationInput {
    /// A new name.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Another sort of body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<BodyKind>,
    /// Country of the seat; empty removes it.
    #[cfg_attr(feature = "openapi", schema(pattern = "^([A-Za-z]{2})?$"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Website; empty removes it.
    #[cfg_attr(feature = "openapi", schema(max_length = 2000, pattern = "^(https://[!-~]+)?$"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Privacy notice; empty means the node's own.
    #[cfg_attr(feature = "openapi", schema(max_length = 2000, pattern = "^(https://[!-~]+)?$"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_notice: Option<String>,
    /// Complaints route; empty means the node's own.
    #[cfg_attr(feature = "openapi", schema(max_length = 2000, pattern = "^((https://|mailto:)[!-~]+)?$"))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaints: Option<String>,
    /// Up to three organisations that keep letters while no node of this one is reachable: ids, or six or more
    /// characters of their beginnings. An empty list removes all.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schema::relays))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relays: Option<Vec<String>>,
}

/// What the operator said of an organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Show theirs, send ours.
    Pinned,
    /// Neither, and purge.
    Blocked,
    /// Nothing; the policy decides.
    #[default]
    None,
}

/// How a node decides whom to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TrustPolicy {
    /// Only pinned organisations.
    #[default]
    Closed,
    /// Pinned ones and those they vouch for.
    Recognised,
    /// All that are not blocked.
    Open,
}

/// The node's trust settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrustView {
    /// The policy.
    pub policy: TrustPolicy,
    /// Organisations that the operator pinned or blocked, and those known otherwise.
    pub organisations: Vec<OrganisationView>,
    /// Mentors of organisations shown here who are kept out of sight all the same.
    #[serde(default)]
    pub hidden: Vec<HiddenProfile>,
}

/// What is taken to change the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TrustRequest {
    /// The policy.
    pub policy: TrustPolicy,
}

/// What is taken to pin, block or neither.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StandingRequest {
    /// The standing.
    pub standing: Standing,
}
