//! Mail that a node wrote: what waits, what was sent, what was given up.

use serde::{Deserialize, Serialize};

use super::Direction;
use crate::key::IntroductionId;
use crate::time::Timestamp;

/// How a mail fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MailStanding {
    /// Not sent yet, or nobody sends: then it is read here.
    Waiting,
    /// A mail server took it.
    Sent,
    /// Refused for good, tried too often, or too old to be of use.
    GivenUp,
}

impl MailStanding {
    /// The word as people and JSON write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::GivenUp => "given_up",
        }
    }
}

/// A mail to one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailView {
    /// Its number.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[0-9]{1,16}$"))]
    pub id: String,
    /// What it is, in one word: request, question, reminder_4, sign_in, …
    pub what: String,
    /// The address.
    pub to: String,
    /// The name before the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The subject, which names nobody.
    pub subject: String,
    /// How it fares.
    pub state: MailStanding,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_at: Option<Timestamp>,
    /// When it was sent or given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// Why the last try was in vain, or why there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// The introduction that it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduction: Option<IntroductionId>,
    /// Which side of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// The text; only where one mail is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The same as HTML; only where one mail is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// What a calendar reads of it, if it invites or cancels; only where one mail is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
}

/// Where to send a mail that only shows that mail arrives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MailTest {
    /// The address.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schema::email))]
    pub to: String,
}
