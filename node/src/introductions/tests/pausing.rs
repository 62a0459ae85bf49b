//! Mentors who are away: who asks is told until when, who waits is told too, and "no, and pause me" is one step.

use mentormesh_protocol::Date;
use mentormesh_protocol::api::DeclineInput;
use mentormesh_protocol::introduction::{DeclineReason, Refused};
use mentormesh_protocol::limits::DAY;

use super::*;

fn day(days: u64) -> Date {
    NOW.plus(days * DAY).date()
}

fn no_and_pause(until: Date) -> Step {
    let reason = DeclineReason::NoCapacity;
    Step::Decline(DeclineInput { reason, message: None, referral: None, report: None, pause_until: Some(until) })
}

async fn asks(end: &End, mentor: &ProfileId) -> Problem {
    end.introductions.send(input(mentor, "Di"), "registrar").await.expect_err("refused")
}

#[tokio::test]
async fn no_and_pause_me_is_one_step_and_the_next_request_is_told_until_when() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 2).await;
    let (id, waits) = (pair.asked(&mentor, "Cy").await, pair.asked(&mentor, "Bo").await);
    pair.ada.does(&id, no_and_pause(day(30))).await;
    let row = pair.ada.desk.listing(&mentor.subject).await.expect("read").expect("listed");
    let kept = row.content.profile.availability;
    assert_eq!((kept.status, kept.until, kept.places), (AvailabilityStatus::Paused, Some(day(30)), 2));
    assert_eq!(pair.ada.desk.due_plans(9).await.expect("read"), [(mentor.subject, kept.clone())], "to be signed now");
    pair.carry().await;
    assert_eq!(pair.states(&id).await, (State::Declined, State::Declined));

    // Before the mentee's node hears of it, the mentor's refuses.
    let early = pair.bo.introductions.send(input(&mentor, "Di"), "registrar").await.expect("sent").id;
    pair.carry().await;
    let seen = pair.bo.sees(&early, Direction::Sent).await;
    assert_eq!((seen.state, seen.refusal.as_deref()), (State::Refused, Some(Refused::NotAccepting.as_str())));

    // Once it has, nobody asks in vain, and whoever waits knows.
    let mentor = pair.ada.lists_as(1, kept).await;
    pair.bo.hears(&pair.ada, &mentor).await;
    let problem = asks(&pair.bo, &mentor).await;
    assert_eq!(problem.code, ErrorCode::Conflict);
    assert!(problem.detail.contains(&format!("until {}", day(30))), "{}", problem.detail);
    let waiting = pair.bo.sees(&waits, Direction::Sent).await;
    assert_eq!(waiting.state, State::Delivered, "a pause ends no request");
    assert!(waiting.why.is_some_and(|why| why.contains(&format!("a pause until {}", day(30)))));
    let refused = pair.bo.sees(&early, Direction::Sent).await.why;
    assert!(refused.is_some_and(|why| why.contains(&format!("no requests until {}", day(30)))));
    pair.ada.does(&waits, accept()).await;
}

#[tokio::test]
async fn on_the_day_that_ends_a_pause_requests_are_sent_and_taken_whatever_was_signed() {
    let pair = pair().await;
    let away = Availability::paused(1, None, Some(day(3)), day(0)).expect("a pause");
    let mentor = pair.ada.lists_as(1, away).await;
    pair.bo.hears(&pair.ada, &mentor).await;
    pair.clock.advance(2 * DAY);
    assert_eq!(asks(&pair.bo, &mentor).await.code, ErrorCode::Conflict);
    pair.clock.advance(DAY);
    let id = pair.asked(&mentor, "Cy").await;
    assert_eq!(pair.states(&id).await, (State::Delivered, State::Delivered));
}

#[tokio::test]
async fn a_date_that_makes_no_pause_declines_nobody() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    for until in [day(0), day(400)] {
        let problem = pair.ada.introductions.step(&id, no_and_pause(until), "registrar").await.expect_err("refused");
        assert_eq!((problem.code, problem.errors[0].field.as_str()), (ErrorCode::Invalid, "pause_until"));
    }
    assert_eq!(pair.states(&id).await, (State::Delivered, State::Delivered));
    assert_eq!(pair.ada.waiting().await, []);
    let row = pair.ada.desk.listing(&mentor.subject).await.expect("read").expect("listed");
    assert_eq!(row.content.profile.availability.status, AvailabilityStatus::Accepting);
}

/// How often Bo's end told whoever waits that the mentor takes a pause.
async fn told(pair: &Pair, id: &IntroductionId) -> usize {
    pair.bo.introductions.sweep().await.expect("swept");
    let notices = pair.bo.desk.notices_of(id, Direction::Sent).await.expect("read");
    notices.into_iter().filter(|notice| notice.what == crate::introductions::MENTOR_PAUSED).count()
}

#[tokio::test]
async fn whoever_waits_is_told_once_of_each_pause_and_nobody_else_is() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 3).await;
    let other = pair.mentor(2, 3).await;
    let (waits, ended) = (pair.asked(&mentor, "Cy").await, pair.asked(&mentor, "Bo").await);
    let elsewhere = pair.asked(&other, "Cy").await;
    let on_its_way = pair.bo.introductions.send(input(&mentor, "Di"), "registrar").await.expect("sent").id;
    pair.ada.does(&ended, decline()).await;
    pair.ada.hands_to(&pair.bo).await;
    assert_eq!(told(&pair, &waits).await, 0, "there is no pause");

    pair.goes_away(1, "2026-12-24").await;
    assert_eq!(told(&pair, &waits).await, 1);
    assert_eq!(told(&pair, &waits).await, 1, "once");
    pair.goes_away(1, "2026-12-28").await;
    assert_eq!(told(&pair, &waits).await, 1, "a pause that grows is no second one");
    for (id, why) in [(&ended, "it has its answer"), (&elsewhere, "another mentor"), (&on_its_way, "not there yet")] {
        assert_eq!(told(&pair, id).await, 0, "{why}");
    }

    pair.comes_back(1).await;
    assert_eq!(told(&pair, &waits).await, 1, "coming back is no pause");
    pair.goes_away(1, "2026-12-30").await;
    assert_eq!(told(&pair, &waits).await, 2, "a second pause");
    let state = pair.bo.sees(&waits, Direction::Sent).await.state;
    assert_eq!(state, State::Delivered, "a pause is no step of an introduction");
}

#[tokio::test]
async fn more_mentees_than_fit_one_change_are_told_all_the_same() {
    let pair = pair().await;
    let mut asked = Vec::new();
    for number in 1..=70 {
        let mentor = pair.mentor(number, 3).await;
        asked.push(pair.asked(&mentor, &format!("Cy{number}")).await);
    }
    for number in 1..=70 {
        pair.goes_away(number, "2026-12-24").await;
    }
    for id in &asked {
        assert_eq!(told(&pair, id).await, 1);
    }
}
