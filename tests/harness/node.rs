//! One organisation with its node: the real binary, its own folder, real sockets on loopback.
//!
//! A node is killed when its story ends; if the story fails, the end of its log is shown.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::bin::mentormesh;
use super::clients::{self, Outcome};
use super::http::Api;
use super::wait::{say, until, until_true};

const TCP: &str = "/ip4/127.0.0.1/tcp/0";
const QUIC: &str = "/ip4/127.0.0.1/udp/0/quic-v1";

/// An organisation's node.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) org: String,
    room: TempDir,
    child: Option<Child>,
    url: String,
    listen: Vec<String>,
    starts: usize,
}

impl Node {
    /// Makes the folder; serves nothing yet.
    pub(crate) fn init(name: &str) -> Self {
        Self::init_with(name, &[])
    }

    pub(crate) fn init_with(name: &str, flags: &[&str]) -> Self {
        let room = TempDir::new().expect("a temporary folder can be made");
        let node = Self {
            name: name.to_owned(),
            org: String::new(),
            room,
            child: None,
            url: String::new(),
            listen: vec![TCP.to_owned(), QUIC.to_owned()],
            starts: 0,
        };
        let mut arguments = vec!["init", "--name", name];
        arguments.extend(flags);
        node.run(&arguments).done();
        node
    }

    /// Makes the folder and serves it.
    pub(crate) fn start(name: &str) -> Self {
        let mut node = Self::init(name);
        node.serve();
        node
    }

    /// Listens on nothing but these addresses from the next start on.
    pub(crate) fn listen_on(&mut self, addresses: &[&str]) -> &mut Self {
        self.listen = addresses.iter().map(|address| (*address).to_owned()).collect();
        self
    }

    /// Sets a key of `config.toml`.
    pub(crate) fn set(&self, section: &str, key: &str, value: &str) -> &Self {
        let file = self.data().join("config.toml");
        let mut text = fs::read_to_string(&file).expect("init wrote config.toml");
        let (header, line) = (format!("[{section}]\n"), format!("{key} = {value}\n"));
        match text.find(&header) {
            Some(at) => text.insert_str(at + header.len(), &line),
            None => text.push_str(&format!("\n{header}{line}")),
        }
        fs::write(&file, text).expect("config.toml can be written");
        self
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.room.path().join("data")
    }

    pub(crate) fn home(&self) -> &Path {
        self.room.path()
    }

    pub(crate) fn serve(&mut self) {
        self.serve_with(&[], &[]);
    }

    /// Serves under another program (a tracer) or with more flags.
    pub(crate) fn serve_with(&mut self, wrapper: &[&str], flags: &[&str]) {
        self.spawn(wrapper, flags);
        let ready = until(&format!("{} is ready", self.name), || self.look_for_ready());
        self.url = ready.0;
        self.org = ready.1;
    }

    /// Begins to serve without waiting until it is ready.
    pub(crate) fn spawn(&mut self, wrapper: &[&str], flags: &[&str]) {
        assert!(self.child.is_none(), "{} already runs", self.name);
        self.starts += 1;
        let mut arguments: Vec<String> = wrapper.iter().map(|&word| word.to_owned()).collect();
        arguments.push(mentormesh().display().to_string());
        arguments.extend(["--data-dir".to_owned(), self.data().display().to_string()]);
        arguments.extend(["serve", "--http", "127.0.0.1:0"].map(str::to_owned));
        for address in &self.listen {
            arguments.extend(["--listen".to_owned(), address.clone()]);
        }
        arguments.extend(flags.iter().map(|&flag| flag.to_owned()));
        let file = |name: &str| File::create(self.room.path().join(format!("{name}-{}", self.starts))).expect("a file");
        let child = clients::command(self.room.path(), &arguments[0])
            .args(&arguments[1..])
            .stdin(Stdio::null())
            .stdout(file("out"))
            .stderr(file("log"))
            .spawn()
            .expect("the binary starts");
        self.child = Some(child);
    }

