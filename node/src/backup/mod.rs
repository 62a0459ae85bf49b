//! Backups: one file that holds what exists nowhere else, checked before it is believed, restored whole or not at all.
//!
//! Owns the archive, what goes into it and what a sound one is. Beside a running node it reads the desk through
//! SQLite and never opens the store: the register is fetched again. Refuses to know what desk and keys mean beyond
//! whether they belong together. Begin at `create.rs`; the file's form is `archive.rs`.

mod archive;
mod create;
mod draft;
mod error;
mod manifest;
mod restore;
#[cfg(test)]
mod tests;
mod verify;

pub use create::{CreateRequest, Created, create};
pub use error::BackupError;
pub use manifest::{Manifest, Packed};
pub use restore::{Restored, restore};
pub use verify::{Verified, verify};
