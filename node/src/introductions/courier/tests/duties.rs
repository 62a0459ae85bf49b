//! Ada erases a mentor whom Bo held: Bo's receipt reaches her once, however often it is lost, and nobody else's counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use mentormesh_protocol::api::{ErasureState, ErrorCode, RightsClose, RightsInput, RightsState};
use mentormesh_protocol::duty::{Applied, DUTY_VERSION, Duty, DutyBody, Erased, RightsKind, RightsOutcome, Settled};
use mentormesh_protocol::introduction::courier::{CourierAnswer, CourierRefusal};
use mentormesh_protocol::introduction::{EnvelopeHeader, Outcome, Refused, seal};
use mentormesh_protocol::limits::{DAY, PROFILE_LIFETIME};
use mentormesh_protocol::testing::{self, NOW, Organisation};
use mentormesh_protocol::{MessageId, RecordId, Signed};

use super::town::{House, Says, Town};
use crate::ingest::Origin;
use crate::introductions::custody::Push;
use crate::rights::{Follow, Rights};

/// The record by which Ada erases her first mentor.
fn erasing() -> mentormesh_protocol::Verified<mentormesh_protocol::Record> {
    let ada = Organisation::ada();
    ada.withdrawal(&ada.profile_slot(1), NOW.0 + 1, true)
}

impl House {
    /// Holds Ada's first mentor, hears that she erased them, and does what follows from it.
    async fn held_what_is_erased(&self) {
        self.hears_of_the_erasure().await;
        self.follows().await;
    }

    async fn hears_of_the_erasure(&self) {
        let ada = Organisation::ada();
        let profile = ada.profile(1, NOW.0, testing::mentor("Ada Okafor", "Here for now"));
        for record in [profile, erasing()] {
            self.courier.ingest.accept(vec![record.bytes().to_vec()], Origin::Local).await.expect("a verdict");
        }
    }

    async fn follows(&self) {
        let introductions = &self.courier.introductions;
        let follow = Follow::new(introductions.rights.clone(), introductions.store.clone(), self.id());
        assert!(!follow.turn().await.expect("followed"), "to the end");
    }

    async fn brings_duties(&self) {
        self.courier.duties_turn().await.expect("a turn");
    }

    async fn waiting(&self) -> u64 {
        self.desk().duties_waiting().await.expect("counted")
    }

    fn rights(&self) -> &Rights {
        &self.courier.introductions.rights
    }

    /// How a request stands that was filed here.
    async fn fares(&self, reference: &str) -> Option<RightsState> {
        self.rights().look(reference).await.expect("read").map(|filed| filed.state)
    }

    /// What is known of the erasure of Ada's first mentor.
    async fn receipts(&self) -> Vec<(String, ErasureState)> {
        let receipts = self.courier.introductions.rights.receipts(&Organisation::ada().subject(1)).await;
        let items = receipts.expect("read").map(|list| list.items).unwrap_or_default();
        items.into_iter().map(|item| (item.organisation.name, item.state)).collect()
    }

    /// What this house says to a duty that somebody hands over.
    async fn says_to(&self, duty: &Duty, key: &mentormesh_protocol::SecretKey) -> Result<Outcome, CourierRefusal> {
        let network = self.body.network();
        let signed = Signed::sign(duty, network, key).expect("signed");
        let header = EnvelopeHeader::new(self.id(), duty.arrives_by());
        let to = self.body.sealing_secret().public();
        let envelope = seal(signed.bytes(), header, network, &to, &[7; 32]).expect("sealed");
        let said = self.courier.introductions.receive(&envelope.encode()).await;
        said.map_err(|not_taken| not_taken.refusal)
    }
}

async fn ada_knowing(others: &[&Organisation]) -> House {
    let ada = House::new(Organisation::ada(), others, &[]).await;
    ada.desk().note_holder(&Organisation::bo().id()).await.expect("noted");
    ada.held_what_is_erased().await;
    ada
}

/// What a node says that removed Ada's first mentor.
fn receipt_of(sender: &Organisation, node: &Organisation, withdrawal: RecordId) -> Duty {
    let ada = Organisation::ada();
    Duty {
        version: DUTY_VERSION,
        sender: sender.id(),
        recipient: ada.id(),
        node: node.peer(),
        id: MessageId([9; 16]),
        issued_at: NOW,
        body: DutyBody::Erased(Erased { subject: ada.subject(1), withdrawal, state: Applied::Removed, at: NOW }),
    }
}

const CONFIRMED: ErasureState = ErasureState::Confirmed;
const PENDING: ErasureState = ErasureState::Pending;

