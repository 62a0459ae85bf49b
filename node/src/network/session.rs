//! One sync session, from the side that began it: hello, summary, then identity first for every difference.
//!
//! A session only pulls. What the other side lacks it is told of by a nudge, and pulls in a session of its own.

use std::collections::BTreeSet;
use std::time::Duration;

use mentormesh_protocol::limits::{CLOCK_APART, FETCH_IDS, SETTLE};
use mentormesh_protocol::reconcile::{ReconcileError, Session as Reconciliation, Set, Step};
use mentormesh_protocol::trust::Policy;
use mentormesh_protocol::wire::{Hello, Place, Refusal, Scope, ScopeSummary, SummaryRow, SyncAnswer, SyncRequest};
use mentormesh_protocol::{OrganisationId, PeerId, RecordId, Timestamp};
use mentormesh_swarm::{Protocol, RequestError};

use super::context::{Context, chance, to_swarm};
use crate::ingest::{IngestError, Origin, Verdict};
use crate::store::StoreError;
use crate::view::View;

/// How long a whole session may take. Longer differences are finished by the next one.
const SESSION: Duration = Duration::from_secs(120);
/// Pages of a summary: with 256 rows each, more organisations than a node keeps.
const SUMMARY_PAGES: usize = 8;
/// Pages of a snapshot before the session takes a breath; the next session goes on by reconciliation.
const SNAPSHOT_PAGES: usize = 4_096;

/// How much a session compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Everything.
    Full,
    /// What is newer than this many milliseconds.
    Recent(u64),
    /// One organisation.
    Only(OrganisationId),
}

/// How a session went.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) peer: PeerId,
    pub(super) at: Timestamp,
    pub(super) hello: Option<Hello>,
    pub(super) result: Result<(), SessionError>,
    pub(super) received: u64,
    /// Records that the other side lacks.
    pub(super) lacking: u64,
    pub(super) bytes: u64,
    /// Whether our own organisation was compared.
    pub(super) compared_own: bool,
    /// Whether the peer says that it holds profiles of ours.
    pub(super) holds_ours: bool,
}

