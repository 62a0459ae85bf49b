//! `profile withdraw`: off the network. With `--erase` for ever, and the listing is forgotten here, too.

use clap::Args;
use mentormesh_protocol::api::{Listing, WithdrawRequest};

use super::super::segment;
use super::one;
use crate::client::typed;
use crate::context::Context;
use crate::failure::{Failure, FailureKind};
use crate::output::clean;
use crate::prompt;

const EXAMPLES: &str = "Examples:
  mentormesh profile withdraw abcdef
  mentormesh profile withdraw abcdef --erase";

/// Take a listing off the network
///
/// Every connected node takes it out of search within seconds, others when they are reached. An erased listing never
/// returns; who comes back gets a new one.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Withdraw {
    /// The listing's id, or six or more characters of its beginning
    #[arg(value_name = "ID")]
    id: String,
    /// Erase it everywhere, and forget draft and contact here
    #[arg(long)]
    erase: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Withdraw {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let (id, name) = match one(&client, &self.id) {
            Ok(answer) => {
                let listing: Listing = typed(&answer)?;
                (listing.id.to_string(), clean(&listing.profile.display_name).to_string())
            }
            // A profile may stand on the network while an older desk holds no listing of it; the node knows.
            Err(failure) if failure.kind == FailureKind::NotFound => {
                let id = segment(&self.id)?;
                (id.to_owned(), format!("profile {id}"))
            }
            Err(failure) => return Err(failure),
        };
        // A script that says --erase means it; a person may have typed it in haste.
        if self.erase && prompt::somebody_is_there() {
            prompt::confirm(self.yes, &format!("{name} is erased everywhere and cannot be brought back."))?;
        }
        let path = format!("/listings/{id}/withdraw");
        let answer = client.post(&path, &WithdrawRequest { erase: self.erase })?;
        if !context.output.answer(&answer)? {
            context.output.say(&format!("{name} is {}", if self.erase { "erased" } else { "withdrawn" }));
        }
        Ok(())
    }
}
