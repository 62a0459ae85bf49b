//! The exchange: where an introduction stands, as a function of its letters and the time.
//!
//! Both nodes hold the same letters sooner or later, in whatever order they came, and the same letters give the same
//! state. Nothing is remembered but letters and how the request fares on its way. Steps that crossed are settled by
//! precedence: blocked, withdrawn, declined, accepted, exploring, expired. A step counts if it was written before
//! the wait ended, even when it arrives after.

use super::envelope::whole_day;
use super::fact::{Fact, What};
use super::letter::Side;
use super::state::{Delivery, State};
use crate::key::{LetterId, MessageId};
use crate::limits::{EXPLORING_LIFETIME, LATE_ARRIVAL, QUESTION_EXTENDS, QUESTIONS, STEPS};
use crate::time::Timestamp;

/// What becomes of a letter that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is new and counts.
    New,
    /// It is here already.
    Duplicate,
    /// It came after the last moment at which it counts.
    Late,
    /// It has no place in this exchange.
    Wrong,
}

/// Why a step cannot be taken now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotNow {
    /// It belongs to the other side.
    #[error("only the {} can do this", match .0 { Side::Mentee => "mentee", Side::Mentor => "mentor" })]
    OtherSide(Side),
    /// The introduction is over.
    #[error("this introduction is {} and cannot change any more", .0.as_str())]
    Over(State),
    /// A question is open.
    #[error("a question waits for its answer already")]
    Asked,
    /// All questions were asked.
    #[error("{QUESTIONS} questions were asked, which is the most; accept or decline")]
    NoMoreQuestions,
    /// There is no open question.
    #[error("there is no question to answer")]
    NothingAsked,
    /// A first call is agreed.
    #[error("a first call is agreed already; accept or decline after it")]
    Exploring,
    /// There is no yes to answer with a contact.
    #[error("contact details follow a yes, once")]
    NoYes,
}

/// All letters of one introduction, as one side knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// By step, then by when written: a letter follows what its sender knew, whatever the two clocks say.
    facts: Vec<Fact>,
    delivery: Delivery,
}

/// What the letters amount to.
#[derive(Default)]
struct Sum {
    expires_at: Timestamp,
    questions: usize,
    open_question: bool,
    answered: bool,
    exploring: bool,
    accepted: bool,
    declined: bool,
    blocked: bool,
    withdrawn: bool,
    superseded: bool,
}

impl Exchange {
    /// Begins with a request: at the mentee's node `Queued`, at the mentor's `Delivered`.
    #[must_use]
    pub fn begin(request: Fact, delivery: Delivery) -> Self {
        Self { facts: vec![request], delivery }
    }

    /// Every letter, the request first, then by step.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// How the request fares.
    #[must_use]
    pub const fn delivery(&self) -> Delivery {
        self.delivery
    }

    /// Notes how the request fares. The first word against it stays, until there is proof that it arrived: a receipt
    /// that says so, or any letter of the mentor's. Proof stays, so the order in which these come changes nothing.
    pub fn deliver(&mut self, delivery: Delivery) {
        let rank = |delivery| match delivery {
            Delivery::Queued => 0,
            Delivery::Relayed => 1,
            Delivery::NotRecognised | Delivery::Refused(_) | Delivery::Undeliverable => 2,
            Delivery::Delivered => 3,
            Delivery::Notified => 4,
        };
        if rank(delivery) > rank(self.delivery) {
            self.delivery = delivery;
        }
    }

    /// Adds a letter: one's own when it is written, another's after [`Exchange::take`] said that it is new.
    pub fn add(&mut self, fact: Fact) {
        if !self.facts.iter().any(|known| known.message == fact.message) {
            self.facts.push(fact);
            if let Some((_, later)) = self.facts.split_first_mut() {
                later.sort_by_key(|fact| (fact.step, fact.issued_at, fact.message));
            }
        }
        if fact.what.side() == Side::Mentor {
            self.deliver(Delivery::Delivered);
        }
    }

    /// Takes a letter of one's own back out, because the other side said that it does not count there.
    pub fn remove(&mut self, message: &MessageId) {
        if let Some(request) = self.facts.first().copied() {
            self.facts.retain(|fact| fact.message != *message);
            if request.message == *message {
                self.facts.insert(0, request);
            }
        }
    }

    /// What becomes of a letter of the other side that arrives now.
    #[must_use]
    pub fn take(&self, fact: &Fact, from: Side, now: Timestamp) -> Taken {
        if self.facts.iter().any(|known| known.message == fact.message) {
            return Taken::Duplicate;
        }
        if fact.what.side() != from || self.is_out_of_place(fact) {
            return Taken::Wrong;
        }
        if now > self.arrives_by(fact) {
            return Taken::Late;
        }
        Taken::New
    }

