//! Every link loses one frame in twenty, takes 200 ms each way and carries 256 kbit/s: all that people do still works.

use std::net::UdpSocket;
use std::time::{Duration, Instant};

use serde_json::json;

use super::link::Quality;
use super::town::Town;
use crate::harness::gate::places;
use crate::harness::introductions::request;
use crate::harness::people::{email, mentor};
use crate::harness::wait::{say, until_within};

const NARROW: Quality = Quality { loss_percent: 5, latency: Duration::from_millis(200), kilobits: 256 };
/// Each act may take this long; none comes near it.
const PATIENCE: Duration = Duration::from_secs(240);
const EVERYBODY: [usize; 3] = [0, 1, 2];
const MENTORS: [&str; 5] = ["Okafor", "Lindqvist", "Raghavan", "Adeyemi", "Berg"];

/// Says what one act cost since the last one.
struct Bill<'t> {
    town: &'t Town,
    since: Instant,
    sent: u64,
}

impl Bill<'_> {
    fn of(&mut self, act: &str) {
        let sent = self.town.sent();
        let bytes = sent - self.sent;
        say(&format!(
            "{act}: {:.1} s, {:.1} KiB on all links",
            self.since.elapsed().as_secs_f64(),
            bytes as f64 / 1024.0
        ));
        (self.since, self.sent) = (Instant::now(), sent);
    }
}

#[test]
fn over_bad_links_one_joins_publishes_searches_and_is_introduced() {
    let _places = places(3);
    let Some(mut town) = Town::found(&["Ada's Institute", "Bo's Guild", "Cy's Academy"]) else { return };
    for (one, other) in [(0, 1), (1, 2), (0, 2)] {
        town.link(one, other, Some(NARROW));
    }
    town.serve(&[("sync", "recent_every_seconds", "30"), ("sync", "full_every_seconds", "60")]);
    let mut bill = Bill { town: &town, since: Instant::now(), sent: town.sent() };
    town.join(0, 1);
    town.join(1, 2);
    bill.of("two joined by ticket");
    // Ada and Cy have never seen a ticket of each other; where the other is they learn from Bo.
    town.pin_all();
    until_within(PATIENCE, "Ada and Cy are connected", || town.connected(0).contains(&2).then_some(()));
    bill.of("a third was met");

    let mut asked = String::new();
    for who in EVERYBODY {
        for name in MENTORS {
            let name = format!("{} {name}", ["Ada", "Bo", "Cy"][who]);
            let listing = town.at(who).publish(&mentor(&name, "Social media for public relations"));
            asked = town.nodes[who].profile_id(&listing);
        }
    }
    until_within(PATIENCE, "everybody finds all fifteen", || {
        EVERYBODY.iter().all(|who| town.at(*who).names("social media").len() == 15).then_some(())
    });
    until_within(PATIENCE, "all three are equal", || town.are_equal(&EVERYBODY).then_some(()));
    bill.of("fifteen mentors were published and found everywhere");

    let id = town.at(0).asks(&request(&asked, "Fifteen minutes", "Ada Hansen", &email("Ada Hansen")));
    until_within(PATIENCE, "the request is with Cy", || (town.at(2).stands(&id) == "delivered").then_some(()));
    bill.of("a request was delivered");
    town.at(2).step(&id, "accept", &json!({})).done();
    let contact = until_within(PATIENCE, "Ada's mentee has the yes", || {
        let seen = town.at(0).introduction(&id).done();
        (seen["state"] == "accepted").then(|| seen["contact"]["email"].clone())
    });
    assert_eq!(contact, email("Cy Berg"));
    until_within(PATIENCE, "Cy's mentor has the mentee's address", || {
        (town.at(2).introduction(&id).done()["contact"]["email"] == email("Ada Hansen")).then_some(())
    });
    bill.of("the yes and both addresses");
}

/// Two ends of a link, ready to speak: where each lives is known to the other.
fn ends(town: &Town, link: usize) -> (UdpSocket, UdpSocket) {
    let [mouth, ear] = [0, 1].map(|who| {
        town.enter(who);
        let socket = UdpSocket::bind(format!("{}:4000", town.address(link, who))).unwrap();
        socket.connect(format!("{}:4000", town.address(link, 1 - who))).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(3))).unwrap();
        socket
    });
    // A card that asks who lives there, and whose question is lost, asks again a second later and sends at once what
    // waited meanwhile: more than the line has room for.
    until_within(PATIENCE, "a word arrives", || {
        mouth.send(b"hello").unwrap();
        ear.recv(&mut [0; 8]).ok()
    });
    (mouth, ear)
}

/// Sends `count` datagrams of `bytes`; gives how long after the first was sent the first and the last arrived, and how
/// many did.
fn send(
    mouth: &UdpSocket,
    ear: &UdpSocket,
    count: usize,
    bytes: usize,
    pause: Duration,
) -> (Duration, Duration, usize) {
    let ear = ear.try_clone().unwrap();
    let began = Instant::now();
    let hearing = std::thread::spawn(move || {
        let (mut arrivals, mut datagram) = (Vec::new(), vec![0; 2048]);
        while let Ok(heard) = ear.recv(&mut datagram) {
            if heard == bytes {
                arrivals.push(began.elapsed());
            }
        }
        arrivals
    });
    for _ in 0..count {
        mouth.send(&vec![7; bytes]).unwrap();
        std::thread::sleep(pause);
    }
    let arrivals = hearing.join().unwrap();
    (arrivals[0], arrivals[arrivals.len() - 1], arrivals.len())
}

/// Only what a busy machine cannot undo: it makes things later and loses more. The rest is the wire's own test.
#[test]
fn a_bad_link_is_as_bad_as_it_says() {
    let Some(mut town) = Town::found(&["Ada's Institute", "Bo's Guild"]) else { return };
    let link = town.link(0, 1, Some(NARROW));
    let (mouth, ear) = ends(&town, link);
    let (first, _, arrived) = send(&mouth, &ear, 400, 100, Duration::from_millis(10));
    assert!(first >= NARROW.latency, "the first took {first:?}");
    assert!((1..400).contains(&arrived), "one in twenty is lost: of 400 arrived {arrived}");
    say(&format!("of 400 arrived {arrived}, the first after {:.2} s", first.as_secs_f64()));
    let (_, last, arrived) = send(&mouth, &ear, 50, 1000, Duration::ZERO);
    let bits = u32::try_from(arrived * 1000 * 8).unwrap();
    let least = NARROW.latency + Duration::from_millis(1) * bits / NARROW.kilobits;
    assert!(last >= least, "{arrived} of 1,000 bytes took {last:?}, not {least:?}");
    say(&format!("{arrived} of 1,000 bytes took {:.2} s", last.as_secs_f64()));
}
