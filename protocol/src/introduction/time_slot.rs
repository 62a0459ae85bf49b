//! Time slots: when a mentee could meet, as moments that no change of clocks moves, and the zone they are meant in.
//!
//! Refuses to know any zone's rules: those tables change, and bind the home node alone.

use minicbor::{Decode, Encode};

use crate::invalid::Invalid;
use crate::limits::{MINUTE, SLOT_MINUTES_LEAST, SLOT_MINUTES_MOST, SLOTS, SLOTS_AHEAD};
use crate::time::Timestamp;

/// Longest name of a time zone in bytes.
const ZONE_BYTES: usize = 64;

/// A time that a mentee offers for a first call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct TimeSlot {
    /// When it begins, a whole minute.
    #[n(0)]
    pub start: Timestamp,
    /// How long it is, 10 to 180 minutes.
    #[n(1)]
    pub minutes: u16,
}

impl TimeSlot {
    /// When it is over.
    #[must_use]
    pub fn end(&self) -> Timestamp {
        self.start.plus(u64::from(self.minutes).saturating_mul(MINUTE))
    }

    fn problem(&self) -> Option<String> {
        if !self.start.0.is_multiple_of(MINUTE) {
            return Some("begins within a minute; take a whole one".to_owned());
        }
        let taken = SLOT_MINUTES_LEAST..=SLOT_MINUTES_MOST;
        let problem = || format!("{} minutes; {SLOT_MINUTES_LEAST} to {SLOT_MINUTES_MOST} are taken", self.minutes);
        (!taken.contains(&self.minutes)).then(problem)
    }
}

/// Checks the outer form of a time zone's name; whether there is such a zone binds the home node.
pub(super) fn zone(name: &str) -> Result<(), Invalid> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_+-/".contains(&byte);
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.len() <= ZONE_BYTES && name.bytes().all(plain) {
        return Ok(());
    }
    let problem = format!("not the name of a time zone like Europe/London of at most {ZONE_BYTES} bytes");
    Err(Invalid::new("time_zone", problem))
}

/// Checks the slots of one request: how many, each by itself, none twice.
pub(super) fn all(slots: &[TimeSlot]) -> Result<(), Invalid> {
    if !(1..=SLOTS).contains(&slots.len()) {
        return Err(Invalid::new("slots", format!("{} slots; 1 to {SLOTS} are taken, or none at all", slots.len())));
    }
    for (at, slot) in slots.iter().enumerate() {
        let twice = slots.iter().take(at).any(|earlier| earlier == slot).then(|| "is there twice".to_owned());
        if let Some(problem) = slot.problem().or(twice) {
            return Err(Invalid::new("slots", format!("slot {} {problem}", at + 1)));
        }
    }
    Ok(())
}

/// Checks that each slot comes after its request, and not long after the wait.
pub(super) fn in_time(slots: &[TimeSlot], issued_at: Timestamp, expires_at: Timestamp) -> Result<(), Invalid> {
    let last = expires_at.plus(SLOTS_AHEAD);
    match slots.iter().position(|slot| slot.start <= issued_at || slot.start > last) {
        None => Ok(()),
        Some(at) => {
            let problem = format!("slot {} is not between the request and {}", at + 1, last.date());
            Err(Invalid::new("slots", problem))
        }
    }
}
