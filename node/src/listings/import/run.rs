//! Taking rows to the desk: what is new is added, what differs is changed, what is the same stays, what is wrong is
//! reported with its line.
//!
//! Rows go in batches of one transaction each, so that an import neither holds the desk for long nor waits for the
//! disk at every row. A dry run does the same and undoes each batch. A listing is known by its case-folded e-mail.

use std::collections::HashMap;

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::api::{ErrorCode, ImportReport, ImportRow, ListingInput, Problem, RowOutcome};

use super::columns::{Columns, KNOWN, fold};
use super::{lines, table, text};
use crate::desk::Write;
use crate::listings::Listings;
use crate::listings::edit::{new_subject, refuse_narrower};
use crate::listings::prepare::prepare;

/// Rows in one file: twice the listings that any node holds.
const ROWS: usize = 100_000;
/// Rows in one transaction.
const BATCH: usize = 200;
/// Refused rows that are told one by one.
const TOLD: usize = 1_000;

/// The form of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    /// Comma, semicolon or tab separated values with a header.
    Csv,
    /// One listing as JSON to a line.
    JsonLines,
}

/// A file taken apart.
enum Source {
    Csv(Columns, Vec<table::Row>),
    JsonLines(Vec<(u64, Result<ListingInput, String>)>),
}

/// What is decided about one row.
enum Fate {
    Added,
    Changed,
    Unchanged,
    Refused(String),
}

/// What all rows of one import share.
struct Course<'c> {
    by: &'c str,
    notice: &'c str,
    now: Timestamp,
    /// The line on which an e-mail was seen first.
    seen: HashMap<String, u64>,
    report: ImportReport,
}

impl Listings {
    /// Imports a file. Nothing is published by it. `progress` hears how many rows are done, and of how many.
    ///
    /// # Errors
    /// When the file as a whole cannot be read, or the desk fails; batches that were saved before stay saved, and the
    /// same file can be imported again.
    pub async fn import(
        &self,
        bytes: Vec<u8>,
        kind: ImportKind,
        dry_run: bool,
        progress: impl Fn(u64, u64) + Send + Sync,
    ) -> Result<ImportReport, Problem> {
        let source = read(&bytes, kind)?;
        drop(bytes);
        let ignored = if let Source::Csv(columns, _) = &source { columns.unknown() } else { Vec::new() };
        let notice = self.notice().await?;
        let report =
            ImportReport { dry_run, added: 0, changed: 0, unchanged: 0, refused: 0, rows: Vec::new(), ignored };
        let mut course = Course { by: &self.by, notice: &notice, now: self.clock.now(), seen: HashMap::new(), report };
        let total = source.len();
        progress(0, total as u64);
        for start in (0..total).step_by(BATCH) {
            let end = total.min(start + BATCH);
            let mut write = self.desk.write().await?;
            for at in start..end {
                course.take(&mut write, &source, at).await?;
            }
            if dry_run {
                write.undo().await?
            } else {
                write.commit().await?
            }
            progress(end as u64, total as u64);
            tokio::task::yield_now().await;
        }
        let report = course.report;
        if !dry_run {
            let counts = format!("{} added, {} changed, {} refused", report.added, report.changed, report.refused);
            self.desk.audit(&self.by, "listing.imported", "self", &counts).await?;
        }
        Ok(report)
    }
}

