//! Admission and merge together: what stands in the end does not depend on which part of a chain was known when.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;

use crate::limits::{CLOCK_AHEAD_ADMITTED, CLOCK_AHEAD_PARKED, DAY, PROFILE_LIFETIME};
use crate::record::{Record, Slot};
use crate::rules::{self, Timeliness, next_sequence, timeliness};
use crate::signed::{Signed, Verified};
use crate::testing::{NOW, Organisation, Register, Taken, mentor};
use crate::time::Timestamp;
use crate::{OrganisationId, RecordId};

/// Three operations after the first: a second key joins, the second is compromised and a third joins, and a fork by
/// the weaker rotation key that loses.
fn operations(ada: &Organisation) -> Vec<Verified<Record>> {
    let mut keys = ada.keys();
    keys.signing.push(ada.signing_notice(1, ada.founded()));
    let second = ada.rotate(ada.genesis().id(), &keys, 0, NOW.minus(5 * DAY));
    let fork = ada.rotate(ada.genesis().id(), &ada.keys(), 1, NOW.minus(4 * DAY));
    if let Some(stolen) = keys.signing.last_mut() {
        stolen.compromised = true;
    }
    keys.signing.push(ada.signing_notice(2, NOW.minus(3 * DAY)));
    let third = ada.rotate(second.id(), &keys, 0, NOW.minus(3 * DAY));
    vec![ada.genesis().clone(), second, fork, third]
}

/// Only the operations that add keys: nothing that once stood is ever voided.
fn growing(ada: &Organisation) -> Vec<Verified<Record>> {
    let mut keys = ada.keys();
    keys.signing.push(ada.signing_notice(1, ada.founded()));
    let second = ada.rotate(ada.genesis().id(), &keys, 0, NOW.minus(5 * DAY));
    keys.signing.push(ada.signing_notice(2, ada.founded()));
    let third = ada.rotate(second.id(), &keys, 0, NOW.minus(3 * DAY));
    vec![ada.genesis().clone(), second, third]
}

/// Records in three slots, by any of three signing keys, some of them withdrawals.
fn records() -> impl Strategy<Value = Vec<Verified<Record>>> {
    let one = (0usize..3, 0u64..3, 0u64..6, 0u8..6);
    vec(one, 1..16).prop_map(|records| {
        let ada = Organisation::ada();
        let made = records.into_iter().map(|(key, number, age, what)| {
            let sequence = NOW.0 - age * DAY;
            let withdrawal = |erase| {
                let body = crate::record::Body::Withdrawal(crate::record::Withdrawal { erase });
                ada.sign_with(key, ada.profile_slot(number).withdrawn(), sequence, body)
            };
            match what {
                0 => withdrawal(true),
                1 => withdrawal(false),
                headline => {
                    let profile = ada.profile_body(mentor("Ada", &format!("Headline {headline}")));
                    let body = crate::record::Body::Profile(Box::new(profile));
                    ada.sign_with(key, ada.subject(number).0.to_vec(), sequence, body)
                }
            }
        });
        made.collect()
    })
}

fn standing(register: &Register) -> BTreeMap<Slot, RecordId> {
    register.records().filter_map(|record| Some((record.payload().slot()?, record.id()))).collect()
}

fn taken_in(order: &[Verified<Record>]) -> Register {
    let mut register = Register::new(Organisation::ada().network().clone());
    for record in order {
        register.accept(record.bytes(), NOW);
    }
    register
}

/// A story's records and operations, and the same in another order.
fn stories(
    operations: fn(&Organisation) -> Vec<Verified<Record>>,
) -> impl Strategy<Value = (Vec<Verified<Record>>, Vec<Verified<Record>>)> {
    records().prop_flat_map(move |records| {
        let all = [operations(&Organisation::ada()), records].concat();
        (Just(all.clone()), Just(all).prop_shuffle())
    })
}

proptest! {
    #[test]
    fn while_keys_only_join_any_order_gives_the_same_register((ordered, shuffled) in stories(growing)) {
        prop_assert_eq!(standing(&taken_in(&ordered)), standing(&taken_in(&shuffled)));
    }

    #[test]
    fn once_peers_have_offered_what_they_hold_any_order_gives_the_same_register(
        (ordered, shuffled) in stories(operations)
    ) {
        // What a voided record had displaced is gone here and comes back from a peer that learnt of the theft first.
        let settled = |order: &[Verified<Record>]| {
            let mut register = taken_in(order);
            order.iter().for_each(|record| { register.accept(record.bytes(), NOW); });
            standing(&register)
        };
        prop_assert_eq!(settled(&ordered), settled(&shuffled));
    }

    #[test]
    fn nothing_that_a_compromised_key_signed_stands((_, shuffled) in stories(operations)) {
        let register = taken_in(&shuffled);
        let stolen = Organisation::ada().signing_key(1).public();
        prop_assert!(register.records().all(|record| record.signer() != stolen));
    }

    #[test]
    fn a_sequence_is_never_before_the_clock_nor_at_or_before_the_last(
        now in any::<u32>(), desk in any::<Option<u32>>(), register in any::<Option<u32>>()
    ) {
        let (desk, register) = (desk.map(u64::from), register.map(u64::from));
        let next = next_sequence(Timestamp(u64::from(now)), desk, register);
        prop_assert!(next >= u64::from(now));
        prop_assert!(desk.is_none_or(|last| next > last) && register.is_none_or(|last| next > last));
    }
}

