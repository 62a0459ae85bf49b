//! Erasures: of our own profiles who held them, who is asked and who confirmed; of others' which were confirmed from
//! here. It stays readable when nothing else of a profile is left, and names no person.

use mentormesh_protocol::limits::{DAY, MINUTE, PROFILE_LIFETIME};
use mentormesh_protocol::{OrganisationId, PeerId, RecordId, Subject, Timestamp};
use sqlx::Row as _;

use super::handle::{Row, big, bytes, count};
use super::{Desk, DeskError, Write};

/// How seldom it is written down again that an organisation holds profiles of ours.
const NOTED_EVERY: u64 = 60 * MINUTE;
/// How long what is known of an erasure is kept after the last copy ran out: two years, like the audit trail.
const KEPT: u64 = 730 * DAY;
/// How long a confirmed withdrawal of another organisation is remembered: longer than the withdrawal lives.
const CONFIRMED_KEPT: u64 = 100 * DAY;

/// An erasure of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErasureRow {
    /// The record that erased it.
    pub withdrawal: RecordId,
    /// When every copy has run out by itself.
    pub by_date: Timestamp,
}

/// What one organisation said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolderRow {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its node that confirmed, and when it was removed there.
    pub confirmed: Option<(PeerId, Timestamp)>,
}

impl Desk {
    /// Notes that an organisation said it holds profiles of ours.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn note_holder(&self, organisation: &OrganisationId) -> Result<(), DeskError> {
        let query = sqlx::query_scalar("SELECT seen_at FROM holders WHERE organisation = $1");
        let seen: Option<i64> = query.bind(organisation.0.as_slice()).fetch_optional(self.reads()).await?;
        if seen.is_some_and(|at| Timestamp(count(at)).apart(self.now()) < NOTED_EVERY) {
            return Ok(());
        }
        let mut write = self.write().await?;
        let now = big(write.now().0);
        let query = "INSERT INTO holders (organisation, seen_at) VALUES ($1, $2)
            ON CONFLICT (organisation) DO UPDATE SET seen_at = excluded.seen_at";
        sqlx::query(query).bind(organisation.0.as_slice()).bind(now).execute(write.connection()).await?;
        write.commit().await
    }

    /// How far the store's change log was followed.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn erasures_followed(&self) -> Result<u64, DeskError> {
        let query = sqlx::query_scalar("SELECT position FROM erasures_followed");
        Ok(query.fetch_optional(self.reads()).await?.map_or(0, count))
    }

    /// An erasure of ours, if this profile was erased.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn erasure(&self, subject: &Subject) -> Result<Option<ErasureRow>, DeskError> {
        let query = sqlx::query("SELECT * FROM erasures WHERE subject = $1").bind(subject.0.as_slice());
        query.fetch_optional(self.reads()).await?.as_ref().map(erasure).transpose()
    }

    /// Who was asked to confirm an erasure or did so, by organisation.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn erasure_holders(&self, subject: &Subject) -> Result<Vec<HolderRow>, DeskError> {
        let query = "SELECT organisation, node, at FROM erasure_receipts WHERE subject = $1
            UNION ALL SELECT organisation, NULL, NULL FROM erasures_asked a WHERE subject = $1 AND NOT EXISTS
                (SELECT 1 FROM erasure_receipts r WHERE r.subject = a.subject AND r.organisation = a.organisation)
            ORDER BY 1, 2";
        let rows = sqlx::query(query).bind(subject.0.as_slice()).fetch_all(self.reads()).await?;
        rows.iter().map(holder).collect()
    }
}