#[tokio::test]
async fn whoever_held_an_erased_profile_says_once_that_it_is_gone() {
    let mut ada = ada_knowing(&[&Organisation::bo()]).await;
    let mut bo = House::new(Organisation::bo(), &[&Organisation::ada()], &[]).await;
    let town = Town::new([&mut ada, &mut bo], &[]);
    assert_eq!(ada.receipts().await, [("bo mentors".to_owned(), PENDING)]);
    bo.held_what_is_erased().await;
    bo.brings_duties().await;
    assert_eq!(bo.waiting().await, 1, "Ada is away, and the receipt waits");

    town.connect(&bo.body, &ada.body);
    bo.moves(DAY);
    bo.brings_duties().await;
    assert_eq!((bo.waiting().await, ada.receipts().await), (0, vec![("bo mentors".to_owned(), CONFIRMED)]));

    // A store that is read from its beginning once more.
    let mut write = bo.desk().write().await.expect("a change");
    write.follow_erasures(0).await.expect("followed");
    write.commit().await.expect("followed");
    bo.follows().await;
    assert_eq!(bo.waiting().await, 0, "said once");
}

#[tokio::test]
async fn who_never_held_it_has_nothing_to_say() {
    let bo = House::new(Organisation::bo(), &[&Organisation::ada()], &[]).await;
    bo.courier.ingest.accept(vec![erasing().bytes().to_vec()], Origin::Local).await.expect("a verdict");
    bo.follows().await;
    assert_eq!(bo.waiting().await, 0);
}

#[tokio::test]
async fn a_receipt_is_said_again_until_it_is_acknowledged() {
    let (ada, asked) = (Organisation::ada(), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&asked);
    let says: Says = Arc::new(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        CourierAnswer::Noted
    });
    let mut bo = House::new(Organisation::bo(), &[&ada], &[]).await;
    let town = Town::new([&mut bo], &[(ada.peer(), says)]);
    town.connect(&bo.body, &ada);
    bo.held_what_is_erased().await;
    for tries in 1..4 {
        bo.brings_duties().await;
        assert_eq!((bo.waiting().await, asked.load(Ordering::SeqCst)), (1, tries), "no receipt, no end");
        bo.moves(DAY);
    }
    bo.moves(40 * DAY);
    bo.brings_duties().await;
    assert_eq!((bo.waiting().await, asked.load(Ordering::SeqCst)), (0, 3), "and not for ever");
}

#[tokio::test]
async fn only_a_node_of_the_holder_says_that_it_is_gone_there() {
    let (bo, cy, mallory) = (Organisation::bo(), Organisation::cy(), Organisation::mallory());
    let ada = ada_knowing(&[&bo, &cy]).await;
    let erased = erasing().id();
    let (malformed, unknown) = (Ok(Outcome::Refused(Refused::Malformed)), Err(CourierRefusal::UnknownKey));
    let other = RecordId([3; 32]);
    for (story, duty, key, said) in [
        ("Mallory signs in the name of Bo's node", receipt_of(&bo, &bo, erased), &mallory, malformed.clone()),
        ("Cy's node speaks for Bo", receipt_of(&bo, &cy, erased), &cy, unknown),
        ("Bo's node says it of another record", receipt_of(&bo, &bo, other), &bo, malformed),
        ("nobody knows Mallory", receipt_of(&mallory, &mallory, erased), &mallory, Ok(Outcome::NotRecognised)),
    ] {
        assert_eq!(ada.says_to(&duty, &key.node_key()).await, said, "{story}");
        assert_eq!(ada.receipts().await, [("bo mentors".to_owned(), PENDING)], "{story}");
    }
    let truly = receipt_of(&bo, &bo, erased);
    for _ in 0..2 {
        assert_eq!(ada.says_to(&truly, &bo.node_key()).await, Ok(Outcome::Delivered));
        assert_eq!(ada.receipts().await, [("bo mentors".to_owned(), CONFIRMED)]);
    }
    let too = receipt_of(&cy, &cy, erased);
    assert_eq!(ada.says_to(&too, &cy.node_key()).await, Ok(Outcome::Delivered), "nobody asked Cy, who held it too");
    assert_eq!(ada.receipts().await.len(), 2);
}

#[tokio::test]
async fn a_receipt_that_is_faster_than_our_own_note_of_the_erasure_comes_again() {
    let bo = Organisation::bo();
    let ada = House::new(Organisation::ada(), &[&bo], &[]).await;
    let receipt = receipt_of(&bo, &bo, erasing().id());
    ada.hears_of_the_erasure().await;
    let early = ada.says_to(&receipt, &bo.node_key()).await;
    assert!(matches!(early, Err(CourierRefusal::Busy(_))), "{early:?}");
    ada.follows().await;
    assert_eq!(ada.says_to(&receipt, &bo.node_key()).await, Ok(Outcome::Delivered));
    assert_eq!(ada.receipts().await, [("bo mentors".to_owned(), CONFIRMED)]);
}

