//! A chain's outcome is a function of its operations and of when each was first seen, never of arrival.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::chain::{Chain, ChainError};
use crate::limits::{CHAIN_OPERATIONS, DAY, OVERTURN};
use crate::record::Record;
use crate::signed::{Signed, Verified};
use crate::testing::{NOW, Organisation};
use crate::time::Timestamp;

fn again(record: &Verified<Record>) -> Signed<Record> {
    Signed::decode(record.bytes()).expect("an envelope of one's own decodes")
}

fn add(chain: &mut Chain, ada: &Organisation, operation: &Verified<Record>, seen: Timestamp) -> Result<(), ChainError> {
    chain.add(again(operation), ada.network(), seen).map(|_| ())
}

/// Adds operations in any order, retrying those that follow one which is not there yet.
fn grown(ada: &Organisation, operations: &[(Verified<Record>, Timestamp)]) -> Chain {
    let mut chain = ada.chain();
    let mut waiting = operations.to_vec();
    while !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|(operation, seen)| add(&mut chain, ada, operation, *seen).is_err());
        assert!(waiting.len() < before, "every operation follows another");
    }
    chain
}

/// Operations of a random tree: each follows one before it, signed by the first or second rotation key.
fn tree() -> impl Strategy<Value = Vec<(Verified<Record>, Timestamp)>> {
    vec((any::<prop::sample::Index>(), 0usize..2, 0u64..6), 1..9).prop_map(|steps| {
        let ada = Organisation::ada();
        let mut ids = vec![ada.genesis().id()];
        let mut operations = Vec::new();
        for (number, (prev, by, seen)) in (1u64..).zip(steps) {
            let prev = *ids.get(prev.index(ids.len())).expect("within the list");
            let operation = ada.rotate(prev, &ada.keys(), by, ada.founded().plus(number));
            ids.push(operation.id());
            operations.push((operation, NOW.plus(seen * DAY)));
        }
        operations
    })
}

proptest! {
    #[test]
    fn the_outcome_does_not_depend_on_the_order_of_arrival(
        (operations, shuffled) in tree().prop_flat_map(|tree| (Just(tree.clone()), Just(tree).prop_shuffle()))
    ) {
        let ada = Organisation::ada();
        let (one, other) = (grown(&ada, &operations), grown(&ada, &shuffled));
        prop_assert_eq!(one.tip(), other.tip());
        prop_assert_eq!(one.is_disputed(), other.is_disputed());
        prop_assert_eq!(one.len(), other.len());
    }
}

#[test]
fn a_rotation_replaces_the_signing_keys() {
    let ada = Organisation::ada();
    let mut keys = ada.keys();
    let change = NOW.minus(DAY);
    for notice in &mut keys.signing {
        notice.retired_at = Some(change);
    }
    keys.signing.push(ada.signing_notice(1, change));
    let mut chain = ada.chain();
    add(&mut chain, &ada, &ada.rotate(ada.genesis().id(), &keys, 0, change), NOW).expect("follows the first");
    let at = |sequence: u64| chain.keys_at(sequence).copied().collect::<Vec<_>>();
    assert_eq!(at(change.0 - 1), [ada.signing_key(0).public()]);
    assert_eq!(at(change.0), [ada.signing_key(1).public()]);
}

#[test]
fn a_compromised_key_stands_at_no_time() {
    let ada = Organisation::ada();
    let mut keys = ada.keys();
    for notice in &mut keys.signing {
        notice.compromised = true;
    }
    let mut chain = ada.chain();
    add(&mut chain, &ada, &ada.rotate(ada.genesis().id(), &keys, 0, NOW), NOW).expect("follows the first");
    assert_eq!(chain.keys_at(ada.founded().0).count(), 0);
}

/// A weaker key's operation first, a stronger key's later: the fork of every story below.
fn fork(seen_later: Timestamp) -> (Organisation, Chain, Verified<Record>, Verified<Record>) {
    let ada = Organisation::ada();
    let first = ada.genesis().id();
    let weaker = ada.rotate(first, &ada.keys(), 1, NOW);
    let stronger = ada.rotate(first, &ada.keys(), 0, NOW.plus(1));
    let mut chain = ada.chain();
    add(&mut chain, &ada, &weaker, NOW).expect("follows the first");
    add(&mut chain, &ada, &stronger, seen_later).expect("follows the first");
    (ada, chain, weaker, stronger)
}

#[test]
fn a_stronger_key_overturns_within_three_days() {
    let (_, chain, _, stronger) = fork(NOW.plus(OVERTURN));
    assert_eq!(chain.tip(), stronger.id());
    assert!(!chain.is_disputed());
}

