//! What this node keeps for others: sealed letters for an organisation that named ours as a relay, and its receipts
//! on the way back to whoever handed the letters over.
//!
//! A relay knows recipient, expiry, size and the peer that handed an envelope over, and nothing else has a column
//! here. Both kinds count towards the same quotas, each bound is refused by name, and all of it ends at its expiry.

use mentormesh_protocol::{EnvelopeId, OrganisationId, PeerId, Timestamp};
use sqlx::Row as _;

use super::handle::{Row, big, bytes, count};
use super::{Desk, DeskError, Write};

/// What one organisation may have kept here, receipts on their way back to its nodes included.
const OF_ONE: u64 = 200;
/// What is kept for one organisation.
const FOR_RECIPIENT: u64 = 500;
/// What is kept in all.
const IN_ALL: u64 = 2_000;
/// Bytes kept in all.
const BYTES: u64 = 32 * 1024 * 1024;

/// An envelope that is kept for another organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptEnvelope {
    /// Which.
    pub envelope: EnvelopeId,
    /// Whose.
    pub recipient: OrganisationId,
    /// When it goes stale.
    pub expires_at: Timestamp,
    /// Who handed it over.
    pub peer: PeerId,
    /// The envelope as it came.
    pub sealed: Vec<u8>,
    /// How often it was handed on in vain.
    pub attempts: u64,
}

/// A recipient's receipt on its way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptReceipt {
    /// Of which envelope.
    pub envelope: EnvelopeId,
    /// For whom.
    pub peer: PeerId,
    /// The signed bytes.
    pub receipt: Vec<u8>,
    /// How often it was handed back in vain.
    pub attempts: u64,
}

/// What became of an envelope that somebody handed over to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Custody {
    /// It is kept, or was already.
    Kept,
    /// The recipient's word on it is here already.
    Over(Vec<u8>),
    /// As much is kept as may be; which bound was reached.
    Full(&'static str),
}

impl Desk {
    /// Keeps an envelope, durably when this returns. `others` are the other nodes of whoever hands it over: what they
    /// handed over counts as well.
    ///
    /// # Errors
    /// When the desk fails; then it is not kept.
    pub async fn keep(&self, kept: &KeptEnvelope, others: &[PeerId]) -> Result<Custody, DeskError> {
        let mut write = self.write().await?;
        let custody = write.keep(kept, others).await?;
        write.commit().await?;
        Ok(custody)
    }

