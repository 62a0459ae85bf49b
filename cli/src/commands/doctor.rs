//! `doctor`: looks for what is wrong with folder, keys, configuration, disk, clock and node, and says what to do.

use clap::Args;
use mentormesh_node::clock::Clock;
use mentormesh_node::config::Config;
use mentormesh_node::folder::{Folder, FolderError};
use mentormesh_node::repair::look;
use mentormesh_protocol::api::Status;
use serde::Serialize;
use serde_json::json;

use super::repair::said;
use crate::client::typed;
use crate::context::Context;
use crate::failure::{Failure, FailureKind};
use crate::output::{Paint, clean};

const EXAMPLES: &str = "Examples:
  mentormesh doctor
  mentormesh doctor --json | jq '.checks[] | select(.outcome == \"wrong\")'
  mentormesh doctor --data-dir /var/lib/mentormesh";

/// Below this a node may refuse writes soon: the index needs room to merge.
const LITTLE_SPACE: u64 = 512 * 1024 * 1024;
/// Below this it will.
const NO_SPACE: u64 = 64 * 1024 * 1024;
/// No record is older than this software: a clock before it (2026-01-01) was never set.
const EARLIEST: u64 = 1_767_225_600_000;
/// A clock after this (2100-01-01) was set wrongly.
const LATEST: u64 = 4_102_444_800_000;

/// Look for what is wrong with folder, configuration, disk, clock and node
///
/// Reads and changes nothing. A node need not be running. Exits with 1 if anything is wrong.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Doctor {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Well,
    Mind,
    Wrong,
}

#[derive(Debug, Serialize)]
struct Check {
    what: &'static str,
    outcome: Outcome,
    said: String,
}

impl Check {
    fn new(what: &'static str, outcome: Outcome, said: impl Into<String>) -> Self {
        Self { what, outcome, said: said.into() }
    }

    fn of<E: std::fmt::Display>(what: &'static str, result: Result<String, E>) -> Self {
        match result {
            Ok(said) => Self::new(what, Outcome::Well, said),
            Err(problem) => Self::new(what, Outcome::Wrong, problem.to_string()),
        }
    }

    fn line(&self, paint: Paint) -> String {
        let mark = match self.outcome {
            Outcome::Well => paint.good("well "),
            Outcome::Mind => paint.bold("mind "),
            Outcome::Wrong => paint.alarm("wrong"),
        };
        format!("{mark}  {:<13}  {}", self.what, clean(&self.said))
    }
}

impl Doctor {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let folder = context.folder()?;
        let mut checks = vec![Check::of("folder", folder.founded().map(|()| folder.path().display().to_string()))];
        if folder.is_founded() {
            checks.push(Check::of(
                "keys",
                folder.keys().map(|keys| format!("present and private; peer {}", keys.peer())),
            ));
            checks.push(Check::of("token", folder.token().map(|_| "present and private".to_owned())));
            checks.push(disk(&folder));
        }
        let config = Config::load(folder.path(), context.globals.config.as_deref());
        checks.push(Check::of("configuration", config.map(|config| format!("network {}", config.network.name))));
        checks.push(clock());
        if folder.is_founded() {
            checks.extend(node(context, &folder));
        }
        let wrong = checks.iter().filter(|check| check.outcome == Outcome::Wrong).count();
        if context.output.is_json() {
            context.output.json(&json!({ "ok": wrong == 0, "checks": checks }))?;
        } else {
            for check in &checks {
                context.output.line(&check.line(context.output.paint))?;
            }
        }
        if wrong == 0 {
            Ok(())
        } else {
            Err(Failure::failed(format!("{wrong} of {} checks found something wrong", checks.len())))
        }
    }
}

fn disk(folder: &Folder) -> Check {
    let said = |free: u64| format!("{} MB free", free / 1024 / 1024);
    match folder.free_bytes() {
        Ok(free) if free < NO_SPACE => {
            Check::new("disk", Outcome::Wrong, format!("{}: writes will fail; free some space", said(free)))
        }
        Ok(free) if free < LITTLE_SPACE => {
            Check::new("disk", Outcome::Mind, format!("{}: free some space soon", said(free)))
        }
        Ok(free) => Check::new("disk", Outcome::Well, said(free)),
        Err(problem) => Check::new("disk", Outcome::Wrong, problem.to_string()),
    }
}

/// Whether the time can be right at all; whether it agrees with others' the running node says.
fn clock() -> Check {
    let now = Clock::system().now();
    let sane = (EARLIEST..LATEST).contains(&now.0);
    let outcome = if sane { Outcome::Well } else { Outcome::Wrong };
    let advice = if sane { "" } else { ": set this machine's clock, nothing can be signed by it" };
    Check::new("clock", outcome, format!("{now}{advice}"))
}

/// Whether a node runs, and what it says of itself. None running is no fault.
fn node(context: &Context, folder: &Folder) -> Vec<Check> {
    let held = match folder.lock() {
        Ok(lock) => {
            drop(lock);
            false
        }
        Err(FolderError::InUse { .. }) => true,
        Err(problem) => return vec![Check::new("lock", Outcome::Wrong, problem.to_string())],
    };
    let answer = context.client().and_then(|client| client.get("/status"));
    match answer {
        Ok(answer) => match typed::<Status>(&answer) {
            Ok(status) => states(&status),
            Err(failure) => vec![Check::new("node", Outcome::Wrong, failure.message)],
        },
        Err(failure) if failure.kind == FailureKind::Unreachable && !held => {
            let start = failure.hints.first().map(String::as_str).unwrap_or_default();
            let mut checks = vec![Check::new("node", Outcome::Mind, format!("not running; {start}"))];
            checks.extend(resting(folder));
            checks
        }
        Err(failure) if failure.kind == FailureKind::Unreachable => {
            let said = format!("a process holds the folder but does not answer: {}", failure.message);
            vec![Check::new("node", Outcome::Wrong, said)]
        }
        Err(failure) => vec![Check::new("node", Outcome::Wrong, failure.message)],
    }
}

/// What lies in the folder of a node that does not run.
fn resting(folder: &Folder) -> Vec<Check> {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(problem) => return vec![Check::new("repair", Outcome::Wrong, problem.to_string())],
    };
    match runtime.block_on(look(folder)) {
        Ok(findings) => findings
            .iter()
            .map(|finding| {
                let outcome = if finding.wrong { Outcome::Wrong } else { Outcome::Well };
                Check::new(finding.part, outcome, said(finding))
            })
            .collect(),
        Err(problem) => vec![Check::new("repair", Outcome::Wrong, problem.to_string())],
    }
}

/// A state's word leads to its page; anything longer explains itself.
fn state(word: &str) -> Check {
    let advice = if word.contains(' ') { String::new() } else { format!(": see `{word}` in docs/OPERATING.md") };
    Check::new("state", Outcome::Mind, format!("{word}{advice}"))
}

fn states(status: &Status) -> Vec<Check> {
    let outcome = if status.ready { Outcome::Well } else { Outcome::Wrong };
    let said = format!(
        "version {}, {} peers connected, {} records",
        status.version,
        status.peers,
        status.records.own + status.records.others
    );
    let mut checks = vec![Check::new("node", outcome, said)];
    checks.extend(status.states.iter().map(|word| state(word)));
    if status.version != env!("CARGO_PKG_VERSION") {
        let said = format!("the node is {}, this command {}", status.version, env!("CARGO_PKG_VERSION"));
        checks.push(Check::new("version", Outcome::Mind, said));
    }
    checks
}
