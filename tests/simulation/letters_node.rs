//! A node of two people's organisations, as far as letters go: a desk that survives, and nothing else that does.
//!
//! What a desk does is a transaction: it happens as a whole before anybody is told, or not at all.

use std::collections::BTreeMap;

use mentormesh_protocol::introduction::{Delivery, Exchange, Fact, Outcome, Refused, Side, State, Taken, What};
use mentormesh_protocol::limits::{
    CLOCK_AHEAD_ADMITTED, INTRODUCTION_LIFETIME, LATE_ARRIVAL, MINUTE, OUTCOME_REMEMBERED,
};
use mentormesh_protocol::{LetterId, MessageId, Timestamp};

/// A sealed letter: each time it is sealed it is another copy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Envelope {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) introduction: u64,
    pub(crate) fact: Fact,
    pub(crate) copy: u32,
}

/// A signed word about an envelope.
#[derive(Clone, Debug)]
pub(crate) struct Receipt {
    pub(crate) message: MessageId,
    pub(crate) outcome: Outcome,
}

/// When a node dies in the middle of what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Crash {
    No,
    /// Before anything is on its disk.
    Before,
    /// When all is on its disk and nobody was told.
    After,
}

#[derive(Clone, Debug)]
struct Row {
    introduction: u64,
    fact: Fact,
    attempts: u32,
    kept: bool,
    next_at: Timestamp,
}

/// What survives.
#[derive(Clone, Debug, Default)]
struct Desk {
    exchanges: BTreeMap<u64, (Side, Exchange)>,
    seen: BTreeMap<MessageId, (Outcome, Timestamp)>,
    outbox: Vec<Row>,
    /// Which letters its envelopes were, also when a final word was heard: a better one may follow.
    sent: BTreeMap<MessageId, (u64, Fact)>,
    /// How often somebody was shown a letter.
    shown: BTreeMap<MessageId, u32>,
    removed: u32,
}

#[derive(Clone, Debug)]
pub(crate) struct Node {
    number: usize,
    desk: Desk,
    /// By how much its clock is ahead, and behind.
    pub(crate) clock: (u64, u64),
    pub(crate) down_until: Timestamp,
    /// Whether it shows the other organisation, and whether it has room for a request.
    pub(crate) shows: bool,
    pub(crate) has_room: bool,
    pub(crate) crash: Crash,
}

impl Node {
    pub(crate) fn new(number: usize) -> Self {
        Self {
            number,
            desk: Desk::default(),
            clock: (0, 0),
            down_until: Timestamp(0),
            shows: true,
            has_room: true,
            crash: Crash::No,
        }
    }

    const fn now(&self, now: Timestamp) -> Timestamp {
        now.plus(self.clock.0).minus(self.clock.1)
    }

    /// Does something as a whole or not at all; none when the node died before it could say so.
    fn transaction<T>(&mut self, act: impl FnOnce(&mut Desk) -> T) -> Option<T> {
        let mut desk = self.desk.clone();
        let done = act(&mut desk);
        let crash = std::mem::replace(&mut self.crash, Crash::No);
        if crash != Crash::Before {
            self.desk = desk;
        }
        (crash == Crash::No).then_some(done)
    }

    /// A mentee of this node's asks.
    pub(crate) fn ask(&mut self, introduction: u64, message: MessageId, now: Timestamp) {
        let clock = self.now(now);
        let expires_at = clock.plus(INTRODUCTION_LIFETIME);
        let fact = fact(message, What::Request, (1, None), clock, expires_at);
        self.transaction(|desk| {
            desk.exchanges.insert(introduction, (Side::Mentee, Exchange::begin(fact, Delivery::Queued)));
            desk.post(introduction, fact, now);
        });
    }

    /// One side takes a step, if it may by its own clock.
    pub(crate) fn step(&mut self, introduction: u64, what: What, message: MessageId, now: Timestamp) {
        let clock = self.now(now);
        self.transaction(|desk| desk.step(introduction, what, message, clock, now));
    }

