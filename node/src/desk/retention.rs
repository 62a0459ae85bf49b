//! How long content is kept, table by table: forgetting what is older, and counting what should have been forgotten.
//!
//! What two people wrote to each other goes; that they wrote, when, and how it ended stays, because cool-downs, blocks,
//! places and counts rest on it, and it says no name, no address and no word. Forgetting and counting are written apart
//! from each other, so that the second is a proof of the first. Who decides how long is `crate::retention`.

use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::{IntroductionId, Timestamp};
use sqlx::Row as _;

use super::handle::{big, count};
use super::introduction_words::id_of;
use super::{Desk, DeskError, Write};

/// Introductions that lose their content in one change, so that nobody waits long for the desk.
const AT_ONCE: u32 = 64;
/// How long mails and told notices are kept, and answered requests.
const TOLD: u64 = 30 * DAY;
const ANSWERED: u64 = DAY;

/// How long content is kept after an introduction ended, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Declined, blocked, refused, expired, never delivered.
    pub declined: u64,
    /// Taken back by the mentee, superseded included.
    pub withdrawn: u64,
    /// Accepted.
    pub accepted: u64,
    /// The audit trail, what mentors reported of persons, and requests about rights once they were answered.
    pub audit: u64,
}

/// Rows of a table that should have been forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Older {
    /// Which table.
    pub table: &'static str,
    /// How many.
    pub older: u64,
}

/// The last time that content was forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PurgeRow {
    /// When.
    pub ran_at: Timestamp,
    /// How many rows lost their content.
    pub purged: u64,
    /// How many were found afterwards that should have.
    pub older: u64,
}

/// An introduction `i` that ended so long ago that nothing may be left of what was said: before `$1` if the answer was
/// no or there was none, before `$2` if it was taken back, before `$3` if it was yes.
macro_rules! over {
    () => {
        "((i.state IN ('declined', 'blocked', 'refused', 'expired', 'undeliverable') AND i.changed_at < $1)
            OR (i.state IN ('withdrawn', 'superseded') AND i.changed_at < $2)
            OR (i.state = 'accepted' AND i.changed_at < $3))"
    };
}

/// An introduction `i` whose row still says something.
macro_rules! speaks {
    () => {
        "(i.title <> '' OR i.purpose <> '' OR i.mentee_name <> '' OR i.why_you IS NOT NULL
            OR i.mentee_email IS NOT NULL OR i.contact_name IS NOT NULL OR i.contact_email IS NOT NULL)"
    };
}

/// A letter `l` of the introduction `i`.
macro_rules! of_it {
    () => {
        "l.introduction = i.id AND l.direction = i.direction"
    };
}

/// Every table that forgets, with the count of its rows that are too old: `$4` is the edge of the audit trail, `$5` now,
/// `$6` the edge of what was told, `$7` that of answered requests.
const PROOFS: [(&str, &str); 13] = [
    ("introductions", concat!("SELECT COUNT(*) FROM introductions i WHERE ", over!(), " AND ", speaks!())),
    (
        "introduction_letters",
        concat!(
            "SELECT COUNT(*) FROM introduction_letters l JOIN introductions i ON ",
            of_it!(),
            " WHERE l.signed IS NOT NULL AND ",
            over!()
        ),
    ),
    ("outbox", concat!("SELECT COUNT(*) FROM outbox l JOIN introductions i ON ", of_it!(), " WHERE ", over!())),
    ("reports", "SELECT COUNT(*) FROM reports WHERE recorded_at < $4"),
    ("audit", "SELECT COUNT(*) FROM audit WHERE recorded_at < $4"),
    ("rights_requests", "SELECT COUNT(*) FROM rights_requests WHERE closed_at < $4"),
    ("rights_filed", "SELECT COUNT(*) FROM rights_filed WHERE filed_at < $4"),
    ("mail", "SELECT COUNT(*) FROM mail WHERE COALESCE(ended_at, recorded_at) < $6"),
    ("notices", "SELECT COUNT(*) FROM notices WHERE recorded_at < $6 AND next_at IS NULL AND NOT to_mail"),
    ("requests", "SELECT COUNT(*) FROM requests WHERE created_at < $7"),
    ("sessions", "SELECT COUNT(*) FROM sessions WHERE expires_at < $5"),
    ("sign_in_links", "SELECT COUNT(*) FROM sign_in_links WHERE expires_at < $5"),
    ("actions_used", "SELECT COUNT(*) FROM actions_used WHERE valid_until < $5"),
];

