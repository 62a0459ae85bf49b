//! Mallory's organisation is pinned by all and its node floods them; ten honest mentors are published meanwhile.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;

use super::mallory::Mallory;
use super::town::Town;
use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::harness::raw_peer::node_key;
use crate::harness::wait::{say, until, until_true};

const HONEST: [usize; 3] = [0, 1, 2];
const MALLORY: usize = 3;
/// How much a node may grow under a flood.
const GROWTH_MIB: u64 = 128;

/// Everybody linked with everybody, friends and equal; Mallory, too. Gives two records of hers that nobody else has.
fn a_town_that_trusts_mallory() -> Option<(Town, [Vec<u8>; 2])> {
    let mut town = Town::found(&["Ada's Institute", "Bo's Guild", "Cy's Academy", "Mallory's Society"])?;
    for (one, other) in [(0, 1), (1, 2), (0, 2), (0, 3), (1, 3), (2, 3)] {
        town.link(one, other, None);
    }
    town.serve(&[
        ("sync", "recent_every_seconds", "5"),
        ("sync", "full_every_seconds", "10"),
        ("log", "level", "\"debug\""),
    ]);
    for (one, other) in [(0, 1), (1, 2), (2, 3)] {
        town.join(one, other);
    }
    town.pin_all();
    for who in HONEST {
        town.at(who).publish(&mentor(&format!("Honest Number {}", ["One", "Two", "Three"][who]), "Press offices"));
    }
    until_true("everybody knows everybody", || {
        [0, 1, 2, 3].iter().all(|who| town.at(*who).names("Honest").len() == 3 && town.connected(*who).len() == 3)
    });
    // She goes apart, and comes back with two mentors that only she has.
    let peers = HONEST.map(|who| town.at(who).peer_id());
    let mallory = town.at(MALLORY);
    for peer in &peers {
        mallory.run(&["peer", "block", peer]).done();
    }
    until_true("Mallory is apart", || town.connected(MALLORY).is_empty());
    let hers = ["Early Quillfeather", "Late Oxenbridge"].map(|name| record(town.at(MALLORY), name));
    town.nodes[MALLORY].stop();
    Some((town, hers))
}

/// Publishes a mentor and gives the signed record.
fn record(node: &Node, name: &str) -> Vec<u8> {
    let listing = node.publish(&mentor(name, "Bridges in cold countries"));
    let path = format!("/api/v1/profiles/{}/record", node.profile_id(&listing));
    let answer = until("the record stands", || Some(node.api().get(&path)).filter(|answer| answer.status == 200));
    answer.body
}

fn of_run(node: &Node) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(node.data().join("run.json")).unwrap()).unwrap()
}

/// Memory of a node's process that is in use, in MiB.
fn memory(node: &Node) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", of_run(node)["pid"])).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse::<u64>().unwrap() / 1024
}

/// Where a node takes TCP connections of others.
fn ports(node: &Node) -> Vec<SocketAddr> {
    let run = of_run(node);
    let listening = run["listening"].as_array().unwrap().iter().filter_map(|address| address.as_str());
    let port = |address: &str| {
        let parts: Vec<_> = address.split('/').collect();
        (parts.len() == 5 && parts[3] == "tcp").then(|| format!("{}:{}", parts[2], parts[4]).parse().unwrap())
    };
    listening.filter_map(port).collect()
}

/// Waits until every honest node has compared with somebody again.
fn a_round_passes(town: &Town) {
    let last = |who: usize| {
        let sync = town.at(who).api().get("/api/v1/sync").done();
        let peers = sync["peers"].as_array().unwrap().clone();
        peers.iter().filter_map(|peer| peer["last"]["at"].as_str().map(str::to_owned)).max()
    };
    let before = HONEST.map(last);
    until_true("a round of sync passes", || HONEST.iter().all(|who| last(*who) > before[*who]));
}

