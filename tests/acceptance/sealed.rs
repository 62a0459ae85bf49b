//! What strangers and other nodes see of a letter: nothing. What the two sides see: each other's contact, after a yes
//! and never otherwise.

use mentormesh_protocol::introduction::{Envelope, Letter, LetterBody, open};
use mentormesh_protocol::key::SealingSecret;
use mentormesh_protocol::signed::Network;
use mentormesh_protocol::{IntroductionId, OrganisationId, Signed, Subject};
use serde_json::json;

use crate::harness::gate::places;
use crate::harness::introductions::request;
use crate::harness::node::{Node, contains, holds};
use crate::harness::people::{email, mentor};
use crate::harness::raw_peer::{RawPeer, Served, node_key, seed};
use crate::harness::wait::{until, until_true};

const MENTOR: &str = "Zephyrine Quillfeather";
const MENTEE: &str = "Ottoline Farthingale";
const ADDRESS: &str = "ottoline@mentees.example.org";
const TITLE: &str = "Fifteen minutes on leaving accountancy";

/// Ada with a mentor, Bo who finds her, and the mentor's profile id.
fn ada_and_bo() -> (Node, Node, String) {
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    let profile = ada.profile_id(&ada.publish(&mentor(MENTOR, "Social media for public relations")));
    bo.comes_to_find(MENTOR);
    (ada, bo, profile)
}

fn opened(node: &Node, envelope: &Envelope) -> Vec<u8> {
    let secret = SealingSecret::new(&seed(&node.data().join("keys/sealing.key")));
    open(envelope, &Network::new("main").unwrap(), &[secret]).expect("the recipient's own key opens it")
}

#[test]
fn contacts_meet_on_a_yes_and_on_nothing_else() {
    let _places = places(2);
    let (mut ada, bo, profile) = ada_and_bo();
    // Ada's node stands aside; something that holds its key takes what is handed over, and never answers.
    ada.stop();
    let mut wire = RawPeer::spawn(node_key(&ada.data()), &ada.org, Served::default());
    wire.join(&bo.ticket());
    let id = bo.asks(&request(&profile, TITLE, MENTEE, ADDRESS));
    let sealed = until("the request is handed over", || wire.letters().first().cloned());
    drop(wire);
    let letter = opened(&ada, &sealed);
    assert!(contains(&letter, TITLE.as_bytes()) && contains(&letter, MENTEE.as_bytes()), "the request is readable");
    for address in [ADDRESS, "@mentees"] {
        assert!(!contains(&letter, address.as_bytes()), "{address} is in a request");
    }
    let signed = Signed::<Letter>::decode(&letter).unwrap();
    let LetterBody::Request(said) = &signed.claims().body else { panic!("not a request: {:?}", signed.claims()) };
    // Every text of the closed schema; the rest of the letter is ids, hashes and times.
    for text in [&said.name, &said.title, &said.purpose, said.why_you.as_ref().unwrap_or(&said.name)] {
        assert!(!text.contains('@'), "there is an address in a request: {text}");
    }

    ada.serve();
    ada.comes_to_stand(&id, &["delivered", "notified"]);
    assert_eq!(ada.introduction(&id).done()["contact"], json!(null));
    assert_eq!(bo.introduction(&id).done()["contact"], json!(null));
    for needle in [ADDRESS, "ottoline@"] {
        let files = holds(&ada.data(), needle);
        assert!(files.is_empty(), "the mentee's address is at the mentor's node before a yes: {files:?}");
    }
    assert!(!holds(&ada.data(), MENTEE).is_empty(), "the search of bytes is blind");

    ada.step(&id, "accept", &json!({ "message": "Gladly. Tuesday?" })).done();
    bo.comes_to_stand(&id, &["accepted"]);
    assert_eq!(bo.introduction(&id).done()["contact"]["email"], email(MENTOR));
    until_true("Ada has the mentee's contact", || {
        ada.introduction(&id).done()["contact"]["email"].as_str() == Some(ADDRESS)
    });
    assert_eq!(ada.introduction(&id).done()["contact"]["name"], MENTEE);

    let declined =
        bo.asks(&request(&profile, "A second question for somebody else", "Bertram Vole", "vole@mentees.example.org"));
    ada.comes_to_stand(&declined, &["delivered", "notified"]);
    ada.step(&declined, "decline", &json!({ "reason": "timing", "message": "Not this year." })).done();
    bo.comes_to_stand(&declined, &["declined"]);
    for node in [&ada, &bo] {
        assert_eq!(node.introduction(&declined).done()["contact"], json!(null), "{}", node.name);
    }
    assert_eq!(bo.introduction(&declined).done()["reason"], "timing");
    let files = holds(&ada.data(), "vole@");
    assert!(files.is_empty(), "a declined mentee's address reached the mentor's node: {files:?}");
    let twice =
        bo.ask(&request(&profile, "A second question, asked again", "Bertram Vole", "VOLE@mentees.example.org"));
    twice.refused(409, "cooldown");
}