    /// A letter comes: what is answered, if anything.
    pub(crate) fn receive(&mut self, envelope: &Envelope, answer_id: MessageId, now: Timestamp) -> Option<Receipt> {
        let (clock, shows, has_room) = (self.now(now), self.shows, self.has_room);
        if envelope.fact.issued_at > clock.plus(CLOCK_AHEAD_ADMITTED) {
            return None;
        }
        let outcome = self.transaction(|desk| {
            let outcome = desk.take(envelope, shows, has_room, clock);
            desk.step(envelope.introduction, What::Contact, answer_id, clock, now);
            outcome
        })?;
        Some(Receipt { message: envelope.fact.message, outcome })
    }

    /// What the recipient's node, or a relay, says of a letter of one's own; whether it lived to note it.
    pub(crate) fn learn(&mut self, receipt: &Receipt, now: Timestamp) -> bool {
        let clock = self.now(now);
        self.transaction(|desk| desk.learn(receipt, clock)).is_some()
    }

    /// Envelopes to hand over now: of each introduction the oldest letter that waits, so that none overtakes.
    pub(crate) fn due(&mut self, now: Timestamp) -> Vec<Envelope> {
        let (from, to) = (self.number, 1 - self.number);
        let mut begun = Vec::new();
        let mut due = Vec::new();
        for row in &mut self.desk.outbox {
            if begun.contains(&row.introduction) {
                continue;
            }
            begun.push(row.introduction);
            if row.next_at <= now {
                row.attempts += 1;
                let wait = if row.kept { 30 * MINUTE } else { (2_000 << row.attempts.min(9)).min(10 * MINUTE) };
                row.next_at = now.plus(wait);
                due.push(Envelope { from, to, introduction: row.introduction, fact: row.fact, copy: row.attempts });
            }
        }
        due
    }

    /// Forgets outcomes when their time is over; only with a clock that others agree with.
    pub(crate) fn forget(&mut self, now: Timestamp) {
        if self.clock == (0, 0) {
            self.desk.seen.retain(|_, (_, until)| now <= *until);
        }
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.desk.outbox.is_empty()
    }

    /// Contact details that the other side lacks are written again.
    pub(crate) fn answer_every_yes(&mut self, mut id: impl FnMut() -> MessageId, now: Timestamp) {
        let introductions: Vec<_> = self.desk.exchanges.keys().copied().collect();
        introductions.into_iter().for_each(|number| self.step(number, What::Contact, id(), now));
    }

    pub(crate) fn exchange(&self, introduction: u64) -> Option<&Exchange> {
        self.desk.exchanges.get(&introduction).map(|(_, exchange)| exchange)
    }

    pub(crate) fn introductions(&self) -> Vec<(u64, Side)> {
        self.desk.exchanges.iter().map(|(number, (side, _))| (*number, *side)).collect()
    }

    pub(crate) fn shown(&self, message: &MessageId) -> u32 {
        self.desk.shown.get(message).copied().unwrap_or(0)
    }

    pub(crate) const fn removed(&self) -> u32 {
        self.desk.removed
    }

    /// Whether this side shows the other's contact details.
    pub(crate) fn shows_contact(&self, introduction: u64, now: Timestamp) -> bool {
        self.desk.exchanges.get(&introduction).is_some_and(|(side, exchange)| {
            let gives = if *side == Side::Mentee { What::Accept } else { What::Contact };
            exchange.state(now) == State::Accepted && exchange.facts().iter().any(|fact| fact.what == gives)
        })
    }
}

impl Desk {
    fn post(&mut self, introduction: u64, fact: Fact, now: Timestamp) {
        self.outbox.push(Row { introduction, fact, attempts: 0, kept: false, next_at: now });
        self.sent.insert(fact.message, (introduction, fact));
        *self.shown.entry(fact.message).or_default() += 1;
    }

    fn step(&mut self, introduction: u64, what: What, message: MessageId, clock: Timestamp, now: Timestamp) {
        let Some((side, exchange)) = self.exchanges.get_mut(&introduction) else { return };
        if exchange.may(*side, what, clock).is_ok() {
            let fact = fact(message, what, exchange.next(), clock, exchange.expires_at());
            exchange.add(fact);
            self.post(introduction, fact, now);
        }
    }

