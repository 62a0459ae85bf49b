//! A folder for work in progress that its owner alone may enter and that is gone when the work is.

use std::path::{Path, PathBuf};

use super::BackupError;
use crate::folder::make_directory;

/// Work in progress; dropping it removes everything in it.
#[derive(Debug)]
pub(super) struct Draft(PathBuf);

impl Draft {
    /// Makes one beside a file.
    pub(super) fn beside(file: &Path) -> Result<Self, BackupError> {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        Self::make(parent(file).join(format!(".{name}.new-{}", std::process::id())))
    }

    /// Makes one beside a file, or, where nothing can be written there, where the system keeps such things.
    pub(super) fn near(file: &Path) -> Result<Self, BackupError> {
        Self::beside(file)
            .or_else(|_| Self::make(std::env::temp_dir().join(format!("mentormesh-{}", std::process::id()))))
    }

    fn make(path: PathBuf) -> Result<Self, BackupError> {
        // What lies here is of a process of the same number that was killed.
        let _none = std::fs::remove_dir_all(&path);
        make_directory(&path)?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(path = %self.0.display(), %error, "work in progress could not be removed; remove it by hand");
        }
    }
}

/// The folder that a file lies in.
pub(super) fn parent(file: &Path) -> &Path {
    file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
