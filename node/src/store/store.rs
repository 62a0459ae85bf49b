//! The reading hand: what is held, by id, slot and organisation.
//!
//! Reads block on the disk: asynchronous callers go through a blocking thread. What sessions ask is in `sets`, the
//! change log in `changes`.

use std::fs::File;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use mentormesh_protocol::{OrganisationId, RecordId, Slot, Timestamp};

use super::rows::{self, Half, Ledger, Parts, Standing};
use super::{StoreError, disk};

/// One row as it lies in the tree.
pub(super) type Row = (sled::IVec, sled::IVec);

/// The register on disk, for reading.
#[derive(Clone, Debug)]
pub struct Store(pub(super) Arc<Inner>);

/// An operation as it is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOperation {
    /// The organisation whose chain it is of.
    pub organisation: OrganisationId,
    /// Its id.
    pub id: RecordId,
    /// When this node first saw it.
    pub first_seen: Timestamp,
    /// Its envelope.
    pub envelope: Vec<u8>,
}

/// What all handles share. Fields are dropped from the top: the folder is let go last.
pub(super) struct Inner {
    pub(super) db: sled::Db,
    pub(super) data: File,
    pub(super) dir: PathBuf,
    /// As it was when the store was opened.
    pub(super) ledger: Ledger,
    /// The last position that survives a loss of power.
    durable: AtomicU64,
    halted: AtomicBool,
    _lock: File,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inner").field("dir", &self.dir).field("halted", &self.halted).finish_non_exhaustive()
    }
}

impl Inner {
    pub(super) fn new(db: sled::Db, data: File, lock: File, dir: &Path, ledger: Ledger) -> Self {
        let (durable, halted) = (AtomicU64::new(ledger.position), AtomicBool::new(false));
        Self { db, data, dir: dir.to_owned(), ledger, durable, halted, _lock: lock }
    }

    /// Makes everything applied so far survive a loss of power: sled hands it to the kernel, the sync to the disk.
    pub(super) fn settle(&self, position: u64) -> Result<(), StoreError> {
        self.db.flush()?;
        disk::sync(&self.data)?;
        self.durable.store(position, Ordering::Release);
        Ok(())
    }

    pub(super) fn refuse_if_halted(&self) -> Result<(), StoreError> {
        if self.halted.load(Ordering::Acquire) { Err(StoreError::Halted) } else { Ok(()) }
    }

    /// Takes note of an error on its way out: after a grave one nothing more is written, and the mark tells the
    /// next start to look closely.
    pub(super) fn noted(&self, error: StoreError) -> StoreError {
        if error.is_grave() && !self.halted.swap(true, Ordering::AcqRel) {
            tracing::error!(%error, "the store stopped taking records");
            if let Err(error) = disk::mark_broken(&self.dir) {
                tracing::warn!(%error, "the failure could not be marked; the next start looks less closely");
            }
        }
        error
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let settled = self.refuse_if_halted().is_ok() && self.settle(self.durable.load(Ordering::Acquire)).is_ok();
        if settled && let Err(error) = disk::unmark(&self.dir) {
            tracing::warn!(%error, "the store's mark could not be removed; the next start looks as after a kill");
        }
    }
}

impl Store {
    pub(super) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// What tells this store from any other that was ever in its place: random, drawn when it was made.
    #[must_use]
    pub fn generation(&self) -> [u8; 16] {
        self.0.ledger.generation
    }

