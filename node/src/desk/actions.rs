//! Links that were used: each does its one thing once, and whoever comes again is told when that was.

use mentormesh_protocol::Timestamp;
use sqlx::Row as _;

use super::handle::{big, count};
use super::{Desk, DeskError, Write};

impl Desk {
    /// When a link was used, if it was.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn action_used(&self, nonce: &[u8; 16]) -> Result<Option<Timestamp>, DeskError> {
        let query = sqlx::query("SELECT used_at FROM actions_used WHERE nonce = $1").bind(nonce.as_slice());
        let row = query.fetch_optional(self.reads()).await?;
        row.map(|row| Ok(Timestamp(count(row.try_get("used_at")?)))).transpose()
    }

    /// Notes that a link was used, and remembers it until the link runs out.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn use_action(&self, nonce: &[u8; 16], until: Timestamp) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let now = big(write.now().0);
        let query = "INSERT INTO actions_used (nonce, used_at, valid_until) VALUES ($1, $2, $3)
            ON CONFLICT (nonce) DO NOTHING";
        let query = sqlx::query(query).bind(nonce.as_slice()).bind(now).bind(big(until.0));
        query.execute(write.connection()).await?;
        write.commit().await
    }
}

impl Write {
    /// Forgets links that have run out; they are refused for that.
    pub(super) async fn sweep_actions(&mut self) -> Result<(), DeskError> {
        let now = big(self.now().0);
        sqlx::query("DELETE FROM actions_used WHERE valid_until < $1").bind(now).execute(self.connection()).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NOW, desk};

    #[tokio::test]
    async fn a_link_that_was_used_is_remembered_as_long_as_it_could_be_used_again() {
        let (_folder, desk, clock) = desk().await;
        assert_eq!(desk.action_used(&[1; 16]).await.expect("read"), None);
        desk.use_action(&[1; 16], NOW.plus(1_000)).await.expect("noted");
        clock.advance(500);
        desk.use_action(&[1; 16], NOW.plus(9_000)).await.expect("noted");
        assert_eq!(desk.action_used(&[1; 16]).await.expect("read"), Some(NOW), "the first time counts");
        clock.advance(500);
        desk.sweep().await.expect("swept");
        assert_eq!(desk.action_used(&[1; 16]).await.expect("read"), Some(NOW));
        clock.advance(1);
        desk.sweep().await.expect("swept");
        assert_eq!(desk.action_used(&[1; 16]).await.expect("read"), None);
    }
}
