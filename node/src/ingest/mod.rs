//! THE DOOR: every record, whoever brings it, passes [`Ingest::accept`] and gets a verdict.
//!
//! One thread owns the store's writer, the chains and the trust decisions, so that there is one order of events. It
//! refuses to know who asks or how records travel. `thread.rs` is the loop, `door.rs` the decisions in the order of
//! the protocol document with `room.rs` and `operations.rs` beside it, `standing.rs` what is believed of each organisation.

mod door;
mod handle;
mod operations;
mod parked;
mod room;
mod standing;
#[cfg(test)]
mod tests;
mod thread;
mod verdict;

pub use handle::{Ingest, IngestError, Started};
pub use thread::{Limits, SpawnError};
pub use verdict::{Announcement, Origin, Verdict};
