//! Bytes of any sort, from anybody: nothing panics, and what is taken is exactly what would have been written.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::key::{base32, sha256};
use crate::reconcile::{Session, Set};
use crate::record::Record;
use crate::signed::{Payload, Signed};
use crate::testing::{NOW, Organisation, Register, Taken, tamper};
use crate::ticket::Ticket;
use crate::wire::{Batch, HeadAnnounce, SyncAnswer, SyncRequest};
use crate::{PeerId, PublicKey, RecordId};

proptest! {
    #[test]
    fn an_envelope_of_any_bytes_is_refused_or_whole(bytes in vec(any::<u8>(), 0..600)) {
        if let Ok(signed) = Signed::<Record>::decode(&bytes) {
            prop_assert_eq!(signed.bytes(), &bytes[..]);
        }
    }

    #[test]
    fn a_payload_of_any_bytes_is_refused_or_whole(payload in vec(any::<u8>(), 0..300)) {
        let mallory = Organisation::mallory();
        let bytes = tamper::sealed(&payload, mallory.network(), "card", &mallory.signing_key(0));
        if let Ok(signed) = Signed::<Record>::decode(&bytes) {
            prop_assert_eq!(signed.claims().encode(), payload);
        }
    }

    #[test]
    fn a_damaged_payload_truly_signed_is_refused_or_whole(
        at in any::<prop::sample::Index>(),
        with in any::<u8>(),
        cut in any::<bool>(),
    ) {
        let mallory = Organisation::mallory();
        let mut payload = tamper::payload_of(mallory.card(NOW.0).bytes());
        let at = at.index(payload.len());
        if cut {
            payload.truncate(at);
        } else if let Some(byte) = payload.get_mut(at) {
            *byte = with;
        }
        let bytes = tamper::sealed(&payload, mallory.network(), "card", &mallory.signing_key(0));
        if let Ok(signed) = Signed::<Record>::decode(&bytes) {
            prop_assert_eq!(signed.claims().encode(), payload);
        }
    }

    #[test]
    fn messages_of_any_bytes_are_refused_or_whole(bytes in vec(any::<u8>(), 0..300)) {
        if let Ok(request) = SyncRequest::decode(&bytes) {
            prop_assert_eq!(request.encode(), bytes.clone());
        }
        if let Ok(answer) = SyncAnswer::decode(&bytes) {
            prop_assert_eq!(answer.encode(), bytes.clone());
        }
        if let Ok(batch) = Batch::decode(&bytes) {
            prop_assert_eq!(batch.encode(), bytes.clone());
        }
        if let Ok(head) = HeadAnnounce::decode(&bytes) {
            prop_assert_eq!(head.encode(), bytes);
        }
    }

    #[test]
    fn texts_of_any_sort_are_refused_or_read(text in "\\PC{0,80}", bytes in vec(any::<u8>(), 0..120)) {
        for text in [text.clone(), format!("mmt1{text}"), format!("did:key:z{text}")] {
            drop(text.parse::<Ticket>());
            drop(text.parse::<PublicKey>());
            drop(text.parse::<PeerId>());
            drop(text.parse::<RecordId>());
        }
        let checked = [&bytes[..], sha256(&bytes).get(..4).unwrap_or_default()].concat();
        let ticket = format!("mmt1{}", base32().encode(&checked));
        if let Ok(read) = ticket.parse::<Ticket>() {
            prop_assert_eq!(read.to_string(), ticket);
        }
    }

    #[test]
    fn reconciliation_messages_of_any_bytes_end_in_an_error_or_an_answer(
        bytes in vec(any::<u8>(), 0..400),
        at in any::<prop::sample::Index>(),
    ) {
        let members = |from: u64, to: u64| (from..to).map(|n| (n, RecordId(sha256(&n.to_be_bytes()))));
        let ours = Set::seal(members(0, 300)).expect("a set");
        let theirs = Set::seal(members(100, 500)).expect("a set");
        let versioned = [&[0x61], &bytes[..]].concat();
        let (mut session, first) = Session::begin(&ours).expect("begins");
        let mut damaged = first.clone();
        let at = at.index(damaged.len());
        if let Some(byte) = damaged.get_mut(at) {
            *byte = bytes.first().copied().unwrap_or(0xff);
        }
        for message in [&bytes, &versioned, &damaged] {
            if let Ok(answer) = theirs.answer(message) {
                drop(session.step(&answer));
            }
            drop(session.step(message));
        }
    }
}

#[test]
fn a_text_of_a_megabyte_is_refused_at_once() {
    let long = "2".repeat(1 << 20);
    assert!(format!("did:key:z{long}").parse::<PublicKey>().is_err());
    assert!(long.parse::<PeerId>().is_err());
    assert!(format!("mmt1{long}").parse::<Ticket>().is_err());
}

#[test]
fn what_mallory_makes_of_ada_s_profile_is_refused() {
    let (ada, mallory) = (Organisation::ada(), Organisation::mallory());
    let mut register = Register::new(ada.network().clone());
    for genesis in [ada.genesis(), mallory.genesis()] {
        assert_eq!(register.accept(genesis.bytes(), NOW), Taken::Stored);
    }
    let profile = ada.profile(1, NOW.0, crate::testing::mentor("Ada", "Sails"));
    let renamed = tamper::reworded(profile.bytes(), "Sails", "Sinks");
    let resigned =
        tamper::sealed(&tamper::payload_of(profile.bytes()), ada.network(), "profile", &mallory.signing_key(0));
    for forged in [renamed, resigned, tamper::flipped(profile.bytes(), -1), tamper::with_trailing(profile.bytes())] {
        assert_ne!(register.accept(&forged, NOW), Taken::Stored);
    }
    assert_eq!(register.standing(&ada.profile_slot(1)), None);
    assert_eq!(register.accept(profile.bytes(), NOW), Taken::Stored);
}
