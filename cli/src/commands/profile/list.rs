//! `profile list`: mentors listed here, and what each still needs.

use clap::{Args, ValueEnum};
use mentormesh_protocol::api::Listing;

use super::all;
use super::show::state_word;
use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::Table;

const EXAMPLES: &str = "Examples:
  mentormesh profile list
  mentormesh profile list --state draft
  mentormesh profile list --json | jq -r '.items[].id'";

/// Mentors listed here
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct ListCommand {
    /// Only those in this state
    #[arg(long, value_enum)]
    state: Option<State>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum State {
    Draft,
    Published,
    Withdrawn,
    Expired,
}

impl State {
    const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
        }
    }
}

impl ListCommand {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let list = all(&context.client()?, self.state.map(State::word))?;
        if context.output.is_json() {
            return context.output.json(&list);
        }
        if list.items.is_empty() {
            return context.output.line("nobody; list somebody with `mentormesh profile add` or `profile import`");
        }
        let mut table = Table::new(&["id", "name", "state", "until", "to do"]);
        for item in &list.items {
            let listing: Listing = typed(item)?;
            let edited = listing.edited.then(|| "edited: publish again".to_owned());
            let to_do: Vec<_> = listing.missing.iter().cloned().chain(edited).collect();
            let until = listing.expires_at.map(|at| at.date().to_string()).unwrap_or_default();
            table.row([
                listing.id.short(),
                listing.profile.display_name.clone(),
                state_word(listing.state).to_owned(),
                until,
                to_do.join("; "),
            ]);
        }
        context.output.table(table)
    }
}
