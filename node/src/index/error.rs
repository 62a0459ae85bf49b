//! What can go wrong with an index, told apart by what to do about it.

use std::io;
use std::path::PathBuf;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

/// Why the index did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// Another process writes to it.
    #[error("the index in {0} is in use by another process; stop that one first")]
    Locked(PathBuf),
    /// The disk is full.
    #[error("no space left for the index; free some and it goes on by itself")]
    NoSpace(#[source] TantivyError),
    /// The folder or a file in it may not be read or written.
    #[error("the index may not be read or written; check the owner of the data folder")]
    Permission(#[source] TantivyError),
    /// The folder itself could not be made, moved or removed.
    #[error("the index folder {folder} could not be changed")]
    Folder {
        /// Which.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The engine failed otherwise.
    #[error("the index failed")]
    Engine(#[source] TantivyError),
    /// The engine panicked; the search was given up, the node goes on.
    #[error("the index gave up on this one")]
    Panicked,
}

impl From<TantivyError> for IndexError {
    fn from(error: TantivyError) -> Self {
        match io_kind(&error) {
            Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => Self::NoSpace(error),
            Some(io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) => Self::Permission(error),
            _ => Self::Engine(error),
        }
    }
}

impl IndexError {
    /// Whether an index that fails so when it is opened is worthless and can be made anew: full disks, locks and
    /// permissions would meet the new one too.
    pub(super) const fn calls_for_rebuild(&self) -> bool {
        match self {
            Self::Engine(_) | Self::Panicked => true,
            Self::Locked(_) | Self::NoSpace(_) | Self::Permission(_) | Self::Folder { .. } => false,
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the engine's other errors carry no error of the system's")]
fn io_kind(error: &TantivyError) -> Option<io::ErrorKind> {
    match error {
        TantivyError::IoError(error) => Some(error.kind()),
        TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. }) => Some(io_error.kind()),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => Some(io_error.kind()),
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => Some(io_error.kind()),
        TantivyError::LockFailure(LockError::IoError(error), _) => Some(error.kind()),
        _ => None,
    }
}
