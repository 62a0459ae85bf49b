//! Envelopes that wait in a register's memory for a key or for their time: bounded in number, per peer and in time.

use std::rc::Rc;

use super::checks::Read;
use crate::limits::{PARKED, PARKED_FOR, PARKED_PER_PEER};
use crate::time::Timestamp;

/// One envelope, who handed it over, and since when it waits.
#[derive(Clone, Debug)]
pub(super) struct Parked {
    pub(super) envelope: Rc<Read>,
    pub(super) from: Option<usize>,
    pub(super) since: Timestamp,
}

/// The waiting room.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting(Vec<Parked>);

impl Waiting {
    /// Takes an envelope in, unless the room or its peer's share of it is full; says whether it waits.
    pub(super) fn take(&mut self, parked: Parked) -> bool {
        if self.0.iter().any(|waiting| waiting.envelope.id == parked.envelope.id) {
            return true;
        }
        let share = self.of(parked.from);
        let fits = self.0.len() < PARKED && (parked.from.is_none() || share < PARKED_PER_PEER);
        if fits {
            self.0.push(parked);
        }
        fits
    }

    /// How many one peer handed over.
    pub(super) fn of(&self, peer: Option<usize>) -> usize {
        self.0.iter().filter(|waiting| waiting.from == peer).count()
    }

    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// Gives everything back that has not waited too long.
    pub(super) fn release(&mut self, now: Timestamp) -> Vec<Parked> {
        let mut all = std::mem::take(&mut self.0);
        all.retain(|waiting| waiting.since.plus(PARKED_FOR) > now);
        all
    }
}
