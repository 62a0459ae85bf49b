//! Facts: what an exchange needs to know of a letter, without its text.

use super::letter::{DeclineReason, Letter, LetterBody, Side};
use crate::key::{LetterId, MessageId};
use crate::limits::QUESTIONS;
use crate::time::Timestamp;

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

    /// How often one introduction can have it; none for what begins one.
    pub(super) const fn at_most(self) -> Option<usize> {
        match self {
            Self::Request => None,
            Self::Question | Self::Answer => Some(QUESTIONS),
            Self::Explore | Self::Accept | Self::Decline { .. } | Self::Contact | Self::Withdraw { .. } => Some(1),
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
    /// The letter that its sender wrote it after.
    pub previous: Option<LetterId>,
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
            previous: letter.previous,
            issued_at: letter.issued_at,
            expires_at: letter.expires_at,
            arrives_by: letter.arrives_by(),
        }
    }
}
