//! Introductions: the two ends of an exchange at this node, and the way between them.
//!
//! Owns what may be asked, answered and taken back, what is taken in from another node and what is said to it. Where
//! an introduction stands is decided by the protocol's `Exchange` from its letters. Refuses to know SQL (`crate::desk`
//! keeps rows), how a peer is reached (`crate::post` carries bytes) and who is told by mail. Begin at
//! [`Introductions`]; asking is `send.rs`, the two sides' steps `steps.rs`, what comes in `inbox.rs`, the clock
//! `expiry.rs`, and what carries letters between nodes `courier.rs`.

#![expect(clippy::result_large_err, reason = "a problem is the answer to a person, made once a request")]

mod alternatives;
mod answer;
mod beside;
mod blocks;
mod call;
mod courier;
mod custody;
mod deliver;
mod duties_in;
mod duties_out;
mod expiry;
mod half;
mod handle;
mod inbox;
mod learn;
mod letter_in;
mod no_slot;
mod own;
mod pauses;
mod person;
mod recall;
mod receipts;
mod reminders;
mod rules;
mod schedule;
mod send;
mod show;
mod steps;
#[cfg(test)]
pub(crate) mod tests;
mod time_slots;
mod view;

pub use beside::{Chance, Room};
pub use courier::{CourierParts, spawn};
pub use handle::{Filter, Introductions, Parts, Step, Waiting};
pub use no_slot::{NoSlot, Readings};
pub use own::{unknown, why, withhold};
pub(crate) use pauses::MENTOR_PAUSED;
pub use recall::BadDay;
pub(crate) use rules::tidy;
pub(crate) use time_slots::{judged_slots, shown_slots, zones};
