//! `intro block`: persons whom mentors want no further request of, and lifting that; `intro aside`, for the mentee.

use clap::{Args, Subcommand};
use mentormesh_protocol::api::{Direction, Introduction};

use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Table, clean};

const EXAMPLES: &str = "Examples:
  mentormesh intro block list
  mentormesh intro block lift k3v9qa";
const LIST_EXAMPLES: &str = "Examples:
  mentormesh intro block list
  mentormesh intro block list --json | jq -r '.items[].block.report'";
const LIFT_EXAMPLES: &str = "Examples:
  mentormesh intro block lift k3v9qa
  mentormesh intro block lift k3v9qa --sent";
const ASIDE_EXAMPLES: &str = "Examples:
  mentormesh intro aside k3v9qa
  mentormesh intro aside k3v9qa --undo";

/// Blocks asked for at once.
const PAGE: usize = 100;

/// Persons of whom a mentor wants no further request
///
/// A block is made by `intro decline --reason blocked`. Both nodes hold to it until each has lifted it.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Block {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Blocks made by mentors here, and of mentees from here
    List(List),
    /// Let this person's requests to this mentor through again, at this node
    Lift(Lift),
}

/// Blocks made by mentors here, and of mentees from here
#[derive(Debug, Args)]
#[command(after_long_help = LIST_EXAMPLES)]
struct List {}

/// Let this person's requests to this mentor through again, at this node
#[derive(Debug, Args)]
#[command(after_long_help = LIFT_EXAMPLES)]
struct Lift {
    /// The id of the introduction that made the block, or six or more characters of its beginning
    #[arg(value_name = "ID")]
    id: String,
    /// The mentee's side, when both sides are of this organisation
    #[arg(long)]
    sent: bool,
}

/// Never offer this mentor to this mentee again; for the mentee
///
/// Nobody is told, and nothing else changes.
#[derive(Debug, Args)]
#[command(after_long_help = ASIDE_EXAMPLES)]
pub(super) struct Aside {
    /// The introduction's id, or six or more characters of its beginning
    #[arg(value_name = "ID")]
    id: String,
    /// Offer the mentor again
    #[arg(long)]
    undo: bool,
}

impl Block {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        match &self.act {
            Act::List(List {}) => list(context),
            Act::Lift(act) => act.run(context),
        }
    }
}

fn list(context: &Context) -> Result<(), Failure> {
    let filters = [("limit", PAGE.to_string()), ("state", "blocked".to_owned())];
    let list = context.client()?.all("/introductions", &filters)?;
    if context.output.is_json() {
        return context.output.json(&list);
    }
    if list.items.is_empty() {
        return context.output.line("none");
    }
    let mut table = Table::new(&["id", "direction", "organisation", "mentor", "mentee", "lifted", "report"]);
    for item in &list.items {
        let one: Introduction = typed(item)?;
        let block = one.block.as_ref();
        table.row([
            one.id.short(),
            one.direction.as_str().to_owned(),
            one.organisation.name,
            one.mentor.unwrap_or_default(),
            one.mentee,
            block.and_then(|block| block.lifted_at).map(|at| at.date().to_string()).unwrap_or_default(),
            block.and_then(|block| block.report.clone()).unwrap_or_default(),
        ]);
    }
    context.output.table(table)
}

impl Lift {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let path = format!("/introductions/{}", super::super::segment(&self.id)?);
        let (client, sent) = (context.client()?, ("direction", Direction::Sent.as_str().to_owned()));
        let asked = if self.sent { "?direction=sent" } else { "" };
        client.delete(&format!("{path}/block{asked}"))?;
        let answer = client.get_with(&path, self.sent.then_some(sent).as_slice())?;
        if !context.output.answer(&answer)? {
            let one: Introduction = typed(&answer)?;
            context.output.say(&clean(&format!("lifted here: {} may be asked by {} again", mentor(&one), one.mentee)));
        }
        Ok(())
    }
}

impl Aside {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let path = format!("/introductions/{}", super::super::segment(&self.id)?);
        let (client, aside) = (context.client()?, format!("{path}/aside"));
        if self.undo {
            client.delete(&aside)?;
        } else {
            client.put(&aside, &(), None)?;
        }
        let answer = client.get_with(&path, &[("direction", Direction::Sent.as_str().to_owned())])?;
        if !context.output.answer(&answer)? {
            let one: Introduction = typed(&answer)?;
            let what = if one.put_aside { "is not offered to this mentee again" } else { "is offered again" };
            context.output.say(&clean(&format!("{} {what}", mentor(&one))));
        }
        Ok(())
    }
}

fn mentor(one: &Introduction) -> String {
    one.mentor.clone().unwrap_or_else(|| "this mentor".to_owned())
}
