//! `intro list`: introductions sent and received here, newest first.

use clap::Args;
use mentormesh_protocol::api::{Direction, Introduction};
use mentormesh_protocol::introduction::State;

use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::Table;

const EXAMPLES: &str = "Examples:
  mentormesh intro list --received --open
  mentormesh intro list --sent --state accepted
  mentormesh intro list --json \\
      | jq -r '.items[] | select(.state == \"question\") | .id'";

/// How many introductions are asked for at once.
const PAGE: usize = 100;

/// Introductions sent and received here
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct ListCommand {
    /// Only those that mentees of this organisation sent
    #[arg(long, conflicts_with = "received")]
    sent: bool,
    /// Only those that mentors of this organisation received
    #[arg(long)]
    received: bool,
    /// Only those in this state, like delivered, question, accepted, declined, refused or expired
    #[arg(long, value_parser = state)]
    state: Option<State>,
    /// Only those where somebody still has to say something
    #[arg(long)]
    open: bool,
}

fn state(word: &str) -> Result<State, String> {
    word.parse().map_err(|invalid: mentormesh_protocol::record::Invalid| invalid.problem)
}

impl ListCommand {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let list = context.client()?.all("/introductions", &self.filters())?;
        if context.output.is_json() {
            return context.output.json(&list);
        }
        if list.items.is_empty() {
            return context.output.line("none; ask a mentor with `mentormesh intro send PROFILE`");
        }
        let mut table = Table::new(&["id", "direction", "state", "organisation", "title", "since", "until"]);
        for item in &list.items {
            let one: Introduction = typed(item)?;
            let until = if one.state.is_open() { one.expires_at.date().to_string() } else { String::new() };
            table.row([
                one.id.short(),
                one.direction.as_str().to_owned(),
                one.state.as_str().to_owned(),
                one.organisation.name,
                one.title,
                one.created_at.date().to_string(),
                until,
            ]);
        }
        context.output.table(table)
    }

    fn filters(&self) -> Vec<(&'static str, String)> {
        let direction = match (self.sent, self.received) {
            (true, _) => Some(Direction::Sent),
            (false, true) => Some(Direction::Received),
            (false, false) => None,
        };
        let mut filters = vec![("limit", PAGE.to_string())];
        filters.extend(direction.map(|direction| ("direction", direction.as_str().to_owned())));
        filters.extend(self.state.map(|state| ("state", state.as_str().to_owned())));
        filters.extend(self.open.then(|| ("open", "true".to_owned())));
        filters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_become_the_filters_of_the_same_name() {
        let list = ListCommand { sent: false, received: true, state: state("question").ok(), open: true };
        let said: Vec<_> = list.filters().into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(said, ["limit=100", "direction=received", "state=question", "open=true"]);
    }

    #[test]
    fn a_state_that_does_not_exist_is_refused_with_those_that_do() {
        assert!(state("lost").is_err_and(|problem| problem.contains("undeliverable")));
    }
}
