//! `profile`: mentors listed here, from draft to withdrawal. Their contacts never leave this node.

mod add;
mod confirm;
mod delete;
mod edit;
mod export;
mod fields;
mod hide;
mod import;
mod invite;
mod list;
mod pause;
mod publish;
mod receipts;
mod show;
mod withdraw;

use clap::{Args, Subcommand};
use mentormesh_protocol::api::{List, Listing, ListingInput};
use serde_json::Value;

use crate::client::Client;
use crate::context::Context;
use crate::failure::Failure;

const EXAMPLES: &str = "Examples:
  mentormesh profile import members.csv --dry-run
  mentormesh profile list --state draft
  mentormesh profile publish --all";

/// How many listings are asked for at once.
const PAGE: usize = 100;

/// Mentors listed here: add, import, confirm, publish, withdraw
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Profile {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// List a mentor: from a JSON file, from flags, or by answering questions
    Add(Box<add::Add>),
    /// List many mentors from CSV or JSON lines
    Import(import::Import),
    /// Mentors listed here
    List(list::ListCommand),
    /// One listing, or a profile of any organisation shown here
    Show(show::Show),
    /// Change a listing; what is public changes when it is published again
    Edit(Box<edit::Edit>),
    /// Say that a listing is still right, so that it goes on being renewed
    Confirm(confirm::Confirm),
    /// Ask mentors by mail whether they agree to be listed
    Invite(invite::Invite),
    /// Put listings on the network
    Publish(publish::Publish),
    /// Take no requests for a while; shown on the network at once
    Pause(pause::Pause),
    /// End a pause: requests are welcome again
    Resume(pause::Resume),
    /// Take a listing off the network
    Withdraw(withdraw::Withdraw),
    /// Who confirmed that an erased profile is gone there
    Receipts(receipts::Receipts),
    /// Keep a mentor of another organisation out of sight here
    Hide(hide::Hide),
    /// Show a mentor again who was kept out of sight
    Unhide(hide::Unhide),
    /// Forget a draft that was never published
    Delete(delete::Delete),
    /// Print listings as JSON lines, which `import` takes back
    Export(export::Export),
}

impl Profile {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        match &self.act {
            Act::Add(act) => act.run(context),
            Act::Import(act) => act.run(context),
            Act::List(act) => act.run(context),
            Act::Show(act) => act.run(context),
            Act::Edit(act) => act.run(context),
            Act::Confirm(act) => act.run(context),
            Act::Invite(act) => act.run(context),
            Act::Publish(act) => act.run(context),
            Act::Pause(act) => act.run(context),
            Act::Resume(act) => act.run(context),
            Act::Withdraw(act) => act.run(context),
            Act::Receipts(act) => act.run(context),
            Act::Hide(act) => act.run(context),
            Act::Unhide(act) => act.run(context),
            Act::Delete(act) => act.run(context),
            Act::Export(act) => act.run(context),
        }
    }
}

/// Every listing, page after page.
pub(super) fn all(client: &Client, state: Option<&str>) -> Result<List<Value>, Failure> {
    let mut filters = vec![("limit", PAGE.to_string())];
    filters.extend(state.map(|state| ("state", state.to_owned())));
    client.all("/listings", &filters)
}

fn one(client: &Client, id: &str) -> Result<Value, Failure> {
    client.get(&format!("/listings/{}", super::segment(id)?))
}

/// What would make the same listing again.
fn input_of(listing: &Listing) -> ListingInput {
    ListingInput {
        profile: listing.profile.clone(),
        contact: listing.contact.clone(),
        consent: listing.consent.clone(),
    }
}

/// A file's text, or that of stdin for `-`.
pub(super) fn read_text(file: &std::path::Path) -> Result<String, Failure> {
    if file.as_os_str() == "-" {
        return Ok(std::io::read_to_string(std::io::stdin())?);
    }
    std::fs::read_to_string(file).map_err(|source| Failure::file("read", file, &source))
}

/// A listing as JSON, read as strictly as the node would.
fn read_listing(file: &std::path::Path) -> Result<ListingInput, Failure> {
    let text = read_text(file)?;
    serde_json::from_str(&text).map_err(|problem| {
        Failure::usage(format!("{} is not a listing: {problem}", file.display()))
            .hint("a listing looks like {\"profile\": {…}, \"contact\": {\"email\": …}, \"consent\": {…}}")
    })
}
