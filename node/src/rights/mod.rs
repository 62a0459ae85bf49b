//! Rights: what is owed to people across organisations. Requests that any node takes for any mentor, the register of
//! those that are ours to answer, and receipts for erasures, given and collected.
//!
//! Owns who may file how often, what a duty that arrives means here, and which erasures are confirmed. Refuses to know
//! how a duty travels (`crate::introductions` carries it, sealed, like a letter) and what a page looks like. Begin at
//! [`Rights`]; filing is `door.rs`, what arrives `arrivals.rs`, answering `register.rs`, erasures `follow.rs` and
//! `receipts.rs`.

#![expect(clippy::result_large_err, reason = "a problem is the answer to a person, made once a request")]

mod arrivals;
mod door;
mod follow;
mod handle;
mod mails;
mod receipts;
mod register;
#[cfg(test)]
pub(crate) mod testing;
mod throttle;

pub use arrivals::Arrived;
pub use follow::Follow;
pub use handle::{Parts, Rights};
pub use throttle::{Throttle, Throttled};
