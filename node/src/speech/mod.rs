//! The languages that pages and mails speak: which there are (`locale.rs`), how they write days and numbers
//! (`dates.rs`, `numbers.rs`) and what is said in them (`catalogue.rs`, with
//! the texts in `texts/`, one file for each room and language, for translators to edit).
//!
//! It knows nothing of mentors or searches: who wants a sentence asks for it by its name.

mod catalogue;
mod dates;
mod locale;
mod numbers;

#[cfg(test)]
mod tests;
mod times;

pub(crate) use locale::Locale;
