//! `intro`: asking mentors, answering requests, and what became of each.

mod block;
mod calendar;
mod list;
mod send;
mod show;
mod steps;
mod wait;

use clap::{Args, Subcommand};
use mentormesh_protocol::ProfileId;
use mentormesh_protocol::api::ProfileView;

use crate::client::{Client, typed};
use crate::context::Context;
use crate::failure::Failure;

const EXAMPLES: &str = "Examples:
  mentormesh intro send x7k2qd.abcdef
  mentormesh intro list --received --open
  mentormesh intro accept k3v9qa \\
      --message \"Gladly. Tuesdays after five suit me.\"";

/// Ask mentors for a conversation, and answer for yours
///
/// A request goes sealed to the mentor's own organisation and nowhere else. Names go with it, addresses do not: each
/// side gets the other's after a yes, and never otherwise.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Intro {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Ask a mentor of any organisation shown here, for a mentee of this one
    Send(Box<send::Send>),
    /// Introductions sent and received here
    List(list::ListCommand),
    /// One introduction: what was asked, what happened, what can be done next
    Show(show::Show),
    /// The call that the two agreed on, as a file for a calendar
    Calendar(calendar::Calendar),
    /// Ask the mentee back before answering; for the mentor
    Ask(steps::Ask),
    /// Answer the mentor's question; for the mentee
    Answer(steps::Answer),
    /// Agree to a short first call before a yes or no; for the mentor
    Explore(steps::Explore),
    /// Say yes, and exchange contacts; for the mentor
    Accept(steps::Accept),
    /// Say no, and why; for the mentor
    Decline(steps::Decline),
    /// Take a request back; for the mentee
    Withdraw(steps::Withdraw),
    /// Persons of whom a mentor wants no further request
    Block(block::Block),
    /// Never offer this mentor to this mentee again; for the mentee
    Aside(block::Aside),
}

impl Intro {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        match &self.act {
            Act::Send(act) => act.run(context),
            Act::List(act) => act.run(context),
            Act::Show(act) => act.run(context),
            Act::Calendar(act) => act.run(context),
            Act::Ask(act) => act.run(context),
            Act::Answer(act) => act.run(context),
            Act::Explore(act) => act.run(context),
            Act::Accept(act) => act.run(context),
            Act::Decline(act) => act.run(context),
            Act::Withdraw(act) => act.run(context),
            Act::Block(act) => act.run(context),
            Act::Aside(act) => act.run(context),
        }
    }
}

/// The profile that somebody typed: whole, or a beginning that the node knows.
fn profile(client: &Client, text: &str) -> Result<ProfileId, Failure> {
    if let Ok(profile) = text.parse() {
        return Ok(profile);
    }
    let view: ProfileView = typed(&client.get(&format!("/profiles/{}", super::segment(text)?))?)?;
    Ok(view.id)
}
