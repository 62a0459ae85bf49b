//! Which letters were seen and what was answered, and the node's own secret by which mentees are told apart.

use mentormesh_protocol::codec;
use mentormesh_protocol::introduction::Outcome;
use mentormesh_protocol::{LetterId, MessageId, OrganisationId, Timestamp};
use sqlx::Row as _;

use super::handle::{big, count};
use super::{DeskError, Write};

/// A letter that was seen before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Which letter had this message id.
    pub letter: LetterId,
    /// What was answered.
    pub outcome: Outcome,
}

impl Write {
    /// What was answered to the letter of this sender with this message id.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn seen(&mut self, sender: &OrganisationId, message: &MessageId) -> Result<Option<Seen>, DeskError> {
        let query = sqlx::query("SELECT letter, outcome FROM letters_seen WHERE sender = $1 AND message = $2");
        let query = query.bind(sender.0.as_slice()).bind(message.0.as_slice());
        let Some(row) = query.fetch_optional(self.connection()).await? else { return Ok(None) };
        let letter = LetterId::from_slice(row.try_get("letter")?);
        let outcome = codec::decode_exactly(row.try_get("outcome")?);
        Ok(Some(Seen {
            letter: letter.map_err(|_| DeskError::Unreadable { what: "letters_seen.letter" })?,
            outcome: outcome.map_err(|_| DeskError::Unreadable { what: "letters_seen.outcome" })?,
        }))
    }

    /// Whether this very letter of this sender was seen.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn saw(&mut self, sender: &OrganisationId, letter: &LetterId) -> Result<bool, DeskError> {
        let query = "SELECT COUNT(*) FROM letters_seen WHERE sender = $1 AND letter = $2";
        let query = sqlx::query_scalar(query).bind(sender.0.as_slice()).bind(letter.0.as_slice());
        Ok(count(query.fetch_one(self.connection()).await?) > 0)
    }

    /// How many letters of this sender are remembered.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn seen_of(&mut self, sender: &OrganisationId) -> Result<u64, DeskError> {
        let query = sqlx::query_scalar("SELECT COUNT(*) FROM letters_seen WHERE sender = $1");
        Ok(count(query.bind(sender.0.as_slice()).fetch_one(self.connection()).await?))
    }

    /// Remembers what is answered to a letter.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn remember_letter(
        &mut self,
        sender: &OrganisationId,
        message: &MessageId,
        seen: &Seen,
        until: Timestamp,
    ) -> Result<(), DeskError> {
        let query = "INSERT INTO letters_seen (sender, message, letter, outcome, remembered_until)
            VALUES ($1, $2, $3, $4, $5)";
        let query = sqlx::query(query).bind(sender.0.as_slice()).bind(message.0.as_slice());
        let query = query.bind(seen.letter.0.as_slice()).bind(codec::encode(&seen.outcome)).bind(big(until.0));
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// The node's secret of this name; `fresh` becomes it if there is none yet.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn secret(&mut self, name: &str, fresh: &[u8; 32]) -> Result<[u8; 32], DeskError> {
        let query = "INSERT INTO secrets (name, bytes) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
        sqlx::query(query).bind(name).bind(fresh.as_slice()).execute(self.connection()).await?;
        let query = sqlx::query_scalar("SELECT bytes FROM secrets WHERE name = $1").bind(name);
        let bytes: Vec<u8> = query.fetch_one(self.connection()).await?;
        bytes.try_into().map_err(|_| DeskError::Unreadable { what: "secrets.bytes" })
    }
}
