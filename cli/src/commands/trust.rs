//! `trust`: which organisations are shown here, and thereby whom this node sends its own mentors to.

use clap::{Args, Subcommand, ValueEnum};
use mentormesh_protocol::api::{Standing, TrustPolicy, TrustRequest, TrustView};
use mentormesh_protocol::ticket::Ticket;
use serde_json::json;

use super::status::policy_words;
use crate::client::typed;
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Table, clean};

const EXAMPLES: &str = "Examples:
  mentormesh trust show
  mentormesh trust pin mmt1abcdef
  mentormesh trust block x7k2qd";
const SHOW_EXAMPLES: &str = "Examples:
  mentormesh trust show
  mentormesh trust show --json";
const SET_EXAMPLES: &str = "Examples:
  mentormesh trust set closed
  mentormesh trust set open";
const PIN_EXAMPLES: &str = "Examples:
  mentormesh trust pin mmt1abcdef
  mentormesh trust pin x7k2qd";
const UNPIN_EXAMPLES: &str = "Examples:
  mentormesh trust unpin x7k2qd";
const BLOCK_EXAMPLES: &str = "Examples:
  mentormesh trust block x7k2qd";
const UNBLOCK_EXAMPLES: &str = "Examples:
  mentormesh trust unblock x7k2qd";

/// Which organisations are shown here
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Trust {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// The policy, and every organisation's standing with the reason
    #[command(after_long_help = SHOW_EXAMPLES)]
    Show,
    /// Change the policy
    #[command(after_long_help = SET_EXAMPLES)]
    Set {
        /// closed: pinned ones alone; recognised: and those they vouch for; open: all that are not blocked
        #[arg(value_enum)]
        policy: Policy,
    },
    /// Show an organisation's mentors here, and send it ours
    #[command(after_long_help = PIN_EXAMPLES)]
    Pin(Whom),
    /// Take a pin back; without another reason its mentors leave at once
    #[command(after_long_help = UNPIN_EXAMPLES)]
    Unpin(Whom),
    /// Show nothing of an organisation, send it nothing, and remove what is here
    #[command(after_long_help = BLOCK_EXAMPLES)]
    Block(Whom),
    /// Take a block back
    #[command(after_long_help = UNBLOCK_EXAMPLES)]
    Unblock(Whom),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Policy {
    Closed,
    Recognised,
    Open,
}

impl From<Policy> for TrustPolicy {
    fn from(policy: Policy) -> Self {
        match policy {
            Policy::Closed => Self::Closed,
            Policy::Recognised => Self::Recognised,
            Policy::Open => Self::Open,
        }
    }
}

#[derive(Debug, Args)]
struct Whom {
    /// The organisation's id, six or more characters of its beginning, or a ticket; never a name
    #[arg(value_name = "ORGANISATION|TICKET")]
    organisation: String,
}

impl Trust {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        match &self.act {
            Act::Show => {
                let answer = context.client()?.get("/trust")?;
                if context.output.answer(&answer)? { Ok(()) } else { show(context, &typed(&answer)?) }
            }
            Act::Set { policy } => {
                let request = TrustRequest { policy: (*policy).into() };
                let answer = context.client()?.put("/trust", &request, None)?;
                if !context.output.answer(&answer)? {
                    context.output.say(policy_words((*policy).into()));
                }
                Ok(())
            }
            Act::Pin(whom) => whom.set(context, Standing::Pinned),
            Act::Block(whom) => whom.set(context, Standing::Blocked),
            Act::Unpin(whom) => whom.take_back(context, Standing::Pinned),
            Act::Unblock(whom) => whom.take_back(context, Standing::Blocked),
        }
    }
}

