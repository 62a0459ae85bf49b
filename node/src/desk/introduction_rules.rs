//! What the rules of introductions count: open requests of a person, a pair, a mentor and an organisation, places
//! taken, and what the clock has overtaken.
//!
//! Whether a request is open is told by its state and by the clock together, so that no count waits for a sweep.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::limits::{DAY, LATE_ARRIVAL, PROFILE_LIFETIME};
use mentormesh_protocol::{IntroductionId, OrganisationId, Subject, Timestamp};
use sqlx::Row as _;

use super::blocks::not_lifted;
use super::handle::{Row, big, count};
use super::introduction_words::{direction_of, id_of};
use super::introductions::open_states;
use super::{DeskError, Write};

/// That nobody has to be waited for to say what was answered before a bad day, as of the moment `$1`.
macro_rules! not_recalled {
    () => {
        "NOT EXISTS (SELECT 1 FROM recalls r WHERE r.organisation = introductions.organisation
            AND NOT r.done AND r.holds_until > $1)"
    };
}

/// What is known of one person's requests to one mentor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// Whether one is open.
    pub open: bool,
    /// When the mentor last said no.
    pub declined_at: Option<Timestamp>,
    /// Whether the mentor wants none any more.
    pub blocked: bool,
}

/// What waits at the mentor's side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inbox {
    /// For this mentor.
    pub mentor: u64,
    /// For this mentor, of this organisation, with what it took back within a day.
    pub share: u64,
    /// Of this organisation, for anybody here, with what it took back within a day.
    pub organisation: u64,
}

