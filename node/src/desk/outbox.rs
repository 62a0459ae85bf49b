//! Letters of this node on their way: each is here from the transaction that wrote it until its recipient's last word.
//!
//! A row knows when it is due next and how it fared; what is in the letter is not known here. The envelopes that went
//! to relays are remembered, a few for each letter, so that a receipt by another way finds its letter.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::{EnvelopeId, IntroductionId, MessageId, OrganisationId, Timestamp};
use sqlx::{AssertSqlSafe, Row as _};

use super::handle::{Row, big, count};
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
        let mut write = self.write().await?;
        let query = "UPDATE outbox SET attempts = attempts + 1, kept = TRUE, next_at = $3, problem = NULL
            WHERE message = $1 AND direction = $2";
        let query = sqlx::query(query).bind(message.0.as_slice()).bind(direction.as_str()).bind(big(next_at.0));
        query.execute(write.connection()).await?;
        write.commit().await
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
        let mut write = self.write().await?;
        let query = "UPDATE outbox SET kept = FALSE, next_at = $3 WHERE message = $1 AND direction = $2";
        let query = sqlx::query(query).bind(message.0.as_slice()).bind(direction.as_str()).bind(big(next_at.0));
        query.execute(write.connection()).await?;
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

    /// Makes one letter due now, wherever it is.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn hurry_letter(&self, message: &MessageId, direction: Direction) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let now = big(write.now().0);
        let query = "UPDATE outbox SET next_at = $3, kept = FALSE WHERE message = $1 AND direction = $2";
        let query = sqlx::query(query).bind(message.0.as_slice()).bind(direction.as_str()).bind(now);
        query.execute(write.connection()).await?;
        write.commit().await
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

pub(super) fn direction(word: &str, what: &'static str) -> Result<Direction, DeskError> {
    [Direction::Sent, Direction::Received]
        .into_iter()
        .find(|direction| direction.as_str() == word)
        .ok_or(DeskError::Unreadable { what })
}

pub(super) fn bytes<const N: usize>(row: &Row, column: &str, what: &'static str) -> Result<[u8; N], DeskError> {
    row.try_get::<&[u8], _>(column)?.try_into().map_err(|_| DeskError::Unreadable { what })
}

fn read(row: &Row) -> Result<OutboxRow, DeskError> {
    let time = |column| row.try_get::<i64, _>(column).map(|at| Timestamp(count(at)));
    let letter = OutboxLetter {
        message: MessageId(bytes(row, "message", "outbox.message")?),
        direction: direction(row.try_get("direction")?, "outbox.direction")?,
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
mod tests {
    use super::*;
    use crate::clock::Clock;

    const NOW: Timestamp = Timestamp(1_795_000_000_000);
    const BO: OrganisationId = OrganisationId([2; 32]);

    async fn desk(folder: &tempfile::TempDir) -> (Desk, Clock) {
        let clock = Clock::set_at(NOW);
        (Desk::open(&folder.path().join("desk.sqlite"), clock.clone()).await.expect("a desk"), clock)
    }

    fn letter(message: u8, introduction: u8) -> OutboxLetter {
        OutboxLetter {
            message: MessageId([message; 16]),
            direction: Direction::Sent,
            introduction: IntroductionId([introduction; 16]),
            recipient: BO,
            signed: vec![message],
            arrives_by: NOW.plus(DAY),
        }
    }

    async fn queue(desk: &Desk, letters: &[OutboxLetter]) {
        let mut write = desk.write().await.expect("a change");
        for letter in letters {
            write.queue_letter(letter).await.expect("queued");
        }
        write.commit().await.expect("queued");
    }

    async fn due(desk: &Desk) -> Vec<u8> {
        let rows = desk.due_letters(&BO, 64).await.expect("read");
        rows.iter().map(|row| row.letter.message.0[0]).collect()
    }

    #[tokio::test]
    async fn a_letter_waits_for_the_one_before_it_of_the_same_introduction() {
        let folder = tempfile::tempdir().expect("a folder");
        let (desk, _) = desk(&folder).await;
        queue(&desk, &[letter(1, 1), letter(2, 1), letter(3, 2)]).await;
        assert_eq!(due(&desk).await, [1, 3]);
        let mut write = desk.write().await.expect("a change");
        assert!(write.unqueue_letter(&MessageId([1; 16]), Direction::Sent).await.expect("taken off"));
        write.commit().await.expect("taken off");
        assert_eq!(due(&desk).await, [2, 3]);
    }

    #[tokio::test]
    async fn a_letter_is_queued_once_and_outlives_the_node() {
        let folder = tempfile::tempdir().expect("a folder");
        let (first, _) = desk(&folder).await;
        queue(&first, &[letter(1, 1), letter(1, 1)]).await;
        first.close().await;
        let (again, _) = desk(&folder).await;
        let rows = again.due_letters(&BO, 64).await.expect("read");
        assert_eq!(rows.iter().map(|row| row.letter.clone()).collect::<Vec<_>>(), [letter(1, 1)]);
        assert!(rows.iter().all(|row| row.give_up_at == NOW.plus(17 * DAY)));
    }

    #[tokio::test]
    async fn what_was_tried_in_vain_waits_until_its_organisation_is_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let (desk, clock) = desk(&folder).await;
        queue(&desk, &[letter(1, 1)]).await;
        let later = Postponed {
            message: MessageId([1; 16]),
            direction: Direction::Sent,
            next_at: NOW.plus(5_000),
            problem: "nobody there".to_owned(),
        };
        desk.postpone_letters(std::slice::from_ref(&later)).await.expect("postponed");
        assert_eq!((due(&desk).await, desk.next_letter().await.expect("read")), (vec![], Some(later.next_at)));
        desk.hurry_letters(&BO).await.expect("hurried");
        assert_eq!(due(&desk).await, [1]);
        desk.postpone_letters(&[later]).await.expect("postponed");
        clock.advance(5_000);
        assert_eq!(due(&desk).await, [1], "and by the clock alone");
    }

    #[tokio::test]
    async fn eight_envelopes_of_a_letter_are_remembered() {
        let folder = tempfile::tempdir().expect("a folder");
        let (desk, clock) = desk(&folder).await;
        queue(&desk, &[letter(1, 1), letter(2, 2)]).await;
        desk.remember_envelope(&EnvelopeId([99; 32]), &letter(2, 2)).await.expect("remembered");
        for number in 0..9 {
            clock.advance(1);
            desk.remember_envelope(&EnvelopeId([number; 32]), &letter(1, 1)).await.expect("remembered");
        }
        let held = async |number| desk.letter_in(&EnvelopeId([number; 32])).await.expect("read");
        assert_eq!(held(0).await, None);
        for number in 1..9 {
            assert_eq!(held(number).await.map(|row| row.letter), Some(letter(1, 1)), "{number}");
        }
        assert_eq!(held(99).await.map(|row| row.letter), Some(letter(2, 2)));
    }
}
