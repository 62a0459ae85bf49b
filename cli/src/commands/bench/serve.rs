//! A node as a process of its own: memory when idle, and time from start to ready with records in store.

use std::path::Path;
use std::time::{Duration, Instant};

use clap::Args;
use mentormesh_node::clock::Clock;
use mentormesh_node::config::Config;
use mentormesh_node::folder::Folder;
use mentormesh_node::init::{InitRequest, init};
use mentormesh_protocol::OrganisationId;
use mentormesh_protocol::record::BodyKind;
use mentormesh_protocol::signed::Network;

use super::register::Filled;
use super::running::Running;
use super::{Figure, memory_of};
use crate::context::Context;
use crate::failure::Failure;

/// How long a node settles before its memory is read.
const SETTLES: Duration = Duration::from_secs(5);

const EXAMPLES: &str = "Examples:
  mentormesh bench serve
  mentormesh bench serve --records 20000";

/// An idle node, and a start with records
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Serve {
    /// How many records are in store at the second start
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1_000..=400_000))]
    records: u32,
}

impl Serve {
    pub(super) fn run(&self, context: &Context) -> Result<Vec<Figure>, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let folder = tempfile::tempdir()?;
        let place = Folder::new(folder.path().join("node"));
        runtime.block_on(init(&place, founding()?, Clock::system()))?;
        let (idle, empty_start) = self.idle(place.path())?;
        context.output.say(&format!("filling the store with {} records", self.records));
        runtime.block_on(fill(place.path(), self.records))?;
        drop(runtime);
        // The first start after the fill is the one that the last shutdown prepared for.
        let began = Instant::now();
        let running = Running::start(place.path())?;
        let full_start = began.elapsed().as_secs_f64();
        let full = memory_of(running.pid());
        Ok(vec![
            Figure::new("memory of an idle node without records", idle, "MB"),
            Figure::new(format!("start to ready with {} records", self.records), full_start, "s")
                .against("start to ready without any", empty_start),
            Figure::new(format!("memory just after, with {} records", self.records), full, "MB"),
        ])
    }

    fn idle(&self, place: &Path) -> Result<(f64, f64), Failure> {
        let began = Instant::now();
        let running = Running::start(place)?;
        let start = began.elapsed().as_secs_f64();
        std::thread::sleep(SETTLES);
        Ok((memory_of(running.pid()), start))
    }
}

/// Fills store and index as pinned peers would, in the folder of a stopped node. Answers whose records these are.
pub(super) async fn fill(place: &Path, records: u32) -> Result<Vec<OrganisationId>, Failure> {
    let filled = Filled::open(place, records)?;
    let organisations = filled.organisations();
    for chunk in filled.chunks(records) {
        filled.offer(filled.make(chunk)?).await?;
    }
    filled.until_searchable().await?;
    filled.close().await?;
    Ok(organisations)
}

/// An organisation to measure with.
pub(super) fn founding() -> Result<InitRequest, Failure> {
    let network = Network::new("bench").map_err(|error| Failure::failed(error.to_string()))?;
    Ok(InitRequest {
        name: "Bench".to_owned(),
        kind: BodyKind::Network,
        country: None,
        website: None,
        privacy_notice: None,
        complaints: None,
        rotation_key_out: None,
        config: Config::template(network.as_str()),
        network,
    })
}
