//! Lets only so many nodes run at once, so that two slow cores do not turn stories into timeouts.
//!
//! A story takes all the places it needs in one go, before its first node, and gives them back at its end.

use std::sync::{Condvar, Mutex, PoisonError};

/// Nodes that may run at once on the smallest machine we promise to work on.
const PLACES: usize = 6;

static FREE: Mutex<usize> = Mutex::new(PLACES);
static RETURNED: Condvar = Condvar::new();

/// The right to run some nodes.
#[derive(Debug)]
pub(crate) struct Places(usize);

/// Waits until `count` nodes may run.
pub(crate) fn places(count: usize) -> Places {
    assert!(count <= PLACES, "a story may run {PLACES} nodes, not {count}");
    let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
    while *free < count {
        free = RETURNED.wait(free).unwrap_or_else(PoisonError::into_inner);
    }
    *free -= count;
    Places(count)
}

impl Drop for Places {
    fn drop(&mut self) {
        *FREE.lock().unwrap_or_else(PoisonError::into_inner) += self.0;
        RETURNED.notify_all();
    }
}
