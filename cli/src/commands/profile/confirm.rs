//! `profile confirm`: somebody looked, and the listing is still right.

use clap::Args;
use mentormesh_protocol::api::{List, Listing};
use serde_json::{Value, json};

use super::all;
use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::clean;
use crate::prompt;

const EXAMPLES: &str = "Examples:
  mentormesh profile confirm abcdef
  mentormesh profile confirm --all";

/// Say that a listing is still right, so that it goes on being renewed
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Confirm {
    /// Ids of listings, or six or more characters of their beginning
    #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
    ids: Vec<String>,
    /// Every published listing
    #[arg(long)]
    all: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Confirm {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let ids = if self.all { Self::published(&all(&client, Some("published"))?)? } else { self.ids.clone() };
        if self.all {
            prompt::confirm(self.yes, &format!("{} listings are said to be still right.", ids.len()))?;
        }
        let mut answers = Vec::new();
        for id in &ids {
            let answer = client.post(&format!("/listings/{}/confirm", super::super::segment(id)?), &json!({}))?;
            if let Ok(listing) = typed::<Listing>(&answer) {
                context.output.say(&format!("confirmed: {}", clean(&listing.profile.display_name)));
            }
            answers.push(answer);
        }
        match (context.output.is_json(), answers.as_slice()) {
            (true, [only]) if !self.all => context.output.json(only),
            (true, _) => context.output.json(&List::whole(answers)),
            (false, _) => Ok(()),
        }
    }

    fn published(list: &List<Value>) -> Result<Vec<String>, Failure> {
        list.items.iter().map(|item| typed::<Listing>(item).map(|listing| listing.id.to_string())).collect()
    }
}
