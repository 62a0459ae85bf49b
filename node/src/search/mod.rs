//! Searching: a query goes to the index, what it finds to the store, and a page with reasons comes back.
//!
//! [`Search`] answers from this node's disk alone; no query leaves the organisation. [`Follower`] keeps the index
//! behind the store's change log. What words are worth is `index`'s; whose profiles are shown is the view's.

mod follow;
mod hidden;
mod hiding;
mod names;
mod reasons;
mod run;
mod snippet;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod unanswered;

#[cfg(test)]
mod tests;

pub use follow::Follower;
pub use hiding::{Hidden, Hiding};
pub use run::{Claimed, Parts, Search, Viewer};
