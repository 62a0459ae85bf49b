//! The audit trail: who did what, to what, when. Rows are added in the transaction of the act itself.
//!
//! A row names a listing by its random id and never by a name or address, because the trail outlives an erasure.

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::limits::DAY;
use sqlx::Row as _;

use super::handle::{big, count};
use super::{Desk, DeskError, Write};

/// How long the trail is kept: the two years that data-protection practice asks for.
const KEPT: u64 = 730 * DAY;

/// One administrative act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// When.
    pub at: Timestamp,
    /// Who, by role.
    pub by: String,
    /// What, as a word like `listing.published`.
    pub act: String,
    /// To what.
    pub about: String,
    /// What else is worth knowing.
    pub detail: String,
}

impl Desk {
    /// Adds an act that changes nothing else at the desk.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn audit(&self, by: &str, act: &str, about: &str, detail: &str) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        write.note(by, act, about, detail).await?;
        write.commit().await
    }

    /// The latest acts, newest first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn audit_trail(&self, most: u32) -> Result<Vec<AuditRow>, DeskError> {
        let query = "SELECT recorded_at, actor, act, about, detail FROM audit ORDER BY place DESC LIMIT $1";
        let rows = sqlx::query(query).bind(i64::from(most)).fetch_all(self.reads()).await?;
        rows.iter()
            .map(|row| {
                let at = Timestamp(count(row.try_get("recorded_at")?));
                let (by, act) = (row.try_get("actor")?, row.try_get("act")?);
                Ok(AuditRow { at, by, act, about: row.try_get("about")?, detail: row.try_get("detail")? })
            })
            .collect()
    }
}

impl Write {
    /// Adds an act to the trail, as part of this change.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn note(&mut self, by: &str, act: &str, about: &str, detail: &str) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let query = "INSERT INTO audit (place, recorded_at, actor, act, about, detail)
            SELECT COALESCE(MAX(place), 0) + 1, $1, $2, $3, $4, $5 FROM audit";
        let query = sqlx::query(query).bind(now).bind(by).bind(act).bind(about).bind(detail);
        query.execute(self.connection()).await?;
        Ok(())
    }

    pub(super) async fn sweep_audit(&mut self) -> Result<(), DeskError> {
        let before = big(self.now().minus(KEPT).0);
        sqlx::query("DELETE FROM audit WHERE recorded_at < $1").bind(before).execute(self.connection()).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::desk;
    use super::*;

    #[tokio::test]
    async fn the_trail_tells_acts_in_order_and_forgets_them_after_two_years() {
        let (_folder, desk, clock) = desk().await;
        desk.audit("registrar", "trust.pinned", "bo", "").await.expect("noted");
        clock.advance(KEPT);
        desk.audit("registrar", "trust.blocked", "mallory", "spam").await.expect("noted");
        let acts = |rows: Vec<AuditRow>| rows.into_iter().map(|row| row.act).collect::<Vec<_>>();
        assert_eq!(acts(desk.audit_trail(9).await.expect("read")), ["trust.blocked", "trust.pinned"]);
        clock.advance(1);
        desk.sweep().await.expect("swept");
        assert_eq!(acts(desk.audit_trail(9).await.expect("read")), ["trust.blocked"]);
    }
}
