//! Copies of the desk: made beside a node that writes, looked through before they are believed.
//!
//! A copy is what one read transaction sees, so that everything acknowledged before it began is in it, whole. Where a
//! copy goes and what is packed with it is `crate::backup`'s.

use std::collections::BTreeMap;
use std::path::Path;

use mentormesh_protocol::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection as _, Row as _};

use super::handle::{WAIT, count, make_private};
use super::{Desk, DeskError};

/// Tables whose rows say when they last changed, and in which column.
const CHANGES: [(&str, &str); 4] = [
    ("audit", "recorded_at"),
    ("listings", "changed_at"),
    ("organisation", "changed_at"),
    ("introductions", "changed_at"),
];

/// What a copy was found to hold when it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskCopy {
    /// The version of its tables.
    pub schema: u64,
    /// The organisation's name.
    pub name: String,
    /// The steps of its key chain, in order.
    pub operations: Vec<Vec<u8>>,
}

impl Desk {
    /// Copies the desk in `file` to `copy`, which its owner alone can read, while a node may go on writing.
    ///
    /// # Errors
    /// When there is no desk, it cannot be read, or the copy cannot be written.
    pub async fn copy(file: &Path, copy: &Path) -> Result<DeskCopy, DeskError> {
        make_private(copy).map_err(|source| DeskError::Open { file: copy.display().to_string(), source })?;
        let mut connection = connect(file).await?;
        let place = copy.to_string_lossy();
        let copied = sqlx::query("VACUUM INTO $1").bind(place.as_ref()).execute(&mut connection).await;
        connection.close().await?;
        copied?;
        let mut connection = connect(copy).await?;
        let found = look(&mut connection).await;
        connection.close().await?;
        found
    }

    /// Reads every page of the desk in `file` and compares what refers to each other; no table is brought up to date.
    ///
    /// # Errors
    /// When there is no desk, or anything is not as it was written.
    pub async fn check_file(file: &Path) -> Result<(), DeskError> {
        let mut connection = connect(file).await?;
        let said = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut connection).await;
        let closed = connection.close().await;
        let said: Vec<String> = said?;
        closed?;
        match said.into_iter().find(|line| line != "ok") {
            None => Ok(()),
            Some(line) => Err(DeskError::Inconsistent(line)),
        }
    }

    /// How many introductions stand how.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn introduction_counts(&self) -> Result<BTreeMap<String, u64>, DeskError> {
        if !self.has_table("introductions").await? {
            return Ok(BTreeMap::new());
        }
        let query = sqlx::query("SELECT state, COUNT(*) AS many FROM introductions GROUP BY state");
        let rows = query.fetch_all(self.reads()).await?;
        rows.iter().map(|row| Ok((row.try_get("state")?, count(row.try_get("many")?)))).collect()
    }

    /// When anything at the desk last changed.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn last_change(&self) -> Result<Option<Timestamp>, DeskError> {
        let mut last = None;
        for (table, column) in CHANGES {
            if self.has_table(table).await? {
                // Both words are constants of this file.
                let query = format!("SELECT MAX({column}) FROM {table}");
                let at: Option<i64> = sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_one(self.reads()).await?;
                last = last.max(at);
            }
        }
        Ok(last.map(|at| Timestamp(count(at))))
    }

    async fn has_table(&self, table: &str) -> Result<bool, DeskError> {
        let query = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1";
        let found: i64 = sqlx::query_scalar(query).bind(table).fetch_one(self.reads()).await?;
        Ok(found > 0)
    }
}

/// One connection that makes no file and brings no table up to date.
async fn connect(file: &Path) -> Result<SqliteConnection, DeskError> {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(false).busy_timeout(WAIT);
    Ok(SqliteConnection::connect_with(&options).await?)
}

async fn look(connection: &mut SqliteConnection) -> Result<DeskCopy, DeskError> {
    let schema: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations")
        .fetch_one(&mut *connection)
        .await?;
    let name: Option<String> =
        sqlx::query_scalar("SELECT name FROM organisation").fetch_optional(&mut *connection).await?;
    let operations = sqlx::query_scalar("SELECT envelope FROM own_operations ORDER BY place");
    let operations = operations.fetch_all(&mut *connection).await?;
    Ok(DeskCopy { schema: count(schema), name: name.unwrap_or_default(), operations })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    const NOW: Timestamp = Timestamp(1_795_000_000_000);

    #[tokio::test]
    async fn a_copy_holds_what_was_committed_before_it_began_and_is_private() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let (file, copy) = (folder.path().join("desk.sqlite"), folder.path().join("copy.sqlite"));
        let desk = Desk::open(&file, Clock::set_at(NOW)).await.expect("a desk");
        desk.add_own_operation(b"genesis").await.expect("added");
        desk.audit("ada", "tested", "copy", "").await.expect("written");
        let half_done = desk.write().await.expect("a change");
        let made = Desk::copy(&file, &copy).await.expect("copied while a change is under way");
        drop(half_done);
        assert_eq!(made.operations, [b"genesis".to_vec()]);
        let mode = std::fs::metadata(&copy).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
        Desk::check_file(&copy).await.expect("sound");
        let copied = Desk::open(&copy, Clock::set_at(NOW)).await.expect("a desk");
        assert_eq!(copied.audit_trail(9).await.expect("read").len(), 1);
        assert_eq!(copied.last_change().await.expect("read"), Some(NOW));
    }

    #[tokio::test]
    async fn there_is_no_copy_of_a_desk_that_is_not_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let refused = Desk::copy(&folder.path().join("desk.sqlite"), &folder.path().join("copy")).await;
        refused.expect_err("refused");
        assert!(!folder.path().join("desk.sqlite").exists(), "and none is made");
    }
}
