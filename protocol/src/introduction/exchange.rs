//! The exchange: where an introduction stands, as a function of its letters and the time.
//!
//! Both nodes hold the same letters sooner or later, in whatever order they came, and the same letters give the same
//! state. Nothing is remembered but letters and how the request fares on its way. Steps that crossed are settled by
//! precedence: blocked, withdrawn, declined, accepted, exploring, expired. A step counts if it was written before
//! the wait ended, even when it arrives after.

use serde::{Deserialize, Serialize};

use super::letter::{DeclineReason, Letter, LetterBody, Side};
use super::receipt::Refused;
use crate::key::{LetterId, MessageId};
use crate::limits::{EXPLORING_LIFETIME, QUESTION_EXTENDS, QUESTIONS};
use crate::time::Timestamp;

/// Where an introduction stands; the same words on both nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits at the mentee's node for the other node.
    Queued,
    /// A relay keeps it for the other node.
    Relayed,
    /// The mentor's node has it.
    Delivered,
    /// The mentor was told.
    Notified,
    /// The mentor asked something.
    Question,
    /// The mentee answered.
    Answered,
    /// A short first call is agreed.
    Exploring,
    /// The mentor said yes; each side has the other's contact.
    Accepted,
    /// The mentor said no.
    Declined,
    /// The mentor's node refused the request by a rule.
    Refused,
    /// Nobody answered in time.
    Expired,
    /// The mentee took it back.
    Withdrawn,
    /// The mentee took it back because another mentor said yes.
    Superseded,
    /// The mentor wants no further request of this person.
    Blocked,
    /// It could not be brought to the mentor.
    Undeliverable,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 15] = [
        Self::Queued,
        Self::Relayed,
        Self::Delivered,
        Self::Notified,
        Self::Question,
        Self::Answered,
        Self::Exploring,
        Self::Accepted,
        Self::Declined,
        Self::Refused,
        Self::Expired,
        Self::Withdrawn,
        Self::Superseded,
        Self::Blocked,
        Self::Undeliverable,
    ];

    /// The word as people and JSON write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Relayed => "relayed",
            Self::Delivered => "delivered",
            Self::Notified => "notified",
            Self::Question => "question",
            Self::Answered => "answered",
            Self::Exploring => "exploring",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
            Self::Superseded => "superseded",
            Self::Blocked => "blocked",
            Self::Undeliverable => "undeliverable",
        }
    }

    /// Whether somebody still has to say something.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::Queued
            | Self::Relayed
            | Self::Delivered
            | Self::Notified
            | Self::Question
            | Self::Answered
            | Self::Exploring => true,
            Self::Accepted
            | Self::Declined
            | Self::Refused
            | Self::Expired
            | Self::Withdrawn
            | Self::Superseded
            | Self::Blocked
            | Self::Undeliverable => false,
        }
    }
}

impl std::str::FromStr for State {
    type Err = crate::invalid::Invalid;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.as_str() == word).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|state| state.as_str()).collect();
            crate::invalid::Invalid::new("state", format!("`{word}` is none of {}", known.join(", ")))
        })
    }
}

/// How the request fares on its way. The mentor's side begins at `Delivered`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Not handed over yet.
    Queued,
    /// A relay keeps it.
    Relayed,
    /// The recipient's receipt is here.
    Delivered,
    /// The mentor was told (mentor's side only).
    Notified,
    /// The recipient does not show the sender's organisation.
    NotRecognised,
    /// The recipient refused it by a rule.
    Refused(Refused),
    /// There is nobody to bring it to, or it came too late.
    Undeliverable,
}

/// What a letter does, without its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Asks.
    Request,
    /// Asks back.
    Question,
    /// Answers a question.
    Answer,
    /// Agrees to a first call.
    Explore,
    /// Says yes.
    Accept,
    /// Says no.
    Decline {
        /// For good.
        blocked: bool,
    },
    /// Gives the mentee's contact.
    Contact,
    /// Takes the request back.
    Withdraw {
        /// Because another mentor said yes.
        superseded: bool,
    },
}

impl What {
    /// What a letter does.
    #[must_use]
    pub const fn of(body: &LetterBody) -> Self {
        match body {
            LetterBody::Request(_) => Self::Request,
            LetterBody::Question(_) => Self::Question,
            LetterBody::Answer(_) => Self::Answer,
            LetterBody::Explore => Self::Explore,
            LetterBody::Accept(..) => Self::Accept,
            LetterBody::Decline { reason, .. } => Self::Decline { blocked: matches!(reason, DeclineReason::Blocked) },
            LetterBody::Contact(_) => Self::Contact,
            LetterBody::Withdraw { superseded } => Self::Withdraw { superseded: *superseded },
        }
    }

    /// The side that alone may do it.
    #[must_use]
    pub const fn side(self) -> Side {
        match self {
            Self::Request | Self::Answer | Self::Contact | Self::Withdraw { .. } => Side::Mentee,
            Self::Question | Self::Explore | Self::Accept | Self::Decline { .. } => Side::Mentor,
        }
    }

    /// The word as people and JSON write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Explore => "explore",
            Self::Accept => "accept",
            Self::Decline { .. } => "decline",
            Self::Contact => "contact",
            Self::Withdraw { .. } => "withdraw",
        }
    }
}

/// One letter as the exchange sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its random id.
    pub message: MessageId,
    /// Its hash.
    pub letter: LetterId,
    /// What it does.
    pub what: What,
    /// Its step.
    pub step: u16,
    /// When it was written, by its sender's clock.
    pub issued_at: Timestamp,
    /// The end of the wait as its sender knew it.
    pub expires_at: Timestamp,
    /// Until when it may arrive.
    pub arrives_by: Timestamp,
}

impl Fact {
    /// What the exchange needs of a letter.
    #[must_use]
    pub fn of(letter: &Letter, id: LetterId) -> Self {
        Self {
            message: letter.message,
            letter: id,
            what: What::of(&letter.body),
            step: letter.step,
            issued_at: letter.issued_at,
            expires_at: letter.expires_at,
            arrives_by: letter.arrives_by(),
        }
    }
}

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

    /// Notes how the request fares. What is final stays.
    pub fn deliver(&mut self, delivery: Delivery) {
        let rank = |delivery| match delivery {
            Delivery::Queued => 0,
            Delivery::Relayed => 1,
            Delivery::Delivered => 2,
            Delivery::Notified => 3,
            Delivery::NotRecognised | Delivery::Refused(_) | Delivery::Undeliverable => 4,
        };
        let heard = self.facts.len() > self.facts.iter().filter(|fact| fact.what.side() == Side::Mentee).count();
        // A letter of the mentor's proves that the request arrived, whatever else is said of it.
        if rank(delivery) > rank(self.delivery) && !(heard && rank(delivery) == 4) {
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
        let furthest = QUESTION_EXTENDS.saturating_mul(QUESTIONS as u64).saturating_add(EXPLORING_LIFETIME);
        let most = self.facts.first().map_or(Timestamp(0), |request| request.expires_at.plus(furthest));
        if fact.what.side() != from || fact.what == What::Request || fact.expires_at > most {
            return Taken::Wrong;
        }
        if now > fact.arrives_by {
            return Taken::Late;
        }
        Taken::New
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
                What::Explore => {
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
                What::Question | What::Request | What::Contact => {}
            }
        }
        sum
    }
}
