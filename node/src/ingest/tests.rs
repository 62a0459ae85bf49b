//! Ada, Bo and Mallory at the door of Bo's node.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on should stop")]

use mentormesh_protocol::limits::{
    CLOCK_AHEAD_ADMITTED, CLOCK_AHEAD_PARKED, MINUTE, ORGANISATIONS_NOT_SHOWN, PROFILE_LIFETIME,
};
use mentormesh_protocol::rules::Rejection;
use mentormesh_protocol::signed::EnvelopeError;
use mentormesh_protocol::testing::{self, NOW, Organisation};
use mentormesh_protocol::trust::{Policy, Settings};
use mentormesh_protocol::wire::Scope;
use mentormesh_protocol::{OrganisationId, Record, Slot, Verified};

use super::*;
use crate::clock::Clock;
use crate::store::Store;

struct Bo {
    ingest: Ingest,
    store: Store,
    clock: Clock,
    _folder: tempfile::TempDir,
}

impl Bo {
    /// Bo's node with these organisations pinned.
    fn pinning(organisations: &[&Organisation]) -> Self {
        Self::with(organisations, Limits::default())
    }

    fn with(organisations: &[&Organisation], limits: Limits) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let opened = Store::open(&folder.path().join("store")).expect("a store");
        let settings = Settings { pinned: organisations.iter().map(|o| o.id()).collect(), ..Settings::default() };
        let clock = Clock::set_at(NOW);
        let (own, network) = (Organisation::bo().id(), Organisation::bo().network().clone());
        let store = opened.store.clone();
        let started = Ingest::spawn(opened.store, opened.writer, network, own, settings, limits, clock.clone());
        Self { ingest: started.expect("a thread").ingest, store, clock, _folder: folder }
    }

    async fn hears(&self, records: &[&Verified<Record>]) -> Vec<Verdict> {
        self.hears_bytes(records.iter().map(|record| record.bytes().to_vec()).collect()).await
    }

    async fn hears_bytes(&self, envelopes: Vec<Vec<u8>>) -> Vec<Verdict> {
        let origin = Origin::Gossip(Organisation::ada().peer());
        self.ingest.accept(envelopes, origin).await.expect("verdicts")
    }

    fn shows(&self, organisation: &OrganisationId, slot: &Slot) -> bool {
        let held = self.store.standing(slot).expect("a store").is_some_and(|standing| !standing.withdraws);
        self.ingest.views().borrow().shows(organisation) && held
    }

    /// Everything that could differ if something had changed.
    fn state(&self, organisation: &OrganisationId) -> (u64, u64, u64) {
        let count = |scope| self.store.summary(organisation, scope, NOW.plus(MINUTE)).expect("a store").count;
        (count(Scope::Identity), count(Scope::Register), self.store.last_position())
    }
}

#[tokio::test]
async fn ada_publishes_and_bo_holds_it() {
    let (ada, bo) = (Organisation::ada(), Bo::pinning(&[&Organisation::ada()]));
    let profile = ada.profile(1, NOW.0, testing::mentor("Ada Okafor", "Social media for charities"));
    assert_eq!(bo.hears(&[ada.genesis(), &profile]).await, [Verdict::Stored, Verdict::Stored]);
    assert!(bo.shows(&ada.id(), &ada.profile_slot(1)));
}

#[tokio::test]
async fn what_was_heard_before_changes_nothing() {
    let (ada, bo) = (Organisation::ada(), Bo::pinning(&[&Organisation::ada()]));
    let old = ada.profile(1, NOW.0 - 5, testing::mentor("Ada Okafor", "Old"));
    let new = ada.profile(1, NOW.0, testing::mentor("Ada Okafor", "New"));
    bo.hears(&[ada.genesis(), &new]).await;
    let before = bo.state(&ada.id());
    assert_eq!(bo.hears(&[&new, &old, ada.genesis()]).await, [Verdict::Duplicate, Verdict::Stale, Verdict::Duplicate]);
    assert_eq!(bo.state(&ada.id()), before);
}

