//! Own slots: the last sequence and the last envelope of each, byte for byte, withdrawals included.
//!
//! A sequence is allotted, the record signed and its envelope kept in one durable transaction, before anybody hears
//! of it: a crash afterwards loses nothing, because what was signed is handed to ingest again at the next start.
//! Which record stands is the protocol's merge; this file applies it to withdrawals that come back from a peer.

use std::collections::HashMap;

use mentormesh_protocol::rules::next_sequence;
use mentormesh_protocol::{Kind, OrganisationId, Slot, Timestamp};
use sqlx::Row as _;

use super::handle::{Connection, Row, big, count};
use super::{AllotError, Desk, DeskError};

/// What was signed, and under which number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allotted {
    /// The sequence.
    pub sequence: u64,
    /// The envelope as it was signed.
    pub envelope: Vec<u8>,
}

/// The last envelope of one own slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnEnvelope {
    /// The slot.
    pub slot: Slot,
    /// The last sequence.
    pub sequence: u64,
    /// The last envelope.
    pub envelope: Vec<u8>,
    /// Whether it is a withdrawal.
    pub withdrawn: bool,
    /// Whether it erases, so that nothing follows it.
    pub erased: bool,
}

/// How a record ends its slot, if it does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Ending {
    pub(super) withdrawn: bool,
    pub(super) erased: bool,
}

impl Desk {
    /// Allots the next sequence of a slot to a record, has it signed and keeps the envelope, all or nothing.
    /// `register` is the sequence that stands in the store, if any.
    ///
    /// # Errors
    /// When the slot was erased, the signature is refused, or the desk fails.
    pub async fn allot<E>(
        &self,
        slot: &Slot,
        now: Timestamp,
        register: Option<u64>,
        sign: impl FnOnce(u64) -> Result<Vec<u8>, E>,
    ) -> Result<Allotted, AllotError<E>> {
        self.allot_as(slot, now, register, Ending { withdrawn: false, erased: false }, sign).await
    }

    /// As [`Desk::allot`] for the withdrawal that ends the slot, for ever if `erase`.
    ///
    /// # Errors
    /// As [`Desk::allot`].
    pub async fn allot_withdrawal<E>(
        &self,
        slot: &Slot,
        erase: bool,
        now: Timestamp,
        register: Option<u64>,
        sign: impl FnOnce(u64) -> Result<Vec<u8>, E>,
    ) -> Result<Allotted, AllotError<E>> {
        self.allot_as(slot, now, register, Ending { withdrawn: true, erased: erase }, sign).await
    }

    async fn allot_as<E>(
        &self,
        slot: &Slot,
        now: Timestamp,
        register: Option<u64>,
        ending: Ending,
        sign: impl FnOnce(u64) -> Result<Vec<u8>, E>,
    ) -> Result<Allotted, AllotError<E>> {
        let mut write = self.write().await?;
        let last = own_slot(write.connection(), slot).await?;
        if last.as_ref().is_some_and(|last| last.erased) {
            return Err(AllotError::Erased);
        }
        let sequence = next_sequence(now, last.map(|last| last.sequence), register);
        let envelope = sign(sequence).map_err(AllotError::Sign)?;
        keep(write.connection(), slot, sequence, &envelope, ending).await?;
        write.commit().await?;
        Ok(Allotted { sequence, envelope })
    }

