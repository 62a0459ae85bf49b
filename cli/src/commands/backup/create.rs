//! `backup create`: keys, token, configuration and a copy of the desk in one file.

use std::path::PathBuf;

use clap::Args;
use mentormesh_node::backup::{CreateRequest, create};
use mentormesh_node::clock::Clock;
use serde_json::json;

use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Table, clean};
use crate::shell::quote;

const EXAMPLES: &str = "Examples:
  mentormesh backup create /media/stick/institute.tar
  mentormesh backup create --force institute.tar
  mentormesh backup create institute.tar --json | jq .files";

/// Back up keys, token, configuration and desk, beside a running node or without one
///
/// The file holds every secret of the organisation and is readable by its owner alone. It appears whole or not at all.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Create {
    /// The file to make
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

impl Create {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let request = CreateRequest {
            folder: context.folder()?,
            config: context.globals.config.clone(),
            file: self.file.clone(),
            force: self.force,
        };
        context.output.say("copying the desk; a running node goes on");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let created = runtime.block_on(create(request, Clock::system()))?;
        let place = quote(&self.file.to_string_lossy());
        let check = format!("mentormesh backup verify {place}");
        let manifest = &created.manifest;
        if context.output.is_json() {
            return context.output.json(&json!({
                "file": self.file,
                "size": created.size,
                "organisation": manifest.organisation,
                "created_at": manifest.created_at,
                "files": manifest.files,
                "next": check,
            }));
        }
        let mut table = Table::fields();
        table.field("organisation", format!("{} {}", clean(&manifest.name), manifest.organisation));
        table.field("made", manifest.created_at.to_string());
        let files: Vec<_> = manifest.files.iter().map(|file| format!("{} ({} bytes)", file.path, file.size)).collect();
        table.field("holds", files.join("\n"));
        context.output.table(table)?;
        context.output.line(&format!(
            "{place} holds every secret of the organisation: keep it where nobody else reads. Check it:\n  {check}"
        ))
    }
}
