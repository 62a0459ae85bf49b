//! One honest node: an organisation with a pen, a register, a clock that is a little wrong.

use mentormesh_protocol::chain::Chain;
use mentormesh_protocol::limits::{FETCH_IDS, SETTLE};
use mentormesh_protocol::reconcile::{Accumulator, Session, Set, Step};
use mentormesh_protocol::record::{Body, Record, Withdrawal};
use mentormesh_protocol::rules::next_sequence;
use mentormesh_protocol::testing::{Organisation, Register, Taken, anyone};
use mentormesh_protocol::wire::{Scope, ScopeSummary, SummaryRow, SyncAnswer, SyncRequest};
use mentormesh_protocol::{OrganisationId, RecordId, Slot, Timestamp, Verified};

use crate::random::Random;

/// What one side of a sync session sees of the other: bytes to bytes.
pub(crate) type Ask<'a> = &'a mut dyn FnMut(&[u8]) -> Option<Vec<u8>>;

#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) organisation: Organisation,
    pub(crate) register: Register,
    /// Milliseconds by which its clock is ahead, minus 60,000.
    skew: u64,
    key: usize,
    listings: u64,
    last: u64,
}

impl Node {
    pub(crate) fn new(number: usize, random: &mut Random) -> Self {
        let organisation = Organisation::new(&format!("organisation {number}"));
        let register = Register::new(organisation.network().clone());
        Self { organisation, register, skew: random.below(120_000), key: 0, listings: 0, last: 0 }
    }

    /// What its own clock says.
    pub(crate) const fn clock(&self, now: Timestamp) -> Timestamp {
        now.plus(self.skew).minus(60_000)
    }

    pub(crate) fn accept(&mut self, envelope: &[u8], now: Timestamp) -> Taken {
        let clock = self.clock(now);
        self.register.accept(envelope, clock)
    }

    fn sequence(&mut self, now: Timestamp) -> u64 {
        self.last = next_sequence(self.clock(now), Some(self.last), None);
        self.last
    }

    fn sign(&mut self, about: Vec<u8>, now: Timestamp, body: Body) -> Verified<Record> {
        let sequence = self.sequence(now);
        self.organisation.sign_with(self.key, about, sequence, body)
    }

    /// What every organisation says once, when it begins.
    pub(crate) fn introduce(&mut self, now: Timestamp) -> Vec<Verified<Record>> {
        let (first, second) = (self.sequence(now), self.sequence(now));
        let card = self.organisation.card(first);
        let delegation = self.organisation.delegation(second, &["/ip4/192.0.2.1/tcp/4101"]);
        vec![self.organisation.genesis().clone(), card, delegation]
    }

    /// Does one thing that an organisation does: lists, edits, withdraws, erases or, once, changes its signing key.
    pub(crate) fn write(&mut self, now: Timestamp, random: &mut Random) -> Verified<Record> {
        match random.below(10) {
            0 if self.key == 0 && self.last > 0 => self.rotate(now),
            1 if self.listings > 0 => self.end(now, random, true),
            2 | 3 if self.listings > 0 => self.end(now, random, false),
            4..=6 if self.listings > 0 => {
                let number = random.below(self.listings);
                self.publish(number, now, random)
            }
            _ => {
                self.listings += 1;
                self.publish(self.listings - 1, now, random)
            }
        }
    }

    fn publish(&mut self, number: u64, now: Timestamp, random: &mut Random) -> Verified<Record> {
        let body = self.organisation.profile_body(anyone(random.below(10_000)));
        self.sign(self.organisation.subject(number).0.to_vec(), now, Body::Profile(Box::new(body)))
    }

    fn end(&mut self, now: Timestamp, random: &mut Random, erase: bool) -> Verified<Record> {
        let slot = self.organisation.profile_slot(random.below(self.listings));
        self.sign(slot.withdrawn(), now, Body::Withdrawal(Withdrawal { erase }))
    }

    /// The old key retires now and the new one stands from now on.
    fn rotate(&mut self, now: Timestamp) -> Verified<Record> {
        let at = Timestamp(self.sequence(now));
        let mut keys = self.organisation.keys();
        for notice in &mut keys.signing {
            notice.retired_at = Some(at);
        }
        keys.signing.push(self.organisation.signing_notice(1, at));
        self.key = 1;
        self.organisation.rotate(self.organisation.genesis().id(), &keys, 0, at)
    }

