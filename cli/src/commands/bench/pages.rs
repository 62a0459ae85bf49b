//! Pages as a browser gets them from a node with many mentors, beside the API's answer to the same question.

use std::time::Duration;

use clap::Args;
use mentormesh_node::clock::Clock;
use mentormesh_node::folder::Folder;
use mentormesh_node::init::init;
use serde_json::{Value, json};

use super::running::{Api, Running, until};
use super::serve::{fill, founding};
use super::{Figure, percentile, sample};
use crate::context::Context;
use crate::failure::Failure;

/// How often each page is asked for.
const ROUNDS: usize = 10;
/// Results whose own pages are opened.
const OPENED: usize = 3;
/// How often it is looked whether all mentors are found.
const LOOKS: Duration = Duration::from_millis(200);

const EXAMPLES: &str = "Examples:
  mentormesh bench pages
  mentormesh bench pages --profiles 10000";

/// Pages beside the API
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Pages {
    /// How many profiles
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1_000..=400_000))]
    profiles: u32,
}

/// Times in milliseconds and the size of the largest page in kilobytes.
#[derive(Default)]
struct Measured {
    times: Vec<f64>,
    largest: f64,
}

impl Measured {
    /// Asks for a page and keeps what it took.
    fn ask(&mut self, api: &Api, path: &str) -> Result<String, Failure> {
        let (page, took) = api.page(path)?;
        self.times.push(took);
        #[expect(clippy::cast_precision_loss, reason = "a size in kilobytes")]
        let size = page.len() as f64 / 1_024.0;
        self.largest = self.largest.max(size);
        Ok(page)
    }

    fn figures(mut self, what: &str, mut baseline: Vec<f64>, named: &str) -> [Figure; 3] {
        self.times.sort_by(f64::total_cmp);
        baseline.sort_by(f64::total_cmp);
        let time = |share: f64, name: &str| {
            Figure::new(format!("{what}, {name}"), percentile(&self.times, share), "ms")
                .against(named, percentile(&baseline, share))
        };
        [time(0.5, "p50"), time(0.95, "p95"), Figure::new(format!("{what}, largest"), self.largest, "kB")]
    }
}

impl Pages {
    pub(super) fn run(&self, context: &Context) -> Result<Vec<Figure>, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let folder = tempfile::tempdir()?;
        let place = Folder::new(folder.path().join("node"));
        runtime.block_on(init(&place, founding()?, Clock::system()))?;
        context.output.say(&format!("filling the store with {} profiles", self.profiles));
        let organisations = runtime.block_on(fill(place.path(), self.profiles))?;
        drop(runtime);
        let node = Running::start(place.path())?;
        let api = node.api();
        for organisation in organisations {
            api.put(&format!("/trust/{organisation}"), &json!({ "standing": "pinned" }))?;
        }
        until("all mentors are found", LOOKS, || {
            let page = api.get("/search?limit=1")?;
            Ok(page.get("total").and_then(Value::as_u64) == Some(u64::from(self.profiles)))
        })?;
        context.output.say("asking for pages");
        measure(api)
    }
}

fn measure(api: &Api) -> Result<Vec<Figure>, Failure> {
    let (mut first, mut results, mut mentors) = (Measured::default(), Measured::default(), Measured::default());
    let (mut bare, mut answers, mut profiles) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        for words in sample::queries() {
            let words = words.replace(' ', "+");
            first.ask(api, "/")?;
            bare.push(api.page("/livez")?.1);
            let page = results.ask(api, &format!("/?q={words}"))?;
            answers.push(api.page(&format!("/api/v1/search?q={words}&limit=20"))?.1);
            let found = page.split("href=\"/mentors/").skip(1).filter_map(|rest| rest.split('"').next());
            for id in found.take(OPENED) {
                mentors.ask(api, &format!("/mentors/{id}"))?;
                profiles.push(api.page(&format!("/api/v1/profiles/{id}"))?.1);
            }
        }
    }
    if mentors.times.is_empty() {
        return Err(Failure::failed("no page of results leads to a mentor"));
    }
    let mut figures = Vec::from(first.figures("the first page", bare, "the smallest answer there is"));
    figures.extend(results.figures("a page of results", answers, "the API's answer"));
    figures.extend(mentors.figures("a mentor's page", profiles, "the API's answer"));
    Ok(figures)
}
