//! Nodes that were apart become equal again, without a restart and without a command.

use std::net::TcpListener;

use crate::harness::gate::places;
use crate::harness::node::{Node, become_equal};
use crate::harness::people::mentor;
use crate::harness::wait::until_true;

fn connected(node: &Node, peer: &str) -> bool {
    let peers = node.api().get("/api/v1/peers").done();
    peers["items"].as_array().unwrap().iter().any(|known| known["id"] == peer && known["connected"] == true)
}

/// Ada and Bo, friends and equal, with one mentor each.
fn two_friends() -> (Node, Node) {
    let (ada, bo) = (Node::init("Ada's Institute"), Node::init("Bo's Guild"));
    let mut both = [ada, bo];
    for node in &mut both {
        node.set("sync", "recent_every_seconds", "5").set("sync", "full_every_seconds", "10");
        node.serve();
    }
    let [ada, bo] = both;
    bo.befriend(&ada);
    ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    bo.publish(&mentor("Bo Lindqvist", "Bridges in cold countries"));
    ada.comes_to_find("Bo Lindqvist");
    bo.comes_to_find("Ada Okafor");
    become_equal(&[&ada, &bo]);
    (ada, bo)
}

#[test]
fn apart_by_blocking_each_other_both_write_and_become_equal_after_unblocking() {
    let _places = places(2);
    let (ada, bo) = two_friends();
    let (ada_peer, bo_peer) = (ada.peer_id(), bo.peer_id());
    ada.run(&["peer", "block", &bo_peer]).done();
    bo.run(&["peer", "block", &ada_peer]).done();
    until_true("they are apart", || !connected(&ada, &bo_peer) && !connected(&bo, &ada_peer));

    ada.publish(&mentor("Olu Adeyemi", "Press offices in a crisis"));
    let gone = ada.publish(&mentor("Gone Tomorrow", "Here only while we were apart"));
    ada.api().post(&format!("/api/v1/listings/{gone}/withdraw"), &serde_json::json!({})).done();
    bo.publish(&mentor("Ingrid Berg", "Tunnels under fjords"));
    ada.comes_to_find("Olu Adeyemi");
    bo.comes_to_find("Ingrid Berg");
    assert!(!bo.finds("Olu Adeyemi") && !ada.finds("Ingrid Berg"), "they are still apart");
    assert_ne!(ada.fingerprints(), bo.fingerprints());

    ada.run(&["peer", "unblock", &bo_peer]).done();
    bo.run(&["peer", "unblock", &ada_peer]).done();
    bo.comes_to_find("Olu Adeyemi");
    ada.comes_to_find("Ingrid Berg");
    become_equal(&[&ada, &bo]);
    assert!(!bo.finds("Gone Tomorrow"));
}

#[test]
fn apart_because_one_stopped_and_came_back_on_another_port() {
    let _places = places(2);
    let (mut ada, bo) = two_friends();
    ada.stop();
    bo.publish(&mentor("Ingrid Berg", "Tunnels under fjords"));
    bo.comes_to_find("Ingrid Berg");

    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    ada.listen_on(&[&format!("/ip4/127.0.0.1/tcp/{elsewhere}")]);
    ada.serve();
    ada.publish(&mentor("Olu Adeyemi", "Press offices in a crisis"));

    ada.comes_to_find("Ingrid Berg");
    bo.comes_to_find("Olu Adeyemi");
    become_equal(&[&ada, &bo]);
}

#[test]
fn an_organisation_pinned_before_anybody_near_knew_it_is_found_without_waiting_for_a_timer() {
    let _places = places(3);
    let mut nodes = [Node::init("Ada's Institute"), Node::init("Bo's Guild"), Node::init("Cy's Academy")];
    for node in &mut nodes {
        node.set("sync", "recent_every_seconds", "3600").set("sync", "full_every_seconds", "86400");
        node.serve();
    }
    let [ada, bo, cy] = nodes;
    bo.befriend(&ada);
    ada.pin(&cy);
    cy.pin(&ada);
    cy.publish(&mentor("Cy Raghavan", "Coaching first-time managers"));
    until_true("Ada has looked and found nothing of Cy", || bo.fingerprints() == ada.fingerprints());
    // Only now does Bo meet Cy; nobody tells Ada but Bo's word that there is something of Cy's.
    bo.befriend(&cy);
    bo.comes_to_find("Cy Raghavan");
    ada.comes_to_find("Cy Raghavan");
}

#[test]
fn a_third_party_in_the_middle_heals_two_who_never_met() {
    let _places = places(3);
    let (mut ada, bo, mut cy) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"), Node::init("Cy's Academy"));
    bo.befriend(&ada);
    ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    bo.comes_to_find("Ada Okafor");
    ada.stop();

    // Ada is gone before Cy comes; all that Cy has of her came through Bo, verified on Cy's own disk.
    cy.serve();
    cy.befriend(&bo);
    cy.publish(&mentor("Cy Raghavan", "Coaching first-time managers"));
    bo.pin(&cy);
    cy.pin(&ada);
    cy.comes_to_find("Ada Okafor");
    bo.comes_to_find("Cy Raghavan");
    become_equal(&[&bo, &cy]);
}
