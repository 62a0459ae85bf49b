//! Mentees who wait for a mentor that takes a pause: which were told of it. Whether a mentor does is read elsewhere.

use mentormesh_protocol::{IntroductionId, OrganisationId, ProfileId, Subject};
use sqlx::Row as _;

use super::handle::{Row, big, count};
use super::introduction_words::{id_of, organisation_of};
use super::introductions::subject_of;
use super::{Desk, DeskError, Write};

/// Requests that reached their mentor and wait, of our own mentees: `$1` is now.
macro_rules! waiting {
    () => {
        " direction = 'sent' AND expires_at > $1
            AND state IN ('delivered', 'notified', 'question', 'answered', 'exploring') "
    };
}

/// A mentor for whom mentees of ours wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitedFor {
    /// Who.
    pub mentor: ProfileId,
    /// Requests whose mentees were told of a pause that goes on, as far as is known.
    pub told: u64,
    /// Requests whose mentees were told of none.
    pub untold: u64,
}

impl Desk {
    /// Mentors for whom mentees of ours wait, in the order of their ids, after one and at most `limit`.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn waited_for(&self, after: Option<&ProfileId>, limit: u32) -> Result<Vec<WaitedFor>, DeskError> {
        let query = concat!(
            "SELECT organisation, subject, COUNT(pause_told_at) AS told, COUNT(*) AS many FROM introductions WHERE",
            waiting!(),
            "AND (organisation > $2 OR (organisation = $2 AND subject > $3))
            GROUP BY organisation, subject ORDER BY organisation, subject LIMIT $4"
        );
        let (organisation, subject) =
            after.map_or((&[][..], &[][..]), |id| (&id.organisation.0[..], &id.subject.0[..]));
        let query = sqlx::query(query).bind(big(self.now().0)).bind(organisation).bind(subject).bind(i64::from(limit));
        query.fetch_all(self.reads()).await?.iter().map(waited_for).collect()
    }
}

impl Write {
    /// Marks that mentees who wait for this mentor are told of a pause, and answers of which introductions; `limit` at
    /// most.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn told_of_pause(&mut self, mentor: &ProfileId, limit: u32) -> Result<Vec<IntroductionId>, DeskError> {
        let query = concat!(
            "UPDATE introductions SET pause_told_at = $1 WHERE direction = 'sent' AND id IN (SELECT id FROM introductions
            WHERE",
            waiting!(),
            "AND organisation = $2 AND subject = $3 AND pause_told_at IS NULL ORDER BY id LIMIT $4) RETURNING id"
        );
        let query = sqlx::query_scalar(query).bind(big(self.now().0));
        let query = query.bind(mentor.organisation.0.as_slice()).bind(mentor.subject.0.as_slice());
        let found: Vec<Vec<u8>> = query.bind(i64::from(limit)).fetch_all(self.connection()).await?;
        found.iter().map(|bytes| id_of(bytes)).collect()
    }

    /// This mentor is back: mentees are told of the next pause anew.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn back_from_pause(&mut self, mentor: &ProfileId) -> Result<(), DeskError> {
        let query = "UPDATE introductions SET pause_told_at = NULL
            WHERE direction = 'sent' AND organisation = $1 AND subject = $2 AND pause_told_at IS NOT NULL";
        let query = sqlx::query(query).bind(mentor.organisation.0.as_slice()).bind(mentor.subject.0.as_slice());
        query.execute(self.connection()).await?;
        Ok(())
    }
}

fn waited_for(row: &Row) -> Result<WaitedFor, DeskError> {
    let organisation: OrganisationId = organisation_of(row.try_get("organisation")?)?;
    let subject: Subject = subject_of(row.try_get("subject")?)?;
    let (told, many) = (count(row.try_get("told")?), count(row.try_get("many")?));
    Ok(WaitedFor { mentor: ProfileId { organisation, subject }, told, untold: many.saturating_sub(told) })
}