#[test]
fn a_relay_reads_recipient_expiry_and_size_and_nothing_else() {
    let _places = places(3);
    let (mut ada, bo, profile) = ada_and_bo();
    let mut cy = Node::start("Cy's Society");
    for friend in [&ada, &bo] {
        cy.befriend(friend);
    }
    ada.run(&["org", "edit", "--relay", &cy.org]).done();
    until_true("Bo knows Ada's relay", || {
        bo.api().get(&format!("/api/v1/organisations/{}", ada.org)).text().contains(&cy.org)
    });
    ada.stop();

    // First Cy's real node keeps a letter; then something that holds its key is given one, and every byte is looked at.
    let kept = bo.asks(&request(&profile, TITLE, MENTEE, ADDRESS));
    bo.comes_to_stand(&kept, &["relayed"]);
    assert_eq!(cy.api().get("/api/v1/status").done()["letters_kept"], 1);
    cy.stop();
    let mut wire = RawPeer::spawn(node_key(&cy.data()), &cy.org, Served::default());
    wire.join(&bo.ticket());
    let given =
        bo.asks(&request(&profile, "Another fifteen minutes, please", "Bertram Vole", "vole@mentees.example.org"));
    let sealed = until("a letter is given to the relay", || wire.letters().first().cloned());
    assert_eq!(sealed.header.recipient.to_string(), ada.org);
    assert_eq!(sealed.header.expires_at.0 % 86_400_000, 0, "a whole day");
    assert_eq!(sealed.size_class(), Some(2_048));

    let sender: OrganisationId = bo.org.parse().unwrap();
    let subject: Subject = profile.split_once('.').unwrap().1.parse().unwrap();
    let ids: Vec<IntroductionId> = [&kept, &given].iter().map(|id| id.parse().unwrap()).collect();
    let sealed_bytes = sealed.encode();
    for secret in [&sender.0[..], &subject.0, &ids[0].0, &ids[1].0, b"Bertram", b"vole@", b"fifteen", b"Zephyrine"] {
        assert!(!contains(&sealed_bytes, secret), "{secret:?} is readable in what a relay is given");
    }
    drop(wire);
    for needle in [TITLE, MENTEE, ADDRESS, "accountancy", &kept] {
        let files = holds(&cy.data(), needle);
        assert!(files.is_empty(), "{needle} is at the relay: {files:?}");
    }
    for binary in [&subject.0[..], &ids[0].0] {
        let desk = std::fs::read(cy.data().join("desk.sqlite")).unwrap();
        assert!(!contains(&desk, binary), "the relay's desk names mentor or introduction");
    }
    // The checks can fail: the recipient's key opens what the relay was given.
    assert!(contains(&opened(&ada, &sealed), b"Bertram"));

    cy.serve();
    ada.serve();
    for id in [&kept, &given] {
        ada.comes_to_stand(id, &["delivered", "notified"]);
        bo.comes_to_stand(id, &["delivered"]);
    }
    until_true("the relay lets go", || cy.api().get("/api/v1/status").done()["letters_kept"] == 0);
}
