//! Mail: what happened to introductions, put into words, queued at the desk, and handed to the organisation's mail server.
//!
//! Owns what each mail says, when it may leave and what follows when a server refuses it. Refuses to know why something
//! happened: introductions write notices, and others queue mail of their own at the desk. Without a mail server
//! everything is written all the same, and read with `mentormesh mail`. Begin at [`Mailer`]; from a notice to its mail
//! is `compose.rs`, what the mails say
//! `words_mentor.rs`, `words_mentee.rs` and `words_registrar.rs`, in whose language `crate::wording`, the way out `smtp.rs`. The one folder
//! that names lettre.

mod calendar;
mod compose;
mod hours;
mod links;
mod listing_mail;
mod sending;
mod smtp;
mod task;
mod words_listing;
mod words_mentee;
mod words_mentor;
mod words_registrar;
mod words_times;

pub use smtp::MailStartError;
pub use task::{Mailer, Parts};