/// Why a session ended early.
#[derive(Debug, thiserror::Error)]
pub(super) enum SessionError {
    #[error("{0}")]
    Request(#[from] RequestError),
    #[error("{0}")]
    Refused(#[from] Refusal),
    #[error("clocks are {} minutes apart: theirs {theirs}, ours {ours}", theirs.apart(*ours) / 60_000)]
    Clock { theirs: Timestamp, ours: Timestamp },
    #[error("the other node is on network `{0}`")]
    Network(String),
    #[error("the other node's answer was not of the protocol: {0}")]
    Malformed(String),
    #[error("the other node sent a record that nobody may take: {0:?}")]
    Forged(Verdict),
    #[error("{0}")]
    Reconcile(#[from] ReconcileError),
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("{0}")]
    Ingest(#[from] IngestError),
    #[error("the session took longer than {} seconds; the next one goes on", SESSION.as_secs())]
    TooLong,
}

struct Session {
    context: Context,
    peer: PeerId,
    as_of: Timestamp,
    since: u64,
    only: Option<OrganisationId>,
    claims: OrganisationId,
    report: Report,
}

/// Runs a session and says how it went.
pub(super) async fn run(context: Context, peer: PeerId, reach: Reach) -> Report {
    let at = context.clock.now();
    let report = Report {
        peer,
        at,
        hello: None,
        result: Ok(()),
        received: 0,
        lacking: 0,
        bytes: 0,
        compared_own: false,
        holds_ours: false,
    };
    let only = if let Reach::Only(organisation) = reach { Some(organisation) } else { None };
    let mut session = Session { context, peer, as_of: at, since: 0, only, claims: OrganisationId([0; 32]), report };
    let result = match tokio::time::timeout(SESSION, session.go(reach)).await {
        Ok(result) => result,
        Err(_) => Err(SessionError::TooLong),
    };
    // Only a look at everything shows what a peer has of ours, and only the word of one that we show counts.
    session.report.compared_own &= reach == Reach::Full && session.context.view().admits(&peer);
    session.report.result = result;
    session.report
}

/// Whether a row says that records about mentors are held.
fn holds_some(row: &SummaryRow) -> bool {
    row.register.is_some_and(|register| register.count > 0)
}

impl Session {
    async fn go(&mut self, reach: Reach) -> Result<(), SessionError> {
        let hello = self.hello().await?;
        let admits_us = hello.admits_you;
        if let Reach::Recent(window) = reach {
            self.since = self.as_of.minus(window).0;
        }
        let mut rows = self.summary().await?;
        // A session that is cut short must not always starve the same organisations.
        let start = usize::try_from(chance(rows.len() as u64)).unwrap_or(0);
        rows.rotate_left(start);
        self.report.compared_own = !rows.iter().any(|row| row.organisation == self.context.own);
        let ours = |row: &SummaryRow| row.organisation == self.context.own && holds_some(row);
        self.report.holds_ours = rows.iter().any(ours);
        for row in rows {
            if self.concerns(&row) {
                self.organisation(&row).await?;
            }
        }
        if self.report.lacking > 0 && admits_us {
            self.ask(SyncRequest::Nudge).await?;
        }
        Ok(())
    }

    async fn hello(&mut self) -> Result<Hello, SessionError> {
        let ours = self.context.hello(&self.peer);
        let SyncAnswer::Hello(theirs) = self.ask(SyncRequest::Hello(ours.clone())).await? else {
            return Err(unexpected());
        };
        if theirs.network != ours.network {
            return Err(SessionError::Network(theirs.network));
        }
        if theirs.most_version < ours.least_version || theirs.least_version > ours.most_version {
            return Err(Refusal::Version(theirs.least_version, theirs.most_version).into());
        }
        let now = self.context.clock.now();
        self.report.hello = Some(theirs.clone());
        if theirs.clock.apart(now) > CLOCK_APART {
            return Err(SessionError::Clock { theirs: theirs.clock, ours: now });
        }
        self.as_of = theirs.clock.min(now).minus(SETTLE);
        self.claims = theirs.organisation;
        Ok(theirs)
    }

    async fn summary(&mut self) -> Result<Vec<SummaryRow>, SessionError> {
        let (mut rows, mut after) = (Vec::new(), None);
        for _ in 0..SUMMARY_PAGES {
            let SyncAnswer::Summary(page, more) = self.ask(SyncRequest::Summary { as_of: self.as_of, after }).await?
            else {
                return Err(unexpected());
            };
            after = page.last().map(|row| row.organisation);
            rows.extend(page);
            if !more {
                break;
            }
        }
        Ok(rows)
    }

    /// Whether a row is of an organisation whose records, or at least identity, we may hold.
    fn concerns(&self, row: &SummaryRow) -> bool {
        let view = self.context.view();
        let of = &row.organisation;
        let blocked = view.settings.blocked.contains(of);
        let wanted = view.organisations.contains_key(of)
            || *of == self.claims
            || view.settings.pinned.contains(of)
            || view.settings.policy != Policy::Closed;
        wanted && !blocked && self.only.is_none_or(|only| only == *of)
    }

    /// Identity first: what it brings decides whether the rest is for us.
    async fn organisation(&mut self, row: &SummaryRow) -> Result<(), SessionError> {
        self.scope(&row.organisation, Scope::Identity, &row.identity).await?;
        if let Some(register) = row.register.filter(|_| self.shows(&row.organisation)) {
            self.scope(&row.organisation, Scope::Register, &register).await?;
        }
        if row.organisation == self.context.own {
            self.report.compared_own = true;
        }
        Ok(())
    }

    fn shows(&self, organisation: &OrganisationId) -> bool {
        let view: &View = &self.context.view();
        view.shows(organisation)
    }

    async fn scope(
        &mut self,
        organisation: &OrganisationId,
        scope: Scope,
        theirs: &ScopeSummary,
    ) -> Result<(), SessionError> {
        let ours = self.context.store.summary(organisation, scope, self.as_of)?;
        let same = ours.count == theirs.count && ours.fingerprint == theirs.fingerprint;
        if !same && theirs.count > 0 && ours.count == 0 {
            self.snapshot(organisation, scope).await?;
        } else if !same && theirs.count > 0 {
            self.reconcile(organisation, scope).await?;
        } else if !same {
            self.report.lacking += ours.count;
        }
        self.tail(organisation, scope).await
    }

    async fn reconcile(&mut self, organisation: &OrganisationId, scope: Scope) -> Result<(), SessionError> {
        let members = self.context.store.members(organisation, scope, self.as_of, self.since)?;
        let set = Set::seal(members)?;
        let (mut reconciliation, mut message) = Reconciliation::begin(&set)?;
        let difference = loop {
            let request = SyncRequest::Reconcile {
                organisation: *organisation,
                scope,
                as_of: self.as_of,
                since: self.since,
                message: message.into(),
            };
            let SyncAnswer::Reconcile(answer) = self.ask(request).await? else { return Err(unexpected()) };
            match reconciliation.step(&answer) {
                Ok(Step::Send(next)) => message = next,
                Ok(Step::Done(difference)) => break difference,
                // What was found until then is worth having; the next session finds the rest.
                Err(ReconcileError::Endless) => break reconciliation.found().clone(),
                Err(error) => return Err(error.into()),
            }
        };
        self.report.lacking += difference.missing_there.len() as u64;
        self.fetch(difference.missing_here).await
    }

    /// Fetches by id. An answer may hold fewer envelopes than asked for; one that holds none ends it.
    async fn fetch(&mut self, mut wanted: BTreeSet<RecordId>) -> Result<(), SessionError> {
        while !wanted.is_empty() {
            let ids: Vec<_> = wanted.iter().take(FETCH_IDS).copied().collect();
            let SyncAnswer::Envelopes(envelopes) = self.ask(SyncRequest::Fetch { ids: ids.clone() }).await? else {
                return Err(unexpected());
            };
            if envelopes.is_empty() {
                // The other side no longer holds these; go on with the others.
                ids.iter().for_each(|id| {
                    wanted.remove(id);
                });
                continue;
            }
            let envelopes: Vec<Vec<u8>> = envelopes.into_iter().map(Into::into).collect();
            for envelope in &envelopes {
                if !wanted.remove(&RecordId(mentormesh_protocol::key::sha256(envelope))) {
                    return Err(SessionError::Malformed("a record that was not asked for".to_owned()));
                }
            }
            self.take(envelopes).await?;
        }
        Ok(())
    }

    async fn snapshot(&mut self, organisation: &OrganisationId, scope: Scope) -> Result<(), SessionError> {
        let mut after: Option<Place> = None;
        for _ in 0..SNAPSHOT_PAGES {
            let request = SyncRequest::Snapshot { organisation: *organisation, scope, as_of: self.as_of, after };
            let SyncAnswer::Snapshot(envelopes, next) = self.ask(request).await? else { return Err(unexpected()) };
            self.take(envelopes.into_iter().map(Into::into).collect()).await?;
            let Some(next) =
                next.filter(|next| after.is_none_or(|after| (next.sequence, next.id) > (after.sequence, after.id)))
            else {
                break;
            };
            after = Some(next);
        }
        Ok(())
    }

    async fn tail(&mut self, organisation: &OrganisationId, scope: Scope) -> Result<(), SessionError> {
        let request = SyncRequest::Tail { organisation: *organisation, scope, as_of: self.as_of };
        let SyncAnswer::Tail(ids) = self.ask(request).await? else { return Err(unexpected()) };
        self.report.holds_ours |= *organisation == self.context.own && scope == Scope::Register && !ids.is_empty();
        let mut wanted = BTreeSet::new();
        for id in ids {
            if !self.context.store.contains(&id)? {
                wanted.insert(id);
            }
        }
        self.fetch(wanted).await
    }

    async fn take(&mut self, envelopes: Vec<Vec<u8>>) -> Result<(), SessionError> {
        if envelopes.is_empty() {
            return Ok(());
        }
        let origin = Origin::Sync { peer: self.peer, as_of: self.as_of, claims: self.claims };
        for verdict in self.context.ingest.accept(envelopes, origin).await? {
            if verdict.is_fault() {
                return Err(SessionError::Forged(verdict));
            }
            self.report.received += u64::from(verdict == Verdict::Stored);
        }
        Ok(())
    }

    async fn ask(&mut self, request: SyncRequest) -> Result<SyncAnswer, SessionError> {
        let bytes = request.encode();
        self.report.bytes += bytes.len() as u64;
        let answer = self.context.swarm.request(to_swarm(&self.peer), Protocol::Sync, bytes).await?;
        self.report.bytes += answer.len() as u64;
        let answer = SyncAnswer::decode(&answer).map_err(|error| SessionError::Malformed(error.to_string()))?;
        if let SyncAnswer::Refused(refusal) = answer { Err(refusal.into()) } else { Ok(answer) }
    }
}

fn unexpected() -> SessionError {
    SessionError::Malformed("an answer to another question".to_owned())
}
