//! Links that sign somebody in once: kept as digests, gone in the change that uses them.

use mentormesh_protocol::{PersonId, Timestamp};
use sqlx::Row as _;

use super::handle::{big, count};
use super::people::id_of;
use super::{DeskError, Write};

/// Links of one person at once; one more takes the place of the oldest.
const LINKS: i64 = 5;

/// A link that was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRow {
    /// Whom it signs in.
    pub person: PersonId,
    /// Who made it, as the audit trail writes it, or `mail`.
    pub made_by: String,
}

impl Write {
    /// Keeps a link by the digest of its token.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn add_link(
        &mut self,
        digest: &[u8; 32],
        person: &PersonId,
        made_by: &str,
        expires_at: Timestamp,
    ) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let query = "INSERT INTO sign_in_links (digest, person, made_by, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5)";
        let query = sqlx::query(query).bind(digest.as_slice()).bind(person.0.as_slice()).bind(made_by).bind(now);
        query.bind(big(expires_at.0)).execute(self.connection()).await?;
        let query = "DELETE FROM sign_in_links WHERE person = $1 AND digest NOT IN
            (SELECT digest FROM sign_in_links WHERE person = $1 ORDER BY created_at DESC, expires_at DESC LIMIT $2)";
        sqlx::query(query).bind(person.0.as_slice()).bind(LINKS).execute(self.connection()).await?;
        Ok(())
    }

    /// Links of somebody that were made after a moment and are not used.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn links_since(&mut self, person: &PersonId, since: Timestamp) -> Result<u64, DeskError> {
        let query = "SELECT COUNT(*) FROM sign_in_links WHERE person = $1 AND created_at > $2";
        let query = sqlx::query_scalar(query).bind(person.0.as_slice()).bind(big(since.0));
        Ok(count(query.fetch_one(self.connection()).await?))
    }

    /// Uses a link, as part of this change: it is gone with it. Nothing if there is none any more.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn use_link(&mut self, digest: &[u8; 32]) -> Result<Option<LinkRow>, DeskError> {
        let now = big(self.now().0);
        let query = "SELECT person, made_by FROM sign_in_links WHERE digest = $1 AND expires_at > $2";
        let query = sqlx::query(query).bind(digest.as_slice()).bind(now);
        let Some(row) = query.fetch_optional(self.connection()).await? else { return Ok(None) };
        let query = sqlx::query("DELETE FROM sign_in_links WHERE digest = $1").bind(digest.as_slice());
        query.execute(self.connection()).await?;
        let person = id_of(row.try_get("person")?, "sign_in_links.person")?;
        Ok(Some(LinkRow { person, made_by: row.try_get("made_by")? }))
    }

    /// Ends every link of somebody.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn end_links(&mut self, person: &PersonId) -> Result<(), DeskError> {
        let query = sqlx::query("DELETE FROM sign_in_links WHERE person = $1").bind(person.0.as_slice());
        query.execute(self.connection()).await?;
        Ok(())
    }

    pub(super) async fn sweep_links(&mut self) -> Result<(), DeskError> {
        let now = big(self.now().0);
        sqlx::query("DELETE FROM sign_in_links WHERE expires_at <= $1").bind(now).execute(self.connection()).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::limits::MINUTE;

    use super::super::tests::{NOW, desk};
    use super::*;

    const ADA: PersonId = PersonId([1; 16]);

    #[tokio::test]
    async fn a_link_is_used_once_and_not_after_its_time() {
        let (_folder, desk, clock) = desk().await;
        let mut write = desk.write().await.expect("a change");
        for digest in [[1; 32], [2; 32]] {
            write.add_link(&digest, &ADA, "mail", NOW.plus(15 * MINUTE)).await.expect("kept");
        }
        let used = write.use_link(&[1; 32]).await.expect("read");
        assert_eq!(used, Some(LinkRow { person: ADA, made_by: "mail".to_owned() }));
        assert_eq!(write.use_link(&[1; 32]).await.expect("read"), None, "a second time");
        assert_eq!(write.use_link(&[3; 32]).await.expect("read"), None, "one that never was");
        write.commit().await.expect("durable");
        clock.advance(15 * MINUTE);
        let mut write = desk.write().await.expect("a change");
        assert_eq!(write.use_link(&[2; 32]).await.expect("read"), None, "a quarter of an hour later");
    }

    #[tokio::test]
    async fn a_link_used_in_a_change_that_is_undone_can_still_be_used() {
        let (_folder, desk, _clock) = desk().await;
        let mut write = desk.write().await.expect("a change");
        write.add_link(&[1; 32], &ADA, "mail", NOW.plus(MINUTE)).await.expect("kept");
        write.commit().await.expect("durable");
        let mut write = desk.write().await.expect("a change");
        assert!(write.use_link(&[1; 32]).await.expect("read").is_some());
        write.undo().await.expect("undone");
        let mut write = desk.write().await.expect("a change");
        assert!(write.use_link(&[1; 32]).await.expect("read").is_some());
    }

    #[tokio::test]
    async fn one_more_than_five_links_takes_the_place_of_the_oldest() {
        let (_folder, desk, clock) = desk().await;
        for number in 0..6 {
            let mut write = desk.write().await.expect("a change");
            write.add_link(&[number; 32], &ADA, "mail", NOW.plus(15 * MINUTE)).await.expect("kept");
            write.commit().await.expect("durable");
            clock.advance(1);
        }
        let mut write = desk.write().await.expect("a change");
        assert_eq!(write.links_since(&ADA, NOW).await.expect("counted"), 5, "those after the first");
        assert_eq!(write.use_link(&[0; 32]).await.expect("read"), None);
        assert!(write.use_link(&[1; 32]).await.expect("read").is_some());
    }
}
