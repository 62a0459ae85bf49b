//! Letters of this node on their way: each is here from the transaction that wrote it until its recipient's last word.
//!
//! A row knows when it is due next and how it fared; what is in the letter is not known here. The envelopes that went
//! to relays are remembered, a few for each letter, so that a receipt by another way finds its letter. What moves a
//! letter's next try is `outbox_turns.rs`.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::{EnvelopeId, IntroductionId, MessageId, OrganisationId, Timestamp};
use sqlx::{AssertSqlSafe, Row as _};

use super::handle::{Row, big, bytes, count};
use super::introduction_words::direction_of;
use super::{Desk, DeskError, Write};

/// How long after its last moment a letter's outcome is asked for: half of the time for which it is remembered.
const ASKED_AFTER: u64 = 16 * DAY;
/// Envelopes that are remembered of one letter: one for each relay, twice over.
const ENVELOPES: i64 = 8;
/// The rows before which no letter of the same introduction waits.
const FIRST: &str = "NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.introduction = outbox.introduction
    AND earlier.direction = outbox.direction AND earlier.place < outbox.place)";

/// A letter of one's own that has to reach another organisation, or one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxLetter {
    /// Its random id.
    pub message: MessageId,
    /// The side of the introduction that wrote it, as this node sees it.
    pub direction: Direction,
    /// The introduction it belongs to.
    pub introduction: IntroductionId,
    /// The organisation it is for.
    pub recipient: OrganisationId,
    /// The signed bytes.
    pub signed: Vec<u8>,
    /// The last moment at which it may arrive.
    pub arrives_by: Timestamp,
}

/// A letter on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// The letter.
    pub letter: OutboxLetter,
    /// When asking for its outcome ends.
    pub give_up_at: Timestamp,
    /// How often it was tried in vain since it was last due at once.
    pub attempts: u64,
    /// When it is tried next.
    pub next_at: Timestamp,
    /// Whether a relay keeps it.
    pub kept: bool,
    /// Why the last try was in vain, in words.
    pub problem: Option<String>,
    /// When it was queued.
    pub recorded_at: Timestamp,
}

impl Write {
    /// Puts a letter on its way, due at once. One that is on its way already stays as it is.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn queue_letter(&mut self, letter: &OutboxLetter) -> Result<(), DeskError> {
        let now = big(self.now().0);
        let query = "INSERT INTO outbox (message, direction, introduction, recipient, signed, arrives_by, give_up_at,
                attempts, next_at, kept, problem, recorded_at, place)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, FALSE, NULL, $8,
                (SELECT COALESCE(MAX(place), 0) + 1 FROM outbox))
            ON CONFLICT (message, direction) DO NOTHING";
        sqlx::query(query)
            .bind(letter.message.0.as_slice())
            .bind(letter.direction.as_str())
            .bind(letter.introduction.0.as_slice())
            .bind(letter.recipient.0.as_slice())
            .bind(&letter.signed)
            .bind(big(letter.arrives_by.0))
            .bind(big(letter.arrives_by.plus(ASKED_AFTER).0))
            .bind(now)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Takes a letter off its way, and answers whether it was on it.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn unqueue_letter(&mut self, message: &MessageId, direction: Direction) -> Result<bool, DeskError> {
        let query = "DELETE FROM outbox_envelopes WHERE message = $1 AND direction = $2";
        let query = sqlx::query(query).bind(message.0.as_slice()).bind(direction.as_str());
        query.execute(self.connection()).await?;
        let query = "DELETE FROM outbox WHERE message = $1 AND direction = $2";
        let query = sqlx::query(query).bind(message.0.as_slice()).bind(direction.as_str());
        Ok(query.execute(self.connection()).await?.rows_affected() > 0)
    }
}

