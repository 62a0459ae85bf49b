//! The node itself: organisations, trust, peers, sync, status.

use serde::{Deserialize, Serialize};

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

/// What something new is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Created {
    /// Its id.
    pub id: String,
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

/// What is taken to join a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JoinRequest {
    /// Its ticket.
    #[cfg_attr(feature = "openapi", schema(max_length = 4096, pattern = "^mmt1[a-z2-7]+$"))]
    pub ticket: String,
    /// Whether to pin its organisation too.
    #[serde(default)]
    pub pin: bool,
}

/// What joining did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Joined {
    /// The node that was reached.
    pub peer: PeerId,
    /// The organisation it proved to act for.
    pub organisation: OrganisationRef,
    /// Whether its organisation is pinned here.
    pub pinned: bool,
    /// What to do next.
    pub next: String,
}

/// A ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketView {
    /// The text to hand over.
    pub ticket: String,
}

/// What is taken to block a peer or let it in again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PeerStanding {
    /// Whether no connection of it is taken.
    pub blocked: bool,
}

/// A peer that this node knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PeerView {
    /// Its transport identity.
    pub id: PeerId,
    /// The organisation it proved to act for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationRef>,
    /// Whether it is connected now.
    pub connected: bool,
    /// Whether it gets more than identity records.
    pub admitted: bool,
    /// Whether no connection of it is taken.
    pub blocked: bool,
    /// Where it was reached.
    pub addresses: Vec<String>,
    /// When it was last connected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<Timestamp>,
    /// The last thing that went wrong with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// Where sync stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SyncView {
    /// Each organisation's set here; equal fingerprints mean equal sets.
    pub organisations: Vec<SyncOrganisation>,
    /// Each peer's last session.
    pub peers: Vec<SyncPeer>,
}

/// One organisation's set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SyncOrganisation {
    /// The organisation.
    pub id: OrganisationId,
    /// How many records stand.
    pub count: u64,
    /// Their fingerprint, 32 hexadecimal digits.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9a-f]{32}$"))]
    pub fingerprint: String,
    /// The highest sequence among them, in milliseconds.
    pub max_sequence: u64,
    /// Whether the organisation is not shown.
    pub hidden: bool,
}

/// One peer's last session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SyncPeer {
    /// The peer.
    pub peer: PeerId,
    /// The organisation it proved to act for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// The last session, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<SyncLast>,
}

/// How a session ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SyncLast {
    /// When.
    pub at: Timestamp,
    /// `ok`, or what went wrong.
    pub result: String,
    /// Records that came.
    pub received: u64,
    /// Records that the other side lacks and was told of.
    pub sent: u64,
    /// Bytes both ways.
    pub bytes: u64,
}

/// How many records are held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordCounts {
    /// Of this organisation.
    pub own: u64,
    /// Of others.
    pub others: u64,
    /// Profiles that search can find.
    pub searchable: u64,
}

/// Whose node this is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Operator {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// The node's transport identity.
    pub peer: PeerId,
    /// The network.
    pub network: String,
}

/// Whether the node can serve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ready {
    /// It can; one that cannot answers a problem with 503.
    pub ready: bool,
    /// The words of the states that somebody should know of; empty when all is well.
    pub states: Vec<String>,
}

/// How the node is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Status {
    /// Whether it serves.
    pub ready: bool,
    /// Named states that somebody should know of; empty when all is well.
    pub states: Vec<String>,
    /// The program's version.
    pub version: String,
    /// Whose node it is.
    pub organisation: Operator,
    /// Addresses it listens on.
    pub listening: Vec<String>,
    /// Peers connected now.
    pub peers: u64,
    /// Peers known.
    pub peers_known: u64,
    /// Records held.
    pub records: RecordCounts,
    /// Listings by state.
    pub listings: std::collections::BTreeMap<String, u64>,
    /// Listings that need confirming within 30 days.
    pub listings_to_confirm: u64,
    /// Introductions that wait for somebody here.
    pub introductions_waiting: u64,
    /// Since when the oldest of them waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introductions_oldest: Option<Timestamp>,
    /// Letters of ours that have not reached the other node yet.
    pub letters_waiting: u64,
    /// Letters kept here for other organisations.
    pub letters_kept: u64,
    /// Notices that the operator's command has still to tell.
    #[serde(default)]
    pub notices_waiting: u64,
    /// Notices of the last thirty days that it could not tell; nobody was told of these.
    #[serde(default)]
    pub notices_given_up: u64,
    /// The policy by which organisations are shown.
    pub trust: TrustPolicy,
    /// Whether own records may be signed yet (home first).
    pub home_first: String,
    /// When it started.
    pub started_at: Timestamp,
}
