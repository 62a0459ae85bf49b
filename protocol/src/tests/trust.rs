//! Who is shown and why: every path of the rule, and those that look like one and are none.

use std::collections::BTreeSet;

use crate::OrganisationId;
use crate::limits::{QUOTA_OPEN, QUOTA_PINNED, QUOTA_RECOGNISED};
use crate::trust::{Policy, Settings, Vouch, Why, decide};

const OWN: OrganisationId = OrganisationId([0; 32]);
const ADA: OrganisationId = OrganisationId([1; 32]);
const BO: OrganisationId = OrganisationId([2; 32]);
const CY: OrganisationId = OrganisationId([3; 32]);
const DI: OrganisationId = OrganisationId([4; 32]);

fn settings(policy: Policy, pinned: &[OrganisationId], blocked: &[OrganisationId]) -> Settings {
    Settings { policy, pinned: pinned.iter().copied().collect(), blocked: blocked.iter().copied().collect() }
}

fn vouches(pairs: &[(OrganisationId, OrganisationId)]) -> BTreeSet<Vouch> {
    pairs.iter().map(|(by, of)| Vouch { by: *by, of: *of }).collect()
}

fn why(of: OrganisationId, settings: &Settings, pairs: &[(OrganisationId, OrganisationId)]) -> Why {
    decide(&OWN, &of, settings, &vouches(pairs))
}

#[test]
fn one_s_own_is_always_shown() {
    for policy in [Policy::Closed, Policy::Recognised, Policy::Open] {
        assert_eq!(why(OWN, &settings(policy, &[], &[OWN]), &[]), Why::Own);
    }
}

#[test]
fn closed_shows_the_pinned_alone() {
    let settings = settings(Policy::Closed, &[ADA], &[]);
    assert_eq!(why(ADA, &settings, &[]), Why::Pinned);
    assert_eq!(why(BO, &settings, &[(ADA, BO), (CY, BO)]), Why::NotTrusted);
}

#[test]
fn open_shows_all_but_the_blocked() {
    let settings = settings(Policy::Open, &[], &[BO]);
    assert_eq!(why(ADA, &settings, &[]), Why::Open);
    assert_eq!(why(BO, &settings, &[]), Why::Blocked);
}

#[test]
fn a_block_beats_a_pin_and_every_recognition() {
    for policy in [Policy::Closed, Policy::Recognised, Policy::Open] {
        let settings = settings(policy, &[ADA, BO, CY], &[CY]);
        assert_eq!(why(CY, &settings, &[(ADA, CY), (BO, CY)]), Why::Blocked);
    }
}

#[test]
fn two_pinned_recognise() {
    let settings = settings(Policy::Recognised, &[ADA, BO], &[]);
    assert_eq!(why(CY, &settings, &[(ADA, CY), (BO, CY)]), Why::RecognisedByTwo(ADA, BO));
    assert_eq!(why(CY, &settings, &[(ADA, CY)]), Why::NotTrusted);
}

#[test]
fn a_pinned_one_and_one_that_another_pinned_one_recognises() {
    let settings = settings(Policy::Recognised, &[ADA, BO], &[]);
    let through = Why::RecognisedThrough { pinned: ADA, through: DI, vouching: BO };
    assert_eq!(why(CY, &settings, &[(ADA, CY), (DI, CY), (BO, DI)]), through);
}

#[test]
fn the_same_pinned_one_does_not_count_twice() {
    let settings = settings(Policy::Recognised, &[ADA, BO], &[]);
    assert_eq!(why(CY, &settings, &[(ADA, CY), (DI, CY), (ADA, DI)]), Why::NotTrusted);
}

#[test]
fn trust_does_not_reach_a_third_step() {
    let settings = settings(Policy::Recognised, &[ADA, BO], &[]);
    let fifth = OrganisationId([5; 32]);
    // Bo recognises Di, Di recognises a fifth, the fifth recognises Cy: two strangers in a row carry nothing.
    assert_eq!(why(CY, &settings, &[(ADA, CY), (fifth, CY), (DI, fifth), (BO, DI)]), Why::NotTrusted);
    // Recognised ones do not recognise as pinned ones do.
    let recognised = [(ADA, DI), (BO, DI), (ADA, fifth), (BO, fifth), (DI, CY), (fifth, CY)];
    assert_eq!(why(CY, &settings, &recognised), Why::NotTrusted);
}

#[test]
fn nobody_recognises_itself_into_sight() {
    let settings = settings(Policy::Recognised, &[ADA, BO], &[]);
    assert_eq!(why(CY, &settings, &[(ADA, CY), (CY, CY), (BO, CY)]), Why::RecognisedByTwo(ADA, BO));
    assert_eq!(why(CY, &settings, &[(ADA, CY), (CY, CY)]), Why::NotTrusted);
    assert_eq!(why(CY, &settings, &[(CY, CY), (DI, CY), (CY, DI)]), Why::NotTrusted);
}

#[test]
fn the_blocked_do_not_speak() {
    let pairs = [(ADA, CY), (BO, CY), (DI, CY), (BO, DI)];
    assert_eq!(why(CY, &settings(Policy::Recognised, &[ADA, BO], &[BO]), &pairs), Why::NotTrusted);
    let without_bo = [(ADA, CY), (DI, CY), (BO, DI)];
    assert_eq!(why(CY, &settings(Policy::Recognised, &[ADA, BO], &[DI]), &without_bo), Why::NotTrusted);
}

#[test]
fn what_is_not_shown_has_no_quota() {
    let through = Why::RecognisedThrough { pinned: ADA, through: BO, vouching: CY };
    let expected = [
        (Why::Own, QUOTA_PINNED),
        (Why::Pinned, QUOTA_PINNED),
        (Why::RecognisedByTwo(ADA, BO), QUOTA_RECOGNISED),
        (through, QUOTA_OPEN),
        (Why::Open, QUOTA_OPEN),
        (Why::NotTrusted, 0),
        (Why::Blocked, 0),
    ];
    for (why, quota) in expected {
        assert_eq!((why.quota(), why.shown()), (quota, quota > 0), "{why:?}");
    }
}
