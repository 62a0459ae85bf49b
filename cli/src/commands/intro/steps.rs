//! The steps of the two sides: `ask`, `explore`, `accept`, `decline` for the mentor; `answer`, `withdraw` for the
//! mentee.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use mentormesh_protocol::Date;
use mentormesh_protocol::api::{AcceptInput, Contact, DeclineInput, Introduction, StepInput, TextInput, WithdrawInput};
use mentormesh_protocol::introduction::DeclineReason;
use serde::Serialize;

use super::show::brief;
use super::wait::until;
use crate::client::{Client, typed};
use crate::context::Context;
use crate::failure::Failure;
use crate::prompt::{ask, confirm, somebody_is_there};

const ASK_EXAMPLES: &str = "Examples:
  mentormesh intro ask k3v9qa \"Which channels do you use today?\"";
const ANSWER_EXAMPLES: &str = "Examples:
  mentormesh intro answer k3v9qa \"A newsletter and a small blog.\"";
const EXPLORE_EXAMPLES: &str = "Examples:
  mentormesh intro explore k3v9qa";
const ACCEPT_EXAMPLES: &str = "Examples:
  mentormesh intro accept k3v9qa
  mentormesh intro accept k3v9qa \\
      --message \"Gladly. Tuesdays after five suit me.\"
  mentormesh intro accept k3v9qa --slot 2
  mentormesh intro accept k3v9qa \\
      --contact-email ada@example.org --contact-name \"Ada Okafor\" --wait";
const DECLINE_EXAMPLES: &str = "Examples:
  mentormesh intro decline k3v9qa --reason no_capacity
  mentormesh intro decline k3v9qa --reason timing --pause-until 2027-03-01
  mentormesh intro decline k3v9qa --reason someone_else_better \\
      --message \"Cy knows this far better.\" --refer x7k2qd.abcdef
  mentormesh intro decline k3v9qa --reason blocked \\
      --report \"Asked me to sit an exam for them.\"";
const WITHDRAW_EXAMPLES: &str = "Examples:
  mentormesh intro withdraw k3v9qa
  mentormesh intro withdraw k3v9qa --superseded";

/// Ask the mentee back before answering; for the mentor
///
/// At most three questions, one after the other. Each gives both sides a week more.
#[derive(Debug, Args)]
#[command(after_long_help = ASK_EXAMPLES)]
pub(super) struct Ask {
    /// The introduction's id, or six or more characters of its beginning
    #[arg(value_name = "ID")]
    id: String,
    /// The question, 1 to 1,200 characters
    #[arg(value_name = "TEXT")]
    text: Option<String>,
}

/// Answer the mentor's question; for the mentee
#[derive(Debug, Args)]
#[command(after_long_help = ANSWER_EXAMPLES)]
pub(super) struct Answer {
    /// The introduction's id, or six or more characters of its beginning
    #[arg(value_name = "ID")]
    id: String,
    /// The answer, 1 to 1,200 characters
    #[arg(value_name = "TEXT")]
    text: Option<String>,
}

/// Agree to a short first call before a yes or no; for the mentor
///
/// A yes or a no follows within thirty days of it.
#[derive(Debug, Args)]
#[command(after_long_help = EXPLORE_EXAMPLES)]
pub(super) struct Explore {
    /// The introduction's id, or six or more characters of its beginning
    #[arg(value_name = "ID")]
    id: String,
}

/// Say yes, and exchange contacts; for the mentor
///
/// The mentee gets the listing's contact, or the one given here; the mentee's comes back by itself. With --slot, both
/// get an invitation for their calendars.
#[derive(Debug, Args)]
#[command(after_long_help = ACCEPT_EXAMPLES)]
pub(super) struct Accept {
    /// The introduction's id, or six or more characters of its beginning
    #[arg(value_name = "ID")]
    id: String,
    /// A word to the mentee, up to 400 characters
    #[arg(long, value_name = "TEXT")]
    message: Option<String>,
    /// The number of the time that suits, of those that `intro show` lists
    #[arg(long, value_name = "N")]
    slot: Option<u8>,
    /// How to reach the mentor [default: the listing's contact]
    #[arg(long, value_name = "ADDRESS")]
    contact_email: Option<String>,
    /// The name to write to
    #[arg(long, value_name = "NAME", requires = "contact_email")]
    contact_name: Option<String>,
    /// Wait up to a minute for the mentee's contact
    #[arg(long)]
    wait: bool,
}

/// Say no, and why; for the mentor
///
/// The mentee is told the reason and the message, and may ask this mentor again after thirty days. The reason `blocked`
/// says that the mentor wants no further request of this person; that holds until `intro block lift`.
#[derive(Debug, Args)]
#[command(after_long_help = DECLINE_EXAMPLES)]
pub(super) struct Decline {
    /// The introduction's id, or six or more characters of its beginning
    #[arg(value_name = "ID")]
    id: String,
    /// Why, in one word
    #[arg(long, value_name = "REASON", value_parser = PossibleValuesParser::new(SAID).try_map(|word| word.parse::<DeclineReason>()))]
    reason: Option<DeclineReason>,
    /// A kind word, up to 400 characters
    #[arg(long, value_name = "TEXT")]
    message: Option<String>,
    /// The profile of somebody who may fit better
    #[arg(long, value_name = "PROFILE")]
    refer: Option<String>,
    /// With --reason blocked: what happened, for this organisation's own registrar; it never leaves this node
    #[arg(long, value_name = "TEXT")]
    report: Option<String>,
    /// Pause the mentor's listing at once, until the day on which requests are welcome again
    #[arg(long, value_name = "DATE")]
    pause_until: Option<Date>,
}