#[test]
fn the_clock_s_bounds_are_exact() {
    let ada = Organisation::ada();
    let at = |sequence: u64| timeliness(ada.profile(1, sequence, mentor("Ada", "Sails")).payload().header(), NOW);
    assert_eq!(at(NOW.0 + CLOCK_AHEAD_ADMITTED), Timeliness::Now);
    assert_eq!(at(NOW.0 + CLOCK_AHEAD_ADMITTED + 1), Timeliness::Later(NOW.plus(1)));
    assert_eq!(at(NOW.0 + CLOCK_AHEAD_PARKED), Timeliness::Later(NOW.plus(CLOCK_AHEAD_PARKED - CLOCK_AHEAD_ADMITTED)));
    assert_eq!(at(NOW.0 + CLOCK_AHEAD_PARKED + 1), Timeliness::Future(CLOCK_AHEAD_PARKED + 1));
    assert_eq!(at(NOW.0 - PROFILE_LIFETIME + 1), Timeliness::Now);
    assert_eq!(at(NOW.0 - PROFILE_LIFETIME), Timeliness::Expired(NOW));
}

#[test]
fn a_parked_record_is_taken_when_its_time_comes() {
    let ada = Organisation::ada();
    let mut register = taken_in(&[ada.genesis().clone()]);
    let early = ada.profile(1, NOW.0 + CLOCK_AHEAD_ADMITTED + 1, mentor("Ada", "Sails"));
    assert_eq!(register.accept(early.bytes(), NOW), Taken::Parked);
    register.retry(NOW);
    assert_eq!(register.standing(&ada.profile_slot(1)), None);
    register.retry(NOW.plus(1));
    assert_eq!(register.standing(&ada.profile_slot(1)), Some(&early));
}

#[test]
fn the_keys_of_one_organisation_prove_nothing_of_another() {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    let card = Signed::<Record>::decode(ada.card(NOW.0).bytes()).expect("decodes");
    assert!(rules::verify(card.clone(), ada.network(), &ada.chain()).is_ok());
    assert!(rules::verify(card.clone(), ada.network(), &bo.chain()).is_err());
    // Not even when the other organisation names the very same key as its own.
    let mut keys = bo.keys();
    keys.signing.push(ada.signing_notice(0, ada.founded()));
    let copied = bo.rotate(bo.genesis().id(), &keys, 0, NOW.minus(DAY));
    let mut chain = bo.chain();
    let copied = Signed::<Record>::decode(copied.bytes()).expect("decodes");
    chain.add(copied, bo.network(), NOW).expect("follows the first");
    assert!(rules::verify(card, ada.network(), &chain).is_err());
}

#[test]
fn an_operation_signed_by_a_signing_key_is_no_record() {
    let ada = Organisation::ada();
    let forged = ada.rotate_with(ada.genesis().id(), &ada.keys(), &ada.signing_key(0), NOW);
    let forged = Signed::<Record>::decode(forged.bytes()).expect("decodes");
    assert!(rules::verify(forged, ada.network(), &ada.chain()).is_err());
}

#[test]
fn nobody_claims_another_s_node() {
    let (ada, mallory) = (Organisation::ada(), Organisation::mallory());
    let theirs = crate::record::Delegation::new(Vec::new(), ada.network(), &ada.id(), &ada.node_key());
    let claimed = mallory.sign(ada.peer().to_bytes(), NOW.0, crate::record::Body::Delegation(theirs));
    let claimed = Signed::<Record>::decode(claimed.bytes()).expect("decodes");
    let refused = rules::verify(claimed, ada.network(), &mallory.chain()).expect_err("not agreed");
    assert_eq!(refused, rules::Rejection::NotAgreed);
    assert!(refused.is_fault());
}

#[test]
fn what_is_the_clock_s_fault_is_not_the_sender_s() {
    assert!(!rules::Rejection::Future(1).is_fault());
    assert!(!rules::Rejection::Expired(NOW).is_fault());
}

#[test]
fn every_slot_can_be_ended_by_a_withdrawal() {
    let ada = Organisation::ada();
    let longest = vec![7; crate::limits::ABOUT_BYTES - "vacancy".len() - 1];
    let slot = ada.unknown(&longest, NOW.0).payload().slot().expect("a slot");
    assert_eq!(ada.withdrawal(&slot, NOW.0 + 1, false).payload().slot(), Some(slot));
    let header = |about: Vec<u8>| crate::record::Header {
        kind: crate::record::Kind::Other("vacancy".into()),
        version: 1,
        organisation: Some(OrganisationId([1; 32])),
        about,
        sequence: NOW.0,
        issued_at: NOW,
        expires_at: Some(NOW.plus(DAY)),
    };
    let unread = || crate::record::Body::Unread(vec![0xa0]);
    assert!(Record::new(header(longest.clone()), unread()).is_ok());
    assert!(Record::new(header([longest, vec![7]].concat()), unread()).is_err());
}
