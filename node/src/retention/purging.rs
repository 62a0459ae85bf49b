//! The job that forgets: at the start, then every six hours of the node's clock, with a count afterwards of what should
//! be gone and is not. While the clock may be wrong nothing is forgotten, because that cannot be taken back.

use std::time::Duration;

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::limits::DAY;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::config::RetentionConfig;
use crate::desk::{Desk, DeskError, Limits};
use crate::introductions::Introductions;

/// How long after one run the next is due, and how often that is looked at.
const EVERY: u64 = DAY / 4;
const LOOK: Duration = Duration::from_secs(60);
/// Without a run for this long something is wrong.
pub const LATE: u64 = DAY;

/// Forgets what has been kept long enough.
#[derive(Clone, Debug)]
pub struct Purging {
    desk: Desk,
    introductions: Introductions,
    clock: Clock,
    limits: Limits,
}

/// The configured days as the desk counts them.
#[must_use]
pub fn limits(config: &RetentionConfig) -> Limits {
    let days = |days: u16| u64::from(days) * DAY;
    Limits {
        declined: days(config.declined_days),
        withdrawn: days(config.withdrawn_days),
        accepted: days(config.accepted_days),
        audit: days(config.audit_days),
    }
}

impl Purging {
    /// Puts the job together.
    #[must_use]
    pub const fn new(desk: Desk, introductions: Introductions, clock: Clock, limits: Limits) -> Self {
        Self { desk, introductions, clock, limits }
    }

    /// Forgets until it is told to stop.
    pub async fn run(self, mut stopped: watch::Receiver<bool>) {
        let mut every = tokio::time::interval(LOOK);
        let mut last: Option<Timestamp> = None;
        loop {
            tokio::select! {
                _ = every.tick() => {
                    let now = self.clock.now();
                    if last.is_some_and(|last| now < last.plus(EVERY)) || !self.introductions.clock_may_end() {
                        continue;
                    }
                    match self.purge().await {
                        Ok(_) => last = Some(now),
                        Err(error) => tracing::warn!(%error, "old content could not be forgotten; tried again soon"),
                    }
                }
                _ = stopped.changed() => return,
            }
        }
    }

    /// Forgets once, counts what should be gone, and answers how many rows are older than may be kept: none.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn purge(&self) -> Result<u64, DeskError> {
        let purged = self.desk.purge(&self.limits).await?;
        let proof = self.desk.older(&self.limits).await?;
        let older = proof.iter().map(|table| table.older).sum();
        for table in proof {
            if table.older == 0 {
                tracing::debug!(table = table.table, older = 0, "nothing is older than may be kept");
            } else {
                tracing::error!(table = table.table, older = table.older, "rows are older than may be kept");
            }
        }
        tracing::info!(purged, older, "old content was forgotten");
        self.desk.note_purge(purged, older).await?;
        Ok(older)
    }
}
