//! What Bo's end sends, and what it refuses to send.

use mentormesh_protocol::introduction::LetterBody;
use mentormesh_protocol::limits::{COOLDOWN, OPEN_PER_MENTEE};
use mentormesh_protocol::signed::Signed;

use super::*;

async fn refused(end: &End, input: IntroductionInput) -> Option<ErrorCode> {
    code(end.introductions.send(input, "registrar").await)
}

#[tokio::test]
async fn a_request_is_durable_and_on_its_way_and_holds_no_address() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let sent = pair.bo.introductions.send(input(&mentor, "Cy"), "registrar").await.expect("sent");
    assert_eq!((sent.state, sent.direction, sent.mentee.as_str()), (State::Queued, Direction::Sent, "Cy"));
    assert!(sent.on_its_way.is_some_and(|words| words.contains("ada mentors")), "it says to whom it is on its way");
    let waiting = pair.bo.waiting().await;
    let letter = Signed::<Letter>::decode(&waiting[0].letter.signed).expect("a letter");
    assert!(matches!(&letter.claims().body, LetterBody::Request(request) if request.name == "Cy"));
    let said = format!("{:?}", letter.claims());
    assert!(!said.contains('@'), "a request has no place for an address: {said}");
    assert_eq!(pair.bo.introductions.waiting().await.expect("counted").outbox, 1);
}

#[tokio::test]
async fn what_is_asked_twice_under_one_name_is_one_request() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let ask = async |name: u8| {
        let sent = pair.bo.introductions.send_once(input(&mentor, "Cy"), "registrar", Some([name; 32])).await;
        sent.map(|sent| sent.id).map_err(|problem| problem.code)
    };
    let first = ask(1).await.expect("sent");
    assert_eq!(ask(1).await, Ok(first), "as after a node that died before it could answer");
    assert_eq!(pair.bo.introductions.waiting().await.expect("counted").outbox, 1);
    assert_eq!(ask(2).await, Err(ErrorCode::PairOpen), "another name is another request");
}

#[tokio::test]
async fn a_contact_in_any_text_is_refused_by_field_and_innocents_pass() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let contacts =
        ["Write to cy@example.org", "Call +44 20 7946 0018", "See https://cy.example.org", "linkedin.com/in/cy-cy"];
    type Put = fn(&mut IntroductionInput, String);
    let fields: [(&str, Put); 4] = [
        ("mentee.name", |input, text| input.mentee.name = text),
        ("title", |input, text| input.title = text),
        ("purpose", |input, text| input.purpose = format!("{text}, so that we find a time that is good for you.")),
        ("why_you", |input, text| input.why_you = Some(text)),
    ];
    for (field, put) in fields {
        for contact in contacts {
            let mut input = input(&mentor, "Cy");
            put(&mut input, contact.to_owned());
            let problem = pair.bo.introductions.send(input, "registrar").await.expect_err(contact);
            assert_eq!(problem.code, ErrorCode::Invalid);
            assert_eq!(problem.errors.first().map(|error| error.field.as_str()), Some(field), "{contact}");
        }
    }
    let mut input = input(&mentor, "Cy O'Neil-Kovač");
    input.purpose =
        "I have 3 years of Node.js and ASP.NET, e.g. at St. Gallen, and 10-15 minutes on 3.5. would do.".into();
    input.mentee.email = address("Cy");
    assert_eq!(refused(&pair.bo, input).await, None);
}

#[tokio::test]
async fn fields_that_break_their_limits_are_named() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    type Put = fn(&mut IntroductionInput);
    let cases: [(&str, Put); 4] = [
        ("mentee.name", |input| input.mentee.name = " ".to_owned()),
        ("title", |input| input.title = "Hello".to_owned()),
        ("purpose", |input| input.purpose = "To talk.".to_owned()),
        ("mentee.email", |input| input.mentee.email = "cy".to_owned()),
    ];
    for (field, put) in cases {
        let mut input = input(&mentor, "Cy");
        put(&mut input);
        let problem = pair.bo.introductions.send(input, "registrar").await.expect_err(field);
        assert_eq!(problem.errors.first().map(|error| error.field.as_str()), Some(field));
    }
}

