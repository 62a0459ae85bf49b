//! Links that let whoever holds them do one thing, once: they go into mail, and a page asks before anything is done.
//!
//! Owns what a link may be for and how it is signed and read. Refuses to know pages, mail, and how the thing is done.
//! Begin at [`Actions`]; what there is to do is `purpose.rs`. That a link was used is remembered by the desk.

mod purpose;
mod token;

pub use purpose::{ListingStep, Purpose};
pub use token::{Action, Actions, NotALink};
