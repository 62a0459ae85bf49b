//! What is offered to a mentee whose request has ended: other mentors after a no or a silence, the way out of other
//! requests after a yes.

use mentormesh_protocol::api::{Alternative, DeclineInput};
use mentormesh_protocol::introduction::DeclineReason;
use mentormesh_protocol::limits::INTRODUCTION_LIFETIME;

use super::*;

fn names(one: &Introduction) -> Vec<&str> {
    one.alternatives.iter().map(|other| other.name.as_str()).collect()
}

async fn sent(pair: &Pair, id: &IntroductionId) -> Introduction {
    pair.bo.sees(id, Direction::Sent).await
}

#[tokio::test]
async fn after_a_yes_the_mentee_s_other_requests_are_offered_for_withdrawal_and_the_mentors_hear_it_neutrally() {
    let pair = pair().await;
    let (one, other, third) = (pair.mentor(1, 1).await, pair.mentor(2, 1).await, pair.mentor(3, 1).await);
    let (yes, waits, dis) =
        (pair.asked(&one, "Cy").await, pair.asked(&other, "Cy").await, pair.asked(&third, "Di").await);
    assert_eq!(sent(&pair, &yes).await.also_open, [], "nothing is offered before a yes");
    pair.ada.does(&yes, accept()).await;
    pair.carry().await;
    let seen = sent(&pair, &yes).await;
    let open: Vec<_> = seen.also_open.iter().map(|open| (open.id, open.profile)).collect();
    assert_eq!(open, [(waits, other)], "Di's request is Di's own");
    assert_eq!(seen.next, [format!("mentormesh intro withdraw {waits} --superseded")]);
    assert_eq!(pair.ada.sees(&yes, Direction::Received).await.also_open, [], "the mentor never learns of others");

    pair.bo.does(&waits, Step::Withdraw(WithdrawInput { superseded: true })).await;
    pair.carry().await;
    assert_eq!(pair.states(&waits).await, (State::Superseded, State::Superseded));
    let ada = pair.ada.sees(&waits, Direction::Received).await;
    assert_eq!((ada.contact, ada.why, ada.next), (None, None, Vec::new()));
    assert_eq!(sent(&pair, &yes).await.also_open, []);
    assert_eq!(pair.states(&dis).await, (State::Delivered, State::Delivered));
}

#[tokio::test]
async fn a_no_comes_with_three_others_the_one_whom_the_mentor_named_first() {
    let pair = pair().await;
    let mut mentors = Vec::new();
    for number in 1..=5 {
        mentors.push(pair.mentor(number, 1).await);
    }
    let busy = pair.ada.lists_as(6, paused()).await;
    pair.bo.hears(&pair.ada, &busy).await;
    let id = pair.asked(&mentors[0], "Cy").await;
    assert_eq!(sent(&pair, &id).await.alternatives, [], "an answer may come");
    let reason = DeclineReason::SomeoneElseBetter;
    let step = Step::Decline(DeclineInput {
        reason,
        message: None,
        referral: Some(mentors[4]),
        report: None,
        pause_until: None,
    });
    pair.ada.does(&id, step).await;
    pair.carry().await;
    let seen = sent(&pair, &id).await;
    assert_eq!(seen.alternatives.len(), 3, "{:?}", names(&seen));
    assert_eq!(seen.alternatives.first().map(|other| (other.id, other.referred)), Some((mentors[4], true)));
    let others: Vec<_> = seen.alternatives.iter().skip(1).collect();
    assert!(others.iter().all(|other| !other.referred && mentors[1..4].contains(&other.id)), "{others:?}");
    assert!(others.iter().all(|other| !other.why.is_empty()), "each says why: {others:?}");
    assert_eq!(sent(&pair, &id).await.alternatives, seen.alternatives, "the same is offered to whoever looks twice");
    assert_eq!(pair.ada.sees(&id, Direction::Received).await.alternatives, [], "they are for the mentee");
    let page = pair.bo.introductions.list(&super::super::Filter { limit: 9, ..Default::default() }).await;
    assert_eq!(page.expect("listed").items[0].alternatives, [], "a list searches for nobody");
}

#[tokio::test]
async fn nobody_is_offered_who_was_asked_declined_or_cannot_be_asked() {
    let pair = pair().await;
    let (asked, open, declined, named) =
        (pair.mentor(1, 1).await, pair.mentor(2, 1).await, pair.mentor(3, 1).await, pair.mentor(4, 1).await);
    let no = pair.asked(&declined, "Cy").await;
    pair.ada.does(&no, decline()).await;
    pair.carry().await;
    pair.asked(&open, "Cy").await;
    let id = pair.asked(&asked, "Cy").await;
    let step = DeclineInput {
        reason: DeclineReason::Timing,
        message: None,
        referral: Some(declined),
        report: None,
        pause_until: None,
    };
    pair.ada.does(&id, Step::Decline(step)).await;
    pair.carry().await;
    let only = |others: &[Alternative]| others.iter().map(|other| other.id).collect::<Vec<_>>();
    assert_eq!(only(&sent(&pair, &id).await.alternatives), [named], "a referral into a cool-down is none");
    pair.ada.withdraws(&named).await;
    pair.bo.hears(&pair.ada, &named).await;
    assert_eq!(only(&sent(&pair, &id).await.alternatives), []);
}

#[tokio::test]
async fn a_silence_and_a_request_that_could_not_be_delivered_offer_others_too() {
    let pair = pair().await;
    let (first, second) = (pair.mentor(1, 1).await, pair.mentor(2, 1).await);
    let never = pair.bo.introductions.send(input(&first, "Cy"), "registrar").await.expect("sent").id;
    pair.clock.advance(INTRODUCTION_LIFETIME + 1);
    let seen = sent(&pair, &never).await;
    assert_eq!((seen.state, names(&seen)), (State::Expired, vec!["Mentor 2"]));
    let waiting = pair.bo.waiting().await;
    let letter = waiting.first().expect("it waits").letter.message;
    pair.bo.introductions.learn(&letter, Direction::Sent, &Outcome::Late).await.expect("learnt");
    let seen = sent(&pair, &never).await;
    assert_eq!((seen.state, seen.alternatives.first().map(|other| other.id)), (State::Undeliverable, Some(second)));
}

#[tokio::test]
async fn who_is_hidden_here_is_offered_to_nobody_and_cannot_be_asked_and_what_is_under_way_goes_on() {
    let pair = pair().await;
    let (first, second) = (pair.mentor(1, 1).await, pair.mentor(2, 1).await);
    let under_way = pair.asked(&second, "Di").await;
    let id = pair.asked(&first, "Cy").await;
    pair.bo.hiding.hide(&second, "", "registrar").await.expect("hidden");
    let reason = DeclineReason::SomeoneElseBetter;
    let no = DeclineInput { reason, message: None, referral: Some(second), report: None, pause_until: None };
    pair.ada.does(&id, Step::Decline(no)).await;
    pair.carry().await;
    assert_eq!(sent(&pair, &id).await.alternatives, [], "not even when the mentor names them");
    assert_eq!(code(pair.bo.introductions.send(input(&second, "Cy"), "registrar").await), Some(ErrorCode::NotFound));
    assert_eq!(sent(&pair, &under_way).await.mentor.as_deref(), Some("Mentor 2"));
    pair.ada.does(&under_way, accept()).await;
    pair.carry().await;
    assert_eq!(pair.states(&under_way).await, (State::Accepted, State::Accepted));
    pair.bo.hiding.unhide(&second, "registrar").await.expect("shown");
    assert_eq!(sent(&pair, &id).await.alternatives.first().map(|other| other.id), Some(second));
}
