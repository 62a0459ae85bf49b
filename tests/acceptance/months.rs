//! Months pass for the real program: what is due on the fourth day, the fifteenth, the ninety-first happens then and not
//! before. Waiting is shortened by a clock that the story moves.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::gate::places;
use crate::harness::introductions::request;
use crate::harness::moved_clock::MovedClock;
use crate::harness::node::{Node, holds};
use crate::harness::people::{email, mentor};
use crate::harness::wait::{until, until_true};
use crate::mail_links::{ADA, BO, ask, comes_to_write, institute, outbox};

/// How many mails of a kind were written.
fn written(node: &Node, what: &str) -> usize {
    outbox(node, what).len()
}

fn comes_to_have_written(node: &Node, what: &str, count: usize) {
    until_true(&format!("{} has written {count} of `{what}`", node.name), || written(node, what) == count);
}

/// A request that has arrived.
fn arrived(ada: &Node, listing: &str) -> String {
    let id = ask(ada, listing, BO);
    until_true("the mentor's side has the request", || {
        let received = ada.introductions("direction=received").into_iter().find(|one| one["id"] == *id);
        received.is_some_and(|half| half["state"] != "submitted")
    });
    id
}

fn numbers(node: &Node, what: &str) -> BTreeSet<String> {
    outbox(node, what).iter().map(|mail| mail["id"].to_string()).collect()
}

fn availability(node: &Node, listing: &str) -> Value {
    node.api().get(&format!("/api/v1/listings/{listing}")).done()["profile"]["availability"]["status"].clone()
}

fn retained(node: &Node) -> Value {
    until("the job that forgets has run", || {
        let status = node.run(&["--json", "status"]).json();
        Some(status["retention"].clone()).filter(|retention| retention["older_rows"].is_u64())
    })
}

#[test]
fn a_silent_mentor_is_reminded_then_told_of_then_paused_and_an_appeal_ends_it() {
    let Some(mut clock) = MovedClock::new() else { return };
    let _places = places(1);
    let (mut ada, listing) = institute(|_| {});
    ada.adds("Rae Registrar", "rae@example.org", &["registrar"]);
    let first = arrived(&ada, &listing);
    comes_to_write(&ada, "request");
    assert_eq!(
        (written(&ada, "reminder_4"), written(&ada, "reminder_10")),
        (0, 0),
        "nobody is silent on the first day"
    );

    clock.passes(5, &mut [&mut ada]);
    comes_to_have_written(&ada, "reminder_4", 1);
    assert_eq!(comes_to_write(&ada, "reminder_4")["to"], email(ADA));
    clock.passes(6, &mut [&mut ada]);
    comes_to_have_written(&ada, "reminder_10", 1);
    assert_eq!(
        (written(&ada, "reminder_4"), ada.stands(&first).as_str()),
        (1, "delivered"),
        "each once, and it still waits"
    );

    clock.passes(4, &mut [&mut ada]);
    ada.comes_to_stand(&first, &["expired"]);
    until_true("the mentee hears that no answer came", || outbox(&ada, "expired").iter().any(|mail| mail["to"] == BO));
    for (silences, told, status) in [(2, 1, "accepting"), (3, 1, "paused")] {
        assert_eq!((written(&ada, "silent"), written(&ada, "paused")), (usize::from(silences > 2), 0));
        let id = arrived(&ada, &listing);
        clock.passes(15, &mut [&mut ada]);
        ada.comes_to_stand(&id, &["expired"]);
        comes_to_have_written(&ada, "silent", told);
        assert_eq!(comes_to_write(&ada, "silent")["to"], "rae@example.org");
        until_true(&format!("after {silences} silences she is {status}"), || availability(&ada, &listing) == status);
    }
    comes_to_have_written(&ada, "paused", 1);
    let refused = ada.ask(&request(&ada.profile_id(&listing), "Once more", "Bo Lind", BO));
    assert!(refused.status >= 400, "a paused mentor is not asked: {}", refused.text());

    ada.run(&["profile", "resume", &listing]).done();
    until_true("she is asked again", || availability(&ada, &listing) == "accepting");
    let again = arrived(&ada, &listing);
    clock.passes(15, &mut [&mut ada]);
    ada.comes_to_stand(&again, &["expired"]);
    assert_eq!(availability(&ada, &listing), "accepting", "the count began anew");
}

