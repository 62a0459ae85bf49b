//! The peers this node knows: where they were reached, how the last attempt went, and when to try again.
//!
//! Kept in memory by the circle; what must survive a restart is written to the desk.

use std::collections::BTreeMap;
use std::sync::Arc;

use mentormesh_protocol::limits::MINUTE;
use mentormesh_protocol::trust::{Policy, Settings};
use mentormesh_protocol::wire::Hello;
use mentormesh_protocol::{OrganisationId, PeerId, Timestamp, limits};
use tokio::sync::Semaphore;

use super::context::chance;
use super::session::{Reach, Report};
use crate::desk::PeerRow;
use crate::view::View;

/// First wait after a failed dial; doubled each time.
const BACK_OFF_LEAST: u64 = 1_000;
/// Longest wait between dials.
pub(super) const BACK_OFF_MOST: u64 = 5 * MINUTE;
/// The outcome of a dial is heard within this time; if it is not, the peer may be dialled again.
const DIAL_LONGEST: u64 = 30_000;
/// A peer that refused for a reason that only an operator can change is left alone for this long.
const REFUSED_FOR: u64 = 5 * MINUTE;

/// Courier requests of ours that one peer gets at once: it takes eight, and sync needs some of these.
const LANE: usize = 6;

/// One peer.
#[derive(Debug, Default)]
pub(super) struct Peer {
    pub(super) addresses: Vec<String>,
    pub(super) organisation: Option<OrganisationId>,
    pub(super) blocked: bool,
    pub(super) connected: bool,
    pub(super) admitted: bool,
    pub(super) last_seen: Option<Timestamp>,
    pub(super) problem: Option<String>,
    pub(super) hello: Option<Hello>,
    /// Their clock minus ours, in milliseconds.
    pub(super) clock_off: Option<i64>,
    pub(super) last: Option<Report>,
    /// A session that should run, and from when on.
    pub(super) wants: Option<(Reach, Timestamp)>,
    pub(super) in_session: bool,
    pub(super) lane: Lane,
    failures: u32,
    next_dial: Timestamp,
}

impl Peer {
    /// Asks for a session; a wider one replaces a narrower, an earlier a later.
    pub(super) fn want(&mut self, reach: Reach, from: Timestamp) {
        let wanted = match self.wants {
            Some((Reach::Full, at)) => (Reach::Full, at.min(from)),
            Some((_, at)) if reach == Reach::Full => (Reach::Full, at.min(from)),
            Some((had, at)) if had != reach => (Reach::Full, at.min(from)),
            Some((had, at)) => (had, at.min(from)),
            None => (reach, from),
        };
        self.wants = Some(wanted);
    }

    /// Notes an address at which the peer can be dialled, newest first.
    pub(super) fn learn(&mut self, address: String) -> bool {
        if self.addresses.first() == Some(&address) {
            return false;
        }
        self.addresses.retain(|known| *known != address);
        self.addresses.insert(0, address);
        self.addresses.truncate(limits::ADDRESSES);
        true
    }

    /// A dial was started: it is not due again before its outcome is heard.
    pub(super) fn dialling(&mut self, now: Timestamp) {
        self.next_dial = now.plus(DIAL_LONGEST);
    }

    /// A dial failed, or the connection ended: wait longer each time, `most` at most, with jitter so that two do not
    /// keep step.
    pub(super) fn failed(&mut self, now: Timestamp, most: u64, problem: Option<String>) {
        let wait = BACK_OFF_LEAST.saturating_mul(1 << self.failures.min(16)).min(most).min(BACK_OFF_MOST);
        self.failures = self.failures.saturating_add(1);
        self.next_dial = now.plus(wait / 2 + chance(wait / 2));
        if problem.is_some() {
            self.problem = problem;
        }
    }

    /// The peer refused for a reason that stays for a while.
    pub(super) fn refused(&mut self, now: Timestamp, problem: String) {
        self.problem = Some(problem);
        self.next_dial = now.plus(REFUSED_FOR);
    }

    pub(super) fn connected(&mut self, now: Timestamp) {
        self.connected = true;
        self.failures = 0;
        self.last_seen = Some(now);
    }

    /// Tries again at once: the operator asked, or an address is new.
    pub(super) fn hurry(&mut self) {
        self.failures = 0;
        self.next_dial = Timestamp(0);
    }

    /// Whether it says that it shows our organisation; only a node that proved whose it is speaks of what is shown there.
    pub(super) fn shows_us(&self) -> Option<bool> {
        let hello = self.hello.as_ref()?;
        (self.organisation == Some(hello.organisation)).then_some(hello.admits_you)
    }

    fn due(&self, now: Timestamp) -> bool {
        !self.connected && !self.blocked && !self.addresses.is_empty() && self.next_dial <= now
    }
}

/// The way to one peer's courier, and how much is on it at once.
#[derive(Debug)]
pub(super) struct Lane(Arc<Semaphore>);

