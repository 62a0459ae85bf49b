//! Bo is away and has named Cy as a relay.

use std::sync::Arc;
use std::time::Duration;

use mentormesh_protocol::introduction::courier::{CourierAnswer, CourierRefusal, CourierRequest};
use mentormesh_protocol::introduction::{Outcome, open};
use mentormesh_protocol::key::SealingSecret;
use mentormesh_protocol::limits::{DAY, MINUTE};
use mentormesh_protocol::testing::{NOW, Organisation};
use mentormesh_protocol::{Record, Verified};

use super::town::{House, Says, Town, card};
use super::{envelope, signs, words};
use crate::introductions::custody::Push;
use crate::introductions::schedule::{turn, turn_until};

/// Bo's card, which names Cy.
fn bos_card() -> Verified<Record> {
    card(&Organisation::bo(), NOW.0 - 9, &[&Organisation::cy()], &Organisation::bo().sealing_secret())
}

async fn house(body: Organisation) -> House {
    let everybody = [Organisation::ada(), Organisation::bo(), Organisation::cy()];
    let others: Vec<_> = everybody.iter().filter(|other| other.id() != body.id()).collect();
    House::new(body, &others, &[&bos_card()]).await
}

async fn ada_and_cy_saying(says: Says) -> (House, Town) {
    let mut ada = house(Organisation::ada()).await;
    let town = Town::new([&mut ada], &[(Organisation::cy().peer(), says)]);
    town.connect(&ada.body, &Organisation::cy());
    (ada, town)
}

#[tokio::test]
async fn a_relay_keeps_a_letter_hands_it_on_and_passes_the_receipt_back() {
    let (mut ada, mut bo) = (house(Organisation::ada()).await, house(Organisation::bo()).await);
    let mut cy = house(Organisation::cy()).await;
    let push = Push::new(cy.courier.clone());
    let town = Town::new([&mut ada, &mut bo, &mut cy], &[]);
    town.connect(&ada.body, &cy.body);
    let letter = ada.asks(&bo.body, 1).await;
    turn(&ada.courier, &bo.id()).await.expect("tried");
    assert_eq!(ada.outbox().await, (1, 1), "what a relay keeps is still on its way");
    assert_eq!(cy.desk().custody_count().await.expect("counted"), 1);

    town.part(&ada.body, &cy.body);
    town.connect(&cy.body, &bo.body);
    push.round().await.expect("handed on");
    assert_eq!(cy.desk().custody_count().await.expect("counted"), 0, "Bo's receipt ends custody");
    assert_eq!(ada.outbox().await, (1, 1), "and waits for Ada, who is away");

    town.connect(&ada.body, &cy.body);
    cy.moves(10 * MINUTE);
    push.round().await.expect("passed back");
    assert_eq!(ada.outbox().await, (0, 0));
    assert_eq!(cy.desk().next_custody().await.expect("read"), None, "{letter:?}");
}

