//! From publishing at one node to being found at the third: three nodes in this process, on real sockets.

use std::time::{Duration, Instant};

use clap::Args;
use mentormesh_node::clock::Clock;
use mentormesh_node::config::Config;
use mentormesh_node::folder::Folder;
use mentormesh_node::init::init;
use mentormesh_node::node::{Node, StartRequest};
use serde_json::{Value, json};

use super::serve::founding;
use super::{Figure, percentile, sample};
use crate::context::Context;
use crate::failure::Failure;

/// How long one profile may take before the measurement is given up.
const MOST: Duration = Duration::from_secs(60);

const EXAMPLES: &str = "Examples:
  mentormesh bench publish
  mentormesh bench publish --times 20";

/// Publish at one node, found at the third
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Publish {
    /// How many profiles are published, one after the other
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(5..=1_000))]
    times: u32,
}

impl Publish {
    pub(super) fn run(&self, context: &Context) -> Result<Vec<Figure>, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let folder = tempfile::tempdir()?;
        let nodes = runtime.block_on(start(folder.path()))?;
        let [first, .., third] = nodes.as_slice() else { return Err(Failure::failed("three nodes are needed")) };
        let (mut stored, mut found) = (Vec::new(), Vec::new());
        for number in 0..self.times {
            let word = format!("zyx{number}qwv");
            let mut profile = sample::profile(number);
            profile.headline = format!("{} {word}", profile.headline);
            let began = Instant::now();
            let listing = json!({ "profile": profile, "contact": { "email": format!("m{number}@example.org") },
                "consent": { "given_on": Clock::system().now().date(), "reach": "network" } });
            let made = ask(first, "POST", "/api/v1/listings", Some(&listing))?;
            let id = made.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            ask(first, "POST", &format!("/api/v1/listings/{id}/publish"), Some(&json!({})))?;
            stored.push(began.elapsed().as_secs_f64() * 1_000.0);
            let published = Instant::now();
            let path = format!("/api/v1/search?q={word}");
            while ask(third, "GET", &path, None)?.get("total").and_then(Value::as_u64) != Some(1) {
                if published.elapsed() > MOST {
                    return Err(Failure::failed("a profile did not reach the third node within a minute"));
                }
                std::thread::sleep(Duration::from_millis(2));
            }
            found.push(published.elapsed().as_secs_f64() * 1_000.0);
            context.output.say(&format!("{} of {}", number + 1, self.times));
        }
        runtime.block_on(async {
            for node in nodes {
                node.shutdown().await;
            }
        });
        stored.sort_by(f64::total_cmp);
        found.sort_by(f64::total_cmp);
        let figure = |share: f64, name: &str| {
            Figure::new(
                format!("acknowledged to searchable on the third node, {name}"),
                percentile(&found, share),
                "ms",
            )
            .against("asked to acknowledged (add and publish)", percentile(&stored, share))
        };
        Ok(vec![figure(0.5, "p50"), figure(0.99, "p99")])
    }
}

/// Three nodes that pinned one another.
async fn start(folder: &std::path::Path) -> Result<Vec<Node>, Failure> {
    let mut nodes = Vec::new();
    for number in 0..3 {
        let place = Folder::new(folder.join(number.to_string()));
        init(&place, founding()?, Clock::system()).await?;
        let config = Config::load(place.path(), None).map_err(|error| Failure::failed(error.to_string()))?;
        let request = StartRequest {
            folder: place,
            config,
            http: Some(([127, 0, 0, 1], 0).into()),
            listen: vec!["/ip4/127.0.0.1/tcp/0".to_owned()],
            join: Vec::new(),
            clock: Clock::system(),
        };
        nodes.push(Node::start(request).await?);
    }
    for (at, node) in nodes.iter().enumerate() {
        for (other, peer) in nodes.iter().enumerate() {
            if at != other {
                let ticket = peer.network().ticket().await.map_err(|problem| Failure::failed(problem.to_string()))?;
                let joined = node.network().join(&ticket.to_string(), Some("bench")).await;
                joined.map_err(|problem| Failure::failed(problem.to_string()))?;
            }
        }
    }
    Ok(nodes)
}

fn ask(node: &Node, method: &str, path: &str, body: Option<&Value>) -> Result<Value, Failure> {
    let url = format!("{}{path}", node.http_url());
    let token = format!("Bearer {}", node.token());
    let failed = |error: ureq::Error| Failure::failed(format!("{method} {path}: {error}"));
    let answer = match (method, body) {
        ("POST", Some(body)) => {
            let asked = ureq::post(&url).config().http_status_as_error(false).build();
            asked.header("Authorization", &token).send_json(body)
        }
        _ => ureq::get(&url).config().http_status_as_error(false).build().header("Authorization", &token).call(),
    };
    let mut answer = answer.map_err(failed)?;
    let refused = !answer.status().is_success();
    let said: Value = answer.body_mut().read_json().map_err(failed)?;
    if refused { Err(Failure::failed(format!("{method} {path}: {said}"))) } else { Ok(said) }
}
