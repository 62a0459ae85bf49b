//! One process at a time: an advisory lock that ends with the process, however it ends.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;

use rustix::fs::{FlockOperation, flock};

use super::{Folder, FolderError};

/// The data folder is this process's until this is dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Folder {
    /// Takes the folder for this process.
    ///
    /// # Errors
    /// When another process has it, named by its pid, or the folder cannot be written.
    pub fn lock(&self) -> Result<Lock, FolderError> {
        let path = self.path().join("lock");
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
        let mut file = opened.map_err(FolderError::disk("open", &path))?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => {
                let mut pid = String::new();
                let read = file.read_to_string(&mut pid);
                let known = read.is_ok() && !pid.trim().is_empty();
                let pid = if known { pid.trim().to_owned() } else { "not known".to_owned() };
                return Err(FolderError::InUse { path: self.path().to_owned(), pid });
            }
            Err(problem) => return Err(FolderError::disk("lock", &path)(problem.into())),
        }
        let mut note = || -> std::io::Result<()> {
            file.set_len(0)?;
            file.rewind()?;
            writeln!(file, "{}", std::process::id())
        };
        note().map_err(FolderError::disk("write", &path))?;
        Ok(Lock { _file: file })
    }
}
