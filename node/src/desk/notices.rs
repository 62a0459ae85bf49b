//! Notices: what a person should be told about an introduction, until somebody was told.
//!
//! A notice is written in the transaction of what it tells, so neither is there without the other. It names the
//! introduction and copies nothing of it. One that was told, or given up, is kept for thirty days.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::{IntroductionId, Timestamp};
use sqlx::Row as _;

use super::handle::{Row, big, count};
use super::{Desk, DeskError, Write};

/// How long a notice is kept after it was told: as long as its introduction's outcome is remembered.
const KEPT: u64 = 30 * DAY;
/// The word for a request that came.
pub const REQUEST: &str = "request";

/// Something that a person should be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its number, in the order in which things happened.
    pub place: u64,
    /// Of which introduction.
    pub introduction: IntroductionId,
    /// On which side of it.
    pub direction: Direction,
    /// What happened, in one word: `request`, `question`, `answer`, `accepted`, …
    pub what: String,
    /// When it happened.
    pub at: Timestamp,
    /// How often telling it failed.
    pub attempts: u32,
}

/// How many notices wait and how many were given up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoticeCounts {
    /// Not told yet.
    pub waiting: u64,
    /// Tried too often, within the last thirty days.
    pub given_up: u64,
}

impl Desk {
    /// Notices whose time has come, in the order in which they happened, `limit` at most.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn due_notices(&self, now: Timestamp, limit: u32) -> Result<Vec<Notice>, DeskError> {
        let query = "SELECT place, introduction, direction, what, recorded_at, attempts FROM notices
            WHERE next_at <= $1 ORDER BY place LIMIT $2";
        let query = sqlx::query(query).bind(big(now.0)).bind(i64::from(limit));
        query.fetch_all(self.reads()).await?.iter().map(read).collect()
    }

    /// The oldest notice of which no mail was written yet.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn next_notice_to_mail(&self) -> Result<Option<Notice>, DeskError> {
        let query = "SELECT place, introduction, direction, what, recorded_at, attempts FROM notices
            WHERE to_mail ORDER BY place LIMIT 1";
        sqlx::query(query).fetch_optional(self.reads()).await?.as_ref().map(read).transpose()
    }

    /// When the next notice is due.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn next_notice(&self) -> Result<Option<Timestamp>, DeskError> {
        let next: Option<i64> = sqlx::query_scalar("SELECT MIN(next_at) FROM notices").fetch_one(self.reads()).await?;
        Ok(next.map(|at| Timestamp(count(at))))
    }

    /// Ends a notice: somebody was told, or there is nothing left to tell.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn notice_done(&self, place: u64) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let query = sqlx::query("UPDATE notices SET next_at = NULL WHERE place = $1");
        query.bind(big(place)).execute(write.connection()).await?;
        write.commit().await
    }

    /// Ends every notice that is due, because nobody is to be told.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn end_due_notices(&self) -> Result<(), DeskError> {
        if self.next_notice().await?.is_none_or(|next| next > self.now()) {
            return Ok(());
        }
        let mut write = self.write().await?;
        let now = big(write.now().0);
        let query = sqlx::query("UPDATE notices SET next_at = NULL WHERE next_at <= $1");
        query.bind(now).execute(write.connection()).await?;
        write.commit().await
    }

    /// The address of a mentee of ours, while it is kept.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn mentee_email(&self, introduction: &IntroductionId) -> Result<Option<String>, DeskError> {
        let query = "SELECT mentee_email FROM introductions WHERE id = $1 AND direction = 'sent'";
        let query = sqlx::query_scalar::<_, Option<String>>(query).bind(introduction.0.as_slice());
        Ok(query.fetch_optional(self.reads()).await?.flatten())
    }

    /// Puts a notice off until `next_at`, because telling it failed once more.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn notice_failed(&self, place: u64, next_at: Timestamp) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let query = sqlx::query("UPDATE notices SET next_at = $2, attempts = attempts + 1 WHERE place = $1");
        query.bind(big(place)).bind(big(next_at.0)).execute(write.connection()).await?;
        write.commit().await
    }

    /// Gives a notice up: it failed too often.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn notice_given_up(&self, place: u64) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let query = "UPDATE notices SET next_at = NULL, given_up = TRUE, attempts = attempts + 1 WHERE place = $1";
        sqlx::query(query).bind(big(place)).execute(write.connection()).await?;
        write.commit().await
    }

    /// How many notices wait and how many were given up.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn notice_counts(&self) -> Result<NoticeCounts, DeskError> {
        let query = "SELECT (SELECT COUNT(*) FROM notices WHERE next_at IS NOT NULL) AS waiting,
            (SELECT COUNT(*) FROM notices WHERE given_up) AS given_up";
        let row = sqlx::query(query).fetch_one(self.reads()).await?;
        Ok(NoticeCounts { waiting: count(row.try_get("waiting")?), given_up: count(row.try_get("given_up")?) })
    }

    /// What people were told, or are still to be told, about one side of an introduction, oldest first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn notices_of(
        &self,
        introduction: &IntroductionId,
        direction: Direction,
    ) -> Result<Vec<Notice>, DeskError> {
        let query = "SELECT place, introduction, direction, what, recorded_at, attempts FROM notices
            WHERE introduction = $1 AND direction = $2 ORDER BY place";
        let query = sqlx::query(query).bind(introduction.0.as_slice()).bind(direction.as_str());
        query.fetch_all(self.reads()).await?.iter().map(read).collect()
    }
}