/// A bad record by what is wrong with it, and the verdict that names it.
type Case<'c> = (&'c str, Vec<u8>, &'c dyn Fn(&Verdict) -> bool);

#[tokio::test]
async fn every_bad_record_gets_its_named_verdict_and_changes_nothing() {
    let (ada, mallory) = (Organisation::ada(), Organisation::mallory());
    let bo = Bo::pinning(&[&ada]);
    let good = ada.profile(1, NOW.0, testing::mentor("Ada Okafor", "Listening"));
    bo.hears(&[ada.genesis()]).await;
    let before = bo.state(&ada.id());
    let abroad = Organisation::on("Ada", "elsewhere");
    let foreign = abroad.profile(1, NOW.0, testing::mentor("Ada Okafor", "Listening"));
    let future = ada.profile(2, NOW.0 + CLOCK_AHEAD_PARKED + 1, testing::mentor("Cy", "Early"));
    let expired = ada.profile(3, NOW.0 - PROFILE_LIFETIME, testing::mentor("Di", "Late"));
    let unshown = mallory.profile(1, NOW.0, testing::mentor("Mallory", "Trust me"));
    bo.ingest.accept(vec![mallory.genesis().bytes().to_vec()], Origin::Local).await.expect("verdicts");

    let fault = |verdict: &Verdict| matches!(verdict, Verdict::Rejected(Rejection::Envelope(_)));
    let cases: Vec<Case<'_>> = vec![
        ("oversized", vec![0; 17 * 1024], &|v| {
            matches!(v, Verdict::Rejected(Rejection::Envelope(EnvelopeError::TooLarge(_))))
        }),
        ("truncated", good.bytes()[..100].to_vec(), &|v| {
            matches!(v, Verdict::Rejected(Rejection::Envelope(EnvelopeError::NotCanonical)))
        }),
        ("trailing", testing::tamper::with_trailing(good.bytes()), &fault),
        ("tampered", testing::tamper::flipped(good.bytes(), -1), &|v| {
            matches!(v, Verdict::Rejected(Rejection::Envelope(EnvelopeError::BadSignature)))
        }),
        ("future", future.bytes().to_vec(), &|v| matches!(v, Verdict::Rejected(Rejection::Future(_)))),
        ("expired", expired.bytes().to_vec(), &|v| matches!(v, Verdict::Rejected(Rejection::Expired(_)))),
        ("of an organisation nobody pinned", unshown.bytes().to_vec(), &|v| {
            *v == Verdict::Rejected(Rejection::NotShown)
        }),
        ("garbage", b"\xff\x00garbage".to_vec(), &fault),
    ];
    for (what, envelope, expected) in cases {
        let verdicts = bo.hears_bytes(vec![envelope]).await;
        assert!(expected(&verdicts[0]), "{what}: {verdicts:?}");
        assert_eq!(bo.state(&ada.id()), (before.0, before.1, bo.store.last_position()), "{what}");
    }
    // Ada's keys on another network make another organisation, and their signatures are void here.
    let foreign = bo.hears(&[&foreign]).await;
    assert!(foreign[0] == Verdict::Parked || foreign[0].is_fault(), "{foreign:?}");
    assert_eq!(bo.state(&ada.id()).1, before.1);
}

#[tokio::test]
async fn a_record_a_little_ahead_waits_for_its_time() {
    let (ada, bo) = (Organisation::ada(), Bo::pinning(&[&Organisation::ada()]));
    let ahead = ada.profile(1, NOW.0 + CLOCK_AHEAD_ADMITTED + MINUTE, testing::mentor("Ada Okafor", "Soon"));
    assert_eq!(bo.hears(&[ada.genesis(), &ahead]).await, [Verdict::Stored, Verdict::Parked]);
    assert!(!bo.shows(&ada.id(), &ada.profile_slot(1)));
    bo.clock.advance(2 * MINUTE);
    bo.ingest.sweep().await.expect("a sweep");
    assert!(bo.shows(&ada.id(), &ada.profile_slot(1)));
}

