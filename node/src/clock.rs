//! The node's clock: the one place that reads the time, so that tests can set it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use mentormesh_protocol::Timestamp;

/// A clock that parts of the node share.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Set(Arc<AtomicU64>),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `at` until it is moved.
    #[must_use]
    pub fn set_at(at: Timestamp) -> Self {
        Self(Source::Set(Arc::new(AtomicU64::new(at.0))))
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
            }
            Source::Set(at) => Timestamp(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a clock that was set, for every part that shares it; the machine's clock stays as it is.
    pub fn advance(&self, milliseconds: u64) {
        if let Source::Set(at) = &self.0 {
            at.fetch_add(milliseconds, Ordering::SeqCst);
        }
    }
}
