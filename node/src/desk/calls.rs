//! Calls that the two of an introduction agreed on, as calendars count their changes.
//!
//! Owns the sequence: each change is one more than the last, because a calendar ignores what is not. Refuses to know who
//! agreed and why; the letters say that.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::introduction::TimeSlot;
use mentormesh_protocol::{IntroductionId, Timestamp};
use sqlx::Row as _;

use super::handle::{Connection, Row, big, count};
use super::mail::MailId;
use super::{Desk, DeskError, Write};

/// A call that was agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallRow {
    /// When.
    pub slot: TimeSlot,
    /// How often it changed.
    pub sequence: u32,
    /// Whether it takes place no more.
    pub cancelled: bool,
    /// Whether our own person was sent an invitation.
    pub invited: bool,
    /// When it was agreed or cancelled.
    pub changed_at: Timestamp,
}

impl Desk {
    /// The call of this side of an introduction.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn call(&self, id: &IntroductionId, direction: Direction) -> Result<Option<CallRow>, DeskError> {
        one(&mut *self.reads().acquire().await?, id, direction).await
    }
}

impl Write {
    /// Keeps what is agreed now, or that nothing is any more.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn settle_call(
        &mut self,
        id: &IntroductionId,
        direction: Direction,
        agreed: Option<TimeSlot>,
    ) -> Result<(), DeskError> {
        let before = one(self.connection(), id, direction).await?;
        let (slot, sequence) = match (before, agreed) {
            (None, Some(slot)) => (slot, 0),
            (Some(call), Some(slot)) if call.cancelled || call.slot != slot => (slot, call.sequence.saturating_add(1)),
            (Some(call), None) if !call.cancelled => (call.slot, call.sequence.saturating_add(1)),
            (None | Some(_), None | Some(_)) => return Ok(()),
        };
        let now = self.now();
        sqlx::query(
            "UPDATE introductions SET call_start = $3, call_minutes = $4, call_sequence = $5, call_cancelled = $6,
                call_changed_at = $7 WHERE id = $1 AND direction = $2",
        )
        .bind(id.0.as_slice())
        .bind(direction.as_str())
        .bind(big(slot.start.0))
        .bind(i64::from(slot.minutes))
        .bind(i64::from(sequence))
        .bind(agreed.is_none())
        .bind(big(now.0))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Adds to a queued mail what a calendar is to read, and notes that our own person was told of the call.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn attach_calendar(
        &mut self,
        mail: MailId,
        about: (IntroductionId, Direction),
        calendar: &str,
    ) -> Result<(), DeskError> {
        let query = "UPDATE mail SET calendar = $2 WHERE place = $1";
        sqlx::query(query).bind(big(mail.0)).bind(calendar).execute(self.connection()).await?;
        let query = "UPDATE introductions SET call_invited = TRUE WHERE id = $1 AND direction = $2";
        let query = sqlx::query(query).bind(about.0.0.as_slice()).bind(about.1.as_str());
        query.execute(self.connection()).await?;
        Ok(())
    }
}

async fn one(
    connection: &mut Connection,
    id: &IntroductionId,
    direction: Direction,
) -> Result<Option<CallRow>, DeskError> {
    let query = "SELECT call_start, call_minutes, call_sequence, call_cancelled, call_invited, call_changed_at
        FROM introductions WHERE id = $1 AND direction = $2 AND call_start IS NOT NULL";
    let query = sqlx::query(query).bind(id.0.as_slice()).bind(direction.as_str());
    query.fetch_optional(connection).await?.as_ref().map(read).transpose()
}

fn read(row: &Row) -> Result<CallRow, DeskError> {
    let minutes: Option<i64> = row.try_get("call_minutes")?;
    let at = |column| row.try_get::<Option<i64>, _>(column).map(|at| Timestamp(count(at.unwrap_or_default())));
    Ok(CallRow {
        slot: TimeSlot {
            start: at("call_start")?,
            minutes: u16::try_from(minutes.unwrap_or_default()).unwrap_or(u16::MAX),
        },
        sequence: u32::try_from(row.try_get::<i64, _>("call_sequence")?).unwrap_or(u32::MAX),
        cancelled: row.try_get("call_cancelled")?,
        invited: row.try_get("call_invited")?,
        changed_at: at("call_changed_at")?,
    })
}