impl Default for Lane {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(LANE)))
    }
}

impl Lane {
    pub(super) fn places(&self) -> Arc<Semaphore> {
        Arc::clone(&self.0)
    }
}

/// All peers.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) peers: BTreeMap<PeerId, Peer>,
}

/// Peers kept in the book beyond those connected: strangers that connect once must not fill it.
const MOST: usize = 2_000;

/// Whether the desk remembers a peer whose word on our own records counts.
#[must_use]
pub fn knows_somebody(peers: &[PeerRow], settings: &Settings) -> bool {
    let counts = |peer: &PeerRow| peer.organisation.is_some_and(|organisation| trusted(&organisation, settings));
    peers.iter().any(|peer| !peer.blocked && counts(peer))
}

/// Whether this organisation's nodes are worth comparing with, before anything of it is held.
pub(super) fn trusted(organisation: &OrganisationId, settings: &Settings) -> bool {
    let blocked = settings.blocked.contains(organisation);
    !blocked && (settings.pinned.contains(organisation) || settings.policy != Policy::Closed)
}

impl Book {
    pub(super) fn load(rows: Vec<PeerRow>) -> Self {
        let peers = rows.into_iter().map(|row| {
            let peer = Peer {
                addresses: row.addresses,
                organisation: row.organisation,
                blocked: row.blocked,
                last_seen: row.last_seen,
                ..Peer::default()
            };
            (row.peer, peer)
        });
        Self { peers: peers.collect() }
    }

    /// The peer, made if it is new; `None` when the book is full of others.
    pub(super) fn open(&mut self, peer: PeerId) -> Option<&mut Peer> {
        if self.peers.len() >= MOST && !self.peers.contains_key(&peer) {
            let idle =
                self.peers.iter().find(|(_, peer)| !peer.connected && !peer.blocked && peer.organisation.is_none());
            let idle = idle.map(|(id, _)| *id)?;
            self.peers.remove(&idle);
        }
        Some(self.peers.entry(peer).or_default())
    }

    /// The clock was set: nothing waits for a moment of the old one, and nobody's time is known any more.
    pub(super) fn clock_was_set(&mut self, now: Timestamp) {
        for peer in self.peers.values_mut() {
            peer.clock_off = None;
            peer.next_dial = Timestamp(0);
            peer.wants = peer.connected.then_some((Reach::Full, now));
        }
    }

    /// Peers to dial now, those first that have waited longest: many that are away must not keep others waiting.
    pub(super) fn due(&self, now: Timestamp, most: usize) -> Vec<(PeerId, Vec<String>)> {
        let mut due: Vec<_> = self.peers.iter().filter(|(_, peer)| peer.due(now)).collect();
        due.sort_by_key(|(_, peer)| peer.next_dial);
        due.into_iter().take(most).map(|(id, peer)| (*id, peer.addresses.clone())).collect()
    }

    /// The longest wait before this peer is dialled again: whoever may hold what is for us is looked for at least once
    /// in `interval`, or a long time apart would be followed by a long time of not looking.
    pub(super) fn patience(&self, id: &PeerId, interval: u64, settings: &Settings) -> u64 {
        let organisation = self.peers.get(id).and_then(|peer| peer.organisation);
        let friend = organisation.is_some_and(|organisation| trusted(&organisation, settings));
        if friend { interval } else { BACK_OFF_MOST }
    }

    /// Whether there is anybody to compare with: a node of an organisation that is shown here. A stranger's word on
    /// what it holds of ours is worth nothing.
    pub(super) fn knows_somebody(&self, view: &View) -> bool {
        let shown = |peer: &Peer| peer.organisation.is_some_and(|organisation| trusted(&organisation, &view.settings));
        self.peers.values().any(|peer| !peer.blocked && shown(peer))
    }

    /// How far our clock is from the median of at least three organisations': one voice each, admitted ones alone, or
    /// three strangers could stop a node from signing.
    pub(super) fn clock_off(&self) -> Option<u64> {
        let admitted = self.peers.values().filter(|peer| peer.connected && peer.admitted);
        let by_organisation: BTreeMap<_, _> =
            admitted.filter_map(|peer| Some((peer.organisation?, peer.clock_off?))).collect();
        let mut offs: Vec<_> = by_organisation.into_values().collect();
        offs.sort_unstable();
        let median = offs.get(offs.len() / 2).copied()?;
        (offs.len() >= 3).then_some(median.unsigned_abs())
    }

    pub(super) fn row(&self, id: PeerId) -> Option<PeerRow> {
        let peer = self.peers.get(&id)?;
        Some(PeerRow {
            peer: id,
            organisation: peer.organisation,
            addresses: peer.addresses.clone(),
            last_seen: peer.last_seen,
            blocked: peer.blocked,
        })
    }
}

#[cfg(test)]
mod tests;
