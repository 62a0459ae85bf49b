//! Opening the index, and throwing away one that does not belong to this build or this store.
//!
//! The index holds nothing that the store has not, so whatever is wrong with it is answered by another one, except
//! what another one would meet too: a lock, a full disk, a missing permission.

use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use tantivy::directory::MmapDirectory;
use tantivy::directory::error::LockError;
use tantivy::{IndexReader, IndexSettings, ReloadPolicy, TantivyError};

use super::error::IndexError;
use super::reader::Index;
use super::schema::{Layout, register};
use super::writer::{Mark, Writer};

/// An index that is open.
#[derive(Debug)]
pub struct Opened {
    /// For searches.
    pub index: Index,
    /// For the one that follows the store.
    pub writer: Writer,
    /// How far of the store's change log it came; 0 means that everything is still to be indexed.
    pub position: u64,
    /// Why the index that was there is not used, in words for the operator.
    pub rebuilt: Option<String>,
}

/// Opens the index in `dir` as that of the store of this generation, whose change log ends at `last_position`. One
/// that is missing, broken, of another build or of another store, or ahead of its store, is replaced by an empty one.
///
/// # Errors
/// When another process holds it, the disk is full, or the folder may not be written.
pub fn open(dir: &Path, generation: [u8; 16], last_position: u64) -> Result<Opened, IndexError> {
    let layout = Layout::new();
    let fresh = Mark::new(&layout, generation, 0);
    let rebuilt = match guarded(|| open_existing(dir, &layout)) {
        Ok(Some((index, found))) => match unusable(&found, &fresh, last_position) {
            None => {
                let position = found.as_ref().map_or(0, |mark| mark.position);
                match assemble(dir, index, &layout, Mark { position, ..fresh.clone() }) {
                    Ok((index, writer)) => return Ok(Opened { index, writer, position, rebuilt: None }),
                    Err(error) if error.calls_for_rebuild() => Some(set_aside(dir, &error)?),
                    Err(error) => return Err(error),
                }
            }
            Some(reason) => {
                drop(index);
                remove(dir)?;
                Some(reason)
            }
        },
        Ok(None) => None,
        Err(error) if error.calls_for_rebuild() => Some(set_aside(dir, &error)?),
        Err(error) => return Err(error),
    };
    fs::create_dir_all(dir).map_err(|source| IndexError::Folder { folder: dir.to_owned(), source })?;
    let directory = MmapDirectory::open(dir).map_err(|error| IndexError::from(TantivyError::from(error)))?;
    let index = tantivy::Index::create(directory, layout.schema.clone(), IndexSettings::default())?;
    let (index, writer) = assemble(dir, index, &layout, fresh)?;
    Ok(Opened { index, writer, position: 0, rebuilt })
}

type Existing = Option<(tantivy::Index, Option<Mark>)>;

fn open_existing(dir: &Path, layout: &Layout) -> Result<Existing, IndexError> {
    if !dir.join("meta.json").try_exists().map_err(|e| IndexError::from(TantivyError::from(e)))? {
        // What lies here without that file is what a crash left of an index never committed.
        if dir.exists() {
            remove(dir)?;
        }
        return Ok(None);
    }
    let index = tantivy::Index::open_in_dir(dir)?;
    let payload = index.load_metas()?.payload;
    let mark = payload.and_then(|payload| serde_json::from_str::<Mark>(&payload).ok());
    let same = index.schema() == layout.schema;
    Ok(Some((index, mark.filter(|_| same))))
}

/// Why an index with this mark is of no use to this store.
fn unusable(found: &Option<Mark>, wanted: &Mark, last_position: u64) -> Option<String> {
    let Some(found) = found else { return Some("it was never finished, or another version made it".to_owned()) };
    if found.schema != wanted.schema {
        return Some("another version made it".to_owned());
    }
    if found.generation != wanted.generation {
        return Some("it belongs to another store".to_owned());
    }
    (found.position > last_position).then(|| "it is ahead of the store, which was set back".to_owned())
}

fn assemble(dir: &Path, index: tantivy::Index, layout: &Layout, mark: Mark) -> Result<(Index, Writer), IndexError> {
    guarded(|| {
        register(&index);
        let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let writer = Writer::new(index, reader.clone(), layout.clone(), mark);
        let writer = writer.map_err(|error| {
            let busy = matches!(error, TantivyError::LockFailure(LockError::LockBusy, _));
            if busy { IndexError::Locked(dir.to_owned()) } else { error.into() }
        })?;
        Ok((Index { reader, layout: layout.clone() }, writer))
    })
}

/// The engine panics on some broken files.
fn guarded<T>(act: impl FnOnce() -> Result<T, IndexError>) -> Result<T, IndexError> {
    catch_unwind(AssertUnwindSafe(act)).unwrap_or(Err(IndexError::Panicked))
}

/// Moves a broken index out of the way, for whoever wants to know why, and forgets the one kept before it.
fn set_aside(dir: &Path, error: &IndexError) -> Result<String, IndexError> {
    let kept = beside(dir, "corrupt");
    remove(&kept)?;
    fs::rename(dir, &kept).map_err(|source| IndexError::Folder { folder: dir.to_owned(), source })?;
    let name = kept.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let cause = std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    Ok(format!("it was broken ({cause}) and is kept as {name}"))
}

fn beside(dir: &Path, suffix: &str) -> PathBuf {
    let mut name = dir.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(suffix);
    dir.with_file_name(name)
}

fn remove(dir: &Path) -> Result<(), IndexError> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(IndexError::Folder { folder: dir.to_owned(), source: error })
        }
        _ => Ok(()),
    }
}
