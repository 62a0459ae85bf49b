//! What lies where in the data folder.

use std::path::{Path, PathBuf};

/// A data folder. Naming one touches nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    path: PathBuf,
}

/// Why a data folder cannot be used. Every text names the file and what to do.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Nothing was made here yet.
    #[error("{} is no data folder of a node; make one with `mentormesh init`", .0.display())]
    NotFounded(PathBuf),
    /// Something is here already.
    #[error("{} is not empty; name another folder with --data-dir", .0.display())]
    NotEmpty(PathBuf),
    /// Another process holds it.
    #[error("{} is in use by another mentormesh process (pid {pid}); stop that one first, or name another folder with --data-dir", path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
        /// Who says it holds it.
        pid: String,
    },
    /// Others than the owner may read a secret.
    #[error("{} can be read by others than its owner (mode {mode:o}); run: chmod {should:o} {}", path.display(), path.display())]
    Exposed {
        /// The file or directory.
        path: PathBuf,
        /// Its mode.
        mode: u32,
        /// The mode it should have.
        should: u32,
    },
    /// A key file does not hold a key.
    #[error("{} does not hold a key: {problem}; restore it from your backup", path.display())]
    NotAKey {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: &'static str,
    },
    /// A list of who was forgotten holds something else.
    #[error("{} is no list of who was forgotten (line {line}); take the {} of the data folder, kept beside its backups", path.display(), super::ERASED)]
    NotErased {
        /// The file.
        path: PathBuf,
        /// The first line that is wrong; 0 when it is too large.
        line: usize,
    },
    /// As many replaced sealing keys open letters as may.
    #[error("{most} replaced sealing keys still open letters, which is the most; the first of them ends on {}, replace the key again then", next.date())]
    TooManyKeys {
        /// How many there may be.
        most: usize,
        /// When the first of them ends.
        next: mentormesh_protocol::Timestamp,
    },
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
}

impl FolderError {
    /// Puts a disk error in words.
    pub(super) fn disk(act: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Disk { act, path, source }
    }
}

impl Folder {
    /// Names a data folder.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> PathBuf {
        self.path.join("config.toml")
    }

    /// The keys' directory.
    #[must_use]
    pub fn keys_directory(&self) -> PathBuf {
        self.path.join("keys")
    }

    /// The registrar's API token.
    #[must_use]
    pub fn token_file(&self) -> PathBuf {
        self.path.join("token")
    }

    /// The register.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.path.join("store")
    }

    /// The search index; deletable at any time while the node is stopped.
    #[must_use]
    pub fn index(&self) -> PathBuf {
        self.path.join("index")
    }

    /// The private database.
    #[must_use]
    pub fn desk(&self) -> PathBuf {
        self.path.join("desk.sqlite")
    }

    /// Whether `init` was here.
    #[must_use]
    pub fn is_founded(&self) -> bool {
        self.keys_directory().is_dir() && self.config().is_file()
    }

    /// Checks that `init` was here.
    ///
    /// # Errors
    /// When it was not.
    pub fn founded(&self) -> Result<(), FolderError> {
        if self.is_founded() { Ok(()) } else { Err(FolderError::NotFounded(self.path.clone())) }
    }

    /// Bytes that can still be written on the disk that holds the folder.
    ///
    /// # Errors
    /// When the folder is not there.
    pub fn free_bytes(&self) -> Result<u64, FolderError> {
        let disk = rustix::fs::statvfs(&self.path).map_err(std::io::Error::from);
        let disk = disk.map_err(FolderError::disk("measure the disk of", &self.path))?;
        Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    /// The registrar's API token.
    ///
    /// # Errors
    /// When the file is missing, unreadable, or readable by others than its owner.
    pub fn token(&self) -> Result<String, FolderError> {
        let text = super::secret_file::read(&self.token_file())?;
        Ok(text.trim().to_owned())
    }
}
