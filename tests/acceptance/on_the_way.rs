//! Letters that must wait: a node away, a relay between, a key replaced, a disk full, sudden deaths. None is lost,
//! none comes twice, and the sender always knows.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::chance::Chance;
use crate::harness::gate::places;
use crate::harness::introductions::request;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::harness::wait::{say, until_true};

const INTRODUCTIONS: usize = 100;
/// Three of one organisation may wait for one mentor, and a mentor of these stories has places for all of them.
const MENTORS: usize = 40;
/// Five may be open of one mentee.
const MENTEES: usize = 25;
const KILLS: usize = 12;

fn listed(ada: &Node, count: usize) -> Vec<String> {
    let listing = |at: usize| {
        let mut listing = mentor(&format!("Mentor{at} Steadfast"), "Here whatever happens");
        listing["profile"]["availability"]["places"] = json!(5);
        listing
    };
    (0..count).map(|at| ada.profile_id(&ada.publish(&listing(at)))).collect()
}

#[test]
fn a_letter_reaches_a_node_that_was_away_through_a_relay_while_its_sender_is_gone() {
    let _places = places(3);
    let (mut ada, mut bo, cy) =
        (Node::start("Ada's Institute"), Node::start("Bo's Guild"), Node::start("Cy's Society"));
    bo.befriend(&ada);
    cy.befriend(&ada);
    cy.befriend(&bo);
    let profiles = listed(&ada, 1);
    bo.comes_to_find("Mentor0 Steadfast");
    ada.run(&["org", "edit", "--relay", &cy.org]).done();
    until_true("Bo and Cy know Ada's relay", || {
        [&bo, &cy]
            .iter()
            .all(|node| node.api().get(&format!("/api/v1/organisations/{}", ada.org)).text().contains(&cy.org))
    });
    ada.stop();
    let id = bo.asks(&request(&profiles[0], "Fifteen minutes about bridges", "Ottoline", "ottoline@example.org"));
    bo.comes_to_stand(&id, &["relayed"]);
    assert!(bo.introduction(&id).done()["on_its_way"].is_string(), "the mentee is told where it waits");
    bo.kill();
    ada.serve();
    ada.comes_to_stand(&id, &["delivered", "notified"]);
    assert_eq!(ada.introductions("direction=received").len(), 1);
    ada.step(&id, "accept", &json!({})).done();
    bo.serve();
    bo.comes_to_stand(&id, &["accepted"]);
    until_true("contacts meet", || ada.introduction(&id).done()["contact"]["email"] == "ottoline@example.org");
    until_true("nothing is on its way any more", || {
        [&ada, &bo].iter().all(|node| node.api().get("/api/v1/status").done()["letters_waiting"] == 0)
    });
}

#[test]
fn a_letter_sealed_to_a_key_that_was_replaced_is_sealed_again_by_itself() {
    let _places = places(2);
    let (mut ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    let profiles = listed(&ada, 1);
    bo.comes_to_find("Mentor0 Steadfast");
    ada.stop();
    let id = bo.asks(&request(&profiles[0], "Fifteen minutes about bridges", "Ottoline", "ottoline@example.org"));
    // Lost and made anew, as after a restore without its keys: what was sealed to the old one opens no more.
    let file = ada.data().join("keys/sealing.key");
    let text = std::fs::read_to_string(&file).unwrap();
    let fresh = mentormesh_protocol::key::base32().encode(&mentormesh_protocol::key::sha256(b"another sealing key"));
    let lines: Vec<_> =
        text.lines().map(|line| if line.starts_with('#') || line.is_empty() { line } else { fresh.as_str() }).collect();
    std::fs::write(&file, format!("{}\n", lines.join("\n"))).unwrap();
    ada.serve();
    ada.comes_to_stand(&id, &["delivered", "notified"]);
    bo.comes_to_stand(&id, &["delivered"]);
    ada.step(&id, "accept", &json!({})).done();
    bo.comes_to_stand(&id, &["accepted"]);
}

#[test]
fn a_node_that_does_not_show_the_senders_organisation_says_so_at_once() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    let profiles = listed(&ada, 1);
    bo.comes_to_find("Mentor0 Steadfast");
    ada.unpin(&bo);
    let id = bo.asks(&request(&profiles[0], "Fifteen minutes about bridges", "Ottoline", "ottoline@example.org"));
    bo.comes_to_stand(&id, &["refused"]);
    let said = bo.introduction(&id).done();
    assert_eq!(said["refusal"], "not_recognised");
    assert!(said["why"].as_str().is_some_and(|why| !why.is_empty()), "in words for the mentee: {said}");
    assert_eq!(ada.introduction(&id).status, 404);
    assert!(ada.introductions("").is_empty());
}

#[test]
fn a_withdrawn_mentor_answers_everybody_who_waits() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    let profiles = listed(&ada, 1);
    bo.comes_to_find("Mentor0 Steadfast");
    let id = bo.asks(&request(&profiles[0], "Fifteen minutes about bridges", "Ottoline", "ottoline@example.org"));
    ada.comes_to_stand(&id, &["delivered", "notified"]);
    ada.act(profiles[0].split_once('.').unwrap().1, "withdraw", &json!({}));
    for node in [&ada, &bo] {
        node.comes_to_stand(&id, &["declined"]);
    }
    assert_eq!(bo.introduction(&id).done()["reason"], "no_longer_listed");
}

