//! Import of many listings at once, from CSV or JSON lines.
//!
//! `text.rs` finds the encoding, `table.rs` the delimiter and the rows, `columns.rs` what a row says of a listing,
//! `lines.rs` reads JSON lines, and `run.rs` takes the rows to the desk: bad ones are reported with their line, the
//! others saved, nothing published. It refuses to guess dates, countries or levels.

mod columns;
mod lines;
mod run;
mod table;
mod text;

pub use run::ImportKind;
#[cfg(any(test, feature = "testing"))]
pub(crate) use run::testing;
pub(crate) use text::read as text_of;
