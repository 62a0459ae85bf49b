//! Opening: alone, with room to work, whole or not at all.
//!
//! sled can fail, panic or stay wrong after damage. The register can be fetched again, so a damaged folder is set
//! aside, never mended, and an empty one takes its place; [`HowOpened`] says so, for the node to say it on.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::disk::Left;
use super::rows::{LEDGER, Ledger};
use super::store::Inner;
use super::{Store, StoreError, Writer, check, disk};

/// Bytes of pages that sled keeps in memory. It holds several times as much: with 200,000 records and this number a
/// busy store was measured at 235 MB, with twice the number at 290 MB and no faster; a whole node must fit in 400 MB.
const CACHE: u64 = 32 << 20;
/// Free bytes below which a store is not opened, because sled writes its snapshot first. Less than what stops the
/// writer, so that a node which stopped taking records can still start and be read.
const STARTING: u64 = 8 << 20;
/// How often sled's own thread syncs, in milliseconds: only what no caller waits for depends on it.
const SYNC_EVERY: u64 = 250;
/// How often, and after what pause, to ask again for a folder whose last user in this process is still letting go.
const ATTEMPTS: u32 = 40;
const PAUSE: Duration = Duration::from_millis(50);

/// A store just opened.
#[derive(Debug)]
pub struct Opened {
    /// To read with.
    pub store: Store,
    /// To write with; there is no other.
    pub writer: Writer,
    /// What was found.
    pub how: HowOpened,
}

/// What was found where the store was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HowOpened {
    /// Nothing.
    Fresh,
    /// The store as it was left.
    Whole,
    /// A damaged store, which was moved away; the open one is empty.
    SetAside {
        /// Where the damaged one is now.
        kept: PathBuf,
        /// What was wrong with it.
        reason: String,
    },
}

impl Store {
    /// Opens the store in `dir`, or makes one.
    ///
    /// # Errors
    /// When another node holds the folder, the disk is nearly full or it fails.
    pub fn open(dir: &Path) -> Result<Opened, StoreError> {
        match enter(dir) {
            Ok(inner) => Ok(opened(inner)),
            Err(StoreError::Corrupt(reason)) => {
                let kept = disk::set_aside(dir)?;
                let (inner, _) = enter(dir)?;
                Ok(opened((inner, HowOpened::SetAside { kept, reason })))
            }
            Err(error) => Err(error),
        }
    }

    /// Moves the store in `dir`, which nobody has open, out of the way, and says where it is now.
    ///
    /// # Errors
    /// When another node holds the folder, or the disk says no.
    pub fn set_aside(dir: &Path) -> Result<PathBuf, StoreError> {
        let _held = disk::lock(dir)?;
        disk::set_aside(dir)
    }

    /// How the store in `dir` was left, told without opening it.
    #[must_use]
    pub fn left(dir: &Path) -> LeftAs {
        if !disk::is_made(dir) {
            return LeftAs::Absent;
        }
        match disk::left(dir) {
            Left::Well => LeftAs::Well,
            Left::Hastily => LeftAs::Hastily,
            Left::Broken => LeftAs::Broken,
        }
    }
}

/// How a store that nobody has open was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftAs {
    /// There is none, or none that was ever finished.
    Absent,
    /// In order.
    Well,
    /// Without closing it.
    Hastily,
    /// After a failure that leaves unknown what is on disk.
    Broken,
}

fn opened((inner, how): (Inner, HowOpened)) -> Opened {
    let ledger = inner.ledger;
    let store = Store::new(inner);
    Opened { writer: Writer::new(store.clone(), ledger), store, how }
}

fn enter(dir: &Path) -> Result<(Inner, HowOpened), StoreError> {
    fs::create_dir_all(dir).map_err(StoreError::io("making the store's folder"))?;
    let lock = disk::lock(dir)?;
    disk::room(dir, STARTING)?;
    disk::clear_half_snapshots(dir)?;
    let made = disk::is_made(dir);
    let left = disk::mark(dir)?;
    let (db, ledger) = guarded(dir, move |dir| {
        let db = connect(&dir)?;
        let ledger = ledger(&db, made)?;
        match left {
            Left::Well => {}
            Left::Hastily => check::rows_agree(&db)?,
            Left::Broken => check::all_agree(&db)?,
        }
        Ok((db, ledger))
    })?;
    let data = disk::data(dir)?;
    if !made {
        disk::sync(&data)?;
        disk::set_made(dir)?;
    }
    let inner = Inner::new(db, data, lock, dir, ledger);
    Ok((inner, if made { HowOpened::Whole } else { HowOpened::Fresh }))
}

/// Runs `work` on a thread of its own, so that a panic in sled becomes a reason to set the folder aside.
fn guarded<T: Send + 'static>(
    dir: &Path,
    work: impl FnOnce(PathBuf) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let dir = dir.to_owned();
    let thread = thread::Builder::new().name("store-open".to_owned()).spawn(move || work(dir));
    let thread = thread.map_err(StoreError::io("starting a thread to open the store"))?;
    thread.join().unwrap_or_else(|panic| Err(StoreError::given_up(panic.as_ref())))
}

fn connect(dir: &Path) -> Result<sled::Db, StoreError> {
    let config = sled::Config::new().path(dir).cache_capacity(CACHE).flush_every_ms(Some(SYNC_EVERY));
    let config = config.mode(sled::Mode::LowSpace);
    for _ in 0..ATTEMPTS {
        match config.open() {
            Err(error) if is_lingering(&error) => thread::sleep(PAUSE),
            other => return Ok(other?),
        }
    }
    Err(StoreError::locked(dir))
}

/// Whether sled's own lock is taken. Ours is not, so it is a thread of a store that this process has just closed.
fn is_lingering(error: &sled::Error) -> bool {
    let sled::Error::Io(io) = error else { return false };
    io.kind() == ErrorKind::Other && io.to_string().contains("could not acquire lock")
}

fn ledger(db: &sled::Db, made: bool) -> Result<Ledger, StoreError> {
    match db.get(LEDGER)? {
        Some(row) => Ledger::read(&row),
        None if made => Err(StoreError::Corrupt("its ledger is gone".to_owned())),
        None => {
            let mut generation = [0; 16];
            getrandom::fill(&mut generation)
                .map_err(|error| StoreError::io("drawing the store's generation")(std::io::Error::other(error)))?;
            let ledger = Ledger { generation, position: 0, batch: 0 };
            db.insert(LEDGER, ledger.write())?;
            db.flush()?;
            Ok(ledger)
        }
    }
}
