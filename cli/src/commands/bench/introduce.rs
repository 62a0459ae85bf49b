//! Introductions between three nodes that are processes of their own: Bo's asks, Ada's is asked, Cy's is the relay.
//!
//! Every request is of another mentee, and there are enough mentors for the rules: three requests of a foreign
//! organisation may wait for one mentor.

use std::path::Path;
use std::time::{Duration, Instant};

use clap::Args;
use mentormesh_node::clock::Clock;
use mentormesh_node::desk::bare_commits;
use mentormesh_node::folder::Folder;
use mentormesh_node::init::init;
use serde_json::{Value, json};

use super::running::{Api, Running, until};
use super::serve::founding;
use super::{Figure, memory_of, peak_memory_of, percentile, sample};
use crate::context::Context;
use crate::failure::Failure;

/// Requests that one mentor can have waiting from one foreign organisation.
const PER_MENTOR: u32 = 3;
/// Clients that post at once: a node's own writer is never idle.
const CLIENTS: u32 = 8;
/// What a request puts into the desk, about: its row, its signed letter twice, what happened and the audit.
const ROW_BYTES: usize = 3 * 1024;
/// Commits for the baseline.
const COMMITS: u32 = 500;
/// How often a waiting client asks.
const SOON: Duration = Duration::from_millis(2);
const NOW_AND_THEN: Duration = Duration::from_millis(50);

const EXAMPLES: &str = "Examples:
  mentormesh bench introduce
  mentormesh bench introduce --times 50 --queued 1000";

/// Ask for introductions, directly, through a relay, and of a node that was away
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Introduce {
    /// How many requests are timed on each way, one after the other
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(5..=1_000))]
    times: u32,
    /// How many letters wait for the node that is away
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(24..=20_000))]
    queued: u32,
}

impl Introduce {
    pub(super) fn run(&self, context: &Context) -> Result<Vec<Figure>, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let folder = tempfile::tempdir()?;
        let baseline = runtime.block_on(bare_commits(&folder.path().join("plain.sqlite"), COMMITS, ROW_BYTES));
        let baseline = baseline.map_err(|error| Failure::failed(error.to_string()))?;
        for name in ["bo", "ada", "cy"] {
            runtime.block_on(init(&Folder::new(folder.path().join(name)), founding()?, Clock::system()))?;
        }
        let requests = self.queued + 2 * self.times;
        context.output.say(&format!("publishing mentors for {requests} requests"));
        let mut round = Round::start(folder.path(), requests.div_ceil(PER_MENTOR))?;
        context.output.say("asking, one after the other");
        let direct = round.timed(self.times)?;
        round.part()?;
        let relayed = round.timed(self.times)?;
        context.output.say(&format!("asking {} mentors of a node that is away", self.queued));
        let away = round.away(self.queued, folder.path())?;
        let mut figures = vec![
            Figure::new("requests taken and durable, one node, 8 clients", rate(self.queued, away.asking), "/s")
                .against(format!("bare SQLite commits of {ROW_BYTES} bytes, 1 client"), rate(COMMITS, baseline)),
        ];
        figures.extend(self.latencies(&direct, &relayed));
        let queued = self.queued;
        figures.extend([
            Figure::new(format!("{queued} letters for a node that was away, delivered"), away.took.as_secs_f64(), "s"),
            Figure::new("letters delivered", rate(queued, away.took), "/s")
                .against("requests taken", rate(queued, away.asking)),
            Figure::new("peak memory of the node that delivers", away.sender_peak, "MB")
                .against("the same before it asked", away.sender_before),
            Figure::new("peak memory of the node that comes back", away.recipient_peak, "MB")
                .against("the same when it was ready", away.recipient_before),
        ]);
        Ok(figures)
    }

    fn latencies(&self, direct: &Latency, relayed: &Latency) -> Vec<Figure> {
        let one = |share: f64, name: &str| {
            let plain = percentile(&direct.delivered, share);
            [
                Figure::new(format!("acknowledged to delivered, directly, {name}"), plain, "ms")
                    .against("asked to acknowledged", percentile(&direct.acknowledged, share)),
                Figure::new(
                    format!("acknowledged to delivered, through a relay, {name}"),
                    percentile(&relayed.delivered, share),
                    "ms",
                )
                .against("directly", plain),
            ]
        };
        [one(0.5, "p50"), one(0.99, "p99")].into_iter().flatten().collect()
    }
}

