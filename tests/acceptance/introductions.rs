//! A mentee of one organisation asks a mentor of another: from the first word to the contacts, or to a kind no.

use serde_json::{Value, json};

use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::{email, mentor};
use crate::harness::wait::until;

const PURPOSE: &str = "I edit a print newsletter and start with social media in spring. May I ask you what to do \
    first? Any evening suits me. Thank you either way.";

/// Ada's institute with Ada as its mentor, found at Bo's guild; gives Ada's profile, too.
fn ada_and_bo() -> (Node, Node, String) {
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    let profile = ada.profile_id(&ada.publish(&mentor("Ada Okafor", "Social media for public relations")));
    bo.comes_to_find("Ada Okafor");
    (ada, bo, profile)
}

fn request(profile: &str, mentee: &str) -> Vec<String> {
    let words =
        ["--json", "intro", "send", profile, "--title", "Fifteen minutes on social media", "--purpose", PURPOSE];
    let mentee = ["--mentee-name", mentee, "--mentee-email", &email(mentee), "--wait"];
    words.into_iter().chain(mentee).map(str::to_owned).collect()
}

fn words(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// Sends over the command line and waits until the mentor's node has it.
fn asks(node: &Node, profile: &str, mentee: &str) -> String {
    let sent = node.run(&words(&request(profile, mentee))).json();
    assert_eq!((sent["direction"].as_str(), sent["state"].as_str()), (Some("sent"), Some("delivered")), "{sent}");
    sent["id"].as_str().unwrap().to_owned()
}

fn seen(node: &Node, id: &str) -> Value {
    node.run(&["--json", "intro", "show", id]).json()
}

/// Waits until this node's side stands so.
fn comes_to(node: &Node, id: &str, state: &str) -> Value {
    until(&format!("it is {state} at {}", node.name), || Some(seen(node, id)).filter(|one| one["state"] == state))
}

fn events(one: &Value) -> Vec<&str> {
    one["events"].as_array().unwrap().iter().map(|event| event["state"].as_str().unwrap()).collect()
}

#[test]
fn a_yes_brings_the_contacts_together() {
    let _places = places(2);
    let (ada, bo, profile) = ada_and_bo();
    let id = asks(&bo, &profile, "Bo Hansen");

    // At Ada's, the request is there with the mentee's name and without any address.
    let waiting = ada.run(&["--json", "intro", "list", "--received", "--open"]).json();
    assert_eq!((waiting["total"].as_u64(), &waiting["items"][0]["id"]), (Some(1), &json!(id)), "{waiting}");
    let received = seen(&ada, &id);
    assert_eq!((&received["mentee"], &received["contact"]), (&json!("Bo Hansen"), &Value::Null), "{received}");
    assert!(!received.to_string().contains("example.org"), "{received}");
    assert_eq!(ada.run(&["--json", "status"]).json()["introductions_waiting"], 1);
    ada.run(&["status"]).says("1 waiting").says("intro list --received --open");

    let accepted = ada.run(&["--json", "intro", "accept", &id[..6], "--message", "Gladly.", "--wait"]).json();
    assert_eq!((&accepted["state"], &accepted["contact"]["email"]), (&json!("accepted"), &json!(email("Bo Hansen"))));
    let answered = comes_to(&bo, &id, "accepted");
    assert_eq!(answered["contact"]["email"], email("Ada Okafor"), "{answered}");
    assert_eq!((&answered["message"], &answered["mentor"]), (&json!("Gladly."), &json!("Ada Okafor")));
    assert_eq!(answered["title"], accepted["title"]);
    assert!(events(&answered).starts_with(&["queued"]) && events(&answered).ends_with(&["accepted"]), "{answered}");
    assert_eq!(ada.run(&["--json", "status"]).json()["introductions_waiting"], 0);
    bo.run(&["intro", "show", &id]).says("said yes").says(&email("Ada Okafor"));
}

#[test]
fn a_question_is_answered_before_the_yes() {
    let _places = places(2);
    let (ada, bo, profile) = ada_and_bo();
    let id = asks(&bo, &profile, "Bo Hansen");
    let until = |one: &Value| one["expires_at"].as_str().unwrap().to_owned();
    let before = until(&seen(&ada, &id));

    assert_eq!(ada.run(&["intro", "ask", &id, "Which channels do you use today?"]).done().trim(), "question");
    let asked = comes_to(&bo, &id, "question");
    assert!(until(&asked) > before, "a question gives a week more: {asked}");
    bo.run(&["intro", "show", &id]).says("Which channels do you use today?").says("intro answer");
    assert_eq!(bo.run(&["intro", "answer", &id, "A newsletter and a small blog."]).done().trim(), "answered");
    comes_to(&ada, &id, "answered");
    ada.run(&["intro", "show", &id]).says("A newsletter and a small blog.");
    assert_eq!(ada.run(&["intro", "explore", &id]).done().trim(), "exploring");
    comes_to(&bo, &id, "exploring");
    ada.run(&["intro", "accept", &id, "--contact-email", "ada.office@example.org", "--contact-name", "Ada's office"])
        .done();
    let contact = comes_to(&bo, &id, "accepted")["contact"].clone();
    assert_eq!(contact, json!({ "email": "ada.office@example.org", "name": "Ada's office" }));
}

#[test]
fn a_no_shows_no_contact_and_asks_for_patience() {
    let _places = places(2);
    let (ada, bo, profile) = ada_and_bo();
    let id = asks(&bo, &profile, "Bo Hansen");
    ada.run(&["intro", "decline", &id]).exits(2).says("--reason");
    ada.run(&["intro", "decline", &id, "--reason", "no_longer_listed"]).exits(2);
    ada.run(&["intro", "decline", &id, "--reason", "timing", "--message", "Ask me in spring."]).done();

    let declined = comes_to(&bo, &id, "declined");
    assert_eq!((&declined["reason"], &declined["message"]), (&json!("timing"), &json!("Ask me in spring.")));
    for node in [&ada, &bo] {
        let one = seen(node, &id);
        assert_eq!(one["contact"], Value::Null, "{one}");
        assert!(!one.to_string().contains("example.org"), "{one}");
    }
    let again = bo.run(&words(&request(&profile, "Bo Hansen")));
    again.exits(4);
    assert!(again.err.contains("\"cooldown\""), "{}", again.said());
    // What is over stays so.
    assert_eq!(ada.run(&["intro", "accept", &id]).code, 1, "an answer is given once");
}

#[test]
fn what_cannot_be_asked_is_refused_with_its_code_and_exit_code() {
    let _places = places(2);
    let (ada, bo, profile) = ada_and_bo();
    let id = asks(&bo, &profile, "Bo Hansen");
    let refused = |node: &Node, arguments: &[&str], exit: i32, code: &str| {
        let arguments = [&["--json"], arguments].concat();
        let outcome = node.run(&arguments);
        outcome.exits(exit);
        assert!(outcome.err.contains(&format!("\"code\": \"{code}\"")), "{}", outcome.said());
    };
    let send = |title: &str, profile: &str, mentee: &str| {
        let mut all = request(profile, mentee);
        all.remove(0);
        all[4] = title.to_owned();
        all
    };
    let title = "Fifteen minutes on social media";
    refused(&bo, &words(&send(title, &profile, "Bo Hansen")), 4, "pair_open");
    refused(&bo, &words(&send("Write to bo@example.org please", &profile, "Di Ek")), 2, "invalid");
    refused(&bo, &words(&send("Too short", &profile, "Di Ek")), 2, "invalid");
    let nobody = format!("{}.{}", ada.org, "a".repeat(26));
    refused(&bo, &words(&send(title, &nobody, "Di Ek")), 3, "not_found");
    refused(&bo, &["intro", "accept", &id], 1, "conflict");
    refused(&ada, &["intro", "withdraw", &id], 1, "conflict");
    refused(&bo, &["intro", "show", "aaaaaaaa"], 3, "not_found");
    refused(&bo, &["intro", "show", "aaa"], 2, "invalid");
    bo.run(&["intro", "send", &profile, "--title", title]).exits(2).says("--purpose").says("--mentee-email");
    bo.unpin(&ada);
    refused(&bo, &words(&send(title, &profile, "Di Ek")), 4, "not_recognised");
    bo.run(&["intro", "withdraw", &id]).done();
}

#[test]
fn the_same_request_twice_asks_once_and_says_where_it_lies() {
    let _places = places(2);
    let (ada, bo, profile) = ada_and_bo();
    let mentee = json!({ "name": "Bo Hansen", "email": email("Bo Hansen") });
    let body = json!({ "profile": profile, "title": "Fifteen minutes, please", "purpose": PURPOSE, "mentee": mentee });
    let body = body.to_string();
    let headers = [("content-type", "application/json"), ("idempotency-key", "once")];
    let first = bo.api().ask("POST", "/api/v1/introductions", &headers, body.as_bytes());
    let second = bo.api().ask("POST", "/api/v1/introductions", &headers, body.as_bytes());
    let id = first.done()["id"].as_str().unwrap().to_owned();
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!((first.done()["state"].as_str(), first.done()), (Some("queued"), second.done()));
    for answer in [&first, &second] {
        assert_eq!(answer.header("location"), format!("/api/v1/introductions/{id}"));
    }
    assert_eq!(bo.api().get("/api/v1/introductions").done()["total"], 1);
    until("Ada has it", || Some(ada.api().get("/api/v1/introductions").done()).filter(|list| list["total"] == 1));
    // A body may be left out where there is nothing to say.
    ada.api().ask("POST", &format!("/api/v1/introductions/{id}/accept"), &[], b"").done();
    bo.api().get("/api/v1/introductions?direction=up").refused(422, "invalid");
}

#[test]
fn mentor_and_mentee_of_one_organisation_meet_as_well() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let profile = ada.profile_id(&ada.publish(&mentor("Ada Okafor", "Social media for public relations")));
    ada.comes_to_find("Ada Okafor");
    let id = asks(&ada, &profile, "Bo Hansen");
    assert_eq!(ada.run(&["--json", "intro", "list"]).json()["total"], 2, "both sides lie here");
    ada.run(&["intro", "accept", &id, "--wait"]).done();
    let sent = until("the yes comes back", || {
        let sent = ada.run(&["--json", "intro", "show", &id, "--sent"]).json();
        (sent["state"] == "accepted").then_some(sent)
    });
    assert_eq!(sent["contact"]["email"], email("Ada Okafor"));
    assert_eq!(seen(&ada, &id)["contact"]["email"], email("Bo Hansen"));
}

