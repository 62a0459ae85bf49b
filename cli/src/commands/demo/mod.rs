//! `demo`: three organisations in one process, on real loopback sockets, with invented mentors.
//!
//! Owns the order of the show: say hello, start three nodes (`town.rs`), let them list and publish their people and
//! pin and join one another (`show.rs`), and print command lines to paste (`lines.rs`). Nothing here reaches around
//! the API: every step is one that a registrar could type.

mod lines;
mod show;
mod town;

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use serde_json::json;

use crate::context::Context;
use crate::failure::Failure;
use town::Town;

const EXAMPLES: &str = "Examples:
  mentormesh demo
  mentormesh demo --data-dir ~/mentormesh-demo";

/// Run three organisations with 72 invented mentors on this machine
///
/// Everything lies in a temporary folder and is gone after Ctrl-C. With --data-dir it is kept there, and the next
/// demo in that folder goes on where this one ended.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Demo {}

/// Where the demo's folders lie, and whether they go with it.
struct Stage {
    path: PathBuf,
    temporary: Option<tempfile::TempDir>,
}

impl Stage {
    /// Only the flag counts here: a demo must never move into the folder of a real node by an environment variable.
    fn open(context: &Context) -> Result<Self, Failure> {
        let Some(kept) = &context.globals.data_dir else {
            let temporary = tempfile::Builder::new().prefix("mentormesh-demo-").tempdir()?;
            return Ok(Self { path: temporary.path().to_owned(), temporary: Some(temporary) });
        };
        if mentormesh_node::folder::Folder::new(kept).is_founded() {
            let message = format!("{} is the data folder of a node", kept.display());
            return Err(Failure::usage(message).hint("name another folder for the demo, or none for a temporary one"));
        }
        std::fs::create_dir_all(kept).map_err(|source| Failure::file("make", kept, &source))?;
        let path = std::path::absolute(kept)?;
        Ok(Self { path, temporary: None })
    }
}

impl Demo {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        if !context.output.is_json() {
            context.output.line("Mentormesh demo: three organisations on this machine, starting …")?;
        }
        let stage = Stage::open(context)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let outcome = runtime.block_on(perform(context, &stage));
        runtime.shutdown_timeout(Duration::from_millis(500));
        if let Some(temporary) = stage.temporary {
            temporary.close()?;
        }
        outcome
    }
}

async fn perform(context: &Context, stage: &Stage) -> Result<(), Failure> {
    let stop = super::serve::stop_signal()?;
    tokio::pin!(stop);
    // Ctrl-C meanwhile is not lost: a node that is half up could not be stopped cleanly, and starting is short.
    let mut town = Town::start(context, &stage.path).await?;
    let shown = tokio::select! {
        shown = present(context, &town, stage) => shown,
        () = &mut stop => Ok(false),
    };
    if let Ok(true) = shown {
        stop.await;
    }
    context.output.say("leaving");
    town.stop().await;
    shown.map(|_| ())
}

/// Sets everything up and prints what to do with it; `true` once it stands.
async fn present(context: &Context, town: &Town, stage: &Stage) -> Result<bool, Failure> {
    let output = context.output.clone();
    let places = town.places();
    // The client waits for its answers, so it gets a thread of its own.
    let ready = tokio::task::spawn_blocking(move || show::prepare(&output, &places)).await;
    let ready = ready.map_err(|problem| Failure::failed(format!("the demo broke off: {problem}")))??;
    let binary = std::env::current_exe()?;
    let lines = lines::lines(&binary, &town.places(), &ready);
    if context.output.is_json() {
        let nodes: Vec<_> = town.places().iter().map(show::Place::as_json).collect();
        context.output.json(&json!({ "nodes": nodes, "commands": lines, "mentors": ready.mentors }))?;
        return Ok(true);
    }
    let kept = if stage.temporary.is_some() { "in a temporary folder" } else { "kept" };
    context.output.line(&format!(
        "{} mentors of all three are found at each node, {:.1} s after they met.\n",
        ready.mentors,
        ready.met.as_secs_f64()
    ))?;
    for place in town.places() {
        context.output.line(&format!("  {}  {}", place.url, context.output.paint.bold(&place.name)))?;
    }
    context.output.line(&format!(
        "\nOpen one in a browser, or paste into another terminal (data {kept}: {}):\n",
        stage.path.display()
    ))?;
    for line in lines {
        context.output.line(&format!("  {line}"))?;
    }
    if let Some(place) = town.places().first() {
        let folder = place.folder.to_string_lossy();
        let outbox = crate::shell::line(&binary, &["--data-dir", &folder, "mail", "list"]);
        context.output.line("\nThe demo sends no mail. What each node writes to mentors and mentees is read there:")?;
        context.output.line(&format!("  {outbox}"))?;
    }
    context.output.line("\nCtrl-C stops all three.")?;
    Ok(true)
}
