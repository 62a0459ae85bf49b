//! Who is silent is reminded, and nobody else.

use mentormesh_protocol::limits::DAY;

use super::*;

/// The reminders written at an end so far.
async fn reminders(end: &End, id: &IntroductionId) -> Vec<String> {
    end.introductions.sweep().await.expect("swept");
    let notices = end.desk.notices_of(id, Direction::Received).await.expect("read");
    notices.into_iter().map(|notice| notice.what).filter(|what| what.starts_with("reminder")).collect()
}

#[tokio::test]
async fn a_mentor_is_reminded_on_day_four_and_day_ten_of_silence_and_once_each() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    pair.clock.advance(4 * DAY - 1);
    assert_eq!(reminders(&pair.ada, &id).await, Vec::<String>::new(), "not before its time");
    pair.clock.advance(1);
    assert_eq!(reminders(&pair.ada, &id).await, ["reminder_4"]);
    pair.clock.advance(6 * DAY - 1);
    assert_eq!(reminders(&pair.ada, &id).await, ["reminder_4"], "once");
    pair.clock.advance(1);
    assert_eq!(reminders(&pair.ada, &id).await, ["reminder_4", "reminder_10"]);
    pair.clock.advance(3 * DAY);
    assert_eq!(reminders(&pair.ada, &id).await.len(), 2);
}

#[tokio::test]
async fn a_node_that_slept_until_day_eleven_reminds_once() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    pair.clock.advance(11 * DAY);
    assert_eq!(reminders(&pair.ada, &id).await, ["reminder_10"]);
}

#[tokio::test]
async fn a_mentor_who_asked_back_or_answered_is_not_reminded_until_it_is_their_turn_again() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 2).await;
    let asked = pair.asked(&mentor, "Cy").await;
    let answered = pair.asked(&mentor, "Di").await;
    pair.clock.advance(3 * DAY);
    pair.ada.does(&asked, Step::Question("Which paper do you write for?".to_owned())).await;
    pair.ada.does(&answered, Step::Explore).await;
    pair.carry().await;
    pair.clock.advance(5 * DAY);
    assert_eq!(reminders(&pair.ada, &asked).await, Vec::<String>::new(), "it is the mentee's turn");
    assert_eq!(reminders(&pair.ada, &answered).await, Vec::<String>::new());
    pair.bo.does(&asked, Step::Answer("The Gazette, every Tuesday.".to_owned())).await;
    pair.carry().await;
    pair.clock.advance(4 * DAY);
    assert_eq!(reminders(&pair.ada, &asked).await, ["reminder_4"], "four days after the answer");
}
