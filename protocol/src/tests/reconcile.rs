//! Reconciliation finds every difference and nothing else, within its frame and its rounds.

use std::collections::BTreeSet;

use proptest::collection::btree_set;
use proptest::prelude::*;

use crate::RecordId;
use crate::key::sha256;
use crate::limits::{RECONCILE_FRAME, RECONCILE_ROUNDS};
use crate::reconcile::{Accumulator, Difference, Member, ReconcileError, Session, Set, Step, ordered_hash};

fn member(number: u64) -> Member {
    // Sequences collide on purpose: bulk imports sign many records in one millisecond.
    (number % 50, RecordId(sha256(&number.to_be_bytes())))
}

fn ids(numbers: impl IntoIterator<Item = u64>) -> BTreeSet<RecordId> {
    numbers.into_iter().map(|number| member(number).1).collect()
}

/// Runs a whole session and gives what it found and in how many rounds.
fn compared(ours: &BTreeSet<u64>, theirs: &BTreeSet<u64>) -> (Difference, usize) {
    let ours = Set::seal(ours.iter().copied().map(member)).expect("a set");
    let theirs = Set::seal(theirs.iter().copied().map(member)).expect("a set");
    let (mut session, mut message) = Session::begin(&ours).expect("begins");
    for round in 1.. {
        assert!(message.len() <= usize::try_from(RECONCILE_FRAME).expect("small"), "a request within the frame");
        let answer = theirs.answer(&message).expect("an honest message");
        assert!(answer.len() <= usize::try_from(RECONCILE_FRAME).expect("small"), "an answer within the frame");
        match session.step(&answer).expect("an honest answer") {
            Step::Send(next) => message = next,
            Step::Done(difference) => return (difference, round),
        }
    }
    (Difference::default(), 0)
}

fn check(ours: &BTreeSet<u64>, theirs: &BTreeSet<u64>) -> usize {
    let (found, rounds) = compared(ours, theirs);
    assert_eq!(found.missing_here, ids(theirs.difference(ours).copied()));
    assert_eq!(found.missing_there, ids(ours.difference(theirs).copied()));
    rounds
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_difference_is_found(
        ours in btree_set(0u64..2_000, 0..600),
        theirs in btree_set(0u64..2_000, 0..600),
    ) {
        check(&ours, &theirs);
    }

    #[test]
    fn a_few_differences_among_many_are_found(
        shared in btree_set(0u64..100_000, 2_000..4_000),
        ours in btree_set(100_000u64..200_000, 0..10),
        theirs in btree_set(200_000u64..300_000, 0..10),
    ) {
        let with = |own: &BTreeSet<u64>| shared.union(own).copied().collect::<BTreeSet<_>>();
        let rounds = check(&with(&ours), &with(&theirs));
        prop_assert!(rounds <= 8, "{} rounds", rounds);
    }

    #[test]
    fn an_accumulator_knows_no_order_and_forgets_what_leaves(
        numbers in btree_set(any::<u64>(), 0..60),
        others in btree_set(any::<u64>(), 0..60),
    ) {
        let others: BTreeSet<_> = others.difference(&numbers).copied().collect();
        let sum = |numbers: &BTreeSet<u64>| ids(numbers.iter().copied()).iter().collect::<Accumulator>();
        let both: BTreeSet<_> = numbers.union(&others).copied().collect();
        let mut merged = sum(&numbers);
        merged.merge(&sum(&others));
        prop_assert_eq!(merged, sum(&both));
        let mut shrunk = merged;
        ids(others.iter().copied()).iter().rev().for_each(|id| shrunk.remove(id));
        prop_assert_eq!(shrunk, sum(&numbers));
        prop_assert_eq!(shrunk.count(), numbers.len() as u64);
        prop_assert_eq!(Accumulator::from_bytes(&merged.to_bytes()), merged);
        prop_assert_eq!(merged.fingerprint() == shrunk.fingerprint(), others.is_empty());
    }

    #[test]
    fn the_ordered_hash_is_the_set_s(numbers in btree_set(any::<u64>(), 0..60)) {
        let members: Vec<_> = numbers.iter().copied().map(member).collect();
        let reversed: Vec<_> = members.iter().rev().copied().collect();
        prop_assert_eq!(ordered_hash(&members), ordered_hash(&reversed));
        let fewer = members.get(1..).unwrap_or_default();
        prop_assert_eq!(ordered_hash(&members) == ordered_hash(fewer), members.is_empty());
    }
}

#[test]
fn differences_far_beyond_one_frame_are_found() {
    let ours: BTreeSet<_> = (0..6_000).collect();
    let theirs: BTreeSet<_> = (3_000..9_000).collect();
    check(&ours, &theirs);
}

#[test]
fn an_empty_node_learns_of_a_full_quota_within_the_rounds() {
    let full: BTreeSet<_> = (0..crate::limits::QUOTA_PINNED as u64).collect();
    let rounds = check(&BTreeSet::new(), &full);
    assert!(rounds <= RECONCILE_ROUNDS, "{rounds} rounds");
}

#[test]
fn a_quota_renewed_while_apart_is_found_within_the_rounds() {
    let quota = crate::limits::QUOTA_PINNED as u64;
    let (before, after): (BTreeSet<_>, BTreeSet<_>) = ((0..quota).collect(), (quota..2 * quota).collect());
    let rounds = check(&before, &after);
    assert!(rounds <= RECONCILE_ROUNDS, "{rounds} rounds");
}

#[test]
fn a_peer_that_never_ends_is_given_up() {
    let ours = Set::seal((0..100).map(member)).expect("a set");
    let (mut session, _) = Session::begin(&ours).expect("begins");
    // A fingerprint of everything that is never ours: the session splits and asks, for ever.
    let endless = [&[0x61, 0x00, 0x00, 0x01][..], &[9; 16]].concat();
    let ended = (0..=RECONCILE_ROUNDS).map(|_| session.step(&endless)).find(Result::is_err);
    assert_eq!(ended, Some(Err(ReconcileError::Endless)));
}

#[test]
fn a_member_given_twice_counts_once() {
    let twice = Set::seal([member(1), member(2), member(1)]).expect("a set");
    let once = Set::seal([member(1), member(2)]).expect("a set");
    let (mut session, first) = Session::begin(&twice).expect("begins");
    let answer = once.answer(&first).expect("an honest message");
    assert_eq!(session.step(&answer), Ok(Step::Done(Difference::default())));
}

#[test]
fn what_a_session_found_before_it_was_given_up_is_not_lost() {
    let ours = Set::seal([]).expect("a set");
    let theirs = Set::seal((0..3_000).map(member)).expect("a set");
    let (mut session, first) = Session::begin(&ours).expect("begins");
    session.step(&theirs.answer(&first).expect("an honest message")).expect("an honest answer");
    let found = session.found().missing_here.len();
    assert!(found > 500, "{found} ids after one round");
}
