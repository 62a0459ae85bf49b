//! The desk: the node's private SQL database, the truth of what exists nowhere else.
//!
//! Owns its own envelopes and sequences, listings and consents, trust, peers, notices, audit and answered requests;
//! each table group has one file. Refuses to know what may be published or who is shown: it keeps what it is told, in one
//! transaction with its audit row. The one folder that names SQL. Begin at [`Desk::open`]; a change that spans
//! tables is a [`Write`].

mod audit;
mod error;
mod handle;
mod listings;
mod notices;
mod organisation;
mod peers;
mod requests;
mod slots;
mod trust;

pub use audit::AuditRow;
pub use error::{AllotError, DeskError};
pub use handle::{Desk, Write};
pub(crate) use listings::fold;
pub use listings::{ListingFilter, ListingRow, OwnRecord};
pub use notices::{Notice, NoticeCounts, REQUEST};
pub use organisation::OrganisationRow;
pub use peers::PeerRow;
pub use requests::Recalled;
pub use slots::{Allotted, OwnEnvelope};
