//! What the two sides say to each other, and who sees whose address when.

use mentormesh_protocol::api::{AcceptInput, DeclineInput, WithdrawInput};
use mentormesh_protocol::introduction::{DeclineReason, Refused};
use mentormesh_protocol::testing::introduction;

use super::*;

#[tokio::test]
async fn a_yes_gives_each_side_the_other_s_contact() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    assert_eq!(pair.states(&id).await, (State::Delivered, State::Delivered));
    assert_eq!(pair.ada.sees(&id, Direction::Received).await.contact, None);
    assert!(!pair.ada.remembers("cy@mentees").await, "no address before a yes");
    let input = AcceptInput { message: Some("With pleasure.".to_owned()), ..AcceptInput::default() };
    pair.ada.does(&id, Step::Accept(input)).await;
    pair.carry().await;
    let (bo, ada) = (pair.bo.sees(&id, Direction::Sent).await, pair.ada.sees(&id, Direction::Received).await);
    assert_eq!((bo.state, ada.state), (State::Accepted, State::Accepted));
    assert_eq!(bo.contact.map(|contact| contact.email).as_deref(), Some("mentor1@mentors.example.org"));
    assert_eq!(ada.contact.map(|contact| contact.email), Some(address("Cy")));
    assert_eq!(bo.message.as_deref(), Some("With pleasure."));
    assert_eq!(pair.bo.waiting().await, [], "nothing is left to send");
}

#[tokio::test]
async fn a_no_leaves_no_address_at_either_end() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    assert!(pair.bo.remembers("cy@mentees").await, "it is at home while a yes may come");
    let referral = Some(pair.ada.body.profile_id(2));
    let input = DeclineInput {
        reason: DeclineReason::SomeoneElseBetter,
        message: Some("Try her.".to_owned()),
        referral,
        report: None,
        pause_until: None,
    };
    pair.ada.does(&id, Step::Decline(input)).await;
    pair.carry().await;
    let bo = pair.bo.sees(&id, Direction::Sent).await;
    assert_eq!((bo.state, bo.contact, bo.referral), (State::Declined, None, referral));
    assert_eq!((bo.reason, bo.message.as_deref()), (Some(DeclineReason::SomeoneElseBetter), Some("Try her.")));
    pair.bo.introductions.sweep().await.expect("swept");
    assert!(pair.bo.remembers("cy@mentees").await, "the mentee is still to be told");
    pair.bo.tells().await;
    assert!(!pair.bo.remembers("cy@mentees").await, "the mentee's address is gone at home");
    assert!(!pair.ada.remembers("cy@mentees").await, "and never came to the mentor's node");
    assert_eq!(pair.ada.cannot(&id, accept()).await, ErrorCode::Conflict);
}

#[tokio::test]
async fn of_fifty_acceptances_of_one_place_one_is_a_yes() {
    let clock = Clock::set_at(NOW);
    let senders = [Organisation::bo(), Organisation::cy(), Organisation::di(), Organisation::mallory()];
    let pinned: Vec<_> = senders.iter().collect();
    let ada = end(Organisation::ada(), &pinned, &[], &clock).await;
    let mentor = ada.lists(1, 1).await;
    let mut ids = Vec::new();
    for number in 0..10_u64 {
        let sender = &senders[number as usize / 3];
        let letter = sender.request(&mentor, &format!("Mentee {number}"), number, NOW);
        assert_eq!(ada.takes(&letter).await, Outcome::Delivered);
        ids.push(introduction(number));
    }
    let tasks: Vec<_> = (0..50_usize)
        .map(|task| {
            let (introductions, id) = (ada.introductions.clone(), ids[task % ids.len()]);
            tokio::spawn(async move { introductions.step(&id, accept(), "registrar").await })
        })
        .collect();
    let mut codes = Vec::new();
    for task in tasks {
        codes.push(code(task.await.expect("no panic")));
    }
    assert_eq!(codes.iter().filter(|code| code.is_none()).count(), 1, "{codes:?}");
    let refused = |code: &Option<ErrorCode>| matches!(code, None | Some(ErrorCode::Capacity | ErrorCode::Conflict));
    assert!(codes.iter().all(refused), "{codes:?}");
}

#[tokio::test]
async fn a_question_is_answered_before_the_yes() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    let waits_until = pair.ada.sees(&id, Direction::Received).await.expires_at;
    pair.ada.does(&id, Step::Question("How large is the charity?".to_owned())).await;
    pair.carry().await;
    assert_eq!(pair.states(&id).await, (State::Question, State::Question));
    assert_eq!(pair.ada.cannot(&id, Step::Question("And since when?".to_owned())).await, ErrorCode::Conflict);
    assert_eq!(pair.bo.cannot(&id, accept()).await, ErrorCode::Conflict, "only the mentor says yes");
    pair.bo.does(&id, Step::Answer("Four people.".to_owned())).await;
    pair.carry().await;
    let ada = pair.ada.sees(&id, Direction::Received).await;
    assert_eq!(ada.state, State::Answered);
    assert!(ada.expires_at > waits_until, "a question moves the end of the wait");
    let texts: Vec<_> = ada.events.iter().filter_map(|event| event.text.as_deref()).collect();
    assert_eq!(texts, ["How large is the charity?", "Four people."]);
    pair.ada.does(&id, Step::Explore).await;
    pair.ada.does(&id, accept()).await;
    pair.carry().await;
    assert_eq!(pair.states(&id).await, (State::Accepted, State::Accepted));
}

