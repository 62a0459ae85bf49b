//! `peer`: other nodes. A ticket tells where one is and whose it is; it confers no trust.

use clap::{Args, Subcommand};
use mentormesh_protocol::api::{Joined, List, PeerView, TicketView};
use mentormesh_protocol::ticket::Ticket;
use serde_json::{Value, json};

use crate::client::{Client, typed};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Table, clean};

const EXAMPLES: &str = "Examples:
  mentormesh peer ticket
  mentormesh peer join mmt1abcdef --pin
  mentormesh peer list";
const TICKET_EXAMPLES: &str = "Examples:
  mentormesh peer ticket
  mentormesh peer ticket > our-ticket.txt";
const JOIN_EXAMPLES: &str = "Examples:
  mentormesh peer join mmt1abcdef
  mentormesh peer join mmt1abcdef --pin";
const LIST_EXAMPLES: &str = "Examples:
  mentormesh peer list
  mentormesh peer list --json | jq '.items[] | select(.connected)'";
const BLOCK_EXAMPLES: &str = "Examples:
  mentormesh peer block 12D3KooWabcdef";
const UNBLOCK_EXAMPLES: &str = "Examples:
  mentormesh peer unblock 12D3KooWabcdef";

/// Other nodes: tickets, joining, blocking
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Peer {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Print this node's ticket, to give to another operator
    #[command(after_long_help = TICKET_EXAMPLES)]
    Ticket,
    /// Connect to the node of a ticket; it must prove whose it is
    #[command(after_long_help = JOIN_EXAMPLES)]
    Join {
        /// The ticket that the other operator gave you
        #[arg(value_name = "TICKET")]
        ticket: String,
        /// Show its organisation's mentors, and send it ours
        #[arg(long)]
        pin: bool,
    },
    /// Nodes that this one knows
    #[command(after_long_help = LIST_EXAMPLES)]
    List,
    /// Take no connection of this node any more
    #[command(after_long_help = BLOCK_EXAMPLES)]
    Block {
        /// The peer's id, or the beginning of it
        #[arg(value_name = "PEER")]
        peer: String,
    },
    /// Take connections of this node again
    #[command(after_long_help = UNBLOCK_EXAMPLES)]
    Unblock {
        /// The peer's id, or the beginning of it
        #[arg(value_name = "PEER")]
        peer: String,
    },
}

impl Peer {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        match &self.act {
            Act::Ticket => {
                let answer = client.post("/peers/ticket", &json!({}))?;
                if context.output.answer(&answer)? {
                    return Ok(());
                }
                let view: TicketView = typed(&answer)?;
                context.output.line(&view.ticket)?;
                context.output.say("give it to the other operator: mentormesh peer join TICKET");
                Ok(())
            }
            Act::Join { ticket, pin } => join(context, &client, ticket, *pin),
            Act::List => {
                let answer = client.get("/peers")?;
                if context.output.answer(&answer)? { Ok(()) } else { list(context, &typed(&answer)?) }
            }
            Act::Block { peer } => set_blocked(context, &client, peer, true),
            Act::Unblock { peer } => set_blocked(context, &client, peer, false),
        }
    }
}

fn join(context: &Context, client: &Client, ticket: &str, pin: bool) -> Result<(), Failure> {
    // A damaged ticket is found here, before a node is bothered.
    ticket.parse::<Ticket>().map_err(|problem| Failure::usage(problem.to_string()))?;
    let answer = client.post("/peers", &json!({ "ticket": ticket.trim(), "pin": pin }))?;
    if context.output.answer(&answer)? {
        return Ok(());
    }
    let joined: Joined = typed(&answer)?;
    let name = clean(&joined.organisation.name);
    context.output.line(&format!(
        "joined a node of {} ({})",
        context.output.paint.bold(&name),
        joined.organisation.id
    ))?;
    let pinned = if joined.pinned { "pinned: its mentors are shown here, and yours are sent to it" } else { "" };
    for line in [pinned, joined.next.as_str()].into_iter().filter(|line| !line.is_empty()) {
        context.output.line(&clean(line))?;
    }
    Ok(())
}

fn list(context: &Context, peers: &List<PeerView>) -> Result<(), Failure> {
    if peers.items.is_empty() {
        return context.output.line("no peer yet; join one with `mentormesh peer join TICKET`");
    }
    let mut table = Table::new(&["peer", "organisation", "state", "last seen", "addresses"]);
    for peer in &peers.items {
        let organisation = peer.organisation.as_ref().map_or("not proven", |organisation| organisation.name.as_str());
        let mut state = vec![match (peer.blocked, peer.connected) {
            (true, _) => "blocked",
            (false, true) => "connected",
            (false, false) => "away",
        }];
        state.extend(peer.admitted.then_some("gets our records"));
        state.extend(peer.shows_us.map(|shows| if shows { "shows us" } else { "does not show us" }));
        state.extend(peer.problem.as_deref());
        let seen = peer.last_seen.map(|at| at.to_string()).unwrap_or_default();
        let addresses = peer.addresses.join(" ");
        table.row([peer.id.to_string(), organisation.to_owned(), state.join(", "), seen, addresses]);
    }
    context.output.table(table)
}

fn set_blocked(context: &Context, client: &Client, peer: &str, blocked: bool) -> Result<(), Failure> {
    let answer: Value =
        client.put(&format!("/peers/{}", super::segment(peer)?), &json!({ "blocked": blocked }), None)?;
    if !context.output.answer(&answer)? {
        let now = if blocked { "blocked: no connection of it is taken" } else { "unblocked: it may connect again" };
        context.output.say(now);
    }
    Ok(())
}
