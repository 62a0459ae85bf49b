//! Merge has no order: whichever way records arrive, the same one stands.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::RecordId;
use crate::merge::{Merge, Rank, equivocates, merge};
use crate::rules::within_quota;
use crate::testing::{NOW, Organisation, mentor};

fn rank() -> impl Strategy<Value = Rank> {
    (any::<bool>(), 0u64..4, any::<bool>(), 0u8..4).prop_map(|(erases, sequence, withdraws, id)| {
        Rank::new(erases, sequence, withdraws || erases, RecordId([id; 32]))
    })
}

fn stands(one: Rank, other: Rank) -> Rank {
    match merge(&one, &other) {
        Merge::Replaces => other,
        Merge::Same | Merge::Loses => one,
    }
}

proptest! {
    #[test]
    fn merge_is_commutative_associative_idempotent(a in rank(), b in rank(), c in rank()) {
        prop_assert_eq!(stands(a, b), stands(b, a));
        prop_assert_eq!(stands(stands(a, b), c), stands(a, stands(b, c)));
        prop_assert_eq!(stands(a, a), a);
        prop_assert_eq!(merge(&a, &a), Merge::Same);
    }

    #[test]
    fn two_different_records_never_count_as_the_same(a in rank(), b in rank()) {
        prop_assert_eq!(merge(&a, &b) == Merge::Same, a == b);
        prop_assert_eq!(equivocates(&a, &b), equivocates(&b, &a));
    }

    #[test]
    fn a_quota_holds_the_same_slots_whatever_arrived_first(
        slots in vec(any::<[u8; 32]>(), 0..60),
        order in any::<prop::sample::Index>(),
        quota in 0usize..40,
    ) {
        let at_once = within_quota(slots.clone(), quota);
        let mut turned = slots.clone();
        turned.rotate_left(if slots.is_empty() { 0 } else { order.index(slots.len()) });
        let one_by_one = turned.into_iter().fold(Vec::new(), |mut held: Vec<_>, slot| {
            held.push(slot);
            within_quota(held, quota)
        });
        prop_assert_eq!(&at_once, &one_by_one);
        prop_assert!(at_once.len() <= quota);
    }
}

#[test]
fn an_erasure_beats_a_later_profile_and_a_withdrawal_does_not() {
    let ada = Organisation::ada();
    let slot = ada.profile_slot(1);
    let later = Rank::of(&ada.profile(1, NOW.0, mentor("Ada", "Back again")));
    let erasure = Rank::of(&ada.withdrawal(&slot, NOW.0 - 1, true));
    let withdrawal = Rank::of(&ada.withdrawal(&slot, NOW.0 - 1, false));
    assert_eq!(merge(&later, &erasure), Merge::Replaces);
    assert_eq!(merge(&later, &withdrawal), Merge::Loses);
}

#[test]
fn at_the_same_sequence_a_withdrawal_stands() {
    let ada = Organisation::ada();
    let withdrawal = ada.withdrawal(&ada.profile_slot(1), NOW.0, false);
    let profiles: Vec<_> = (0..16).map(|n| ada.profile(1, NOW.0, mentor("Ada", &format!("Headline {n}")))).collect();
    assert!(profiles.iter().any(|profile| profile.id() > withdrawal.id()), "the id alone must not decide this story");
    for profile in profiles {
        let (profile, withdrawal) = (Rank::of(&profile), Rank::of(&withdrawal));
        assert_eq!(merge(&profile, &withdrawal), Merge::Replaces);
        assert!(equivocates(&profile, &withdrawal));
    }
}

#[test]
fn two_stories_at_one_sequence_are_equivocation_and_one_winner() {
    let ada = Organisation::ada();
    let (one, other) = (ada.profile(1, NOW.0, mentor("Ada", "Sails")), ada.profile(1, NOW.0, mentor("Ada", "Sinks")));
    let (one, other) = (Rank::of(&one), Rank::of(&other));
    assert!(equivocates(&one, &other));
    assert_eq!(stands(one, other), stands(other, one));
}

#[test]
fn a_profile_of_an_unknown_version_merges_by_its_header_alone() {
    let ada = Organisation::ada();
    let old = Rank::of(&ada.profile(1, NOW.0 - 1, mentor("Ada", "Sails")));
    let new = Rank::of(&ada.profile_of_version(2, 1, NOW.0));
    assert_eq!(merge(&old, &new), Merge::Replaces);
}
