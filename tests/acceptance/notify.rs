//! People are told: the operator's command gets each event, and nothing that was said in a letter.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::{email, mentor};
use crate::harness::wait::{until, until_true};

/// A node whose command runs this script in its home.
fn telling(name: &str, script: &str) -> Node {
    let mut node = Node::init(name);
    let script = format!("cd '{}'; {script}", node.home().display());
    node.set("notify", "command", &json!(["/bin/sh", "-c", script]).to_string());
    node.serve();
    node
}

/// What the command was given, in its order.
fn told(node: &Node) -> Vec<Value> {
    let text = fs::read_to_string(node.home().join("told")).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Waits until somebody was told of this.
fn comes_to_tell(node: &Node, event: &str) -> Value {
    until(&format!("{} tells of `{event}`", node.name), || told(node).into_iter().find(|told| told["event"] == event))
}

fn request(profile: &str) -> Value {
    json!({
        "profile": profile,
        "title": "A first campaign, and where to begin",
        "purpose": "I am about to run my first campaign and would like to hear how somebody else began theirs.",
        "mentee": { "name": "Bo Lind", "email": "bo.lind@example.org" },
    })
}

/// Asks, coming again while the node says that it is busy.
fn ask(node: &Node, profile: &str) -> String {
    let id = until("the request is taken", || {
        let answer = node.api().post("/api/v1/introductions", &request(profile));
        if answer.status == 503 { None } else { Some(answer.done()["id"].as_str().unwrap().to_owned()) }
    });
    assert!(!id.is_empty());
    id
}

#[test]
fn mentor_and_mentee_are_told_what_happens_and_no_word_that_was_said() {
    let _places = places(2);
    let (ada, bo) = (telling("Ada's Institute", "cat >> told; env >> env"), telling("Bo's Guild", "cat >> told"));
    bo.befriend(&ada);
    let listing = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    bo.comes_to_find("Ada Okafor");

    let id = ask(&bo, &ada.profile_id(&listing));
    let request = comes_to_tell(&ada, "request");
    assert_eq!((&request["id"], &request["direction"]), (&json!(id), &json!("received")));
    assert_eq!(request["organisation"]["id"], bo.org.as_str());
    assert_eq!(request["to"]["email"], email("Ada Okafor"));
    assert_eq!((&request["mentee"], &request["waiting"]), (&json!("Bo Lind"), &json!(1)));
    let path = format!("/api/v1/introductions/{id}");
    until_true("the request is notified", || ada.api().get(&path).done()["state"] == "notified");

    ada.api().post(&format!("{path}/accept"), &json!({ "message": "With pleasure." })).done();
    let yes = comes_to_tell(&bo, "accepted");
    assert_eq!((&yes["direction"], &yes["to"]["email"]), (&json!("sent"), &json!("bo.lind@example.org")));
    comes_to_tell(&ada, "contact");

    let everything = format!("{:?}{:?}", told(&ada), told(&bo));
    for said in ["run my first campaign", "With pleasure"] {
        assert!(!everything.contains(said), "{said:?} was handed on: {everything}");
    }
    assert!(!format!("{:?}", told(&ada)).contains("bo.lind@"), "the mentee's address is for who looks it up");
    assert!(!format!("{:?}", told(&bo)).contains(&email("Ada Okafor")), "and so is the mentor's");
    let env = fs::read_to_string(ada.home().join("env")).unwrap();
    assert!(!env.contains("MENTORMESH") && !env.contains("HOME="), "{env}");
    for node in [&ada, &bo] {
        let log = node.log();
        for private in ["Bo Lind", "bo.lind@", "first campaign", &email("Ada Okafor")] {
            assert!(!log.contains(private), "{private:?} is in the log of {}", node.name);
        }
    }
}

#[test]
fn a_command_that_fails_keeps_the_notice_over_a_killed_node_and_loses_nothing() {
    let _places = places(1);
    let mut ada = telling("Ada's Institute", "echo tried >> tries; test -e works && cat >> told");
    let listing = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    let profile = ada.profile_id(&listing);
    ada.comes_to_find("Ada Okafor");
    let id = ask(&ada, &profile);
    until_true("the command was tried", || ada.home().join("tries").exists());
    until_true("its failure is logged", || ada.log().contains("notify.command failed; it is tried again"));
    let status = ada.api().get("/api/v1/status").done();
    assert_eq!((&status["introductions_waiting"], &status["notices_waiting"]), (&json!(1), &json!(1)));
    ada.run(&["status"]).says("1 to tell");

    ada.kill();
    fs::write(ada.home().join("works"), "").unwrap();
    ada.serve();
    // The second attempt comes a minute after the first, and waiting has less patience than that.
    let began = Instant::now();
    until_true("half a minute is over", || began.elapsed() > Duration::from_secs(30));
    let request = comes_to_tell(&ada, "request");
    assert_eq!(request["id"], json!(id));
    until_true("nothing is left to tell", || ada.api().get("/api/v1/status").done()["notices_waiting"] == 0);
    assert_eq!(told(&ada).len(), 1, "and it is told once");
}
