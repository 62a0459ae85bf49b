//! `profile import`: many mentors at once. Every bad row is named with its line; nobody is published by import alone.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use mentormesh_protocol::api::ImportReport;

use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::Table;

const EXAMPLES: &str = "Examples:
  mentormesh profile import members.csv --dry-run
  mentormesh profile import members.csv
  mentormesh profile import members.jsonl --json | jq '.rows[]'
  mentormesh profile import - --format csv";

/// How much of a file is looked at to tell its form.
const LOOK: usize = 1024;

/// List many mentors from CSV or JSON lines
///
/// Rows are told apart by e-mail address: one that is listed here already is changed, not listed again. CSV takes a
/// header row with: display_name, email, headline, summary, bio, skills (`label[:level]`), languages (`tag[:fluency]`),
/// country, region, time_zone, offers (`kind[:minutes]`), places, practice_status, programme, award_sought,
/// trainee_ends_on, supervised, consent_given_on, consent_notice_version, reach. Several values of one cell are
/// separated by semicolons. JSON lines hold one listing each, as `profile export` prints them.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Import {
    /// The file, - for stdin
    #[arg(value_name = "FILE|-")]
    file: PathBuf,
    /// Check every row and change nothing
    #[arg(long)]
    dry_run: bool,
    /// What the file is [default: told by its name, or by how it begins]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Comma-separated values (or semicolons, or tabs)
    Csv,
    /// One JSON object a line
    Jsonl,
}

impl Format {
    const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Jsonl => "application/x-ndjson",
        }
    }

    /// Told by the file's name, or by how it begins: no header row of CSV begins with a brace.
    fn tell(file: &Path, beginning: &[u8]) -> Self {
        let named = file.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
        match named.as_deref() {
            Some("csv" | "tsv" | "txt") => Self::Csv,
            Some("jsonl" | "ndjson" | "json") => Self::Jsonl,
            _ if beginning.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{') => Self::Jsonl,
            _ => Self::Csv,
        }
    }
}

impl Import {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let (mut source, length) = self.open()?;
        let mut beginning = Vec::new();
        source.by_ref().take(LOOK as u64).read_to_end(&mut beginning)?;
        let format = self.format.unwrap_or_else(|| Format::tell(&self.file, &beginning));
        let bar = bar(context, length);
        let body = bar.wrap_read(Cursor::new(beginning).chain(source));
        let path = format!("/listings/import?dry_run={}", self.dry_run);
        let answer = client.upload(&path, format.media_type(), Announcing { body, bar: bar.clone() });
        bar.finish_and_clear();
        let answer = answer?;
        if context.output.answer(&answer)? { Ok(()) } else { self.report(context, &typed(&answer)?) }
    }

    fn open(&self) -> Result<(Box<dyn Read + Send>, Option<u64>), Failure> {
        if self.file.as_os_str() == "-" {
            return Ok((Box::new(std::io::stdin()), None));
        }
        let opened = File::open(&self.file).and_then(|file| Ok((file.metadata()?.len(), file)));
        let (length, file) = opened.map_err(|source| Failure::file("read", &self.file, &source))?;
        Ok((Box::new(file), Some(length)))
    }

    fn report(&self, context: &Context, report: &ImportReport) -> Result<(), Failure> {
        let refused: Vec<_> = report.rows.iter().filter(|row| row.problem.is_some()).collect();
        if !refused.is_empty() {
            let mut table = Table::new(&["line", "left out because"]);
            for row in &refused {
                table.row([row.line.to_string(), row.problem.clone().unwrap_or_default()]);
            }
            context.output.table(table)?;
        }
        let would = if report.dry_run { "a dry run; it would be: " } else { "" };
        context.output.line(&format!(
            "{would}{} added, {} changed, {} unchanged, {} left out",
            report.added, report.changed, report.unchanged, report.refused
        ))?;
        if !report.dry_run && report.added > 0 {
            context.output.say("nobody is published by import; see them with `mentormesh profile list`");
        }
        Ok(())
    }
}

/// The file as it is sent; once it is, the bar says that the node is at work.
struct Announcing<R> {
    body: R,
    bar: ProgressBar,
}

impl<R: Read> Read for Announcing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.body.read(buffer)?;
        if count == 0 && !buffer.is_empty() {
            self.bar.set_message("sent; the node is reading the rows");
        }
        Ok(count)
    }
}

fn bar(context: &Context, length: Option<u64>) -> ProgressBar {
    if !context.output.shows_progress() {
        return ProgressBar::hidden();
    }
    let bar = length.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
    let form = "{spinner} {msg} {wide_bar} {bytes}/{total_bytes} {elapsed}";
    bar.set_style(ProgressStyle::with_template(form).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message("sending");
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_name_and_else_by_how_it_begins() {
        for (file, beginning, format) in [
            ("members.csv", "{", Format::Csv),
            ("members.jsonl", "display_name", Format::Jsonl),
            ("-", "  {\"profile\"", Format::Jsonl),
            ("-", "display_name,email", Format::Csv),
            ("members", "", Format::Csv),
        ] {
            assert_eq!(Format::tell(Path::new(file), beginning.as_bytes()), format, "{file} {beginning}");
        }
    }
}
