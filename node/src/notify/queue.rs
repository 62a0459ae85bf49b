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
}

impl Queue {
    pub(super) const fn new(desk: Desk, clock: Clock) -> Self {
        Self { desk, clock, failures: 0, rests_until: Timestamp(0) }
    }

    /// The notice to tell now.
    pub(super) async fn next(&self) -> Result<Option<Notice>, DeskError> {
        let now = self.clock.now();
        if now < self.rests_until {
            return Ok(None);
        }
        Ok(self.desk.due_notices(now, 1).await?.pop())
    }

    /// The command was run and told somebody.
    pub(super) const fn well(&mut self) {
        self.failures = 0;
    }

    /// The command was run and failed: it rests.
    pub(super) fn unwell(&mut self) {
        let rest = REST.saturating_mul(1 << self.failures.min(10)).min(REST_MOST);
        self.failures = self.failures.saturating_add(1);
        self.rests_until = self.clock.now().plus(rest);
    }

    /// Puts a notice off that could not be told, or gives it up. Whether it was given up.
    pub(super) async fn put_off(&self, notice: &Notice) -> Result<bool, DeskError> {
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
mod tests {
    use mentormesh_protocol::IntroductionId;
    use mentormesh_protocol::api::Direction;

    use super::*;

    async fn desk(folder: &std::path::Path, clock: &Clock, notices: u8) -> Desk {
        let desk = Desk::open(&folder.join("desk.sqlite"), clock.clone()).await.expect("a desk");
        let mut write = desk.write().await.expect("a turn");
        for id in 0..notices {
            write.notice(&IntroductionId([id; 16]), Direction::Received, "request").await.expect("written");
        }
        write.commit().await.expect("kept");
        desk
    }

    #[tokio::test]
    async fn a_notice_that_fails_waits_longer_each_time_and_is_given_up_after_eight_attempts() {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Clock::set_at(Timestamp(1_795_000_000_000));
        let desk = desk(folder.path(), &clock, 1).await;
        let mut queue = Queue::new(desk.clone(), clock.clone());
        let mut waited = Vec::new();
        let given_up = loop {
            let notice = queue.next().await.expect("read").expect("it is due");
            queue.unwell();
            if queue.put_off(&notice).await.expect("written") {
                break notice;
            }
            assert_eq!(queue.next().await.expect("read"), None, "not at once");
            let due = desk.next_notice().await.expect("read").expect("it waits");
            let pause = due.0 - clock.now().0;
            clock.advance(pause - 1);
            assert_eq!(queue.next().await.expect("read"), None, "not before its time");
            clock.advance(1);
            waited.push(pause / MINUTE);
        };
        assert_eq!(waited, [1, 5, 30, 120, 360, 360, 360]);
        assert_eq!(given_up.attempts, 7);
        clock.advance(30 * HOUR);
        assert_eq!(queue.next().await.expect("read"), None);
        let counts = desk.notice_counts().await.expect("read");
        assert_eq!((counts.waiting, counts.given_up), (0, 1));
    }

    #[tokio::test]
    async fn a_command_that_fails_rests_before_it_gets_another_notice() {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Clock::set_at(Timestamp(1_795_000_000_000));
        let desk = desk(folder.path(), &clock, 200).await;
        let mut queue = Queue::new(desk, clock.clone());
        let mut rests = Vec::new();
        for _ in 0..9 {
            let notice = queue.next().await.expect("read").expect("many are due");
            queue.unwell();
            queue.put_off(&notice).await.expect("written");
            let mut rest = 0;
            while queue.next().await.expect("read").is_none() {
                clock.advance(1_000);
                rest += 1;
            }
            rests.push(rest);
        }
        assert_eq!(rests, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        queue.well();
        queue.unwell();
        clock.advance(1_000);
        assert!(queue.next().await.expect("read").is_some(), "after a success the count begins anew");
    }
}