    /// The last envelope of every own slot, oldest first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn own_envelopes(&self) -> Result<Vec<OwnEnvelope>, DeskError> {
        let query = "SELECT * FROM own_slots ORDER BY sequence, kind, about";
        let rows = sqlx::query(query).fetch_all(self.reads()).await?;
        rows.iter().map(read).collect()
    }

    /// The last sequence of every own slot, by kind and what it is about.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn own_sequences(&self) -> Result<HashMap<(Kind, Vec<u8>), u64>, DeskError> {
        let rows = sqlx::query("SELECT kind, about, sequence FROM own_slots").fetch_all(self.reads()).await?;
        let read = |row: &Row| -> Result<_, DeskError> {
            Ok(((kind_of(row)?, row.try_get("about")?), count(row.try_get("sequence")?)))
        };
        rows.iter().map(read).collect()
    }

    /// The last envelope of one own slot.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn own_envelope(&self, slot: &Slot) -> Result<Option<OwnEnvelope>, DeskError> {
        let mut connection = self.reads().acquire().await?;
        own_slot(&mut connection, slot).await
    }

    /// Keeps a withdrawal of ours that came back from a peer, if it beats what the desk has. Answers whether it did.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn note_withdrawn(
        &self,
        slot: &Slot,
        sequence: u64,
        envelope: &[u8],
        erased: bool,
    ) -> Result<bool, DeskError> {
        let mut write = self.write().await?;
        let stands = own_slot(write.connection(), slot).await?;
        // The protocol's merge for a newcomer that is a withdrawal. Two withdrawals of one sequence differ by id
        // alone; keeping ours then ends the listing all the same.
        let loses = stands.is_some_and(|stands| {
            let place = (stands.erased, stands.sequence, stands.withdrawn);
            place >= (erased, sequence, true)
        });
        if loses {
            return Ok(false);
        }
        keep(write.connection(), slot, sequence, envelope, Ending { withdrawn: true, erased }).await?;
        let about = slot.profile_id().map_or_else(|| slot.kind.to_string(), |id| id.subject.to_string());
        let detail = if erased { "erased" } else { "withdrawn" };
        write.note("network", "slot.ended_elsewhere", &about, detail).await?;
        write.commit().await?;
        Ok(true)
    }

    /// The steps of the own key chain, in order.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn own_operations(&self) -> Result<Vec<Vec<u8>>, DeskError> {
        let query = sqlx::query_scalar("SELECT envelope FROM own_operations ORDER BY place");
        Ok(query.fetch_all(self.reads()).await?)
    }

    /// Adds a step of the own key chain; one that is there already stays where it is.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn add_own_operation(&self, envelope: &[u8]) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        let query = "INSERT INTO own_operations (place, envelope)
            SELECT COALESCE(MAX(place), 0) + 1, $1 FROM own_operations WHERE TRUE
            ON CONFLICT (envelope) DO NOTHING";
        sqlx::query(query).bind(envelope).execute(write.connection()).await?;
        write.commit().await
    }
}

