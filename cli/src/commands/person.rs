//! `person`: who can sign in at this node, and with which roles. Forgetting somebody is `person/forgotten.rs`.

mod forgotten;

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use mentormesh_protocol::api::{ErrorCode, Person, Problem, Role, SignInLink};
use mentormesh_protocol::record::Invalid;
use serde_json::{Value, json};

use crate::client::{Client, typed};
use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Table, clean};

const EXAMPLES: &str = "Examples:
  mentormesh person add --name \"Cy Cooper\" --email cy@example.org
  mentormesh person link cy@example.org
  mentormesh person roles cy@example.org --set registrar";
const ADD_EXAMPLES: &str = "Examples:
  mentormesh person add --name \"Cy Cooper\" --email cy@example.org
  mentormesh person add --name \"Di Duarte\" --email di@example.org \\
    --role registrar --role operator";
const LIST_EXAMPLES: &str = "Examples:
  mentormesh person list
  mentormesh person list --role registrar
  mentormesh person list --json | jq -r '.items[].email'";
const LINK_EXAMPLES: &str = "Examples:
  mentormesh person link cy@example.org
  mentormesh person link k3v9qa";
const ROLES_EXAMPLES: &str = "Examples:
  mentormesh person roles di@example.org
  mentormesh person roles di@example.org --set registrar --set operator
  mentormesh person roles di@example.org --none
  mentormesh person roles k3v9qa --disable";

const EXPORT_EXAMPLES: &str = "Examples:
  mentormesh person export cy@example.org --reason \"asked by letter\"
  mentormesh person export cy@example.org cy.json \\
      --reason \"request k3v9qa\"";
const ERASE_EXAMPLES: &str = "Examples:
  mentormesh person erase cy@example.org
  mentormesh person erase k3v9qa --yes";

/// How many people are asked for at once.
const PAGE: usize = 100;

/// Who can sign in at this node, and with which roles
///
/// A mentee needs no role, and a mentor is whoever has a listing with the same e-mail address. Mentors need not be added:
/// they can ask for a link themselves.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct PersonCommand {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Add somebody who can sign in
    #[command(after_long_help = ADD_EXAMPLES)]
    Add {
        /// Their name
        #[arg(long)]
        name: String,
        /// Their e-mail address, by which they sign in
        #[arg(long)]
        email: String,
        /// The language they read, like en or de-AT
        #[arg(long)]
        locale: Option<String>,
        /// A role: registrar, programme_lead, operator; several times for several
        #[arg(long = "role", value_parser = role)]
        roles: Vec<Role>,
    },
    /// Who can sign in
    #[command(after_long_help = LIST_EXAMPLES)]
    List {
        /// Only who has this role
        #[arg(long, value_parser = role)]
        role: Option<Role>,
    },
    /// Print a link that signs somebody in once, within fifteen minutes
    #[command(after_long_help = LINK_EXAMPLES)]
    Link {
        /// Their e-mail address, their id, or six or more characters of its beginning
        #[arg(value_name = "PERSON")]
        person: String,
    },
    /// Everything that this node holds about somebody, as one JSON document
    ///
    /// For whoever asks what is known of them, whether or not they ever signed in. That it was asked for, and why, is on
    /// the audit trail.
    #[command(after_long_help = EXPORT_EXAMPLES)]
    Export {
        /// Their e-mail address, their id, or six or more characters of its beginning
        #[arg(value_name = "PERSON")]
        person: String,
        /// Where to write it; without it, to the standard output
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        /// Why it is asked for, up to 200 characters; it is kept on the audit trail
        #[arg(long)]
        reason: String,
    },
    /// Forget everything about somebody, for good, and print what was removed
    ///
    /// Their listing goes off every node, open requests are taken back, and whoever waits for them is told no.
    #[command(after_long_help = ERASE_EXAMPLES)]
    Erase {
        /// Their e-mail address, their id, or six or more characters of its beginning
        #[arg(value_name = "PERSON")]
        person: String,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Show or set somebody's roles, bar them or let them in again
    #[command(after_long_help = ROLES_EXAMPLES)]
    Roles(Roles),
}

#[derive(Debug, Args)]
struct Roles {
    /// Their e-mail address, their id, or six or more characters of its beginning
    #[arg(value_name = "PERSON")]
    person: String,
    /// A role they have from now on; every other is taken away
    #[arg(long, value_parser = role, value_name = "ROLE")]
    set: Vec<Role>,
    /// Take every role away
    #[arg(long, conflicts_with = "set")]
    none: bool,
    /// Sign them out and let them in no more
    #[arg(long)]
    disable: bool,
    /// Let them in again
    #[arg(long, conflicts_with = "disable")]
    enable: bool,
}

fn role(word: &str) -> Result<Role, String> {
    word.parse().map_err(|invalid: Invalid| invalid.problem)
}

