//! `profile pause` and `profile resume`: a mentor is away, and back. The network sees either at once.

use clap::Args;
use mentormesh_protocol::Date;
use mentormesh_protocol::api::{Listing, PauseInput};
use mentormesh_protocol::record::AvailabilityStatus;
use serde_json::{Value, json};

use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::clean;

const PAUSE_EXAMPLES: &str = "Examples:
  mentormesh profile pause abcdef
  mentormesh profile pause abcdef --until 2027-03-01
  mentormesh profile pause abcdef --from 2026-12-20 --until 2027-01-04";
const RESUME_EXAMPLES: &str = "Examples:
  mentormesh profile resume abcdef";

/// Take no requests for a while; shown on the network at once
///
/// Who asks meanwhile is told the day on which the pause ends. It ends by itself. Requests that wait go on waiting.
#[derive(Debug, Args)]
#[command(after_long_help = PAUSE_EXAMPLES)]
pub(super) struct Pause {
    /// The listing's id, or six or more characters of its beginning
    #[arg(value_name = "ID")]
    id: String,
    /// Its first day [default: today]
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// The day on which requests are welcome again [default: when it is resumed]
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
}

/// End a pause: requests are welcome again
#[derive(Debug, Args)]
#[command(after_long_help = RESUME_EXAMPLES)]
pub(super) struct Resume {
    /// The listing's id, or six or more characters of its beginning
    #[arg(value_name = "ID")]
    id: String,
}

impl Pause {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let path = format!("/listings/{}/pause", super::super::segment(&self.id)?);
        let answer = context.client()?.post(&path, &PauseInput { from: self.from, until: self.until })?;
        told(context, &answer)
    }
}

impl Resume {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let path = format!("/listings/{}/resume", super::super::segment(&self.id)?);
        told(context, &context.client()?.post(&path, &json!({}))?)
    }
}

fn told(context: &Context, answer: &Value) -> Result<(), Failure> {
    if context.output.answer(answer)? {
        return Ok(());
    }
    let listing: Listing = typed(answer)?;
    let (name, availability) = (clean(&listing.profile.display_name).to_string(), &listing.profile.availability);
    let dates = [("from", availability.from), ("until", availability.until)];
    let dates = dates.into_iter().filter_map(|(word, day)| Some(format!(" {word} {}", day?)));
    let what =
        if availability.status == AvailabilityStatus::Paused { "takes no requests" } else { "welcomes requests" };
    context.output.say(&format!("{name} {what}{}", dates.collect::<String>()));
    Ok(())
}