#[tokio::test]
async fn a_record_that_comes_before_its_chain_waits_for_it() {
    let (ada, bo) = (Organisation::ada(), Bo::pinning(&[&Organisation::ada()]));
    let profile = ada.profile(1, NOW.0, testing::mentor("Ada Okafor", "First"));
    assert_eq!(bo.hears(&[&profile]).await, [Verdict::Parked]);
    assert_eq!(bo.hears(&[ada.genesis()]).await, [Verdict::Stored]);
    assert!(bo.shows(&ada.id(), &ada.profile_slot(1)));
}

#[tokio::test]
async fn a_compromised_key_takes_its_records_with_it() {
    let (ada, bo) = (Organisation::ada(), Bo::pinning(&[&Organisation::ada()]));
    let profile = ada.profile(1, NOW.0, testing::mentor("Ada Okafor", "Signed by a lost key"));
    bo.hears(&[ada.genesis(), &profile]).await;
    let mut keys = ada.keys();
    keys.signing[0].compromised = true;
    keys.signing.push(ada.signing_notice(1, NOW));
    let rotation = ada.rotate(ada.genesis().id(), &keys, 0, NOW);
    assert_eq!(bo.hears(&[&rotation]).await, [Verdict::Stored]);
    assert!(!bo.shows(&ada.id(), &ada.profile_slot(1)));
    assert_eq!(bo.hears(&[&profile]).await, [Verdict::Rejected(Rejection::NotStanding)]);
}

#[tokio::test]
async fn an_erased_mentor_never_comes_back() {
    let (ada, bo) = (Organisation::ada(), Bo::pinning(&[&Organisation::ada()]));
    let profile = ada.profile(1, NOW.0, testing::mentor("Ada Okafor", "Here for now"));
    let erased = ada.withdrawal(&ada.profile_slot(1), NOW.0 + 1, true);
    let again = ada.profile(1, NOW.0 + 9, testing::mentor("Ada Okafor", "Back again"));
    bo.hears(&[ada.genesis(), &profile, &erased]).await;
    assert_eq!(bo.hears(&[&profile, &again]).await, [Verdict::Stale, Verdict::Stale]);
    assert!(!bo.shows(&ada.id(), &ada.profile_slot(1)));
}

#[tokio::test]
async fn unpinning_lets_go_at_once_and_pinning_takes_again() {
    let (ada, bo) = (Organisation::ada(), Bo::pinning(&[&Organisation::ada()]));
    let profile = ada.profile(1, NOW.0, testing::mentor("Ada Okafor", "Pinned"));
    bo.hears(&[ada.genesis(), &profile]).await;
    bo.ingest.set_trust(Settings::default()).await.expect("settings");
    assert!(bo.store.standing(&ada.profile_slot(1)).expect("a store").is_none());
    assert_eq!(bo.hears(&[&profile]).await, [Verdict::Rejected(Rejection::NotShown)]);
    let pinned = Settings { pinned: [ada.id()].into(), ..Settings::default() };
    bo.ingest.set_trust(pinned).await.expect("settings");
    assert_eq!(bo.hears(&[&profile]).await, [Verdict::Stored]);
}

#[tokio::test]
async fn a_block_beats_a_pin_and_leaves_no_trace() {
    let (ada, bo) = (Organisation::ada(), Bo::pinning(&[&Organisation::ada()]));
    let profile = ada.profile(1, NOW.0, testing::mentor("Ada Okafor", "Blocked"));
    bo.hears(&[ada.genesis(), &profile]).await;
    let settings = Settings { policy: Policy::Open, pinned: [ada.id()].into(), blocked: [ada.id()].into() };
    bo.ingest.set_trust(settings).await.expect("settings");
    assert_eq!(bo.store.organisations().expect("a store"), []);
    assert_eq!(bo.hears(&[ada.genesis()]).await, [Verdict::Rejected(Rejection::NotShown)]);
}

