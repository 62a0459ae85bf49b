//! Where everything that is printed goes: data to stdout, talk to stderr.
//!
//! Owns the decision whether there are colours and how wide the terminal is, and makes every text that came from the
//! network harmless for a terminal. It refuses to know what is printed: commands make their own rows and fields.

mod paint;
mod table;

pub(crate) use paint::{Paint, clean};
pub(crate) use table::Table;

use std::io::{IsTerminal as _, Write as _};

use serde::Serialize;
use serde_json::Value;

use crate::failure::{Failure, FailureKind};

/// How this process prints.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    json: bool,
    quiet: bool,
    /// Styles for stdout.
    pub(crate) paint: Paint,
    /// Styles for stderr.
    talk: Paint,
    terminal: bool,
}

impl Output {
    /// Looks at the terminal and the environment.
    pub(crate) fn new(json: bool, quiet: bool) -> Self {
        let said = |variable: &str| std::env::var(variable).unwrap_or_default();
        let (never, always) = (said("NO_COLOR"), said("CLICOLOR_FORCE"));
        let paint = |terminal: bool| Paint::decide(&never, &always, terminal);
        let terminal = std::io::stdout().is_terminal();
        Self { json, quiet, paint: paint(terminal), talk: paint(std::io::stderr().is_terminal()), terminal }
    }

    /// Whether JSON was asked for.
    pub(crate) const fn is_json(&self) -> bool {
        self.json
    }

    /// Prints what the API answered if JSON was asked for; says whether it did.
    pub(crate) fn answer(&self, answer: &Value) -> Result<bool, Failure> {
        if self.json {
            self.json(answer)?;
        }
        Ok(self.json)
    }

    /// Prints anything as JSON.
    pub(crate) fn json(&self, value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value).map_err(|error| Failure::failed(error.to_string()))?;
        self.line(&text)
    }

    /// Prints one line, or several, of data.
    pub(crate) fn line(&self, text: &str) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{text}")?;
        Ok(out.flush()?)
    }

    /// Prints bytes as they are.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        out.write_all(bytes)?;
        Ok(out.flush()?)
    }

    /// Prints a table, as wide as the terminal; into a pipe each row is one line, however long.
    pub(crate) fn table(&self, table: Table) -> Result<(), Failure> {
        let text = table.render(self.paint, self.terminal.then(table::terminal_width).flatten());
        self.line(&text)
    }

    /// Says something to whoever sits there, unless quiet was asked for.
    pub(crate) fn say(&self, text: &str) {
        if !self.quiet {
            // A terminal that cannot be written to cannot be told so either.
            let _told = writeln!(std::io::stderr(), "{text}");
        }
    }

    /// Whether progress should be drawn.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Says why the command ends without its answer. With JSON, what the node said comes word for word.
    pub(crate) fn failure(&self, failure: &Failure) {
        if failure.kind == FailureKind::ReaderGone {
            return;
        }
        let as_json = failure.problem.as_ref().filter(|_| self.json).map(serde_json::to_string_pretty);
        let text = match as_json {
            Some(Ok(text)) => text,
            Some(Err(_)) | None => {
                let mut text = format!("{} {}", self.talk.alarm("error:"), clean(&failure.message));
                for hint in &failure.hints {
                    text.push_str(&format!("\n  {} {}", self.talk.dim("→"), clean(hint)));
                }
                text
            }
        };
        let _told = writeln!(std::io::stderr(), "{text}");
    }
}