impl Write {
    /// Open requests of one of our own mentees.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn open_of_person(&mut self, person: &[u8; 16]) -> Result<u64, DeskError> {
        let now = big(self.now().0);
        let query = concat!(
            "SELECT COUNT(*) FROM introductions WHERE person = $1 AND direction = 'sent' AND expires_at >= $2
            AND state IN ",
            open_states!()
        );
        let query = sqlx::query_scalar(query).bind(person.as_slice()).bind(now);
        Ok(count(query.fetch_one(self.connection()).await?))
    }

    /// What is known of one person's requests to one mentor, but for one introduction.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn pair(
        &mut self,
        direction: Direction,
        organisation: &OrganisationId,
        subject: &Subject,
        mentee_ref: &[u8; 16],
    ) -> Result<Pair, DeskError> {
        let now = big(self.now().0);
        let query = concat!(
            "SELECT SUM(CASE WHEN expires_at >= $1 AND state IN ",
            open_states!(),
            " THEN 1 ELSE 0 END) AS open,
                MAX(CASE WHEN state = 'declined' OR (state = 'blocked' AND ",
            not_lifted!(),
            ") THEN changed_at END) AS declined_at,
                SUM(CASE WHEN state = 'blocked' AND ",
            not_lifted!(),
            " THEN 1 ELSE 0 END) AS blocked
            FROM introductions WHERE subject = $2 AND mentee_ref = $3 AND direction = $4 AND organisation = $5"
        );
        let query = sqlx::query(query).bind(now).bind(subject.0.as_slice()).bind(mentee_ref.as_slice());
        let query = query.bind(direction.as_str()).bind(organisation.0.as_slice());
        let row = query.fetch_one(self.connection()).await?;
        let some = |column| Ok::<_, DeskError>(row.try_get::<Option<i64>, _>(column)?.unwrap_or(0) > 0);
        let declined_at: Option<i64> = row.try_get("declined_at")?;
        Ok(Pair {
            open: some("open")?,
            declined_at: declined_at.map(|at| Timestamp(count(at))),
            blocked: some("blocked")?,
        })
    }

    /// What waits at the mentor's side. What an organisation took back within a day still counts as its own, so that
    /// asking and taking back in turns gets nobody past its share.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn inbox(&mut self, subject: &Subject, organisation: &OrganisationId) -> Result<Inbox, DeskError> {
        let now = self.now();
        let query = concat!(
            "SELECT SUM(CASE WHEN subject = $2 AND waits = 1 THEN 1 ELSE 0 END) AS mentor,
                SUM(CASE WHEN subject = $2 AND organisation = $3 THEN 1 ELSE 0 END) AS share,
                SUM(CASE WHEN organisation = $3 THEN 1 ELSE 0 END) AS organisation
            FROM (SELECT subject, organisation, 1 AS waits FROM introductions
                    WHERE direction = 'received' AND expires_at >= $1 AND state IN ",
            open_states!(),
            " UNION ALL SELECT subject, organisation, 0 AS waits FROM introductions
                    WHERE direction = 'received' AND organisation = $3 AND state IN ('withdrawn', 'superseded')
                    AND changed_at > $4) AS counted"
        );
        let query = sqlx::query(query).bind(big(now.0)).bind(subject.0.as_slice()).bind(organisation.0.as_slice());
        let query = query.bind(big(now.minus(DAY).0));
        let row = query.fetch_one(self.connection()).await?;
        let many = |column| Ok::<_, DeskError>(count(row.try_get::<Option<i64>, _>(column)?.unwrap_or(0)));
        Ok(Inbox { mentor: many("mentor")?, share: many("share")?, organisation: many("organisation")? })
    }

    /// Places of one mentor that a yes has taken.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn places_taken(&mut self, subject: &Subject) -> Result<u64, DeskError> {
        let query = "SELECT COUNT(*) FROM introductions
            WHERE direction = 'received' AND subject = $1 AND state = 'accepted'";
        let query = sqlx::query_scalar(query).bind(subject.0.as_slice());
        Ok(count(query.fetch_one(self.connection()).await?))
    }

    /// Open introductions whose wait has ended, at most `most`. Where an answer may be missing here, none is.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn overdue(&mut self, most: u32) -> Result<Vec<(IntroductionId, Direction)>, DeskError> {
        let now = big(self.now().0);
        let query = concat!(
            "SELECT id, direction FROM introductions WHERE expires_at < $1 AND state IN ",
            open_states!(),
            " AND ",
            not_recalled!(),
            "
            ORDER BY expires_at LIMIT $2"
        );
        let rows = sqlx::query(query).bind(now).bind(i64::from(most)).fetch_all(self.connection()).await?;
        let direction = |row: &Row| direction_of(row.try_get("direction")?, "introductions.direction");
        rows.iter().map(|row| Ok((id_of(row.try_get("id")?)?, direction(row)?))).collect()
    }

    /// Received introductions whose mentor has been silent for at least `from` and less than `until` milliseconds, and
    /// was not told so in this word since then, at most `most`.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn silent(
        &mut self,
        what: &str,
        from: u64,
        until: u64,
        most: u32,
    ) -> Result<Vec<IntroductionId>, DeskError> {
        let now = self.now();
        let query = "SELECT id FROM (
                SELECT id, expires_at, CASE WHEN state = 'answered' THEN changed_at ELSE created_at END AS since
                FROM introductions
                WHERE direction = 'received' AND state IN ('delivered', 'notified', 'answered')
            ) AS waiting
            WHERE since <= $1 AND since > $2 AND expires_at > $3
            AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.introduction = waiting.id AND n.direction = 'received'
                AND n.what = $4 AND n.recorded_at >= waiting.since)
            ORDER BY since LIMIT $5";
        let query = sqlx::query(query).bind(big(now.minus(from).0)).bind(big(now.minus(until).0)).bind(big(now.0));
        let rows = query.bind(what).bind(i64::from(most)).fetch_all(self.connection()).await?;
        rows.iter().map(|row| id_of(row.try_get("id")?)).collect()
    }

    /// Open introductions that ask for a mentor whose listing is not on the network any more, at most `most`. Where an
    /// answer may be missing here, none is.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn unlisted(&mut self, most: u32) -> Result<Vec<IntroductionId>, DeskError> {
        let now = self.now();
        let query = concat!(
            "SELECT id FROM introductions WHERE direction = 'received' AND expires_at >= $1 AND state IN ",
            open_states!(),
            " AND ",
            not_recalled!(),
            " AND NOT EXISTS (SELECT 1 FROM own_slots s WHERE s.kind = 'profile' AND s.about = introductions.subject
                AND NOT s.withdrawn AND s.sequence > $2) ORDER BY created_at LIMIT $3"
        );
        let query = sqlx::query_scalar(query).bind(big(now.0)).bind(big(now.minus(PROFILE_LIFETIME).0));
        let found: Vec<Vec<u8>> = query.bind(i64::from(most)).fetch_all(self.connection()).await?;
        found.iter().map(|bytes| id_of(bytes)).collect()
    }

    /// Whether we wait for this organisation's node to say what we said and heard before a bad day.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn recall_waits(&mut self, organisation: &OrganisationId) -> Result<bool, DeskError> {
        let now = big(self.now().0);
        let query = "SELECT COUNT(*) FROM recalls WHERE organisation = $1 AND NOT done AND holds_until > $2";
        let query = sqlx::query_scalar(query).bind(organisation.0.as_slice()).bind(now);
        Ok(count(query.fetch_one(self.connection()).await?) > 0)
    }

    /// Forgets the addresses of mentees who were told all there is to tell and whom no yes can reach any more, letters that belong to nothing, and outcomes
    /// that nobody can ask for again.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn forget_ended(&mut self) -> Result<(), DeskError> {
        let now = self.now();
        let query = "UPDATE introductions SET mentee_email = NULL
            WHERE mentee_email IS NOT NULL
            AND (state IN ('declined', 'refused', 'withdrawn', 'superseded', 'blocked', 'undeliverable')
                OR (state = 'expired' AND expires_at < $1)
                OR (state = 'accepted' AND EXISTS (SELECT 1 FROM introduction_letters l WHERE l.own
                    AND l.kind = 'contact' AND l.introduction = introductions.id AND l.direction = 'sent')))
            AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.introduction = introductions.id
                AND n.direction = introductions.direction AND (n.next_at IS NOT NULL OR n.to_mail))";
        // A letter may come until the end of its last day.
        sqlx::query(query).bind(big(now.minus(LATE_ARRIVAL + DAY).0)).execute(self.connection()).await?;
        let query =
            "DELETE FROM introduction_letters WHERE arrives_by < $1 AND NOT EXISTS (SELECT 1 FROM introductions i
            WHERE i.id = introduction_letters.introduction AND i.direction = introduction_letters.direction)";
        sqlx::query(query).bind(big(now.minus(LATE_ARRIVAL).0)).execute(self.connection()).await?;
        let query = "DELETE FROM letters_seen WHERE remembered_until < $1";
        sqlx::query(query).bind(big(now.0)).execute(self.connection()).await?;
        Ok(())
    }
}
