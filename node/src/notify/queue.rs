//! Which notice is told next, and what follows when telling it fails.
//!
//! A notice that fails is put off, longer each time, and given up after eight attempts. A command that fails rests
//! for a while whatever it was given, so that one that is broken costs no notice its attempts in a row, and ten
//! thousand notices are no ten thousand processes.

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::limits::MINUTE;

use crate::clock::Clock;
use crate::desk::{Desk, DeskError, Notice};

const HOUR: u64 = 60 * MINUTE;
/// How long a notice waits after each failure; the last of these is kept to.
const PAUSES: [u64; 5] = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR];
/// How often a notice is tried: over a day, so that a mail server may have a bad night.
const ATTEMPTS: u32 = 8;
/// How long the command rests after it failed once; doubled by each failure that follows.
const REST: u64 = 1_000;
/// How long it rests at most.
const REST_MOST: u64 = MINUTE;

/// The notices of a desk, as one command gets through them.
#[derive(Debug)]
pub(super) struct Queue {
    desk: Desk,
    clock: Clock,
    failures: u32,
    rests_until: Timestamp,
    /// Told, but not noted yet: the disk was full. It must not be told again.
    told: Option<u64>,
}

impl Queue {
    pub(super) const fn new(desk: Desk, clock: Clock) -> Self {
        Self { desk, clock, failures: 0, rests_until: Timestamp(0), told: None }
    }

    /// The notice to tell now.
    pub(super) async fn next(&mut self) -> Result<Option<Notice>, DeskError> {
        self.note_told().await?;
        let now = self.clock.now();
        if now < self.rests_until {
            return Ok(None);
        }
        Ok(self.desk.due_notices(now, 1).await?.pop())
    }

    /// The command told somebody.
    pub(super) async fn told(&mut self, notice: &Notice) -> Result<(), DeskError> {
        self.failures = 0;
        self.told = Some(notice.place);
        self.note_told().await
    }

    async fn note_told(&mut self) -> Result<(), DeskError> {
        if let Some(place) = self.told {
            self.desk.notice_done(place).await?;
            self.told = None;
        }
        Ok(())
    }

    /// The command failed: it rests, and the notice is put off or given up. Whether it was given up.
    pub(super) async fn failed(&mut self, notice: &Notice) -> Result<bool, DeskError> {
        let rest = REST.saturating_mul(1 << self.failures.min(10)).min(REST_MOST);
        self.failures = self.failures.saturating_add(1);
        self.rests_until = self.clock.now().plus(rest);
        self.put_off(notice).await
    }

    async fn put_off(&self, notice: &Notice) -> Result<bool, DeskError> {
        if notice.attempts.saturating_add(1) >= ATTEMPTS {
            self.desk.notice_given_up(notice.place).await?;
            return Ok(true);
        }
        let pause = PAUSES.get(notice.attempts as usize).or(PAUSES.last()).copied().unwrap_or(HOUR);
        self.desk.notice_failed(notice.place, self.clock.now().plus(pause)).await?;
        Ok(false)
    }
}

#[cfg(test)]
mod tests;