#[tokio::test]
async fn what_nobody_confirms_is_over_when_every_copy_has_run_out() {
    let ada = ada_knowing(&[&Organisation::bo()]).await;
    ada.moves(PROFILE_LIFETIME + 2);
    assert_eq!(ada.receipts().await, [("bo mentors".to_owned(), ErasureState::Expired)]);
}

#[tokio::test]
async fn a_relay_carries_a_receipt_and_its_acknowledgement() {
    let (bo, cy) = (Organisation::bo(), Organisation::cy());
    let card = super::card(&Organisation::ada(), NOW.0 - 5, &[&cy], &Organisation::ada().sealing_secret());
    let mut ada = House::new(Organisation::ada(), &[&bo, &cy], &[&card]).await;
    ada.desk().note_holder(&bo.id()).await.expect("noted");
    ada.held_what_is_erased().await;
    let mut bo = House::new(bo, &[&Organisation::ada(), &cy], &[&card]).await;
    let mut cy = House::new(cy, &[&Organisation::ada(), &Organisation::bo()], &[&card]).await;
    let push = Push::new(cy.courier.clone());
    let town = Town::new([&mut ada, &mut bo, &mut cy], &[]);
    town.connect(&bo.body, &cy.body);
    bo.held_what_is_erased().await;
    bo.brings_duties().await;
    assert_eq!((bo.waiting().await, cy.desk().custody_count().await.expect("counted")), (1, 1));

    town.part(&bo.body, &cy.body);
    town.connect(&cy.body, &ada.body);
    push.round().await.expect("handed on");
    assert_eq!(ada.receipts().await, [("bo mentors".to_owned(), CONFIRMED)]);
    town.connect(&bo.body, &cy.body);
    cy.moves(DAY);
    push.round().await.expect("passed back");
    assert_eq!(bo.waiting().await, 0, "what the relay brought back ends it");
}

#[tokio::test]
async fn a_request_comes_home_once_and_only_home_answers_it() {
    let cy = Organisation::cy();
    let mut ada = House::new(Organisation::ada(), &[&Organisation::bo(), &cy], &[]).await;
    let mut bo = House::new(Organisation::bo(), &[&Organisation::ada(), &cy], &[]).await;
    let town = Town::new([&mut ada, &mut bo], &[]);
    let wish = RightsInput {
        kind: RightsKind::Erasure,
        profile: Some(ada.body.profile_id(1)),
        name: None,
        organisation: None,
        words: "Please erase me.".to_owned(),
        reply: "ada@example.org".to_owned(),
    };
    let filed = bo.rights().file(wish, [192, 0, 2, 1].into(), None).await.expect("filed");
    let reference = filed.reference.expect("a reference");
    assert_eq!(bo.fares(&reference).await, Some(RightsState::OnItsWay));
    assert_eq!(bo.fares(&filed.number.to_string()).await, None, "its number is no reference");
    town.connect(&bo.body, &ada.body);
    bo.brings_duties().await;
    assert_eq!((bo.fares(&reference).await, bo.waiting().await), (Some(RightsState::Delivered), 0));

    let settled = Settled { request: filed.number, outcome: RightsOutcome::Refused, message: None, at: NOW };
    let by_cy = Duty { recipient: bo.id(), body: DutyBody::Settled(settled), ..receipt_of(&cy, &cy, erasing().id()) };
    let said = bo.says_to(&by_cy, &cy.node_key()).await;
    assert_eq!(said, Ok(Outcome::Refused(Refused::Malformed)), "nobody asked Cy");
    assert_eq!(bo.fares(&reference).await, Some(RightsState::Delivered));

    ada.moves(31 * DAY);
    bo.moves(31 * DAY);
    let list = ada.rights().list(Some(true), 20, None).await.expect("read").items;
    assert_eq!(list.iter().map(|one| (one.id, one.overdue)).collect::<Vec<_>>(), [(filed.number, true)]);
    let close = || RightsClose { outcome: RightsOutcome::Done, message: Some("It is done.".to_owned()) };
    ada.rights().close(&filed.number, close(), "registrar").await.expect("closed");
    let again = ada.rights().close(&filed.number, close(), "registrar").await.expect_err("closed already");
    assert_eq!(again.code, ErrorCode::Conflict);
    let (mails, _) = ada.desk().mails(None, None, 9).await.expect("read");
    assert!(mails.iter().any(|mail| mail.to == "ada@example.org" && mail.text.contains("It is done.")), "{mails:?}");
    ada.brings_duties().await;
    assert_eq!(bo.fares(&reference).await, Some(RightsState::Answered));
}
