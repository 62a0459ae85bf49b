//! What can go wrong at the desk, told apart by what the caller can do about it.
//!
//! A full disk is answered `storage_full` and costs nothing acknowledged; a busy desk is worth another try; the rest
//! is a fault of the node. Sources are kept.

use mentormesh_protocol::api::{ErrorCode, Problem};

use super::MailRefused;

/// SQLite's own numbers, primary code in the low byte.
const BUSY: i64 = 5;
const LOCKED: i64 = 6;
const FULL: i64 = 13;
const CORRUPT: i64 = 11;
const NOT_A_DATABASE: i64 = 26;
/// The shared-memory file beside the write-ahead log could not grow: the disk is full as well.
const SHARED_MEMORY_SIZE: i64 = 4874;

/// Why the desk could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// No space is left; nothing was changed.
    #[error("the disk under the desk is full; free some space and try again")]
    Full(#[source] sqlx::Error),
    /// Another writer held the desk for longer than we wait.
    #[error("another writer holds the desk; try again in a moment")]
    Locked(#[source] sqlx::Error),
    /// The file could not be made or read.
    #[error("the desk's file {file} cannot be opened; check that the folder exists and is yours")]
    Open {
        /// Which file.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The tables are of a version that this build does not know, or could not be brought up to it.
    #[error("the desk's tables are not of a version that this build knows; use the build that last opened it")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// A value in a table is not what was put there.
    #[error("the desk holds something unreadable in {what}; restore it from a backup")]
    Unreadable {
        /// Table and column.
        what: &'static str,
    },
    /// The file is no database any more, or its pages contradict each other.
    #[error(
        "the desk's file is damaged beyond what SQLite can read; move the data folder away, then bring the newest \
         backup back: mentormesh backup restore FILE --data-dir FOLDER"
    )]
    Damaged(#[source] sqlx::Error),
    /// The file can be read, and what it says contradicts itself.
    #[error("the desk's file contradicts itself ({0}); bring the newest backup back: mentormesh backup restore FILE")]
    Inconsistent(String),
    /// A mail was not queued.
    #[error(transparent)]
    Mail(#[from] MailRefused),
    /// Anything else that the database said.
    #[error("the desk's database failed")]
    Sql(#[source] sqlx::Error),
}

impl DeskError {
    /// Whether the disk is full.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        matches!(self, Self::Full(_))
    }
}

impl From<sqlx::Error> for DeskError {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
        let code = code.and_then(|code| code.parse::<i64>().ok()).unwrap_or(0);
        match code & 0xff {
            FULL => Self::Full(error),
            BUSY | LOCKED => Self::Locked(error),
            CORRUPT | NOT_A_DATABASE => Self::Damaged(error),
            _ if code == SHARED_MEMORY_SIZE => Self::Full(error),
            _ if matches!(error, sqlx::Error::PoolTimedOut) => Self::Locked(error),
            _ => Self::Sql(error),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for DeskError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        // A damaged file shows itself here first, and is no fault of the build's.
        let sqlx::migrate::MigrateError::Execute(error) = error else { return Self::Migration(error) };
        let damaged = Self::from(error);
        let Self::Sql(error) = damaged else { return damaged };
        Self::Migration(sqlx::migrate::MigrateError::Execute(error))
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        let code = match &error {
            DeskError::Full(_) => ErrorCode::StorageFull,
            DeskError::Locked(_) | DeskError::Mail(MailRefused::Full { .. }) => ErrorCode::Busy,
            DeskError::Mail(_) => ErrorCode::Invalid,
            DeskError::Open { .. } | DeskError::Migration(_) | DeskError::Unreadable { .. } => ErrorCode::Internal,
            DeskError::Damaged(_) | DeskError::Inconsistent(_) | DeskError::Sql(_) => ErrorCode::Internal,
        };
        if code == ErrorCode::Internal {
            tracing::error!(?error, "the desk failed");
        }
        Self::new(code, error.to_string())
    }
}

/// Why no sequence was allotted; the slot is as it was.
#[derive(Debug, thiserror::Error)]
pub enum AllotError<E> {
    /// The slot was erased: nothing stands in it ever again.
    #[error("this slot was erased for good; whoever returns gets a new listing")]
    Erased,
    /// The desk failed.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The signature was refused.
    #[error("the record was not signed")]
    Sign(#[source] E),
}