    /// URL and organisation once the ready line is printed.
    pub(crate) fn look_for_ready(&mut self) -> Option<(String, String)> {
        let printed = fs::read_to_string(self.room.path().join(format!("out-{}", self.starts))).unwrap_or_default();
        let ready = printed.split_inclusive('\n').find(|line| line.starts_with("ready ") && line.ends_with('\n'));
        if let Some(line) = ready {
            let words: Vec<_> = line.split_whitespace().collect();
            assert_eq!((words.len(), words[2]), (4, "org"), "the ready line is `ready URL org ID`, not {line:?}");
            return Some((words[1].to_owned(), words[3].to_owned()));
        }
        let ended = self.child.as_mut().expect("it was spawned").try_wait().expect("a child can be waited for");
        assert!(ended.is_none(), "{} ended before it was ready ({ended:?}):\n{}", self.name, self.log());
        None
    }

    /// What the running node has logged.
    pub(crate) fn log(&self) -> String {
        let file = self.room.path().join(format!("log-{}", self.starts));
        String::from_utf8_lossy(&fs::read(file).unwrap_or_default()).into_owned()
    }

    /// Waits until the process has ended by itself and gives its exit code.
    pub(crate) fn ends(&mut self) -> Option<i32> {
        let mut child = self.child.take().expect("it runs");
        let name = format!("{} ends", self.name);
        until(&name, || child.try_wait().expect("a child can be waited for")).code()
    }

    /// Stops as an operator does.
    pub(crate) fn stop(&mut self) {
        self.signal(Signal::TERM);
        let code = self.ends();
        assert_eq!(code, Some(0), "{} stops cleanly:\n{}", self.name, self.log());
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let pid = Pid::from_child(self.child.as_ref().expect("it runs"));
        kill_process(pid, signal).expect("one's own child can be signalled");
    }

