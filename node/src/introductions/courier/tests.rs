//! Ada's letters on their way to Bo, with Cy as a relay and Mallory in between.

#![expect(clippy::expect_used, clippy::unreachable, reason = "a test that cannot go on should stop")]

mod asked_back;
mod bad_days;
mod duties;
mod relays;
mod town;
mod wrong_clock;

use std::sync::Arc;
use std::time::Duration;

use mentormesh_protocol::introduction::courier::{CourierAnswer, CourierRefusal, CourierRequest};
use mentormesh_protocol::introduction::{Envelope, Letter, Outcome, Receipt, Refused, open};
use mentormesh_protocol::key::SealingSecret;
use mentormesh_protocol::limits::{CLOCK_APART, DAY};
use mentormesh_protocol::testing::{NOW, Organisation};
use mentormesh_protocol::{EnvelopeId, SecretKey, Signed};
use tokio::sync::watch;

use self::town::{House, Says, Town, card};
use super::back_off;
use crate::introductions::schedule::{Schedule, turn};
use crate::signing::{HomeFirst, Safety};

/// The envelope of a request that hands one over.
fn envelope(request: CourierRequest) -> Envelope {
    let (CourierRequest::Deliver(bytes) | CourierRequest::Keep(bytes)) = request else {
        unreachable!("only letters are handed over here")
    };
    Envelope::decode(&bytes).expect("an envelope")
}

/// A peer that answers each envelope with this receipt.
fn signs(receipt: impl Fn(&EnvelopeId) -> Vec<u8> + Send + Sync + 'static) -> Says {
    Arc::new(move |request| CourierAnswer::Receipt(receipt(&envelope(request).id()).into()))
}

async fn ada_and_bo_saying(says: Says) -> (House, Town) {
    let (bo, cy) = (Organisation::bo(), Organisation::cy());
    let mut ada = House::new(Organisation::ada(), &[&bo, &cy], &[]).await;
    let town = Town::new([&mut ada], &[(bo.peer(), says)]);
    town.connect(&ada.body, &bo);
    (ada, town)
}

#[tokio::test]
async fn a_letter_is_on_its_way_until_its_recipient_has_it() {
    let mut ada = House::new(Organisation::ada(), &[&Organisation::bo()], &[]).await;
    let mut bo = House::new(Organisation::bo(), &[&Organisation::ada()], &[]).await;
    let town = Town::new([&mut ada, &mut bo], &[]);
    let letter = ada.asks(&bo.body, 1).await;
    turn(&ada.courier, &bo.id()).await.expect("tried");
    let row = ada.row(&letter).await.expect("still on its way");
    assert_eq!((row.attempts, row.problem.as_deref()), (1, Some("no node of bo mentors is reachable")));
    assert!(row.next_at > NOW);
    town.connect(&ada.body, &bo.body);
    ada.moves(row.next_at.0 - NOW.0);
    turn(&ada.courier, &bo.id()).await.expect("tried");
    assert_eq!(ada.outbox().await, (0, 0), "Bo lists nobody, and said so in a receipt");
}

