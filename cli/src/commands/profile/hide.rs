//! `profile hide` and `profile unhide`: one mentor of another organisation, out of sight at this node alone.

use clap::Args;
use mentormesh_protocol::api::HideInput;

use crate::context::Context;
use crate::failure::Failure;

const HIDE_EXAMPLES: &str = "Examples:
  mentormesh profile hide x7k2qd.abcdef
  mentormesh profile hide x7k2qd.abcdef --why \"asked for by an officer\"";
const UNHIDE_EXAMPLES: &str = "Examples:
  mentormesh profile unhide x7k2qd.abcdef";

/// Keep a mentor of another organisation out of sight here
///
/// Gone from search, pages and offers of this node at once, whatever is signed of them later. Requests under way go on,
/// and nobody elsewhere is told. `trust show` lists who is hidden.
#[derive(Debug, Args)]
#[command(after_long_help = HIDE_EXAMPLES)]
pub(super) struct Hide {
    /// The profile's id, or beginnings of both its parts
    #[arg(value_name = "PROFILE")]
    profile: String,
    /// Why, in up to 200 characters, for whoever looks at the list
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    why: String,
}

/// Show a mentor again who was kept out of sight
#[derive(Debug, Args)]
#[command(after_long_help = UNHIDE_EXAMPLES)]
pub(super) struct Unhide {
    /// The profile's id, or beginnings of both its parts
    #[arg(value_name = "PROFILE")]
    profile: String,
}

impl Hide {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        context.client()?.put(&path(&self.profile)?, &HideInput { why: self.why.clone() }, None)?;
        context.output.say("hidden here; `mentormesh trust show` lists who is");
        Ok(())
    }
}

impl Unhide {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        context.client()?.delete(&path(&self.profile)?)?;
        context.output.say("shown again");
        Ok(())
    }
}

fn path(profile: &str) -> Result<String, Failure> {
    Ok(format!("/profiles/{}/hidden", super::super::segment(profile)?))
}
