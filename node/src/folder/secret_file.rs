//! Files and directories that only their owner may read, written so that a power cut leaves all or nothing.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use super::FolderError;

/// Mode of a secret file.
const FILE_MODE: u32 = 0o600;
/// Mode of a directory of secrets.
const DIRECTORY_MODE: u32 = 0o700;

/// Bytes that nobody can guess.
///
/// # Errors
/// When the operating system gives no randomness.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], std::io::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(bytes)
}

/// Writes a new file that its owner alone may read; refuses to replace one.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), FolderError> {
    let write = || -> std::io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().map_err(FolderError::disk("write", path))
}

/// Replaces a file in one step: readers see the old or the new one, whole.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), FolderError> {
    let temporary = path.with_extension(format!("new-{}", std::process::id()));
    match std::fs::remove_file(&temporary) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            return Err(FolderError::disk("remove", &temporary)(source));
        }
        Ok(()) | Err(_) => {}
    }
    write_new(&temporary, text)?;
    std::fs::rename(&temporary, path).map_err(FolderError::disk("replace", path))
}

/// Makes a directory that its owner alone may enter.
pub(crate) fn make_directory(path: &Path) -> Result<(), FolderError> {
    DirBuilder::new().mode(DIRECTORY_MODE).create(path).map_err(FolderError::disk("make", path))
}

/// Reads a file after checking that its owner alone can.
pub(super) fn read(path: &Path) -> Result<String, FolderError> {
    check(path, FILE_MODE)?;
    std::fs::read_to_string(path).map_err(FolderError::disk("read", path))
}

/// Checks that nobody but the owner can enter a directory.
pub(super) fn check_directory(path: &Path) -> Result<(), FolderError> {
    check(path, DIRECTORY_MODE)
}

fn check(path: &Path, should: u32) -> Result<(), FolderError> {
    let found = std::fs::metadata(path).map_err(FolderError::disk("read", path))?;
    let mode = found.permissions().mode() & 0o777;
    let exposed = mode & 0o077 != 0;
    if exposed { Err(FolderError::Exposed { path: path.to_owned(), mode, should }) } else { Ok(()) }
}

/// Makes the names in a directory durable, not only the files' contents.
pub(crate) fn sync_directory(path: &Path) -> Result<(), FolderError> {
    File::open(path).and_then(|directory| directory.sync_all()).map_err(FolderError::disk("flush", path))
}
