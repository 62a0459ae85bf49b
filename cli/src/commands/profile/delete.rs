//! `profile delete`: forgets a draft that was never published, with its contact. What was published is withdrawn.

use clap::Args;
use mentormesh_protocol::api::Listing;

use super::one;
use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::clean;
use crate::prompt;

const EXAMPLES: &str = "Examples:
  mentormesh profile delete abcdef
  mentormesh profile delete abcdef --yes";

/// Forget a draft that was never published
///
/// Nobody outside this node has ever seen it, so nobody is told. A listing that was published is withdrawn instead,
/// with `--erase` if nothing of it shall remain.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Delete {
    /// The listing's id, or six or more characters of its beginning
    #[arg(value_name = "ID")]
    id: String,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Delete {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let listing: Listing = typed(&one(&client, &self.id)?)?;
        let name = clean(&listing.profile.display_name).to_string();
        // A script that deletes means it; a person may have typed it in haste.
        if prompt::somebody_is_there() {
            prompt::confirm(self.yes, &format!("The draft of {name} is forgotten, with its contact."))?;
        }
        client.delete(&format!("/listings/{}", listing.id))?;
        context.output.say(&format!("the draft of {name} is deleted"));
        Ok(())
    }
}