#[test]
fn after_three_days_the_organisation_is_disputed_until_the_operator_speaks() {
    let (ada, mut chain, weaker, stronger) = fork(NOW.plus(OVERTURN + 1));
    assert!(chain.is_disputed());
    assert_eq!(chain.tip(), ada.genesis().id());
    for tip in [weaker.id(), stronger.id()] {
        chain.pin(Some(tip));
        assert_eq!((chain.tip(), chain.is_disputed()), (tip, false));
    }
    chain.pin(None);
    assert!(chain.is_disputed());
}

#[test]
fn two_operations_of_one_key_are_a_dispute() {
    let ada = Organisation::ada();
    let first = ada.genesis().id();
    let mut chain = ada.chain();
    for at in [NOW, NOW.plus(1)] {
        add(&mut chain, &ada, &ada.rotate(first, &ada.keys(), 0, at), NOW).expect("follows the first");
    }
    assert!(chain.is_disputed());
}

#[test]
fn what_follows_a_pinned_tip_is_followed_too() {
    let (ada, mut chain, weaker, _) = fork(NOW.plus(OVERTURN + 1));
    chain.pin(Some(weaker.id()));
    let next = ada.rotate(weaker.id(), &ada.keys(), 1, NOW.plus(2));
    add(&mut chain, &ada, &next, NOW.plus(DAY)).expect("follows the weaker");
    assert_eq!(chain.tip(), next.id());
}

#[test]
fn neither_a_stranger_nor_a_signing_key_nor_a_dropped_key_may_rotate() {
    let (ada, mallory) = (Organisation::ada(), Organisation::mallory());
    let first = ada.genesis().id();
    let mut keys = ada.keys();
    keys.rotation.truncate(1);
    let second = ada.rotate(first, &keys, 0, NOW);
    let mut chain = ada.chain();
    add(&mut chain, &ada, &second, NOW).expect("follows the first");
    let forgeries = [
        ada.rotate_with(first, &ada.keys(), &mallory.rotation_key(0), NOW),
        ada.rotate_with(first, &ada.keys(), &ada.signing_key(0), NOW),
        ada.rotate(second.id(), &ada.keys(), 1, NOW),
    ];
    for forgery in forgeries {
        assert!(matches!(add(&mut chain, &ada, &forgery, NOW), Err(ChainError::Signature(_))));
    }
    assert_eq!((chain.tip(), chain.len()), (second.id(), 2));
}

#[test]
fn an_operation_without_its_predecessor_is_an_orphan() {
    let ada = Organisation::ada();
    let second = ada.rotate(ada.genesis().id(), &ada.keys(), 0, NOW);
    let third = ada.rotate(second.id(), &ada.keys(), 0, NOW.plus(1));
    assert_eq!(add(&mut ada.chain(), &ada, &third, NOW), Err(ChainError::Orphan));
}

#[test]
fn what_is_known_changes_nothing_when_it_comes_again() {
    let ada = Organisation::ada();
    let mut chain = ada.chain();
    let second = ada.rotate(ada.genesis().id(), &ada.keys(), 0, NOW);
    for operation in [&second, ada.genesis(), &second] {
        assert_eq!(add(&mut chain, &ada, operation, NOW), Ok(()));
    }
    assert_eq!((chain.len(), chain.tip()), (2, second.id()));
}

#[test]
fn another_organisation_s_operation_does_not_join() {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    let theirs = bo.rotate(bo.genesis().id(), &bo.keys(), 0, NOW);
    let mut chain = ada.chain();
    assert_eq!(add(&mut chain, &ada, &theirs, NOW), Err(ChainError::Orphan));
    assert!(add(&mut chain, &ada, bo.genesis(), NOW).is_err());
    assert!(Chain::found(again(&theirs), ada.network(), NOW).is_err());
}

#[test]
fn a_chain_ends_at_its_limit() {
    let ada = Organisation::ada();
    let mut chain = ada.chain();
    let mut tip = ada.genesis().id();
    for number in 1..CHAIN_OPERATIONS as u64 {
        let next = ada.rotate(tip, &ada.keys(), 0, ada.founded().plus(number));
        add(&mut chain, &ada, &next, NOW).expect("below the limit");
        tip = next.id();
    }
    let one_more = ada.rotate(tip, &ada.keys(), 0, NOW);
    assert_eq!(add(&mut chain, &ada, &one_more, NOW), Err(ChainError::TooLong));
    assert_eq!((chain.tip(), chain.len()), (tip, CHAIN_OPERATIONS));
}
