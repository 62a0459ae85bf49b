//! What is asked back, of whom, how often, and what waits for it.

use std::sync::Arc;

use mentormesh_protocol::api::{Direction, ErrorCode, WithdrawInput};
use mentormesh_protocol::introduction::courier::{CourierAnswer, CourierRefusal, CourierRequest};
use mentormesh_protocol::introduction::{Delivery, Fact, Refused, State};
use mentormesh_protocol::limits::{INTRODUCTION_LIFETIME, MINUTE};
use mentormesh_protocol::testing::{NOW, Organisation, introduction};
use mentormesh_protocol::{IntroductionId, LetterId, MessageId};
use tokio::sync::watch;

use super::town::{House, Says, Town};
use crate::desk::LetterRow;
use crate::introductions::Step;
use crate::introductions::answer::Answers;
use crate::introductions::recall::{self, BadDay};
use crate::post::{Asked, Post};

const RESTORED: BadDay = BadDay { unclean: false, restored: Some(NOW) };
const BEGIN: CourierRequest = CourierRequest::Recall { since: NOW, after: None };

/// Ada's house with a request to Bo on its desk.
async fn asking(known: &[&Organisation]) -> House {
    let ada = House::new(Organisation::ada(), known, &[]).await;
    let request = ada.body.request(&Organisation::bo().profile_id(1), "Ada", 1, NOW);
    ada.courier.introductions.recalled(vec![request.bytes().to_vec()]).await.expect("merged");
    ada
}

async fn recalls_end(house: &House) {
    for owed in house.desk().owed_recalls().await.expect("read") {
        house.desk().recall_done(&owed).await.expect("done");
    }
}

#[tokio::test]
async fn a_desk_restored_beside_an_empty_register_waits_for_whom_its_introductions_name() {
    let ada = asking(&[]).await;
    ada.desk().mark_restored(NOW).await.expect("written");
    recall::owe(&ada.courier, &RESTORED).await.expect("noted");
    let step = async || {
        ada.courier.introductions.step(&introduction(1), Step::Withdraw(WithdrawInput::default()), "registrar").await
    };
    assert_eq!(step().await.expect_err("refused").code, ErrorCode::Busy);
    ada.moves(INTRODUCTION_LIFETIME + 1);
    let swept = async || {
        ada.courier.introductions.sweep().await.expect("swept");
        let row = ada.desk().introduction(&introduction(1), Direction::Sent).await.expect("read");
        row.expect("kept").state
    };
    assert_eq!(swept().await, State::Delivered, "an answer may have come before the bad day");
    recalls_end(&ada).await;
    assert_eq!(swept().await, State::Expired);
}

#[tokio::test]
async fn a_restored_desk_takes_nothing_of_an_organisation_that_nobody_noted_yet() {
    let bo = Organisation::bo();
    let ada = House::new(Organisation::ada(), &[&bo], &[]).await;
    ada.desk().mark_restored(NOW).await.expect("written");
    let letter = bo.request(&ada.body.profile_id(1), "Bo", 1, NOW);
    let deliver = CourierRequest::Deliver(ada.body.seal_for(&letter, 1).encode().into());
    let answer = ada.answers(bo.peer(), &deliver).await;
    assert!(matches!(answer, CourierAnswer::Refused(CourierRefusal::Busy(_))), "{answer:?}");
    recall::owe(&ada.courier, &RESTORED).await.expect("noted");
    recalls_end(&ada).await;
    assert!(matches!(ada.answers(bo.peer(), &deliver).await, CourierAnswer::Receipt(_)));
}