/// Milliseconds, sorted.
#[derive(Default)]
struct Latency {
    acknowledged: Vec<f64>,
    delivered: Vec<f64>,
}

/// What a node that was away cost.
struct Away {
    asking: Duration,
    took: Duration,
    sender_before: f64,
    sender_peak: f64,
    recipient_before: f64,
    recipient_peak: f64,
}

/// The three nodes, and the mentors that were not asked as often as they may be.
struct Round {
    bo: Running,
    ada: Running,
    cy: Running,
    profiles: Vec<String>,
    asked: u32,
}

impl Round {
    fn start(folder: &Path, mentors: u32) -> Result<Self, Failure> {
        let node = |name: &str| Running::start(&folder.join(name));
        let (bo, ada, cy) = (node("bo")?, node("ada")?, node("cy")?);
        bo.befriend(&ada)?;
        bo.befriend(&cy)?;
        cy.befriend(&ada)?;
        ada.api().put("/organisations/self", &json!({ "relays": [cy.organisation] }))?;
        let profiles = at_once(mentors, |number| publish(ada.api(), number))?;
        until("the asking node knows every mentor", NOW_AND_THEN, || {
            let known = bo.api().get(&format!("/organisations/{}", ada.organisation))?;
            let relays = known.get("relays").and_then(Value::as_array).map_or(0, Vec::len);
            let status = bo.api().get("/status")?;
            let mentors_known = status.pointer("/records/searchable").and_then(Value::as_u64);
            Ok(relays == 1 && mentors_known == Some(mentors.into()))
        })?;
        Ok(Self { bo, ada, cy, profiles, asked: 0 })
    }

    /// The next requests, each of another mentee.
    fn requests(&mut self, count: u32) -> Vec<Value> {
        let first = self.asked;
        self.asked += count;
        (first..self.asked)
            .map(|number| {
                let at = usize::try_from(number / PER_MENTOR).unwrap_or(0);
                let profile = self.profiles.get(at).map(String::as_str).unwrap_or_default();
                request(profile, number)
            })
            .collect()
    }

    fn timed(&mut self, times: u32) -> Result<Latency, Failure> {
        let mut latency = Latency::default();
        for request in self.requests(times) {
            let began = Instant::now();
            let made = self.bo.api().post("/introductions", &request)?;
            latency.acknowledged.push(milliseconds(began.elapsed()));
            let path = format!("/introductions/{}", text(&made, "/id"));
            let took = until("a request is delivered", SOON, || {
                let state = self.bo.api().get(&path)?;
                match text(&state, "/state").as_str() {
                    "queued" | "relayed" => Ok(false),
                    "delivered" | "notified" => Ok(true),
                    _ => Err(Failure::failed(format!("a request was not taken: {state}"))),
                }
            })?;
            latency.delivered.push(milliseconds(took));
        }
        latency.acknowledged.sort_by(f64::total_cmp);
        latency.delivered.sort_by(f64::total_cmp);
        Ok(latency)
    }

    /// From now on the two sides have only the relay between them.
    fn part(&self) -> Result<(), Failure> {
        for (one, other) in [(&self.bo, &self.ada), (&self.ada, &self.bo)] {
            let status = other.api().get("/status")?;
            let peer = text(&status, "/organisation/peer");
            one.api().put(&format!("/peers/{peer}"), &json!({ "blocked": true }))?;
        }
        Ok(())
    }