impl Write {
    /// As [`Desk::erasures_followed`], inside this change.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn erasures_followed(&mut self) -> Result<u64, DeskError> {
        let query = sqlx::query_scalar("SELECT position FROM erasures_followed");
        Ok(query.fetch_optional(self.connection()).await?.map_or(0, count))
    }

    /// Notes how far the store's change log was followed.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn follow_erasures(&mut self, position: u64) -> Result<(), DeskError> {
        let query = "INSERT INTO erasures_followed (one, position) VALUES (1, $1)
            ON CONFLICT (one) DO UPDATE SET position = excluded.position";
        sqlx::query(query).bind(big(position)).execute(self.connection()).await?;
        Ok(())
    }

    /// Notes that another organisation's erasure is confirmed from here; false if it was before.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn confirm_erasure(&mut self, withdrawal: &RecordId) -> Result<bool, DeskError> {
        let now = big(self.now().0);
        let query = "INSERT INTO erasures_confirmed (withdrawal, recorded_at) VALUES ($1, $2)
            ON CONFLICT (withdrawal) DO NOTHING";
        let query = sqlx::query(query).bind(withdrawal.0.as_slice()).bind(now);
        Ok(query.execute(self.connection()).await?.rows_affected() > 0)
    }

    /// Notes an erasure of ours, and asks everybody to confirm who lately said that they hold profiles of ours.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn note_erasure(&mut self, subject: &Subject, erasure: &ErasureRow) -> Result<(), DeskError> {
        let now = self.now();
        let query = "INSERT INTO erasures (subject, withdrawal, by_date, recorded_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (subject) DO NOTHING";
        let query = sqlx::query(query).bind(subject.0.as_slice()).bind(erasure.withdrawal.0.as_slice());
        let query = query.bind(big(erasure.by_date.0)).bind(big(now.0));
        if query.execute(self.connection()).await?.rows_affected() == 0 {
            return Ok(());
        }
        let query = "INSERT INTO erasures_asked (subject, organisation)
            SELECT $1, organisation FROM holders WHERE seen_at > $2";
        let query = sqlx::query(query).bind(subject.0.as_slice()).bind(big(now.minus(PROFILE_LIFETIME).0));
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// As [`Desk::erasure`], inside this change.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn erasure(&mut self, subject: &Subject) -> Result<Option<ErasureRow>, DeskError> {
        let query = sqlx::query("SELECT * FROM erasures WHERE subject = $1").bind(subject.0.as_slice());
        query.fetch_optional(self.connection()).await?.as_ref().map(erasure).transpose()
    }

    /// Whether an organisation was asked to confirm an erasure.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn erasure_asked(&mut self, subject: &Subject, of: &OrganisationId) -> Result<bool, DeskError> {
        let query = "SELECT COUNT(*) FROM erasures_asked WHERE subject = $1 AND organisation = $2";
        let query = sqlx::query_scalar(query).bind(subject.0.as_slice()).bind(of.0.as_slice());
        Ok(count(query.fetch_one(self.connection()).await?) > 0)
    }

    /// Keeps a node's receipt for an erasure of ours; a second one changes nothing.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn keep_erasure_receipt(
        &mut self,
        subject: &Subject,
        of: &OrganisationId,
        node: &PeerId,
        at: Timestamp,
        signed: &[u8],
    ) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let query = "INSERT INTO erasure_receipts (subject, organisation, node, at, signed, recorded_at)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (subject, organisation, node) DO NOTHING";
        let query = sqlx::query(query).bind(subject.0.as_slice()).bind(of.0.as_slice()).bind(node.to_string());
        query.bind(big(at.0)).bind(signed).bind(now).execute(self.connection()).await?;
        Ok(())
    }

    /// Forgets erasures that nobody asks about any more.
    pub(super) async fn sweep_erasures(&mut self) -> Result<(), DeskError> {
        let (over, confirmed) = (big(self.now().minus(KEPT).0), big(self.now().minus(CONFIRMED_KEPT).0));
        for query in [
            "DELETE FROM erasure_receipts WHERE subject IN (SELECT subject FROM erasures WHERE by_date < $1)",
            "DELETE FROM erasures_asked WHERE subject IN (SELECT subject FROM erasures WHERE by_date < $1)",
            "DELETE FROM erasures WHERE by_date < $1",
        ] {
            sqlx::query(query).bind(over).execute(self.connection()).await?;
        }
        let query = sqlx::query("DELETE FROM erasures_confirmed WHERE recorded_at < $1").bind(confirmed);
        query.execute(self.connection()).await?;
        Ok(())
    }
}

fn erasure(row: &Row) -> Result<ErasureRow, DeskError> {
    Ok(ErasureRow {
        withdrawal: RecordId(bytes(row, "withdrawal", "erasures.withdrawal")?),
        by_date: Timestamp(count(row.try_get("by_date")?)),
    })
}

fn holder(row: &Row) -> Result<HolderRow, DeskError> {
    let wrong = DeskError::Unreadable { what: "erasure_receipts.node" };
    let (node, at): (Option<String>, Option<i64>) = (row.try_get("node")?, row.try_get("at")?);
    let node = node.map(|text| text.parse::<PeerId>()).transpose().map_err(|_| wrong)?;
    Ok(HolderRow {
        organisation: OrganisationId(bytes(row, "organisation", "erasure_receipts.organisation")?),
        confirmed: node.zip(at.map(|at| Timestamp(count(at)))),
    })
}
