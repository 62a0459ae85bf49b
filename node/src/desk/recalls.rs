//! What this node asks back after a bad day, and what it answers when another node had one.
//!
//! A recall is owed for each organisation once, and for each backup that was restored once more. While one is owed,
//! nothing is answered in introductions with that organisation, so that nothing answered is answered twice.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::limits::RECALL_LETTERS;
use mentormesh_protocol::{IntroductionId, MessageId, OrganisationId, Timestamp};
use sqlx::Row as _;

use super::handle::{big, count};
use super::outbox::{OutboxLetter, bytes, direction};
use super::{Desk, DeskError};

/// Bytes of letters in one page: well below what one answer may carry.
const PAGE_BYTES: usize = 192 * 1024;
/// Letters queued again for one recall: more than two organisations have open with each other.
const AGAIN: i64 = 2_000;

/// A recall that is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecallRow {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// When the backup was made, or 0 after a node that was not stopped.
    pub cause: u64,
    /// From when on letters are asked for.
    pub since: Timestamp,
}

impl Desk {
    /// When the desk last noted anything that another node knows of, if it ever did.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn last_letter_at(&self) -> Result<Option<Timestamp>, DeskError> {
        let query = "SELECT MAX(recorded_at) FROM introduction_letters";
        let last: Option<i64> = sqlx::query_scalar(query).fetch_one(self.reads()).await?;
        Ok(last.map(|last| Timestamp(count(last))))
    }

    /// Owes a recall of every one of these organisations. After a node that was not stopped (`cause` 0) it is owed
    /// again each time, after a restored backup once.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn owe_recalls(
        &self,
        organisations: &[OrganisationId],
        cause: u64,
        since: Timestamp,
        holds_until: Timestamp,
    ) -> Result<(), DeskError> {
        if organisations.is_empty() {
            return Ok(());
        }
        let again = if cause == 0 {
            "DO UPDATE SET since = CASE WHEN recalls.done OR recalls.since > excluded.since
                THEN excluded.since ELSE recalls.since END, holds_until = excluded.holds_until, done = FALSE"
        } else {
            "DO NOTHING"
        };
        let query = format!(
            "INSERT INTO recalls (organisation, cause, since, holds_until, done) VALUES ($1, $2, $3, $4, FALSE)
            ON CONFLICT (organisation, cause) {again}"
        );
        let mut write = self.write().await?;
        for organisation in organisations {
            let query = sqlx::query(sqlx::AssertSqlSafe(query.clone())).bind(organisation.0.as_slice());
            let query = query.bind(big(cause)).bind(big(since.0)).bind(big(holds_until.0));
            query.execute(write.connection()).await?;
        }
        write.commit().await
    }

    /// The recalls that are owed.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn owed_recalls(&self) -> Result<Vec<RecallRow>, DeskError> {
        let query = "SELECT * FROM recalls WHERE NOT done ORDER BY organisation, cause";
        let rows = sqlx::query(query).fetch_all(self.reads()).await?;
        let read = |row| {
            Ok(RecallRow {
                organisation: OrganisationId(bytes(row, "organisation", "recalls.organisation")?),
                cause: count(row.try_get("cause")?),
                since: Timestamp(count(row.try_get("since")?)),
            })
        };
        rows.iter().map(read).collect()
    }

    /// A recall was answered to the end.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn recall_done(&self, recall: &RecallRow) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let query = "UPDATE recalls SET done = TRUE WHERE organisation = $1 AND cause = $2";
        let query = sqlx::query(query).bind(recall.organisation.0.as_slice()).bind(big(recall.cause));
        query.execute(write.connection()).await?;
        write.commit().await
    }

    /// Letters of another organisation that came here after a moment, a page of them, and where the next one begins.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn letters_received(
        &self,
        of: &OrganisationId,
        since: Timestamp,
        after: u64,
    ) -> Result<(Vec<Vec<u8>>, Option<u64>), DeskError> {
        let query = "SELECT place, signed FROM introduction_letters WHERE organisation = $1 AND NOT own
            AND recorded_at > $2 AND place > $3 AND signed IS NOT NULL ORDER BY place LIMIT $4";
        let query = sqlx::query(query).bind(of.0.as_slice()).bind(big(since.0)).bind(big(after));
        let rows = query.bind(i64::try_from(RECALL_LETTERS).unwrap_or(1)).fetch_all(self.reads()).await?;
        let (mut letters, mut size, mut next) = (Vec::new(), 0_usize, None);
        for row in &rows {
            let letter: Vec<u8> = row.try_get("signed")?;
            size = size.saturating_add(letter.len());
            if size > PAGE_BYTES && !letters.is_empty() {
                return Ok((letters, next));
            }
            letters.push(letter);
            next = Some(count(row.try_get("place")?));
        }
        Ok((letters, next.filter(|_| rows.len() == RECALL_LETTERS)))
    }

    /// Puts our own letters to an organisation on their way again while they may still arrive: its desk may have lost
    /// them, and one that has not answers as before.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn queue_again(&self, to: &OrganisationId) -> Result<u64, DeskError> {
        let mut write = self.write().await?;
        let query = "SELECT introduction, direction, message, arrives_by, signed FROM introduction_letters
            WHERE organisation = $1 AND own AND arrives_by > $2 AND signed IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.message = introduction_letters.message
                AND outbox.direction = introduction_letters.direction)
            ORDER BY place LIMIT $3";
        let query = sqlx::query(query).bind(to.0.as_slice()).bind(big(write.now().0)).bind(AGAIN);
        let rows = query.fetch_all(write.connection()).await?;
        for row in &rows {
            let side: Direction = direction(row.try_get("direction")?, "introduction_letters.direction")?;
            let letter = OutboxLetter {
                message: MessageId(bytes(row, "message", "introduction_letters.message")?),
                direction: side,
                introduction: IntroductionId(bytes(row, "introduction", "introduction_letters.introduction")?),
                recipient: *to,
                signed: row.try_get("signed")?,
                arrives_by: Timestamp(count(row.try_get("arrives_by")?)),
            };
            write.queue_letter(&letter).await?;
        }
        write.commit().await?;
        Ok(rows.len() as u64)
    }
}
