//! Bringing a backup back into an empty folder, whole or not at all.

use std::path::Path;

use super::BackupError;
use super::archive::unpack;
use super::verify::{Verified, examine, open_desk};
use crate::clock::Clock;
use crate::desk::DeskError;
use crate::folder::{Folder, Staging};

/// A data folder that came back.
#[derive(Clone, Debug)]
pub struct Restored {
    /// Where it is.
    pub folder: Folder,
    /// What is in it.
    pub verified: Verified,
}

/// Restores a backup to `place`. The desk remembers that it is older than the world, so that nothing is renewed or
/// signed anew before a peer has shown what it holds of ours.
///
/// # Errors
/// When the folder is not empty, the backup is not sound, or the disk says no; then nothing is left behind.
pub async fn restore(file: &Path, place: &Folder, clock: Clock) -> Result<Restored, BackupError> {
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
    Ok(Restored { folder: staging.finish()?, verified })
}