impl Course<'_> {
    async fn take(&mut self, write: &mut Write, source: &Source, at: usize) -> Result<(), Problem> {
        let Some(line) = source.line(at) else { return Ok(()) };
        match self.decide(write, source, at, line).await? {
            Fate::Added => self.report.added += 1,
            Fate::Changed => self.report.changed += 1,
            Fate::Unchanged => self.report.unchanged += 1,
            Fate::Refused(problem) => {
                self.report.refused += 1;
                if self.report.rows.len() < TOLD {
                    let row = ImportRow { line, outcome: RowOutcome::Refused, id: None, problem: Some(problem) };
                    self.report.rows.push(row);
                }
            }
        }
        Ok(())
    }

    async fn decide(&mut self, write: &mut Write, source: &Source, at: usize, line: u64) -> Result<Fate, Problem> {
        let email = match source.email(at) {
            Ok(email) => crate::desk::fold(&email),
            Err(problem) => return Ok(Fate::Refused(problem)),
        };
        let before = if email.is_empty() { None } else { write.listing_of(&email).await? };
        let input = source.onto(at, before.as_ref().map(|row| &row.content));
        let input = match input.and_then(|input| prepare(input, self.notice, self.now).map_err(|e| e.detail)) {
            Ok(input) => input,
            Err(problem) => return Ok(Fate::Refused(problem)),
        };
        // Only a row that could be saved speaks for its address: a bad one does not shut out the good one below it.
        let first = *self.seen.entry(email.clone()).or_insert(line);
        if first != line {
            return Ok(Fate::Refused(format!("contact.email: {email} is on line {first} already; remove one of them")));
        }
        match before {
            None => {
                write.put_listing(&new_subject()?, &input, self.by).await?;
                Ok(Fate::Added)
            }
            Some(row) if row.content == input => Ok(Fate::Unchanged),
            Some(row) => {
                if let Err(problem) = refuse_narrower(&row, &input, self.now) {
                    return Ok(Fate::Refused(problem.detail));
                }
                write.put_listing(&row.subject, &input, self.by).await?;
                Ok(Fate::Changed)
            }
        }
    }
}

fn read(bytes: &[u8], kind: ImportKind) -> Result<Source, Problem> {
    let text = text::read(bytes);
    let too_many = || Problem::new(ErrorCode::TooLarge, format!("more than {ROWS} rows; split the file"));
    match kind {
        ImportKind::Csv => {
            let known = |cell: &str| KNOWN.contains(&fold(cell).as_str());
            let table = table::read(&text, known, ROWS).ok_or_else(too_many)?;
            let columns = Columns::new(&table.header).map_err(|problem| Problem::field("header", problem))?;
            Ok(Source::Csv(columns, table.rows))
        }
        ImportKind::JsonLines => Ok(Source::JsonLines(lines::read(&text, ROWS).ok_or_else(too_many)?)),
    }
}

impl Source {
    const fn len(&self) -> usize {
        match self {
            Self::Csv(_, rows) => rows.len(),
            Self::JsonLines(rows) => rows.len(),
        }
    }

    fn line(&self, at: usize) -> Option<u64> {
        match self {
            Self::Csv(_, rows) => rows.get(at).map(|row| row.line),
            Self::JsonLines(rows) => rows.get(at).map(|(line, _)| *line),
        }
    }

    fn email(&self, at: usize) -> Result<String, String> {
        match self {
            Self::Csv(columns, rows) => {
                let cells = rows.get(at).map_or(Ok(&[][..]), |row| row.cells.as_deref().map_err(Clone::clone))?;
                Ok(columns.row(cells).cell("email").unwrap_or_default().to_owned())
            }
            Self::JsonLines(rows) => {
                let row = rows.get(at).map(|(_, row)| row.as_ref().map_err(Clone::clone)).transpose()?;
                Ok(row.map(|row| row.contact.email.clone()).unwrap_or_default())
            }
        }
    }

    fn onto(&self, at: usize, before: Option<&ListingInput>) -> Result<ListingInput, String> {
        let gone = || "the row is gone".to_owned();
        match self {
            Self::Csv(columns, rows) => {
                let cells = rows.get(at).ok_or_else(gone)?.cells.as_deref().map_err(Clone::clone)?;
                columns.row(cells).onto(before).map_err(|invalid| invalid.to_string())
            }
            Self::JsonLines(rows) => rows.get(at).ok_or_else(gone)?.1.clone(),
        }
    }
}

#[cfg(any(test, feature = "testing"))]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
