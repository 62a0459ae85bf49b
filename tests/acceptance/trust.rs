//! Trust is the operator's: pin, unpin, block and unblock work at once, and what is hidden says so.

use std::sync::Barrier;
use std::thread;

use serde_json::json;

use crate::harness::gate::places;
use crate::harness::node::{Node, holds};
use crate::harness::people::mentor;
use crate::harness::wait::{until, until_true};

#[test]
fn pinning_shows_theirs_and_sends_ours_and_unpinning_takes_theirs_out_of_everything() {
    let _places = places(2);
    let (ada, mut bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    bo.publish(&mentor("Bo Lindqvist", "Bridges in cold countries"));
    let joined = bo.run(&["--json", "peer", "join", &ada.ticket()]).json();
    assert_eq!(joined["pinned"], false);
    assert!(joined["next"].as_str().is_some_and(|next| next.contains("pin")), "it says how to show theirs: {joined}");
    ada.pin(&bo);
    assert!(!bo.finds("Ada Okafor"), "joining alone shows nothing");

    bo.pin(&ada);
    bo.comes_to_find("Ada Okafor");
    ada.comes_to_find("Bo Lindqvist");
    let profile = format!("/api/v1/profiles/{}.{id}", ada.org);
    bo.api().get(&profile).done();

    bo.unpin(&ada);
    bo.comes_to_miss("Ada Okafor");
    until(&format!("{profile} is gone"), || (bo.api().get(&profile).status == 404).then_some(()));
    let page = bo.search("");
    assert!(!page["hits"].to_string().contains("Ada Okafor"));
    assert!(!page["facets"]["organisation"].to_string().contains(&ada.org), "no facet counts them: {}", page["facets"]);
    until_true("sync holds none of their profiles", || {
        let sync = bo.api().get("/api/v1/sync").done();
        let rows = sync["organisations"].as_array().unwrap().clone();
        rows.iter().all(|row| row["id"] != ada.org.as_str() || row["hidden"] == true)
    });
    assert!(ada.finds("Ada Okafor"), "Ada's own register is untouched");

    // After a restart too; and of the derived folders not one byte of a name is left. sled reuses the room of removed
    // values in its own time, so of the store the promise is about keys: what it holds, no question brings to light.
    bo.stop();
    bo.serve();
    assert!(!bo.finds("Ada Okafor"));
    bo.api().get(&profile).refused(404, "not_found");
    for place in ["index", "desk.sqlite"] {
        let files = holds(&bo.data().join(place), "Okafor");
        assert!(files.is_empty(), "{files:?} still hold a name of theirs");
    }
}

#[test]
fn whoever_joins_a_node_that_is_being_reached_already_waits_for_the_same_connection() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    let (ticket, start) = (ada.ticket(), Barrier::new(8));
    let join = || {
        start.wait();
        bo.api().post("/api/v1/peers", &json!({ "ticket": ticket })).status
    };
    let statuses: Vec<_> = thread::scope(|scope| {
        let all: Vec<_> = (0..8).map(|_| scope.spawn(join)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(statuses.iter().all(|status| (200..300).contains(status)), "{statuses:?}");
}

#[test]
fn a_search_that_hides_an_organisation_says_which_why_and_what_to_do() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    ada.comes_to_find("Ada Okafor");
    bo.run(&["peer", "join", &ada.ticket()]).done();
    let hidden = until("Bo's search names what it hides", || {
        let page = bo.search("social");
        let hidden = page["not_shown"]["organisations"].as_array().unwrap().clone();
        hidden.into_iter().find(|one| one["id"] == ada.org.as_str() && one["name"] == "Ada's Institute")
    });
    assert!(hidden["why"].as_str().is_some_and(|why| !why.is_empty()), "{hidden}");
    let next = hidden["next"].as_str().unwrap();
    assert!(next.contains("trust pin"), "what to do is a command: {hidden}");
    until_true("the number of hidden mentors is the one Ada says", || {
        bo.search("social")["not_shown"]["organisations"][0]["mentors"] == 1
    });
    bo.run(&["search", "social"]).says("Ada's Institute").says("trust pin");
    assert!(bo.search("social")["hits"].as_array().unwrap().is_empty());
}

#[test]
fn a_blocked_organisation_is_gone_at_once_and_comes_back_only_when_unblocked_and_pinned() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    bo.publish(&mentor("Bo Lindqvist", "Bridges in cold countries"));
    bo.comes_to_find("Ada Okafor");
    ada.comes_to_find("Bo Lindqvist");

    bo.run(&["trust", "block", &ada.org]).done();
    bo.comes_to_miss("Ada Okafor");
    bo.publish(&mentor("Ingrid Berg", "Tunnels under fjords"));
    bo.comes_to_find("Ingrid Berg");

    bo.run(&["trust", "unblock", &ada.org]).done();
    assert!(!bo.finds("Ada Okafor"), "unblocking alone shows nothing under the closed policy");
    assert!(!ada.finds("Ingrid Berg"), "who is not shown is sent nothing");
    bo.pin(&ada);
    bo.comes_to_find("Ada Okafor");
    ada.comes_to_find("Ingrid Berg");
}

#[test]
fn the_open_policy_shows_whoever_is_not_blocked() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    ada.run(&["trust", "set", "open"]).done();
    bo.run(&["trust", "set", "open"]).done();
    assert_eq!(bo.api().get("/api/v1/trust").done()["policy"], "open");
    bo.run(&["peer", "join", &ada.ticket()]).done();
    bo.comes_to_find("Ada Okafor");
    bo.run(&["trust", "set", "closed"]).done();
    bo.comes_to_miss("Ada Okafor");
}

#[test]
fn the_recognised_policy_is_refused_with_the_reason() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let why = ada.api().put("/api/v1/trust", &json!({ "policy": "recognised" })).refused(409, "policy_unavailable");
    assert!(why.contains("recogni"), "the reason: {why}");
    ada.run(&["trust", "set", "recognised"]).exits(4).says("recogni");
    assert_eq!(ada.api().get("/api/v1/trust").done()["policy"], "closed");
}

#[test]
fn trust_takes_an_id_or_a_ticket_and_never_a_name() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.run(&["peer", "join", &ada.ticket()]).done();
    let by_name = bo.run(&["trust", "pin", "Ada's Institute"]);
    assert_ne!(by_name.code, 0, "{}", by_name.said());
    bo.run(&["trust", "pin", &ada.ticket()]).done();
    until_true("Ada is pinned at Bo", || bo.run(&["trust", "show"]).done().contains("Ada's Institute"));
    let view = bo.run(&["--json", "org", "show", &ada.org]).json();
    assert_eq!(view["standing"], "pinned");
}