    /// The envelope of a record that is held, byte for byte.
    ///
    /// # Errors
    /// When the disk fails or holds damage.
    pub fn envelope(&self, id: &RecordId) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(first) = self.row(&rows::chunk(id, 0))? else { return Ok(None) };
        let (count, bytes) = first.split_first().ok_or_else(|| StoreError::row("record"))?;
        let mut envelope = bytes.to_vec();
        for number in 1..*count {
            // The writer may have replaced the record between two chunks: then it is no longer held.
            let Some(chunk) = self.row(&rows::chunk(id, number))? else { return Ok(None) };
            envelope.extend_from_slice(&chunk);
        }
        Ok(Some(envelope))
    }

    /// Whether this very record stands or is kept here.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn contains(&self, id: &RecordId) -> Result<bool, StoreError> {
        Ok(self.row(&rows::chunk(id, 0))?.is_some())
    }

    /// Whether another record would be taken: asked before something is promised that only a record can keep.
    ///
    /// # Errors
    /// When the disk is full or fails, or the store stopped taking records.
    pub fn check_room(&self) -> Result<(), StoreError> {
        self.0.refuse_if_halted()?;
        disk::room(&self.0.dir, disk::RESERVE)
    }

    /// What stands in a slot, expired or not.
    ///
    /// # Errors
    /// When the disk fails or holds damage.
    pub fn standing(&self, slot: &Slot) -> Result<Option<Standing>, StoreError> {
        let key = rows::slot(slot);
        self.row(&key)?.map(|value| Standing::read(&key, &value)).transpose()
    }

    /// What stands in every slot of an organisation, expired or not: identity first, else in no order that means
    /// anything.
    pub fn slots(&self, organisation: &OrganisationId) -> impl Iterator<Item = Result<Standing, StoreError>> + use<> {
        self.under(&rows::of_organisation(rows::SLOT, organisation))
            .map(|row| row.and_then(|(key, value)| Standing::read(&key, &value)))
    }

    /// Every operation of every organisation.
    ///
    /// # Errors
    /// When the disk fails or holds damage.
    pub fn operations(&self) -> Result<Vec<StoredOperation>, StoreError> {
        let mut operations = Vec::new();
        for row in self.under(&[rows::OPERATION]) {
            let (key, value) = row?;
            let (organisation, id) = rows::read_operation(&key)?;
            let first_seen = Parts(&value).number().map(Timestamp).ok_or_else(|| StoreError::row("operation"))?;
            if let Some(envelope) = self.envelope(&id)? {
                operations.push(StoredOperation { organisation, id, first_seen, envelope });
            }
        }
        Ok(operations)
    }

    /// Organisations of which any record is held, in order.
    ///
    /// # Errors
    /// When the disk fails or holds damage.
    pub fn organisations(&self) -> Result<Vec<OrganisationId>, StoreError> {
        let mut organisations: Vec<_> = self.halves()?.into_iter().map(|half| half.organisation).collect();
        organisations.dedup();
        Ok(organisations)
    }

    /// The last position of the change log that survives a loss of power.
    #[must_use]
    pub fn last_position(&self) -> u64 {
        self.0.durable.load(Ordering::Acquire)
    }

    /// Reads one row from the disk and says whether the store still takes records.
    ///
    /// # Errors
    /// When it does not.
    pub fn probe(&self) -> Result<(), StoreError> {
        self.0.refuse_if_halted()?;
        let row = self.row(&rows::LEDGER)?.ok_or_else(|| StoreError::row("ledger"))?;
        Ledger::read(&row).map(drop)
    }

    /// Bytes on disk; zero when the disk does not say.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.0.db.size_on_disk().unwrap_or(0)
    }

    pub(super) fn halves(&self) -> Result<Vec<Half>, StoreError> {
        let half = |key: &[u8]| Half::read_key(&mut Parts(key.get(1..)?));
        self.under(&[rows::SUM]).map(|row| half(&row?.0).ok_or_else(|| StoreError::row("sum"))).collect()
    }

    pub(super) fn row(&self, key: &[u8]) -> Result<Option<sled::IVec>, StoreError> {
        self.0.db.get(key).map_err(|error| self.0.noted(error.into()))
    }

    pub(super) fn range(
        &self,
        range: (Bound<Vec<u8>>, Bound<Vec<u8>>),
    ) -> impl DoubleEndedIterator<Item = Result<Row, StoreError>> + use<> {
        self.noting(self.0.db.range(range))
    }

    pub(super) fn under(&self, prefix: &[u8]) -> impl Iterator<Item = Result<Row, StoreError>> + use<> {
        self.noting(self.0.db.scan_prefix(prefix))
    }

    fn noting(&self, rows: sled::Iter) -> impl DoubleEndedIterator<Item = Result<Row, StoreError>> + use<> {
        let inner = Arc::clone(&self.0);
        rows.map(move |row| row.map_err(|error| inner.noted(error.into())))
    }
}
