//! What time does to an introduction.

use mentormesh_protocol::introduction::DeclineReason;
use mentormesh_protocol::limits::{DAY, INTRODUCTION_LIFETIME, LATE_ARRIVAL};

use super::*;

async fn sweep(pair: &Pair) {
    pair.ada.introductions.sweep().await.expect("swept");
    pair.bo.introductions.sweep().await.expect("swept");
}

#[tokio::test]
async fn the_wait_ends_on_day_fourteen_at_both_ends_without_a_message() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    pair.clock.advance(INTRODUCTION_LIFETIME);
    sweep(&pair).await;
    assert_eq!(pair.states(&id).await, (State::Delivered, State::Delivered), "the last moment still counts");
    pair.clock.advance(1);
    assert_eq!(pair.states(&id).await, (State::Expired, State::Expired), "shown at once");
    sweep(&pair).await;
    let filter = super::super::Filter { limit: 9, state: Some(State::Expired), ..Default::default() };
    assert_eq!(pair.ada.introductions.list(&filter).await.expect("listed").total, 1);
    assert_eq!((pair.ada.waiting().await, pair.bo.waiting().await), (Vec::new(), Vec::new()));
    assert_eq!(pair.ada.cannot(&id, accept()).await, ErrorCode::Conflict);
}

#[tokio::test]
async fn a_yes_said_in_time_overrides_an_expiry_that_was_computed_here() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    pair.clock.advance(INTRODUCTION_LIFETIME - DAY);
    pair.ada.does(&id, accept()).await;
    pair.clock.advance(3 * DAY);
    sweep(&pair).await;
    assert_eq!(pair.states(&id).await, (State::Expired, State::Accepted));
    pair.carry().await;
    assert_eq!(pair.states(&id).await, (State::Accepted, State::Accepted));
    let ada = pair.ada.sees(&id, Direction::Received).await;
    assert_eq!(ada.contact.map(|contact| contact.email), Some(address("Cy")), "the address was still there to give");
}

#[tokio::test]
async fn a_yes_that_comes_too_late_counts_at_neither_end() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    pair.ada.does(&id, accept()).await;
    pair.clock.advance(INTRODUCTION_LIFETIME + LATE_ARRIVAL + 2 * DAY);
    sweep(&pair).await;
    pair.bo.tells().await;
    assert!(!pair.bo.remembers("cy@mentees").await, "no yes can come any more");
    assert_eq!(pair.ada.hands_to(&pair.bo).await, [Outcome::Late]);
    assert_eq!(pair.states(&id).await, (State::Expired, State::Expired));
}

#[tokio::test]
async fn the_mentees_address_is_there_until_the_end_of_the_day_on_which_a_yes_may_come() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    pair.ada.does(&id, accept()).await;
    pair.clock.advance(INTRODUCTION_LIFETIME + LATE_ARRIVAL + DAY / 4);
    sweep(&pair).await;
    pair.bo.tells().await;
    pair.carry().await;
    assert_eq!(pair.bo.sees(&id, Direction::Sent).await.state, State::Accepted);
    assert!(pair.bo.remembers("cy@mentees").await);
}

#[tokio::test]
async fn a_mentor_who_leaves_says_no_to_whoever_waits() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    pair.ada.introductions.sweep().await.expect("swept");
    assert_eq!(pair.states(&id).await, (State::Delivered, State::Delivered));
    pair.ada.withdraws(&mentor).await;
    assert_eq!(pair.ada.cannot(&id, accept()).await, ErrorCode::Conflict);
    pair.ada.introductions.sweep().await.expect("swept");
    pair.carry().await;
    let bo = pair.bo.sees(&id, Direction::Sent).await;
    assert_eq!((bo.state, bo.reason), (State::Declined, Some(DeclineReason::NoLongerListed)));
    assert_eq!(bo.events.last().map(|event| event.by.as_str()), Some("mentor"));
}

#[tokio::test]
async fn a_request_that_nobody_could_deliver_expires_and_says_so() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.bo.introductions.send(input(&mentor, "Cy"), "registrar").await.expect("sent").id;
    pair.clock.advance(INTRODUCTION_LIFETIME + 1);
    pair.bo.introductions.sweep().await.expect("swept");
    let bo = pair.bo.sees(&id, Direction::Sent).await;
    assert_eq!(bo.state, State::Expired);
    assert!(bo.why.is_some_and(|why| why.contains("did not reach")));
}