    /// Whether no honest node writes this into this exchange. Keeps what the other side can make this one store, and
    /// how far it can move the wait or the steps, within bounds.
    fn is_out_of_place(&self, fact: &Fact) -> bool {
        let furthest = QUESTION_EXTENDS.saturating_mul(QUESTIONS as u64).saturating_add(EXPLORING_LIFETIME);
        let most = self.facts.first().map_or(Timestamp(0), |request| request.expires_at.plus(furthest));
        let Some(allowed) = fact.what.at_most() else { return true };
        let alike = self.facts.iter().filter(|known| known.what.as_str() == fact.what.as_str()).count();
        let follows = self.facts.iter().find(|known| Some(known.letter) == fact.previous);
        let misplaced = follows.is_some_and(|known| known.step.saturating_add(1) != fact.step);
        alike >= allowed || misplaced || fact.step > STEPS || fact.expires_at > most
    }

    /// Until when a letter of the other side may arrive: fourteen days after the end of the wait, as the letters here
    /// have it and not as a sender claims. Contact details follow a yes, and are no longer a matter of the wait.
    fn arrives_by(&self, fact: &Fact) -> Timestamp {
        match fact.what {
            What::Contact => fact.arrives_by,
            What::Request
            | What::Question
            | What::Answer
            | What::Explore
            | What::Accept
            | What::Decline { .. }
            | What::Withdraw { .. } => fact.arrives_by.min(whole_day(self.expires_at().plus(LATE_ARRIVAL))),
        }
    }

    /// Whether one side may do something now.
    ///
    /// # Errors
    /// Why not.
    pub fn may(&self, side: Side, what: What, now: Timestamp) -> Result<(), NotNow> {
        if what.side() != side {
            return Err(NotNow::OtherSide(what.side()));
        }
        let (state, sum) = (self.state(now), self.sum());
        if what == What::Contact {
            let sent = self.facts.iter().any(|fact| fact.what == What::Contact);
            return if state == State::Accepted && !sent { Ok(()) } else { Err(NotNow::NoYes) };
        }
        if !state.is_open() {
            return Err(NotNow::Over(state));
        }
        match what {
            What::Question if state == State::Question => Err(NotNow::Asked),
            What::Question if state == State::Exploring => Err(NotNow::Exploring),
            What::Question if sum.questions >= QUESTIONS => Err(NotNow::NoMoreQuestions),
            What::Answer if state != State::Question => Err(NotNow::NothingAsked),
            What::Explore if sum.exploring => Err(NotNow::Exploring),
            What::Request => Err(NotNow::Over(state)),
            What::Question
            | What::Answer
            | What::Explore
            | What::Accept
            | What::Decline { .. }
            | What::Contact
            | What::Withdraw { .. } => Ok(()),
        }
    }

    /// Step and predecessor of the next letter.
    #[must_use]
    pub fn next(&self) -> (u16, Option<LetterId>) {
        let last = self.facts.iter().max_by_key(|fact| (fact.step, fact.letter));
        (last.map_or(1, |last| last.step.saturating_add(1)), last.map(|last| last.letter))
    }

    /// The end of the wait, as far as the letters here tell.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.sum().expires_at
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> State {
        let sum = self.sum();
        match self.delivery {
            Delivery::NotRecognised | Delivery::Refused(_) if !sum.withdrawn => return State::Refused,
            Delivery::Undeliverable if !sum.withdrawn => return State::Undeliverable,
            Delivery::Queued
            | Delivery::Relayed
            | Delivery::Delivered
            | Delivery::Notified
            | Delivery::NotRecognised
            | Delivery::Refused(_)
            | Delivery::Undeliverable => {}
        }
        if sum.blocked {
            State::Blocked
        } else if sum.withdrawn {
            if sum.superseded { State::Superseded } else { State::Withdrawn }
        } else if sum.declined {
            State::Declined
        } else if sum.accepted {
            State::Accepted
        } else if now > sum.expires_at {
            State::Expired
        } else if sum.exploring {
            State::Exploring
        } else if sum.open_question {
            State::Question
        } else if sum.answered {
            State::Answered
        } else {
            match self.delivery {
                Delivery::Queued => State::Queued,
                Delivery::Relayed => State::Relayed,
                Delivery::Notified => State::Notified,
                Delivery::Delivered | Delivery::NotRecognised | Delivery::Refused(_) | Delivery::Undeliverable => {
                    State::Delivered
                }
            }
        }
    }

    fn sum(&self) -> Sum {
        let mut sum = Sum::default();
        for fact in &self.facts {
            if fact.what == What::Request {
                sum.expires_at = fact.expires_at;
                continue;
            }
            if fact.issued_at > sum.expires_at {
                continue;
            }
            match fact.what {
                What::Question if sum.questions < QUESTIONS => {
                    sum.questions += 1;
                    sum.open_question = true;
                    sum.expires_at = sum.expires_at.plus(QUESTION_EXTENDS);
                }
                What::Answer => {
                    sum.open_question = false;
                    sum.answered = true;
                }
                What::Explore if !sum.exploring => {
                    sum.exploring = true;
                    sum.expires_at = sum.expires_at.max(fact.issued_at.plus(EXPLORING_LIFETIME));
                }
                What::Accept => sum.accepted = true,
                What::Decline { blocked } => {
                    sum.declined = true;
                    sum.blocked |= blocked;
                }
                What::Withdraw { superseded } => {
                    sum.withdrawn = true;
                    sum.superseded |= superseded;
                }
                What::Question | What::Explore | What::Request | What::Contact => {}
            }
        }
        sum
    }
}