#[tokio::test]
async fn every_letter_is_on_its_way_again_however_many() {
    let ada = Organisation::ada();
    let bo = House::new(Organisation::bo(), &[&ada], &[]).await;
    let request = bo.body.request(&ada.profile_id(1), "Bo", 1, NOW);
    let mut write = bo.desk().write().await.expect("a change");
    for number in 0..2_100_u128 {
        let mut fact = Fact::of(request.payload(), LetterId(request.id().0));
        fact.message = MessageId(number.to_be_bytes());
        let row = LetterRow {
            introduction: IntroductionId(number.to_be_bytes()),
            direction: Direction::Sent,
            organisation: ada.id(),
            own: true,
            fact,
            signed: Some(request.bytes().to_vec()),
        };
        write.add_letter(&row).await.expect("added");
    }
    write.commit().await.expect("added");
    bo.answers(ada.peer(), &BEGIN).await;
    assert_eq!(bo.outbox().await, (2_100, 0));
}

#[tokio::test]
async fn what_was_refused_is_not_on_its_way_again() {
    let bo = Organisation::bo();
    let ends = [Delivery::NotRecognised, Delivery::Refused(Refused::Cooldown), Delivery::Undeliverable];
    for (delivery, queued) in ends.map(|end| (end, 0)).into_iter().chain([(Delivery::Delivered, 1)]) {
        let ada = asking(&[&bo]).await;
        let mut write = ada.desk().write().await.expect("a change");
        let row = write.introduction(&introduction(1), Direction::Sent).await.expect("read");
        let row = crate::desk::IntroductionRow { delivery, ..row.expect("kept") };
        write.keep_introduction(&row).await.expect("kept");
        write.commit().await.expect("kept");
        ada.answers(bo.peer(), &BEGIN).await;
        assert_eq!(ada.outbox().await, (queued, 0), "{delivery:?}");
    }
}

#[tokio::test]
async fn an_organisation_that_never_ends_has_not_said_everything() {
    let bo = Organisation::bo();
    let mut ada = House::new(Organisation::ada(), &[&bo], &[]).await;
    let endless: Says = Arc::new(|request| {
        let CourierRequest::Recall { after, .. } = request else { unreachable!("nothing else is asked") };
        CourierAnswer::Letters(Vec::new(), Some(after.unwrap_or(0) + 1))
    });
    let town = Town::new([&mut ada], &[(bo.peer(), endless)]);
    town.connect(&ada.body, &bo);
    recall::owe(&ada.courier, &RESTORED).await.expect("noted");
    assert!(recall::round(&ada.courier).await.expect("asked"), "it is owed still");
}

#[tokio::test]
async fn a_letter_that_comes_back_twice_happened_once() {
    let ada = asking(&[]).await;
    let events = async || ada.desk().introduction_events(&introduction(1), Direction::Sent).await.expect("read").len();
    let before = events().await;
    let request = ada.body.request(&Organisation::bo().profile_id(1), "Ada", 1, NOW);
    ada.courier.introductions.recalled(vec![request.bytes().to_vec(); 9]).await.expect("merged");
    assert_eq!((before, events().await), (1, 1));
}

#[tokio::test]
async fn an_organisation_may_begin_to_ask_back_once_a_minute() {
    let (ada, cy) = (Organisation::ada(), Organisation::cy());
    let bo = House::new(Organisation::bo(), &[&ada, &cy], &[]).await;
    let (asking, asked) = Post::asked();
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn(Answers::new(bo.courier.clone(), Arc::clone(&bo.push)).run(asked, stopped));
    let busy = async |of: &Organisation, request: CourierRequest| {
        let (reply, answer) = tokio::sync::oneshot::channel();
        asking.send(Asked { peer: of.peer(), bytes: request.encode(), reply }).await.expect("asked");
        let answer = CourierAnswer::decode(&answer.await.expect("answered")).expect("an answer");
        matches!(answer, CourierAnswer::Refused(CourierRefusal::Busy(_)))
    };
    assert!(!busy(&ada, BEGIN).await);
    assert!(!busy(&ada, CourierRequest::Recall { since: NOW, after: Some(1) }).await, "the next page is no beginning");
    assert!(busy(&ada, BEGIN).await);
    assert!(!busy(&cy, BEGIN).await, "each has a turn of its own");
    bo.moves(MINUTE);
    assert!(!busy(&ada, BEGIN).await);
    stop.send_replace(true);
    running.await.expect("stopped");
}
