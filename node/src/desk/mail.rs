//! Mail that waits to be sent: queued in the transaction of what it tells, so that neither is there without the other.
//!
//! Owns the queue's bounds and what a row says. Refuses to know how mail is sent and why: what became of a mail is
//! `mail_turns.rs`, who writes one is no matter here.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::limits::{DAY, MINUTE};
use mentormesh_protocol::{IntroductionId, Timestamp};
use sqlx::Row as _;

use super::handle::{Row, big, count};
use super::introduction_words::{direction_of, id_of};
use super::{Desk, DeskError, Write};
use crate::contacts;

/// Mails that may wait at once; what is not urgent leaves the last tenth free, so that people can still sign in.
const WAITING: u64 = 10_000;
const WAITING_UNLESS_URGENT: u64 = 9_000;
/// Bytes of a subject and of a name: a header line that every mail server takes.
const LINE_BYTES: usize = 400;
/// Bytes of each of the two bodies: the longest letter, twice over, and what is said around it.
const BODY_BYTES: usize = 64 * 1024;
/// How long sending a mail makes sense. What is urgent is about the next minutes.
const DUE_WITHIN: u64 = 3 * DAY;
const URGENT_WITHIN: u64 = 15 * MINUTE;

/// A mail to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// What it is, in one word: `sign_in`, `request`, `reminder`, …
    pub what: &'static str,
    /// The address.
    pub to: String,
    /// The name before the address.
    pub name: Option<String>,
    /// The subject: it crosses servers in clear and lies open on screens, so it names nobody.
    pub subject: String,
    /// The text, for every reader.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Whether quiet hours do not hold it, and a quarter of an hour later it is worth nothing.
    pub urgent: bool,
}

/// The number of a mail, in the order in which they were queued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MailId(pub u64);

/// Why a mail was not queued.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailRefused {
    /// Too many wait.
    #[error("{most} mails wait to be sent, as many as may; see `mentormesh mail list` for what keeps them")]
    Full {
        /// How many may wait.
        most: u64,
    },
    /// A text is longer than is sent.
    #[error("the mail's {field} has {bytes} bytes and may have {most}")]
    TooLong {
        /// Which.
        field: &'static str,
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        most: usize,
    },
    /// A header would end in the middle of a value, or begin another.
    #[error("the mail's {field} holds a control character; leave it out")]
    Control {
        /// Which.
        field: &'static str,
    },
    /// Nobody can be reached there.
    #[error("the mail's address is none; one looks like ada@example.org")]
    NoAddress,
}

/// How a mail fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailState {
    /// Not sent yet.
    Waiting,
    /// A mail server took it.
    Sent,
    /// It was refused for good, tried too often, or is too old to be of use.
    GivenUp,
}

impl MailState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Sent, Self::GivenUp];

    /// The word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::GivenUp => "given_up",
        }
    }
}

/// A mail of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailRow {
    /// Its number.
    pub id: MailId,
    /// What it is, in one word.
    pub what: String,
    /// The address.
    pub to: String,
    /// The name before the address.
    pub name: Option<String>,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// A part for a calendar to read, if it invites to something.
    pub calendar: Option<String>,
    /// Whether quiet hours do not hold it.
    pub urgent: bool,
    /// The side of the introduction that it is about.
    pub about: Option<(IntroductionId, Direction)>,
    /// How it fares.
    pub state: MailState,
    /// When it was queued.
    pub recorded_at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, while it waits.
    pub next_at: Option<Timestamp>,
    /// Until when sending it makes sense.
    pub due_by: Timestamp,
    /// When it was sent or given up.
    pub ended_at: Option<Timestamp>,
    /// Why the last try was in vain, in words that may name the address.
    pub problem: Option<String>,
}

impl Write {
    /// Queues a mail, as part of this change: it is sent if and only if the change is kept.
    ///
    /// # Errors
    /// When the queue is full, a text is too long or would break a header, or the desk fails.
    pub async fn queue_mail(&mut self, mail: &Mail) -> Result<MailId, DeskError> {
        self.queue_mail_about(mail, None).await
    }