pub(super) async fn own_slot(connection: &mut Connection, slot: &Slot) -> Result<Option<OwnEnvelope>, DeskError> {
    let query = sqlx::query("SELECT * FROM own_slots WHERE kind = $1 AND about = $2");
    let row = query.bind(slot.kind.as_str()).bind(&slot.about).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

pub(super) async fn keep(
    connection: &mut Connection,
    slot: &Slot,
    sequence: u64,
    envelope: &[u8],
    ending: Ending,
) -> Result<(), DeskError> {
    sqlx::query(
        "INSERT INTO own_slots (kind, about, organisation, sequence, envelope, withdrawn, erased)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (kind, about) DO UPDATE SET organisation = excluded.organisation, sequence = excluded.sequence,
            envelope = excluded.envelope, withdrawn = excluded.withdrawn, erased = excluded.erased",
    )
    .bind(slot.kind.as_str())
    .bind(&slot.about)
    .bind(slot.organisation.0.as_slice())
    .bind(big(sequence))
    .bind(envelope)
    .bind(ending.withdrawn)
    .bind(ending.erased)
    .execute(connection)
    .await?;
    Ok(())
}

fn kind_of(row: &Row) -> Result<Kind, DeskError> {
    let kind: &str = row.try_get("kind")?;
    Kind::parse(kind).map_err(|_| DeskError::Unreadable { what: "own_slots.kind" })
}

fn read(row: &Row) -> Result<OwnEnvelope, DeskError> {
    let organisation: &[u8] = row.try_get("organisation")?;
    let slot = Slot {
        kind: kind_of(row)?,
        organisation: OrganisationId::from_slice(organisation)
            .map_err(|_| DeskError::Unreadable { what: "own_slots.organisation" })?,
        about: row.try_get("about")?,
    };
    Ok(OwnEnvelope {
        slot,
        sequence: count(row.try_get("sequence")?),
        envelope: row.try_get("envelope")?,
        withdrawn: row.try_get("withdrawn")?,
        erased: row.try_get("erased")?,
    })
}

#[cfg(test)]
impl Desk {
    /// Makes a slot hold what it held before, as a restored desk does.
    pub(crate) async fn set_back(&self, own: &OwnEnvelope) {
        let mut write = self.write().await.expect("a change");
        let ending = Ending { withdrawn: own.withdrawn, erased: own.erased };
        keep(write.connection(), &own.slot, own.sequence, &own.envelope, ending).await.expect("kept");
        write.commit().await.expect("kept");
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::super::tests::{NOW, desk, slot};
    use super::*;

    fn envelope(sequence: u64) -> Result<Vec<u8>, Infallible> {
        Ok(sequence.to_be_bytes().to_vec())
    }

    #[tokio::test]
    async fn sequences_follow_the_clock_the_desk_and_the_register_whichever_is_ahead() {
        let (_folder, desk, _) = desk().await;
        let first = desk.allot(&slot(), NOW, None, envelope).await.expect("allotted");
        assert_eq!(first.sequence, NOW.0);
        let second = desk.allot(&slot(), NOW.minus(5_000), None, envelope).await.expect("allotted");
        assert_eq!(second.sequence, NOW.0 + 1, "a clock that went back does not repeat a number");
        let third = desk.allot(&slot(), NOW, Some(NOW.0 + 9), envelope).await.expect("allotted");
        assert_eq!(third.sequence, NOW.0 + 10, "what the register holds is outrun");
        let kept = desk.own_envelopes().await.expect("read");
        let kept: Vec<_> = kept.into_iter().map(|own| (own.sequence, own.envelope)).collect();
        assert_eq!(kept, [(third.sequence, third.envelope)]);
    }

    #[tokio::test]
    async fn a_refused_signature_leaves_the_slot_as_it_was() {
        let (_folder, desk, _) = desk().await;
        let refused = desk.allot(&slot(), NOW, None, |_| Err("no key")).await;
        assert!(matches!(refused, Err(AllotError::Sign("no key"))), "{refused:?}");
        assert_eq!(desk.own_envelope(&slot()).await.expect("read"), None);
    }

    #[tokio::test]
    async fn an_erased_slot_takes_nothing_ever_again() {
        let (_folder, desk, _) = desk().await;
        desk.allot(&slot(), NOW, None, envelope).await.expect("allotted");
        desk.allot_withdrawal(&slot(), true, NOW, None, envelope).await.expect("erased");
        let again = desk.allot(&slot(), NOW.plus(1_000), None, envelope).await;
        assert!(matches!(again, Err(AllotError::Erased)), "{again:?}");
        assert!(!desk.note_withdrawn(&slot(), NOW.0 + 99, b"later", false).await.expect("asked"));
    }

    #[tokio::test]
    async fn a_withdrawal_that_comes_back_is_kept_when_it_beats_what_the_desk_has() {
        let (_folder, desk, _) = desk().await;
        desk.allot(&slot(), NOW, None, envelope).await.expect("allotted");
        assert!(!desk.note_withdrawn(&slot(), NOW.0 - 1, b"old", false).await.expect("asked"));
        assert!(desk.note_withdrawn(&slot(), NOW.0 + 1, b"newer", false).await.expect("asked"));
        assert!(!desk.note_withdrawn(&slot(), NOW.0 + 1, b"newer", false).await.expect("asked"), "told twice");
        assert!(desk.note_withdrawn(&slot(), NOW.0 - 9, b"erasure", true).await.expect("asked"), "erasing beats all");
        let kept = desk.own_envelope(&slot()).await.expect("read").expect("kept");
        assert_eq!((kept.envelope.as_slice(), kept.erased), (b"erasure".as_slice(), true));
    }

    #[tokio::test]
    async fn steps_of_the_chain_keep_their_order_and_are_kept_once() {
        let (_folder, desk, _) = desk().await;
        for step in [b"genesis".as_slice(), b"rotation", b"genesis"] {
            desk.add_own_operation(step).await.expect("added");
        }
        assert_eq!(desk.own_operations().await.expect("read"), [b"genesis".to_vec(), b"rotation".to_vec()]);
    }
}
