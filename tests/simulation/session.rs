//! One sync session from the side that began it: hello, summary, then identity first for every difference.
//!
//! A session is fed answers and says what to do next. Between an answer that brought envelopes and the next question
//! they become durable. It knows nothing of latency; whoever carries its questions gives up waiting.

use std::collections::{BTreeSet, VecDeque};

use mentormesh_protocol::limits::{CLOCK_APART, FETCH_IDS, SETTLE};
use mentormesh_protocol::reconcile::{ReconcileError, Session as Reconciliation, Set, Step};
use mentormesh_protocol::testing::Register;
use mentormesh_protocol::wire::{Hello, Scope, ScopeSummary, SummaryRow, SyncAnswer, SyncRequest};
use mentormesh_protocol::{OrganisationId, RecordId, Timestamp};

use crate::network::id_of;

/// How long a session may take.
const LONGEST: u64 = 120_000;

/// What to do next.
#[derive(Debug)]
pub(crate) enum Next {
    Ask(SyncRequest),
    /// Take these in, and go on when they are durable.
    Take(Vec<Vec<u8>>),
    End(End),
}

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum End {
    Complete,
    /// The other clock is too far away.
    Clock,
    /// What was answered is not of the protocol, or was not asked for.
    Malformed,
    TooLong,
}

#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) number: u64,
    pub(crate) peer: usize,
    /// How many questions were asked.
    pub(crate) asked: u64,
    began: Timestamp,
    as_of: Timestamp,
    rows: VecDeque<(OrganisationId, Scope, ScopeSummary)>,
    stage: Stage,
    wanted: BTreeSet<RecordId>,
    /// By how much the other clock is ahead, once known: ours and theirs.
    pub(crate) clocks: Option<(Timestamp, Timestamp)>,
    /// The other side kept a reconciliation going until it was given up.
    pub(crate) endless: u32,
}

#[derive(Debug)]
enum Stage {
    Hello,
    Summary,
    /// Everything the other side answered; the reconciliation is replayed from its beginning, because it is a
    /// function of these answers.
    Reconcile(OrganisationId, Scope, Set, Vec<Vec<u8>>),
    Fetch,
}

impl Session {
    pub(crate) fn begin(number: u64, peer: usize, ours: Hello, now: Timestamp) -> (Self, SyncRequest) {
        let (rows, wanted) = (VecDeque::new(), BTreeSet::new());
        let session = Self {
            number,
            peer,
            asked: 1,
            began: now,
            as_of: ours.clock,
            rows,
            stage: Stage::Hello,
            wanted,
            clocks: None,
            endless: 0,
        };
        (session, SyncRequest::Hello(ours))
    }

    /// Takes the answer to the last question. `first` turns the order of organisations, so that a session that is cut
    /// short does not always starve the same ones.
    pub(crate) fn answered(&mut self, answer: &[u8], first: u64, register: &Register, now: Timestamp) -> Next {
        if now.0 > self.began.0 + LONGEST {
            return Next::End(End::TooLong);
        }
        let Ok(answer) = SyncAnswer::decode(answer) else { return Next::End(End::Malformed) };
        let next = match (&mut self.stage, answer) {
            (Stage::Hello, SyncAnswer::Hello(theirs)) => self.greeted(&theirs),
            (Stage::Hello, SyncAnswer::Refused(_)) => Next::End(End::Clock),
            (Stage::Summary, SyncAnswer::Summary(rows, _)) => {
                self.plan(&rows, first, register);
                self.resume(register)
            }
            (Stage::Reconcile(.., answers), SyncAnswer::Reconcile(message)) => {
                answers.push(message.into());
                self.compare(register)
            }
            (Stage::Fetch, SyncAnswer::Envelopes(envelopes)) => {
                let envelopes = envelopes.into_iter().map(Vec::from).collect();
                self.fetched(envelopes, register)
            }
            _ => Next::End(End::Malformed),
        };
        self.asked += 1;
        next
    }

