//! The store: the register's truth on disk, and the only folder that names sled.
//!
//! Everything lies in one tree, so that a record, its slot, the session sets and the change log change in one atomic
//! batch. [`Store`] reads and is cloned freely; [`Writer`] is the one hand that writes. This folder takes verified
//! records and merges them; it refuses to know keys, trust, quotas and the time. Its rows are in `rows`, what one
//! batch does to them in `draft`; who decides what is put is `ingest`.

mod changes;
mod check;
mod disk;
mod draft;
mod error;
mod open;
mod rows;
mod sets;
#[expect(clippy::module_inception, reason = "the folder is named after the one thing it holds")]
mod store;
#[cfg(test)]
mod tests;
mod writer;

pub use changes::Change;
pub use error::StoreError;
pub use open::{HowOpened, LeftAs, Opened};
pub use rows::Standing;
pub use sets::Page;
pub use store::{Store, StoredOperation};
pub use writer::{Incoming, Put, Writer};
