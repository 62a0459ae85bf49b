//! `rights`: requests about somebody's rights that this organisation has to answer within thirty days.

use clap::{Args, Subcommand};
use mentormesh_protocol::api::RightsRequestView;
use mentormesh_protocol::duty::RightsOutcome;
use mentormesh_protocol::limits::PAGE;
use mentormesh_protocol::record::Invalid;
use serde_json::json;

use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Table, clean};

const EXAMPLES: &str = "Examples:
  mentormesh rights list
  mentormesh rights show k3v9qa
  mentormesh rights close k3v9qa --outcome done --message \"It is erased.\"";
const LIST_EXAMPLES: &str = "Examples:
  mentormesh rights list
  mentormesh rights list --closed
  mentormesh rights list --json | jq '.items[] | select(.overdue)'";
const SHOW_EXAMPLES: &str = "Examples:
  mentormesh rights show k3v9qa";
const CLOSE_EXAMPLES: &str = "Examples:
  mentormesh rights close k3v9qa --outcome done --message \"It is erased.\"
  mentormesh rights close k3v9qa --outcome nothing_held";

/// Requests about somebody's rights: those to answer here
///
/// Anybody files one at /rights of any node; the node brings it to the organisation that lists the person. Answer within
/// thirty days: what is overdue is named by `status`.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Rights {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Requests that are open, the most urgent first
    #[command(after_long_help = LIST_EXAMPLES)]
    List {
        /// Those that are closed, of the last ninety days
        #[arg(long)]
        closed: bool,
    },
    /// Read one request
    #[command(after_long_help = SHOW_EXAMPLES)]
    Show {
        /// Its number, or six or more characters of its beginning
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Answer one request; the asker is told by mail and where it was filed
    #[command(after_long_help = CLOSE_EXAMPLES)]
    Close {
        /// Its number, or six or more characters of its beginning
        #[arg(value_name = "ID")]
        id: String,
        /// What became of it: done, partly, refused, nothing_held
        #[arg(long, value_parser = outcome)]
        outcome: RightsOutcome,
        /// What the asker is told, up to 1,200 characters
        #[arg(long)]
        message: Option<String>,
    },
}

fn outcome(word: &str) -> Result<RightsOutcome, String> {
    word.parse().map_err(|invalid: Invalid| invalid.problem)
}

impl Rights {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        match &self.act {
            Act::List { closed } => {
                let filters = [("limit", PAGE.to_string()), ("open", (!closed).to_string())];
                let all = client.all("/rights", &filters)?;
                if context.output.is_json() { context.output.json(&all) } else { list(context, all.items) }
            }
            Act::Show { id } => {
                let answer = client.get(&format!("/rights/{}", super::segment(id)?))?;
                if context.output.answer(&answer)? { Ok(()) } else { show(context, typed(&answer)?) }
            }
            Act::Close { id, outcome, message } => {
                let body = json!({ "outcome": outcome, "message": message });
                let answer = client.post(&format!("/rights/{}/close", super::segment(id)?), &body)?;
                if context.output.answer(&answer)? {
                    return Ok(());
                }
                let request: RightsRequestView = typed(&answer)?;
                context.output.line(&format!("{} closed: {}", request.id, outcome.as_str()))?;
                context.output.say("the asker is told by mail, and sees it where the request was filed");
                Ok(())
            }
        }
    }
}

fn list(context: &Context, items: Vec<serde_json::Value>) -> Result<(), Failure> {
    if items.is_empty() {
        return context.output.line("none");
    }
    let mut table = Table::new(&["id", "right", "about", "through", "due", ""]);
    for item in &items {
        let request: RightsRequestView = typed(item)?;
        let listing = request.listing.map(|listing| listing.short());
        let stands = match (request.outcome, request.overdue) {
            (Some(outcome), _) => outcome.as_str(),
            (None, true) => "overdue",
            (None, false) => "",
        };
        table.row([
            request.id.short(),
            request.kind.as_str().to_owned(),
            request.name.or(listing).unwrap_or_default(),
            request.door.name,
            request.due_at.date().to_string(),
            stands.to_owned(),
        ]);
    }
    context.output.table(table)
}

fn show(context: &Context, request: RightsRequestView) -> Result<(), Failure> {
    context.output.line(&clean(&request.words))?;
    let mut table = Table::fields();
    table.field("right", request.kind.as_str().to_owned());
    table.field("name", request.name.unwrap_or_default());
    table.field("listing", request.listing.map(|listing| listing.to_string()).unwrap_or_default());
    table.field("answer to", request.reply);
    table.field("came through", format!("{} ({})", request.door.name, request.door.id.short()));
    table.field("came", request.received_at.to_string());
    let overdue = if request.overdue { ", overdue" } else { "" };
    table.field("due", format!("{}{overdue}", request.due_at));
    table.field("closed", request.closed_at.map(|at| at.to_string()).unwrap_or_default());
    table.field("outcome", request.outcome.map(|outcome| outcome.as_str().to_owned()).unwrap_or_default());
    table.field("said", request.message.unwrap_or_default());
    table.field("number", request.id.to_string());
    context.output.table(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_that_does_not_exist_is_refused_with_those_that_do() {
        assert!(outcome("ignored").is_err_and(|problem| problem.contains("nothing_held")));
        assert_eq!(outcome("partly"), Ok(RightsOutcome::Partly));
    }
}