/// Posts until it is acknowledged, through whatever deaths: the same key makes it the same request.
fn acknowledged(bo: &Mutex<Node>, key: &str, body: &Value) -> String {
    let mut last = String::new();
    for _ in 0..1_200 {
        let api = bo.lock().unwrap().api();
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        if let Ok(answer) = api.send("POST", "/api/v1/introductions", &headers, body.to_string().as_bytes()) {
            match answer.status {
                201 => return answer.json()["id"].as_str().unwrap().to_owned(),
                // Too many are open or the node comes up: both pass.
                409 | 503 => last = answer.text(),
                other => panic!("{other}: {}", answer.text()),
            }
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("never acknowledged, for: {last}");
}

/// Ends what runs beside a story, also when the story fails.
struct EndsWith<'o>(&'o AtomicBool);

impl Drop for EndsWith<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Says yes to whatever waits, until it is told to stop.
fn say_yes(ada: &Mutex<Node>, over: &AtomicBool) {
    while !over.load(Ordering::SeqCst) {
        let api = ada.lock().unwrap().api();
        let waiting = api.send("GET", "/api/v1/introductions?direction=received&open=true&limit=100", &[], b"");
        for item in waiting
            .ok()
            .filter(|answer| answer.status == 200)
            .iter()
            .flat_map(|answer| answer.json()["items"].as_array().cloned().unwrap_or_default())
        {
            let path = format!("/api/v1/introductions/{}/accept", item["id"].as_str().unwrap());
            // Cut off, answered already or not ready: the next look tells.
            api.send("POST", &path, &[("content-type", "application/json")], b"{}").ok();
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn by_title(items: Vec<Value>) -> BTreeMap<String, Vec<Value>> {
    let mut titles: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for item in items {
        titles.entry(item["title"].as_str().unwrap().to_owned()).or_default().push(item);
    }
    titles
}

#[test]
fn sudden_deaths_of_sender_relay_and_recipient_lose_nothing_and_double_nothing() {
    let _places = places(3);
    let (ada, bo, cy) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"), Node::start("Cy's Society"));
    bo.befriend(&ada);
    cy.befriend(&ada);
    cy.befriend(&bo);
    let profiles = listed(&ada, MENTORS);
    ada.run(&["org", "edit", "--relay", &cy.org]).done();
    until_true("Bo finds all mentors", || bo.search("")["total"] == MENTORS);
    let mut chance = Chance::fresh();
    let nodes = [Mutex::new(ada), Mutex::new(bo), Mutex::new(cy)];
    let (over, done) = (AtomicBool::new(false), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        let _ends = EndsWith(&over);
        scope.spawn(|| say_yes(&nodes[0], &over));
        let clients: Vec<_> = (0..4)
            .map(|client| {
                let (nodes, profiles, done) = (&nodes, &profiles, &done);
                scope.spawn(move || {
                    for number in (client..INTRODUCTIONS).step_by(4) {
                        let title = format!("Introduction number {number} of many");
                        let mentee = format!("mentee{}@example.org", number % MENTEES);
                        let body = request(&profiles[number % MENTORS], &title, "Ottoline", &mentee);
                        let id = acknowledged(&nodes[1], &format!("key-{number}"), &body);
                        done.lock().unwrap().insert(title, id);
                    }
                })
            })
            .collect();
        for _ in 0..KILLS {
            std::thread::sleep(Duration::from_millis(100 + chance.below(700)));
            let at = usize::try_from(chance.below(3)).unwrap();
            let mut node = nodes[at].lock().unwrap();
            node.kill();
            node.serve();
        }
        for client in clients {
            client.join().unwrap();
        }
        let done = done.lock().unwrap().clone();
        until_true("all are answered at both nodes, contacts and all", || {
            let all = |at: usize, filter: &str| by_title(nodes[at].lock().unwrap().introductions(filter));
            let (sent, received) = (all(1, "direction=sent"), all(0, "direction=received"));
            done.iter().all(|(title, id)| {
                [&sent, &received].iter().all(|side| {
                    side.get(title).is_some_and(|found| {
                        assert_eq!(found.len(), 1, "{title} is there twice");
                        assert_eq!(found[0]["id"], id.as_str(), "{title} has one id");
                        found[0]["state"] == "accepted" && found[0]["contact"]["email"].is_string()
                    })
                })
            })
        });
    });
    let received = nodes[0].lock().unwrap().introductions("direction=received").len();
    assert_eq!(received, INTRODUCTIONS, "nothing came that nobody sent");
    until_true("nothing is on its way and nothing is kept", || {
        nodes.iter().all(|node| {
            let status = node.lock().unwrap().api().get("/api/v1/status").done();
            status["letters_waiting"] == 0 && status["letters_kept"] == 0
        })
    });
    say(&format!(
        "{INTRODUCTIONS} introductions, {KILLS} kills: each acknowledged one is accepted at both nodes, once"
    ));
}
