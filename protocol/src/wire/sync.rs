//! The messages of a sync session: what the side that began it asks, and what the other answers.
//!
//! Both are bounded before they are read. How a session goes on from message to message is the node's.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

use super::{Scope, VERSION};
use crate::codec;
use crate::key::{OrganisationId, RecordId};
use crate::limits::{FETCH_IDS, RECONCILE_FRAME, SUMMARY_ROWS, TAIL_IDS};
use crate::reconcile::Fingerprint;
use crate::record::Invalid;
use crate::signed::PayloadError;
use crate::time::Timestamp;

/// Largest reconciliation message that is read.
const MESSAGE_BYTES: usize = RECONCILE_FRAME as usize;

/// What the side that began a sync session asks.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum SyncRequest {
    /// Who we are, and when it is here.
    #[n(0)]
    Hello(#[n(0)] Hello),
    /// Where every organisation stands, page by page.
    #[n(1)]
    Summary {
        /// The session's moment.
        #[n(0)]
        as_of: Timestamp,
        /// Rows after this organisation.
        #[n(1)]
        after: Option<OrganisationId>,
    },
    /// One round of reconciliation.
    #[n(2)]
    Reconcile {
        /// Whose records.
        #[n(0)]
        organisation: OrganisationId,
        /// Which half.
        #[n(1)]
        scope: Scope,
        /// The session's moment.
        #[n(2)]
        as_of: Timestamp,
        /// The earliest sequence compared, zero for all.
        #[n(3)]
        since: u64,
        /// The message.
        #[n(4)]
        message: ByteVec,
    },
    /// Envelopes by id.
    #[n(3)]
    Fetch {
        /// Up to 256 ids; an answer may hold fewer envelopes than asked.
        #[n(0)]
        ids: Vec<RecordId>,
    },
    /// Ids newer than the session's moment, which reconciliation leaves out.
    #[n(4)]
    Tail {
        /// Whose records.
        #[n(0)]
        organisation: OrganisationId,
        /// Which half.
        #[n(1)]
        scope: Scope,
        /// The session's moment.
        #[n(2)]
        as_of: Timestamp,
    },
    /// A page of envelopes in order of sequence, for a node that has none.
    #[n(5)]
    Snapshot {
        /// Whose records.
        #[n(0)]
        organisation: OrganisationId,
        /// Which half.
        #[n(1)]
        scope: Scope,
        /// The session's moment.
        #[n(2)]
        as_of: Timestamp,
        /// Envelopes after this sequence and id.
        #[n(3)]
        after: Option<Place>,
    },
    /// SHA-256 of the ordered ids.
    #[n(6)]
    Ordered {
        /// Whose records.
        #[n(0)]
        organisation: OrganisationId,
        /// Which half.
        #[n(1)]
        scope: Scope,
        /// The session's moment.
        #[n(2)]
        as_of: Timestamp,
    },
    /// We have something for you: come and compare.
    #[n(7)]
    Nudge,
}

/// A place in a session set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Place {
    /// The sequence.
    #[n(0)]
    pub sequence: u64,
    /// The id.
    #[n(1)]
    pub id: RecordId,
}

/// How a node introduces itself.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Hello {
    /// The network.
    #[n(0)]
    pub network: String,
    /// The lowest wire version it speaks.
    #[n(1)]
    pub least_version: u16,
    /// The highest wire version it speaks.
    #[n(2)]
    pub most_version: u16,
    /// Its clock.
    #[n(3)]
    pub clock: Timestamp,
    /// The organisation it acts for, proven by what identity sync brings.
    #[n(4)]
    pub organisation: OrganisationId,
    /// How many profiles that organisation says it publishes.
    #[n(5)]
    pub mentors: u64,
    /// The most records per organisation that it holds, so that a bound never looks like a loss.
    #[n(6)]
    pub quota: u64,
    /// Whether it shows the other side's organisation and so sends it more than identity.
    #[n(7)]
    pub admits_you: bool,
}

