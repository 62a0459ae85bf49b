//! What is left of an introduction once its time is over: that it was, and no word.

use mentormesh_protocol::limits::DAY;

use super::*;
use crate::desk::{AuditRow, Limits};

/// The usual limits: 90, 30 and 183 days, two years.
const LIMITS: Limits = Limits { declined: 90 * DAY, withdrawn: 30 * DAY, accepted: 183 * DAY, audit: 730 * DAY };
const WORDS: [&str; 4] = ["Fifteen minutes on social", "small charity", "for years", "Cyrus"];

async fn left(end: &End) -> Vec<&'static str> {
    let mut left = Vec::new();
    for word in WORDS {
        if end.remembers(word).await {
            left.push(word);
        }
    }
    left
}

/// Both ends forget; answers what is found too old afterwards.
async fn purge(pair: &Pair) -> u64 {
    let mut older = 0;
    for end in [&pair.ada, &pair.bo] {
        end.tells().await;
        end.desk.purge(&LIMITS).await.expect("purged");
        let proof = end.desk.older(&LIMITS).await.expect("counted");
        older += proof.iter().map(|table| table.older).sum::<u64>();
    }
    older
}

/// Lets an introduction end in this way, and sees that its words are there a day before their time is over, and gone
/// from both files a day after.
async fn ends(days: u64, how: State, end: impl AsyncFn(&Pair, &IntroductionId)) {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cyrus").await;
    end(&pair, &id).await;
    pair.carry().await;
    pair.ada.tells().await;
    pair.bo.tells().await;
    assert_eq!(pair.states(&id).await, (how, how));
    pair.clock.advance((days - 1) * DAY);
    assert_eq!(purge(&pair).await, 0);
    assert_eq!(
        pair.bo.sees(&id, Direction::Sent).await.title,
        "Fifteen minutes on social media",
        "{how:?}: a day before"
    );
    assert!(!left(&pair.ada).await.is_empty(), "{how:?}: a day before");
    pair.clock.advance(2 * DAY);
    for end in [&pair.ada, &pair.bo] {
        let proof = end.desk.older(&LIMITS).await.expect("counted");
        let too_old = |name: &str| proof.iter().any(|table| table.table == name && table.older > 0);
        assert!(too_old("introductions") && too_old("introduction_letters"), "{how:?}: the proof sees what is too old");
    }
    assert_eq!(purge(&pair).await, 0, "{how:?}: nothing is older");
    for (end, direction) in [(&pair.ada, Direction::Received), (&pair.bo, Direction::Sent)] {
        assert_eq!(left(end).await, Vec::<&str>::new(), "{how:?}: a day after");
        let seen = end.sees(&id, direction).await;
        assert_eq!((seen.state, seen.withheld, seen.title.as_str()), (how, true, ""), "that it was stays");
        assert!(!seen.events.is_empty() && seen.contact.is_none(), "{how:?}");
    }
}

#[tokio::test]
async fn what_was_declined_is_forgotten_after_ninety_days() {
    ends(90, State::Declined, async |pair, id| drop(pair.ada.does(id, decline()).await)).await;
}

#[tokio::test]
async fn what_expired_is_forgotten_after_ninety_days() {
    ends(90, State::Expired, async |pair, _| {
        pair.clock.advance(mentormesh_protocol::limits::INTRODUCTION_LIFETIME + 1);
        pair.ada.introductions.sweep().await.expect("swept");
        pair.bo.introductions.sweep().await.expect("swept");
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_back_is_forgotten_after_thirty_days() {
    ends(30, State::Withdrawn, async |pair, id| {
        drop(pair.bo.does(id, Step::Withdraw(WithdrawInput::default())).await);
    })
    .await;
}

#[tokio::test]
async fn what_was_accepted_is_forgotten_after_half_a_year_and_the_place_stays_taken() {
    ends(183, State::Accepted, async |pair, id| drop(pair.ada.does(id, accept()).await)).await;
}

#[tokio::test]
async fn what_still_waits_is_never_forgotten_for_its_age() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cyrus").await;
    pair.clock.advance(400 * DAY);
    // Nobody swept: it stands as it stood, and only a swept end tells when it ended.
    pair.bo.desk.purge(&LIMITS).await.expect("purged");
    assert_eq!(pair.bo.sees(&id, Direction::Sent).await.mentee, "Cyrus");
}

#[tokio::test]
async fn a_block_holds_when_its_words_are_gone() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cyrus").await;
    let Step::Decline(input) = decline() else { unreachable!("a no") };
    let reason = mentormesh_protocol::introduction::DeclineReason::Blocked;
    let report = Some("He wrote to my private address.".to_owned());
    let blocked = mentormesh_protocol::api::DeclineInput { reason, report, ..input };
    pair.ada.does(&id, Step::Decline(blocked)).await;
    pair.carry().await;
    pair.clock.advance(91 * DAY);
    assert_eq!(purge(&pair).await, 0);
    assert_eq!(left(&pair.ada).await, Vec::<&str>::new());
    assert!(pair.ada.remembers("private address").await, "a report is kept as long as the audit trail");
    let again = pair.bo.introductions.send(input_of(&mentor), "registrar").await;
    assert!(again.is_err(), "the mentor wants no further request of this person");
    pair.clock.advance(640 * DAY);
    assert_eq!(purge(&pair).await, 0);
    assert!(!pair.ada.remembers("private address").await);
    let acts: Vec<AuditRow> = pair.ada.desk.audit_trail(99).await.expect("read");
    assert!(acts.is_empty(), "{acts:?}");
}

fn input_of(mentor: &ProfileId) -> IntroductionInput {
    input(mentor, "Cyrus")
}

#[tokio::test]
async fn more_than_fit_one_change_are_forgotten_in_one_run() {
    let pair = pair().await;
    for number in 0..70_u8 {
        let mentor = pair.mentor(u64::from(number), 1).await;
        let sent = pair.bo.introductions.send(input(&mentor, &format!("Cyrus{number}")), "registrar").await;
        let id = sent.expect("sent").id;
        pair.bo.does(&id, Step::Withdraw(WithdrawInput::default())).await;
    }
    pair.clock.advance(31 * DAY);
    pair.bo.tells().await;
    assert_eq!(pair.bo.desk.purge(&LIMITS).await.expect("purged"), 70);
    assert_eq!(left(&pair.bo).await, Vec::<&str>::new());
}
