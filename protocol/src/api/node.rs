//! The node itself: peers, sync, status.

use serde::{Deserialize, Serialize};

use super::{OrganisationRef, TrustPolicy};
use crate::key::{OrganisationId, PeerId};
use crate::time::Timestamp;

/// What something new is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Created {
    /// Its id.
    pub id: String,
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
    /// Whether it said, when the two last greeted each other, that it shows this organisation; left out while it has not
    /// since this node started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shows_us: Option<bool>,
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

/// What the job that forgets old content did last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Retention {
    /// When.
    pub last_run: Timestamp,
    /// Rows that lost their content then.
    pub purged_rows: u64,
    /// Rows that were found afterwards to be older than may be kept: 0, or something is wrong.
    pub older_rows: u64,
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
    /// When content was last forgotten, once it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<Retention>,
    /// The policy by which organisations are shown.
    pub trust: TrustPolicy,
    /// Whether own records may be signed yet (home first).
    pub home_first: String,
    /// When it started.
    pub started_at: Timestamp,
}
