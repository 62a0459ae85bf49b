//! Whether a record may stand here and now: admission, which needs the time, the keys and our own limits.
//!
//! What the sender could have checked is a rejection and counts against the sender; what depends on our clock, our
//! trust or our space is not, because honest nodes differ in those.

use crate::chain::Chain;
use crate::limits::{CLOCK_AHEAD_ADMITTED, CLOCK_AHEAD_PARKED};
use crate::record::{Body, Header, Kind, Record};
use crate::signed::{EnvelopeError, Network, Signed, Verified};
use crate::time::Timestamp;

/// Why a record is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Malformed or falsely signed: the sender could have known.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// A delegation that its node did not agree to.
    #[error("the node it names did not agree to act for this organisation")]
    NotAgreed,
    /// More than an hour ahead of our clock.
    #[error("signed {} minutes ahead of this node's clock, at most 10 are taken; check both clocks", .0 / 60_000)]
    Future(u64),
    /// Past its expiry.
    #[error("expired on {0}")]
    Expired(Timestamp),
    /// Signed by a key of the organisation that does not stand at this sequence.
    #[error("signed by a key of the organisation that does not stand at this sequence")]
    NotStanding,
    /// The organisation is not shown here, so only its identity may be held.
    #[error("its organisation is not shown here")]
    NotShown,
    /// The organisation already fills its quota with slots of smaller hash.
    #[error("its organisation already fills its quota of {0} records here")]
    OverQuota(usize),
    /// The chain is as long as it may be, or forks beyond what is kept.
    #[error("its organisation's chain is as long as it may be")]
    ChainFull,
}

impl Rejection {
    /// Whether every node would have refused it, so that passing it on is a fault.
    #[must_use]
    pub const fn is_fault(&self) -> bool {
        matches!(self, Self::Envelope(_) | Self::NotAgreed)
    }
}

/// How a record's own times stand to a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeliness {
    /// Admitted now.
    Now,
    /// A little ahead: it waits until the moment given.
    Later(Timestamp),
    /// Too far ahead, by this many milliseconds.
    Future(u64),
    /// Past its expiry.
    Expired(Timestamp),
}

/// Compares a header's times with the clock. In a sync session `now` is the session's as_of, plus what it left out.
#[must_use]
pub fn timeliness(header: &Header, now: Timestamp) -> Timeliness {
    let ahead = header.sequence.max(header.issued_at.0).saturating_sub(now.0);
    match header.expires_at {
        Some(expires_at) if expires_at <= now => Timeliness::Expired(expires_at),
        _ if ahead > CLOCK_AHEAD_PARKED => Timeliness::Future(ahead),
        _ if ahead > CLOCK_AHEAD_ADMITTED => Timeliness::Later(Timestamp(now.0 + ahead - CLOCK_AHEAD_ADMITTED)),
        _ => Timeliness::Now,
    }
}

/// Checks a record that is not an operation against the keys that its organisation's chain lets stand.
///
/// # Errors
/// When no standing key signed it, or a delegation lacks its node's consent.
pub fn verify(signed: Signed<Record>, network: &Network, chain: &Chain) -> Result<Verified<Record>, Rejection> {
    let header = signed.claims().header();
    // Another organisation's keys, or signing keys under an operation, prove nothing whatever the caller looked up.
    if header.kind == Kind::Operation || header.organisation != Some(chain.organisation()) {
        return Err(EnvelopeError::BadSignature.into());
    }
    let sequence = header.sequence;
    let verified = signed.verify(network, chain.keys_at(sequence))?;
    if let Body::Delegation(delegation) = verified.payload().body() {
        let peer = crate::key::PeerId::from_slice(&verified.payload().header().about);
        let bound = peer.is_ok_and(|peer| delegation.binds(network, &chain.organisation(), &peer));
        if !bound {
            return Err(Rejection::NotAgreed);
        }
    }
    Ok(verified)
}

/// The sequence of the next record in a slot: the time, or one more than the last of desk and register.
#[must_use]
pub fn next_sequence(now: Timestamp, desk: Option<u64>, register: Option<u64>) -> u64 {
    let previous = desk.max(register);
    previous.map_or(now.0, |previous| now.0.max(previous.saturating_add(1)))
}

/// Which slots a node holds when an organisation has more than its quota: the smallest by hash, so that two nodes
/// with the same quota hold the same ones whatever arrived first.
#[must_use]
pub fn within_quota(mut slots: Vec<[u8; 32]>, quota: usize) -> Vec<[u8; 32]> {
    slots.sort_unstable();
    slots.dedup();
    slots.truncate(quota);
    slots
}