#[tokio::test]
async fn a_relay_can_read_nothing_that_it_keeps() {
    let (mut ada, mut cy) = (house(Organisation::ada()).await, house(Organisation::cy()).await);
    let town = Town::new([&mut ada, &mut cy], &[]);
    town.connect(&ada.body, &cy.body);
    let letter = ada.asks(&Organisation::bo(), 1).await;
    turn(&ada.courier, &Organisation::bo().id()).await.expect("tried");
    let kept = cy.desk().due_custody(&Organisation::bo().id(), 9).await.expect("read");
    let [kept] = kept.as_slice() else { unreachable!("one envelope is kept") };
    let sealed = mentormesh_protocol::introduction::Envelope::decode(&kept.sealed).expect("an envelope");
    assert!(open(&sealed, cy.body.network(), &[cy.body.sealing_secret()]).is_err());
    assert!(open(&sealed, cy.body.network(), &[Organisation::bo().sealing_secret()]).is_ok());
    assert!(words(letter.payload()).contains("Bo"));
    // Texts long enough that four thousand random bytes do not hold one by chance, as they do two letters now and then.
    for secret in ["Fifteen minutes", "leading a first team"] {
        assert!(!contains(&kept.sealed, secret.as_bytes()), "{secret}");
    }
    for id in [letter.payload().introduction.0, letter.payload().message.0] {
        assert!(!contains(&kept.sealed, &id));
    }
    assert!(!contains(&kept.sealed, &ada.id().0), "nor who wrote it");
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[tokio::test]
async fn a_relays_word_is_that_it_keeps_a_letter_and_no_other() {
    let cys = |outcome: Outcome| signs(move |id| Organisation::cy().receipt(id, outcome.clone(), NOW).bytes().to_vec());
    let dis = |outcome: Outcome| signs(move |id| Organisation::di().receipt(id, outcome.clone(), NOW).bytes().to_vec());
    let stories = [
        ("Cy says that Bo has it", cys(Outcome::Delivered), (1, 0)),
        ("Cy says that Bo refuses it", cys(Outcome::NotRecognised), (1, 0)),
        ("Di says that Di keeps it", dis(Outcome::Kept(NOW)), (1, 0)),
        ("Cy says that Cy keeps it", cys(Outcome::Kept(NOW)), (1, 1)),
    ];
    for (story, says, left) in stories {
        let (ada, _town) = ada_and_cy_saying(says).await;
        ada.asks(&Organisation::bo(), 1).await;
        turn(&ada.courier, &Organisation::bo().id()).await.expect("tried");
        assert_eq!(ada.outbox().await, left, "{story}");
    }
}

#[tokio::test]
async fn a_kept_letter_is_given_to_relays_again_once_a_day() {
    let handed = tokio::sync::watch::Sender::new(0);
    let counted = handed.clone();
    let (ada, _town) = ada_and_cy_saying(signs(move |id| {
        counted.send_modify(|handed| *handed += 1);
        Organisation::cy().receipt(id, Outcome::Kept(NOW), NOW).bytes().to_vec()
    }))
    .await;
    ada.asks(&Organisation::bo(), 1).await;
    let tries = async |many: u64| {
        for _ in 0..many {
            turn(&ada.courier, &Organisation::bo().id()).await.expect("tried");
            ada.moves(60 * MINUTE);
        }
        (ada.outbox().await, *handed.borrow())
    };
    assert_eq!(tries(3).await, ((1, 1), 1));
    assert_eq!(tries(45).await, ((1, 1), 2), "but a day later, in case the relay has lost it");
}

#[tokio::test]
async fn a_relay_that_is_full_says_so_and_the_sender_keeps_the_letter() {
    let (ada, _town) = ada_and_cy_saying(Arc::new(|_| CourierAnswer::Refused(CourierRefusal::CustodyFull))).await;
    let letter = ada.asks(&Organisation::bo(), 1).await;
    turn(&ada.courier, &Organisation::bo().id()).await.expect("tried");
    let row = ada.row(&letter).await.expect("on its way");
    assert_eq!((row.kept, row.problem.as_deref()), (false, Some("the other node keeps as many letters as it may")));
}

#[tokio::test]
async fn only_what_was_asked_of_it_is_kept_and_only_for_a_while() {
    let cy = house(Organisation::cy()).await;
    let (ada, bo, mallory) = (Organisation::ada(), Organisation::bo(), Organisation::mallory());
    let request = |to: &Organisation, at| {
        let letter = ada.request(&to.profile_id(1), "Bo", 1, at);
        CourierRequest::Keep(to.seal_for(&letter, 1).encode().into())
    };
    let refused = |refusal| CourierAnswer::Refused(refusal);
    assert_eq!(cy.answers(mallory.peer(), &request(&bo, NOW)).await, refused(CourierRefusal::NotAdmitted));
    assert_eq!(cy.answers(ada.peer(), &request(&ada, NOW)).await, refused(CourierRefusal::NotARelay));
    for wrong in [NOW.minus(30 * DAY), NOW.plus(200 * DAY)] {
        let answer = cy.answers(ada.peer(), &request(&bo, wrong)).await;
        assert!(matches!(answer, CourierAnswer::Refused(CourierRefusal::Malformed(_))), "{answer:?}");
    }
    assert_eq!(cy.desk().custody_count().await.expect("counted"), 0);
    let kept = request(&bo, NOW);
    for _ in 0..2 {
        let CourierAnswer::Receipt(receipt) = cy.answers(ada.peer(), &kept).await else { unreachable!("it is kept") };
        let (id, expires_at) = (envelope(kept.clone()).id(), envelope(kept.clone()).header.expires_at);
        let said = mentormesh_protocol::Signed::<mentormesh_protocol::introduction::Receipt>::decode(&receipt);
        let said = said.expect("a receipt").claims().clone();
        assert_eq!((said.envelope, said.outcome), (id, Outcome::Kept(expires_at)));
    }
    assert_eq!(cy.desk().custody_count().await.expect("counted"), 1, "the same envelope is kept once");
}

#[tokio::test]
async fn a_receipt_that_a_relay_made_up_is_not_believed() {
    let (ada, _town) =
        ada_and_cy_saying(signs(|id| Organisation::cy().receipt(id, Outcome::Kept(NOW), NOW).bytes().to_vec())).await;
    let letter = ada.asks(&Organisation::bo(), 1).await;
    let sealed = Organisation::bo().seal_for(&letter, 1);
    let row = ada.row(&letter).await.expect("on its way");
    ada.desk().remember_envelope(&sealed.id(), &row.letter).await.expect("remembered");
    let (bo, cy) = (Organisation::bo(), Organisation::cy());
    let pass = |of: &Organisation| {
        CourierRequest::Pass(of.receipt(&sealed.id(), Outcome::Delivered, NOW).bytes().to_vec().into())
    };
    let answer = ada.answers(cy.peer(), &pass(&cy)).await;
    assert!(matches!(answer, CourierAnswer::Refused(CourierRefusal::Malformed(_))), "{answer:?}");
    assert_eq!(ada.outbox().await, (1, 0));
    assert_eq!(ada.answers(cy.peer(), &pass(&bo)).await, CourierAnswer::Noted);
    assert_eq!(ada.outbox().await, (0, 0));
}

#[tokio::test]
async fn a_kept_letter_that_does_not_open_comes_back_and_is_due_at_once() {
    let (ada, _town) =
        ada_and_cy_saying(signs(|id| Organisation::cy().receipt(id, Outcome::Kept(NOW), NOW).bytes().to_vec())).await;
    let letter = ada.asks(&Organisation::bo(), 1).await;
    turn(&ada.courier, &Organisation::bo().id()).await.expect("tried");
    assert_eq!(ada.outbox().await, (1, 1));
    let (bo, new) = (Organisation::bo(), SealingSecret::new(&[77; 32]));
    let renewed = card(&bo, NOW.0 - 5, &[&Organisation::cy()], &new);
    let sealed = bo.seal_for(&letter, 1);
    let row = ada.row(&letter).await.expect("on its way");
    ada.desk().remember_envelope(&sealed.id(), &row.letter).await.expect("remembered");
    let unopenable = bo.receipt(&sealed.id(), Outcome::Unopenable(renewed.bytes().to_vec().into()), NOW);
    let pass = CourierRequest::Pass(unopenable.bytes().to_vec().into());
    assert_eq!(ada.answers(Organisation::cy().peer(), &pass).await, CourierAnswer::Noted);
    assert_eq!(ada.courier.sealing_key(&bo.id()), Some(new.public()));
    let row = ada.row(&letter).await.expect("on its way");
    assert_eq!((row.kept, row.next_at), (false, NOW));
}

#[tokio::test]
async fn one_silent_recipient_keeps_no_other_waiting() {
    let (bos, dis) = (bos_card(), Organisation::di());
    let dis = card(&dis, NOW.0 - 9, &[&Organisation::cy()], &dis.sealing_secret());
    let at_home = async |body: Organisation| {
        let everybody = [Organisation::ada(), Organisation::bo(), Organisation::cy(), Organisation::di()];
        let others: Vec<_> = everybody.iter().filter(|other| other.id() != body.id()).collect();
        House::new(body, &others, &[&bos, &dis]).await
    };
    let (mut ada, mut bo) = (at_home(Organisation::ada()).await, at_home(Organisation::bo()).await);
    let (mut cy, mut di) = (at_home(Organisation::cy()).await, at_home(Organisation::di()).await);
    let mut push = Push::new(cy.courier.clone());
    push.turn = Duration::from_secs(1);
    let town = Town::new([&mut ada, &mut bo, &mut cy, &mut di], &[]);
    town.connect(&ada.body, &cy.body);
    for number in 0..3 {
        ada.asks(&bo.body, number).await;
    }
    turn(&ada.courier, &bo.id()).await.expect("tried");
    cy.moves(1);
    ada.asks(&di.body, 9).await;
    turn(&ada.courier, &di.id()).await.expect("tried");
    assert_eq!(cy.desk().custody_recipients().await.expect("read"), [bo.id(), di.id()], "Bo's waited longer");

    town.connect(&cy.body, &bo.body);
    town.connect(&cy.body, &di.body);
    town.falls_silent(&bo.body);
    let round = tokio::time::timeout(Duration::from_secs(60), push.round()).await;
    round.expect("Bo's silence ends a turn and not the relay").expect("tried");
    assert_eq!(cy.desk().custody_count().await.expect("counted"), 3, "Di's letter was handed on");
    assert_eq!(cy.desk().custody_recipients().await.expect("read"), [], "and Bo's are tried later");
    assert_eq!(ada.outbox().await, (3, 3), "Di's receipt came back");
}

#[tokio::test]
async fn one_silent_peer_keeps_no_other_s_receipts_back() {
    let (mut ada, mut bo) = (house(Organisation::ada()).await, house(Organisation::bo()).await);
    let mut cy = house(Organisation::cy()).await;
    let mut push = Push::new(cy.courier.clone());
    push.turn = Duration::from_secs(1);
    let town = Town::new([&mut ada, &mut bo, &mut cy], &[]);
    town.connect(&ada.body, &cy.body);
    for number in 0..3 {
        ada.asks(&bo.body, number).await;
    }
    turn(&ada.courier, &bo.id()).await.expect("tried");
    town.connect(&cy.body, &bo.body);
    town.falls_silent(&ada.body);
    let round = tokio::time::timeout(Duration::from_secs(60), push.round()).await;
    round.expect("Ada's silence ends her turn").expect("tried");
    assert_eq!(cy.desk().custody_count().await.expect("counted"), 0);
    assert_eq!(cy.desk().due_receipts(9).await.expect("read"), [], "her receipts wait");
    assert!(cy.desk().next_custody().await.expect("read").is_some());
}

#[tokio::test]
async fn a_turn_ends_when_its_node_answers_too_slowly() {
    let (mut ada, mut bo) = (house(Organisation::ada()).await, house(Organisation::bo()).await);
    let town = Town::new([&mut ada, &mut bo], &[]);
    town.connect(&ada.body, &bo.body);
    town.falls_silent(&bo.body);
    let letter = ada.asks(&bo.body, 0).await;
    for number in 1..20 {
        ada.asks(&bo.body, number).await;
    }
    let ends = tokio::time::Instant::now() + Duration::from_millis(500);
    turn_until(&ada.courier, &bo.id(), ends).await.expect("tried");
    let row = ada.row(&letter).await.expect("on its way");
    assert_eq!(row.problem.as_deref(), Some("its node answers too slowly"));
    assert_eq!(ada.desk().due_letters(&bo.id(), 99).await.expect("read"), [], "others have their turn now");
}

#[tokio::test]
async fn a_letter_that_its_relay_gave_back_is_kept_no_longer() {
    let (ada, _town) =
        ada_and_cy_saying(signs(|id| Organisation::cy().receipt(id, Outcome::Kept(NOW), NOW).bytes().to_vec())).await;
    let letter = ada.asks(&Organisation::bo(), 1).await;
    turn(&ada.courier, &Organisation::bo().id()).await.expect("tried");
    let row = ada.row(&letter).await.expect("on its way");
    assert!(row.kept);
    ada.desk().letter_let_go(&row.letter.message, row.letter.direction, NOW.plus(MINUTE)).await.expect("let go");
    let row = ada.row(&letter).await.expect("on its way");
    assert_eq!((row.kept, row.next_at), (false, NOW.plus(MINUTE)));
}
