//! Durability is shown, not assumed: what was acknowledged had reached the disk before the answer was given.

use std::fs;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::json;

use crate::harness::gate::places;
use crate::harness::introductions::request;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::harness::wait::{say, skipped, until};

/// A successful fsync, fdatasync or sync_file_range: when, and of which file.
#[derive(Debug)]
struct Synced {
    at: f64,
    path: String,
}

fn clock() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64()
}

/// Reads `strace -f -ttt -yy`: `PID TIME fdatasync(12</path>) = 0`, in one piece or as `unfinished` and `resumed`.
fn synced(trace: &str) -> Vec<Synced> {
    let mut waiting: Vec<(String, String, String)> = Vec::new();
    let mut done = Vec::new();
    for line in trace.lines() {
        let mut words = line.split_whitespace();
        let (Some(pid), Some(time)) = (words.next(), words.next()) else { continue };
        let Ok(at) = time.parse::<f64>() else { continue };
        let rest = words.collect::<Vec<_>>().join(" ");
        let call = ["fsync", "fdatasync", "sync_file_range"]
            .into_iter()
            .find(|call| rest.starts_with(&format!("{call}(")) || rest.starts_with(&format!("<... {call} resumed")));
        let Some(call) = call else { continue };
        if let Some((_, path)) = rest.split_once('<').filter(|_| !rest.starts_with("<...")) {
            let path = path.split_once('>').map_or(path, |(path, _)| path).to_owned();
            if rest.contains("unfinished") {
                waiting.push((pid.to_owned(), call.to_owned(), path));
            } else if rest.contains("= 0") {
                done.push(Synced { at, path });
            }
        } else if rest.contains("resumed") {
            let begun = waiting.iter().position(|(by, which, _)| by == pid && which == call);
            if let Some((_, _, path)) = begun.map(|at| waiting.swap_remove(at))
                && rest.contains("= 0")
            {
                done.push(Synced { at, path });
            }
        }
    }
    done
}

#[test]
fn the_reader_of_traces_sees_what_was_synced_and_only_that() {
    let trace = "7 100.5 fdatasync(12</d/store/db>) = 0\n\
                 7 101.0 fsync(13</d/desk.sqlite-wal> <unfinished ...>\n\
                 8 101.1 fsync(14</d/other>) = -1 EIO (Input/output error)\n\
                 7 101.2 <... fsync resumed>) = 0\n";
    let seen = synced(trace);
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert!((seen[0].at - 100.5).abs() < 1e-6 && seen[0].path == "/d/store/db");
    assert!((seen[1].at - 101.2).abs() < 1e-6 && seen[1].path == "/d/desk.sqlite-wal");
}

fn strace_works() -> Result<(), String> {
    let tried = Command::new("strace").args(["-f", "-e", "trace=fsync", "true"]).output();
    match tried {
        Err(error) => Err(format!("strace cannot be run ({error}); install it to see durability shown")),
        Ok(output) if !output.status.success() => {
            Err(format!("strace may not trace here: {}", String::from_utf8_lossy(&output.stderr).trim()))
        }
        Ok(_) => Ok(()),
    }
}

#[test]
fn each_acknowledged_publish_consent_request_and_yes_was_on_disk_before_the_answer() {
    if let Err(reason) = strace_works() {
        skipped(&reason);
        return;
    }
    let _places = places(1);
    let mut ada = Node::init("Ada's Institute");
    let file = ada.home().join("trace");
    let path = file.display().to_string();
    let calls = "trace=fsync,fdatasync,sync_file_range";
    // The tracer stands beside the node (`-D`), so that what ends Ada's child ends the node.
    ada.serve_with(&["strace", "-D", "-f", "-ttt", "-yy", "-s", "64", "-o", &path, "-e", calls], &[]);
    let api = ada.api();

    let (mut windows, mut listed) = (Vec::new(), Vec::new());
    let mut record = |what: String, file: &'static str, act: &mut dyn FnMut()| {
        let from = clock();
        act();
        windows.push((what, file, from, clock()));
    };
    for number in 1..=8 {
        let mut listing = mentor(&format!("Mentor {number}"), "Durable from the first");
        let consent = listing.as_object_mut().unwrap().remove("consent").unwrap();
        let id = api.post("/api/v1/listings", &listing).done()["id"].as_str().unwrap().to_owned();
        listing["consent"] = consent;
        let path = format!("/api/v1/listings/{id}");
        record(format!("consent {number}"), "desk.sqlite", &mut || {
            api.put(&path, &listing).done();
        });
        record(format!("publish {number}"), "/store/", &mut || {
            api.post(&format!("{path}/publish"), &json!({})).done();
        });
        record(format!("confirm {number}"), "desk.sqlite", &mut || {
            api.post(&format!("{path}/confirm"), &json!({})).done();
        });
        listed.push(id);
    }
    // Asked and answered within one organisation, and each brought to the other side before the next: no sync of one
    // act can stand for another's.
    for (number, listing) in listed.iter().enumerate().skip(4) {
        let title = format!("Introduction {number}, kept before it is said");
        let body = request(&ada.profile_id(listing), &title, "Ottoline", &format!("ottoline{number}@example.org"));
        let mut id = String::new();
        record(format!("request {number}"), "desk.sqlite", &mut || id = ada.asks(&body));
        ada.comes_to_stand(&id, &["delivered", "notified"]);
        record(format!("accept {number}"), "desk.sqlite", &mut || {
            ada.step(&id, "accept", &json!({})).done();
        });
        ada.comes_to_stand(&id, &["accepted"]);
    }
    record("withdraw".to_owned(), "/store/", &mut || {
        let id = api.get("/api/v1/listings").done()["items"][0]["id"].as_str().unwrap().to_owned();
        api.post(&format!("/api/v1/listings/{id}/withdraw"), &json!({ "erase": true })).done();
    });

    // The tracer writes line by line, but a moment after the fact.
    let last = windows.last().unwrap().3;
    let shown = until("every answer's sync is in the trace", || {
        let seen = synced(&fs::read_to_string(&file).unwrap());
        let missing = |(_, file, from, to): &&(String, &'static str, f64, f64)| {
            !seen.iter().any(|sync| sync.at >= *from && sync.at <= *to && sync.path.contains(file))
        };
        let unshown: Vec<_> = windows.iter().filter(missing).map(|window| window.0.clone()).collect();
        // Whatever comes later than ten seconds after the last answer cannot have come before it.
        (unshown.is_empty() || clock() > last + 10.0).then_some((unshown, seen.len()))
    });
    say(&format!("{} acknowledged acts, {} syncs traced", windows.len(), shown.1));
    assert!(shown.0.is_empty(), "answered before the disk had it: {}", shown.0.join(", "));
    ada.kill();
}
