//! `sync`: how equal this node's records are to others'.

use clap::{Args, Subcommand};
use mentormesh_protocol::Timestamp;
use mentormesh_protocol::api::SyncView;
use serde_json::json;

use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::Table;

const EXAMPLES: &str = "Examples:
  mentormesh sync status
  mentormesh sync now";
const STATUS_EXAMPLES: &str = "Examples:
  mentormesh sync status
  mentormesh sync status --json | jq '.organisations[] | [.id, .fingerprint]'";
const NOW_EXAMPLES: &str = "Examples:
  mentormesh sync now";

/// What both say to who is alone.
const NO_PEER: &str = "no peer yet; join one with `mentormesh peer join TICKET`";

/// How equal this node's records are to others'
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Sync {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Each organisation's set and each peer's last session; equal fingerprints mean equal sets
    #[command(after_long_help = STATUS_EXAMPLES)]
    Status,
    /// Compare with every connected peer now instead of at the next turn
    #[command(after_long_help = NOW_EXAMPLES)]
    Now,
}

impl Sync {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        match self.act {
            Act::Now => {
                let answer = client.post("/sync", &json!({}))?;
                if context.output.answer(&answer)? {
                    return Ok(());
                }
                let view: SyncView = typed(&answer)?;
                context.output.say(if view.peers.is_empty() {
                    NO_PEER
                } else {
                    "comparing with every connected peer; see `mentormesh sync status`"
                });
                Ok(())
            }
            Act::Status => {
                let answer = client.get("/sync")?;
                if context.output.answer(&answer)? { Ok(()) } else { show(context, &typed(&answer)?) }
            }
        }
    }
}

fn show(context: &Context, view: &SyncView) -> Result<(), Failure> {
    let mut table = Table::new(&["organisation", "records", "fingerprint", "newest", ""]);
    for set in &view.organisations {
        let newest = if set.max_sequence == 0 { String::new() } else { Timestamp(set.max_sequence).to_string() };
        let hidden = if set.hidden { "not shown" } else { "" };
        let cells = [set.id.short(), set.count.to_string(), set.fingerprint.clone(), newest, hidden.to_owned()];
        table.row(cells);
    }
    context.output.table(table)?;
    if view.peers.is_empty() {
        return context.output.line(&format!("\n{NO_PEER}"));
    }
    let mut table = Table::new(&["peer", "organisation", "last session", "result", "received", "told", "bytes"]);
    for peer in &view.peers {
        let organisation = peer.organisation.map(|id| id.short()).unwrap_or_default();
        let last = peer.last.as_ref();
        let count = |read: fn(&mentormesh_protocol::api::SyncLast) -> u64| last.map(|last| read(last).to_string());
        table.row([
            peer.peer.to_string(),
            organisation,
            last.map_or_else(|| "never".to_owned(), |last| last.at.to_string()),
            last.map(|last| last.result.clone()).unwrap_or_default(),
            count(|last| last.received).unwrap_or_default(),
            count(|last| last.sent).unwrap_or_default(),
            count(|last| last.bytes).unwrap_or_default(),
        ]);
    }
    context.output.line("")?;
    context.output.table(table)
}
