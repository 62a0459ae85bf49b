//! A full disk: writes fail by name, nothing acknowledged is lost, and space brings the node back.
//!
//! The disk is a small tmpfs in a mount namespace of its own, held by a shell that takes commands on standard input.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};

use serde_json::json;
use tempfile::TempDir;

use crate::harness::bin::mentormesh;
use crate::harness::gate::places;
use crate::harness::http::Api;
use crate::harness::introductions::request;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::harness::wait::{say, skipped, until, until_true};

/// A shell in a mount namespace with a small disk at `$D`; it runs one line after another.
struct Shell {
    child: Child,
    input: ChildStdin,
    said: PathBuf,
    lines: usize,
}

impl Shell {
    fn open(room: &TempDir) -> Result<Self, String> {
        let disk = room.path().join("disk");
        fs::create_dir(&disk).unwrap();
        let said = room.path().join("said");
        let script = "mount -t tmpfs -o size=48m tmpfs \"$D\" || exit 77; echo done-0 mounted; n=0; \
                      while read -r line; do n=$((n+1)); eval \"$line\"; echo \"done-$n $?\"; done";
        let mut child = Command::new("unshare")
            .args(["-Urm", "sh", "-c", script])
            .env("D", &disk)
            .env("L", room.path())
            .env("M", mentormesh())
            .env("HOME", room.path())
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stdout(File::create(&said).unwrap())
            .stderr(File::create(room.path().join("talk")).unwrap())
            .spawn()
            .map_err(|e| format!("unshare cannot be run ({e})"))?;
        let input = child.stdin.take().unwrap();
        let mut shell = Self { child, input, said, lines: 0 };
        let mounted = until("the small disk", || {
            let ended = shell.child.try_wait().unwrap();
            (ended.is_some() || shell.reads().contains("done-0")).then_some(ended.is_none())
        });
        let talk = || fs::read_to_string(room.path().join("talk")).unwrap_or_default();
        if mounted { Ok(shell) } else { Err(format!("no disk of one's own can be mounted: {}", talk().trim())) }
    }

    fn reads(&self) -> String {
        fs::read_to_string(&self.said).unwrap_or_default()
    }

    /// Runs a line and waits for its exit code.
    fn run(&mut self, line: &str) -> i32 {
        self.lines += 1;
        writeln!(self.input, "{line}").unwrap();
        let mark = format!("done-{} ", self.lines);
        until(&format!("`{line}` is done"), || {
            let said = self.reads();
            let code = said.lines().find_map(|one| one.strip_prefix(mark.as_str()));
            code.and_then(|code| code.trim().parse().ok())
        })
    }

    /// Serves from the small disk and waits for the ready line.
    fn serve(&mut self, room: &TempDir) -> Api {
        self.run(": > \"$L/out\"");
        let serve = "\"$M\" --data-dir \"$D/node\" serve --http 127.0.0.1:0 --listen /ip4/127.0.0.1/tcp/0";
        assert_eq!(self.run(&format!("{serve} > \"$L/out\" 2>> \"$L/log\" < /dev/null & echo $! > \"$L/pid\"")), 0);
        let url = until("the node on the small disk is ready", || {
            let out = fs::read_to_string(room.path().join("out")).unwrap_or_default();
            out.lines().find_map(|line| line.strip_prefix("ready ")?.split_whitespace().next().map(str::to_owned))
        });
        assert_eq!(self.run("cp \"$D/node/token\" \"$L/token\""), 0);
        let token = fs::read_to_string(room.path().join("token")).unwrap();
        let token = token.lines().find(|line| !line.starts_with('#') && !line.trim().is_empty()).unwrap();
        Api::new(&url, Some(token.trim().to_owned()))
    }
}

/// A shell of Ada's on a small disk, her organisation founded on it; none where no such disk can be made.
fn founded(room: &TempDir) -> Option<Shell> {
    let mut shell = Shell::open(room).map_err(|reason| skipped(&reason)).ok()?;
    assert_eq!(shell.run("\"$M\" --data-dir \"$D/node\" init --name \"Ada's Institute\" > \"$L/init\" 2>&1"), 0);
    Some(shell)
}

impl Drop for Shell {
    fn drop(&mut self) {
        // The node is the shell's child; both may be gone already.
        writeln!(self.input, "kill -9 $(cat \"$L/pid\"); exit").ok();
        self.child.wait().ok();
    }
}

fn publish(api: &Api, number: usize) -> Result<String, (u16, String)> {
    let mut listing = mentor(&format!("Tenant{number} Squeeze"), "Living in a small space");
    listing["profile"]["bio"] = json!("A long life told at length. ".repeat(100));
    let refused = |answer: &crate::harness::http::Answer| {
        let problem = answer.json();
        say(&format!("refused: {} {}", answer.status, problem["detail"]));
        (answer.status, problem["code"].as_str().unwrap_or_default().to_owned())
    };
    let made = api.post("/api/v1/listings", &listing);
    if made.status >= 400 {
        return Err(refused(&made));
    }
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let published = api.post(&format!("/api/v1/listings/{id}/publish"), &json!({}));
    if published.status >= 400 { Err(refused(&published)) } else { Ok(id) }
}