impl Desk {
    /// Forgets what is older than may be kept, a few introductions in each change, and answers how many rows lost their
    /// content.
    ///
    /// # Errors
    /// When the desk fails; what was forgotten before stays so.
    pub async fn purge(&self, limits: &Limits) -> Result<u64, DeskError> {
        let mut purged = 0;
        loop {
            let mut write = self.write().await?;
            let over = write.over(limits, AT_ONCE).await?;
            for id in &over {
                write.forget_words(id).await?;
            }
            write.commit().await?;
            purged += over.len() as u64;
            if over.len() < AT_ONCE as usize {
                break;
            }
        }
        let mut write = self.write().await?;
        let before = big(write.now().minus(limits.audit).0);
        for query in [
            "DELETE FROM reports WHERE recorded_at < $1",
            "DELETE FROM audit WHERE recorded_at < $1",
            "DELETE FROM rights_requests WHERE closed_at < $1",
            "DELETE FROM rights_filed WHERE filed_at < $1",
        ] {
            purged += sqlx::query(query).bind(before).execute(write.connection()).await?.rows_affected();
        }
        write.commit().await?;
        self.sweep().await?;
        // What is gone from the file is gone from the log that was written ahead of it, too.
        self.settle().await?;
        Ok(purged)
    }

    /// How many rows of each table are older than may be kept.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn older(&self, limits: &Limits) -> Result<Vec<Older>, DeskError> {
        let now = self.now();
        let edges = [limits.declined, limits.withdrawn, limits.accepted, limits.audit, 0, TOLD, ANSWERED];
        let mut proof = Vec::with_capacity(PROOFS.len());
        for (table, query) in PROOFS {
            let mut query = sqlx::query_scalar::<_, i64>(query);
            for edge in edges {
                query = query.bind(big(now.minus(edge).0));
            }
            proof.push(Older { table, older: count(query.fetch_one(self.reads()).await?) });
        }
        Ok(proof)
    }

    /// Writes down that content was forgotten, and what was found afterwards.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn note_purge(&self, purged: u64, older: u64) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let query = "INSERT INTO purges (only_row, ran_at, purged, older) VALUES (1, $1, $2, $3)
            ON CONFLICT (only_row) DO UPDATE
            SET ran_at = excluded.ran_at, purged = excluded.purged, older = excluded.older";
        let query = sqlx::query(query).bind(big(write.now().0)).bind(big(purged)).bind(big(older));
        query.execute(write.connection()).await?;
        write.commit().await
    }

    /// When content was last forgotten, if it ever was.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn last_purge(&self) -> Result<Option<PurgeRow>, DeskError> {
        let row = sqlx::query("SELECT ran_at, purged, older FROM purges").fetch_optional(self.reads()).await?;
        row.map(|row| {
            let number = |column| Ok::<_, DeskError>(count(row.try_get(column)?));
            Ok(PurgeRow { ran_at: Timestamp(number("ran_at")?), purged: number("purged")?, older: number("older")? })
        })
        .transpose()
    }
}

impl Write {
    /// Introductions of which more is kept than may be, at most `most`.
    async fn over(&mut self, limits: &Limits, most: u32) -> Result<Vec<IntroductionId>, DeskError> {
        let now = self.now();
        let query = concat!(
            "SELECT DISTINCT i.id FROM introductions i WHERE ",
            over!(),
            " AND (",
            speaks!(),
            " OR EXISTS (SELECT 1 FROM introduction_letters l WHERE ",
            of_it!(),
            " AND l.signed IS NOT NULL)
            OR EXISTS (SELECT 1 FROM outbox l WHERE ",
            of_it!(),
            ")) LIMIT $4"
        );
        let mut query = sqlx::query_scalar::<_, Vec<u8>>(query);
        for edge in [limits.declined, limits.withdrawn, limits.accepted] {
            query = query.bind(big(now.minus(edge).0));
        }
        let found = query.bind(i64::from(most)).fetch_all(self.connection()).await?;
        found.iter().map(|bytes| id_of(bytes)).collect()
    }

    /// Forgets every word, name and address of an introduction, on each side of it that is here. That it was, and how
    /// it ended, stays.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn forget_words(&mut self, id: &IntroductionId) -> Result<(), DeskError> {
        for query in [
            "UPDATE introductions SET title = '', purpose = '', mentee_name = '', why_you = NULL, mentee_email = NULL,
                contact_name = NULL, contact_email = NULL WHERE id = $1",
            "UPDATE introduction_letters SET signed = NULL WHERE introduction = $1",
            "DELETE FROM outbox_envelopes WHERE EXISTS (SELECT 1 FROM outbox o WHERE o.introduction = $1
                AND o.message = outbox_envelopes.message AND o.direction = outbox_envelopes.direction)",
            "DELETE FROM outbox WHERE introduction = $1",
        ] {
            sqlx::query(query).bind(id.0.as_slice()).execute(self.connection()).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
