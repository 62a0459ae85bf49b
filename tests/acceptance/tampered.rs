//! The tampered record nobody takes: not from a friend, not by gossip, not by sync, not under any id.

use std::sync::atomic::Ordering;

use mentormesh_protocol::key::sha256;
use mentormesh_protocol::{OrganisationId, RecordId};

use mentormesh_protocol::limits::{CLOCK_AHEAD_PARKED, ENVELOPE_BYTES};
use mentormesh_protocol::signed::Network;
use mentormesh_protocol::{Record, SecretKey, Signed};

use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::harness::raw_peer::{RawPeer, Served, node_key, now, seed};
use crate::harness::wait::until_true;

/// Puts another word of the same length where a word stands in the signed bytes.
pub(crate) fn forged(envelope: &[u8], word: &str, other: &str) -> Vec<u8> {
    assert_eq!(word.len(), other.len());
    let at = envelope.windows(word.len()).position(|window| window == word.as_bytes()).expect("the word is in there");
    let mut bytes = envelope.to_vec();
    bytes[at..at + word.len()].copy_from_slice(other.as_bytes());
    bytes
}

#[test]
fn a_record_with_one_word_changed_is_taken_by_nobody_though_a_pinned_peer_hands_it_over() {
    let _places = places(3);
    let (ada, bo, mut mallory) =
        (Node::start("Ada's Institute"), Node::start("Bo's Guild"), Node::start("Mallory's Society"));
    bo.befriend(&ada);
    mallory.befriend(&bo);
    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    let genuine = ada.api().get(&format!("/api/v1/profiles/{}.{id}/record", ada.org));
    assert_eq!(genuine.status, 200);
    let liar = mallory.publish(&mentor("Mallory Marsh", "Honest at first"));
    bo.comes_to_find("Ada Okafor");
    bo.comes_to_find("Mallory Marsh");
    let own = mallory.api().get(&format!("/api/v1/profiles/{}.{liar}/record", mallory.org));
    mallory.stop();

    // Ada's record with another name, and Mallory's own with another headline than she signed.
    let other_name = forged(&genuine.body, "Ada Okafor", "Eve Okafor");
    let other_headline = forged(&own.body, "Honest at first", "Crooked always!");
    let sequence = now().0;
    let ada_org: OrganisationId = ada.org.parse().unwrap();
    let mallory_org: OrganisationId = mallory.org.parse().unwrap();
    let (true_id, false_id) = (RecordId(sha256(&genuine.body)), RecordId(sha256(&other_name)));
    let records = vec![
        (ada_org, sequence, false_id, other_name.clone()),
        (ada_org, sequence - 1, true_id, other_name.clone()),
        (mallory_org, sequence, RecordId(sha256(&other_headline)), other_headline.clone()),
    ];
    let wire = RawPeer::spawn(node_key(&mallory.data()), &mallory.org, Served { records, ..Served::default() });
    wire.join(&bo.ticket());
    for envelope in [&other_name, &other_headline] {
        // A peer that sends lies may be cut off at once; the second lie may then reach nobody.
        wire.gossip(std::slice::from_ref(envelope));
    }
    bo.run(&["sync", "now"]);

    // Bo lives on and still takes what is true.
    ada.publish(&mentor("Olu Adeyemi", "Press offices in a crisis"));
    bo.comes_to_find("Olu Adeyemi");
    until_true("Bo asked the liar for a session", || {
        bo.api().get("/api/v1/sync").done()["peers"].as_array().unwrap().len() >= 2
    });
    for node in [&ada, &bo] {
        for lie in ["Eve", "Crooked"] {
            assert!(node.names(lie).is_empty(), "{} shows a lie: {:?}", node.name, node.names(lie));
        }
        assert_eq!(node.names("Okafor"), ["Ada Okafor"]);
        node.api().get(&format!("/api/v1/records/{false_id}")).refused(404, "not_found");
    }
    let held = bo.api().get(&format!("/api/v1/profiles/{}.{id}/record", ada.org));
    assert_eq!(held.body, genuine.body, "Bo's copy is byte for byte what Ada signed");
}

/// When the node last ended a session with its one peer.
fn last_session(node: &Node) -> Option<String> {
    node.api().get("/api/v1/sync").done()["peers"][0]["last"]["at"].as_str().map(str::to_owned)
}

#[test]
fn whatever_bad_record_a_pinned_peer_serves_changes_nothing() {
    let _places = places(2);
    let (bo, mut mallory) = (Node::start("Bo's Guild"), Node::start("Mallory's Society"));
    mallory.befriend(&bo);
    let id = mallory.publish(&mentor("Mallory Marsh", "Honest at first"));
    bo.comes_to_find("Mallory Marsh");
    let own = mallory.api().get(&format!("/api/v1/profiles/{}.{id}/record", mallory.org)).body;
    mallory.stop();
    let before = bo.fingerprints().get(&mallory.org).cloned();

    let signed = Signed::<Record>::decode(&own).unwrap();
    let (about, body) = (signed.claims().header().about.clone(), signed.claims().body().clone());
    let organisation: OrganisationId = mallory.org.parse().unwrap();
    let true_key = SecretKey::new(&seed(&mallory.data().join("keys/signing.key")));
    let issue = |at: u64, network: &str, key: &SecretKey| {
        let record = Record::issue(organisation, about.clone(), at, mentormesh_protocol::Timestamp(at), body.clone());
        Signed::sign(&record.unwrap(), &Network::new(network).unwrap(), key).unwrap().bytes().to_vec()
    };
    let (moment, future) = (now().0, now().plus(2 * CLOCK_AHEAD_PARKED).0);
    let lies = [
        ("truncated", own[..own.len() - 1].to_vec()),
        ("oversized", own.iter().copied().chain(vec![0; ENVELOPE_BYTES]).collect()),
        ("with bytes after its end", own.iter().copied().chain([0]).collect()),
        ("of another network", issue(moment, "demo", &true_key)),
        ("from the future", issue(future, "main", &true_key)),
        ("signed by a key of nobody's", issue(moment, "main", &SecretKey::new(&[9; 32]))),
        ("no record at all", b"no record at all".to_vec()),
    ];
    for (what, lie) in lies {
        let lie_id = RecordId(sha256(&lie));
        let records = vec![(organisation, moment, lie_id, lie)];
        let served = Served { records, ..Served::default() };
        let (sessions, wire) =
            (last_session(&bo), RawPeer::spawn(node_key(&mallory.data()), &mallory.org, served.clone()));
        wire.join(&bo.ticket());
        until_true(&format!("Bo was handed a record {what}"), || {
            served.handed_over.load(Ordering::SeqCst) > 0 && last_session(&bo) > sessions
        });
        drop(wire);
        bo.api().get(&format!("/api/v1/records/{lie_id}")).refused(404, "not_found");
    }
    assert_eq!(bo.fingerprints().get(&mallory.org).cloned(), before, "nothing changed");
    assert_eq!(bo.names(""), ["Mallory Marsh"]);

    // The same way in works for what is true, so the lies were not merely unheard.
    let truth = issue(moment, "main", &true_key);
    let true_id = RecordId(sha256(&truth));
    let records = vec![(organisation, moment, true_id, truth)];
    let wire = RawPeer::spawn(node_key(&mallory.data()), &mallory.org, Served { records, ..Served::default() });
    wire.join(&bo.ticket());
    until_true("Bo takes what is true", || bo.api().get(&format!("/api/v1/records/{true_id}")).status == 200);
}