/// What the side that was asked answers.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum SyncAnswer {
    /// To a hello.
    #[n(0)]
    Hello(#[n(0)] Hello),
    /// To a summary.
    #[n(1)]
    Summary(#[n(0)] Vec<SummaryRow>, #[n(1)] bool),
    /// To a round of reconciliation.
    #[n(2)]
    Reconcile(#[n(0)] ByteVec),
    /// Envelopes, as many as fit.
    #[n(3)]
    Envelopes(#[n(0)] Vec<ByteVec>),
    /// Ids newer than the moment.
    #[n(4)]
    Tail(#[n(0)] Vec<RecordId>),
    /// A page of a snapshot and where the next begins.
    #[n(5)]
    Snapshot(#[n(0)] Vec<ByteVec>, #[n(1)] Option<Place>),
    /// A hash.
    #[n(6)]
    Ordered(#[n(0)] ByteArray<32>),
    /// Understood.
    #[n(7)]
    Noted,
    /// No, and why.
    #[n(8)]
    Refused(#[n(0)] Refusal),
}

/// Why a node does not answer as asked.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, thiserror::Error)]
pub enum Refusal {
    /// Another network.
    #[n(0)]
    #[error("the other node is on network `{}`", .0.escape_debug())]
    Network(#[n(0)] String),
    /// No version in common.
    #[n(1)]
    #[error("the other node speaks versions {0} to {1} of the wire, this one {VERSION}")]
    Version(#[n(0)] u16, #[n(1)] u16),
    /// Clocks more than ten minutes apart: theirs, ours.
    #[n(2)]
    #[error("clocks are more than 10 minutes apart: the asking node has {0}, the asked one {1}")]
    Clock(#[n(0)] Timestamp, #[n(1)] Timestamp),
    /// Only identity records are for this peer.
    #[n(3)]
    #[error("the other node does not show this organisation and sends identity records only")]
    NotAdmitted,
    /// Too many sessions; come again after this many milliseconds.
    #[n(4)]
    #[error("the other node is busy")]
    Busy(#[n(0)] u64),
    /// The request breaks a limit or is not of the protocol.
    #[n(5)]
    #[error("the other node did not understand the request: {}", .0.escape_debug())]
    Malformed(#[n(0)] String),
}

/// Where one organisation stands at one node.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SummaryRow {
    /// The organisation.
    #[n(0)]
    pub organisation: OrganisationId,
    /// The tip of its chain there.
    #[n(1)]
    pub tip: RecordId,
    /// Its identity records.
    #[n(2)]
    pub identity: ScopeSummary,
    /// Its other records; absent when they are not for this peer.
    #[n(3)]
    pub register: Option<ScopeSummary>,
}

/// Where one half of an organisation's records stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ScopeSummary {
    /// How many.
    #[n(0)]
    pub count: u64,
    /// Their fingerprint.
    #[n(1)]
    pub fingerprint: Fingerprint,
    /// The highest sequence among them.
    #[n(2)]
    pub max_sequence: u64,
}

fn at_most(field: &str, length: usize, most: usize) -> Result<(), Invalid> {
    if length <= most { Ok(()) } else { Err(Invalid::new(field, format!("{length}, at most {most}"))) }
}

impl SyncRequest {
    /// Reads a request, refusing what breaks a limit.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn decode(bytes: &[u8]) -> Result<Self, PayloadError> {
        let request: Self = codec::decode_exactly(bytes)?;
        match &request {
            Self::Fetch { ids } => at_most("ids", ids.len(), FETCH_IDS)?,
            Self::Reconcile { message, .. } => at_most("message", message.len(), MESSAGE_BYTES)?,
            Self::Hello(_)
            | Self::Summary { .. }
            | Self::Tail { .. }
            | Self::Snapshot { .. }
            | Self::Ordered { .. }
            | Self::Nudge => {}
        }
        Ok(request)
    }

    /// Writes the request.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }
}

impl SyncAnswer {
    /// Reads an answer, refusing what breaks a limit.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn decode(bytes: &[u8]) -> Result<Self, PayloadError> {
        let answer: Self = codec::decode_exactly(bytes)?;
        match &answer {
            Self::Summary(rows, _) => at_most("rows", rows.len(), SUMMARY_ROWS)?,
            Self::Tail(ids) => at_most("ids", ids.len(), TAIL_IDS)?,
            Self::Envelopes(envelopes) | Self::Snapshot(envelopes, _) => {
                at_most("envelopes", envelopes.len(), FETCH_IDS)?;
            }
            Self::Reconcile(message) => at_most("message", message.len(), MESSAGE_BYTES)?,
            Self::Hello(_) | Self::Ordered(_) | Self::Noted | Self::Refused(_) => {}
        }
        Ok(answer)
    }

    /// Writes the answer.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(self)
    }
}
