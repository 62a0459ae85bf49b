//! Repairs of what can be made again: the store, which is fetched from desk and peers, and the index, which is built
//! from the store.
//!
//! Owns what is found where a node is not running, and the words for it. It refuses to mend the desk: what lies there
//! exists nowhere else and comes back from a backup alone.

use std::path::PathBuf;

use serde::Serialize;

use crate::desk::Desk;
use crate::folder::{Folder, FolderError, Lock};
use crate::store::{Store, StoreError};

/// What can be repaired by making it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The register.
    Store,
    /// The search index.
    Index,
}

/// What was found in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Where: `store`, `index` or `desk`.
    pub part: &'static str,
    /// Whether something should be done.
    pub wrong: bool,
    /// What was found, in a sentence.
    pub found: String,
    /// What mends it, as a command, if anything need be done.
    pub mend: Option<String>,
}

/// A repair that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Repaired {
    /// What was repaired.
    pub part: Part,
    /// Where what was there is now, if it was kept.
    pub kept: Option<PathBuf>,
    /// What happens next, in a sentence.
    pub next: &'static str,
}

/// Why nothing was repaired.
#[derive(Debug, thiserror::Error)]
pub enum RepairError {
    /// The folder is missing, or a node runs in it.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The store could not be moved.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index could not be removed.
    #[error("cannot remove {}: {source}", path.display())]
    Disk {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl Part {
    /// What repairing it will do, before it is done.
    #[must_use]
    pub const fn intent(self) -> &'static str {
        match self {
            Self::Store => "setting the store aside under another name; nothing in it is deleted",
            Self::Index => "deleting the index; it holds nothing that the store has not",
        }
    }

    const fn next(self) -> &'static str {
        match self {
            Self::Store => {
                "at the next start our own records come back from the desk at once, everybody else's from peers \
                 (`rebuilding` until one of them was compared with), and the index is built again"
            }
            Self::Index => "at the next start the index is built again from the store; searches fill up as it is",
        }
    }
}

/// Looks at store, index and desk of a folder whose node does not run. Changes nothing but the lock.
///
/// # Errors
/// When there is no data folder, or a node runs in it.
pub async fn look(folder: &Folder) -> Result<Vec<Finding>, RepairError> {
    let _lock = hold(folder)?;
    Ok(vec![store(folder), index(folder), desk(folder).await])
}

/// Repairs one part of a folder whose node does not run.
///
/// # Errors
/// When there is no data folder, a node runs in it, or the disk says no.
pub fn repair(folder: &Folder, part: Part) -> Result<Repaired, RepairError> {
    let _lock = hold(folder)?;
    let kept = match part {
        Part::Store if folder.store().exists() => Some(Store::set_aside(&folder.store())?),
        Part::Store => None,
        Part::Index => {
            match std::fs::remove_dir_all(folder.index()) {
                Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                    return Err(RepairError::Disk { path: folder.index(), source });
                }
                Ok(()) | Err(_) => {}
            }
            None
        }
    };
    Ok(Repaired { part, kept, next: part.next() })
}

fn hold(folder: &Folder) -> Result<Lock, RepairError> {
    folder.founded()?;
    Ok(folder.lock()?)
}

fn store(folder: &Folder) -> Finding {
    let mend = || Some("mentormesh repair store".to_owned());
    let (wrong, found, mend) = match Store::left(&folder.store()) {
        crate::store::LeftAs::Absent => (false, "none; it is made and filled at the next start".to_owned(), None),
        crate::store::LeftAs::Well => (false, "closed in order".to_owned(), None),
        crate::store::LeftAs::Hastily => {
            (false, "its last user did not close it; the next start looks closely and mends it".to_owned(), None)
        }
        crate::store::LeftAs::Broken => {
            (true, "its last user met a disk failure; the next start reads all of it".to_owned(), mend())
        }
    };
    let set_aside = beside(folder, "store.corrupt");
    let found = if set_aside.is_empty() {
        found
    } else {
        format!("{found}; set aside earlier, delete when nobody needs it: {}", set_aside.join(", "))
    };
    Finding { part: "store", wrong, found, mend }
}

fn index(folder: &Folder) -> Finding {
    let (wrong, found) = if folder.index().join("meta.json").is_file() {
        (false, "present; whether it is whole is seen at the next start, which builds a broken one again")
    } else {
        (false, "none; it is built at the next start")
    };
    let mend = Some("mentormesh repair index".to_owned()).filter(|_| wrong);
    Finding { part: "index", wrong, found: found.to_owned(), mend }
}

async fn desk(folder: &Folder) -> Finding {
    match Desk::check_file(&folder.desk()).await {
        Ok(()) => Finding { part: "desk", wrong: false, found: "sound".to_owned(), mend: None },
        Err(error) => Finding {
            part: "desk",
            wrong: true,
            found: error.to_string(),
            mend: Some("mentormesh backup restore FILE --data-dir NEW-FOLDER".to_owned()),
        },
    }
}

/// Names in the folder that begin so.
fn beside(folder: &Folder, beginning: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path()).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.filter(|name| name.starts_with(beginning)).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn founded() -> (tempfile::TempDir, Folder) {
        let room = tempfile::tempdir().expect("a room");
        let folder = Folder::new(room.path());
        for made in [folder.keys_directory(), folder.store(), folder.index()] {
            std::fs::create_dir(made).expect("made");
        }
        std::fs::write(folder.config(), "").expect("written");
        (room, folder)
    }

    #[test]
    fn a_store_is_set_aside_and_an_index_deleted() {
        let (_room, folder) = founded();
        std::fs::write(folder.store().join("db"), b"rows").expect("written");
        std::fs::write(folder.index().join("meta.json"), b"{}").expect("written");
        let kept = repair(&folder, Part::Store).expect("repaired").kept.expect("kept");
        assert_eq!(std::fs::read(kept.join("db")).expect("readable"), b"rows");
        assert!(!folder.store().exists());
        repair(&folder, Part::Index).expect("repaired");
        assert!(!folder.index().exists());
        assert_eq!(repair(&folder, Part::Store).expect("nothing to do").kept, None);
    }

    #[test]
    fn nothing_is_repaired_under_a_running_node() {
        let (_room, folder) = founded();
        let lock = folder.lock().expect("taken");
        let refused = repair(&folder, Part::Store).expect_err("refused");
        assert!(matches!(refused, RepairError::Folder(FolderError::InUse { .. })), "{refused}");
        drop(lock);
    }

    #[tokio::test]
    async fn a_desk_that_is_no_database_any_more_is_found_with_the_command_that_brings_it_back() {
        let (_room, folder) = founded();
        std::fs::write(folder.desk(), vec![0xa5; 64 * 1024]).expect("written");
        let found = look(&folder).await.expect("looked");
        let desk = found.into_iter().find(|finding| finding.part == "desk").expect("looked at");
        assert!(desk.wrong && desk.found.contains("backup restore"), "{desk:?}");
    }
}