#[test]
fn a_new_sealing_key_is_used_at_once_and_loses_no_letter() {
    let _places = places(2);
    let (mut ada, bo, profile) = ada_and_bo();
    let org = ada.org.clone();
    let key = |node: &Node| {
        let shown = node.run(&["--json", "org", "show", &org]).json();
        shown["sealing_keys"].as_array().unwrap().iter().map(|key| key["key"].clone()).collect::<Vec<_>>()
    };
    let before = key(&bo);
    let replaced = ada.run(&["--json", "org", "rotate", "--sealing"]).json();
    assert_eq!(replaced["published"], true, "{replaced}");
    assert_ne!(before, [replaced["key"].clone()]);
    // Whichever of the two cards Bo's node has when it seals this, Ada's node opens it.
    let first = asks(&bo, &profile, "Bo Hansen");
    until("Bo knows the new key", || (key(&bo) == [replaced["key"].clone()]).then_some(()));
    let second = asks(&bo, &profile, "Di Ek");
    ada.stop();
    ada.serve();
    assert_eq!(key(&ada), [replaced["key"].clone()]);
    for id in [first, second] {
        assert_eq!(seen(&ada, &id)["state"], "delivered");
    }
}

#[test]
fn relays_are_named_in_the_card_and_known_elsewhere() {
    let _places = places(2);
    let (ada, bo, _) = ada_and_bo();
    let shown = ada.run(&["--json", "org", "edit", "--relay", &bo.org[..8]]).json();
    assert_eq!(shown["relays"], json!([{ "id": bo.org, "name": "Bo's Guild" }]));
    until("Bo's node knows", || {
        let seen = bo.run(&["--json", "org", "show", &ada.org]).json();
        (seen["relays"][0]["id"] == bo.org.as_str()).then_some(())
    });
    ada.run(&["org", "edit", "--relay", &ada.org]).exits(2).says("itself");
    ada.run(&["org", "edit", "--relay", "aaaaaaaa"]).exits(3).says("org list");
    ada.run(&["org", "edit", "--relay", "a", "--relay", "b", "--relay", "c", "--relay", "d"])
        .exits(2)
        .says("at most 3");
    let shown = ada.run(&["--json", "org", "edit", "--relay", ""]).json();
    assert_eq!(shown["relays"], json!([]));
}