#[tokio::test]
async fn over_its_quota_an_organisation_keeps_the_same_mentors_whatever_came_first() {
    let ada = Organisation::ada();
    let limits = Limits { pinned: 5, ..Limits::default() };
    let records: Vec<_> = (0..12).map(|n| ada.profile(n, NOW.0 + n, testing::anyone(n))).collect();
    let mut held = Vec::new();
    for backwards in [false, true] {
        let bo = Bo::with(&[&ada], limits);
        bo.hears(&[ada.genesis()]).await;
        let mut order: Vec<_> = records.iter().collect();
        if backwards {
            order.reverse();
        }
        for record in order {
            bo.hears(&[record]).await;
        }
        held.push(bo.store.members(&ada.id(), Scope::Register, NOW.plus(MINUTE), 0).expect("a store"));
    }
    assert_eq!(held[0].len(), 5);
    assert_eq!(held[0], held[1]);
}

#[tokio::test]
async fn a_kind_from_the_future_is_kept_and_not_shown() {
    let (ada, bo) = (Organisation::ada(), Bo::pinning(&[&Organisation::ada()]));
    let unknown = ada.unknown(b"something", NOW.0);
    assert_eq!(bo.hears(&[ada.genesis(), &unknown]).await, [Verdict::Stored, Verdict::Stored]);
    let view = bo.ingest.views().borrow().clone();
    assert_eq!(view.organisations[&ada.id()].mentors, 0);
    assert_eq!(bo.state(&ada.id()).1, 1);
}

#[tokio::test]
async fn a_restart_believes_what_was_believed_before() {
    let ada = Organisation::ada();
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Settings { pinned: [ada.id()].into(), ..Settings::default() };
    let network = ada.network().clone();
    let own = Organisation::bo().id();
    let open = || {
        let opened = Store::open(&folder.path().join("store")).expect("a store");
        let clock = Clock::set_at(NOW);
        let limits = Limits::default();
        Ingest::spawn(opened.store, opened.writer, network.clone(), own, settings.clone(), limits, clock)
            .expect("a thread")
    };
    let started = open();
    let records = [ada.genesis().clone(), ada.card(NOW.0), ada.delegation(NOW.0, &["/ip4/127.0.0.1/tcp/4101"])];
    let mut envelopes: Vec<_> = records.iter().map(|record| record.bytes().to_vec()).collect();
    envelopes.push(ada.profile(1, NOW.0, testing::mentor("Ada Okafor", "Still here")).bytes().to_vec());
    started.ingest.accept(envelopes, Origin::Local).await.expect("verdicts");
    let before = format!("{:?}", started.ingest.views().borrow().organisations);
    drop(started.ingest);
    started.thread.join().expect("the thread ends");
    let again = open();
    assert_eq!(format!("{:?}", again.ingest.views().borrow().organisations), before);
    assert!(again.ingest.views().borrow().admits(&ada.peer()));
}

#[tokio::test]
async fn mallory_who_claims_a_thousand_organisations_keeps_nobody_out() {
    let (ada, cy) = (Organisation::ada(), Organisation::cy());
    let bo = Bo::pinning(&[&ada]);
    bo.hears(&[ada.genesis()]).await;
    let claims = async |organisation: &Organisation| {
        let peer = organisation.peer();
        let origin = Origin::Sync { peer, as_of: NOW, claims: organisation.id() };
        bo.ingest.accept(vec![organisation.genesis().bytes().to_vec()], origin).await.expect("verdicts")
    };
    for number in 0..ORGANISATIONS_NOT_SHOWN + 20 {
        assert_eq!(claims(&Organisation::new(&format!("mallory {number}"))).await, [Verdict::Stored]);
    }
    assert_eq!(claims(&cy).await, [Verdict::Stored], "whoever proves theirs is known");
    let view = bo.ingest.views().borrow().clone();
    assert!(view.organisations.contains_key(&cy.id()) && view.shows(&ada.id()));
    let strangers = view.organisations.values().filter(|known| !known.why.shown()).count();
    assert_eq!(strangers, ORGANISATIONS_NOT_SHOWN);
    assert_eq!(bo.store.operations().expect("a store").len(), view.organisations.len(), "nothing else is kept of them");
}
