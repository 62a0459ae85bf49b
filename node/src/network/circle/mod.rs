//! The one task that owns the peers and decides what happens next.
//!
//! `task.rs` is the loop and its timers, `meeting.rs` what peers do, `sessions.rs` what comparing brings, `asked.rs`
//! what the operator asks, `errands.rs` what the courier carries and `refreshed.rs` how often. Nothing here waits for a peer.

mod asked;
mod errands;
mod meeting;
mod refreshed;
mod sessions;
mod task;

pub use task::Settings;
pub(in crate::network) use task::{Ask, Circle, Parts, Queues};