    /// Stops as a power cut does.
    pub(crate) fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself a moment ago.
            child.kill().ok();
            child.wait().expect("a killed child can be waited for");
        }
    }

    pub(crate) fn token(&self) -> String {
        let text = fs::read_to_string(self.data().join("token")).expect("init wrote the token");
        let line = text.lines().find(|line| !line.starts_with('#') && !line.trim().is_empty());
        line.expect("a token").trim().to_owned()
    }

    pub(crate) fn api(&self) -> Api {
        Api::new(&self.url, Some(self.token()))
    }

    /// Runs a command with this node's folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_with(arguments, b"")
    }

    pub(crate) fn run_with(&self, arguments: &[&str], input: &[u8]) -> Outcome {
        let data = self.data().display().to_string();
        let mut all = vec!["--data-dir", &data];
        all.extend(arguments);
        clients::run(self.room.path(), &all, input)
    }

    pub(crate) fn ticket(&self) -> String {
        let ticket = self.run(&["--json", "peer", "ticket"]).json();
        ticket["ticket"].as_str().expect("a ticket").to_owned()
    }

    pub(crate) fn pin(&self, other: &Self) {
        self.run(&["trust", "pin", &other.org]).done();
    }

    pub(crate) fn unpin(&self, other: &Self) {
        self.run(&["trust", "unpin", &other.org]).done();
    }

    /// Joins the other and pins on both sides.
    pub(crate) fn befriend(&self, other: &Self) {
        let joined = self.run(&["--json", "peer", "join", &other.ticket(), "--pin"]).json();
        assert_eq!(joined["organisation"]["id"], other.org.as_str());
        assert_eq!(joined["pinned"], true);
        other.pin(self);
    }

    /// The peer id this node has in the other's eyes.
    pub(crate) fn peer_id(&self) -> String {
        let status = self.api().get("/api/v1/status").done();
        status["organisation"]["peer"].as_str().expect("a peer id").to_owned()
    }

    /// Adds a listing and publishes it; gives the listing's id.
    pub(crate) fn publish(&self, listing: &Value) -> String {
        let api = self.api();
        let id = api.post("/api/v1/listings", listing).done()["id"].as_str().expect("an id").to_owned();
        self.act(&id, "publish", &json!({}));
        id
    }

    /// Publishes, confirms or withdraws a listing, coming again while the node says that it is busy.
    #[track_caller]
    pub(crate) fn act(&self, listing: &str, act: &str, body: &Value) {
        let path = format!("/api/v1/listings/{listing}/{act}");
        let answer = until(&format!("{} lets {act} pass", self.name), || {
            Some(self.api().post(&path, body)).filter(|answer| answer.status != 503)
        });
        answer.done();
    }

    #[track_caller]
    pub(crate) fn erase(&self, listing: &str) {
        self.act(listing, "withdraw", &json!({ "erase": true }));
    }

    /// Whether the listing is over: withdrawn, or erased so thoroughly that only the fact remains.
    pub(crate) fn is_over(&self, listing: &str) -> bool {
        let answer = self.api().get(&format!("/api/v1/listings/{listing}"));
        let said = answer.json();
        said["state"] == "withdrawn" || (answer.status == 404 && said["detail"].to_string().contains("erased"))
    }

    pub(crate) fn profile_id(&self, listing: &str) -> String {
        format!("{}.{listing}", self.org)
    }

    pub(crate) fn search(&self, words: &str) -> Value {
        self.api().get(&format!("/api/v1/search?limit=100&q={}", encoded(words))).done()
    }

    /// Names found, in order of rank.
    pub(crate) fn names(&self, words: &str) -> Vec<String> {
        let page = self.search(words);
        let hits = page["hits"].as_array().expect("hits").clone();
        hits.iter().map(|hit| hit["profile"]["display_name"].as_str().unwrap_or_default().to_owned()).collect()
    }

    pub(crate) fn finds(&self, name: &str) -> bool {
        self.names(name).iter().any(|found| found == name)
    }

    #[track_caller]
    pub(crate) fn comes_to_find(&self, name: &str) {
        until_true(&format!("{} finds {name}", self.name), || self.finds(name));
    }

    #[track_caller]
    pub(crate) fn comes_to_miss(&self, name: &str) {
        until_true(&format!("{} no longer finds {name}", self.name), || !self.finds(name));
    }

    /// Count and fingerprint of every organisation's set.
    pub(crate) fn fingerprints(&self) -> BTreeMap<String, (u64, String)> {
        let sync = self.api().get("/api/v1/sync").done();
        let rows = sync["organisations"].as_array().expect("organisations").clone();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        rows.iter()
            .map(|row| (text(&row["id"]), (row["count"].as_u64().unwrap_or_default(), text(&row["fingerprint"]))))
            .collect()
    }
}

/// Waits until all hold the same sets.
#[track_caller]
pub(crate) fn become_equal(nodes: &[&Node]) {
    let names: Vec<_> = nodes.iter().map(|node| node.name.as_str()).collect();
    until_true(&format!("equal fingerprints at {}", names.join(", ")), || {
        let mut all = nodes.iter().map(|node| node.fingerprints());
        let first = all.next().expect("at least one node");
        all.all(|other| other == first)
    });
}

/// A text as one part of a query string.
pub(crate) fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// Whether any file below the folder holds these bytes.
pub(crate) fn holds(folder: &Path, needle: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(place) = waiting.pop() {
        if place.is_dir() {
            waiting.extend(fs::read_dir(&place).expect("a readable folder").flatten().map(|entry| entry.path()));
        } else if contains(&fs::read(&place).unwrap_or_default(), needle.as_bytes()) {
            found.push(place);
        }
    }
    found
}

pub(crate) fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

impl Drop for Node {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            let log = self.log();
            let from = log.lines().count().saturating_sub(60);
            let end: Vec<_> = log.lines().skip(from).collect();
            say(&format!("the last lines of {}'s log:\n{}", self.name, end.join("\n")));
        }
    }
}
