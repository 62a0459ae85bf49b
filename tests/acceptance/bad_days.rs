//! Bad days with the real binary: what is lost or wrong has a name, and heals alone or says exactly what to do.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use crate::backup::restore;
use crate::harness::gate::places;
use crate::harness::node::{Node, become_equal};
use crate::harness::people::mentor;
use crate::harness::wait::{skipped, until_true};

/// Moves a process's clock by the seconds in the file that `CLOCK_SHIFT` names, read anew each time.
const SHIM: &str = r#"
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
static long shift(void) {
    const char *name = getenv("CLOCK_SHIFT");
    char text[32] = { 0 };
    int file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return 0;
    long got = read(file, text, sizeof text - 1);
    close(file);
    return got > 0 ? atol(text) : 0;
}
int clock_gettime(clockid_t id, struct timespec *at) {
    int code = syscall(SYS_clock_gettime, id, at);
    if (code == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) at->tv_sec += shift();
    return code;
}
int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}
time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
"#;

fn states(node: &Node) -> Vec<String> {
    let ready = node.api().get("/readyz").done();
    ready["states"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn is(node: &Node, state: &str) -> bool {
    states(node).iter().any(|word| word == state)
}

#[track_caller]
fn comes_to_be(node: &Node, state: &str) {
    until_true(&format!("{} is {state}", node.name), || is(node, state));
}

#[test]
fn a_desk_from_last_week_brings_nobody_back_and_overrules_no_newer_text() {
    let _places = places(2);
    let (mut ada, mut bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    let names = ["Ada Stays", "Ada Edits", "Ada Leaves", "Ada Erased"];
    let ids = names.map(|name| ada.publish(&mentor(name, "Social media for public relations")));
    let [stays, edits, leaves, erased] = &ids;
    names.iter().for_each(|name| bo.comes_to_find(name));
    let file = ada.home().join("week.tar");
    ada.run(&["backup", "create", &file.display().to_string()]).done();

    ada.run(&["profile", "edit", edits, "--headline", "Pottery for beginners"]).done();
    ada.run(&["profile", "publish", edits, "--yes"]).done();
    ada.run(&["org", "edit", "--website", "https://ada.example"]).done();
    ada.act(leaves, "withdraw", &json!({}));
    ada.erase(erased);
    let new = ada.publish(&mentor("Ada Newcomer", "Bridges and the people who build them"));
    bo.comes_to_find("Ada Newcomer");
    bo.comes_to_miss("Ada Erased");
    bo.comes_to_miss("Ada Leaves");
    become_equal(&[&ada, &bo]);

    // Everything of Ada's burns down while Bo is away: last week's backup is all there is.
    bo.stop();
    ada.stop();
    restore(&ada, &file);
    ada.serve();
    comes_to_be(&ada, "restored");
    let early = ada.api().post(&format!("/api/v1/listings/{erased}/publish"), &json!({}));
    assert_eq!(early.status, 503, "nothing is signed before somebody was compared with: {}", early.text());

    bo.serve();
    until_true("the restored desk learns who left", || ada.is_over(erased) && ada.is_over(leaves));
    until_true("the restored desk learns the newer text", || {
        ada.api().get(&format!("/api/v1/listings/{edits}")).done()["profile"]["headline"] == "Pottery for beginners"
    });
    until_true("the restored desk is compared with", || !is(&ada, "restored"));
    become_equal(&[&ada, &bo]);
    for node in [&ada, &bo] {
        assert_eq!(node.names("pottery"), ["Ada Edits"], "the newer text stands at {}", node.name);
        assert!(!node.finds("Ada Erased") && !node.finds("Ada Leaves"));
    }
    assert_eq!(ada.api().get(&format!("/api/v1/listings/{stays}")).done()["state"], "published");
    let own = ada.api().get(&format!("/api/v1/organisations/{}", ada.org)).done();
    assert!(own.to_string().contains("https://ada.example"), "the newer card stands: {own}");

    // Of the newcomer nothing but the public profile is left: named, and ended by its id.
    comes_to_be(&ada, "desk_behind");
    ada.run(&["status"]).says(&new);
    ada.run(&["doctor"]).says("desk_behind");
    ada.run(&["profile", "withdraw", &new]).done();
    bo.comes_to_miss("Ada Newcomer");
    until_true("the desk is no longer behind", || !is(&ada, "desk_behind"));
}

#[test]
fn a_store_that_is_set_aside_is_named_until_somebody_was_compared_with() {
    let _places = places(2);
    let (mut ada, mut bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    ada.befriend(&bo);
    ada.publish(&mentor("Ada Okafor", "Social media for charities"));
    bo.publish(&mentor("Bo Lindqvist", "Bridges and the people who build them"));
    ada.comes_to_find("Bo Lindqvist");
    bo.stop();
    ada.kill();
    fs::write(ada.data().join("store").join("db"), vec![0xa5; 3 * 1024 * 1024]).unwrap();
    ada.serve();
    comes_to_be(&ada, "rebuilding");
    ada.run(&["doctor"]).says("rebuilding");
    ada.comes_to_find("Ada Okafor");
    bo.serve();
    until_true("the node no longer says that it rebuilds", || !is(&ada, "rebuilding"));
    ada.comes_to_find("Bo Lindqvist");
}

#[test]
fn index_files_full_of_rubbish_are_built_again() {
    let _places = places(1);
    let mut ada = Node::start("Ada's Institute");
    ada.publish(&mentor("Ada Okafor", "Social media for charities"));
    ada.comes_to_find("Ada Okafor");
    ada.stop();
    for entry in fs::read_dir(ada.data().join("index")).unwrap().flatten() {
        let size = usize::try_from(entry.metadata().unwrap().len()).unwrap();
        if entry.file_name() != "meta.json" {
            fs::write(entry.path(), vec![0x5a; size]).unwrap();
        }
    }
    ada.serve();
    ada.comes_to_find("Ada Okafor");
}

#[test]
fn a_desk_whose_log_was_cut_short_starts_and_names_what_it_no_longer_knows() {
    let _places = places(1);
    let mut ada = Node::start("Ada's Institute");
    let ids: Vec<_> = (0..12).map(|number| ada.publish(&mentor(&format!("Ada Number{number}"), "Counting"))).collect();
    ada.comes_to_find("Ada Number11");
    ada.kill();
    let log = ada.data().join("desk.sqlite-wal");
    let length = fs::metadata(&log).unwrap().len();
    assert!(length > 64 * 1024, "the last changes wait in the log: {length}");
    fs::File::options().write(true).open(&log).unwrap().set_len(length / 2 + 1_000).unwrap();

    ada.serve();
    let known = |id: &String| ada.api().get(&format!("/api/v1/listings/{id}")).status == 200;
    let lost: Vec<_> = ids.iter().filter(|id| !known(id)).collect();
    assert!(!lost.is_empty() && lost.len() < ids.len(), "half of the log is half of the listings: {lost:?}");
    assert_eq!(ada.search("counting")["total"], 12, "who was published is found all the same");
    comes_to_be(&ada, "desk_behind");
    for id in &lost {
        ada.run(&["status"]).says(id);
    }
    for id in ids.iter().filter(|id| known(id)) {
        let state = ada.api().get(&format!("/api/v1/listings/{id}")).done()["state"].clone();
        assert_eq!(state, "published", "a listing whose publication was cut off learns of it");
    }
}

#[test]
fn a_desk_that_is_no_database_any_more_keeps_the_node_from_starting_and_says_what_to_do() {
    let _places = places(1);
    let mut ada = Node::start("Ada's Institute");
    let id = ada.publish(&mentor("Ada Okafor", "Social media for charities"));
    let file = ada.home().join("ada.tar");
    ada.run(&["backup", "create", &file.display().to_string()]).done();
    ada.stop();
    let desk = ada.data().join("desk.sqlite");
    let mut bytes = fs::read(&desk).unwrap();
    bytes[..4_096].fill(0xa5);
    fs::write(&desk, bytes).unwrap();
    ada.spawn(&[], &[]);
    assert_eq!(ada.ends(), Some(1));
    assert!(ada.log().contains("backup restore"), "{}", ada.log());
    ada.run(&["doctor"]).exits(1).says("backup restore");
    restore(&ada, &file);
    ada.serve();
    assert_eq!(ada.api().get(&format!("/api/v1/listings/{id}")).done()["state"], "published");
    ada.comes_to_find("Ada Okafor");
}

/// Waits until all hold the same set of one organisation.
#[track_caller]
fn hold_the_same_of(organisation: &Node, nodes: &[&Node]) {
    until_true(&format!("all hold the same of {}", organisation.name), || {
        let mut all = nodes.iter().map(|node| node.fingerprints().get(&organisation.org).cloned());
        let first = all.next().flatten();
        first.is_some() && all.all(|other| other == first)
    });
}

/// A library that moves clocks; `Err` says why there is none.
fn shim(ada: &Node) -> Result<PathBuf, String> {
    let (source, library) = (ada.home().join("clock.c"), ada.home().join("clock.so"));
    fs::write(&source, SHIM).unwrap();
    let cc = Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(&source).output();
    match cc {
        Ok(made) if made.status.success() => Ok(library),
        Ok(made) => Err(format!("cc cannot build the clock: {}", String::from_utf8_lossy(&made.stderr))),
        Err(error) => Err(format!("cc cannot be run ({error})")),
    }
}

#[test]
fn a_clock_two_hours_off_is_refused_by_both_sides_and_all_are_equal_once_it_is_right() {
    let mut ada = Node::init("Ada's Institute");
    let library = match shim(&ada) {
        Ok(library) => library,
        Err(reason) => {
            skipped(&reason);
            return;
        }
    };
    let _places = places(4);
    let often = |node: &Node| {
        node.set("sync", "recent_every_seconds", "5").set("sync", "full_every_seconds", "10");
    };
    let shift = ada.home().join("shift");
    fs::write(&shift, "0").unwrap();
    often(&ada);
    let preload = format!("LD_PRELOAD={}", library.display());
    ada.serve_with(&["env", &preload, &format!("CLOCK_SHIFT={}", shift.display())], &[]);
    let others = ["Bo's Guild", "Cy's Academy", "Di's Union"].map(|name| {
        let mut node = Node::init(name);
        often(&node);
        node.serve();
        node.befriend(&ada);
        node
    });
    let [bo, cy, di] = &others;
    cy.befriend(bo);
    ada.publish(&mentor("Ada Okafor", "Social media for charities"));
    others.iter().for_each(|node| node.comes_to_find("Ada Okafor"));
    hold_the_same_of(&ada, &[&ada, bo]);
    let held = bo.fingerprints()[&ada.org].clone();

    fs::write(&shift, "7200").unwrap();
    comes_to_be(&ada, "clock_skewed");
    let draft = ada.api().post("/api/v1/listings", &mentor("Ada Tomorrow", "From the future")).done();
    let path = format!("/api/v1/listings/{}/publish", draft["id"].as_str().unwrap());
    let refused = ada.api().post(&path, &json!({}));
    assert_eq!(refused.json()["code"], "read_only", "{}", refused.text());
    ada.run(&["doctor"]).says("clock_skewed");
    assert!(ada.log().contains("minutes apart"), "Ada's log says both times: {}", ada.log());
    until_true("Bo's log says both times", || bo.log().contains("minutes apart"));
    bo.publish(&mentor("Bo Lindqvist", "Bridges and the people who build them"));
    cy.comes_to_find("Bo Lindqvist");
    assert_eq!(bo.fingerprints()[&ada.org], held, "nothing changes elsewhere");

    fs::write(&shift, "0").unwrap();
    until_true("Ada's clock is right again", || !is(&ada, "clock_skewed"));
    ada.comes_to_find("Bo Lindqvist");
    ada.act(draft["id"].as_str().unwrap(), "publish", &json!({}));
    [bo, cy, di].into_iter().for_each(|node| node.comes_to_find("Ada Tomorrow"));
    hold_the_same_of(&ada, &[&ada, bo, cy, di]);
    hold_the_same_of(bo, &[&ada, bo, cy]);
}
