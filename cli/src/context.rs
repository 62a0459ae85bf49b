//! What every command gets: the shared flags, where to print, and how to find folder and node.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use mentormesh_node::config::Config;
use mentormesh_node::folder::Folder;

use crate::client::Client;
use crate::failure::Failure;
use crate::globals::Globals;
use crate::output::Output;

/// The surroundings of one command.
#[derive(Debug)]
pub(crate) struct Context {
    /// The shared flags.
    pub(crate) globals: Globals,
    /// Where to print.
    pub(crate) output: Output,
    /// The whole command line, for those who describe it.
    pub(crate) grammar: fn() -> clap::Command,
}

impl Context {
    /// Looks at flags and terminal.
    pub(crate) fn new(globals: Globals, grammar: fn() -> clap::Command) -> Self {
        let output = Output::new(globals.json, globals.quiet);
        Self { globals, output, grammar }
    }

    /// The data folder: the flag, `$MENTORMESH_DATA`, systemd's `$STATE_DIRECTORY`, or the XDG data folder.
    pub(crate) fn folder(&self) -> Result<Folder, Failure> {
        let named = |variable: &str| std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
        let place = self.globals.data_dir.clone().or_else(|| named("MENTORMESH_DATA"));
        // systemd may name several, separated by colons; the first is the unit's own.
        let state = || {
            let all = named("STATE_DIRECTORY")?;
            all.to_str()?.split(':').next().map(PathBuf::from)
        };
        let usual = || etcetera::base_strategy::Xdg::new().ok().map(|xdg| xdg.data_dir().join("mentormesh"));
        let place = place.or_else(state).or_else(usual);
        place.map(Folder::new).ok_or_else(|| {
            Failure::usage("no data folder: neither --data-dir, MENTORMESH_DATA nor a home directory is set")
        })
    }

    /// The configuration of the data folder, or the file that was named in its place.
    pub(crate) fn config(&self, folder: &Folder) -> Result<Config, Failure> {
        Ok(Config::load(folder.path(), self.globals.config.as_deref())?)
    }

    /// A client of the running node.
    pub(crate) fn client(&self) -> Result<Client, Failure> {
        let said = |variable: &str| std::env::var(variable).ok().filter(|value| !value.is_empty());
        let folder = self.folder()?;
        let named = self.globals.node.clone().or_else(|| said("MENTORMESH_NODE"));
        let url = match &named {
            Some(url) => url.clone(),
            None => Self::running(&folder)?,
        };
        let token = match &self.globals.token_file {
            Some(file) => Some(read_token(file)?),
            None => said("MENTORMESH_TOKEN"),
        };
        let client = Client::new(&url)?;
        // The folder's own token goes to the folder's own node alone: never to a stranger who was named by --node, and not
        // to another node of this machine, which would refuse it where it answers without one.
        let both_named = self.globals.data_dir.is_some() && client.is_loopback();
        let own = || {
            named.is_none()
                || both_named
                || folder.run().is_some_and(|run| !run.is_stale() && client.leads_to(&run.http))
        };
        let token = match token {
            None if folder.token_file().exists() && own() => Some(folder.token()?),
            token => token,
        };
        Ok(client.with_token(token))
    }

    fn running(folder: &Folder) -> Result<String, Failure> {
        let place = crate::shell::quote(&folder.path().to_string_lossy());
        let start = format!("start it with: mentormesh serve --data-dir {place}");
        match folder.run() {
            Some(run) if !run.is_stale() => Ok(run.http),
            Some(run) => {
                let message =
                    format!("no node is running: process {} of {} has ended", run.pid, folder.path().display());
                Err(Failure::unreachable(message).hint(start))
            }
            None if folder.is_founded() => {
                let message = format!("no node is running for {}", folder.path().display());
                Err(Failure::unreachable(message).hint(start))
            }
            None => {
                let message = format!("there is no node in {}", folder.path().display());
                let make = "make one with `mentormesh init`, or name a running one with --node URL or --data-dir DIR";
                Err(Failure::unreachable(message).hint(make))
            }
        }
    }
}

fn read_token(file: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(file).map_err(|source| Failure::file("read", file, &source))?;
    Ok(text.trim().to_owned())
}
