//! Mentors of other organisations whom a registrar keeps out of sight at this node.

use mentormesh_protocol::api::HiddenProfile;
use mentormesh_protocol::{ProfileId, Timestamp};
use sqlx::Row as _;

use super::handle::{Row, big, count};
use super::introduction_words::organisation_of;
use super::introductions::subject_of;
use super::{Desk, DeskError, Write};

impl Desk {
    /// Everybody who is kept out of sight, the latest first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn hidden_profiles(&self) -> Result<Vec<HiddenProfile>, DeskError> {
        let query = "SELECT * FROM hidden_profiles ORDER BY hidden_at DESC, organisation, subject";
        let read = |row: &Row| {
            let organisation = organisation_of(row.try_get("organisation")?)?;
            Ok(HiddenProfile {
                id: ProfileId { organisation, subject: subject_of(row.try_get("subject")?)? },
                why: row.try_get("why")?,
                since: Timestamp(count(row.try_get("hidden_at")?)),
                by: row.try_get("hidden_by")?,
            })
        };
        sqlx::query(query).fetch_all(self.reads()).await?.iter().map(read).collect()
    }
}

impl Write {
    /// How many are kept out of sight.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn hidden_count(&mut self) -> Result<u64, DeskError> {
        let query = sqlx::query_scalar("SELECT COUNT(*) FROM hidden_profiles");
        Ok(count(query.fetch_one(self.connection()).await?))
    }

    /// Keeps a profile out of sight; one that is already stays as it was written down first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn hide(&mut self, id: &ProfileId, why: &str, by: &str) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let query = "INSERT INTO hidden_profiles (organisation, subject, why, hidden_at, hidden_by)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organisation, subject) DO NOTHING";
        let query = sqlx::query(query).bind(id.organisation.0.as_slice()).bind(id.subject.0.as_slice());
        query.bind(why).bind(now).bind(by).execute(self.connection()).await?;
        Ok(())
    }

    /// Shows a profile again; answers whether it was hidden.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn unhide(&mut self, id: &ProfileId) -> Result<bool, DeskError> {
        let query = sqlx::query("DELETE FROM hidden_profiles WHERE organisation = $1 AND subject = $2");
        let query = query.bind(id.organisation.0.as_slice()).bind(id.subject.0.as_slice());
        Ok(query.execute(self.connection()).await?.rows_affected() > 0)
    }
}
