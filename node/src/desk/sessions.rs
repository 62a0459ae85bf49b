//! Sessions: who is signed in where, kept as digests of tokens.
//!
//! A session ends at its own time, or when nobody used it for long, whichever comes first; who looks one up
//! (`crate::people`) compares with the clock, and the sweep takes what is over.

use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::{PersonId, Timestamp};
use sqlx::Row as _;

use super::handle::{Row, big, bytes, count};
use super::people::{PersonRow, id_of, read as person};
use super::{Desk, DeskError, Write};

/// Sessions of one person at once; one more ends the one that was not used for longest.
const SESSIONS: i64 = 20;
/// How long a session lasts without being used: a holiday is shorter.
pub const IDLE: u64 = 14 * DAY;

/// Somebody signed in with one browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// SHA-256 of its token.
    pub digest: [u8; 32],
    /// Who.
    pub person: PersonId,
    /// Who made the link that began it, as the audit trail writes it, or `mail`.
    pub made_by: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to a few minutes.
    pub seen_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}

impl SessionRow {
    /// Whether it has ended by itself.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.expires_at || now >= self.seen_at.plus(IDLE)
    }
}

impl Desk {
    /// A session and whose it is, over or not.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn session(&self, digest: &[u8; 32]) -> Result<Option<(SessionRow, PersonRow)>, DeskError> {
        let query = sqlx::query("SELECT * FROM sessions WHERE digest = $1").bind(digest.as_slice());
        let Some(row) = query.fetch_optional(self.reads()).await? else { return Ok(None) };
        let session = read(&row)?;
        let query = sqlx::query("SELECT * FROM people WHERE id = $1").bind(session.person.0.as_slice());
        let row = query.fetch_optional(self.reads()).await?;
        Ok(row.as_ref().map(person).transpose()?.map(|person| (session, person)))
    }

    /// The sessions of somebody, the one used last first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn sessions_of(&self, person: &PersonId) -> Result<Vec<SessionRow>, DeskError> {
        let query = "SELECT * FROM sessions WHERE person = $1 ORDER BY seen_at DESC, created_at DESC LIMIT $2";
        let query = sqlx::query(query).bind(person.0.as_slice()).bind(SESSIONS);
        query.fetch_all(self.reads()).await?.iter().map(read).collect()
    }

    /// Notes that a session is used now.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn session_seen(&self, digest: &[u8; 32]) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let now = big(write.now().0);
        let query = sqlx::query("UPDATE sessions SET seen_at = $2 WHERE digest = $1 AND seen_at < $2");
        query.bind(digest.as_slice()).bind(now).execute(write.connection()).await?;
        write.commit().await
    }
}

impl Write {
    /// Begins a session.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn add_session(&mut self, row: &SessionRow) -> Result<(), DeskError> {
        let query = "INSERT INTO sessions (digest, person, made_by, created_at, seen_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6)";
        let query = sqlx::query(query).bind(row.digest.as_slice()).bind(row.person.0.as_slice()).bind(&row.made_by);
        let query = query.bind(big(row.created_at.0)).bind(big(row.seen_at.0)).bind(big(row.expires_at.0));
        query.execute(self.connection()).await?;
        let query = "DELETE FROM sessions WHERE person = $1 AND digest NOT IN
            (SELECT digest FROM sessions WHERE person = $1 ORDER BY seen_at DESC, created_at DESC LIMIT $2)";
        sqlx::query(query).bind(row.person.0.as_slice()).bind(SESSIONS).execute(self.connection()).await?;
        Ok(())
    }

    /// Ends one session.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn end_session(&mut self, digest: &[u8; 32]) -> Result<(), DeskError> {
        let query = sqlx::query("DELETE FROM sessions WHERE digest = $1").bind(digest.as_slice());
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// Ends every session of somebody, and says how many there were.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn end_sessions(&mut self, person: &PersonId) -> Result<u64, DeskError> {
        let query = sqlx::query("DELETE FROM sessions WHERE person = $1").bind(person.0.as_slice());
        Ok(query.execute(self.connection()).await?.rows_affected())
    }

    /// Ends every session and link there is: a desk that came back from a backup may hold some that were ended since.
    pub(super) async fn sign_everybody_out(&mut self) -> Result<(), DeskError> {
        sqlx::query("DELETE FROM sessions").execute(self.connection()).await?;
        sqlx::query("DELETE FROM sign_in_links").execute(self.connection()).await?;
        Ok(())
    }

    pub(super) async fn sweep_sessions(&mut self) -> Result<(), DeskError> {
        let now = self.now();
        let query = sqlx::query("DELETE FROM sessions WHERE expires_at <= $1 OR seen_at <= $2");
        query.bind(big(now.0)).bind(big(now.minus(IDLE).0)).execute(self.connection()).await?;
        Ok(())
    }
}

