//! How mentors answer: how soon they said their first word on each request, and how many in a row they let run out.

use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::{Subject, Timestamp};
use sqlx::Row as _;

use super::handle::{Row, big, count};
use super::introductions::subject_of;
use super::{Desk, DeskError, Write};

/// Requests looked at, the latest of them.
const LATEST: i64 = 20;
/// How far back a request still says something of a mentor.
const WITHIN: u64 = 365 * DAY;
/// Mentors that one answer names.
const NAMED: i64 = 100;

impl Desk {
    /// How long each of the latest requests to a mentor waited for the first word; none where it ran out without one.
    /// What was taken back, or still waits, says nothing.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn answer_times(&self, subject: &Subject) -> Result<Vec<Option<u64>>, DeskError> {
        let query = "SELECT created_at, answered_at FROM (
                SELECT i.id, i.created_at, i.state, (SELECT MIN(e.at) FROM introduction_events e
                    WHERE e.introduction = i.id AND e.direction = 'received' AND e.doer = 'mentor') AS answered_at
                FROM introductions i WHERE i.direction = 'received' AND i.subject = $1 AND i.created_at > $2) ended
            WHERE answered_at IS NOT NULL OR state = 'expired' ORDER BY created_at DESC, id LIMIT $3";
        let query = sqlx::query(query).bind(subject.0.as_slice()).bind(big(self.now().minus(WITHIN).0)).bind(LATEST);
        let time = |row: &Row| {
            let asked = Timestamp(count(row.try_get("created_at")?));
            let answered: Option<i64> = row.try_get("answered_at")?;
            Ok(answered.map(|at| count(at).saturating_sub(asked.0)))
        };
        query.fetch_all(self.reads()).await?.iter().map(time).collect()
    }

    /// Mentors who let at least `least` requests in a row run out, who did so last before the others.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn silent_mentors(&self, least: u64) -> Result<Vec<Subject>, DeskError> {
        let query = "SELECT subject FROM silences WHERE many >= $1 ORDER BY last_at DESC, subject LIMIT $2";
        let found: Vec<Vec<u8>> =
            sqlx::query_scalar(query).bind(big(least)).bind(NAMED).fetch_all(self.reads()).await?;
        found.iter().map(|bytes| subject_of(bytes)).collect()
    }
}

impl Write {
    /// One more request ran out without a word of this mentor; answers how many in a row.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn stayed_silent(&mut self, subject: &Subject) -> Result<u64, DeskError> {
        let now = big(self.now().0);
        let query = "INSERT INTO silences (subject, many, last_at) VALUES ($1, 1, $2)
            ON CONFLICT (subject) DO UPDATE SET many = silences.many + 1, last_at = excluded.last_at";
        sqlx::query(query).bind(subject.0.as_slice()).bind(now).execute(self.connection()).await?;
        let query = sqlx::query_scalar("SELECT many FROM silences WHERE subject = $1").bind(subject.0.as_slice());
        Ok(count(query.fetch_one(self.connection()).await?))
    }

    /// This mentor gave a sign of life: nothing is counted from before it.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn spoke(&mut self, subject: &Subject) -> Result<(), DeskError> {
        let query = sqlx::query("DELETE FROM silences WHERE subject = $1").bind(subject.0.as_slice());
        query.execute(self.connection()).await?;
        Ok(())
    }
}
