//! `backup restore`: a backup becomes a data folder again.

use std::path::PathBuf;

use clap::Args;
use mentormesh_node::backup::restore;
use mentormesh_node::clock::Clock;
use mentormesh_node::folder::{ERASED, ErasedFile};
use serde_json::json;

use super::fields;
use crate::context::Context;
use crate::failure::Failure;
use crate::shell::quote;

const EXAMPLES: &str = "Examples:
  mentormesh backup restore /media/stick/institute.tar
  mentormesh backup restore /media/stick/institute.tar \\
      --data-dir /var/lib/mentormesh
  mentormesh backup restore institute.tar --erased erased.txt";

/// Bring a backup back into an empty data folder, whole or not at all
///
/// The node that starts from it learns from its peers what happened since before it signs anything: no listing that was
/// erased or withdrawn comes back, and newer texts stand. Whatever else it holds of people who were erased since goes by
/// `erased.txt` of the old data folder: keep a copy of that file beside the backups. Never run it beside the node it was
/// made from.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Restore {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Who was erased since: a copy of the old folder's `erased.txt`; without it, one beside the backup
    #[arg(long, value_name = "FILE")]
    erased: Option<PathBuf>,
}

impl Restore {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let place = context.folder()?;
        context.output.say("reading and checking the backup");
        let beside = ErasedFile::at(self.file.with_file_name(ERASED));
        let erased = self.erased.clone().map(ErasedFile::at).or_else(|| Some(beside).filter(ErasedFile::is_there));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let restored = runtime.block_on(restore(&self.file, &place, erased.as_ref(), Clock::system()))?;
        let folder = restored.folder.path();
        let start = format!("mentormesh serve --data-dir {}", quote(&folder.to_string_lossy()));
        if context.output.is_json() {
            return context.output.json(&json!({
                "data_dir": folder,
                "restored": restored.verified,
                "erased": restored.forgotten,
                "next": start,
            }));
        }
        context.output.line(&format!("restored into {}:", folder.display()))?;
        context.output.table(fields(&restored.verified))?;
        let lines = [
            "Make sure that the node it was made from never starts again, then start this one:".to_owned(),
            format!("  {start}"),
            match restored.forgotten {
                Some(many) => format!(
                    "Of the {many} people in erased.txt, whoever was erased since is erased again at its start."
                ),
                None => "No erased.txt came with it: people who were erased since are in it again; see OPERATING.md."
                    .to_owned(),
            },
            "It signs nothing until a peer has shown what happened since (`restored` in its status).".to_owned(),
        ];
        context.output.line(&lines.join("\n"))
    }
}
