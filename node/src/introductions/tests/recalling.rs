//! After a bad day: what was said comes back before anything is answered again.

use mentormesh_protocol::testing::introduction;

use super::*;

#[tokio::test]
async fn a_yes_that_comes_back_takes_its_place_again() {
    let (clock, bo) = (Clock::set_at(NOW), Organisation::bo());
    let before = end(Organisation::ada(), &[&bo], &[], &clock).await;
    let mentor = before.lists(1, 1).await;
    let request = bo.request(&mentor, "Cy", 1, NOW);
    before.takes(&request).await;
    before.does(&introduction(1), accept()).await;
    let yes = before.waiting().await[0].letter.signed.clone();

    let after = end(Organisation::ada(), &[&bo], &[], &clock).await;
    after.lists(1, 1).await;
    after.introductions.recalled(vec![yes.clone(), b"noise".to_vec()]).await.expect("merged");
    assert_eq!(after.takes(&request).await, Outcome::Delivered);
    after.introductions.recalled(vec![yes]).await.expect("merged again");
    assert_eq!(after.sees(&introduction(1), Direction::Received).await.state, State::Accepted);
    assert_eq!(after.takes(&bo.request(&mentor, "Di", 2, NOW)).await, Outcome::Delivered);
    assert_eq!(after.cannot(&introduction(2), accept()).await, ErrorCode::Capacity);
}

#[tokio::test]
async fn while_an_organisation_has_not_said_what_it_holds_nothing_is_answered_or_taken() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    let bo = pair.bo.body.id();
    pair.ada.desk.owe_recalls(&[bo], 0, NOW, NOW.plus(60_000)).await.expect("owed");
    assert_eq!(pair.ada.cannot(&id, accept()).await, ErrorCode::Busy);
    let other = pair.bo.body.request(&mentor, "Di", 7, NOW);
    assert!(pair.ada.tries(&other).await.is_err());
    for owed in pair.ada.desk.owed_recalls().await.expect("read") {
        pair.ada.desk.recall_done(&owed).await.expect("done");
    }
    pair.ada.does(&id, accept()).await;
    assert_eq!(pair.ada.takes(&other).await, Outcome::Delivered);
}

#[tokio::test]
async fn a_letter_of_somebody_else_does_not_come_back_as_ours() {
    let (clock, bo) = (Clock::set_at(NOW), Organisation::bo());
    let ada = end(Organisation::ada(), &[&bo], &[], &clock).await;
    let letter = bo.request(&ada.body.profile_id(1), "Cy", 1, NOW);
    ada.introductions.recalled(vec![letter.bytes().to_vec()]).await.expect("looked at");
    let shown = code(ada.introductions.show(&introduction(1), None).await);
    assert_eq!(shown, Some(ErrorCode::NotFound));
}
