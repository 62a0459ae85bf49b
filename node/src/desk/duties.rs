//! Duties of this node on their way: each is here from the transaction that wrote it until its recipient's last word.

use mentormesh_protocol::{EnvelopeId, MessageId, OrganisationId, Timestamp};
use sqlx::Row as _;

use super::handle::{Row, big, bytes, count};
use super::{Desk, DeskError, Write};

/// A duty on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyRow {
    /// Its random id.
    pub id: MessageId,
    /// What it is, in one word.
    pub what: String,
    /// The organisation it is for.
    pub recipient: OrganisationId,
    /// The signed bytes.
    pub signed: Vec<u8>,
    /// The last moment at which it may arrive.
    pub arrives_by: Timestamp,
    /// How often it was tried in vain.
    pub attempts: u64,
    /// Whether a relay keeps it.
    pub kept: bool,
}

impl Desk {
    /// Duties that are due, the longest waiting first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn due_duties(&self, most: u32) -> Result<Vec<DutyRow>, DeskError> {
        let query = "SELECT * FROM duties WHERE next_at <= $1 ORDER BY next_at, recorded_at, id LIMIT $2";
        let query = sqlx::query(query).bind(big(self.now().0)).bind(i64::from(most));
        query.fetch_all(self.reads()).await?.iter().map(read).collect()
    }

    /// When the next duty is due, if any waits.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn next_duty(&self) -> Result<Option<Timestamp>, DeskError> {
        let next: Option<i64> = sqlx::query_scalar("SELECT MIN(next_at) FROM duties").fetch_one(self.reads()).await?;
        Ok(next.map(|next| Timestamp(count(next))))
    }

    /// The duty that an envelope holds which went to a relay, if it is still on its way.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn duty_in(&self, envelope: &EnvelopeId) -> Result<Option<DutyRow>, DeskError> {
        let query = sqlx::query("SELECT * FROM duties WHERE envelope = $1").bind(envelope.0.as_slice());
        query.fetch_optional(self.reads()).await?.as_ref().map(read).transpose()
    }

    /// Notes that duties were tried in vain, and when each is tried again.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn postpone_duties(&self, later: &[(MessageId, Timestamp)]) -> Result<(), DeskError> {
        if later.is_empty() {
            return Ok(());
        }
        let mut write = self.write().await?;
        for (id, next_at) in later {
            let query = sqlx::query("UPDATE duties SET attempts = attempts + 1, next_at = $2 WHERE id = $1");
            query.bind(id.0.as_slice()).bind(big(next_at.0)).execute(write.connection()).await?;
        }
        write.commit().await
    }

    /// Makes every duty for an organisation due now.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn hurry_duties(&self, recipient: &OrganisationId) -> Result<(), DeskError> {
        let waits = sqlx::query_scalar("SELECT COUNT(*) FROM duties WHERE recipient = $1 AND next_at > $2");
        let waits = waits.bind(recipient.0.as_slice()).bind(big(self.now().0)).fetch_one(self.reads()).await?;
        if count(waits) == 0 {
            return Ok(());
        }
        let mut write = self.write().await?;
        let now = big(write.now().0);
        let query = sqlx::query("UPDATE duties SET next_at = $2, attempts = 0 WHERE recipient = $1 AND next_at > $2");
        query.bind(recipient.0.as_slice()).bind(now).execute(write.connection()).await?;
        write.commit().await
    }

    /// Remembers the sealed form of a duty that is about to be handed to relays, or that no relay keeps it.
    ///
    /// # Errors
    /// When the desk fails; then it must not be handed over.
    pub async fn duty_to_relays(&self, id: &MessageId, envelope: Option<&EnvelopeId>) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let query = sqlx::query("UPDATE duties SET envelope = $2, kept = $3 WHERE id = $1");
        let query = query.bind(id.0.as_slice()).bind(envelope.map(|id| id.0.to_vec())).bind(envelope.is_some());
        query.execute(write.connection()).await?;
        write.commit().await
    }

    /// How many duties are on their way.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn duties_waiting(&self) -> Result<u64, DeskError> {
        Ok(count(sqlx::query_scalar("SELECT COUNT(*) FROM duties").fetch_one(self.reads()).await?))
    }
}

impl Write {
    /// Puts a duty on its way, due at once.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn queue_duty(&mut self, duty: &DutyRow) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let query = "INSERT INTO duties (id, what, recipient, signed, arrives_by, attempts, next_at, kept, envelope,
                recorded_at) VALUES ($1, $2, $3, $4, $5, 0, $6, FALSE, NULL, $6) ON CONFLICT (id) DO NOTHING";
        let query = sqlx::query(query).bind(duty.id.0.as_slice()).bind(&duty.what);
        let query = query.bind(duty.recipient.0.as_slice()).bind(&duty.signed).bind(big(duty.arrives_by.0));
        query.bind(now).execute(self.connection()).await?;
        Ok(())
    }

    /// How many duties of one sort are on their way.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn duties_of(&mut self, what: &str) -> Result<u64, DeskError> {
        let query = sqlx::query_scalar("SELECT COUNT(*) FROM duties WHERE what = $1").bind(what);
        Ok(count(query.fetch_one(self.connection()).await?))
    }

    /// Takes a duty off its way.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn unqueue_duty(&mut self, id: &MessageId) -> Result<(), DeskError> {
        sqlx::query("DELETE FROM duties WHERE id = $1").bind(id.0.as_slice()).execute(self.connection()).await?;
        Ok(())
    }
}

fn read(row: &Row) -> Result<DutyRow, DeskError> {
    Ok(DutyRow {
        id: MessageId(bytes(row, "id", "duties.id")?),
        what: row.try_get("what")?,
        recipient: OrganisationId(bytes(row, "recipient", "duties.recipient")?),
        signed: row.try_get("signed")?,
        arrives_by: Timestamp(count(row.try_get("arrives_by")?)),
        attempts: count(row.try_get("attempts")?),
        kept: row.try_get("kept")?,
    })
}
