//! What brings nobody back who was forgotten after the backup of this desk was made: the addresses that it knows, and
//! whether those who were forgotten since are gone again.

use mentormesh_protocol::Timestamp;

use super::handle::{big, count};
use super::{Desk, DeskError};

impl Desk {
    /// Every address of a person that this desk holds, each as somebody wrote it.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn addresses(&self) -> Result<Vec<String>, DeskError> {
        let query = "SELECT email FROM people UNION SELECT email FROM listings
            UNION SELECT recipient FROM mail UNION SELECT address FROM mail_choices
            UNION SELECT mentee_email FROM introductions WHERE mentee_email IS NOT NULL";
        Ok(sqlx::query_scalar(query).fetch_all(self.reads()).await?)
    }

    /// When the backup was made from which this desk came back and when it did, while nobody looked who was forgotten
    /// in between.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn to_forget_again(&self) -> Result<Option<(Timestamp, Timestamp)>, DeskError> {
        let query = "SELECT MIN(backup_made_at), MAX(restored_at) FROM restored WHERE forgotten_at IS NULL";
        let (from, until): (Option<i64>, Option<i64>) = sqlx::query_as(query).fetch_one(self.reads()).await?;
        Ok(from.zip(until).map(|(from, until)| (Timestamp(count(from)), Timestamp(count(until)))))
    }

    /// Writes down that whoever was forgotten between backup and return is gone again.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn note_forgotten_again(&self, many: u64) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let now = big(write.now().0);
        let query = sqlx::query("UPDATE restored SET forgotten_at = $1 WHERE forgotten_at IS NULL").bind(now);
        query.execute(write.connection()).await?;
        write.note("restore", "person.erased", "again", &many.to_string()).await?;
        write.commit().await
    }
}
