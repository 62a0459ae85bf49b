//! Where records come from, what becomes of each, and what is told to the network afterwards.

use std::sync::Arc;

use mentormesh_protocol::rules::Rejection;
use mentormesh_protocol::{OrganisationId, PeerId, RecordId, Timestamp};

/// Who brought a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// This node itself signed it, or found it in its own desk.
    Local,
    /// A peer passed it on by gossip.
    Gossip(PeerId),
    /// A session of ours fetched it.
    Sync {
        /// From whom.
        peer: PeerId,
        /// The session's moment, at which its records are admitted.
        as_of: Timestamp,
        /// The organisation the peer says it acts for: its identity may be held although it is not shown.
        claims: OrganisationId,
    },
}

impl Origin {
    /// The peer that handed the record over, if one did.
    #[must_use]
    pub const fn peer(&self) -> Option<PeerId> {
        match self {
            Self::Local => None,
            Self::Gossip(peer) | Self::Sync { peer, .. } => Some(*peer),
        }
    }
}

/// What became of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It stands, durably.
    Stored,
    /// It stood already.
    Duplicate,
    /// Something newer stands in its slot.
    Stale,
    /// It waits in memory for a key or for its time.
    Parked,
    /// It is not taken, and why.
    Rejected(Rejection),
    /// The node had no time for it; sync will bring it again.
    Busy,
}

impl Verdict {
    /// Whether whoever sent it could have known that nobody takes it.
    #[must_use]
    pub const fn is_fault(&self) -> bool {
        matches!(self, Self::Rejected(rejection) if rejection.is_fault())
    }
}

/// Records of one organisation that newly stand here; the network passes on what is ours and says where we stand.
#[derive(Clone, Debug)]
pub struct Announcement {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Whether they describe organisations rather than mentors.
    pub identity: bool,
    /// Ids and envelopes.
    pub records: Vec<(RecordId, Arc<[u8]>)>,
    /// Who brought them.
    pub origin: Origin,
}
