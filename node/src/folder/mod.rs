//! The data folder of a node: what lies where, who may read it, and who holds it.
//!
//! Owns the names of everything in the folder, the key files, the token, the lock and `run.json`. It refuses to know
//! what store, index and desk keep in theirs. `place.rs` names the paths, `secret_file.rs` guards what only the owner
//! may read, `erased.rs` who was forgotten, `staging.rs` makes a folder whole or not at all.

mod erased;
mod keys;
mod lock;
mod place;
mod run;
mod sealing;
mod secret_file;
mod staging;
#[cfg(test)]
mod tests;

pub use erased::{ERASED, ErasedFile};
pub use keys::{KeyName, Keys};
pub use lock::Lock;
pub use place::{Folder, FolderError};
pub use run::Run;
pub use sealing::ReplacedKey;
pub use secret_file::random_bytes;
pub(crate) use secret_file::{make_directory, sync_directory};
pub use staging::Staging;
