//! `profile export`: listings as JSON lines, private side included, in the form that `import` takes back.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use clap::Args;
use mentormesh_protocol::api::{Listing, ListingInput};
use serde_json::Value;

use super::{all, input_of, one};
use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;

const EXAMPLES: &str = "Examples:
  mentormesh profile export > members.jsonl
  mentormesh profile export abcdef
  mentormesh profile export --out members.jsonl";

/// Print listings as JSON lines, which `import` takes back
///
/// They hold e-mail addresses and consents: a file made by --out is readable by its owner alone.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Export {
    /// Ids of listings, or six or more characters of their beginning [default: every listing]
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Write them to this new file instead of stdout
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Export {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let items: Vec<Value> = if self.ids.is_empty() {
            all(&client, None)?.items
        } else {
            self.ids.iter().map(|id| one(&client, id)).collect::<Result<_, _>>()?
        };
        let mut lines = String::new();
        for item in &items {
            let input: ListingInput = input_of(&typed::<Listing>(item)?);
            let line = serde_json::to_string(&input).map_err(|error| Failure::failed(error.to_string()))?;
            lines.push_str(&line);
            lines.push('\n');
        }
        let Some(file) = &self.out else { return context.output.raw(lines.as_bytes()) };
        let opened = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
        let written = opened.and_then(|mut opened| opened.write_all(lines.as_bytes()));
        written.map_err(|source| Failure::file("write", file, &source))?;
        context.output.say(&format!("{} listings in {}", items.len(), file.display()));
        Ok(())
    }
}
