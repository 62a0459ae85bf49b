//! `profile edit`: a listing with some fields changed. A change by somebody else meanwhile is never overwritten.

use std::path::PathBuf;

use clap::Args;
use mentormesh_protocol::api::{Listing, ListingState};

use super::fields::Fields;
use super::{input_of, one, read_listing};
use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;

const EXAMPLES: &str = "Examples:
  mentormesh profile edit abcdef --headline \"Head of social media\" --places 1
  mentormesh profile edit abcdef \\
    --availability paused --paused-until 2027-03-01
  mentormesh profile edit abcdef ada.json";

/// Change a listing; what is public changes when it is published again
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Edit {
    /// The listing's id, or six or more characters of its beginning
    #[arg(value_name = "ID")]
    id: String,
    /// A listing as JSON in place of what is there, - for stdin
    #[arg(value_name = "FILE|-")]
    file: Option<PathBuf>,
    #[command(flatten)]
    fields: Fields,
}

impl Edit {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        if self.file.is_none() && self.fields.is_empty() {
            return Err(Failure::usage("nothing to change").hint("name a file, - for stdin, or flags like --headline"));
        }
        let client = context.client()?;
        let before: Listing = typed(&one(&client, &self.id)?)?;
        let mut input = match &self.file {
            Some(file) => read_listing(file)?,
            None => input_of(&before),
        };
        self.fields.clone().lay_over(&mut input)?;
        let answer = client.put(&format!("/listings/{}", before.id), &input, Some(&before.etag))?;
        if context.output.answer(&answer)? {
            return Ok(());
        }
        let after: Listing = typed(&answer)?;
        let next = match (after.state, after.edited) {
            (ListingState::Published, true) => {
                format!("changed here; change it on the network with: mentormesh profile publish {}", after.id)
            }
            (ListingState::Published, false) => "nothing public was changed".to_owned(),
            (ListingState::Draft | ListingState::Withdrawn | ListingState::Expired, _) => "changed".to_owned(),
        };
        context.output.say(&next);
        Ok(())
    }
}