    /// As [`Write::queue_mail`], and says which side of which introduction it is about.
    ///
    /// # Errors
    /// As [`Write::queue_mail`].
    pub async fn queue_mail_about(
        &mut self,
        mail: &Mail,
        about: Option<(IntroductionId, Direction)>,
    ) -> Result<MailId, DeskError> {
        check(mail)?;
        let most = if mail.urgent { WAITING } else { WAITING_UNLESS_URGENT };
        let waiting: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM mail WHERE state = 'waiting'")
            .fetch_one(self.connection())
            .await?;
        if count(waiting) >= most {
            return Err(MailRefused::Full { most }.into());
        }
        let now = self.now();
        let within = if mail.urgent { URGENT_WITHIN } else { DUE_WITHIN };
        let place: i64 =
            sqlx::query_scalar("SELECT COALESCE(MAX(place), 0) + 1 FROM mail").fetch_one(self.connection()).await?;
        let query = "INSERT INTO mail
            (place, what, recipient, recipient_name, subject, body_text, body_html, urgent, introduction, direction,
                state, recorded_at, attempts, next_at, due_by, ended_at, problem)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting', $11, 0, $11, $12, NULL, NULL)";
        sqlx::query(query)
            .bind(place)
            .bind(mail.what)
            .bind(&mail.to)
            .bind(&mail.name)
            .bind(&mail.subject)
            .bind(&mail.text)
            .bind(&mail.html)
            .bind(mail.urgent)
            .bind(about.as_ref().map(|(introduction, _)| introduction.0.as_slice()))
            .bind(about.as_ref().map(|(_, direction)| direction.as_str()))
            .bind(big(now.0))
            .bind(big(now.plus(within).0))
            .execute(self.connection())
            .await?;
        Ok(MailId(count(place)))
    }
}

impl Desk {
    /// One mail of the queue.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn mail(&self, id: MailId) -> Result<Option<MailRow>, DeskError> {
        let query = sqlx::query("SELECT * FROM mail WHERE place = $1").bind(big(id.0));
        query.fetch_optional(self.reads()).await?.as_ref().map(read).transpose()
    }

    /// Mails in this state, or in any, newest first; after one of them, `limit` at most, and how many there are.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn mails(
        &self,
        state: Option<MailState>,
        after: Option<MailId>,
        limit: u32,
    ) -> Result<(Vec<MailRow>, u64), DeskError> {
        let state = state.map(MailState::as_str);
        let total: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM mail WHERE $1 IS NULL OR state = $1")
            .bind(state)
            .fetch_one(self.reads())
            .await?;
        let query = "SELECT * FROM mail WHERE ($1 IS NULL OR state = $1) AND place < $2 ORDER BY place DESC LIMIT $3";
        let before = after.map_or(i64::MAX, |after| big(after.0));
        let rows = sqlx::query(query).bind(state).bind(before).bind(i64::from(limit)).fetch_all(self.reads()).await?;
        Ok((rows.iter().map(read).collect::<Result<_, _>>()?, count(total)))
    }
}

fn check(mail: &Mail) -> Result<(), MailRefused> {
    let name = mail.name.as_deref().unwrap_or_default();
    for (field, text, most) in [
        ("name", name, LINE_BYTES),
        ("subject", mail.subject.as_str(), LINE_BYTES),
        ("text", mail.text.as_str(), BODY_BYTES),
        ("html", mail.html.as_str(), BODY_BYTES),
    ] {
        if text.len() > most {
            return Err(MailRefused::TooLong { field, bytes: text.len(), most });
        }
    }
    for (field, text) in [("name", name), ("subject", mail.subject.as_str())] {
        if text.chars().any(char::is_control) {
            return Err(MailRefused::Control { field });
        }
    }
    if contacts::is_address(&mail.to) { Ok(()) } else { Err(MailRefused::NoAddress) }
}

pub(super) fn read(row: &Row) -> Result<MailRow, DeskError> {
    let time = |column| row.try_get::<i64, _>(column).map(|at| Timestamp(count(at)));
    let maybe = |column| row.try_get::<Option<i64>, _>(column).map(|at| at.map(|at| Timestamp(count(at))));
    let word: &str = row.try_get("state")?;
    let mut known = MailState::ALL.into_iter();
    let state = known.find(|state| state.as_str() == word).ok_or(DeskError::Unreadable { what: "mail.state" })?;
    let introduction: Option<&[u8]> = row.try_get("introduction")?;
    let direction: Option<&str> = row.try_get("direction")?;
    let about = match (introduction, direction) {
        (Some(id), Some(word)) => Some((id_of(id)?, direction_of(word, "mail.direction")?)),
        (None | Some(_), None | Some(_)) => None,
    };
    Ok(MailRow {
        id: MailId(count(row.try_get("place")?)),
        what: row.try_get("what")?,
        to: row.try_get("recipient")?,
        name: row.try_get("recipient_name")?,
        subject: row.try_get("subject")?,
        text: row.try_get("body_text")?,
        html: row.try_get("body_html")?,
        calendar: row.try_get("calendar")?,
        urgent: row.try_get("urgent")?,
        about,
        state,
        recorded_at: time("recorded_at")?,
        attempts: u32::try_from(row.try_get::<i64, _>("attempts")?).unwrap_or(u32::MAX),
        next_at: maybe("next_at")?,
        due_by: time("due_by")?,
        ended_at: maybe("ended_at")?,
        problem: row.try_get("problem")?,
    })
}

#[cfg(test)]
mod tests;
