//! `bench`: figures of this machine, each beside a baseline of the same run, because absolutes do not travel.

mod introduce;
mod pages;
mod publish;
mod register;
mod running;
mod sample;
mod search;
mod serve;

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::context::Context;
use crate::failure::Failure;

const EXAMPLES: &str = "Examples:
  mentormesh bench register --records 200000
  mentormesh bench search --profiles 100000
  mentormesh bench serve --records 100000
  mentormesh bench pages --profiles 100000
  mentormesh bench publish --times 50
  mentormesh bench introduce --queued 10000
  mentormesh --json bench search";

/// Measure this machine
///
/// Works in a temporary folder and touches no node. Every figure stands beside a baseline of the same run; compare
/// ratios between machines, not absolutes.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Bench {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Foreign records decoded, verified, durable and searchable a second
    Register(register::Register),
    /// Searches with reasons, snippets and facets, beside the bare index query
    Search(search::Search),
    /// Memory of an idle node, and time from start to ready with records in store
    Serve(serve::Serve),
    /// Pages as a browser gets them, beside the API's answer to the same question
    Pages(pages::Pages),
    /// Time from publishing at one node to being found at the third
    Publish(publish::Publish),
    /// Requests taken a second, the way of a letter, and thousands for a node that was away
    Introduce(introduce::Introduce),
}

impl Bench {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let machine = Machine::read();
        context.output.say(&format!("{machine}"));
        let figures = match &self.what {
            What::Register(bench) => bench.run(context),
            What::Search(bench) => bench.run(context),
            What::Serve(bench) => bench.run(context),
            What::Pages(bench) => bench.run(context),
            What::Publish(bench) => bench.run(context),
            What::Introduce(bench) => bench.run(context),
        }?;
        if context.output.is_json() {
            return context.output.json(&serde_json::json!({ "machine": machine, "figures": figures }));
        }
        for figure in figures {
            context.output.line(&figure.to_string())?;
        }
        Ok(())
    }
}

/// What was measured on.
#[derive(Debug, Serialize)]
struct Machine {
    version: &'static str,
    cores: usize,
    processor: String,
    memory: String,
}

impl Machine {
    fn read() -> Self {
        let line = |file: &str, key: &str| {
            let text = std::fs::read_to_string(file).unwrap_or_default();
            let found = text.lines().find(|line| line.starts_with(key));
            found.and_then(|line| line.split(':').nth(1)).map(|value| value.trim().to_owned()).unwrap_or_default()
        };
        Self {
            version: env!("CARGO_PKG_VERSION"),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            processor: line("/proc/cpuinfo", "model name"),
            memory: line("/proc/meminfo", "MemTotal"),
        }
    }
}

impl std::fmt::Display for Machine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { version, cores, processor, memory } = self;
        write!(f, "mentormesh {version} on {cores} cores ({processor}), {memory} of memory")
    }
}

/// One figure, with what it is compared to.
#[derive(Debug, Serialize)]
struct Figure {
    what: String,
    value: f64,
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<Baseline>,
}

#[derive(Debug, Serialize)]
struct Baseline {
    what: String,
    value: f64,
    /// The figure divided by the baseline.
    ratio: f64,
}

impl Figure {
    fn new(what: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { what: what.into(), value, unit, baseline: None }
    }

    fn against(mut self, what: impl Into<String>, value: f64) -> Self {
        self.baseline = Some(Baseline { what: what.into(), value, ratio: self.value / value });
        self
    }
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:<60} {:>12.2} {}", self.what, self.value, self.unit)?;
        if let Some(Baseline { what, value, ratio }) = &self.baseline {
            write!(f, "   ({ratio:.2} x {what}: {value:.2})")?;
        }
        Ok(())
    }
}

/// Resident memory of a process in megabytes.
fn memory_of(pid: u32) -> f64 {
    resident(pid, "VmRSS:")
}

/// The most memory that a process had at once, in megabytes.
fn peak_memory_of(pid: u32) -> f64 {
    resident(pid, "VmHWM:")
}

/// What of it is not a page of a file, which the system drops when others need the room.
fn anonymous_memory_of(pid: u32) -> f64 {
    resident(pid, "RssAnon:")
}

fn resident(pid: u32, which: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(which));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)).and_then(|value| value.parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) / 1024.0
}

/// The value below which this share of the sorted times lies.
fn percentile(sorted: &[f64], share: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank")]
    let at = ((sorted.len().saturating_sub(1)) as f64 * share).round() as usize;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}
