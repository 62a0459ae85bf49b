//! `mail`: what this node wrote to mentors and mentees. Without a mail server this is where it is read.

use clap::{Args, Subcommand, ValueEnum};
use mentormesh_protocol::api::{MailStanding, MailView};
use serde_json::json;

use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Table, clean};

const EXAMPLES: &str = "Examples:
  mentormesh mail list
  mentormesh mail show 7
  mentormesh mail test ada@example.org";
const LIST_EXAMPLES: &str = "Examples:
  mentormesh mail list
  mentormesh mail list --state given_up
  mentormesh mail list --json | jq -r '.items[] | [.id, .what] | @tsv'";
const SHOW_EXAMPLES: &str = "Examples:
  mentormesh mail show 7
  mentormesh mail show 7 --json | jq -r .html > mail.html
  mentormesh mail show 7 --json | jq -r .calendar > call.ics";
const RETRY_EXAMPLES: &str = "Examples:
  mentormesh mail retry 7";
const TEST_EXAMPLES: &str = "Examples:
  mentormesh mail test ada@example.org";

/// Mail to mentors and mentees: what waits, what was sent, what was given up
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Mail {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Mails of the last thirty days, newest first
    #[command(after_long_help = LIST_EXAMPLES)]
    List {
        /// Only those in this state
        #[arg(long)]
        state: Option<Standing>,
    },
    /// Read one mail, with the links in it; that somebody read it is written down
    #[command(after_long_help = SHOW_EXAMPLES)]
    Show {
        /// The mail's number
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Try a mail again now that waits or was given up
    #[command(after_long_help = RETRY_EXAMPLES)]
    Retry {
        /// The mail's number
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Send a mail that only shows that mail arrives
    #[command(after_long_help = TEST_EXAMPLES)]
    Test {
        /// The address
        #[arg(value_name = "ADDRESS")]
        to: String,
    },
}

/// The states, as they are typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Standing {
    Waiting,
    Sent,
    GivenUp,
}

impl Standing {
    const fn word(self) -> &'static str {
        match self {
            Self::Waiting => MailStanding::Waiting.as_str(),
            Self::Sent => MailStanding::Sent.as_str(),
            Self::GivenUp => MailStanding::GivenUp.as_str(),
        }
    }
}

impl Mail {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        match &self.act {
            Act::List { state } => list(context, *state),
            Act::Show { id } => {
                let answer = client.get(&format!("/mail/{}", super::segment(id)?))?;
                if context.output.answer(&answer)? { Ok(()) } else { show(context, &typed(&answer)?) }
            }
            Act::Retry { id } => {
                let answer = client.post(&format!("/mail/{}/retry", super::segment(id)?), &json!({}))?;
                if !context.output.answer(&answer)? {
                    let mail: MailView = typed(&answer)?;
                    context.output.say(&mail.problem.unwrap_or_else(|| {
                        "it is tried again now; see how it fares with `mentormesh mail list`".to_owned()
                    }));
                }
                Ok(())
            }
            Act::Test { to } => {
                let answer = client.post("/mail/test", &json!({ "to": to }))?;
                if context.output.answer(&answer)? {
                    return Ok(());
                }
                let mail: MailView = typed(&answer)?;
                context.output.line(&mail.id)?;
                let queued = || format!("queued; see how it fares with `mentormesh mail show {}`", mail.id);
                context.output.say(&mail.problem.unwrap_or_else(queued));
                Ok(())
            }
        }
    }
}

fn list(context: &Context, state: Option<Standing>) -> Result<(), Failure> {
    let filters: Vec<(&str, String)> = state.map(|state| ("state", state.word().to_owned())).into_iter().collect();
    let list = context.client()?.all("/mail", &filters)?;
    if context.output.is_json() {
        return context.output.json(&list);
    }
    if list.items.is_empty() {
        return context.output.line("no mail; it is written when something happens to an introduction");
    }
    let mut table = Table::new(&["id", "what", "to", "state", "queued", "tries", "problem"]);
    for item in &list.items {
        let mail: MailView = typed(item)?;
        table.row([
            mail.id,
            mail.what,
            mail.to,
            mail.state.as_str().to_owned(),
            mail.queued_at.to_string(),
            mail.attempts.to_string(),
            mail.problem.unwrap_or_default(),
        ]);
    }
    context.output.table(table)
}

fn show(context: &Context, mail: &MailView) -> Result<(), Failure> {
    let mut fields = Table::fields();
    let name = mail.name.as_deref().map(|name| format!("{name} ")).unwrap_or_default();
    fields.field("to", format!("{name}<{}>", mail.to));
    fields.field("subject", mail.subject.as_str());
    fields.field("state", mail.state.as_str());
    fields.field("queued", mail.queued_at.to_string());
    fields.field("tried next", mail.next_at.map(|at| at.to_string()).unwrap_or_default());
    fields.field("problem", mail.problem.clone().unwrap_or_default());
    context.output.table(fields)?;
    context.output.line("")?;
    for line in mail.text.as_deref().unwrap_or_default().lines() {
        context.output.line(&clean(line))?;
    }
    if let Some(calendar) = &mail.calendar {
        context.output.line("\nwith a part for calendars:\n")?;
        for line in calendar.lines() {
            context.output.line(&clean(line))?;
        }
    }
    Ok(())
}
