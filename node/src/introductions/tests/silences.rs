//! Mentors who do not answer: the registrar hears of the second silence in a row, the third pauses the listing, and a
//! word or an appeal ends the count.

use mentormesh_protocol::limits::{DAY, INTRODUCTION_LIFETIME};

use super::*;

async fn acts(pair: &Pair) -> Vec<String> {
    let trail = pair.ada.desk.audit_trail(100).await.expect("read");
    trail.into_iter().filter(|row| row.by == "node").map(|row| row.act).collect()
}

async fn status(pair: &Pair, mentor: &ProfileId) -> AvailabilityStatus {
    pair.ada.desk.listing(&mentor.subject).await.expect("read").expect("listed").content.profile.availability.status
}

/// A request that nobody answers, until it has run out at both ends.
async fn runs_out(pair: &Pair, mentor: &ProfileId, mentee: &str) -> IntroductionId {
    let id = pair.asked(mentor, mentee).await;
    assert_eq!(pair.states(&id).await, (State::Delivered, State::Delivered), "{mentee} asked");
    pair.clock.advance(INTRODUCTION_LIFETIME + 1);
    pair.ada.introductions.sweep().await.expect("swept");
    pair.bo.introductions.sweep().await.expect("swept");
    id
}

/// The same mentor, published again so that the profile stands.
async fn again(pair: &Pair) -> ProfileId {
    pair.mentor(1, 2).await
}

#[tokio::test]
async fn the_second_silence_is_told_and_the_third_pauses_until_somebody_ends_it() {
    let pair = pair().await;
    let mentor = again(&pair).await;
    runs_out(&pair, &mentor, "Cy").await;
    assert_eq!(acts(&pair).await, Vec::<String>::new(), "once is nothing");
    assert_eq!(pair.ada.desk.silent_mentors(2).await.expect("read"), []);

    let told = runs_out(&pair, &mentor, "Di").await;
    assert_eq!(acts(&pair).await, ["listing.silent"]);
    assert_eq!(pair.ada.desk.silent_mentors(2).await.expect("read"), [mentor.subject]);
    let notices = pair.ada.desk.notices_of(&told, Direction::Received).await.expect("read");
    assert!(notices.iter().any(|notice| notice.what == "silent"), "{notices:?}");
    assert_eq!(status(&pair, &mentor).await, AvailabilityStatus::Accepting, "two silences pause nobody");

    let mentor = again(&pair).await;
    runs_out(&pair, &mentor, "Bo").await;
    assert_eq!(acts(&pair).await, ["listing.paused", "listing.silent"]);
    assert_eq!(status(&pair, &mentor).await, AvailabilityStatus::Paused);
    let plans = pair.ada.desk.due_plans(9).await.expect("read");
    assert_eq!(plans.first().map(|(subject, plan)| (*subject, plan.until)), Some((mentor.subject, None)));
    let refused = pair.asked(&mentor, "Cy").await;
    assert_eq!(pair.bo.sees(&refused, Direction::Sent).await.state, State::Refused);

    // An appeal: requests are welcome again, and one silence more is the first.
    let mut write = pair.ada.desk.write().await.expect("a change");
    write.spoke(&mentor.subject).await.expect("forgiven");
    write.set_availability(&mentor.subject, &Availability::default(), "registrar").await.expect("resumed");
    write.commit().await.expect("durable");
    let mentor = again(&pair).await;
    runs_out(&pair, &mentor, "Ed").await;
    assert_eq!(acts(&pair).await, ["listing.paused", "listing.silent"]);
}

#[tokio::test]
async fn any_word_of_the_mentor_ends_the_count() {
    let pair = pair().await;
    let mentor = again(&pair).await;
    runs_out(&pair, &mentor, "Cy").await;
    let mentor = again(&pair).await;
    let answered = pair.asked(&mentor, "Di").await;
    pair.ada.does(&answered, Step::Question("Since when?".to_owned())).await;
    pair.carry().await;
    // The mentee never answers: that silence is not the mentor's.
    pair.clock.advance(INTRODUCTION_LIFETIME + 8 * DAY);
    pair.ada.introductions.sweep().await.expect("swept");
    assert_eq!(pair.ada.sees(&answered, Direction::Received).await.state, State::Expired);
    let mentor = again(&pair).await;
    runs_out(&pair, &mentor, "Bo").await;
    assert_eq!(acts(&pair).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_the_mentee_took_back_is_nobody_s_silence() {
    let pair = pair().await;
    let mentor = again(&pair).await;
    for mentee in ["Cy", "Di", "Bo"] {
        let id = pair.asked(&mentor, mentee).await;
        pair.bo.does(&id, Step::Withdraw(WithdrawInput::default())).await;
        pair.carry().await;
        pair.clock.advance(2 * DAY);
    }
    pair.clock.advance(INTRODUCTION_LIFETIME);
    pair.ada.introductions.sweep().await.expect("swept");
    assert_eq!(acts(&pair).await, Vec::<String>::new());
    assert_eq!(pair.ada.desk.answer_times(&mentor.subject).await.expect("read"), []);
}

#[tokio::test]
async fn answer_times_are_those_of_the_first_word_and_a_silence_has_none() {
    let pair = pair().await;
    let mentor = again(&pair).await;
    let quick = pair.asked(&mentor, "Cy").await;
    pair.clock.advance(2 * DAY);
    pair.ada.does(&quick, Step::Question("Since when?".to_owned())).await;
    pair.carry().await;
    pair.clock.advance(5 * DAY);
    pair.ada.does(&quick, decline()).await;
    let mentor = again(&pair).await;
    runs_out(&pair, &mentor, "Di").await;
    let mentor = again(&pair).await;
    let waits = pair.asked(&mentor, "Bo").await;
    let times = pair.ada.desk.answer_times(&mentor.subject).await.expect("read");
    assert_eq!(times, [None, Some(2 * DAY)], "latest first; one that waits says nothing");
    pair.clock.advance(DAY);
    pair.ada.does(&waits, accept()).await;
    let times = pair.ada.desk.answer_times(&mentor.subject).await.expect("read");
    assert_eq!(times, [Some(DAY), None, Some(2 * DAY)]);
}