fn read(row: &Row) -> Result<SessionRow, DeskError> {
    let moment = |column| Ok::<_, DeskError>(Timestamp(count(row.try_get(column)?)));
    Ok(SessionRow {
        digest: bytes(row, "digest", "sessions.digest")?,
        person: id_of(row.try_get("person")?, "sessions.person")?,
        made_by: row.try_get("made_by")?,
        created_at: moment("created_at")?,
        seen_at: moment("seen_at")?,
        expires_at: moment("expires_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::people::tests::{keeps, person};
    use super::super::tests::{NOW, desk};
    use super::*;

    const ADA: PersonId = PersonId([1; 16]);

    fn session(number: u8, at: Timestamp) -> SessionRow {
        let (made_by, expires_at) = ("mail".to_owned(), NOW.plus(30 * DAY));
        SessionRow { digest: [number; 32], person: ADA, made_by, created_at: at, seen_at: at, expires_at }
    }

    async fn begins(desk: &Desk, row: &SessionRow) {
        let mut write = desk.write().await.expect("a change");
        write.add_session(row).await.expect("kept");
        write.commit().await.expect("durable");
    }

    #[tokio::test]
    async fn a_session_leads_to_its_person_until_it_ends() {
        let (_folder, desk, clock) = desk().await;
        keeps(&desk, &person(1, "ada@example.org", &[])).await;
        begins(&desk, &session(1, NOW)).await;
        let found = desk.session(&[1; 32]).await.expect("read");
        assert_eq!(found.map(|(session, person)| (session.digest, person.id)), Some(([1; 32], ADA)));
        assert_eq!(desk.session(&[2; 32]).await.expect("read"), None);
        clock.advance(IDLE - 1);
        desk.session_seen(&[1; 32]).await.expect("noted");
        clock.advance(IDLE - 1);
        desk.sweep().await.expect("swept");
        assert!(desk.session(&[1; 32]).await.expect("read").is_some(), "it was used in between");
        clock.advance(1);
        desk.sweep().await.expect("swept");
        assert_eq!(desk.session(&[1; 32]).await.expect("read"), None, "nobody used it for long");
    }

    #[tokio::test]
    async fn a_session_is_over_at_its_own_time_however_often_it_is_used() {
        let used = SessionRow { seen_at: NOW.plus(30 * DAY - 1), ..session(1, NOW) };
        assert!(!used.is_over(NOW.plus(30 * DAY - 1)));
        assert!(used.is_over(NOW.plus(30 * DAY)));
        assert!(session(1, NOW).is_over(NOW.plus(IDLE)));
    }

    #[tokio::test]
    async fn one_more_than_twenty_sessions_ends_the_one_not_used_for_longest() {
        let (_folder, desk, _clock) = desk().await;
        for number in 0..21 {
            begins(&desk, &session(number, NOW.plus(u64::from(number)))).await;
        }
        let standing = desk.sessions_of(&ADA).await.expect("read");
        assert_eq!(standing.len(), 20);
        assert!(standing.iter().all(|session| session.digest != [0; 32]));
        let mut write = desk.write().await.expect("a change");
        assert_eq!(write.end_sessions(&ADA).await.expect("ended"), 20);
    }

    #[tokio::test]
    async fn nobody_is_signed_in_at_a_desk_that_came_back_from_a_backup() {
        let (_folder, desk, _clock) = desk().await;
        keeps(&desk, &person(1, "ada@example.org", &[])).await;
        begins(&desk, &session(1, NOW)).await;
        desk.mark_restored(NOW).await.expect("marked");
        assert_eq!(desk.session(&[1; 32]).await.expect("read"), None);
    }
}
