//! Bringing a backup back into an empty folder, whole or not at all.

use std::path::Path;

use super::BackupError;
use super::archive::unpack;
use super::verify::{Verified, examine, open_desk};
use crate::clock::Clock;
use crate::desk::DeskError;
use crate::folder::{ErasedFile, Folder, Staging};

/// A data folder that came back.
#[derive(Clone, Debug)]
pub struct Restored {
    /// Where it is.
    pub folder: Folder,
    /// What is in it.
    pub verified: Verified,
    /// How many lines the list of who was forgotten has, if one came with it.
    pub forgotten: Option<usize>,
}

/// Restores a backup to `place`. The desk remembers that it is older than the world, so that nothing is renewed or
/// signed anew before a peer has shown what it holds of ours. A list of who was forgotten since comes into the folder,
/// where the node finds it.
///
/// # Errors
/// When the folder is not empty, the backup is not sound, or the disk says no; then nothing is left behind.
pub async fn restore(
    file: &Path,
    place: &Folder,
    erased: Option<&ErasedFile>,
    clock: Clock,
) -> Result<Restored, BackupError> {
    let forgotten = erased.map(ErasedFile::count).transpose()?;
    let staging = Staging::begin(place)?;
    let manifest = unpack(file, staging.folder().path())?;
    let created_at = manifest.created_at;
    let desk = open_desk(file, staging.folder(), clock).await?;
    let examined = examine(file, manifest, staging.folder(), &desk).await;
    let marked: Result<(), DeskError> = if examined.is_ok() { desk.mark_restored(created_at).await } else { Ok(()) };
    // The file is moved next: nobody may hold it open, and its log must be in it.
    desk.close().await;
    let verified = examined?;
    marked?;
    if let Some(list) = erased {
        replace(list.path(), staging.folder().erased().path())?;
    }
    Ok(Restored { folder: staging.finish()?, verified, forgotten })
}

/// Puts a small file in the place of another, for its owner alone.
fn replace(from: &Path, to: &Path) -> Result<(), BackupError> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let copy = || -> std::io::Result<()> {
        let mut target = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(to)?;
        std::io::copy(&mut std::fs::File::open(from)?, &mut target)?;
        target.sync_all()
    };
    copy().map_err(BackupError::disk("copy", from))
}
