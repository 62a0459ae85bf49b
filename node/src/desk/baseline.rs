//! What SQLite does on this disk by itself: the measure beside which the desk's own figures are told.

use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};

use super::DeskError;

/// How long it takes to commit this many rows of this many bytes to a new file, one transaction each, as durably as
/// the desk does and with nothing else to do.
///
/// # Errors
/// When the file cannot be made or written.
pub async fn bare_commits(file: &Path, rows: u32, bytes: usize) -> Result<Duration, DeskError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    sqlx::query("CREATE TABLE plain (place BIGINT NOT NULL PRIMARY KEY, bytes BLOB NOT NULL)")
        .execute(&mut connection)
        .await?;
    let content = vec![0x5a; bytes];
    let began = Instant::now();
    for place in 0..rows {
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        let query = sqlx::query("INSERT INTO plain (place, bytes) VALUES ($1, $2)");
        query.bind(i64::from(place)).bind(content.as_slice()).execute(&mut *transaction).await?;
        transaction.commit().await?;
    }
    let took = began.elapsed();
    connection.close().await?;
    Ok(took)
}
