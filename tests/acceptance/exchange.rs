//! The rest of the exchange: others after a no, the way out of other requests after a yes, mentors who are away, blocks
//! with their reports, and a mentor whom one node keeps out of sight.

use std::time::{SystemTime, UNIX_EPOCH};

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::limits::DAY;
use serde_json::{Value, json};

use crate::harness::gate::places;
use crate::harness::introductions::request;
use crate::harness::node::Node;
use crate::harness::people::{email, mentor};
use crate::harness::wait::{until, until_true};
use crate::mail_links::{comes_to_write, link, presses};

const HEADLINE: &str = "Social media for public relations";

/// Ada's institute with these mentors, found at Bo's guild; gives their listings.
fn ada_and_bo(mentors: &[&str]) -> (Node, Node, Vec<String>) {
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    let listings = mentors.iter().map(|name| ada.publish(&mentor(name, HEADLINE))).collect();
    mentors.iter().for_each(|name| bo.comes_to_find(name));
    (ada, bo, listings)
}

fn asks(bo: &Node, profile: &str, mentee: &str) -> String {
    bo.asks(&request(profile, "Fifteen minutes on social media", mentee, &email(mentee)))
}

fn seen(node: &Node, id: &str) -> Value {
    node.run(&["--json", "intro", "show", id]).json()
}

/// The day so many days from today.
fn day(days: u64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
    Timestamp(u64::try_from(now).expect("milliseconds")).plus(days * DAY).date().to_string()
}

/// Waits until a node sees this availability of a profile.
fn comes_to_see(node: &Node, profile: &str, status: &str) -> Value {
    until(&format!("{} sees {status}", node.name), || {
        let shown = node.api().get(&format!("/api/v1/profiles/{profile}")).done();
        Some(shown["profile"]["availability"].clone()).filter(|availability| availability["status"] == status)
    })
}

#[test]
fn a_no_offers_others_and_a_yes_the_way_out_of_other_requests() {
    let _places = places(2);
    let (ada, bo, listings) = ada_and_bo(&["Ada Okafor", "Di Ek", "Ed Wu", "Flo Bay"]);
    let profiles: Vec<_> = listings.iter().map(|listing| ada.profile_id(listing)).collect();
    let no = asks(&bo, &profiles[0], "Bo Hansen");
    ada.comes_to_stand(&no, &["delivered"]);
    ada.run(&["intro", "decline", &no, "--reason", "someone_else_better", "--refer", &profiles[3]]).done();
    bo.comes_to_stand(&no, &["declined"]);
    let declined = seen(&bo, &no);
    let others: Vec<_> = declined["alternatives"].as_array().expect("others").iter().collect();
    assert_eq!(others.len(), 3, "{declined}");
    assert_eq!((&others[0]["id"], &others[0]["referred"]), (&json!(profiles[3]), &json!(true)));
    assert!(others.iter().all(|other| other["id"] != profiles[0].as_str()), "{declined}");
    bo.run(&["intro", "show", &no]).says("Others who can be asked").says("Flo Bay").says(&profiles[3]);
    bo.run(&["intro", "aside", &no]).done();
    assert_eq!(seen(&bo, &no)["put_aside"], true);
    bo.run(&["intro", "aside", &no, "--undo"]).done();
    assert!(seen(&bo, &no).get("put_aside").is_none() && seen(&ada, &no).get("put_aside").is_none());
    assert!(seen(&ada, &no).get("alternatives").is_none(), "they are for the mentee");

    let (yes, open) = (asks(&bo, &profiles[1], "Bo Hansen"), asks(&bo, &profiles[2], "Bo Hansen"));
    ada.comes_to_stand(&yes, &["delivered"]);
    ada.comes_to_stand(&open, &["delivered"]);
    ada.run(&["intro", "accept", &yes]).done();
    bo.comes_to_stand(&yes, &["accepted"]);
    let accepted = seen(&bo, &yes);
    assert_eq!(accepted["also_open"][0]["id"], open.as_str(), "{accepted}");
    let next = format!("mentormesh intro withdraw {open} --superseded");
    bo.run(&["intro", "show", &yes]).says(&next);
    bo.run(&["intro", "withdraw", &open, "--superseded"]).done();
    ada.comes_to_stand(&open, &["superseded"]);
    assert_eq!(bo.stands(&open), "superseded");
    ada.run(&["intro", "show", &open]).says("because another mentor said yes");
    assert!(seen(&bo, &yes).get("also_open").is_none());
}

