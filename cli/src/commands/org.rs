//! `org`: organisations known here, and this one's own description.

use clap::{Args, Subcommand, ValueEnum};
use mentormesh_protocol::api::{List, OrganisationInput, OrganisationView, SealingKeyReplaced};
use mentormesh_protocol::record::BodyKind;
use serde_json::{Value, json};

use crate::client::{Client, typed};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::Table;

const EXAMPLES: &str = "Examples:
  mentormesh org list
  mentormesh org show
  mentormesh org edit --website https://example.org";
const SHOW_EXAMPLES: &str = "Examples:
  mentormesh org show
  mentormesh org show x7k2qd
  mentormesh org show --json | jq -r '.signing_keys[0].key'";
const LIST_EXAMPLES: &str = "Examples:
  mentormesh org list
  mentormesh org list --json | jq -r '.items[].name'";
const EDIT_EXAMPLES: &str = "Examples:
  mentormesh org edit --name \"Institute of Example Practice\"
  mentormesh org edit --complaints mailto:complaints@example.org
  mentormesh org edit --website \"\"
  mentormesh org edit --relay x7k2qd --relay abcdef
  mentormesh org edit --relay \"\"";
const ROTATE_EXAMPLES: &str = "Examples:
  mentormesh org rotate --sealing";

/// Organisations known here, and this one's own description
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Org {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// One organisation: description, keys, nodes, standing
    #[command(after_long_help = SHOW_EXAMPLES)]
    Show {
        /// Its id, or six or more characters of its beginning [default: this node's own]
        #[arg(value_name = "ORGANISATION")]
        organisation: Option<String>,
    },
    /// Every organisation known here
    #[command(after_long_help = LIST_EXAMPLES)]
    List,
    /// Change this organisation's own description; an empty text removes what it replaces
    #[command(after_long_help = EDIT_EXAMPLES)]
    Edit(Edit),
    /// Replace a key of this organisation's node while it runs
    #[command(after_long_help = ROTATE_EXAMPLES)]
    Rotate {
        /// The key that letters to this organisation are sealed to; letters on their way are still opened
        #[arg(long, required = true)]
        sealing: bool,
    },
}

#[derive(Debug, Args)]
struct Edit {
    /// Its name
    #[arg(long)]
    name: Option<String>,
    /// What sort of body it is
    #[arg(long, value_enum)]
    kind: Option<BodyWord>,
    /// Two-letter country of its seat
    #[arg(long)]
    country: Option<String>,
    /// Its website, https
    #[arg(long, value_name = "URL")]
    website: Option<String>,
    /// Where its privacy notice is; empty for the node's own plain one
    #[arg(long, value_name = "URL")]
    privacy_notice: Option<String>,
    /// Where complaints go, https or mailto; empty for the node's own page
    #[arg(long, value_name = "URL")]
    complaints: Option<String>,
    /// An organisation that keeps letters while no node of this one is reachable; repeat it up to three times, or
    /// give an empty text for none
    #[arg(long, value_name = "ORGANISATION")]
    relay: Vec<String>,
}

/// A sort of body, as flags take it.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum BodyWord {
    /// Its members practise a profession
    #[value(name = "professional_body", alias = "professional-body")]
    ProfessionalBody,
    /// It trains mentors
    #[value(name = "training_provider", alias = "training-provider")]
    TrainingProvider,
    /// An employer with a mentoring scheme
    Employer,
    /// A network of people
    Network,
    /// A charity
    Charity,
}

impl From<BodyWord> for BodyKind {
    fn from(word: BodyWord) -> Self {
        match word {
            BodyWord::ProfessionalBody => Self::ProfessionalBody,
            BodyWord::TrainingProvider => Self::TrainingProvider,
            BodyWord::Employer => Self::Employer,
            BodyWord::Network => Self::Network,
            BodyWord::Charity => Self::Charity,
        }
    }
}

const fn kind_words(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::ProfessionalBody => "professional body",
        BodyKind::TrainingProvider => "training provider",
        BodyKind::Employer => "employer",
        BodyKind::Network => "network",
        BodyKind::Charity => "charity",
    }
}

