//! `status`: how the running node is.

use clap::Args;
use mentormesh_protocol::api::{Status as Answer, TrustPolicy};

use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::Table;

const EXAMPLES: &str = "Examples:
  mentormesh status
  mentormesh status --json | jq .records
  mentormesh status --node http://127.0.0.1:8080 --token-file ./token";

/// Say how the running node is
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Status {}

impl Status {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let answer = context.client()?.get("/status")?;
        if context.output.answer(&answer)? {
            return Ok(());
        }
        let status: Answer = typed(&answer)?;
        let paint = context.output.paint;
        let state = if status.ready { paint.good("ready") } else { paint.alarm("not ready") };
        context.output.line(&format!("{} is {state}", paint.bold(&crate::output::clean(&status.organisation.name))))?;
        for state in &status.states {
            context.output.line(&format!("{} {}", paint.alarm("!"), crate::output::clean(state)))?;
        }
        let mut table = Table::fields();
        table.field("organisation", status.organisation.id.to_string());
        table.field("peer", status.organisation.peer.to_string());
        table.field("network", &status.organisation.network);
        table.field("listening", status.listening.join("\n"));
        table.field("peers", format!("{} connected, {} known", status.peers, status.peers_known));
        let records = status.records;
        let counts =
            format!("{} own, {} of others, {} mentors to find", records.own, records.others, records.searchable);
        table.field("records", counts);
        let listings: Vec<_> = status.listings.iter().map(|(state, count)| format!("{count} {state}")).collect();
        table.field("listings", listings.join(", "));
        if status.listings_to_confirm > 0 {
            let due = format!("{} within 30 days: mentormesh profile list", status.listings_to_confirm);
            table.field("to confirm", due);
        }
        if status.introductions_waiting > 0 {
            let since = status.introductions_oldest.map(|at| format!(", the oldest since {at}")).unwrap_or_default();
            let count = status.introductions_waiting;
            table.field("introductions", format!("{count} waiting{since}: mentormesh intro list --received --open"));
        }
        if status.letters_waiting > 0 || status.letters_kept > 0 {
            let (waiting, kept) = (status.letters_waiting, status.letters_kept);
            table.field("letters", format!("{waiting} on their way, {kept} kept for others"));
        }
        if status.notices_waiting > 0 || status.notices_given_up > 0 {
            let (waiting, failed) = (status.notices_waiting, status.notices_given_up);
            table.field("notices", format!("{waiting} to tell, {failed} that nobody could be told"));
        }
        if let Some(last) = status.retention {
            let (at, older) = (last.last_run, last.older_rows);
            table.field("forgotten", format!("old content at {at}, {older} rows older than may be kept"));
        }
        table.field("trust", policy_words(status.trust));
        table.field("signing", &status.home_first);
        table.field("version", &status.version);
        table.field("since", status.started_at.to_string());
        context.output.table(table)
    }
}

/// A policy with its meaning.
pub(super) const fn policy_words(policy: TrustPolicy) -> &'static str {
    match policy {
        TrustPolicy::Closed => "closed: only pinned organisations are shown",
        TrustPolicy::Recognised => "recognised: pinned organisations, and those they vouch for",
        TrustPolicy::Open => "open: every organisation that is not blocked is shown",
    }
}
