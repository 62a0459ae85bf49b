//! The languages that pages speak: which one somebody reads (`locale.rs`, `visitor.rs`) and what is said in it
//! (`catalogue.rs`, with the texts in `web/texts/`, one pair of files for each language, for translators to edit).
//!
//! It knows nothing of mentors or searches: who wants a sentence asks for it by its name.

mod catalogue;
mod locale;
mod visitor;

#[cfg(test)]
mod tests;

pub(super) use locale::Locale;
pub(super) use visitor::{Choice, Visitor};
