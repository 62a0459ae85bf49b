//! `intro calendar`: the call that the two agreed on, as a file.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use clap::Args;

use crate::context::Context;
use crate::failure::Failure;

const EXAMPLES: &str = "Examples:
  mentormesh intro calendar k3v9qa call.ics
  mentormesh intro calendar k3v9qa > call.ics";

/// The call that the two agreed on, as a file for a calendar
///
/// It holds the names and addresses of both; a file made by this is readable by its owner alone.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Calendar {
    /// The introduction's id, or six or more characters of its beginning
    #[arg(value_name = "ID")]
    id: String,
    /// Write it to this new file instead of stdout
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// The mentee's side, when both sides are of this organisation
    #[arg(long)]
    sent: bool,
}

impl Calendar {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let id = super::super::segment(&self.id)?;
        let side = if self.sent { "?direction=sent" } else { "" };
        let bytes = context.client()?.bytes(&format!("/introductions/{id}/calendar{side}"))?;
        let Some(file) = &self.file else { return context.output.raw(&bytes) };
        let opened = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
        let written = opened.and_then(|mut opened| opened.write_all(&bytes));
        written.map_err(|source| Failure::file("write", file, &source))?;
        context.output.say(&format!("the call is in {}; open it with your calendar", file.display()));
        Ok(())
    }
}
