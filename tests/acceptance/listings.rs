//! Listings: nothing is published without consent, nothing wider than its consent, and nobody overwrites unseen.

use serde_json::json;

use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::harness::wait::until_true;

const JSON: (&str, &str) = ("content-type", "application/json");

#[test]
fn nobody_is_published_without_recorded_consent() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let api = ada.api();
    let mut listing = mentor("Ada Okafor", "Social media for public relations");
    let consent = listing.as_object_mut().unwrap().remove("consent").unwrap();
    let made = api.post("/api/v1/listings", &listing);
    assert_eq!(made.status, 201, "{}", made.text());
    let made = made.done();
    let id = made["id"].as_str().unwrap();
    assert!(made["missing"].to_string().contains("consent"), "{made}");
    api.post(&format!("/api/v1/listings/{id}/publish"), &json!({})).refused(409, "consent_missing");
    ada.run(&["profile", "publish", id, "--yes"]).exits(4).says("consent");
    assert_eq!(api.get(&format!("/api/v1/listings/{id}")).done()["state"], "draft");

    listing["consent"] = consent;
    api.put(&format!("/api/v1/listings/{id}"), &listing).done();
    ada.run(&["profile", "publish", id, "--yes"]).done();
    ada.comes_to_find("Ada Okafor");
}

#[test]
fn nothing_is_published_wider_than_its_consent() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let api = ada.api();
    for reach in ["local", "partners"] {
        let mut listing = mentor(&format!("Only {reach}"), "Known to few");
        listing["consent"]["reach"] = json!(reach);
        let id = api.post("/api/v1/listings", &listing).done()["id"].as_str().unwrap().to_owned();
        api.post(&format!("/api/v1/listings/{id}/publish"), &json!({})).refused(409, "reach_not_network");
        ada.run(&["profile", "publish", &id, "--yes"]).exits(4);
    }
    assert_eq!(ada.search("")["total"], 0);
}

#[test]
fn a_draft_can_be_deleted_and_a_published_listing_only_withdrawn() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let api = ada.api();
    let draft = api.post("/api/v1/listings", &mentor("Olu Adeyemi", "Press offices")).done();
    let path = format!("/api/v1/listings/{}", draft["id"].as_str().unwrap());
    let gone = api.delete(&path);
    assert!((200..300).contains(&gone.status), "{}", gone.text());
    api.get(&path).refused(404, "not_found");

    let draft = api.post("/api/v1/listings", &mentor("Olu Adeyemi", "Press offices")).done();
    let id = draft["id"].as_str().unwrap();
    ada.run(&["profile", "withdraw", id]).exits(1).says(&format!("mentormesh profile delete {id}"));
    ada.run(&["profile", "delete", id]).exits(0).says("the draft of Olu Adeyemi is deleted");
    ada.run(&["profile", "show", id]).exits(3);

    let id = ada.publish(&mentor("Ada Okafor", "Social media"));
    api.delete(&format!("/api/v1/listings/{id}")).refused(409, "conflict");
    ada.run(&["profile", "delete", &id]).exits(1).says("withdraw it");
    ada.run(&["profile", "show", &id]).exits(0);
}

#[test]
fn an_edit_with_an_old_version_is_refused_and_with_the_current_one_taken() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let api = ada.api();
    let mut listing = mentor("Ada Okafor", "Social media for public relations");
    let made = api.post("/api/v1/listings", &listing).done();
    let path = format!("/api/v1/listings/{}", made["id"].as_str().unwrap());
    let read = api.get(&path);
    let etag = read.header("etag").to_owned();
    assert!(!etag.is_empty(), "what can be edited has an ETag");
    let put = |listing: &serde_json::Value, etag: &str| {
        api.ask("PUT", &path, &[JSON, ("if-match", etag)], listing.to_string().as_bytes())
    };
    listing["profile"]["headline"] = json!("The first edit");
    put(&listing, &etag).done();
    listing["profile"]["headline"] = json!("An edit of what was no longer there");
    put(&listing, &etag).refused(412, "precondition_failed");
    let now = api.get(&path);
    assert_eq!(now.json()["profile"]["headline"], "The first edit");
    put(&listing, now.header("etag")).done();
    put(&listing, "*").done();
}

#[test]
fn the_same_idempotency_key_makes_one_listing_however_often_it_is_sent() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let api = ada.api();
    let listing = mentor("Ada Okafor", "Social media for public relations");
    let post = |listing: &serde_json::Value| {
        let headers = [JSON, ("idempotency-key", "a-key-of-the-clients-own-making")];
        api.ask("POST", "/api/v1/listings", &headers, listing.to_string().as_bytes())
    };
    let (first, second) = (post(&listing).done(), post(&listing).done());
    assert_eq!(first["id"], second["id"]);
    assert_eq!(api.get("/api/v1/listings").done()["total"], 1);
    let other = post(&mentor("Olu Adeyemi", "Press offices"));
    assert!((400..500).contains(&other.status), "the key with another body: {} {}", other.status, other.text());
    assert_eq!(api.get("/api/v1/listings").done()["total"], 1);
}

#[test]
fn confirming_and_the_rest_of_the_command_line_of_profiles_work() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let added = ada
        .run(&[
            "--json",
            "profile",
            "add",
            "--name",
            "Ada Okafor",
            "--email",
            "ada@example.org",
            "--headline",
            "Social media lead",
            "--skill",
            "public relations",
            "--language",
            "en",
            "--country",
            "GB",
            "--offer",
            "intro_15",
            "--places",
            "2",
            "--consent",
            "2026-01-15",
            "--reach",
            "network",
        ])
        .json();
    let id = added["id"].as_str().unwrap();
    ada.run(&["profile", "publish", id]).exits(2).says("--yes");
    ada.run(&["profile", "publish", id, "--yes"]).done();
    ada.run(&["profile", "confirm", id]).done();
    let shown = ada.run(&["--json", "profile", "show", id]).json();
    assert_eq!((&shown["state"], &shown["profile"]["headline"]), (&json!("published"), &json!("Social media lead")));
    assert!(shown["expires_at"].is_string() && shown["confirmed_at"].is_string(), "{shown}");
    ada.run(&["profile", "show", &id[..8]]).says("Social media lead");
    let exported = ada.run(&["profile", "export", id]).done().to_owned();
    assert!(exported.contains("Social media lead"));
    ada.comes_to_find("Ada Okafor");
    ada.run(&["profile", "withdraw", id]).done();
    ada.comes_to_miss("Ada Okafor");
    ada.run(&["profile", "show", "aaaaaaaaaaaaaaaaaaaaaaaaaa"]).exits(3);
}

#[test]
fn an_organisation_edits_its_card_and_others_see_the_new_name() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    ada.run(&["org", "edit", "--name", "The Institute of Ada", "--country", "GB"]).done();
    until_true("Bo lists the new name", || bo.run(&["org", "list"]).done().contains("The Institute of Ada"));
    let own = ada.run(&["--json", "org", "show"]).json();
    assert_eq!((&own["name"], &own["own"]), (&json!("The Institute of Ada"), &json!(true)));
    for page in ["/privacy", "/complaints"] {
        // Both always exist: without any of the organisation's own, the node serves plain ones.
        assert_eq!(ada.api().get(page).status, 200, "{page}");
    }
}