    /// How many envelopes are kept for others.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn custody_count(&self) -> Result<u64, DeskError> {
        Ok(count(sqlx::query_scalar("SELECT COUNT(*) FROM custody").fetch_one(self.reads()).await?))
    }

    /// The organisations for which envelopes are due, the longest waiting first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn custody_recipients(&self) -> Result<Vec<OrganisationId>, DeskError> {
        let query = "SELECT recipient FROM custody WHERE next_at <= $1 GROUP BY recipient ORDER BY MIN(next_at)";
        let query = sqlx::query(query).bind(big(self.now().0));
        let rows = query.fetch_all(self.reads()).await?;
        rows.iter().map(|row| bytes(row, "recipient", "custody.recipient").map(OrganisationId)).collect()
    }

    /// Envelopes for an organisation that are due.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn due_custody(&self, recipient: &OrganisationId, most: u32) -> Result<Vec<KeptEnvelope>, DeskError> {
        let query = "SELECT * FROM custody WHERE recipient = $1 AND next_at <= $2 ORDER BY next_at, envelope LIMIT $3";
        let query = sqlx::query(query).bind(recipient.0.as_slice()).bind(big(self.now().0)).bind(i64::from(most));
        query.fetch_all(self.reads()).await?.iter().map(read_envelope).collect()
    }

    /// Receipts that are due to be handed back.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn due_receipts(&self, most: u32) -> Result<Vec<KeptReceipt>, DeskError> {
        let query = "SELECT * FROM custody_receipts WHERE next_at <= $1 ORDER BY next_at, envelope LIMIT $2";
        let query = sqlx::query(query).bind(big(self.now().0)).bind(i64::from(most));
        query.fetch_all(self.reads()).await?.iter().map(read_receipt).collect()
    }

    /// When the next envelope or receipt is due, if any is kept.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn next_custody(&self) -> Result<Option<Timestamp>, DeskError> {
        let query = "SELECT MIN(next_at) FROM
            (SELECT next_at FROM custody UNION ALL SELECT next_at FROM custody_receipts) AS both_kinds";
        let next: Option<i64> = sqlx::query_scalar(query).fetch_one(self.reads()).await?;
        Ok(next.map(|next| Timestamp(count(next))))
    }

    /// Ends custody: the envelope goes, the recipient's receipt stays until it was handed back.
    ///
    /// # Errors
    /// When the desk fails; then custody goes on.
    pub async fn end_custody(&self, kept: &KeptEnvelope, receipt: &[u8]) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let now = big(write.now().0);
        let query = sqlx::query("DELETE FROM custody WHERE envelope = $1").bind(kept.envelope.0.as_slice());
        query.execute(write.connection()).await?;
        let query = "INSERT INTO custody_receipts (envelope, peer, receipt, expires_at, attempts, next_at)
            VALUES ($1, $2, $3, $4, 0, $5) ON CONFLICT (envelope) DO NOTHING";
        let query = sqlx::query(query).bind(kept.envelope.0.as_slice()).bind(kept.peer.to_string()).bind(receipt);
        query.bind(big(kept.expires_at.0)).bind(now).execute(write.connection()).await?;
        write.commit().await
    }

    /// A receipt was handed back and is forgotten.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn receipt_passed(&self, envelope: &EnvelopeId) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let query = sqlx::query("DELETE FROM custody_receipts WHERE envelope = $1").bind(envelope.0.as_slice());
        query.execute(write.connection()).await?;
        write.commit().await
    }

    /// Notes when envelopes and receipts are tried next.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn postpone_custody(&self, later: &[(EnvelopeId, Timestamp)]) -> Result<(), DeskError> {
        if later.is_empty() {
            return Ok(());
        }
        let mut write = self.write().await?;
        for (envelope, next_at) in later {
            for query in [
                "UPDATE custody SET attempts = attempts + 1, next_at = $2 WHERE envelope = $1",
                "UPDATE custody_receipts SET attempts = attempts + 1, next_at = $2 WHERE envelope = $1",
            ] {
                let query = sqlx::query(query).bind(envelope.0.as_slice()).bind(big(next_at.0));
                query.execute(write.connection()).await?;
            }
        }
        write.commit().await
    }

    /// Makes what is kept for an organisation, and what goes back to a peer, due now.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn hurry_custody(
        &self,
        recipient: Option<&OrganisationId>,
        peer: Option<&PeerId>,
    ) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let now = big(write.now().0);
        if let Some(recipient) = recipient {
            let query = "UPDATE custody SET next_at = $2, attempts = 0 WHERE recipient = $1 AND next_at > $2";
            sqlx::query(query).bind(recipient.0.as_slice()).bind(now).execute(write.connection()).await?;
        }
        if let Some(peer) = peer {
            let query = "UPDATE custody_receipts SET next_at = $2, attempts = 0 WHERE peer = $1 AND next_at > $2";
            sqlx::query(query).bind(peer.to_string()).bind(now).execute(write.connection()).await?;
        }
        write.commit().await
    }

    /// Lets go of what went stale, and answers how much that was.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn sweep_custody(&self) -> Result<u64, DeskError> {
        let mut write = self.write().await?;
        let now = big(write.now().0);
        let query = sqlx::query("DELETE FROM custody WHERE expires_at <= $1").bind(now);
        let gone = query.execute(write.connection()).await?.rows_affected();
        let query = sqlx::query("DELETE FROM custody_receipts WHERE expires_at <= $1").bind(now);
        query.execute(write.connection()).await?;
        write.commit().await?;
        Ok(gone)
    }
}

