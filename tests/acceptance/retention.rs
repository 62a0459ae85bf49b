//! Everything about a person: given to them, forgotten for good, and whoever waits for them told.

use serde_json::json;

use crate::harness::gate::places;
use crate::harness::introductions::request;
use crate::harness::node::Node;
use crate::harness::people::{email, mentor};
use crate::harness::signed_in::Browser;
use crate::harness::wait::until_true;

const HEADLINE: &str = "Social media for public relations";
const TITLE: &str = "An hour about unmistakable newsletters";

/// Ada's mentor, asked by Bo's mentee; gives the listing and the introduction.
fn asked() -> (Node, Node, String, String) {
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    let listing = ada.publish(&mentor("Ada Okafor", HEADLINE));
    bo.comes_to_find("Ada Okafor");
    let id = bo.asks(&request(&ada.profile_id(&listing), TITLE, "Cy Cooper", &email("Cy Cooper")));
    ada.comes_to_stand(&id, &["delivered"]);
    (ada, bo, listing, id)
}

/// Whether these words are anywhere in the node's desk.
fn remembers(node: &Node, words: &str) -> bool {
    ["desk.sqlite", "desk.sqlite-wal"].iter().any(|name| {
        let bytes = std::fs::read(node.data().join(name)).unwrap_or_default();
        bytes.windows(words.len()).any(|window| window.eq_ignore_ascii_case(words.as_bytes()))
    })
}

fn ticked(browser: &Browser) -> String {
    format!("{}&sure=yes", browser.form())
}

#[test]
fn a_mentee_takes_everything_along_and_is_forgotten_and_the_mentor_learns_only_that_it_is_over() {
    let _places = places(2);
    let (ada, bo, _, id) = asked();
    bo.adds("Cy Cooper", &email("Cy Cooper"), &[]);
    let cy = bo.signs_in(&email("Cy Cooper"));
    let file = cy.get("/me/export");
    assert!(file.header("content-disposition").starts_with("attachment"), "{}", file.text());
    let all = file.done();
    assert_eq!(
        (all["introductions"][0]["title"].as_str(), all["person"]["name"].as_str()),
        (Some(TITLE), Some("Cy Cooper"))
    );
    for section in all["sections"].as_object().expect("sections").keys() {
        assert!(all.get(section).is_some(), "{section} is there: {all}");
    }
    assert!(remembers(&bo, TITLE) && remembers(&bo, &email("Cy Cooper")));

    let unsure = cy.submit("/me/erase", &cy.form());
    assert_eq!(unsure.status, 422, "{}", unsure.text());
    assert!(remembers(&bo, TITLE), "nothing was done");
    let receipt = cy.submit("/me/erase", &ticked(&cy));
    assert!(receipt.status == 200 && receipt.text().contains("was forgotten"), "{}", receipt.text());
    assert_eq!(cy.get("/me").status, 303, "signed out");
    ada.comes_to_stand(&id, &["withdrawn"]);
    for words in [TITLE, "cy.cooper@example.org", "Cy Cooper"] {
        until_true(&format!("`{words}` is gone"), || !remembers(&bo, words));
    }
    let again = bo.run(&["--json", "person", "erase", &email("Cy Cooper"), "--yes"]).json();
    assert_eq!(again["removed"], json!({}), "{again}");
}

#[test]
fn a_mentor_is_forgotten_and_whoever_waits_is_told_no() {
    let _places = places(2);
    let (ada, bo, listing, id) = asked();
    let address = email("Ada Okafor");
    let all = ada.run(&["--json", "person", "export", &address]).json();
    assert_eq!(all["listing"]["contact"]["email"], json!(address), "{all}");
    assert!(all["consents"].as_array().is_some_and(|consents| !consents.is_empty()), "{all}");
    assert_eq!(all["introductions"][0]["id"], json!(id), "{all}");
    let receipt = ada.run(&["--json", "person", "erase", &address, "--yes"]).json();
    assert_eq!(receipt["listing"], json!(listing), "{receipt}");
    bo.comes_to_stand(&id, &["declined"]);
    until_true("nobody finds her at the other node", || !bo.finds("Ada Okafor"));
    for words in [address.as_str(), TITLE] {
        until_true(&format!("`{words}` is gone"), || !remembers(&ada, words));
    }
    ada.run(&["person", "erase", &address, "--yes"]).done();
}

#[test]
fn old_content_is_looked_for_from_the_start_and_none_is_found() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    until_true("the job ran", || {
        let status = ada.run(&["--json", "status"]).json();
        status["retention"]["older_rows"] == json!(0)
    });
}
