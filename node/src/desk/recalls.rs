//! What this node asks back after a bad day, and what it answers when another node had one.
//!
//! A recall is owed for each organisation once, and for each backup that was restored once more. While one is owed,
//! nothing is answered in introductions with that organisation, so that nothing answered is answered twice.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::limits::RECALL_LETTERS;
use mentormesh_protocol::{IntroductionId, MessageId, OrganisationId, Timestamp};
use sqlx::Row as _;

use super::handle::{big, bytes, count};
use super::introduction_words::{direction_of, organisation_of};
use super::{Desk, DeskError, OutboxLetter, Write};

/// Bytes of letters in one page: well below what one answer may carry.
const PAGE_BYTES: usize = 192 * 1024;
/// Letters queued again in one change, so that nobody waits long for the desk.
const AGAIN: usize = 256;

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

    /// The other organisations with which introductions are kept here.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn introduced_organisations(&self, own: &OrganisationId) -> Result<Vec<OrganisationId>, DeskError> {
        let query = sqlx::query_scalar("SELECT DISTINCT organisation FROM introductions WHERE organisation <> $1");
        let found: Vec<Vec<u8>> = query.bind(own.0.as_slice()).fetch_all(self.reads()).await?;
        found.iter().map(|bytes| organisation_of(bytes)).collect()
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
    /// them, and one that has not answers as before. What it refused, or never had of us, stays over.
    ///
    /// # Errors
    /// When the desk fails; what was queued until then is on its way.
    pub async fn queue_again(&self, to: &OrganisationId) -> Result<u64, DeskError> {
        let (mut after, mut queued) = (0, 0_u64);
        loop {
            let mut write = self.write().await?;
            let (many, last) = write.queue_some_again(to, after).await?;
            write.commit().await?;
            queued = queued.saturating_add(many as u64);
            match last.filter(|_| many == AGAIN) {
                Some(last) => after = last,
                None => return Ok(queued),
            }
        }
    }
}

impl Write {
    /// Whether this desk came back from a backup and nobody noted yet that this organisation is asked about it.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn recall_unnoted(&mut self, organisation: &OrganisationId) -> Result<bool, DeskError> {
        let query = "SELECT COUNT(*) FROM restored WHERE place = (SELECT MAX(place) FROM restored)
            AND NOT EXISTS (SELECT 1 FROM recalls r WHERE r.organisation = $1 AND r.cause = restored.backup_made_at)";
        let query = sqlx::query_scalar(query).bind(organisation.0.as_slice());
        Ok(count(query.fetch_one(self.connection()).await?) > 0)
    }

    /// Queues a page of letters again, and answers how many and where it ended.
    async fn queue_some_again(&mut self, to: &OrganisationId, after: u64) -> Result<(usize, Option<u64>), DeskError> {
        let query = "SELECT l.place, l.introduction, l.direction, l.message, l.arrives_by, l.signed
            FROM introduction_letters l
            WHERE l.organisation = $1 AND l.own AND l.arrives_by > $2 AND l.signed IS NOT NULL AND l.place > $3
            AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.message = l.message AND outbox.direction = l.direction)
            AND NOT EXISTS (SELECT 1 FROM introductions i WHERE i.id = l.introduction AND i.direction = l.direction
                AND i.delivery IN ('not_recognised', 'refused', 'undeliverable'))
            ORDER BY l.place LIMIT $4";
        let query = sqlx::query(query).bind(to.0.as_slice()).bind(big(self.now().0)).bind(big(after));
        let rows = query.bind(i64::try_from(AGAIN).unwrap_or(1)).fetch_all(self.connection()).await?;
        let mut last = None;
        for row in &rows {
            let side: Direction = direction_of(row.try_get("direction")?, "introduction_letters.direction")?;
            let letter = OutboxLetter {
                message: MessageId(bytes(row, "message", "introduction_letters.message")?),
                direction: side,
                introduction: IntroductionId(bytes(row, "introduction", "introduction_letters.introduction")?),
                recipient: *to,
                signed: row.try_get("signed")?,
                arrives_by: Timestamp(count(row.try_get("arrives_by")?)),
            };
            self.queue_letter(&letter).await?;
            last = Some(count(row.try_get("place")?));
        }
        Ok((rows.len(), last))
    }
}
