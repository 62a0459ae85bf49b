//! Sessions: starting those that are due, and what follows from how they went.

use std::sync::Arc;

use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::limits::MINUTE;
use mentormesh_protocol::wire::Hello;
use mentormesh_protocol::{OrganisationId, PeerId, Timestamp};

use super::task::{Circle, Outcome, SESSIONS, STRANGERS};
use crate::network::answers::Heard;
use crate::network::context::chance;
use crate::network::session::{self, Reach, Report, SessionError};
use crate::signing::HomeFirst;

impl Circle {
    /// Starts sessions that are due, one for each peer and few at once.
    pub(super) fn start_sessions(&mut self) {
        let now = self.context.clock.now();
        let mut running = self.book.peers.values().filter(|peer| peer.in_session).count();
        let mut strangers = self.book.peers.values().filter(|peer| peer.in_session && !peer.admitted).count();
        for (id, peer) in &mut self.book.peers {
            let Some((reach, _)) = peer.wants.filter(|(_, from)| *from <= now) else { continue };
            if !peer.connected {
                peer.wants = None;
                continue;
            }
            let crowded = running >= SESSIONS || (!peer.admitted && strangers >= STRANGERS);
            if peer.in_session || crowded {
                continue;
            }
            running += 1;
            strangers += usize::from(!peer.admitted);
            peer.in_session = true;
            peer.wants = None;
            let (context, results, id) = (self.context.clone(), self.results.clone(), *id);
            tokio::spawn(async move {
                let report = session::run(context, id, reach).await;
                let _stopped = results.send(Outcome::Session(report)).await;
            });
        }
    }

    pub(super) async fn on_result(&mut self, result: Outcome) {
        let now = self.context.clock.now();
        match result {
            Outcome::Heard(peer, Heard::Hello(hello)) => self.on_hello(peer, hello, now),
            Outcome::Heard(peer, Heard::Nudge) => {
                if let Some(known) = self.book.peers.get_mut(&peer) {
                    known.want(Reach::Full, now.plus(200 + chance(300)));
                }
            }
            Outcome::Heard(_, Heard::Nothing) => {}
            Outcome::Session(report) => self.on_report(report, now).await,
        }
    }

    pub(super) fn on_hello(&mut self, peer: PeerId, hello: Hello, now: Timestamp) {
        let (organisation, mentors) = (hello.organisation, hello.mentors);
        if let Some(known) = self.book.peers.get_mut(&peer) {
            let (theirs, ours) = (i64::try_from(hello.clock.0), i64::try_from(now.0));
            known.clock_off = theirs.ok().zip(ours.ok()).map(|(theirs, ours)| theirs.saturating_sub(ours));
            known.hello = Some(hello);
        }
        // Only a node that proved to act for an organisation speaks of its number of mentors.
        if self.context.view().organisation_of(&peer) == Some(organisation) {
            self.claimed.send_if_modified(|claimed| {
                let changed = claimed.get(&organisation) != Some(&mentors);
                if changed {
                    Arc::make_mut(claimed).insert(organisation, mentors);
                }
                changed
            });
        }
        let off = self.book.clock_off();
        self.safety.send_if_modified(|safety| std::mem::replace(&mut safety.clock_off, off) != off);
    }

    pub(super) async fn on_report(&mut self, report: Report, now: Timestamp) {
        let id = report.peer;
        if let Some(hello) = report.hello.clone() {
            self.on_hello(id, hello, now);
        }
        let proven = self.context.view().organisation_of(&id);
        let done = report.result.is_ok() && report.compared_own;
        // Whoever says so is asked to confirm when one of them is erased.
        if let Some(holder) = proven.filter(|of| report.holds_ours && *of != self.context.own)
            && let Err(error) = self.desk.note_holder(&holder).await
        {
            tracing::warn!(%error, "could not write down who holds records of ours");
        }
        let Some(known) = self.book.peers.get_mut(&id) else { return };
        known.in_session = false;
        known.organisation = proven;
        match &report.result {
            Ok(()) => {
                known.problem = None;
                tracing::debug!(peer = %id, received = report.received, lacking = report.lacking, "synced");
            }
            Err(error) => {
                let again = match error {
                    SessionError::Clock { .. } | SessionError::Network(_) => MINUTE,
                    SessionError::Forged(_) | SessionError::Malformed(_) => 5 * MINUTE,
                    SessionError::TooLong if known.admitted => 0,
                    SessionError::TooLong => 5 * MINUTE,
                    SessionError::Refused(_) | SessionError::Request(_) | SessionError::Reconcile(_) => 5_000,
                    SessionError::Store(_) | SessionError::Ingest(_) => 5_000,
                };
                tracing::warn!(peer = %id, %error, "a sync session ended early");
                known.problem = Some(error.to_string());
                if known.connected {
                    known.want(Reach::Full, now.plus(again + chance(again)));
                }
            }
        }
        let failure = report.result.as_ref().err().map(ToString::to_string);
        known.last = Some(report);
        if done {
            self.home(HomeFirst::Done).await;
        }
        self.answer_joins(id, proven, failure.as_deref());
        self.remember(id).await;
    }

    /// A session with the node of a ticket ended: it proved its organisation now, or it did not.
    pub(super) fn answer_joins(&mut self, id: PeerId, proven: Option<OrganisationId>, failure: Option<&str>) {
        for (ticket, reply) in self.joins.remove(&id).unwrap_or_default() {
            let named = ticket.organisation;
            let refusal = match (proven, failure) {
                (Some(organisation), _) if organisation == named => None,
                (Some(other), _) => Some(format!(
                    "the node that answered acts for organisation {other}, but the ticket names {named}; nothing was changed"
                )),
                (None, Some(failure)) => Some(failure.to_owned()),
                (None, None) => Some(format!("the node that answered has not proved to act for organisation {named}")),
            };
            let _gone = reply.send(match refusal {
                None => Ok(id),
                Some(detail) => Err(Problem::new(ErrorCode::PeerRefused, detail)),
            });
        }
    }
}