#[test]
fn a_full_disk_refuses_by_name_loses_nothing_and_heals_when_space_returns() {
    let room = TempDir::new().unwrap();
    let Some(mut shell) = founded(&room) else { return };
    let _places = places(1);
    let api = shell.serve(&room);
    let mut acknowledged: Vec<String> = (0..5).map(|number| publish(&api, number).unwrap()).collect();
    assert_eq!(api.get("/readyz").status, 200);

    let draft = |number: usize| {
        let listing = mentor(&format!("Draft{number} Patient"), "Waiting for room");
        api.post("/api/v1/listings", &listing).done()["id"].as_str().unwrap().to_owned()
    };
    let drafts: Vec<String> = (0..3).map(draft).collect();

    // dd ends with an error when the disk is full: that is the point.
    shell.run("dd if=/dev/zero of=\"$D/ballast\" bs=4096 2> /dev/null");
    let mut refusals = Vec::new();
    for number in 5..400 {
        match publish(&api, number) {
            Ok(id) => acknowledged.push(id),
            Err(refusal) => refusals.push(refusal),
        }
        if refusals.len() >= 5 {
            break;
        }
    }
    say(&format!("{} acknowledged before the disk was full; then {refusals:?}", acknowledged.len()));
    if refusals.iter().any(|(_, code)| code != "storage_full") {
        say(&fs::read_to_string(room.path().join("log")).unwrap_or_default());
    }
    assert!(refusals.len() >= 5, "the disk never filled");
    for (status, code) in &refusals {
        assert_eq!((*status, code.as_str()), (507, "storage_full"));
    }
    for id in &drafts {
        api.post(&format!("/api/v1/listings/{id}/publish"), &json!({})).refused(507, "storage_full");
    }
    until_true("readyz says no", || api.get("/readyz").status == 503);
    assert_eq!(api.get("/livez").status, 200, "it lives and can be read");
    api.get("/readyz").refused(503, "storage_full");

    assert_eq!(shell.run("rm \"$D/ballast\""), 0);
    let before = acknowledged.len();
    let healed = (0..100).find_map(|number| {
        until("an answer", || Some(publish(&api, 1_000 + number))).ok().or_else(|| {
            std::thread::sleep(std::time::Duration::from_millis(200));
            None
        })
    });
    // A store that has met an I/O error may ask for a restart; it must then come back whole.
    if let Some(id) = healed {
        acknowledged.push(id);
        until_true("readyz says yes", || api.get("/readyz").status == 200);
    } else {
        say("the node takes no writes before a restart");
    }
    let check = |api: &Api, when: &str| {
        let org = api.get("/api/v1/status").done()["organisation"]["id"].as_str().unwrap().to_owned();
        for id in &acknowledged {
            until_true(&format!("{id} is there {when}"), || {
                api.get(&format!("/api/v1/profiles/{org}.{id}")).status == 200
            });
        }
        until_true(&format!("search finds all {when}"), || {
            let page = api.get("/api/v1/search?limit=1&q=squeeze").done();
            page["total"].as_u64() >= Some(acknowledged.len() as u64)
        });
    };
    check(&api, "after space returned");
    shell.run("kill -9 $(cat \"$L/pid\"); wait");
    let api = shell.serve(&room);
    check(&api, "after a restart");
    assert!(publish(&api, 2_000).is_ok() && before >= 5);
}

#[test]
fn a_letter_that_meets_a_full_disk_gets_no_receipt_and_is_kept_by_its_sender() {
    let room = TempDir::new().unwrap();
    let Some(mut shell) = founded(&room) else { return };
    let _places = places(2);
    let ada = shell.serve(&room);
    let bo = Node::start("Bo's Guild");
    let ticket = ada.post("/api/v1/peers/ticket", &json!({})).done()["ticket"].as_str().unwrap().to_owned();
    bo.run(&["peer", "join", &ticket, "--pin"]).done();
    ada.put(&format!("/api/v1/trust/{}", bo.org), &json!({ "standing": "pinned" })).done();
    let listing = publish(&ada, 0).unwrap();
    bo.comes_to_find("Tenant0 Squeeze");
    let org = ada.get("/api/v1/status").done()["organisation"]["id"].as_str().unwrap().to_owned();

    shell.run("dd if=/dev/zero of=\"$D/ballast\" bs=4096 2> /dev/null");
    let body = request(&format!("{org}.{listing}"), "Fifteen minutes about room", "Ottoline", "ottoline@example.org");
    let id = bo.asks(&body);
    until_true("Bo is told that Ada's disk is full", || {
        bo.introduction(&id).done()["on_its_way"].as_str().is_some_and(|way| way.contains("full"))
    });
    assert_eq!(bo.stands(&id), "queued", "no receipt was given for what was not kept");
    assert_eq!(ada.get(&format!("/api/v1/introductions/{id}")).status, 404);

    assert_eq!(shell.run("rm \"$D/ballast\""), 0);
    bo.comes_to_stand(&id, &["delivered"]);
    assert_eq!(ada.get(&format!("/api/v1/introductions/{id}")).status, 200);
}
