//! Whom to remind that a listing needs confirming: each stage once in each period, and nobody who left.

use mentormesh_protocol::limits::{DAY, PROFILE_LIFETIME};
use mentormesh_protocol::{Subject, Timestamp};
use sqlx::Row as _;

use super::handle::{big, count};
use super::{Desk, DeskError, Write};

/// The two stages: days before a confirmation runs out.
const STAGES: [u64; 2] = [7, 30];

/// A reminder that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConfirmReminder {
    /// Whose listing.
    pub subject: Subject,
    /// Which confirmation runs out.
    pub confirmed_at: Timestamp,
    /// Of which stage: 30 or 7.
    pub days: u64,
}

impl Desk {
    /// The next reminder that is due, where a confirmation lasts `every` milliseconds. A stage that passed while the node
    /// was off is made up for; an earlier one is not sent after a later one.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn confirm_reminder_due(&self, every: u64) -> Result<Option<ConfirmReminder>, DeskError> {
        let now = self.now();
        let edge = big(now.minus(PROFILE_LIFETIME).0);
        for days in STAGES {
            // Where confirmations last no longer than a stage, it would fall into the moment of confirming.
            if every <= days * DAY {
                continue;
            }
            let query = "SELECT l.subject, l.confirmed_at FROM listings l
                JOIN own_slots s ON s.kind = 'profile' AND s.about = l.subject
                LEFT JOIN confirm_reminders r ON r.subject = l.subject AND r.confirmed_at = l.confirmed_at
                WHERE NOT s.withdrawn AND s.sequence > $1 AND l.confirmed_at <= $2
                    AND (r.days IS NULL OR r.days > $3)
                ORDER BY l.confirmed_at, l.subject LIMIT 1";
            let before = now.plus(days * DAY).minus(every);
            let query = sqlx::query(query).bind(edge).bind(big(before.0)).bind(big(days));
            if let Some(row) = query.fetch_optional(self.reads()).await? {
                let subject = Subject::from_slice(row.try_get("subject")?);
                let subject = subject.map_err(|_| DeskError::Unreadable { what: "listings.subject" })?;
                let confirmed_at = Timestamp(count(row.try_get("confirmed_at")?));
                return Ok(Some(ConfirmReminder { subject, confirmed_at, days }));
            }
        }
        Ok(None)
    }
}

impl Write {
    /// Notes that a reminder was queued, or that its mentor wants none.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn confirm_reminded(&mut self, reminder: &ConfirmReminder) -> Result<(), DeskError> {
        let query = "INSERT INTO confirm_reminders (subject, confirmed_at, days) VALUES ($1, $2, $3)
            ON CONFLICT (subject) DO UPDATE SET confirmed_at = excluded.confirmed_at, days = excluded.days";
        let query = sqlx::query(query).bind(reminder.subject.0.as_slice()).bind(big(reminder.confirmed_at.0));
        query.bind(big(reminder.days)).execute(self.connection()).await?;
        Ok(())
    }
}