impl Desk {
    /// The organisations for which letters are due, the longest waiting first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn due_recipients(&self) -> Result<Vec<OrganisationId>, DeskError> {
        let query = format!(
            "SELECT recipient FROM outbox WHERE next_at <= $1 AND {FIRST} GROUP BY recipient ORDER BY MIN(next_at)"
        );
        let rows: Vec<Vec<u8>> =
            sqlx::query_scalar(AssertSqlSafe(query)).bind(big(self.now().0)).fetch_all(self.reads()).await?;
        let read = |bytes: &Vec<u8>| bytes.as_slice().try_into().map(OrganisationId);
        rows.iter().map(read).collect::<Result<_, _>>().map_err(|_| DeskError::Unreadable { what: "outbox.recipient" })
    }

    /// Letters for an organisation that are due, the longest waiting first. Of each introduction only the first: what
    /// was written later would have no place without it.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn due_letters(&self, recipient: &OrganisationId, most: u32) -> Result<Vec<OutboxRow>, DeskError> {
        let query = format!(
            "SELECT * FROM outbox WHERE recipient = $3 AND next_at <= $1 AND {FIRST} ORDER BY next_at, place LIMIT $2"
        );
        let query = sqlx::query(AssertSqlSafe(query)).bind(big(self.now().0)).bind(i64::from(most));
        query.bind(recipient.0.as_slice()).fetch_all(self.reads()).await?.iter().map(read).collect()
    }

    /// When the next letter is due, if any waits.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn next_letter(&self) -> Result<Option<Timestamp>, DeskError> {
        let query = format!("SELECT MIN(next_at) FROM outbox WHERE {FIRST}");
        let next: Option<i64> = sqlx::query_scalar(AssertSqlSafe(query)).fetch_one(self.reads()).await?;
        Ok(next.map(|next| Timestamp(count(next))))
    }

    /// The letters of one introduction that are on their way, oldest first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn letters_on_their_way(
        &self,
        introduction: &IntroductionId,
        direction: Direction,
    ) -> Result<Vec<OutboxRow>, DeskError> {
        let query = "SELECT * FROM outbox WHERE introduction = $1 AND direction = $2 ORDER BY place";
        let query = sqlx::query(query).bind(introduction.0.as_slice()).bind(direction.as_str());
        query.fetch_all(self.reads()).await?.iter().map(read).collect()
    }

    /// How many letters are on their way, and how many of these a relay keeps.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn outbox_counts(&self) -> Result<(u64, u64), DeskError> {
        let query =
            "SELECT COUNT(*) AS waiting, COALESCE(SUM(CASE WHEN kept THEN 1 ELSE 0 END), 0) AS kept FROM outbox";
        let row = sqlx::query(query).fetch_one(self.reads()).await?;
        Ok((count(row.try_get("waiting")?), count(row.try_get("kept")?)))
    }

    /// Remembers that this envelope, which holds that letter, is about to be handed to a relay.
    ///
    /// # Errors
    /// When the desk fails; then it must not be handed over.
    pub async fn remember_envelope(&self, envelope: &EnvelopeId, letter: &OutboxLetter) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let (message, direction, now) = (letter.message.0, letter.direction.as_str(), big(write.now().0));
        let query = "INSERT INTO outbox_envelopes (envelope, message, direction, recorded_at)
            VALUES ($1, $2, $3, $4)";
        let query = sqlx::query(query).bind(envelope.0.as_slice()).bind(message.as_slice()).bind(direction);
        query.bind(now).execute(write.connection()).await?;
        let query = "DELETE FROM outbox_envelopes WHERE message = $1 AND direction = $2 AND envelope NOT IN
            (SELECT envelope FROM outbox_envelopes WHERE message = $1 AND direction = $2
                ORDER BY recorded_at DESC, envelope LIMIT $3)";
        let query = sqlx::query(query).bind(message.as_slice()).bind(direction).bind(ENVELOPES);
        query.execute(write.connection()).await?;
        write.commit().await
    }

    /// The letter that an envelope holds which went to a relay, if it is still on its way.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn letter_in(&self, envelope: &EnvelopeId) -> Result<Option<OutboxRow>, DeskError> {
        let query = "SELECT outbox.* FROM outbox JOIN outbox_envelopes
            ON outbox.message = outbox_envelopes.message AND outbox.direction = outbox_envelopes.direction
            WHERE outbox_envelopes.envelope = $1";
        let row = sqlx::query(query).bind(envelope.0.as_slice()).fetch_optional(self.reads()).await?;
        row.as_ref().map(read).transpose()
    }
}

fn read(row: &Row) -> Result<OutboxRow, DeskError> {
    let time = |column| row.try_get::<i64, _>(column).map(|at| Timestamp(count(at)));
    let letter = OutboxLetter {
        message: MessageId(bytes(row, "message", "outbox.message")?),
        direction: direction_of(row.try_get("direction")?, "outbox.direction")?,
        introduction: IntroductionId(bytes(row, "introduction", "outbox.introduction")?),
        recipient: OrganisationId(bytes(row, "recipient", "outbox.recipient")?),
        signed: row.try_get("signed")?,
        arrives_by: time("arrives_by")?,
    };
    Ok(OutboxRow {
        letter,
        give_up_at: time("give_up_at")?,
        attempts: count(row.try_get("attempts")?),
        next_at: time("next_at")?,
        kept: row.try_get("kept")?,
        problem: row.try_get("problem")?,
        recorded_at: time("recorded_at")?,
    })
}

#[cfg(test)]
mod tests;
