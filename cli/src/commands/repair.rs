//! `repair`: what can be made again is made again; without a name it says what is found.

use clap::{Args, Subcommand};
use mentormesh_node::repair::{Finding, Part, RepairError, look, repair};
use serde_json::json;

use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Table, clean};
use crate::shell::quote;

const EXAMPLES: &str = "Examples:
  mentormesh repair
  mentormesh repair store
  mentormesh repair index --data-dir /var/lib/mentormesh";
const STORE_EXAMPLES: &str = "Examples:
  mentormesh repair store
  mentormesh repair store --json";
const INDEX_EXAMPLES: &str = "Examples:
  mentormesh repair index
  mentormesh repair index --json";

/// Repair the store or the index of a stopped node, or say what is found
///
/// Nothing is lost by either: the store is fetched again, the index built again. A desk cannot be repaired, only
/// restored. Without a name nothing is changed, and the exit code is 1 when something should be repaired.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Repair {
    #[command(subcommand)]
    part: Option<Named>,
}

#[derive(Debug, Subcommand)]
enum Named {
    /// Set the store aside; it is fetched again from the desk and from peers
    #[command(after_long_help = STORE_EXAMPLES)]
    Store,
    /// Delete the search index; it is built again from the store
    #[command(after_long_help = INDEX_EXAMPLES)]
    Index,
}

impl Repair {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        match self.part {
            None => survey(context),
            Some(Named::Store) => mend(context, Part::Store),
            Some(Named::Index) => mend(context, Part::Index),
        }
    }
}

fn survey(context: &Context) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let findings = runtime.block_on(look(&context.folder()?))?;
    let wrong = findings.iter().filter(|finding| finding.wrong).count();
    if context.output.is_json() {
        context.output.json(&json!({ "ok": wrong == 0, "findings": findings }))?;
    } else {
        let mut table = Table::fields();
        for finding in &findings {
            table.field(finding.part, said(finding));
        }
        context.output.table(table)?;
    }
    if wrong == 0 { Ok(()) } else { Err(Failure::failed(format!("{wrong} of {} need repair", findings.len()))) }
}

/// What was found, and what mends it.
pub(super) fn said(finding: &Finding) -> String {
    let found = clean(&finding.found);
    finding.mend.as_ref().map_or_else(|| found.to_string(), |mend| format!("{found}; mend it with: {mend}"))
}

fn mend(context: &Context, part: Part) -> Result<(), Failure> {
    let folder = context.folder()?;
    context.output.say(part.intent());
    let repaired = repair(&folder, part)?;
    if context.output.is_json() {
        return context.output.json(&repaired);
    }
    if let Some(kept) = &repaired.kept {
        context.output.line(&format!("kept as {}; delete it when nobody needs it", kept.display()))?;
    }
    let place = quote(&folder.path().to_string_lossy());
    context.output.line(&format!("done; {}\n  mentormesh serve --data-dir {place}", repaired.next))
}

impl From<RepairError> for Failure {
    fn from(error: RepairError) -> Self {
        Self::failed(error.to_string())
    }
}
