//! A clock that was compared with nobody's, or is known to be wrong, ends nothing.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::introduction::State;
use mentormesh_protocol::introduction::courier::CourierRequest;
use mentormesh_protocol::limits::{CLOCK_APART, DAY};
use mentormesh_protocol::testing::{NOW, Organisation, introduction};

use super::town::{House, Town, card};
use crate::introductions::custody::Push;
use crate::introductions::schedule::turn;
use crate::signing::{HomeFirst, Safety};

/// In neither may anything end.
const UNSURE: [Safety; 2] = [
    Safety { home_first: HomeFirst::Waiting, clock_off: None },
    Safety { home_first: HomeFirst::Done, clock_off: Some(CLOCK_APART + 1) },
];
const SURE: Safety = Safety { home_first: HomeFirst::Done, clock_off: None };

#[tokio::test]
async fn no_wait_ends_and_no_letter_is_given_up_by_a_clock_that_may_be_wrong() {
    let bo = Organisation::bo();
    let mut ada = House::new(Organisation::ada(), &[&bo], &[]).await;
    let _town = Town::new([&mut ada], &[]);
    let request = ada.body.request(&bo.profile_id(1), "Ada", 1, NOW);
    ada.courier.introductions.recalled(vec![request.bytes().to_vec()]).await.expect("merged");
    ada.asks(&bo, 2).await;
    ada.moves(40 * DAY);
    let state = async || {
        ada.courier.introductions.sweep().await.expect("swept");
        let row = ada.desk().introduction(&introduction(1), Direction::Sent).await.expect("read");
        row.expect("kept").state
    };
    for unsure in UNSURE {
        ada.safety.send_replace(unsure);
        turn(&ada.courier, &bo.id()).await.expect("tried");
        assert_eq!((state().await, ada.outbox().await), (State::Delivered, (1, 0)), "{unsure:?}");
        ada.moves(DAY);
    }
    ada.safety.send_replace(SURE);
    turn(&ada.courier, &bo.id()).await.expect("tried");
    assert_eq!((state().await, ada.outbox().await), (State::Expired, (0, 0)));
}

#[tokio::test]
async fn a_relay_lets_go_of_nothing_by_a_clock_that_may_be_wrong() {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    let bos = card(&bo, NOW.0 - 9, &[&Organisation::cy()], &bo.sealing_secret());
    let mut cy = House::new(Organisation::cy(), &[&ada, &bo], &[&bos]).await;
    let _town = Town::new([&mut cy], &[]);
    let letter = ada.request(&bo.profile_id(1), "Bo", 1, NOW);
    cy.answers(ada.peer(), &CourierRequest::Keep(bo.seal_for(&letter, 1).encode().into())).await;
    cy.moves(200 * DAY);
    let push = Push::new(cy.courier.clone());
    let kept = async || {
        push.round().await.expect("tried");
        cy.desk().custody_count().await.expect("counted")
    };
    for unsure in UNSURE {
        cy.safety.send_replace(unsure);
        assert_eq!(kept().await, 1, "{unsure:?}");
    }
    cy.safety.send_replace(SURE);
    assert_eq!(kept().await, 0);
}
