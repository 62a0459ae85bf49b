//! Everything about a person: given to them, forgotten for good, and whoever waits for them told.

use std::fs;

use serde_json::json;

use crate::backup::restore;
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
        let bytes = fs::read(node.data().join(name)).unwrap_or_default();
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
    let all = ada.run(&["--json", "person", "export", &address, "--reason", "asked by letter"]).json();
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
fn somebody_else_says_why_they_take_a_person_s_document_and_it_has_what_was_asked_as_a_right() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let address = email("Cy Cooper");
    ada.adds("Rae Registrar", &email("Rae Registrar"), &["registrar"]);
    ada.adds("Cy Cooper", &address, &[]);
    let wish = |reply: &str| json!({ "kind": "access", "name": "Cy", "organisation": ada.org, "words": "All of it.", "reply": reply });
    for reply in ["CY.Cooper@example.org", "di@example.org"] {
        assert_eq!(ada.api().with_token(None).post("/api/v1/rights", &wish(reply)).status, 201);
    }

    let rae = ada.signs_in(&email("Rae Registrar"));
    let path = format!("/api/v1/people/{address}/export");
    let refused = rae.get(&path);
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(ada.api().get(&path).status, 422, "nor does the token without one");
    assert_eq!(rae.get(&format!("{path}?reason={}", "x".repeat(201))).status, 422);
    let all = rae.get(&format!("{path}?reason=asked+by+letter")).done();
    let asked: Vec<_> = all["rights"].as_array().unwrap().iter().map(|request| request["reply"].as_str()).collect();
    assert_eq!(asked, [Some("CY.Cooper@example.org")], "theirs, and nobody else's: {all}");
    let trail = ada.api().get("/api/v1/audit?limit=100").done();
    let noted = trail["items"].as_array().unwrap().iter().filter(|act| act["act"] == "person.exported");
    assert_eq!(noted.map(|act| act["detail"].as_str()).collect::<Vec<_>>(), [Some("asked by letter")], "{trail}");
    let cy = ada.signs_in(&address);
    assert_eq!(cy.get("/me/export").done()["rights"][0]["words"], "All of it.", "one's own needs no reason");
}

#[test]
fn a_backup_that_is_brought_back_brings_nobody_back_who_was_erased_since() {
    let _places = places(2);
    let (ada, mut bo, _, id) = asked();
    bo.adds("Cy Cooper", &email("Cy Cooper"), &[]);
    bo.adds("Di Duarte", &email("Di Duarte"), &[]);
    let file = bo.home().join("bo.tar");
    bo.run(&["backup", "create", &file.display().to_string()]).done();
    for name in ["Cy Cooper", "Ed Wu"] {
        bo.run(&["person", "erase", &email(name), "--yes"]).done();
    }
    ada.comes_to_stand(&id, &["withdrawn"]);
    let list = fs::read_to_string(bo.data().join("erased.txt")).unwrap();
    assert_eq!(list.lines().count(), 1, "nothing was held about Ed: {list}");
    assert!(!list.contains('@') && !list.contains("Cooper"), "{list}");

    bo.stop();
    fs::copy(bo.data().join("erased.txt"), bo.home().join("erased.txt")).unwrap();
    restore(&bo, &file);
    assert!(remembers(&bo, &email("Cy Cooper")), "the backup knew them");
    bo.serve();
    for words in [TITLE, "cy.cooper@example.org", "Cy Cooper"] {
        until_true(&format!("`{words}` is gone again"), || !remembers(&bo, words));
    }
    bo.run(&["person", "list"]).says("Di Duarte");
    // Whoever comes anew is not taken for whom the list names, whatever starts again.
    bo.adds("Cy Cooper", &email("Cy Cooper"), &[]);
    bo.stop();
    bo.serve();
    bo.run(&["person", "link", &email("Cy Cooper")]).done();
    fs::write(bo.home().join("other.txt"), "Cy Cooper\n").unwrap();
    bo.stop();
    fs::remove_dir_all(bo.data()).unwrap();
    let wrong = bo.home().join("other.txt").display().to_string();
    bo.run(&["backup", "restore", &file.display().to_string(), "--erased", &wrong]).exits(1).says("line 1");
    assert!(!bo.data().exists(), "nothing half-restored stays");
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