#[tokio::test]
async fn only_a_mentor_who_is_known_shown_and_takes_requests_can_be_asked() {
    let pair = pair().await;
    let unknown = pair.ada.body.profile_id(9);
    assert_eq!(refused(&pair.bo, input(&unknown, "Cy")).await, Some(ErrorCode::NotFound));
    let stranger = Organisation::mallory().profile_id(1);
    assert_eq!(refused(&pair.bo, input(&stranger, "Cy")).await, Some(ErrorCode::NotRecognised));
    let away = pair.ada.lists_as(2, paused()).await;
    pair.bo.hears(&pair.ada, &away).await;
    assert_eq!(refused(&pair.bo, input(&away, "Cy")).await, Some(ErrorCode::Conflict));
}

#[tokio::test]
async fn one_person_has_one_open_request_to_one_mentor_however_the_address_is_written() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    assert_eq!(refused(&pair.bo, input(&mentor, "Cy")).await, None);
    let mut again = input(&mentor, "Cy");
    again.mentee.email = again.mentee.email.to_uppercase();
    assert_eq!(refused(&pair.bo, again).await, Some(ErrorCode::PairOpen));
    assert_eq!(refused(&pair.bo, input(&mentor, "Di")).await, None, "somebody else may ask");
}

#[tokio::test]
async fn one_person_has_five_open_requests_at_most() {
    let pair = pair().await;
    for number in 1..=OPEN_PER_MENTEE {
        let mentor = pair.mentor(number, 1).await;
        assert_eq!(refused(&pair.bo, input(&mentor, "Cy")).await, None);
    }
    let sixth = pair.mentor(OPEN_PER_MENTEE + 1, 1).await;
    let problem = pair.bo.introductions.send(input(&sixth, "Cy"), "registrar").await.expect_err("a sixth");
    assert_eq!(problem.code, ErrorCode::Capacity);
    assert!(problem.detail.contains("5 of 5"), "{}", problem.detail);
    assert_eq!(refused(&pair.bo, input(&sixth, "Di")).await, None, "they are counted by person");
}

#[tokio::test]
async fn after_a_no_one_waits_thirty_days() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let id = pair.asked(&mentor, "Cy").await;
    pair.ada.does(&id, decline()).await;
    pair.carry().await;
    assert_eq!(refused(&pair.bo, input(&mentor, "Cy")).await, Some(ErrorCode::Cooldown));
    pair.clock.advance(COOLDOWN - 1);
    pair.ada.lists(1, 1).await;
    pair.bo.hears(&pair.ada, &mentor).await;
    assert_eq!(refused(&pair.bo, input(&mentor, "Cy")).await, Some(ErrorCode::Cooldown));
    pair.clock.advance(1);
    assert_eq!(refused(&pair.bo, input(&mentor, "Cy")).await, None);
}

#[tokio::test]
async fn introductions_are_listed_newest_first_by_side_state_and_page() {
    let pair = pair().await;
    for number in 1..=3 {
        let mentor = pair.mentor(number, 1).await;
        pair.bo.introductions.send(input(&mentor, "Cy"), "registrar").await.expect("sent");
        pair.clock.advance(1);
    }
    let mut filter = super::super::Filter { limit: 2, open: true, ..Default::default() };
    let first = pair.bo.introductions.list(&filter).await.expect("listed");
    assert_eq!((first.items.len(), first.total), (2, 3));
    assert!(first.items[0].created_at > first.items[1].created_at);
    filter.after = first.next;
    let second = pair.bo.introductions.list(&filter).await.expect("listed");
    assert_eq!((second.items.len(), second.next), (1, None));
    filter = super::super::Filter { limit: 9, direction: Some(Direction::Received), ..Default::default() };
    assert_eq!(pair.bo.introductions.list(&filter).await.expect("listed").total, 0);
    filter = super::super::Filter { limit: 9, state: Some(State::Accepted), ..Default::default() };
    assert_eq!(pair.bo.introductions.list(&filter).await.expect("listed").total, 0);
}
