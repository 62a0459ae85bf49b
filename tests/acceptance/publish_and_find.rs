//! The first promise: what one organisation publishes, another finds on its own disk.

use crate::harness::gate::places;
use crate::harness::node::{Node, become_equal};
use crate::harness::people::mentor;
use crate::harness::wait::until_true;

fn ada_publishes_and_bo_finds(listen: &str) {
    let _places = places(2);
    let (mut ada, mut bo) = (Node::init("Ada's Institute"), Node::init("Bo's Guild"));
    ada.listen_on(&[listen]).serve();
    bo.listen_on(&[listen]).serve();
    bo.befriend(&ada);

    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    bo.comes_to_find("Ada Okafor");

    let page = bo.search("social media for PR");
    let hit = &page["hits"][0];
    assert_eq!(hit["id"], ada.profile_id(&id), "the id is the same on every node");
    assert_eq!(hit["organisation"]["id"], ada.org.as_str());
    assert_eq!(hit["organisation"]["name"], "Ada's Institute");
    assert!(hit["profile"].get("contact").is_none() && !page.to_string().contains("example.org"), "no contact leaves");

    // From her own disk: Ada's node is gone, Bo still finds and reads.
    ada.kill();
    assert!(bo.finds("Ada Okafor"));
    let profile = bo.api().get(&format!("/api/v1/profiles/{}.{id}", ada.org)).done();
    assert_eq!(profile["profile"]["headline"], "Social media for public relations");
}

#[test]
fn ada_publishes_and_bo_finds_over_tcp() {
    ada_publishes_and_bo_finds("/ip4/127.0.0.1/tcp/0");
}

#[test]
fn ada_publishes_and_bo_finds_over_quic() {
    ada_publishes_and_bo_finds("/ip4/127.0.0.1/udp/0/quic-v1");
}

#[test]
fn reasons_add_up_to_the_score_and_every_hit_has_some() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    ada.publish(&mentor("Olu Adeyemi", "Press offices in a crisis"));
    ada.comes_to_find("Olu Adeyemi");
    for words in ["", "social media", "relations"] {
        let page = ada.search(words);
        for hit in page["hits"].as_array().unwrap() {
            let reasons = hit["reasons"].as_array().unwrap();
            assert!(!reasons.is_empty(), "{hit}");
            let sum: f64 = reasons.iter().map(|reason| reason["points"].as_f64().unwrap()).sum();
            assert!((sum - hit["score"].as_f64().unwrap()).abs() < 0.11, "{sum} is not the score: {hit}");
        }
    }
    let names = ada.names("social media");
    assert_eq!(names.first().map(String::as_str), Some("Ada Okafor"));
}

#[test]
fn three_nodes_find_each_others_mentors_from_their_own_disks() {
    let _places = places(3);
    let (ada, bo, cy) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"), Node::start("Cy's Academy"));
    bo.befriend(&ada);
    cy.befriend(&ada);
    cy.befriend(&bo);
    ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    bo.publish(&mentor("Bo Lindqvist", "Bridges in cold countries"));
    cy.publish(&mentor("Cy Raghavan", "Coaching first-time managers"));
    for node in [&ada, &bo, &cy] {
        for name in ["Ada Okafor", "Bo Lindqvist", "Cy Raghavan"] {
            node.comes_to_find(name);
        }
        let facet = &node.search("")["facets"]["organisation"];
        assert_eq!(facet.as_array().map(Vec::len), Some(3), "one facet value for each organisation: {facet}");
    }
    become_equal(&[&ada, &bo, &cy]);
}

#[test]
fn who_joins_late_gets_everything_that_was_there_before() {
    let _places = places(2);
    let ada = Node::start("Ada's Institute");
    for number in 1..=30 {
        ada.publish(&mentor(&format!("Early Bird {number}"), "Here before anybody joined"));
    }
    let bo = Node::start("Bo's Guild");
    bo.befriend(&ada);
    until_true("Bo finds all thirty", || bo.search("Early Bird")["total"] == 30);
    become_equal(&[&ada, &bo]);
}

#[test]
fn everything_is_restarted_and_nothing_is_lost() {
    let _places = places(2);
    let (mut ada, mut bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    bo.publish(&mentor("Bo Lindqvist", "Bridges in cold countries"));
    ada.comes_to_find("Bo Lindqvist");
    bo.comes_to_find("Ada Okafor");
    become_equal(&[&ada, &bo]);
    let (sets, orgs) = (ada.fingerprints(), (ada.org.clone(), bo.org.clone()));
    let listing = ada.api().get(&format!("/api/v1/listings/{id}")).done();

    ada.stop();
    bo.stop();
    ada.serve();
    bo.serve();

    assert_eq!((ada.org.clone(), bo.org.clone()), orgs);
    assert_eq!(ada.fingerprints(), sets);
    assert_eq!(ada.api().get(&format!("/api/v1/listings/{id}")).done(), listing);
    for node in [&ada, &bo] {
        node.comes_to_find("Ada Okafor");
        node.comes_to_find("Bo Lindqvist");
    }
    // And they find each other again by themselves.
    ada.publish(&mentor("Olu Adeyemi", "Press offices in a crisis"));
    bo.comes_to_find("Olu Adeyemi");
    assert!(!ada.run(&["peer", "list"]).done().is_empty());
}