#[tokio::test]
async fn a_withdrawal_that_crosses_a_yes_takes_every_address_away_again() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    pair.ada.does(&id, accept()).await;
    pair.bo.does(&id, Step::Withdraw(WithdrawInput::default())).await;
    pair.carry().await;
    assert_eq!(pair.states(&id).await, (State::Withdrawn, State::Withdrawn));
    for (end, direction) in [(&pair.bo, Direction::Sent), (&pair.ada, Direction::Received)] {
        assert_eq!(end.sees(&id, direction).await.contact, None);
    }
    assert!(!pair.bo.remembers("mentor1@mentors").await);
    pair.bo.tells().await;
    assert!(!pair.bo.remembers("cy@mentees").await && !pair.ada.remembers("cy@mentees").await);
    let again = pair.asked(&mentor, "Di").await;
    pair.ada.does(&again, accept()).await;
}

#[tokio::test]
async fn a_no_that_the_other_side_will_not_take_is_a_no_all_the_same() {
    for word in [Outcome::Refused(Refused::Malformed), Outcome::Late] {
        let pair = pair().await;
        let mentor = pair.mentor(1, 1).await;
        let id = pair.asked(&mentor, "Cy").await;
        pair.bo.does(&id, Step::Withdraw(WithdrawInput::default())).await;
        let waiting = pair.bo.waiting().await;
        let [row] = waiting.as_slice() else { unreachable!("one letter waits") };
        pair.bo.introductions.learn(&row.letter.message, Direction::Sent, &word).await.expect("learnt");
        assert_eq!(pair.bo.waiting().await, [], "{word:?} ends sending");
        pair.ada.does(&id, accept()).await;
        assert_eq!(pair.ada.hands_to(&pair.bo).await, [Outcome::Delivered]);
        let bo = pair.bo.sees(&id, Direction::Sent).await;
        assert_eq!((bo.state, bo.contact), (State::Withdrawn, None), "{word:?}");
        assert_eq!(pair.bo.waiting().await, [], "no address is sent after {word:?}");
        pair.bo.tells().await;
        assert!(!pair.bo.remembers("cy@mentees").await && !pair.ada.remembers("cy@mentees").await);
    }
}

#[tokio::test]
async fn within_one_organisation_both_sides_are_rows_of_one_desk() {
    let clock = Clock::set_at(NOW);
    let ada = end(Organisation::ada(), &[], &[], &clock).await;
    let mentor = ada.lists(1, 1).await;
    let id = ada.introductions.send(input(&mentor, "Cy"), "registrar").await.expect("sent").id;
    ada.hands_to(&ada).await;
    assert_eq!(ada.introductions.show(&id, None).await.expect("shown").direction, Direction::Received);
    ada.does(&id, accept()).await;
    ada.hands_to(&ada).await;
    ada.hands_to(&ada).await;
    let (sent, received) = (ada.sees(&id, Direction::Sent).await, ada.sees(&id, Direction::Received).await);
    assert_eq!((sent.state, received.state), (State::Accepted, State::Accepted));
    assert_eq!(received.contact.map(|contact| contact.email), Some(address("Cy")));
    assert!(sent.contact.is_some());
}

#[tokio::test]
async fn what_was_read_before_a_letter_came_is_shown_as_the_letters_say() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    let row = async |end: &End, side| end.desk.introduction(&id, side).await.expect("read").expect("it is there");
    let earlier = row(&pair.ada, Direction::Received).await;
    pair.ada.does(&id, Step::Question("How large is the charity?".to_owned())).await;
    let asked = pair.ada.introductions.seen(earlier).await.expect("shown");
    assert_eq!(asked, pair.ada.sees(&id, Direction::Received).await);
    pair.carry().await;
    pair.bo.does(&id, Step::Answer("Four people.".to_owned())).await;
    pair.carry().await;
    let earlier = row(&pair.bo, Direction::Sent).await;
    pair.ada.does(&id, accept()).await;
    pair.carry().await;
    let accepted = pair.bo.introductions.seen(earlier).await.expect("shown");
    assert!(accepted.contact.is_some(), "a yes comes with its address");
    assert_eq!(accepted, pair.bo.sees(&id, Direction::Sent).await);
}

#[tokio::test]
async fn a_text_of_a_step_holds_no_contact() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    let message = || Some("Write to ada@example.org".to_owned());
    for step in [
        Step::Question("Which is your number, mine is +44 20 7946 0018?".to_owned()),
        Step::Accept(AcceptInput { message: message(), ..AcceptInput::default() }),
        Step::Decline(DeclineInput {
            reason: DeclineReason::Other,
            message: message(),
            referral: None,
            report: None,
            pause_until: None,
        }),
    ] {
        assert_eq!(pair.ada.cannot(&id, step).await, ErrorCode::Invalid);
    }
    assert_eq!(pair.ada.cannot(&id, Step::Question(" ".to_owned())).await, ErrorCode::Invalid);
    pair.ada.does(&id, Step::Question("What have you tried so far?".to_owned())).await;
}
