//! The tampered record nobody takes: not from a friend, not by gossip, not by sync, not under any id.

use mentormesh_protocol::key::sha256;
use mentormesh_protocol::{OrganisationId, RecordId};

use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::harness::raw_peer::{RawPeer, Served, node_key, now};
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
    let wire = RawPeer::spawn(node_key(&mallory.data()), &mallory.org, Served { records });
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