impl Org {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        match &self.act {
            Act::Show { organisation } => {
                let client = context.client()?;
                let answer = match organisation {
                    Some(id) => client.get(&format!("/organisations/{}", super::segment(id)?))?,
                    None => own(&client)?,
                };
                if context.output.answer(&answer)? { Ok(()) } else { show(context, &typed(&answer)?) }
            }
            Act::List => {
                let answer = context.client()?.get("/organisations")?;
                if context.output.answer(&answer)? { Ok(()) } else { list(context, &typed(&answer)?) }
            }
            Act::Edit(edit) => {
                let input = edit.input()?;
                let answer = context.client()?.put("/organisations/self", &input, None)?;
                if context.output.answer(&answer)? { Ok(()) } else { show(context, &typed(&answer)?) }
            }
            Act::Rotate { sealing: _ } => {
                let answer = context.client()?.post("/organisations/self/sealing-key", &json!({}))?;
                if context.output.answer(&answer)? { Ok(()) } else { replaced(context, &typed(&answer)?) }
            }
        }
    }
}

impl Edit {
    fn input(&self) -> Result<OrganisationInput, Failure> {
        let input = OrganisationInput {
            name: self.name.clone(),
            kind: self.kind.map(Into::into),
            country: self.country.clone(),
            website: self.website.clone(),
            privacy_notice: self.privacy_notice.clone(),
            complaints: self.complaints.clone(),
            relays: (!self.relay.is_empty())
                .then(|| self.relay.iter().filter(|relay| !relay.trim().is_empty()).cloned().collect()),
        };
        if input == OrganisationInput::default() {
            return Err(Failure::usage("nothing to change; name at least one field, like --website URL"));
        }
        Ok(input)
    }
}

/// This node's own organisation, as the list of all of them has it.
fn own(client: &Client) -> Result<Value, Failure> {
    let list: List<Value> = typed(&client.get("/organisations")?)?;
    let own = list.items.into_iter().find(|item| item.get("own").and_then(Value::as_bool) == Some(true));
    own.ok_or_else(|| Failure::failed("the node names no organisation of its own; see `mentormesh status`"))
}

fn replaced(context: &Context, replaced: &SealingKeyReplaced) -> Result<(), Failure> {
    context.output.line(&replaced.key.to_string())?;
    let day = replaced.before_opens_until.date();
    context.output.say(&format!("letters sealed to the key before it are opened until {day}; back up keys/ again"));
    if !replaced.published {
        context.output.say("the card that says so is signed as soon as this node may sign: mentormesh status");
    }
    Ok(())
}

fn show(context: &Context, view: &OrganisationView) -> Result<(), Failure> {
    let mut table = Table::fields();
    table.field("name", &view.name);
    table.field("id", view.id.to_string());
    table.field("kind", view.kind.map(kind_words).unwrap_or_default());
    table.field("country", view.country.clone().unwrap_or_default());
    table.field("website", view.website.clone().unwrap_or_default());
    table.field("privacy notice", view.privacy_notice.clone().unwrap_or_default());
    table.field("complaints", view.complaints.clone().unwrap_or_default());
    let shown = if view.shown { "yes" } else { "no" };
    table.field("shown", format!("{shown}: {}", view.why));
    table.field("disputed", if view.disputed { "yes: its chain of keys forks where no rule decides" } else { "" });
    let counted = |count: u64, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
    table.field("holdings", format!("{}, {}", counted(view.mentors, "mentor"), counted(view.records, "record")));
    for key in &view.signing_keys {
        let state = match (key.compromised, key.retired_at) {
            (true, _) => "compromised".to_owned(),
            (false, Some(at)) => format!("retired {at}"),
            (false, None) => format!("since {}", key.from),
        };
        table.field("signing key", format!("{} ({state})", key.key));
    }
    for sealing in &view.sealing_keys {
        table.field("sealing key", format!("{} (until {})", sealing.key, sealing.use_until.date()));
    }
    let relays = view.relays.iter().map(|relay| format!("{} ({})", relay.name, relay.id.short()));
    table.field("relays", relays.collect::<Vec<_>>().join("\n"));
    let nodes: Vec<_> = view.nodes.iter().map(ToString::to_string).collect();
    table.field("nodes", nodes.join("\n"));
    context.output.table(table)
}

fn list(context: &Context, organisations: &List<OrganisationView>) -> Result<(), Failure> {
    let mut table = Table::new(&["id", "organisation", "kind", "country", "shown", "mentors", "nodes"]);
    for view in &organisations.items {
        let shown = match (view.own, view.shown) {
            (true, _) => "our own",
            (false, true) => "yes",
            (false, false) => "no",
        };
        table.row([
            view.id.short(),
            view.name.clone(),
            view.kind.map(kind_words).unwrap_or_default().to_owned(),
            view.country.clone().unwrap_or_default(),
            shown.to_owned(),
            view.mentors.to_string(),
            view.nodes.len().to_string(),
        ]);
    }
    context.output.table(table)
}
