//! `profile invite`: asks mentors by mail whether they agree to be listed. Nothing is shown by it.

use clap::Args;
use mentormesh_protocol::api::{InvitationAnswer, List, Listing, ListingState};
use mentormesh_protocol::limits::DAY;
use serde_json::{Value, json};

use super::{all, one};
use crate::client::{Client, typed};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::clean;
use crate::prompt;

const EXAMPLES: &str = "Examples:
  mentormesh profile invite abcdef
  mentormesh profile invite --all
  mentormesh profile invite --all --yes";

/// Ask mentors by mail whether they agree to be listed
///
/// The mail shows everything that the network would see beside what stays here, with links to agree, decline and edit.
/// Nobody is listed by it. A mentor is asked once a day at most, and five times in all. With --all, every draft without
/// consent whose mentor did not decline and was not asked within a day.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Invite {
    /// Ids of listings, or six or more characters of their beginning
    #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
    ids: Vec<String>,
    /// Every mentor who can be asked
    #[arg(long)]
    all: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Invite {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let chosen = if self.all { to_ask(context, &client)? } else { self.named(&client)? };
        if self.all && !chosen.is_empty() {
            prompt::confirm(self.yes, &format!("{} will be written.", mails(chosen.len())))?;
        }
        let bar = if context.output.shows_progress() && chosen.len() > 3 {
            indicatif::ProgressBar::new(chosen.len() as u64)
        } else {
            indicatif::ProgressBar::hidden()
        };
        let mut answers: Vec<Value> = Vec::new();
        for listing in &chosen {
            let answer = client.post(&format!("/listings/{}/invite", listing.id), &json!({}));
            let answer = bar.suspend(|| {
                answer.map_err(|failure| failure.hint(format!("{} were written before", mails(answers.len()))))
            })?;
            bar.inc(1);
            answers.push(answer);
        }
        bar.finish_and_clear();
        match (context.output.is_json(), answers.as_slice()) {
            (true, [only]) if !self.all => context.output.json(only),
            (true, _) => context.output.json(&List::whole(answers)),
            (false, _) => {
                context.output.say(&format!("{} to mentors, see `mentormesh mail list`", mails(answers.len())));
                Ok(())
            }
        }
    }

    fn named(&self, client: &Client) -> Result<Vec<Listing>, Failure> {
        self.ids.iter().map(|id| typed(&one(client, id)?)).collect()
    }
}

/// Who can be asked; who is left out although nothing is agreed is named.
fn to_ask(context: &Context, client: &Client) -> Result<Vec<Listing>, Failure> {
    let mut chosen = Vec::new();
    for item in all(client, Some("draft"))?.items {
        let listing: Listing = typed(&item)?;
        match left_out(&listing) {
            None => chosen.push(listing),
            Some("") => {}
            Some(why) => {
                let name = clean(&listing.profile.display_name);
                context.output.say(&format!("left out: {name} ({}): {why}", listing.id.short()));
            }
        }
    }
    Ok(chosen)
}

/// Why a mentor is not asked with the others, if they are not; nothing is to be said of who agreed.
fn left_out(listing: &Listing) -> Option<&'static str> {
    if listing.state != ListingState::Draft || listing.consent.is_some() {
        return Some("");
    }
    let asked = listing.invitation.as_ref()?;
    let within_a_day = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .is_ok_and(|now| now.as_millis() < u128::from(asked.invited_at.plus(DAY).0));
    match asked.answer {
        InvitationAnswer::Declined => Some("declined"),
        InvitationAnswer::Consented | InvitationAnswer::Waiting if within_a_day => Some("was asked within a day"),
        InvitationAnswer::Consented | InvitationAnswer::Waiting if asked.times >= 5 => Some("was asked five times"),
        InvitationAnswer::Consented | InvitationAnswer::Waiting => None,
    }
}

fn mails(count: usize) -> String {
    if count == 1 { "1 mail".to_owned() } else { format!("{count} mails") }
}
