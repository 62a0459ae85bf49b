//! The audit trail: who did what, to what, when. Rows are added in the transaction of the act itself.
//!
//! A row names a listing by its random id and never by a name or address, because the trail outlives an erasure.

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::limits::DAY;
use sqlx::Row as _;

use super::handle::{Row, big, count};
use super::{Desk, DeskError, Write};

/// How long the trail is kept: the two years that data-protection practice asks for.
const KEPT: u64 = 730 * DAY;

/// Finds acts; `$1` to `$3` are how act, actor and subject begin.
macro_rules! found {
    ($columns:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM audit WHERE SUBSTR(act, 1, LENGTH($1)) = $1 AND SUBSTR(actor, 1, LENGTH($2)) = $2
            AND SUBSTR(about, 1, LENGTH($3)) = $3 ",
            $rest
        )
    };
}

/// Which acts to find.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// How the word of the act begins.
    pub act: String,
    /// How the word of who did it begins.
    pub by: String,
    /// How what it was done to begins.
    pub about: String,
    /// Only those before this place.
    pub before: Option<u64>,
    /// How many at most.
    pub limit: u32,
}

/// One administrative act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place in the trail.
    pub place: u64,
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
        let filter = AuditFilter { limit: most, ..AuditFilter::default() };
        Ok(self.audit_found(&filter).await?.0)
    }

    /// The acts that a filter finds, newest first, and how many there are in all.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn audit_found(&self, filter: &AuditFilter) -> Result<(Vec<AuditRow>, u64), DeskError> {
        let query = sqlx::query(found!("*", "AND place < $4 ORDER BY place DESC LIMIT $5"));
        let query = query.bind(&filter.act).bind(&filter.by).bind(&filter.about);
        let query = query.bind(big(filter.before.unwrap_or(u64::MAX))).bind(i64::from(filter.limit));
        let rows = query.fetch_all(self.reads()).await?;
        let query = sqlx::query_scalar(found!("COUNT(*)", ""));
        let total = query.bind(&filter.act).bind(&filter.by).bind(&filter.about).fetch_one(self.reads()).await?;
        Ok((rows.iter().map(read).collect::<Result<_, _>>()?, count(total)))
    }
}

fn read(row: &Row) -> Result<AuditRow, DeskError> {
    Ok(AuditRow {
        place: count(row.try_get("place")?),
        at: Timestamp(count(row.try_get("recorded_at")?)),
        by: row.try_get("actor")?,
        act: row.try_get("act")?,
        about: row.try_get("about")?,
        detail: row.try_get("detail")?,
    })
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

    #[tokio::test]
    async fn acts_are_found_by_how_their_words_begin_and_page_by_page() {
        let (_folder, desk, _clock) = desk().await;
        for (by, act, about) in [
            ("registrar", "listing.published", "aaa"),
            ("person abc", "listing.edited", "bbb"),
            ("person abd", "trust.standing", "a%a"),
        ] {
            desk.audit(by, act, about, "").await.expect("noted");
        }
        let found = async |act: &str, by: &str, about: &str, before| {
            let filter =
                AuditFilter { act: act.to_owned(), by: by.to_owned(), about: about.to_owned(), before, limit: 2 };
            let (rows, total) = desk.audit_found(&filter).await.expect("read");
            (rows.into_iter().map(|row| row.place).collect::<Vec<_>>(), total)
        };
        assert_eq!(found("", "", "", None).await, (vec![3, 2], 3));
        assert_eq!(found("", "", "", Some(2)).await, (vec![1], 3));
        assert_eq!(found("listing", "", "", None).await, (vec![2, 1], 2));
        assert_eq!(found("", "person ab", "", None).await, (vec![3, 2], 2));
        assert_eq!(found("", "", "a%", None).await, (vec![3], 1), "a sign that means something to SQL means itself");
    }
}
