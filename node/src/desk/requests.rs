//! Requests that carried an `Idempotency-Key`, and what was answered: a repeat gets the same answer, not a second act.
//!
//! A key is claimed before the act and answered after it. A claim whose node stopped in between is given up after a
//! minute. Keys live for a day.

use mentormesh_protocol::limits::{DAY, MINUTE};
use sqlx::Row as _;

use super::handle::{big, count};
use super::{Desk, DeskError, Write};

/// How long an answer is kept (the draft on Idempotency-Key leaves it to the server; a day outlives any retry).
const KEPT: u64 = DAY;
/// How long a claim without an answer blocks a repeat.
const CLAIMED: u64 = MINUTE;

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recalled {
    /// Nothing: it is claimed for this request now; act, then [`Desk::remember`] or [`Desk::release`].
    Claimed,
    /// The same request is being acted on.
    Running,
    /// The same request was answered with this.
    Answered {
        /// HTTP status.
        status: u16,
        /// Body.
        body: Vec<u8>,
    },
    /// Another request carried this key.
    OtherRequest,
}

impl Desk {
    /// Looks a key up, and claims it for the request with this fingerprint if it is new.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn recall(&self, key: &str, fingerprint: &[u8; 32]) -> Result<Recalled, DeskError> {
        let mut write = self.write().await?;
        let now = write.now();
        let query = "DELETE FROM requests WHERE request_key = $1
            AND (created_at < $2 OR (status IS NULL AND created_at < $3))";
        let query = sqlx::query(query).bind(key).bind(big(now.minus(KEPT).0)).bind(big(now.minus(CLAIMED).0));
        query.execute(write.connection()).await?;
        let query = sqlx::query("SELECT fingerprint, status, body FROM requests WHERE request_key = $1");
        if let Some(row) = query.bind(key).fetch_optional(write.connection()).await? {
            if row.try_get::<&[u8], _>("fingerprint")? != fingerprint {
                return Ok(Recalled::OtherRequest);
            }
            let Some(status) = row.try_get::<Option<i64>, _>("status")? else { return Ok(Recalled::Running) };
            let status = u16::try_from(status).map_err(|_| DeskError::Unreadable { what: "requests.status" })?;
            let body = row.try_get::<Option<Vec<u8>>, _>("body")?.unwrap_or_default();
            return Ok(Recalled::Answered { status, body });
        }
        let query = "INSERT INTO requests (request_key, fingerprint, status, body, created_at)
            VALUES ($1, $2, NULL, NULL, $3)";
        let query = sqlx::query(query).bind(key).bind(fingerprint.as_slice()).bind(big(now.0));
        query.execute(write.connection()).await?;
        write.commit().await?;
        Ok(Recalled::Claimed)
    }

    /// Keeps the answer to a claimed key.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn remember(&self, key: &str, status: u16, body: &[u8]) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let query = sqlx::query("UPDATE requests SET status = $2, body = $3 WHERE request_key = $1");
        query.bind(key).bind(i64::from(status)).bind(body).execute(write.connection()).await?;
        write.commit().await
    }

    /// Gives a claimed key back, because nothing was done: a repeat shall try again.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn release(&self, key: &str) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let query = sqlx::query("DELETE FROM requests WHERE request_key = $1 AND status IS NULL");
        query.bind(key).execute(write.connection()).await?;
        write.commit().await
    }

    /// Gives back every key that is claimed and not answered: for a start, when nothing can be under way.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn release_all(&self) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        sqlx::query("DELETE FROM requests WHERE status IS NULL").execute(write.connection()).await?;
        write.commit().await
    }

    /// How many keys are kept.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn requests_kept(&self) -> Result<u64, DeskError> {
        Ok(count(sqlx::query_scalar("SELECT COUNT(*) FROM requests").fetch_one(self.reads()).await?))
    }
}

impl Write {
    pub(super) async fn sweep_requests(&mut self) -> Result<(), DeskError> {
        let before = big(self.now().minus(KEPT).0);
        sqlx::query("DELETE FROM requests WHERE created_at < $1").bind(before).execute(self.connection()).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::desk;
    use super::*;

    #[tokio::test]
    async fn a_repeat_gets_the_first_answer_and_another_request_gets_none() {
        let (_folder, desk, clock) = desk().await;
        let recall = async |fingerprint| desk.recall("k1", &[fingerprint; 32]).await.expect("asked");
        assert_eq!(recall(1).await, Recalled::Claimed);
        assert_eq!(recall(1).await, Recalled::Running);
        desk.release("k1").await.expect("released");
        assert_eq!(recall(1).await, Recalled::Claimed);
        desk.release_all().await.expect("released, as at a start");
        assert_eq!(recall(1).await, Recalled::Claimed);
        desk.remember("k1", 201, b"{}").await.expect("kept");
        assert_eq!(recall(1).await, Recalled::Answered { status: 201, body: b"{}".to_vec() });
        assert_eq!(recall(2).await, Recalled::OtherRequest);
        clock.advance(KEPT + 1);
        desk.sweep().await.expect("swept");
        assert_eq!(desk.requests_kept().await.expect("read"), 0);
        assert_eq!(recall(2).await, Recalled::Claimed);
        clock.advance(CLAIMED + 1);
        assert_eq!(recall(3).await, Recalled::Claimed, "a claim that nobody answered is given up");
    }
}