/// The reasons that a person gives; the node says by itself that somebody is no longer listed.
const SAID: [&str; 8] = [
    "no_capacity",
    "not_right_expertise",
    "timing",
    "conflict_of_interest",
    "language_or_mode",
    "someone_else_better",
    "other",
    "blocked",
];

/// Take a request back; for the mentee
///
/// As long as nobody said yes or no. The mentor is told that it was taken back, and nothing else; with --superseded,
/// that another mentor said yes.
#[derive(Debug, Args)]
#[command(after_long_help = WITHDRAW_EXAMPLES)]
pub(super) struct Withdraw {
    /// The introduction's id, or six or more characters of its beginning
    #[arg(value_name = "ID")]
    id: String,
    /// Because another mentor said yes
    #[arg(long)]
    superseded: bool,
}

impl Ask {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let text = text(self.text.as_ref(), "What do you want to know?")?;
        step(context, &context.client()?, &self.id, "question", &TextInput { text })
    }
}

impl Answer {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let text = text(self.text.as_ref(), "What do you answer?")?;
        step(context, &context.client()?, &self.id, "answer", &TextInput { text })
    }
}

impl Explore {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        step(context, &context.client()?, &self.id, "explore", &StepInput {})
    }
}

impl Accept {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        let email = self.contact_email.clone();
        let contact = email.map(|email| Contact { email, name: self.contact_name.clone() });
        let input = AcceptInput { message: self.message.clone(), contact, slot: self.slot };
        let mut answer = client.post(&path(&self.id, "accept")?, &input)?;
        if self.wait {
            let said: Introduction = typed(&answer)?;
            let meanwhile = "the yes is on its way, and the mentee's contact comes back by itself";
            answer = until(&client, &said.id, said.direction, meanwhile, |seen| {
                seen.contact.is_some() || seen.state != mentormesh_protocol::introduction::State::Accepted
            })?;
        }
        if context.output.answer(&answer)? { Ok(()) } else { told(context, &typed(&answer)?) }
    }
}

impl Decline {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        let reason = match self.reason {
            Some(reason) => reason,
            None if somebody_is_there() => {
                let word = ask(&format!("Why? One of {}", SAID.join(", ")), None)?;
                word.parse().map_err(|wrong: mentormesh_protocol::record::Invalid| Failure::usage(wrong.problem))?
            }
            None => {
                let problem = "a no needs its reason";
                return Err(Failure::usage(problem).hint(format!("give --reason, one of {}", SAID.join(", "))));
            }
        };
        let client = context.client()?;
        let referral = self.refer.as_ref().map(|text| super::profile(&client, text)).transpose()?;
        let (message, report) = (self.message.clone(), self.report.clone());
        let input = DeclineInput { reason, message, referral, report, pause_until: self.pause_until };
        step(context, &client, &self.id, "decline", &input)
    }
}

impl Withdraw {
    pub(super) fn run(&self, context: &Context) -> Result<(), Failure> {
        // A script means what it says; a person may have typed it in haste.
        if somebody_is_there() {
            confirm(false, "The request is taken back and cannot be sent again as it was.")?;
        }
        let input = WithdrawInput { superseded: self.superseded };
        step(context, &context.client()?, &self.id, "withdraw", &input)
    }
}

fn step(context: &Context, client: &Client, id: &str, step: &str, body: &impl Serialize) -> Result<(), Failure> {
    let answer = client.post(&path(id, step)?, body)?;
    if context.output.answer(&answer)? { Ok(()) } else { told(context, &typed(&answer)?) }
}

fn told(context: &Context, one: &Introduction) -> Result<(), Failure> {
    context.output.line(one.state.as_str())?;
    brief(context, one)
}

fn path(id: &str, step: &str) -> Result<String, Failure> {
    Ok(format!("/introductions/{}/{step}", super::super::segment(id)?))
}

/// What was typed, or what is answered when somebody is asked.
fn text(given: Option<&String>, question: &str) -> Result<String, Failure> {
    match given {
        Some(text) => Ok(text.clone()),
        None if somebody_is_there() => ask(question, None),
        None => Err(Failure::usage("nothing was said").hint("add the text in quotes after the id")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_can_give_every_reason_but_the_node_s_own() {
        let known: Vec<_> = DeclineReason::ALL
            .iter()
            .filter(|reason| **reason != DeclineReason::NoLongerListed)
            .map(|reason| reason.as_str())
            .collect();
        assert_eq!(known, SAID);
    }
}
