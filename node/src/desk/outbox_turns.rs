//! When letters on their way are tried next: put off after a try in vain, hurried when their recipient is there.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::{MessageId, OrganisationId, Timestamp};
use sqlx::AssertSqlSafe;

use super::handle::big;
use super::{Desk, DeskError};

/// When a letter is tried next, and why not before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postponed {
    /// Which letter.
    pub message: MessageId,
    /// Whose side.
    pub direction: Direction,
    /// When.
    pub next_at: Timestamp,
    /// Why.
    pub problem: String,
}

impl Desk {
    /// Notes that letters were tried in vain.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn postpone_letters(&self, postponed: &[Postponed]) -> Result<(), DeskError> {
        if postponed.is_empty() {
            return Ok(());
        }
        let mut write = self.write().await?;
        for Postponed { message, direction, next_at, problem } in postponed {
            let query = "UPDATE outbox SET attempts = attempts + 1, next_at = $3, problem = $4
                WHERE message = $1 AND direction = $2";
            let query = sqlx::query(query).bind(message.0.as_slice()).bind(direction.as_str());
            query.bind(big(next_at.0)).bind(problem).execute(write.connection()).await?;
        }
        write.commit().await
    }

    /// Notes that a relay keeps a letter, which is tried again at `next_at` all the same.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn letter_kept(
        &self,
        message: &MessageId,
        direction: Direction,
        next_at: Timestamp,
    ) -> Result<(), DeskError> {
        let kept = "attempts = attempts + 1, kept = TRUE, problem = NULL";
        self.turn_letter(message, direction, next_at, kept).await
    }

    /// Notes that no relay keeps a letter any more, and when it is tried next.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn letter_let_go(
        &self,
        message: &MessageId,
        direction: Direction,
        next_at: Timestamp,
    ) -> Result<(), DeskError> {
        self.turn_letter(message, direction, next_at, "kept = FALSE").await
    }

    /// Makes one letter due now, wherever it is.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn hurry_letter(&self, message: &MessageId, direction: Direction) -> Result<(), DeskError> {
        self.letter_let_go(message, direction, self.now()).await
    }

    async fn turn_letter(
        &self,
        message: &MessageId,
        direction: Direction,
        next_at: Timestamp,
        fares: &'static str,
    ) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let query = format!("UPDATE outbox SET next_at = $3, {fares} WHERE message = $1 AND direction = $2");
        let query = sqlx::query(AssertSqlSafe(query)).bind(message.0.as_slice()).bind(direction.as_str());
        query.bind(big(next_at.0)).execute(write.connection()).await?;
        write.commit().await
    }

    /// Puts off every letter for an organisation that is due, and says why if there is a reason.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn put_off(
        &self,
        recipient: &OrganisationId,
        next_at: Timestamp,
        problem: Option<&str>,
    ) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let now = big(write.now().0);
        let query = "UPDATE outbox SET next_at = $2, problem = COALESCE($3, problem)
            WHERE recipient = $1 AND next_at <= $4";
        let query = sqlx::query(query).bind(recipient.0.as_slice()).bind(big(next_at.0)).bind(problem).bind(now);
        query.execute(write.connection()).await?;
        write.commit().await
    }

    /// Makes every letter for an organisation due now, and answers how many were not.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn hurry_letters(&self, recipient: &OrganisationId) -> Result<u64, DeskError> {
        let mut write = self.write().await?;
        let now = big(write.now().0);
        let query = "UPDATE outbox SET next_at = $2, attempts = 0 WHERE recipient = $1 AND next_at > $2";
        let query = sqlx::query(query).bind(recipient.0.as_slice()).bind(now);
        let changed = query.execute(write.connection()).await?.rows_affected();
        write.commit().await?;
        Ok(changed)
    }
}
