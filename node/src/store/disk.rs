//! What sled leaves to us: the lock, free space, real durability, and the mark of an unclean end.
//!
//! sled's flush only hands data to the kernel, and its half-written snapshots stop it from ever opening again; both
//! are made good here.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rustix::fs::FlockOperation;
use rustix::io::Errno;

use super::StoreError;

/// Free bytes below which no record is taken: removals need room to be written too, and sled its snapshots.
pub(super) const RESERVE: u64 = 16 << 20;
/// The file whose lock says that a process works here.
const LOCK: &str = "lock";
/// The file that lies here while a process works, and after one that did not end well.
const MARK: &str = "in-use";
/// What that file is called after a failure.
const BROKEN: &str = "in-use.broken";
/// The file that says the store was once made whole: without it what lies here was never finished.
const MADE: &str = "made";
/// sled's data file.
const DATA: &str = "db";

/// Takes the folder for this process, until the file is dropped.
pub(super) fn lock(dir: &Path) -> Result<File, StoreError> {
    let options = File::options().create(true).truncate(false).write(true).open(dir.join(LOCK));
    let file = options.map_err(StoreError::io("opening the store's lock"))?;
    match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(file),
        Err(Errno::WOULDBLOCK) => Err(StoreError::locked(dir)),
        Err(errno) => Err(StoreError::io("locking the store")(errno.into())),
    }
}

/// Refuses when fewer than `least` bytes are free.
pub(super) fn room(dir: &Path, least: u64) -> Result<(), StoreError> {
    let space = rustix::fs::statvfs(dir).map_err(|errno| StoreError::io("asking for free space")(errno.into()))?;
    let free = space.f_bavail.saturating_mul(space.f_frsize);
    if free < least { Err(StoreError::NoSpace { dir: dir.to_owned(), free, least }) } else { Ok(()) }
}

/// Removes snapshots that a kill cut short: sled takes such a half file for its newest and then never opens again.
/// They are temporary by construction; the one before is removed only after the rename.
pub(super) fn clear_half_snapshots(dir: &Path) -> Result<(), StoreError> {
    let doing = "clearing half-written snapshots";
    for entry in fs::read_dir(dir).map_err(StoreError::io(doing))? {
        let path = entry.map_err(StoreError::io(doing))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with("snap.") && name.ends_with(".generating") {
            fs::remove_file(&path).map_err(StoreError::io(doing))?;
        }
    }
    Ok(())
}

/// Whether a store was ever made here.
pub(super) fn is_made(dir: &Path) -> bool {
    dir.join(MADE).exists()
}

/// Says that a store was made here, and makes that and every name in the folder survive a loss of power.
pub(super) fn set_made(dir: &Path) -> Result<(), StoreError> {
    File::create(dir.join(MADE)).map_err(StoreError::io("marking the store as made"))?;
    sync_names(dir)
}

/// sled's data file, for syncing it.
pub(super) fn data(dir: &Path) -> Result<File, StoreError> {
    File::open(dir.join(DATA)).map_err(StoreError::io("opening the store's data"))
}

/// Makes a file's contents, or a folder's names, survive a loss of power.
pub(super) fn sync(file: &File) -> Result<(), StoreError> {
    file.sync_all().map_err(StoreError::io("syncing the store"))
}

/// Makes the names in a folder, and its own name, survive a loss of power.
fn sync_names(dir: &Path) -> Result<(), StoreError> {
    for folder in [Some(dir), dir.parent().filter(|parent| !parent.as_os_str().is_empty())].into_iter().flatten() {
        sync(&File::open(folder).map_err(StoreError::io("opening the store's folder"))?)?;
    }
    Ok(())
}

/// How whoever worked in the folder last left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// In order, or nobody did.
    Well,
    /// Without closing it.
    Hastily,
    /// After a failure that leaves unknown what is on disk.
    Broken,
}

/// How the folder was left.
pub(super) fn left(dir: &Path) -> Left {
    if dir.join(BROKEN).exists() {
        Left::Broken
    } else if dir.join(MARK).exists() {
        Left::Hastily
    } else {
        Left::Well
    }
}

/// Marks the folder as being worked in, and says how it was left.
pub(super) fn mark(dir: &Path) -> Result<Left, StoreError> {
    let left = left(dir);
    if left == Left::Broken {
        return Ok(left);
    }
    File::create(dir.join(MARK)).map_err(StoreError::io("marking the store as in use"))?;
    Ok(left)
}

/// Says in the mark that the next start must look closely; a rename, because there may be no room to write.
pub(super) fn mark_broken(dir: &Path) -> std::io::Result<()> {
    fs::rename(dir.join(MARK), dir.join(BROKEN))
}

/// Takes the mark away, whichever it is.
pub(super) fn unmark(dir: &Path) -> std::io::Result<()> {
    let remove = |name| match fs::remove_file(dir.join(name)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    };
    remove(MARK).and_then(|()| remove(BROKEN))
}

/// Moves the folder out of the way, to the first free name, and says where it is now.
pub(super) fn set_aside(dir: &Path) -> Result<PathBuf, StoreError> {
    let name = dir.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let kept = (1u32..).map(|n| dir.with_file_name(format!("{name}.corrupt-{n}"))).find(|path| !path.exists());
    let kept = kept.unwrap_or_else(|| dir.with_extension("corrupt"));
    fs::rename(dir, &kept).map_err(StoreError::io("setting the damaged store aside"))?;
    Ok(kept)
}