    /// Answers one request of a sync session.
    pub(crate) fn answer(&self, request: &[u8]) -> Vec<u8> {
        let answer = match SyncRequest::decode(request) {
            Ok(SyncRequest::Summary { as_of, .. }) => SyncAnswer::Summary(self.summary(as_of), false),
            Ok(SyncRequest::Reconcile { organisation, scope, as_of, message, .. }) => {
                let members = self.register.members(&organisation, scope, as_of);
                let set = Set::seal(members).expect("a register has each record once");
                set.answer(&message).map_or(SyncAnswer::Noted, |answer| SyncAnswer::Reconcile(answer.into()))
            }
            Ok(SyncRequest::Fetch { ids }) => {
                let envelopes = ids.iter().filter_map(|id| self.register.envelope(id));
                SyncAnswer::Envelopes(envelopes.map(|envelope| envelope.to_vec().into()).collect())
            }
            _ => SyncAnswer::Noted,
        };
        answer.encode()
    }

    fn summary(&self, as_of: Timestamp) -> Vec<SummaryRow> {
        let rows = self.register.organisations().into_iter().map(|organisation| SummaryRow {
            organisation,
            tip: self.register.chain(&organisation).map_or(RecordId(organisation.0), Chain::tip),
            identity: self.scope(&organisation, Scope::Identity, as_of),
            register: Some(self.scope(&organisation, Scope::Register, as_of)),
        });
        rows.collect()
    }

    fn scope(&self, organisation: &OrganisationId, scope: Scope, as_of: Timestamp) -> ScopeSummary {
        let members = self.register.members(organisation, scope, as_of);
        let held: Accumulator = members.iter().map(|(_, id)| id).collect();
        let max_sequence = members.iter().map(|(sequence, _)| *sequence).max().unwrap_or(0);
        ScopeSummary { count: held.count(), fingerprint: held.fingerprint(), max_sequence }
    }

    /// Learns from a peer what it has and this node has not, identity first. A session may break off at any message.
    pub(crate) fn sync(&mut self, theirs_clock: Timestamp, now: Timestamp, ask: Ask<'_>) {
        let as_of = self.clock(now).min(theirs_clock).minus(SETTLE);
        let Some(answer) = ask(&SyncRequest::Summary { as_of, after: None }.encode()) else { return };
        let Ok(SyncAnswer::Summary(rows, _)) = SyncAnswer::decode(&answer) else { return };
        for scope in [Scope::Identity, Scope::Register] {
            for row in &rows {
                let theirs = if scope == Scope::Identity { Some(row.identity) } else { row.register };
                if theirs == Some(self.scope(&row.organisation, scope, as_of)) {
                    continue;
                }
                if !self.fetch(row.organisation, scope, as_of, now, ask) {
                    return;
                }
            }
        }
    }

    /// Compares one organisation's half and takes what is missing; false when the session broke off.
    fn fetch(
        &mut self,
        organisation: OrganisationId,
        scope: Scope,
        as_of: Timestamp,
        now: Timestamp,
        ask: Ask<'_>,
    ) -> bool {
        let Some(missing) = self.compare(organisation, scope, as_of, ask) else { return false };
        for ids in missing.chunks(FETCH_IDS) {
            let request = SyncRequest::Fetch { ids: ids.to_vec() };
            let Some(answer) = ask(&request.encode()) else { return false };
            let Ok(SyncAnswer::Envelopes(envelopes)) = SyncAnswer::decode(&answer) else { return false };
            for envelope in envelopes {
                self.accept(&envelope, now);
            }
        }
        true
    }

    fn compare(
        &self,
        organisation: OrganisationId,
        scope: Scope,
        as_of: Timestamp,
        ask: Ask<'_>,
    ) -> Option<Vec<RecordId>> {
        let set = Set::seal(self.register.members(&organisation, scope, as_of)).expect("each record once");
        let (mut session, mut message) = Session::begin(&set).ok()?;
        loop {
            let request = SyncRequest::Reconcile { organisation, scope, as_of, since: 0, message: message.into() };
            let SyncAnswer::Reconcile(answer) = SyncAnswer::decode(&ask(&request.encode())?).ok()? else { return None };
            match session.step(&answer).ok()? {
                Step::Send(next) => message = next,
                Step::Done(difference) => return Some(difference.missing_here.into_iter().collect()),
            }
        }
    }

    /// The standing record of a slot.
    pub(crate) fn standing(&self, slot: &Slot) -> Option<&Verified<Record>> {
        self.register.standing(slot)
    }
}