impl Write {
    /// Adds a notice, as part of this change.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn notice(
        &mut self,
        introduction: &IntroductionId,
        direction: Direction,
        what: &str,
    ) -> Result<(), DeskError> {
        let now = self.now();
        self.add_notice(introduction, direction, what, Some(now)).await
    }

    /// Adds a notice that is mailed alone: the operator's command is not run for it.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn notice_to_mail(
        &mut self,
        introduction: &IntroductionId,
        direction: Direction,
        what: &str,
    ) -> Result<(), DeskError> {
        self.add_notice(introduction, direction, what, None).await
    }

    async fn add_notice(
        &mut self,
        introduction: &IntroductionId,
        direction: Direction,
        what: &str,
        next_at: Option<Timestamp>,
    ) -> Result<(), DeskError> {
        let query = "INSERT INTO notices
            (place, introduction, direction, what, recorded_at, attempts, next_at, given_up, to_mail)
            SELECT COALESCE(MAX(place), 0) + 1, $1, $2, $3, $4, 0, $5, FALSE, TRUE FROM notices";
        let query = sqlx::query(query).bind(introduction.0.as_slice()).bind(direction.as_str()).bind(what);
        let query = query.bind(big(self.now().0)).bind(next_at.map(|at| big(at.0)));
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// Ends the mail side of a notice, as part of the change that queues its mail.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn notice_mailed(&mut self, place: u64) -> Result<(), DeskError> {
        let query = sqlx::query("UPDATE notices SET to_mail = FALSE WHERE place = $1").bind(big(place));
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// Forgets what was told long ago. What still waits stays, however old.
    pub(super) async fn sweep_notices(&mut self) -> Result<(), DeskError> {
        let before = big(self.now().minus(KEPT).0);
        let query = sqlx::query("DELETE FROM notices WHERE recorded_at < $1 AND next_at IS NULL AND NOT to_mail");
        query.bind(before).execute(self.connection()).await?;
        Ok(())
    }
}

fn read(row: &Row) -> Result<Notice, DeskError> {
    let unreadable = |what| DeskError::Unreadable { what };
    let direction = match row.try_get::<&str, _>("direction")? {
        "sent" => Direction::Sent,
        "received" => Direction::Received,
        _ => return Err(unreadable("notices.direction")),
    };
    let introduction = IntroductionId::from_slice(row.try_get("introduction")?);
    Ok(Notice {
        place: count(row.try_get("place")?),
        introduction: introduction.map_err(|_| unreadable("notices.introduction"))?,
        direction,
        what: row.try_get("what")?,
        at: Timestamp(count(row.try_get("recorded_at")?)),
        attempts: u32::try_from(row.try_get::<i64, _>("attempts")?).unwrap_or(u32::MAX),
    })
}

#[cfg(test)]
mod tests;