#[tokio::test]
async fn what_waits_leaves_as_soon_as_its_recipient_is_there() {
    let mut ada = House::new(Organisation::ada(), &[&Organisation::bo()], &[]).await;
    let mut bo = House::new(Organisation::bo(), &[&Organisation::ada()], &[]).await;
    let town = Town::new([&mut ada, &mut bo], &[]);
    for number in 0..100 {
        ada.asks(&bo.body, number).await;
    }
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn(Schedule::new(ada.courier.clone()).run(stopped));
    let until = async |waiting: fn(u64) -> bool| {
        while !waiting(ada.desk().due_letters(&bo.id(), 99).await.expect("read").len() as u64 + ada.outbox().await.0) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    // All were tried in vain; the clock stands still, so that nothing but Bo's coming makes them due again.
    until(|count| count == 100).await;
    town.connect(&ada.body, &bo.body);
    until(|count| count == 0).await;
    stop.send_replace(true);
    running.await.expect("stopped");
}

#[tokio::test]
async fn only_the_recipients_own_receipt_ends_sending() {
    let forged = |organisation: Organisation, node: Organisation, key: SecretKey| {
        signs(move |id| {
            let outcome = Outcome::Delivered;
            let receipt =
                Receipt { envelope: *id, organisation: organisation.id(), node: node.peer(), at: NOW, outcome };
            let body = Signed::sign(&receipt, node.network(), &node.node_key()).expect("signed");
            if key.public() == node.node_key().public() {
                return body.bytes().to_vec();
            }
            let mut bytes = body.bytes().to_vec();
            let end = bytes.len() - 64;
            bytes.truncate(end);
            bytes.extend_from_slice(&key.sign(b"anything"));
            bytes
        })
    };
    let (bo, cy, mallory) = (Organisation::bo(), Organisation::cy(), Organisation::mallory());
    let stories: [(&str, Says, u64); 7] = [
        ("Mallory's node speaks for Bo", forged(bo.clone(), mallory.clone(), mallory.node_key()), 1),
        ("Bo's node, signed by nobody", forged(bo.clone(), bo.clone(), mallory.node_key()), 1),
        ("Cy speaks for itself", forged(cy.clone(), cy.clone(), cy.node_key()), 1),
        ("Cy's node speaks for Bo", forged(bo.clone(), cy.clone(), cy.node_key()), 1),
        (
            "another envelope",
            signs(move |_| Organisation::bo().receipt(&EnvelopeId([9; 32]), Outcome::Delivered, NOW).bytes().to_vec()),
            1,
        ),
        (
            "the recipient as if it were a relay",
            signs(|id| Organisation::bo().receipt(id, Outcome::Kept(NOW), NOW).bytes().to_vec()),
            1,
        ),
        ("Bo's own", forged(bo.clone(), bo.clone(), bo.node_key()), 0),
    ];
    for (story, says, left) in stories {
        let (ada, _town) = ada_and_bo_saying(says).await;
        ada.asks(&bo, 1).await;
        turn(&ada.courier, &bo.id()).await.expect("tried");
        assert_eq!(ada.outbox().await, (left, 0), "{story}");
    }
}

#[tokio::test]
async fn a_letter_that_does_not_open_is_sealed_anew_to_the_key_that_came_back() {
    let (bo, new) = (Organisation::bo(), SealingSecret::new(&[77; 32]));
    let renewed = card(&bo, NOW.0 - 5, &[], &new);
    let says: Says = Arc::new(move |request| {
        let (bo, envelope) = (Organisation::bo(), envelope(request));
        let opened = open(&envelope, bo.network(), std::slice::from_ref(&new)).is_ok();
        let outcome = if opened { Outcome::Delivered } else { Outcome::Unopenable(renewed.bytes().to_vec().into()) };
        CourierAnswer::Receipt(bo.receipt(&envelope.id(), outcome, NOW).bytes().to_vec().into())
    });
    let (ada, _town) = ada_and_bo_saying(says).await;
    ada.asks(&bo, 1).await;
    turn(&ada.courier, &bo.id()).await.expect("tried");
    assert_eq!(ada.outbox().await, (0, 0));
}

#[tokio::test]
async fn a_card_of_somebody_else_heals_nothing_and_is_not_asked_for_for_ever() {
    let cys = card(&Organisation::cy(), NOW.0 - 5, &[], &SealingSecret::new(&[77; 32]));
    let tries = watch::Sender::new(0);
    let counted = tries.clone();
    let says = signs(move |id| {
        counted.send_modify(|tries| *tries += 1);
        Organisation::bo().receipt(id, Outcome::Unopenable(cys.bytes().to_vec().into()), NOW).bytes().to_vec()
    });
    let (ada, _town) = ada_and_bo_saying(says).await;
    let letter = ada.asks(&Organisation::bo(), 1).await;
    turn(&ada.courier, &Organisation::bo().id()).await.expect("tried");
    assert_eq!((ada.outbox().await, *tries.borrow()), ((1, 0), 1));
    assert!(ada.row(&letter).await.is_some_and(|row| row.next_at > NOW));
}

#[tokio::test]
async fn a_busy_recipient_says_when_to_come_again() {
    let says: Says = Arc::new(|_| CourierAnswer::Refused(CourierRefusal::Busy(90_000)));
    let (ada, _town) = ada_and_bo_saying(says).await;
    let letter = ada.asks(&Organisation::bo(), 1).await;
    turn(&ada.courier, &Organisation::bo().id()).await.expect("tried");
    let row = ada.row(&letter).await.expect("on its way");
    assert_eq!((row.next_at, row.problem.as_deref()), (town::later(90_000), Some("the other node is busy")));
}

#[tokio::test]
async fn asking_ends_when_nobody_can_remember_any_more() {
    let ada = House::new(Organisation::ada(), &[&Organisation::bo()], &[]).await;
    let mut ada = ada;
    let _town = Town::new([&mut ada], &[]);
    ada.asks(&Organisation::bo(), 1).await;
    ada.moves(14 * DAY + 16 * DAY - 1);
    turn(&ada.courier, &Organisation::bo().id()).await.expect("tried");
    assert_eq!(ada.outbox().await, (1, 0));
    ada.moves(2 * DAY);
    turn(&ada.courier, &Organisation::bo().id()).await.expect("tried");
    assert_eq!(ada.outbox().await, (0, 0));
}

#[tokio::test]
async fn nothing_is_sent_while_our_clock_is_off() {
    let (ada, _town) = ada_and_bo_saying(signs(|id| {
        Organisation::bo().receipt(id, Outcome::Refused(Refused::NotListed), NOW).bytes().to_vec()
    }))
    .await;
    ada.safety.send_replace(Safety { home_first: HomeFirst::Done, clock_off: Some(CLOCK_APART + 1) });
    ada.asks(&Organisation::bo(), 1).await;
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn(Schedule::new(ada.courier.clone()).run(stopped));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(ada.outbox().await, (1, 0));
    ada.safety.send_replace(Safety { home_first: HomeFirst::Done, clock_off: None });
    while ada.outbox().await != (0, 0) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stop.send_replace(true);
    running.await.expect("stopped");
}

#[test]
fn waits_double_up_to_the_longest_and_do_not_keep_step() {
    for (attempts, wait) in [(0, 2_000), (1, 4_000), (3, 16_000), (9, 600_000), (10_000, 600_000)] {
        let drawn: Vec<_> = (0..50).map(|_| back_off(2_000, 600_000, attempts)).collect();
        assert!(drawn.iter().all(|drawn| (wait * 3 / 4..=wait * 5 / 4).contains(drawn)), "{attempts}: {drawn:?}");
        assert!(drawn.iter().any(|other| Some(other) != drawn.first()), "{attempts}");
    }
}

/// What a letter says, for asking whether something holds it.
fn words(letter: &Letter) -> String {
    format!("{:?}", letter.body)
}
