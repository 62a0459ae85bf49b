//! Searches as people get them, beside the bare index query for the same words in the same process.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use clap::Args;
use mentormesh_node::clock::Clock;
use mentormesh_node::search::{Parts, Search as Room, Viewer};
use mentormesh_protocol::query::Query;
use tokio::sync::watch;

use super::register::Filled;
use super::{Figure, percentile, sample};
use crate::context::Context;
use crate::failure::Failure;

/// How often each query is asked.
const ROUNDS: usize = 10;

const EXAMPLES: &str = "Examples:
  mentormesh bench search
  mentormesh bench search --profiles 10000";

/// Searches beside the bare index query
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Search {
    /// How many profiles
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1_000..=400_000))]
    profiles: u32,
}

impl Search {
    pub(super) fn run(&self, context: &Context) -> Result<Vec<Figure>, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(self.measure(context))
    }

    async fn measure(&self, context: &Context) -> Result<Vec<Figure>, Failure> {
        let folder = tempfile::tempdir()?;
        let filled = Filled::open(folder.path(), self.profiles)?;
        for chunk in filled.chunks(self.profiles) {
            filled.offer(filled.make(chunk)?).await?;
            context.output.say(&format!("{} of {} profiles", chunk.1, self.profiles));
        }
        filled.until_searchable().await?;
        let (_claim, claimed) = watch::channel(Arc::new(BTreeMap::new()));
        let (_hide, hidden) = watch::channel(Arc::default());
        let views = filled.ingest.views();
        let room = Room::new(Parts {
            store: filled.store.clone(),
            index: filled.index.clone(),
            indexed: filled.indexed(),
            views,
            hidden,
            claimed,
            clock: Clock::system(),
        });
        let (mut whole, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            for words in sample::queries() {
                let query = Query::words(words);
                let began = Instant::now();
                let page = room.run(&query, Viewer::House).await.map_err(|error| Failure::failed(error.to_string()))?;
                whole.push(began.elapsed().as_secs_f64() * 1_000.0);
                if page.hits.is_empty() {
                    return Err(Failure::failed(format!("nothing was found for `{}`", query.words)));
                }
                let began = Instant::now();
                filled.index.bare(&query.words, 20).map_err(|error| Failure::failed(error.to_string()))?;
                bare.push(began.elapsed().as_secs_f64() * 1_000.0);
            }
        }
        whole.sort_by(f64::total_cmp);
        bare.sort_by(f64::total_cmp);
        let figure = |share: f64, name: &str| {
            Figure::new(format!("search with reasons, snippets, facets, {name}"), percentile(&whole, share), "ms")
                .against("bare index query", percentile(&bare, share))
        };
        Ok(vec![figure(0.5, "p50"), figure(0.95, "p95"), figure(0.99, "p99")])
    }
}
