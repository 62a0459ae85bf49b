//! `profile publish`: from here on others see it. Says how many people to how many organisations, and asks.

use clap::Args;
use mentormesh_protocol::api::{List, Listing, ListingState, OrganisationView, PublishReport};
use serde_json::{Value, json};

use super::{all, one};
use crate::client::{Client, typed};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::clean;
use crate::prompt;

const EXAMPLES: &str = "Examples:
  mentormesh profile publish abcdef
  mentormesh profile publish --all
  mentormesh profile publish --all --yes --quiet";

/// Put listings on the network
///
/// A listing without recorded consent, or whose consent does not reach the network, is refused. With --all, every
/// draft, expired and edited listing is published that lacks nothing; the others are named with what they lack.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Publish {
    /// Ids of listings, or six or more characters of their beginning
    #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
    ids: Vec<String>,
    /// Every listing that can be
    #[arg(long)]
    all: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Publish {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let chosen = if self.all { ready(context, &client)? } else { self.named(&client)? };
        if chosen.is_empty() {
            context.output.say("nothing is ready to be published");
            return if context.output.is_json() {
                context.output.json(&List::<Value>::whole(Vec::new()))
            } else {
                Ok(())
            };
        }
        prompt::confirm(self.yes, &announcement(&chosen, reached(&client)?))?;
        let bar = bar(context, chosen.len());
        let mut answers = Vec::new();
        for listing in &chosen {
            let answer = client.post(&format!("/listings/{}/publish", listing.id), &json!({}));
            let answer = bar.suspend(|| answer.map_err(|failure| part_way(failure, listing, answers.len())))?;
            bar.inc(1);
            answers.push(answer);
        }
        bar.finish_and_clear();
        self.report(context, answers)
    }

    fn named(&self, client: &Client) -> Result<Vec<Listing>, Failure> {
        self.ids.iter().map(|id| typed(&one(client, id)?)).collect()
    }

    fn report(&self, context: &Context, answers: Vec<Value>) -> Result<(), Failure> {
        if context.output.is_json() {
            return match answers.as_slice() {
                [only] if !self.all => context.output.json(only),
                _ => context.output.json(&List::whole(answers)),
            };
        }
        let reports = answers.iter().map(typed::<PublishReport>).collect::<Result<Vec<_>, _>>()?;
        let sent = reports.iter().map(|report| report.visible_to).max().unwrap_or_default();
        for report in &reports {
            context.output.line(&format!(
                "{}  {}",
                report.listing.profile_id,
                clean(&report.listing.profile.display_name)
            ))?;
        }
        context.output.say(&format!("{} published, sent to {}", people(reports.len()), organisations(sent)));
        Ok(())
    }
}

/// What can be published; the rest is named with what it lacks.
fn ready(context: &Context, client: &Client) -> Result<Vec<Listing>, Failure> {
    let mut ready = Vec::new();
    for item in all(client, None)?.items {
        let listing: Listing = typed(&item)?;
        let due = match listing.state {
            ListingState::Draft | ListingState::Expired => true,
            ListingState::Published => listing.edited,
            ListingState::Withdrawn => false,
        };
        if due && listing.missing.is_empty() {
            ready.push(listing);
        } else if due {
            let name = clean(&listing.profile.display_name);
            context.output.say(&format!("left out: {name} ({}): {}", listing.id.short(), listing.missing.join("; ")));
        }
    }
    Ok(ready)
}

/// How many other organisations this node sends its records to.
fn reached(client: &Client) -> Result<u64, Failure> {
    let organisations: List<OrganisationView> = typed(&client.get("/organisations")?)?;
    Ok(organisations.items.iter().filter(|view| view.shown && !view.own).count() as u64)
}

fn announcement(chosen: &[Listing], reached: u64) -> String {
    let names: Vec<_> = chosen.iter().take(3).map(|listing| clean(&listing.profile.display_name)).collect();
    let more = if chosen.len() > names.len() { " and others" } else { "" };
    let become_word = if chosen.len() == 1 { "becomes" } else { "become" };
    let now = organisations(reached);
    format!(
        "{} ({}{more}) {become_word} visible to {now} now, and to all that are shown here later.",
        people(chosen.len()),
        names.join(", ")
    )
}

fn people(count: usize) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}

fn organisations(count: u64) -> String {
    match count {
        0 => "no other organisation".to_owned(),
        1 => "1 other organisation".to_owned(),
        count => format!("{count} other organisations"),
    }
}

fn part_way(mut failure: Failure, listing: &Listing, done: usize) -> Failure {
    failure.message = format!("{} ({}): {}", clean(&listing.profile.display_name), listing.id.short(), failure.message);
    if done > 0 { failure.hint(format!("{} were published before", people(done))) } else { failure }
}

fn bar(context: &Context, length: usize) -> indicatif::ProgressBar {
    if context.output.shows_progress() && length > 3 {
        indicatif::ProgressBar::new(length as u64)
    } else {
        indicatif::ProgressBar::hidden()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_organisations_are_counted_in_words() {
        assert_eq!(people(1), "1 person");
        assert_eq!(people(72), "72 people");
        assert_eq!(organisations(0), "no other organisation");
        assert_eq!(organisations(1), "1 other organisation");
    }
}
