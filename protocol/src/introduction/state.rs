//! The words for where an introduction stands, and for how its request fares on its way.

use serde::{Deserialize, Serialize};

use super::receipt::Refused;
use crate::invalid::Invalid;

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
    type Err = Invalid;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.as_str() == word).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|state| state.as_str()).collect();
            Invalid::new("state", format!("`{word}` is none of {}", known.join(", ")))
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