impl Whom {
    /// The id, or the beginning of one; a ticket names its own.
    fn id(&self) -> Result<String, Failure> {
        let text = self.organisation.trim();
        if text.starts_with("mmt1") {
            let ticket: Ticket = text.parse().map_err(|problem| Failure::usage(format!("{problem}")))?;
            return Ok(ticket.organisation.to_string());
        }
        let base32 = |c: char| c.is_ascii_lowercase() || ('2'..='7').contains(&c);
        if (6..=52).contains(&text.len()) && text.chars().all(base32) {
            return Ok(text.to_owned());
        }
        Err(Failure::usage(format!("`{text}` is neither an organisation's id nor a ticket"))
            .hint("an id has 52 characters of a-z and 2-7, of which the first six or more are enough")
            .hint("names are never taken here, because two organisations can have the same; see `mentormesh org list`"))
    }

    fn set(&self, context: &Context, standing: Standing) -> Result<(), Failure> {
        let path = format!("/trust/{}", self.id()?);
        let answer = context.client()?.put(&path, &json!({ "standing": standing }), None)?;
        if context.output.answer(&answer)? {
            return Ok(());
        }
        let now = match standing {
            Standing::Pinned => "pinned: its mentors are shown here, and yours are sent to it when it is reached",
            Standing::Blocked => "blocked: nothing of it is shown or kept here, and nothing is sent to it",
            Standing::None => "neither pinned nor blocked: the policy decides",
        };
        context.output.say(now);
        Ok(())
    }

    /// Unpinning what is blocked must not lift the block, nor the other way round.
    fn take_back(&self, context: &Context, expected: Standing) -> Result<(), Failure> {
        let id = self.id()?;
        let view: TrustView = typed(&context.client()?.get("/trust")?)?;
        let found = view.organisations.iter().find(|organisation| organisation.id.to_string().starts_with(&id));
        match found {
            Some(organisation) if organisation.standing != expected => {
                let word = if expected == Standing::Pinned { "pinned" } else { "blocked" };
                context.output.say(&format!("{} was not {word}; nothing was changed", clean(&organisation.name)));
                if context.output.is_json() { context.output.json(organisation) } else { Ok(()) }
            }
            Some(_) | None => self.set(context, Standing::None),
        }
    }
}

fn show(context: &Context, view: &TrustView) -> Result<(), Failure> {
    context.output.line(policy_words(view.policy))?;
    for hidden in &view.hidden {
        let why = if hidden.why.is_empty() { String::new() } else { format!(": {}", clean(&hidden.why)) };
        context.output.line(&format!("hidden since {}: {}{why}", hidden.since.date(), hidden.id))?;
    }
    if view.organisations.is_empty() {
        return context
            .output
            .line("no other organisation is known yet; join a node with `mentormesh peer join TICKET`");
    }
    let mut table = Table::new(&["id", "organisation", "shown", "why", "mentors"]);
    for organisation in &view.organisations {
        table.row([
            organisation.id.short(),
            organisation.name.clone(),
            if organisation.shown { "yes" } else { "no" }.to_owned(),
            organisation.why.clone(),
            organisation.mentors.to_string(),
        ]);
    }
    context.output.table(table)
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::{OrganisationId, PeerId, PublicKey};

    use super::*;

    fn id_of(text: &str) -> Result<String, Failure> {
        Whom { organisation: text.to_owned() }.id()
    }

    #[test]
    fn an_id_a_beginning_or_a_ticket_names_an_organisation() {
        let id = OrganisationId([7; 32]);
        assert_eq!(id_of(&id.to_string()), Ok(id.to_string()));
        assert_eq!(id_of("x7k2qd"), Ok("x7k2qd".to_owned()));
        let ticket = Ticket {
            network: "main".to_owned(),
            organisation: id,
            peer: PeerId(PublicKey([9; 32])),
            addresses: vec!["/ip4/127.0.0.1/tcp/4101".to_owned()],
        };
        assert_eq!(id_of(&ticket.to_string()), Ok(id.to_string()));
    }

    #[test]
    fn a_name_is_refused_because_two_can_have_it() {
        for name in ["Institute of Example Practice", "short", "Mallory", "mmt1broken"] {
            let refused = id_of(name).expect_err(name);
            assert_eq!(refused.kind, crate::FailureKind::Usage, "{name}");
        }
    }
}
