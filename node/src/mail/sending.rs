//! Which mail leaves next, and what follows when it does not.
//!
//! A mail that a server puts off waits, longer each time, and is given up after eight tries, over a day. One that it
//! refuses for good is given up at once. A server that takes nothing rests for a while whatever it was given, so that
//! one that is down costs no mail its tries in a row.

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::limits::MINUTE;

use super::hours::Hours;
use super::smtp::Refusal;
use crate::clock::Clock;
use crate::desk::{Desk, DeskError, MailId, MailRow};

const HOUR: u64 = 60 * MINUTE;
/// How long a mail waits after each try in vain; the last of these is kept to.
const PAUSES: [u64; 5] = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR];
/// How often a mail is tried: over a day, so that a mail server may have a bad night.
const ATTEMPTS: u32 = 8;
/// How long the server rests after it failed once; doubled by each failure that follows.
const REST: u64 = 1_000;
/// How long it rests at most.
const REST_MOST: u64 = MINUTE;

/// The mails of a desk, as one mail server gets through them.
#[derive(Debug)]
pub(super) struct Sending {
    desk: Desk,
    clock: Clock,
    quiet: Option<Hours>,
    failures: u32,
    rests_until: Timestamp,
    /// Sent, but not noted yet: the disk was full. It must not be sent again.
    sent: Option<MailId>,
}

impl Sending {
    pub(super) const fn new(desk: Desk, clock: Clock, quiet: Option<Hours>) -> Self {
        Self { desk, clock, quiet, failures: 0, rests_until: Timestamp(0), sent: None }
    }

    /// The mail to send now. One that is too old to be of use is given up on the way.
    pub(super) async fn next(&mut self) -> Result<Option<MailRow>, DeskError> {
        self.note_sent().await?;
        let now = self.clock.now();
        // A clock that was set back must not make a short rest a long one.
        self.rests_until = self.rests_until.min(now.plus(REST_MOST));
        if now < self.rests_until {
            return Ok(None);
        }
        let quiet = self.quiet.as_ref().is_some_and(|hours| hours.hold(now));
        while let Some(row) = self.desk.due_mail(quiet).await? {
            if now <= row.due_by {
                return Ok(Some(row));
            }
            self.desk.mail_given_up(row.id, "it waited until it was of no use any more").await?;
        }
        Ok(None)
    }

    /// The server has it.
    pub(super) async fn sent(&mut self, row: &MailRow) -> Result<(), DeskError> {
        self.failures = 0;
        self.sent = Some(row.id);
        self.note_sent().await
    }

    async fn note_sent(&mut self) -> Result<(), DeskError> {
        if let Some(id) = self.sent {
            self.desk.mail_sent(id).await?;
            self.sent = None;
        }
        Ok(())
    }

    /// The server has it not: it is put off, or given up. Whether it was given up.
    pub(super) async fn refused(&mut self, row: &MailRow, refusal: &Refusal) -> Result<bool, DeskError> {
        let (problem, server) = match refusal {
            Refusal::Never { problem } => {
                self.failures = 0;
                self.desk.mail_given_up(row.id, problem).await?;
                return Ok(true);
            }
            Refusal::Later { problem, server } => (problem, *server),
        };
        let now = self.clock.now();
        if server {
            let rest = REST.saturating_mul(1 << self.failures.min(10)).min(REST_MOST);
            self.failures = self.failures.saturating_add(1);
            self.rests_until = now.plus(rest);
        }
        if row.attempts.saturating_add(1) >= ATTEMPTS {
            self.desk.mail_given_up(row.id, problem).await?;
            return Ok(true);
        }
        let pause = PAUSES.get(row.attempts as usize).or(PAUSES.last()).copied().unwrap_or(HOUR);
        self.desk.mail_put_off(row.id, now.plus(pause), problem).await?;
        Ok(false)
    }
}

#[cfg(test)]
mod tests;
