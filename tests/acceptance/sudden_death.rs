//! `kill -9` at random, thirty times, while requests are under way: whatever was acknowledged is there afterwards.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::harness::chance::Chance;
use crate::harness::gate::places;
use crate::harness::http::Api;
use crate::harness::node::{Node, become_equal, encoded};
use crate::harness::people::mentor;
use crate::harness::wait::{say, until, until_true};

const ROUNDS: usize = 30;
/// Kills that must have met a request without an answer, or the run shows nothing.
const MET: usize = 10;
const CLIENTS: usize = 3;

/// Where in a node's life a kill falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    Start,
    Ingest,
    Publish,
    IndexCommit,
}

/// What the clients of one round share.
#[derive(Default)]
struct Round {
    /// Listings whose publication was acknowledged, with the one word that only they hold.
    acknowledged: Mutex<Vec<(String, String)>>,
    answers: AtomicUsize,
    unanswered: AtomicUsize,
    over: AtomicBool,
}

impl Round {
    fn acknowledge(&self, id: String, word: String) {
        self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner).push((id, word));
    }

    /// Publishes one mentor after another until the node is gone.
    fn publish(&self, api: &Api, name: &str) {
        for number in 0.. {
            if self.over.load(Ordering::SeqCst) {
                return;
            }
            let word = format!("{name}n{number}");
            let listing = mentor(&format!("{word} Survivor"), "Still here after the power cut").to_string();
            let headers = [("content-type", "application/json")];
            let Ok(made) = api.send("POST", "/api/v1/listings", &headers, listing.as_bytes()) else { break };
            let Some(id) = made.done()["id"].as_str().map(str::to_owned) else { break };
            let path = format!("/api/v1/listings/{id}/publish");
            match api.send("POST", &path, &headers, b"{}") {
                Ok(answer) => {
                    answer.done();
                    self.answers.fetch_add(1, Ordering::SeqCst);
                    self.acknowledge(id, word);
                }
                Err(_) => break,
            }
        }
        // The request that broke was sent and never answered; a refused connection cannot be, the node was ready.
        self.unanswered.fetch_add(1, Ordering::SeqCst);
    }

    /// Imports one file of members after another until the node is gone.
    fn import(&self, api: &Api, name: &str) {
        for number in 0.. {
            if self.over.load(Ordering::SeqCst) {
                return;
            }
            let row =
                |at: usize| format!("{name}i{number}r{at} Member,{name}i{number}r{at}@example.org,Imported,GB,en\n");
            let rows: String = (0..40).map(row).collect();
            let csv = format!("display_name,email,headline,country,languages\n{rows}");
            let sent = api.send("POST", "/api/v1/listings/import", &[("content-type", "text/csv")], csv.as_bytes());
            if sent.is_err() {
                break;
            }
            self.answers.fetch_add(1, Ordering::SeqCst);
        }
        self.unanswered.fetch_add(1, Ordering::SeqCst);
    }
}

/// Lets clients work, kills at the moment, and gives what was acknowledged and whether a request was cut off.
fn one_round(ada: &mut Node, number: usize, moment: Moment, chance: &mut Chance) -> (Vec<(String, String)>, bool) {
    if moment == Moment::Start {
        ada.spawn(&[], &[]);
        std::thread::sleep(Duration::from_millis(chance.below(1_500)));
        ada.kill();
        return (Vec::new(), false);
    }
    ada.serve();
    let (api, round) = (ada.api(), Round::default());
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (api, round, name) = (api.clone(), &round, format!("k{number}c{client}"));
            let imports = moment == Moment::Ingest && client == 0;
            scope.spawn(move || if imports { round.import(&api, &name) } else { round.publish(&api, &name) });
        }
        if moment == Moment::IndexCommit {
            // The index commits a moment after an acknowledgement.
            until("an acknowledgement", || (round.answers.load(Ordering::SeqCst) > 0).then_some(()));
        }
        std::thread::sleep(Duration::from_millis(chance.below(700)));
        ada.kill();
        round.over.store(true, Ordering::SeqCst);
    });
    let met = round.unanswered.load(Ordering::SeqCst) > 0;
    (round.acknowledged.into_inner().unwrap_or_else(PoisonError::into_inner), met)
}

fn all_are_there(ada: &Node, acknowledged: &[(String, String)]) {
    let api = ada.api();
    for (id, word) in acknowledged {
        let profile = ada.profile_id(id);
        let held = api.get(&format!("/api/v1/profiles/{profile}"));
        assert_eq!(held.status, 200, "{word} was acknowledged and is lost: {}", held.text());
        until_true(&format!("search finds {word}"), || {
            let page = api.get(&format!("/api/v1/search?q={}", encoded(word))).done();
            page["hits"].as_array().unwrap().iter().any(|hit| hit["id"] == profile.as_str())
        });
        let listing = api.get(&format!("/api/v1/listings/{id}")).done();
        assert_eq!(listing["state"], "published", "{listing}");
        assert!(listing["consent"]["given_on"].is_string(), "the consent is there: {listing}");
    }
}

#[test]
fn thirty_sudden_deaths_lose_nothing_that_was_acknowledged() {
    let _places = places(1);
    let began = Instant::now();
    let mut chance = Chance::fresh();
    let mut ada = Node::init("Ada's Institute");
    let (mut acknowledged, mut met) = (Vec::new(), 0);
    let moments = [Moment::Start, Moment::Ingest, Moment::Publish, Moment::IndexCommit];
    for number in 0..ROUNDS {
        let moment = moments[number % moments.len()];
        let (more, hit) = one_round(&mut ada, number, moment, &mut chance);
        met += usize::from(hit);
        acknowledged.extend(more);
    }
    ada.serve();
    assert_eq!(ada.api().get("/readyz").status, 200);
    assert!(
        !ada.data().read_dir().unwrap().flatten().any(|entry| entry.file_name().to_string_lossy().contains("corrupt"))
    );
    all_are_there(&ada, &acknowledged);
    let seconds = began.elapsed().as_secs();
    say(&format!(
        "{ROUNDS} kills, {met} met an unfinished request, {} acknowledged ids all found, {seconds} s",
        acknowledged.len()
    ));
    assert!(met >= MET, "only {met} kills met an unfinished request; the run shows nothing");
    assert!(!acknowledged.is_empty());
}

#[test]
fn a_node_that_dies_while_it_takes_a_friends_records_becomes_equal_again() {
    let _places = places(2);
    let (ada, mut bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    let row = |at: usize| format!("Member {at},member{at}@example.org,Imported,GB,en,2026-01-15\n");
    let rows: String = (0..300).map(row).collect();
    let csv = format!("display_name,email,headline,country,languages,consent_given_on\n{rows}");
    let import = ada.api().ask("POST", "/api/v1/listings/import", &[("content-type", "text/csv")], csv.as_bytes());
    assert_eq!(import.done()["added"], 300);
    let mut chance = Chance(7);
    std::thread::scope(|scope| {
        let published = scope.spawn(|| ada.run(&["profile", "publish", "--all", "--yes"]).done().len());
        for _ in 0..3 {
            until_true("Bo takes records", || bo.search("")["total"].as_u64() > Some(0));
            std::thread::sleep(Duration::from_millis(chance.below(300)));
            bo.kill();
            bo.serve();
        }
        assert!(published.join().unwrap() > 0);
    });
    until_true("Bo finds all three hundred", || bo.search("")["total"] == 300);
    become_equal(&[&ada, &bo]);
}