impl PersonCommand {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let client = context.client()?;
        match &self.act {
            Act::Add { name, email, locale, roles } => {
                let mut body = json!({ "name": name, "email": email, "roles": roles });
                if let (Some(tag), Some(fields)) = (locale, body.as_object_mut()) {
                    fields.insert("locale".to_owned(), json!(tag));
                }
                let answer = client.post("/people", &body)?;
                if context.output.answer(&answer)? {
                    return Ok(());
                }
                let person: Person = typed(&answer)?;
                context.output.line(&format!("{} {}", person.id, clean(&person.name)))?;
                context.output.say(&format!("print a link for them: mentormesh person link {}", person.id.short()));
                Ok(())
            }
            Act::List { role } => list(context, &client, *role),
            Act::Link { person } => {
                let answer = client.post(&format!("/people/{}/link", id(&client, person)?), &json!({}))?;
                if context.output.answer(&answer)? {
                    return Ok(());
                }
                let link: SignInLink = typed(&answer)?;
                context.output.line(&link.url)?;
                context.output.say(&format!("it works once, until {}; whoever has it is signed in", link.expires_at));
                Ok(())
            }
            Act::Export { person, file, reason } => export(context, &client, person, file.as_deref(), reason),
            Act::Erase { person, yes } => forgotten::erase(context, &client, person, *yes),
            Act::Roles(act) => act.run(context, &client),
        }
    }
}

impl Roles {
    fn run(&self, context: &Context, client: &Client) -> Result<(), Failure> {
        let mut body = serde_json::Map::new();
        if self.none || !self.set.is_empty() {
            body.insert("roles".to_owned(), json!(self.set));
        }
        if self.disable || self.enable {
            body.insert("disabled".to_owned(), json!(self.disable));
        }
        // Nothing to change is a question: the answer says how they stand.
        let answer = client.put(&format!("/people/{}", id(client, &self.person)?), &Value::Object(body), None)?;
        if context.output.answer(&answer)? {
            return Ok(());
        }
        let person: Person = typed(&answer)?;
        context.output.line(&format!("{} {}: {}", person.id, clean(&person.name), stands(&person)))
    }
}

fn list(context: &Context, client: &Client, role: Option<Role>) -> Result<(), Failure> {
    let mut filters = vec![("limit", PAGE.to_string())];
    filters.extend(role.map(|role| ("role", role.as_str().to_owned())));
    let list = client.all("/people", &filters)?;
    if context.output.is_json() {
        return context.output.json(&list);
    }
    if list.items.is_empty() {
        return context.output.line("nobody; add somebody with `mentormesh person add`");
    }
    let mut table = Table::new(&["id", "name", "email", "roles", "since"]);
    for item in &list.items {
        let person: Person = typed(item)?;
        let (stands, since) = (stands(&person), person.created_at.date().to_string());
        table.row([person.id.short(), person.name, person.email, stands, since]);
    }
    context.output.table(table)
}

/// Writes everything about somebody where it was asked for; a file is readable by its owner alone.
fn export(context: &Context, client: &Client, person: &str, file: Option<&Path>, reason: &str) -> Result<(), Failure> {
    let path = format!("/people/{}/export", whom(person)?);
    let answer = client.get_with(&path, &[("reason", reason.to_owned())])?;
    let Some(file) = file else { return context.output.json(&answer) };
    let text = serde_json::to_string_pretty(&answer).map_err(|error| Failure::failed(error.to_string()))?;
    let mut made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    made.write_all(text.as_bytes())?;
    context.output.say(&format!("written to {}, readable by you alone", file.display()));
    Ok(())
}

/// Whom somebody typed, as an address names them: an id as it is, an e-mail address with every other sign escaped.
fn whom(person: &str) -> Result<String, Failure> {
    let person = person.trim();
    if !person.contains('@') {
        return Ok(super::segment(person)?.to_owned());
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_@".contains(&byte);
    let escaped = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    Ok(person.bytes().map(escaped).collect())
}

/// Somebody's roles in words, and whether they are let in.
fn stands(person: &Person) -> String {
    let mut words: Vec<_> = person.roles.iter().map(|role| role.as_str()).collect();
    if words.is_empty() {
        words.push("no role");
    }
    words.extend(person.disabled.then_some("barred"));
    words.join(", ")
}

/// The id of whom somebody typed: by their address, or their id as it is.
fn id(client: &Client, person: &str) -> Result<String, Failure> {
    let person = person.trim();
    if !person.contains('@') {
        return Ok(super::segment(person)?.to_owned());
    }
    let found = client.get_with("/people", &[("email", person.to_owned())])?;
    let known = found.pointer("/items/0/id").and_then(Value::as_str).map(ToOwned::to_owned);
    known.ok_or_else(|| {
        let problem = Problem::new(ErrorCode::NotFound, format!("nobody here has the address {person}"));
        problem.with_next("add them: mentormesh person add").into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_one_person_whatever_signs_it_has() {
        let named = |person: &str| whom(person).ok();
        assert_eq!(named(" cy@example.org ").as_deref(), Some("cy@example.org"));
        assert_eq!(named("c/y?+z@example.org").as_deref(), Some("c%2Fy%3F%2Bz@example.org"));
        assert_eq!(named("k3v9qa").as_deref(), Some("k3v9qa"));
        assert_eq!(named("../mail"), None);
    }

    #[test]
    fn a_role_that_does_not_exist_is_refused_with_those_that_do() {
        assert!(role("mentor").is_err_and(|problem| problem.contains("programme_lead")));
        assert_eq!(role("registrar"), Ok(Role::Registrar));
    }
}
