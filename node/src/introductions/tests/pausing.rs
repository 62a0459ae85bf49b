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