#[test]
fn a_mentor_who_is_away_is_seen_so_everywhere_and_asked_again_when_back() {
    let _places = places(2);
    let (ada, bo, listings) = ada_and_bo(&["Ada Okafor"]);
    let (listing, profile) = (listings[0].as_str(), ada.profile_id(&listings[0]));
    let waits = asks(&bo, &profile, "Cy Cooper");
    ada.comes_to_stand(&waits, &["delivered"]);
    ada.run(&["profile", "pause", listing, "--until", &day(0)]).exits(2).says("until");
    ada.run(&["profile", "pause", listing, "--until", &day(30)]).done();
    assert_eq!(comes_to_see(&bo, &profile, "paused")["until"], day(30).as_str());
    let asked = request(&profile, "Fifteen minutes on social media", "Bo Hansen", &email("Bo Hansen"));
    let refused = bo.ask(&asked);
    refused.refused(409, "conflict");
    assert!(bo.ask(&asked).text().contains(&day(30)), "the answer says until when");
    let waiting = seen(&bo, &waits);
    assert_eq!(waiting["state"], "delivered");
    assert!(waiting["why"].as_str().is_some_and(|why| why.contains(&day(30))), "who looks sees it: {waiting}");
    let mail = comes_to_write(&bo, "mentor_paused");
    assert_eq!(mail["to"], email("Cy Cooper"), "who waits is told by their own node: {mail}");
    assert!(mail["text"].as_str().is_some_and(|text| text.contains("Ada Okafor takes a pause until")), "{mail}");
    assert_eq!(bo.api().get("/api/v1/search?available=true").done()["total"], 0);

    assert_eq!(presses(&bo, &link(&mail, "Take your request back"), "").status, 200);
    ada.comes_to_stand(&waits, &["withdrawn"]);

    ada.run(&["profile", "resume", listing]).done();
    comes_to_see(&bo, &profile, "accepting");
    let id = asks(&bo, &profile, "Bo Hansen");
    ada.comes_to_stand(&id, &["delivered"]);
    ada.run(&["intro", "decline", &id, "--reason", "no_capacity", "--pause-until", &day(60)]).done();
    assert_eq!(comes_to_see(&bo, &profile, "paused")["until"], day(60).as_str(), "a no and a pause are one step");
    let kept = ada.run(&["--json", "profile", "show", listing]).json();
    assert_eq!((&kept["profile"]["availability"]["until"], &kept["edited"]), (&json!(day(60)), &json!(false)));
}

#[test]
fn a_block_holds_until_both_registrars_lift_it_and_a_report_stays_at_home() {
    let _places = places(2);
    let (ada, bo, listings) = ada_and_bo(&["Ada Okafor"]);
    let profile = ada.profile_id(&listings[0]);
    let id = asks(&bo, &profile, "Bo Hansen");
    ada.comes_to_stand(&id, &["delivered"]);
    let report = "Asked me to sit an exam in their name.";
    ada.run(&["intro", "decline", &id, "--reason", "timing", "--report", report]).exits(2).says("report");
    ada.run(&["intro", "decline", &id, "--reason", "blocked", "--report", report]).done();
    bo.comes_to_stand(&id, &["blocked"]);
    ada.run(&["intro", "block", "list"]).says(report);
    let told = seen(&bo, &id);
    assert_eq!(told["reason"], "blocked");
    assert!(!told.to_string().contains("exam"), "{told}");
    assert!(bo.run(&["--json", "intro", "block", "list"]).json().to_string().contains(&id));

    let asked = request(&profile, "Fifteen minutes on social media", "Bo Hansen", &email("Bo Hansen"));
    bo.ask(&asked).refused(409, "cooldown");
    bo.run(&["intro", "block", "lift", &id]).done();
    let refused = bo.asks(&asked);
    bo.comes_to_stand(&refused, &["refused"]);
    ada.run(&["intro", "block", "lift", &id]).done();
    let taken = asks(&bo, &profile, "Bo Hansen");
    ada.comes_to_stand(&taken, &["delivered"]);
    ada.run(&["intro", "block", "lift", &taken]).exits(1).says("no block");
}

#[test]
fn a_mentor_who_is_hidden_here_is_out_of_sight_here_alone_across_a_restart() {
    let _places = places(2);
    let (ada, mut bo, listings) = ada_and_bo(&["Ada Okafor", "Di Ek"]);
    let profile = ada.profile_id(&listings[0]);
    let under_way = asks(&bo, &profile, "Cy Cooper");
    ada.comes_to_stand(&under_way, &["delivered"]);
    bo.run(&["profile", "hide", &profile, "--why", "asked for by our officer"]).done();
    let gone = |node: &Node| {
        assert_eq!(node.search("")["total"], 1, "only Di is found");
        node.api().get(&format!("/api/v1/profiles/{profile}")).refused(404, "not_found");
        node.api().get(&format!("/api/v1/profiles/{profile}/record")).refused(404, "not_found");
        let asked = request(&profile, "Fifteen minutes on social media", "Bo Hansen", &email("Bo Hansen"));
        node.ask(&asked).refused(404, "not_found");
        node.run(&["trust", "show"]).says(&profile).says("asked for by our officer");
    };
    gone(&bo);
    assert_eq!(ada.search("")["total"], 2, "at home everything is as before");
    ada.run(&["profile", "hide", &profile]).exits(1).says("of this organisation");
    bo.stop();
    bo.serve();
    gone(&bo);
    let mut newer = mentor("Ada Okafor", "Press and social media");
    newer["profile"]["summary"] = json!("Renewed.");
    ada.api().put(&format!("/api/v1/listings/{}", listings[0]), &newer).done();
    ada.run(&["profile", "publish", &listings[0], "--yes"]).done();
    until_true("Bo holds the newer record", || {
        let shown = ada.api().get(&format!("/api/v1/profiles/{profile}")).done();
        let record = shown["record"].as_str().expect("a record");
        bo.api().get(&format!("/api/v1/records/{record}")).status == 200
    });
    gone(&bo);
    ada.run(&["intro", "accept", &under_way]).done();
    bo.comes_to_stand(&under_way, &["accepted"]);
    bo.run(&["profile", "unhide", &profile]).done();
    bo.comes_to_find("Ada Okafor");
}
