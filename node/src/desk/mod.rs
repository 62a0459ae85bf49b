//! The desk: the node's private SQL database, the truth of what exists nowhere else.
//!
//! Owns its own envelopes and sequences, listings and consents, trust, peers, notices, mail, audit and answered requests;
//! each table group has one file. Refuses to know what may be published or who is shown: it keeps what it is told, in one
//! transaction with its audit row. The one folder that names SQL. Begin at [`Desk::open`]; a change that spans
//! tables is a [`Write`].

mod actions;
mod audit;
mod availability;
mod baseline;
mod blocks;
mod calls;
mod confirm_reminders;
mod copy;
mod custody;
mod duties;
mod erasures;
mod error;
mod evidence;
mod handle;
mod hidden;
mod introduction_letters;
mod introduction_rules;
mod introduction_words;
mod introductions;
mod introductions_of_person;
mod invitations;
mod letters_seen;
mod listings;
mod mail;
mod mail_choices;
mod mail_turns;
mod notices;
mod of_person;
mod organisation;
mod outbox;
mod outbox_turns;
mod peers;
mod people;
mod recalls;
mod requests;
mod restored;
mod retention;
mod rights;
mod sessions;
mod sign_in_links;
mod silences;
mod slots;
#[cfg(test)]
mod tests;
mod trust;
mod waiting;

pub use audit::{AuditFilter, AuditRow};
pub(crate) use availability::next_turn;
pub use baseline::bare_commits;
pub use calls::CallRow;
pub use confirm_reminders::ConfirmReminder;
pub use copy::DeskCopy;
pub use custody::{Custody, KeptEnvelope, KeptReceipt};
pub use duties::DutyRow;
pub use erasures::{ErasureRow, HolderRow};
pub use error::{AllotError, DeskError};
pub use handle::{Desk, Write};
pub use introduction_letters::{EventRow, LetterRow};
pub use introduction_rules::{Inbox, Pair};
pub use introductions::{IntroductionFilter, IntroductionRow, Whose};
pub use letters_seen::Seen;
pub(crate) use listings::fold;
pub use listings::{ListingFilter, ListingRow, OwnRecord};
pub use mail::{Mail, MailId, MailRefused, MailRow, MailState};
pub use mail_choices::MailChoice;
pub use mail_turns::MailCounts;
pub use notices::{Notice, NoticeCounts, REQUEST};
pub use of_person::{OfPerson, OwnSide};
pub use organisation::OrganisationRow;
pub use outbox::{OutboxLetter, OutboxRow};
pub use outbox_turns::Postponed;
pub use peers::PeerRow;
pub use people::{PersonFilter, PersonRow};
pub use recalls::RecallRow;
pub use requests::Recalled;
pub use retention::{Limits, Older, PurgeRow};
pub use rights::{FiledRow, RightsRow};
pub use sessions::{IDLE, SessionRow};
pub use sign_in_links::LinkRow;
pub use slots::{Allotted, OwnEnvelope};
