//! An appointment as a calendar reads it (RFC 5545), and as one calendar tells another of it (RFC 5546).
//!
//! Owns how an event is written. All times are UTC, so that no table of zones travels along and none can be wrong.
//! Refuses to know what an introduction is, and how the text reaches anybody.

mod event;
mod party;
#[cfg(test)]
mod tests;

pub use event::{Event, Purpose, method_of};
pub use party::Party;
