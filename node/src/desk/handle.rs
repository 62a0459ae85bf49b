//! The handle on the desk, how it is opened, and the one kind of change it knows: a transaction.
//!
//! Every commit is on the disk before it is answered (write-ahead log, synchronous=FULL). One connection writes, so
//! that writers queue fairly instead of racing for SQLite's lock; a few others read. Numbers that the protocol counts
//! in u64 are kept as BIGINT.

use std::path::Path;
use std::time::Duration;

use mentormesh_protocol::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, Row as _};
use sqlx::{Sqlite, SqliteConnection, Transaction};

use super::DeskError;
use crate::clock::Clock;

/// How long a writer waits for the one before it.
pub(super) const WAIT: Duration = Duration::from_secs(10);
/// Connections that only read: more would only share the same disk.
const READERS: u32 = 3;

/// A row as the database answers it.
pub(super) type Row = sqlx::sqlite::SqliteRow;
/// One connection, inside or outside a transaction.
pub(super) type Connection = SqliteConnection;

/// The open desk; clones share it.
#[derive(Clone, Debug)]
pub struct Desk {
    reads: SqlitePool,
    writes: SqlitePool,
    clock: Clock,
}

/// A change in progress: nothing of it is there before [`Write::commit`], and all of it after.
#[derive(Debug)]
pub struct Write {
    transaction: Transaction<'static, Sqlite>,
    now: Timestamp,
}

impl Desk {
    /// Opens the desk in `file`, making it readable by the owner alone if it is new.
    ///
    /// # Errors
    /// When the file cannot be made or read, or its tables are of an unknown version.
    pub async fn open(file: &Path, clock: Clock) -> Result<Self, DeskError> {
        make_private(file).map_err(|source| DeskError::Open { file: file.display().to_string(), source })?;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(WAIT)
            // An erased listing leaves no text behind in free pages.
            .pragma("secure_delete", "ON");
        let pool = || SqlitePoolOptions::new().acquire_timeout(WAIT).idle_timeout(None).max_lifetime(None);
        let writes = pool()
            .max_connections(1)
            // A full disk ends a transaction behind the driver's back; its connection would refuse every later one.
            .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
            .connect_with(options.clone())
            .await?;
        sqlx::migrate!("src/desk/migrations").run(&writes).await?;
        let reads = pool().max_connections(READERS).connect_with(options).await?;
        Ok(Self { reads, writes, clock })
    }

    /// Begins a change. Dropping it undoes it.
    ///
    /// # Errors
    /// When the writer before it does not finish in time.
    pub async fn write(&self) -> Result<Write, DeskError> {
        // IMMEDIATE: a transaction that read first could not be upgraded once another had written.
        let transaction = self.writes.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Write { transaction, now: self.clock.now() })
    }

    /// Reads something real from the disk.
    ///
    /// # Errors
    /// When the desk does not answer.
    pub async fn probe(&self) -> Result<(), DeskError> {
        let _rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM trust_policy").fetch_one(&self.reads).await?;
        Ok(())
    }

    /// Moves the write-ahead log into the file and empties it, so that what was deleted is gone from both.
    ///
    /// # Errors
    /// When the desk does not answer.
    pub async fn settle(&self) -> Result<(), DeskError> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.writes).await?;
        Ok(())
    }

    /// Forgets what has been kept long enough: answered requests after a day, notices and mails after thirty days,
    /// audit rows after two years, answered rights requests after ninety days.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn sweep(&self) -> Result<(), DeskError> {
        let mut write = self.write().await?;
        write.sweep_requests().await?;
        write.sweep_audit().await?;
        write.sweep_notices().await?;
        write.sweep_links().await?;
        write.sweep_sessions().await?;
        write.sweep_mail().await?;
        write.sweep_actions().await?;
        write.sweep_erasures().await?;
        write.sweep_rights().await?;
        write.commit().await
    }

    /// Leaves no space on the desk's disk, as far as SQLite can tell: its file may not grow any more.
    #[cfg(test)]
    pub(crate) async fn fill(&self) {
        sqlx::query("PRAGMA max_page_count = 1").execute(&self.writes).await.expect("a pragma");
    }

    /// Closes every connection; the last one empties the write-ahead log.
    pub async fn close(&self) {
        self.reads.close().await;
        self.writes.close().await;
    }

    /// The time, as the desk's clock has it.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(super) const fn reads(&self) -> &SqlitePool {
        &self.reads
    }
}

impl Write {
    /// Makes the change durable.
    ///
    /// # Errors
    /// When the disk is full or fails; then nothing of it is there.
    pub async fn commit(self) -> Result<(), DeskError> {
        Ok(self.transaction.commit().await?)
    }

    /// Undoes the change.
    ///
    /// # Errors
    /// When the desk fails; the change is undone all the same.
    pub async fn undo(self) -> Result<(), DeskError> {
        Ok(self.transaction.rollback().await?)
    }

    /// The time of this change.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    pub(super) fn connection(&mut self) -> &mut Connection {
        &mut self.transaction
    }
}

/// Makes the file before SQLite does, because SQLite would let everybody read it.
pub(super) fn make_private(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(file).map(drop)
}

/// A number of the protocol's as the database keeps it.
pub(super) fn big(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number that the database kept.
pub(super) fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// Bytes of a fixed length that the database kept; `what` names them when they are not as they were written.
pub(super) fn bytes<const N: usize>(row: &Row, column: &str, what: &'static str) -> Result<[u8; N], DeskError> {
    row.try_get::<&[u8], _>(column)?.try_into().map_err(|_| DeskError::Unreadable { what })
}