    fn take(&mut self, envelope: &Envelope, shows: bool, has_room: bool, clock: Timestamp) -> Outcome {
        let fact = envelope.fact;
        if let Some((outcome, _)) = self.seen.get(&fact.message) {
            return outcome.clone();
        }
        let begins = fact.what == What::Request;
        let outcome = match self.exchanges.get_mut(&envelope.introduction) {
            Some((side, exchange)) => match exchange.take(&fact, side.other(), clock) {
                Taken::New => {
                    exchange.add(fact);
                    *self.shown.entry(fact.message).or_default() += 1;
                    Outcome::Delivered
                }
                Taken::Duplicate => Outcome::Delivered,
                Taken::Late => Outcome::Late,
                Taken::Wrong => Outcome::Refused(Refused::Malformed),
            },
            None if !shows => return Outcome::NotRecognised,
            None if !begins => Outcome::Refused(Refused::NoIntroduction),
            None if clock > fact.arrives_by => Outcome::Late,
            None if !has_room => Outcome::Refused(Refused::InboxFull),
            None => {
                let exchange = Exchange::begin(fact, Delivery::Delivered);
                self.exchanges.insert(envelope.introduction, (Side::Mentor, exchange));
                *self.shown.entry(fact.message).or_default() += 1;
                Outcome::Delivered
            }
        };
        let until = fact.arrives_by.plus(OUTCOME_REMEMBERED);
        self.seen.insert(fact.message, (outcome.clone(), until));
        outcome
    }

    fn learn(&mut self, receipt: &Receipt, now: Timestamp) {
        let Some((introduction, fact)) = self.sent.get(&receipt.message).copied() else { return };
        let Some((_, exchange)) = self.exchanges.get_mut(&introduction) else { return };
        let begins = fact.what == What::Request;
        let is_too_late = receipt.outcome == Outcome::Late && now > fact.arrives_by;
        let fares = match &receipt.outcome {
            Outcome::Kept(_) => {
                let row = self.outbox.iter_mut().find(|row| row.fact.message == receipt.message);
                row.into_iter().for_each(|row| row.kept = true);
                if begins {
                    exchange.deliver(Delivery::Relayed);
                }
                return;
            }
            Outcome::NotRecognised if !begins => return,
            Outcome::NotRecognised => Delivery::NotRecognised,
            Outcome::Delivered => Delivery::Delivered,
            Outcome::Late | Outcome::Unopenable(_) => Delivery::Undeliverable,
            Outcome::Refused(why) => Delivery::Refused(*why),
        };
        if begins {
            exchange.deliver(fares);
        } else if fares != Delivery::Delivered && (!is_a_no(fact.what) || is_too_late) {
            exchange.remove(&receipt.message);
            self.removed += 1;
        }
        self.outbox.retain(|row| row.fact.message != receipt.message);
    }
}

/// A no needs nobody's consent.
const fn is_a_no(what: What) -> bool {
    matches!(what, What::Decline { .. } | What::Withdraw { .. })
}

fn fact(
    message: MessageId,
    what: What,
    (step, previous): (u16, Option<LetterId>),
    issued_at: Timestamp,
    expires_at: Timestamp,
) -> Fact {
    let mut letter = [0; 32];
    letter.iter_mut().zip(message.0).for_each(|(to, from)| *to = from);
    let exact = match what {
        What::Request => expires_at,
        What::Contact | What::Withdraw { .. } => expires_at.max(issued_at).plus(LATE_ARRIVAL),
        What::Question | What::Answer | What::Explore | What::Accept | What::Decline { .. } => {
            expires_at.plus(LATE_ARRIVAL)
        }
    };
    let day = 24 * 60 * MINUTE;
    let arrives_by = Timestamp(exact.0.div_ceil(day) * day);
    Fact { message, letter: LetterId(letter), what, step, previous, issued_at, expires_at, arrives_by }
}
