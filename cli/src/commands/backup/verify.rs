//! `backup verify`: whether a backup could be restored, and what would be there then.

use std::path::PathBuf;

use clap::Args;
use mentormesh_node::backup::verify;
use mentormesh_node::clock::Clock;

use super::fields;
use crate::context::Context;
use crate::failure::Failure;

const EXAMPLES: &str = "Examples:
  mentormesh backup verify /media/stick/institute.tar
  mentormesh backup verify institute.tar --json | jq .listings";

/// Check a backup and say what restoring it would show; needs no node and no data folder
///
/// Reads every byte, opens keys and desk, and compares them with each other. Exits with 1 at any fault, naming it.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Verify {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Verify {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        context.output.say("reading the backup");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let verified = runtime.block_on(verify(&self.file, Clock::system()))?;
        if context.output.is_json() {
            return context.output.json(&verified);
        }
        let sound = context.output.paint.good("sound");
        context.output.line(&format!("{} is {sound}; restored it would show:", self.file.display()))?;
        context.output.table(fields(&verified))
    }
}