#[test]
fn a_listing_asks_to_be_confirmed_a_month_and_a_week_before_it_must_be() {
    let Some(mut clock) = MovedClock::new() else { return };
    let _places = places(1);
    let (mut ada, listing) = institute(|node| {
        node.set("listings", "confirm_every_days", "100");
    });
    for (days, reminders) in [(60, 0), (11, 1), (20, 1), (3, 2)] {
        clock.passes(days, &mut [&mut ada]);
        ada.comes_to_find(ADA);
        comes_to_have_written(&ada, "confirm", reminders);
    }
    ada.run(&["profile", "confirm", &listing]).done();
    let before = numbers(&ada, "confirm");
    clock.passes(10, &mut [&mut ada]);
    ada.comes_to_find(ADA);
    retained(&ada);
    assert!(numbers(&ada, "confirm").is_subset(&before), "who confirmed is left in peace");
}

#[test]
fn what_was_said_is_forgotten_when_it_is_old_and_that_something_was_stays_countable() {
    let Some(mut clock) = MovedClock::new() else { return };
    let _places = places(1);
    let (mut ada, listing) = institute(|_| {});
    let profile = ada.profile_id(&listing);
    let asked = |ada: &Node, title: &str, mentee: &str| ada.asks(&request(&profile, title, mentee, &email(mentee)));
    let declined = asked(&ada, "Unmistakable newsletters", "Cy Cooper");
    let taken_back = asked(&ada, "Unforgettable posters", "Di Ek");
    ada.step(&declined, "decline", &json!({ "reason": "timing", "message": "Quite another summer." })).done();
    ada.step(&taken_back, "withdraw", &json!({})).done();

    for (id, state) in [(&declined, "declined"), (&taken_back, "withdrawn")] {
        until_true(&format!("both sides know {state}"), || {
            let halves = ada.introductions("").into_iter().filter(|one| one["id"] == **id);
            halves.filter(|half| half["state"] == state).count() == 2
        });
        comes_to_write(&ada, state);
    }

    let (newsletters, posters) = ("Unmistakable newsletters", "Unforgettable posters");
    clock.passes(29, &mut [&mut ada]);
    assert_eq!(retained(&ada)["older_rows"], 0);
    assert!(remembers(&ada, newsletters) && remembers(&ada, posters), "both are younger than may be kept");
    clock.passes(2, &mut [&mut ada]);
    until_true("what was taken back is forgotten", || !remembers(&ada, posters));
    assert!(remembers(&ada, newsletters), "what was declined is kept for longer");
    clock.passes(60, &mut [&mut ada]);
    for words in [newsletters, "Quite another summer.", "cy.cooper@example.org"] {
        until_true(&format!("`{words}` is forgotten"), || !remembers(&ada, words));
    }
    assert_eq!(retained(&ada)["older_rows"], 0);
    ada.comes_to_find(ADA);
    ada.stop();
    for words in [newsletters, posters, "Quite another summer."] {
        assert_eq!(holds(&ada.data(), words), Vec::<std::path::PathBuf>::new(), "nowhere in the node's folder");
    }
}

/// Whether these words are in anything that is shown of introductions, or in the desk's file.
fn remembers(node: &Node, words: &str) -> bool {
    !holds(&node.data(), words).is_empty()
}

#[test]
fn five_answers_tell_the_network_coarsely_how_soon_a_mentor_answers() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    let listing = ada.publish(&mentor(ADA, "Social media for public relations"));
    let profile = ada.profile_id(&listing);
    bo.comes_to_find(ADA);
    let band = || bo.api().get(&format!("/api/v1/profiles/{profile}")).done()["profile"]["responsiveness"].clone();
    for (number, mentee) in ["Cy Cooper", "Di Ek", "Ed Wu", "Flo Bay", "Gil Roy"].into_iter().enumerate() {
        ada.act(&listing, "publish", &json!({}));
        assert_eq!(band(), Value::Null, "{number} answers tell nothing");
        let id = bo.asks(&request(&profile, "Fifteen minutes", mentee, &email(mentee)));
        ada.comes_to_stand(&id, &["delivered"]);
        ada.step(&id, "decline", &json!({ "reason": "timing" })).done();
        bo.comes_to_stand(&id, &["declined"]);
    }
    ada.act(&listing, "publish", &json!({}));
    until_true("the other node tells it", || band()["band"] == "3d");
    let page = bo.api().with_token(None).ask("GET", &format!("/mentors/{profile}"), &[("accept", "text/html")], b"");
    assert!(page.text().contains("3 days"), "{}", page.text());
}
