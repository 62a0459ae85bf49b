//! `backup`: one file with everything that exists nowhere else, checked and brought back without a running node.

mod create;
mod restore;
mod verify;

use clap::{Args, Subcommand};
use mentormesh_node::backup::{BackupError, Verified};

use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Table, clean};

const EXAMPLES: &str = "Examples:
  mentormesh backup create /media/stick/institute.tar
  mentormesh backup verify /media/stick/institute.tar
  mentormesh backup restore /media/stick/institute.tar \\
      --data-dir /var/lib/mentormesh";

/// Backups: create, verify, restore
///
/// A backup holds keys, token, configuration and the desk. The register is not in it: it comes back from other nodes.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Backup {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Back up keys, token, configuration and desk, beside a running node or without one
    Create(create::Create),
    /// Check a backup and say what restoring it would show; needs no node and no data folder
    Verify(verify::Verify),
    /// Bring a backup back into an empty data folder, whole or not at all
    Restore(restore::Restore),
}

impl Backup {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        match &self.act {
            Act::Create(command) => command.run(context),
            Act::Verify(command) => command.run(context),
            Act::Restore(command) => command.run(context),
        }
    }
}

/// What a backup holds, as fields.
fn fields(verified: &Verified) -> Table {
    let counted = |counts: &std::collections::BTreeMap<String, u64>| {
        let texts: Vec<_> = counts.iter().map(|(state, count)| format!("{count} {state}")).collect();
        if texts.is_empty() { "none".to_owned() } else { texts.join(", ") }
    };
    let manifest = &verified.manifest;
    let mut table = Table::fields();
    table.field("organisation", format!("{} {}", clean(&manifest.name), manifest.organisation));
    table.field("peer", verified.peer.to_string());
    table.field("network", &manifest.network);
    table.field("made", format!("{} by mentormesh {}", manifest.created_at, manifest.mentormesh));
    table.field("last change", verified.last_change.map_or_else(|| "none".to_owned(), |at| at.to_string()));
    table.field("mentors", counted(&verified.listings));
    table.field("introductions", counted(&verified.introductions));
    let rotation = if verified.rotation_key { "in it" } else { "not in it; kept elsewhere" };
    table.field("rotation key", rotation);
    table
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        let message = error.to_string();
        match error {
            BackupError::Exists(_) => Self::refused(message),
            BackupError::Unsound { path, faults } => {
                let message = format!("{} is not sound: nothing of it should be believed", path.display());
                faults.into_iter().fold(Self::failed(message), Self::hint)
            }
            BackupError::Folder(_) | BackupError::Config(_) | BackupError::Desk(_) => Self::failed(message),
            BackupError::NoOrganisation | BackupError::Disk { .. } => Self::failed(message),
        }
    }
}
