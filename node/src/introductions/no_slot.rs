//! Why a time cannot be offered, for whoever typed it: in English as it stands here, in other languages by its kind.

use mentormesh_protocol::Date;
use mentormesh_protocol::limits::{SLOT_MINUTES_LEAST, SLOT_MINUTES_MOST};

/// Why a time cannot be offered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSlot {
    /// It is not written as a time.
    #[error("`{0}` is not a time like 2026-12-01T09:30")]
    Unread(String),
    /// Its offset is not that of its zone.
    #[error("{zone} is not at {offset} then; leave the offset or the zone out")]
    OtherOffset {
        /// The zone.
        zone: String,
        /// The offset.
        offset: String,
    },
    /// It has seconds.
    #[error("begins within a minute; take a whole one")]
    Seconds,
    /// Clocks skip it.
    #[error("{} has no {} on {}, when clocks go forward; take {} before that or {} after",
        .0.zone, .0.time, .0.day, .0.first, .0.second)]
    Skipped(Readings),
    /// Clocks show it twice.
    #[error("{} has {} twice on {}, when clocks go back; say which, {} or {}",
        .0.zone, .0.time, .0.day, .0.first, .0.second)]
    Twice(Readings),
    /// It is over.
    #[error("has passed; take a later one")]
    Past,
    /// Nobody keeps an hour free for so long.
    #[error("is too far away; take one until {0}")]
    Far(Date),
    /// Another begins with it.
    #[error("is there twice; take one out")]
    Repeated,
    /// It is too short or too long.
    #[error("{0} minutes; {SLOT_MINUTES_LEAST} to {SLOT_MINUTES_MOST} minutes are taken")]
    Length(u16),
}

/// A time on a day on which clocks change, and the two that may be meant, as they can be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readings {
    /// The zone.
    pub zone: String,
    /// The day.
    pub day: String,
    /// The time.
    pub time: String,
    /// The earlier of the two.
    pub first: String,
    /// The later.
    pub second: String,
}
