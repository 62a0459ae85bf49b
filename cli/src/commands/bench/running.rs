//! A node as a process of its own, asked over HTTP, so that its memory and its absence are its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::failure::Failure;

/// How long anything may take before a measurement is given up.
const MOST: Duration = Duration::from_secs(900);
/// How long a node that says it is busy is left alone.
const BUSY: Duration = Duration::from_millis(250);
const UNAVAILABLE: u16 = 503;

/// A node of this very binary, stopped when it is dropped.
pub(super) struct Running {
    child: Child,
    pub(super) organisation: String,
    api: Api,
}

/// How a running node is asked; clones share its connections.
#[derive(Clone)]
pub(super) struct Api {
    url: String,
    token: String,
    agent: ureq::Agent,
}

impl Running {
    pub(super) fn start(place: &Path) -> Result<Self, Failure> {
        let log = std::fs::File::create(place.with_extension("log"))?;
        let mut child = Command::new(std::env::current_exe()?)
            .arg("--data-dir")
            .arg(place)
            .args(["serve", "--http", "127.0.0.1:0", "--listen", "/ip4/127.0.0.1/tcp/0"])
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()?;
        let stdout = child.stdout.take();
        let token = std::fs::read_to_string(token_file(place)).unwrap_or_default().trim().to_owned();
        let agent = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build().new_agent();
        let api = Api { url: String::new(), token, agent };
        let mut running = Self { child, organisation: String::new(), api };
        let stdout = stdout.ok_or_else(|| Failure::failed("the node has no output"))?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        // ready http://HOST:PORT org ID
        let mut words = line.split_whitespace();
        if words.next() != Some("ready") {
            return Err(Failure::failed("the node did not get ready"));
        }
        words.next().unwrap_or_default().clone_into(&mut running.api.url);
        words.nth(1).unwrap_or_default().clone_into(&mut running.organisation);
        Ok(running)
    }

    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(super) const fn api(&self) -> &Api {
        &self.api
    }

    /// Both show and send each other's.
    pub(super) fn befriend(&self, other: &Self) -> Result<(), Failure> {
        for (one, other) in [(self, other), (other, self)] {
            let ticket = other.api.post("/peers/ticket", &json!({}))?;
            one.api.post("/peers", &json!({ "ticket": ticket.get("ticket"), "pin": true }))?;
        }
        Ok(())
    }
}

impl Api {
    pub(super) fn get(&self, path: &str) -> Result<Value, Failure> {
        self.ask("GET", path, None)
    }

    pub(super) fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.ask("POST", path, Some(body))
    }

    pub(super) fn put(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.ask("PUT", path, Some(body))
    }

    /// What a browser on this machine gets, and how long it took in milliseconds.
    pub(super) fn page(&self, path: &str) -> Result<(String, f64), Failure> {
        let failed = |error: ureq::Error| Failure::failed(format!("GET {path}: {error}"));
        let began = Instant::now();
        let mut answer = self.agent.get(format!("{}{path}", self.url)).call().map_err(failed)?;
        let said = answer.body_mut().read_to_string().map_err(failed)?;
        let took = began.elapsed().as_secs_f64() * 1_000.0;
        if answer.status().is_success() {
            return Ok((said, took));
        }
        Err(Failure::failed(format!("GET {path}: {}", answer.status())))
    }

    /// Asks, coming again while the node says that it is busy.
    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, Failure> {
        let began = Instant::now();
        loop {
            let (status, said) = self.ask_once(method, path, body)?;
            if (200..300).contains(&status) {
                return Ok(said);
            }
            if status != UNAVAILABLE || began.elapsed() > MOST {
                return Err(Failure::failed(format!("{method} {path}: {said}")));
            }
            std::thread::sleep(BUSY);
        }
    }

    fn ask_once(&self, method: &str, path: &str, body: Option<&Value>) -> Result<(u16, Value), Failure> {
        let url = format!("{}/api/v1{path}", self.url);
        let token = format!("Bearer {}", self.token);
        let failed = |error: ureq::Error| Failure::failed(format!("{method} {path}: {error}"));
        let answer = match (method, body) {
            ("POST", Some(body)) => self.agent.post(&url).header("Authorization", &token).send_json(body),
            ("PUT", Some(body)) => self.agent.put(&url).header("Authorization", &token).send_json(body),
            _ => self.agent.get(&url).header("Authorization", &token).call(),
        };
        let mut answer = answer.map_err(failed)?;
        let said = answer.body_mut().read_to_string().map_err(failed)?;
        let status = answer.status().as_u16();
        Ok((status, serde_json::from_str(&said).unwrap_or(Value::Null)))
    }
}

/// Asks until it is so.
pub(super) fn until(
    what: &str,
    pause: Duration,
    mut is_so: impl FnMut() -> Result<bool, Failure>,
) -> Result<Duration, Failure> {
    let began = Instant::now();
    while !is_so()? {
        if began.elapsed() > MOST {
            return Err(Failure::failed(format!("waited {} s in vain: {what}", MOST.as_secs())));
        }
        std::thread::sleep(pause);
    }
    Ok(began.elapsed())
}

fn token_file(place: &Path) -> PathBuf {
    place.join("token")
}

impl Drop for Running {
    fn drop(&mut self) {
        // A clean stop, so that the next start is one after a clean stop.
        let stopped = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let ended = stopped.is_ok_and(|status| status.success()) && self.child.wait().is_ok();
        if !ended {
            let _already = self.child.kill();
        }
    }
}