    /// The asked node and the relay go, requests are made, and the asked node comes back.
    fn away(mut self, queued: u32, folder: &Path) -> Result<Away, Failure> {
        for (one, other) in [(&self.bo, &self.ada), (&self.ada, &self.bo)] {
            let status = other.api().get("/status")?;
            let peer = text(&status, "/organisation/peer");
            one.api().put(&format!("/peers/{peer}"), &json!({ "blocked": false }))?;
        }
        let requests = self.requests(queued);
        let Self { bo, ada, cy, .. } = self;
        drop(ada);
        drop(cy);
        let sender_before = memory_of(bo.pid());
        let began = Instant::now();
        at_once(queued, |number| {
            let request = usize::try_from(number).ok().and_then(|at| requests.get(at));
            bo.api().post("/introductions", request.unwrap_or(&Value::Null))
        })?;
        let asking = began.elapsed();
        let ada = Running::start(&folder.join("ada"))?;
        let recipient_before = memory_of(ada.pid());
        let mut sender_peak = memory_of(bo.pid());
        let took = until("every letter is delivered", NOW_AND_THEN, || {
            sender_peak = sender_peak.max(memory_of(bo.pid()));
            let status = bo.api().get("/status")?;
            Ok(status.get("letters_waiting").and_then(Value::as_u64) == Some(0))
        })?;
        let arrived = ada.api().get("/status")?.get("introductions_waiting").and_then(Value::as_u64).unwrap_or(0);
        if arrived < queued.into() {
            return Err(Failure::failed(format!("{arrived} of {queued} letters arrived")));
        }
        let recipient_peak = peak_memory_of(ada.pid());
        Ok(Away { asking, took, sender_before, sender_peak, recipient_before, recipient_peak })
    }
}

/// Does something many times from several threads; the answers stand in the order of the numbers.
fn at_once<T: Send>(times: u32, act: impl Fn(u32) -> Result<T, Failure> + Sync) -> Result<Vec<T>, Failure> {
    let act = &act;
    let mut done = std::thread::scope(|scope| {
        let client = |client: u32| {
            move || {
                (client..times)
                    .step_by(CLIENTS as usize)
                    .map(|number| act(number).map(|answer| (number, answer)))
                    .collect()
            }
        };
        let threads: Vec<_> = (0..CLIENTS).map(|number| scope.spawn(client(number))).collect();
        let mut done: Vec<(u32, T)> = Vec::new();
        for thread in threads {
            let part: Result<Vec<_>, Failure> =
                thread.join().map_err(|_| Failure::failed("a client of the measurement failed"))?;
            done.extend(part?);
        }
        Ok::<_, Failure>(done)
    })?;
    done.sort_by_key(|(number, _)| *number);
    Ok(done.into_iter().map(|(_, answer)| answer).collect())
}

/// Adds and publishes one mentor; gives the profile's id.
fn publish(api: &Api, number: u32) -> Result<String, Failure> {
    let listing = json!({
        "profile": sample::profile(number),
        "contact": { "email": format!("m{number}@example.org") },
        "consent": { "given_on": Clock::system().now().date(), "reach": "network" },
    });
    let made = api.post("/listings", &listing)?;
    api.post(&format!("/listings/{}/publish", text(&made, "/id")), &json!({}))?;
    Ok(text(&made, "/profile_id"))
}

fn request(profile: &str, number: u32) -> Value {
    json!({
        "profile": profile,
        "title": "How did you begin, and what would you do again?",
        "purpose": "I am about to change from one field into yours and would like to hear, in a quarter of an hour, how \
            others made the first steps, which of them they would take again, and what they would leave out.",
        "why_you": "You have done both.",
        "mentee": { "name": format!("Bo {number}"), "email": format!("bo{number}@example.org") },
    })
}

fn text(answer: &Value, pointer: &str) -> String {
    answer.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn rate(count: u32, time: Duration) -> f64 {
    f64::from(count) / time.as_secs_f64()
}
