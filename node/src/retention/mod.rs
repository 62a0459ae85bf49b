//! What is not kept: content whose time is over, and everything about a person who asks for it or is to be forgotten.
//!
//! Owns when content goes and the proof that it went. Refuses to know SQL (`crate::desk` forgets and counts). Begin at
//! [`Purging`] and [`Persons`].

mod again;
mod persons;
mod purging;

pub use again::Again;
pub use persons::{Parts, Persons};
pub use purging::{LATE, Purging, limits};