    fn greeted(&mut self, theirs: &Hello) -> Next {
        let ours = self.as_of;
        self.clocks = Some((ours, theirs.clock));
        if theirs.clock.apart(ours) > CLOCK_APART {
            return Next::End(End::Clock);
        }
        self.as_of = theirs.clock.min(ours).minus(SETTLE);
        self.stage = Stage::Summary;
        Next::Ask(SyncRequest::Summary { as_of: self.as_of, after: None })
    }

    fn plan(&mut self, rows: &[SummaryRow], first: u64, register: &Register) {
        let shown = rows.iter().filter(|row| register.shows(&row.organisation));
        for row in shown {
            self.rows.push_back((row.organisation, Scope::Identity, row.identity));
            if let Some(theirs) = row.register {
                self.rows.push_back((row.organisation, Scope::Register, theirs));
            }
        }
        if !self.rows.is_empty() {
            let pairs = self.rows.len() as u64 / 2;
            let turn = first % pairs.max(1) * 2;
            self.rows.rotate_left(usize::try_from(turn).unwrap_or(0) % self.rows.len());
        }
    }

    /// Goes on once all that was taken is durable.
    pub(crate) fn resume(&mut self, register: &Register) -> Next {
        if !self.wanted.is_empty() {
            return self.fetch();
        }
        while let Some((organisation, scope, theirs)) = self.rows.pop_front() {
            let ours = register.summary(&organisation, scope, self.as_of);
            let same = ours.count == theirs.count && ours.fingerprint == theirs.fingerprint;
            if !same && theirs.count > 0 {
                let Ok(set) = Set::seal(register.members(&organisation, scope, self.as_of)) else {
                    return Next::End(End::Malformed);
                };
                self.stage = Stage::Reconcile(organisation, scope, set, Vec::new());
                return self.compare(register);
            }
        }
        Next::End(End::Complete)
    }

    fn compare(&mut self, register: &Register) -> Next {
        let Stage::Reconcile(organisation, scope, set, answers) = &self.stage else {
            return Next::End(End::Malformed);
        };
        let (organisation, scope) = (*organisation, *scope);
        let Ok((mut reconciliation, mut message)) = Reconciliation::begin(set) else {
            return Next::End(End::Malformed);
        };
        for answer in answers {
            match reconciliation.step(answer) {
                Ok(Step::Send(next)) => message = next,
                Ok(Step::Done(difference)) => {
                    self.wanted = difference.missing_here;
                    return self.resume(register);
                }
                // What was found until then is worth having.
                Err(ReconcileError::Endless) => {
                    self.wanted = reconciliation.found().missing_here.clone();
                    self.endless += 1;
                    return self.resume(register);
                }
                Err(ReconcileError::Malformed(_)) => return Next::End(End::Malformed),
            }
        }
        let message = message.into();
        Next::Ask(SyncRequest::Reconcile { organisation, scope, as_of: self.as_of, since: 0, message })
    }

    fn fetch(&mut self) -> Next {
        self.stage = Stage::Fetch;
        Next::Ask(SyncRequest::Fetch { ids: self.wanted.iter().take(FETCH_IDS).copied().collect() })
    }

    /// An answer may hold fewer envelopes than asked for, none that was not; one that holds none ends these.
    fn fetched(&mut self, envelopes: Vec<Vec<u8>>, register: &Register) -> Next {
        if envelopes.is_empty() {
            let asked: Vec<_> = self.wanted.iter().take(FETCH_IDS).copied().collect();
            asked.iter().for_each(|id| {
                self.wanted.remove(id);
            });
            return self.resume(register);
        }
        if envelopes.iter().all(|envelope| self.wanted.remove(&id_of(envelope))) {
            Next::Take(envelopes)
        } else {
            Next::End(End::Malformed)
        }
    }
}
