//! A desk that is older than what the world holds of ours: when it was restored, and what it does not know.
//!
//! What is newer elsewhere comes back through the register and is kept here as it is; who decides what that means
//! for a listing is `crate::listings`.

use mentormesh_protocol::limits::PROFILE_LIFETIME;
use mentormesh_protocol::{Slot, Subject, Timestamp};

use super::handle::{big, count};
use super::slots::{Ending, keep, own_slot};
use super::{Desk, DeskError, OrganisationRow, Write};

impl Desk {
    /// Writes down that this desk came back from a backup made at a moment.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn mark_restored(&self, backup_made_at: Timestamp) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let now = big(write.now().0);
        let query = "INSERT INTO restored (place, backup_made_at, restored_at)
            SELECT COALESCE(MAX(place), 0) + 1, $1, $2 FROM restored";
        sqlx::query(query).bind(big(backup_made_at.0)).bind(now).execute(write.connection()).await?;
        write.sign_everybody_out().await?;
        write.note("restore", "desk.restored", "self", &backup_made_at.to_string()).await?;
        write.commit().await
    }

    /// When the backup was made that this desk last came back from, if it ever did.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn restored(&self) -> Result<Option<Timestamp>, DeskError> {
        let query = "SELECT backup_made_at FROM restored ORDER BY place DESC LIMIT 1";
        let at: Option<i64> = sqlx::query_scalar(query).fetch_optional(self.reads()).await?;
        Ok(at.map(|at| Timestamp(count(at))))
    }

    /// Whether this desk came back from a backup and nobody has shown since what is held of ours elsewhere.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn awaits_comparison(&self) -> Result<bool, DeskError> {
        let query = "SELECT COUNT(*) FROM restored WHERE compared_at IS NULL";
        let waiting: i64 = sqlx::query_scalar(query).fetch_one(self.reads()).await?;
        Ok(waiting > 0)
    }

    /// Writes down that somebody has shown what is held of ours elsewhere, or that there is nobody.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn note_compared(&self) -> Result<(), DeskError> {
        if !self.awaits_comparison().await? {
            return Ok(());
        }
        let mut write = self.write().await?;
        let now = big(write.now().0);
        let query = sqlx::query("UPDATE restored SET compared_at = $1 WHERE compared_at IS NULL").bind(now);
        query.execute(write.connection()).await?;
        write.commit().await
    }

    /// Takes over a card of ours that is newer elsewhere. Answers whether it was.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn adopt_card(
        &self,
        slot: &Slot,
        sequence: u64,
        envelope: &[u8],
        says: &OrganisationRow,
    ) -> Result<bool, DeskError> {
        let mut write = self.write().await?;
        if !write.adopt(slot, sequence, envelope).await? {
            return Ok(false);
        }
        write.put_organisation(says).await?;
        write.commit().await?;
        Ok(true)
    }

    /// Profiles of ours that stand on the network and that no listing here answers for, and how many there are;
    /// the first hundred are named.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn unlisted(&self) -> Result<Vec<Subject>, DeskError> {
        let edge = big(self.now().minus(PROFILE_LIFETIME).0);
        let query = "SELECT about FROM own_slots WHERE kind = 'profile' AND NOT withdrawn AND sequence > $1
            AND NOT EXISTS (SELECT 1 FROM listings WHERE subject = own_slots.about) ORDER BY about LIMIT 100";
        let found: Vec<Vec<u8>> = sqlx::query_scalar(query).bind(edge).fetch_all(self.reads()).await?;
        let read = |bytes: &Vec<u8>| Subject::from_slice(bytes);
        found.iter().map(read).collect::<Result<_, _>>().map_err(|_| DeskError::Unreadable { what: "own_slots.about" })
    }
}

impl Write {
    /// Keeps an envelope of ours that stands elsewhere and is newer than what the desk has, as part of this change.
    /// Answers whether it is; what was erased stays so.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn adopt(&mut self, slot: &Slot, sequence: u64, envelope: &[u8]) -> Result<bool, DeskError> {
        let stands = own_slot(self.connection(), slot).await?;
        if stands.is_some_and(|stands| stands.erased || stands.sequence >= sequence) {
            return Ok(false);
        }
        keep(self.connection(), slot, sequence, envelope, Ending { withdrawn: false, erased: false }).await?;
        let about = slot.profile_id().map_or_else(|| slot.kind.to_string(), |id| id.subject.to_string());
        self.note("network", "slot.adopted", &about, "").await?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NOW, desk, slot};
    use super::*;

    async fn adopt(desk: &Desk, sequence: u64) -> bool {
        let mut write = desk.write().await.expect("a change");
        let news = write.adopt(&slot(), sequence, b"newer").await.expect("asked");
        write.commit().await.expect("kept");
        news
    }

    #[tokio::test]
    async fn a_restored_desk_waits_until_somebody_was_compared_with() {
        let (_folder, desk, _) = desk().await;
        assert_eq!(desk.restored().await.expect("read"), None);
        assert!(!desk.awaits_comparison().await.expect("read"), "a desk that was never restored waits for nobody");
        desk.mark_restored(NOW.minus(5)).await.expect("written");
        assert_eq!(desk.restored().await.expect("read"), Some(NOW.minus(5)));
        assert!(desk.awaits_comparison().await.expect("read"));
        desk.note_compared().await.expect("written");
        assert!(!desk.awaits_comparison().await.expect("read"));
        assert_eq!(desk.restored().await.expect("read"), Some(NOW.minus(5)), "that it was restored stays known");
    }

    #[tokio::test]
    async fn what_is_newer_elsewhere_is_taken_over_unless_it_was_erased() {
        let (_folder, desk, _) = desk().await;
        assert!(adopt(&desk, NOW.0).await, "a slot that the desk lacks");
        assert!(!adopt(&desk, NOW.0).await, "the same again");
        assert!(!adopt(&desk, NOW.0 - 1).await, "older");
        assert!(adopt(&desk, NOW.0 + 1).await);
        assert_eq!(desk.unlisted().await.expect("read"), [Subject([7; 16])], "no listing answers for it");
        desk.note_withdrawn(&slot(), NOW.0, b"erasure", true).await.expect("erased");
        assert!(!adopt(&desk, NOW.0 + 9).await);
        assert_eq!(desk.unlisted().await.expect("read"), []);
    }
}
