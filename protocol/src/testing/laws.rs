//! What must hold of every input whatever: one function for each of the fuzz targets, which are nothing but calls.
//!
//! A law panics when it is broken. The ordinary tests hold the same functions against the kept inputs in
//! `tests/fuzz/corpus`, so that what was found once is found again without any fuzzer. A law refuses to know how its
//! input was made: it takes bytes, and says of those that are taken what no honest node could dispute.

mod body;
mod envelope;
mod letter;
mod scene;
mod sync;
mod ticket;

pub use body::{body, body_input};
pub use envelope::envelope;
pub use letter::{letter, letter_input};
pub use sync::sync;
pub use ticket::ticket;

/// A law: it takes any bytes and panics when they break it.
pub type Law = fn(&[u8]);

/// Every law of this crate by the name of its fuzz target.
pub const ALL: [(&str, Law); 5] =
    [("envelope", envelope), ("body", body), ("sync", sync), ("letter", letter), ("ticket", ticket)];
