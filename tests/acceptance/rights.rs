//! What people are owed across nodes: receipts for an erasure from each node that held the profile, and any door for
//! whoever asks for what is their right.

use serde_json::{Value, json};

use crate::harness::gate::places;
use crate::harness::http::Answer;
use crate::harness::node::{Node, encoded, holds};
use crate::harness::people::{email, mentor};
use crate::harness::raw_peer::now;
use crate::harness::signed_in::OWN_PAGE;
use crate::harness::wait::{until, until_true};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// What the home node says of each organisation that held the profile.
fn receipts(node: &Node, listing: &str) -> Vec<(String, String)> {
    let said = node.api().get(&format!("/api/v1/listings/{listing}/receipts"));
    if said.status == 404 {
        return Vec::new();
    }
    let word = |item: &Value, pointer| item.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let said = said.done();
    let items = said["items"].as_array().unwrap();
    items.iter().map(|item| (word(item, "/organisation/name"), word(item, "/state"))).collect()
}

fn come_to_be(node: &Node, listing: &str, expected: &[(&str, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(of, state)| ((*of).to_owned(), (*state).to_owned())).collect();
    until_true("the receipts stand so", || {
        let mut said = receipts(node, listing);
        said.sort();
        said == expected
    });
}

/// Has a node compare with all of its peers from now on.
fn hears_who_holds(node: &Node, peers: usize) {
    let now = now().to_string();
    node.api().post("/api/v1/sync", &json!({})).done();
    until_true("a whole session with each peer", || {
        let sync = node.api().get("/api/v1/sync").done();
        let whole = |peer: &&Value| {
            peer["last"]["result"] == "ok" && peer["last"]["at"].as_str().is_some_and(|at| at > now.as_str())
        };
        sync["peers"].as_array().is_some_and(|all| all.iter().filter(whole).count() == peers)
    });
}

/// What somebody writes who wants to be gone.
fn wish(profile: &str) -> Value {
    json!({
        "kind": "erasure",
        "profile": profile,
        "words": "I am Ada Okafor and wish to be listed no more.",
        "reply": "ada.okafor@example.org",
    })
}

/// The request as the register of the home node has it, once it is there.
fn comes_to(node: &Node) -> Value {
    until("the request is in the register", || {
        let list = node.api().get("/api/v1/rights?open=true").done();
        list["items"].as_array().and_then(|items| items.first()).cloned()
    })
}

#[test]
fn each_node_that_held_an_erased_mentor_signs_for_it_and_one_that_is_away_does_so_when_it_is_back() {
    let _places = places(3);
    let (mut ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    let mut cy = Node::start("Cy's Academy");
    bo.befriend(&ada);
    cy.befriend(&ada);
    ada.pin(&bo);
    ada.pin(&cy);
    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    bo.comes_to_find("Ada Okafor");
    cy.comes_to_find("Ada Okafor");
    // Comparing with them, Ada's node hears who holds what.
    hears_who_holds(&ada, 2);

    cy.stop();
    let receipt = ada.run(&["--json", "person", "erase", &email("Ada Okafor"), "--yes"]).json();
    for (of, states) in [(&bo, &["confirmed", "pending"][..]), (&cy, &["pending"])] {
        let mut asked = receipt["receipts"].as_array().unwrap().iter();
        let one = asked.find(|one| one["organisation"]["name"] == of.name.as_str()).expect("who held it is asked");
        assert!(states.contains(&one["state"].as_str().unwrap()), "{receipt}");
    }
    come_to_be(&ada, &id, &[("Bo's Guild", "confirmed"), ("Cy's Academy", "pending")]);
    // Neither is forgotten by a restart.
    ada.stop();
    ada.serve();
    come_to_be(&ada, &id, &[("Bo's Guild", "confirmed"), ("Cy's Academy", "pending")]);
    let said = ada.run(&["profile", "receipts", &id]);
    assert!(said.done().contains("Bo's Guild") && said.done().contains(&bo.peer_id()), "{}", said.said());

    cy.serve();
    come_to_be(&ada, &id, &[("Bo's Guild", "confirmed"), ("Cy's Academy", "confirmed")]);
    assert!(!cy.finds("Ada Okafor"), "whoever signed that she is gone does not find her");
    cy.stop();
    cy.serve();
    assert!(!cy.finds("Ada Okafor"), "and does not after another start");
}

#[test]
fn a_request_filed_at_any_door_comes_home_and_its_answer_comes_back() {
    let _places = places(3);
    let (ada, cy) = (Node::start("Ada's Institute"), Node::start("Cy's Academy"));
    cy.befriend(&ada);
    ada.pin(&cy);
    ada.adds("Rae Registrar", "rae@example.org", &["registrar"]);
    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    cy.comes_to_find("Ada Okafor");

    let stranger = cy.api().with_token(None);
    let filed = stranger.post("/api/v1/rights", &wish(&ada.profile_id(&id))).done();
    let reference = filed["reference"].as_str().unwrap();
    let look = format!("/api/v1/rights/filed/{reference}");
    until_true("Ada's node signed for it", || stranger.get(&look).done()["state"] == "delivered");
    let delivered = stranger.get(&look).done();
    assert_eq!(delivered["node"], ada.peer_id(), "{delivered}");
    assert_eq!(delivered["organisation"]["name"], "Ada's Institute");

    let request = comes_to(&ada);
    assert_eq!((&request["listing"], &request["kind"]), (&json!(id), &json!("erasure")));
    assert_eq!(request["door"]["name"], "Cy's Academy");
    assert_eq!(request["reply"], "ada.okafor@example.org");
    let number = request["id"].as_str().unwrap();
    ada.run(&["mail", "list"]).says("rae@example.org");
    ada.run(&["rights", "show", number]).says("ada.okafor@example.org");
    cy.stop_and_forgets("listed no more", |cy| {
        ada.run(&["rights", "close", number, "--outcome", "done", "--message", "You are erased."]).done();
        cy.serve();
    });
}

impl Node {
    /// Stops the node, looks whether words are gone from its folder, and goes on.
    fn stop_and_forgets(mut self, words: &str, then: impl FnOnce(&mut Self)) -> Self {
        self.stop();
        assert_eq!(holds(&self.data(), words), Vec::<std::path::PathBuf>::new(), "the door kept what was asked");
        then(&mut self);
        self
    }
}

#[test]
fn the_page_of_any_door_takes_a_request_and_shows_how_it_fares() {
    let _places = places(2);
    let (ada, cy) = (Node::start("Ada's Institute"), Node::start("Cy's Academy"));
    cy.befriend(&ada);
    ada.pin(&cy);
    let stranger = cy.api().with_token(None);
    let form = stranger.get("/rights").text();
    assert!(form.contains(&ada.org) && form.contains("name=\"words\""), "{form}");
    for page in ["/privacy", "/complaints"] {
        assert!(stranger.get(page).text().contains("href=\"/rights"), "{page} leads there");
    }

    let half = format!("kind=access&name=Ada&organisation={}&words=What+do+you+have%3F", ada.org);
    let post = |fields: &str| -> Answer { stranger.ask("POST", "/rights", &[OWN_PAGE, FORM], fields.as_bytes()) };
    let again = post(&half);
    assert_eq!(again.status, 422, "{}", again.text());
    assert!(again.text().contains("What do you have?") && again.text().contains("reply-wrong"), "{}", again.text());
    let sent = post(&format!("{half}&reply={}", encoded("ada.okafor@example.org")));
    assert_eq!(sent.status, 303, "{}", sent.text());
    let page = sent.header("location").to_owned();
    until_true("the page says that it arrived", || stranger.get(&page).text().contains(&ada.peer_id()));

    let request = comes_to(&ada);
    assert_eq!((&request["kind"], &request["name"]), (&json!("access"), &json!("Ada")));
    let number = request["id"].as_str().unwrap();
    ada.run(&["rights", "close", number, "--outcome", "nothing_held", "--message", "We know no Ada."]).done();
    until_true("the page shows the answer", || stranger.get(&page).text().contains("We know no Ada."));
    let german = stranger.ask("GET", &page, &[("accept-language", "de")], b"").text();
    assert!(german.contains("Ihr Antrag ist beantwortet") && german.contains("We know no Ada."), "{german}");
    ada.run(&["rights", "list"]).says("none");
    ada.run(&["rights", "list", "--closed"]).says("nothing_held");
}

#[test]
fn a_flood_at_the_door_is_told_to_come_again_and_unknown_references_say_nothing() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let stranger = ada.api().with_token(None);
    let nobody = format!("{}.{}", ada.org, "a".repeat(26));
    let statuses: Vec<_> = (0..12).map(|_| stranger.post("/api/v1/rights", &wish(&nobody)).status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 10, "{statuses:?}");
    let refused = stranger.post("/api/v1/rights", &wish(&nobody));
    refused.refused(429, "too_many");
    let fields = format!("kind=erasure&mentor={nobody}&words=Please&reply=a%40example.org");
    let page = stranger.ask("POST", "/rights", &[OWN_PAGE, FORM], fields.as_bytes());
    assert!(page.status == 429 && page.text().contains(">Please</textarea>"), "{}", page.text());
    let elsewhere = stranger.ask("POST", "/rights", &[FORM, ("sec-fetch-site", "cross-site")], fields.as_bytes());
    assert_eq!(elsewhere.status, 403, "another site's form is not taken");

    let list = ada.api().get("/api/v1/rights").done();
    assert_eq!(list["total"], 10, "one's own are in the register at once, whether or not anybody is listed");
    stranger.get("/api/v1/rights").refused(401, "unauthorised");
    for unknown in ["a".repeat(26), "b".repeat(26)] {
        stranger.get(&format!("/api/v1/rights/filed/{unknown}")).refused(404, "not_found");
        assert_eq!(stranger.get(&format!("/rights/{unknown}")).status, 404);
    }
}
