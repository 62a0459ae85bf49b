//! One file per command. Each holds its arguments, the examples its help ends with, and what it does.

mod backup;
mod bench;
mod completions;
mod config;
mod demo;
mod doctor;
mod init;
mod intro;
mod mail;
mod man;
mod org;
mod peer;
mod person;
mod profile;
mod record;
mod repair;
mod rights;
mod search;
mod serve;
mod status;
mod sync;
mod trust;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::Failure;

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make the data folder of a new organisation: keys, token, configuration
    Init(init::Init),
    /// Run the node in the foreground
    Serve(serve::Serve),
    /// Run three organisations with 72 invented mentors on this machine
    Demo(demo::Demo),
    /// Say how the running node is
    Status(status::Status),
    /// Measure this machine, in a temporary folder
    Bench(bench::Bench),
    /// Look for what is wrong with folder, configuration, disk, clock and node
    Doctor(doctor::Doctor),
    /// Mentors listed here: add, import, confirm, publish, withdraw
    Profile(profile::Profile),
    /// Find mentors of all organisations shown here
    Search(search::Search),
    /// Ask mentors for a conversation, and answer for yours
    Intro(intro::Intro),
    /// Mail to mentors and mentees: what waits, what was sent
    Mail(mail::Mail),
    /// Organisations known here, and this one's own description
    Org(org::Org),
    /// Which organisations are shown here
    Trust(trust::Trust),
    /// Other nodes: tickets, joining, blocking
    Peer(peer::Peer),
    /// People who can sign in here: add, list, link, roles
    Person(person::PersonCommand),
    /// Requests about somebody's rights: those to answer here
    Rights(rights::Rights),
    /// Signed records: show, export, verify without a node
    Record(record::RecordCommand),
    /// How equal this node's records are to others'
    Sync(sync::Sync),
    /// Backups: create, verify, restore
    Backup(backup::Backup),
    /// Repair the store or the index of a stopped node, or say what is found
    Repair(repair::Repair),
    /// Check or show the configuration
    Config(config::Config),
    /// Print a completion script for a shell
    Completions(completions::Completions),
    /// Print the manual page, or write all of them
    Man(man::Man),
}

impl Command {
    /// Does it.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Init(command) => command.run(context),
            Self::Serve(command) => command.run(context),
            Self::Demo(command) => command.run(context),
            Self::Status(command) => command.run(context),
            Self::Bench(command) => command.run(context),
            Self::Doctor(command) => command.run(context),
            Self::Profile(command) => command.run(context),
            Self::Search(command) => command.run(context),
            Self::Intro(command) => command.run(context),
            Self::Mail(command) => command.run(context),
            Self::Org(command) => command.run(context),
            Self::Trust(command) => command.run(context),
            Self::Peer(command) => command.run(context),
            Self::Person(command) => command.run(context),
            Self::Rights(command) => command.run(context),
            Self::Record(command) => command.run(context),
            Self::Sync(command) => command.run(context),
            Self::Backup(command) => command.run(context),
            Self::Repair(command) => command.run(context),
            Self::Config(command) => command.run(context),
            Self::Completions(command) => command.run(context),
            Self::Man(command) => command.run(context),
        }
    }
}

/// One step of a path of the API: an id, or the beginning of one. Nothing else is sent, so that no id can lead to
/// another address.
fn segment(id: &str) -> Result<&str, Failure> {
    let id = id.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.';
    if !id.is_empty() && id.len() <= 128 && id.chars().all(plain) && id.trim_matches('.') == id {
        return Ok(id);
    }
    Err(Failure::usage(format!("`{id}` is not an id; ids have letters, digits and at most one dot")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_lead_to_another_address() {
        for id in ["", "..", "../trust", "a/b", "a?b", "a#b", "ä", "a b", "%2e%2e"] {
            assert!(segment(id).is_err(), "{id}");
        }
        assert_eq!(segment(" x7k2qd.abcdef "), Ok("x7k2qd.abcdef"));
    }
}
