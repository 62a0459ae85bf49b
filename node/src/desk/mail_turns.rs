//! What becomes of a mail: sent, put off, given up, asked for once more, and forgotten in the end.

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::limits::DAY;
use sqlx::Row as _;

use super::handle::{big, count};
use super::mail::{MailId, MailRow, read};
use super::{Desk, DeskError, Write};

/// How long a mail is kept after it was sent or given up, and how long one waits that nobody sends.
const KEPT: u64 = 30 * DAY;
/// How long a mail is tried that somebody asked for once more.
const ASKED_AGAIN: u64 = 3 * DAY;

/// How many mails there are of each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MailCounts {
    /// Not sent yet.
    pub waiting: u64,
    /// Refused, tried too often or too old, within the last thirty days.
    pub given_up: u64,
}

impl Desk {
    /// The mail to send now: what is urgent first, then the longest due. In quiet hours only what is urgent.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn due_mail(&self, quiet: bool) -> Result<Option<MailRow>, DeskError> {
        let query = "SELECT * FROM mail WHERE state = 'waiting' AND next_at <= $1 AND (urgent OR NOT $2)
            ORDER BY urgent DESC, next_at, place LIMIT 1";
        let query = sqlx::query(query).bind(big(self.now().0)).bind(quiet);
        query.fetch_optional(self.reads()).await?.as_ref().map(read).transpose()
    }

    /// A mail server took it. A sign-in link has done its work, so its texts go at once.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn mail_sent(&self, id: MailId) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let query = "UPDATE mail SET state = 'sent', attempts = attempts + 1, next_at = NULL, ended_at = $2,
                problem = NULL,
                body_text = CASE WHEN urgent THEN '' ELSE body_text END,
                body_html = CASE WHEN urgent THEN '' ELSE body_html END
            WHERE place = $1";
        let now = big(write.now().0);
        sqlx::query(query).bind(big(id.0)).bind(now).execute(write.connection()).await?;
        write.commit().await
    }

    /// It could not be sent this time and waits until `next_at`.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn mail_put_off(&self, id: MailId, next_at: Timestamp, problem: &str) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let query = "UPDATE mail SET attempts = attempts + 1, next_at = $2, problem = $3
            WHERE place = $1 AND state = 'waiting'";
        let query = sqlx::query(query).bind(big(id.0)).bind(big(next_at.0)).bind(problem);
        query.execute(write.connection()).await?;
        write.commit().await
    }

    /// It is not tried any more.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn mail_given_up(&self, id: MailId, problem: &str) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let query = "UPDATE mail SET state = 'given_up', attempts = attempts + 1, next_at = NULL, ended_at = $2,
                problem = $3
            WHERE place = $1 AND state = 'waiting'";
        let now = big(write.now().0);
        sqlx::query(query).bind(big(id.0)).bind(now).bind(problem).execute(write.connection()).await?;
        write.commit().await
    }

    /// Has a mail that waits or was given up tried again now, and answers whether it was one of these.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn retry_mail(&self, id: MailId, by: &str) -> Result<bool, DeskError> {
        let mut write = self.write().await?;
        let now = write.now();
        let query = "UPDATE mail SET state = 'waiting', attempts = 0, next_at = $2, due_by = $3, ended_at = NULL
            WHERE place = $1 AND state <> 'sent'";
        let query = sqlx::query(query).bind(big(id.0)).bind(big(now.0)).bind(big(now.plus(ASKED_AGAIN).0));
        let changed = query.execute(write.connection()).await?.rows_affected() > 0;
        if changed {
            write.note(by, "mail.retried", &id.0.to_string(), "").await?;
        }
        write.commit().await?;
        Ok(changed)
    }

    /// How many mails wait and how many were given up.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn mail_counts(&self) -> Result<MailCounts, DeskError> {
        let query = "SELECT (SELECT COUNT(*) FROM mail WHERE state = 'waiting') AS waiting,
            (SELECT COUNT(*) FROM mail WHERE state = 'given_up') AS given_up";
        let row = sqlx::query(query).fetch_one(self.reads()).await?;
        Ok(MailCounts { waiting: count(row.try_get("waiting")?), given_up: count(row.try_get("given_up")?) })
    }
}

impl Write {
    /// Forgets what was sent or given up long ago, and what nobody sent in that time.
    pub(super) async fn sweep_mail(&mut self) -> Result<(), DeskError> {
        let before = big(self.now().minus(KEPT).0);
        let query = sqlx::query("DELETE FROM mail WHERE COALESCE(ended_at, recorded_at) < $1");
        query.bind(before).execute(self.connection()).await?;
        Ok(())
    }
}