impl Write {
    async fn keep(&mut self, kept: &KeptEnvelope, others: &[PeerId]) -> Result<Custody, DeskError> {
        let id = kept.envelope.0.as_slice();
        let query = sqlx::query_scalar("SELECT receipt FROM custody_receipts WHERE envelope = $1").bind(id);
        let over: Option<Vec<u8>> = query.fetch_optional(self.connection()).await?;
        if let Some(receipt) = over {
            return Ok(Custody::Over(receipt));
        }
        let query = sqlx::query_scalar("SELECT COUNT(*) FROM custody WHERE envelope = $1").bind(id);
        let known: i64 = query.fetch_one(self.connection()).await?;
        if known > 0 {
            return Ok(Custody::Kept);
        }
        if let Some(bound) = self.custody_bound(kept, others).await? {
            return Ok(Custody::Full(bound));
        }
        let query = "INSERT INTO custody (envelope, recipient, expires_at, size, peer, sealed, attempts, next_at)
            VALUES ($1, $2, $3, $4, $5, $6, 0, $7)";
        let query = sqlx::query(query).bind(id).bind(kept.recipient.0.as_slice()).bind(big(kept.expires_at.0));
        let query = query.bind(big(kept.sealed.len() as u64)).bind(kept.peer.to_string()).bind(&kept.sealed);
        let now = big(self.now().0);
        query.bind(now).execute(self.connection()).await?;
        Ok(Custody::Kept)
    }

    /// The bound that keeping this would break, if any.
    async fn custody_bound(
        &mut self,
        kept: &KeptEnvelope,
        others: &[PeerId],
    ) -> Result<Option<&'static str>, DeskError> {
        let mut of_one = 0_u64;
        for peer in others.iter().filter(|peer| **peer != kept.peer).chain([&kept.peer]) {
            let query = "SELECT (SELECT COUNT(*) FROM custody WHERE peer = $1)
                + (SELECT COUNT(*) FROM custody_receipts WHERE peer = $1)";
            let of_peer: i64 = sqlx::query_scalar(query).bind(peer.to_string()).fetch_one(self.connection()).await?;
            of_one = of_one.saturating_add(count(of_peer));
        }
        if of_one >= OF_ONE {
            return Ok(Some("of the organisation that hands it over"));
        }
        let query = sqlx::query_scalar("SELECT COUNT(*) FROM custody WHERE recipient = $1");
        let of_recipient: i64 = query.bind(kept.recipient.0.as_slice()).fetch_one(self.connection()).await?;
        if count(of_recipient) >= FOR_RECIPIENT {
            return Ok(Some("for its recipient"));
        }
        let query = "SELECT (SELECT COUNT(*) FROM custody) + (SELECT COUNT(*) FROM custody_receipts) AS kept,
            (SELECT COALESCE(SUM(size), 0) FROM custody) AS bytes";
        let row = sqlx::query(query).fetch_one(self.connection()).await?;
        let room = count(row.try_get("bytes")?).saturating_add(kept.sealed.len() as u64) <= BYTES;
        Ok((count(row.try_get("kept")?) >= IN_ALL || !room).then_some("in all"))
    }
}

fn peer(row: &Row, what: &'static str) -> Result<PeerId, DeskError> {
    row.try_get::<&str, _>("peer")?.parse().map_err(|_| DeskError::Unreadable { what })
}

fn read_envelope(row: &Row) -> Result<KeptEnvelope, DeskError> {
    Ok(KeptEnvelope {
        envelope: EnvelopeId(bytes(row, "envelope", "custody.envelope")?),
        recipient: OrganisationId(bytes(row, "recipient", "custody.recipient")?),
        expires_at: Timestamp(count(row.try_get("expires_at")?)),
        peer: peer(row, "custody.peer")?,
        sealed: row.try_get("sealed")?,
        attempts: count(row.try_get("attempts")?),
    })
}

fn read_receipt(row: &Row) -> Result<KeptReceipt, DeskError> {
    Ok(KeptReceipt {
        envelope: EnvelopeId(bytes(row, "envelope", "custody_receipts.envelope")?),
        peer: peer(row, "custody_receipts.peer")?,
        receipt: row.try_get("receipt")?,
        attempts: count(row.try_get("attempts")?),
    })
}

#[cfg(test)]
mod tests;
