//! Why there is no backup, or why one is not believed.

use std::path::{Path, PathBuf};

use crate::config::ConfigError;
use crate::desk::DeskError;
use crate::folder::FolderError;

/// Why there is no backup, or why one is not believed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something of this name is there.
    #[error("{} exists; name another file, or say --force to replace it", .0.display())]
    Exists(PathBuf),
    /// The data folder cannot be read, or the new one not made.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The configuration cannot be read.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The desk cannot be read.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The desk holds no organisation.
    #[error("the desk holds no organisation, so there is nothing to back up")]
    NoOrganisation,
    /// The disk said no.
    #[error("cannot {act} {}: {source}", path.display())]
    Disk {
        /// What was tried.
        act: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The backup is not what was written.
    #[error("{} is not sound: {}", path.display(), faults.join("; "))]
    Unsound {
        /// The backup.
        path: PathBuf,
        /// What is wrong, each naming where.
        faults: Vec<String>,
    },
}

impl BackupError {
    /// Puts a disk error in words.
    pub(super) fn disk(act: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Disk { act, path, source }
    }
}