#[test]
fn under_a_flood_of_a_trusted_peer_ten_honest_mentors_arrive_everywhere() {
    // Mallory's own node only prepares the story.
    let _places = places(3);
    let Some((town, [early, late])) = a_town_that_trusts_mallory() else { return };
    let tickets = HONEST.map(|who| town.at(who).ticket());
    let links: Vec<SocketAddr> = HONEST.iter().flat_map(|who| ports(&town.nodes[*who])).collect();
    let known: Vec<_> = (0..8)
        .map(|at| {
            record(town.at(0), &format!("Known {}", ["Ann", "Ben", "Cem", "Dee", "Eva", "Fay", "Gus", "Hal"][at]))
        })
        .collect();
    until_true("all know Ada's eight", || HONEST.iter().all(|who| town.at(*who).names("Known").len() == 8));
    let mut known: Vec<_> =
        known.into_iter().map(|record| (mentormesh_protocol::key::sha256(&record), record)).collect();
    known.sort();
    let known: Vec<_> = known.into_iter().map(|(_, record)| record).collect();

    town.at(MALLORY);
    let mallory = Mallory::rise(node_key(&town.nodes[MALLORY].data()));
    let peers = tickets.each_ref().map(|ticket| mallory.join(ticket));
    // The check of her silence below can fail: as long as she behaves, what she says is heard.
    mallory.gossip(&[early]);
    for who in HONEST {
        town.at(who).comes_to_find("Early Quillfeather");
    }
    let before = HONEST.map(|who| memory(&town.nodes[who]));
    let logged = HONEST.map(|who| town.nodes[who].log().len());

    town.at(MALLORY);
    let flood = mallory.flood(&peers, links, known);
    until_true("the flood is on", || flood.sent.gossip.load(Ordering::SeqCst) > 280);
    let mut most = before;
    let names = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];
    for (at, name) in names.iter().enumerate() {
        town.at(at % HONEST.len()).publish(&mentor(&format!("During {name}"), "Social media for public relations"));
        for who in HONEST {
            most[who] = most[who].max(memory(&town.nodes[who]));
        }
    }
    until_true("ten honest mentors are found everywhere", || {
        HONEST.iter().all(|who| town.at(*who).names("During").len() == names.len())
    });
    let sent = flood.end();
    let count = |count: &std::sync::atomic::AtomicU64| count.load(Ordering::SeqCst);
    say(&format!(
        "Mallory sent {} messages, {} requests, {} KiB of junk",
        count(&sent.gossip),
        count(&sent.requests),
        count(&sent.junk) / 1024
    ));
    for who in HONEST {
        most[who] = most[who].max(memory(&town.nodes[who]));
    }
    say(&format!("memory in MiB before {before:?}, at most {most:?}"));

    // She is not heard any more, even when she says something true; the others are. Between the rounds, whatever of
    // hers was on its way arrives, and she may say two hundred things at once again.
    a_round_passes(&town);
    a_round_passes(&town);
    town.at(MALLORY);
    mallory.gossip(&[late]);
    a_round_passes(&town);
    town.at(1).publish(&mentor("After Everything", "Social media for public relations"));
    for who in HONEST {
        town.at(who).comes_to_find("After Everything");
        assert!(!town.at(who).finds("Late Oxenbridge"), "{} still listens to her", town.nodes[who].name);
        assert!(
            most[who] - before[who] <= GROWTH_MIB,
            "{} MiB more at {}",
            most[who] - before[who],
            town.nodes[who].name
        );
        assert_eq!(town.at(who).api().get("/readyz").status, 200, "{} is well", town.nodes[who].name);
        let log = town.nodes[who].log();
        for other in HONEST.iter().filter(|other| **other != who) {
            let friend = town.at(*other).peer_id();
            let lost = log[logged[who]..].lines().find(|line| line.contains(" disconnected") && line.contains(&friend));
            assert_eq!(lost, None, "honest nodes stay together");
        }
        let slowed = log.matches("gossip above the rate of one peer").count();
        say(&format!("{}: {slowed} messages above the rate of one peer", town.nodes[who].name));
    }
}
