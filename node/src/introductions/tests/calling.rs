//! Times that a mentee offers, the one that suits, and what calendars are told of it.

use mentormesh_protocol::api::{AcceptInput, SlotInput};
use mentormesh_protocol::introduction::{Contact, DeclineReason, LetterBody, Refused, TimeSlot};
use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::testing::{introduction, request};

use super::*;
use crate::calendar::Party;
use crate::desk::Mail;

/// A request with two times, tomorrow and in three weeks.
fn with_times(mentor: &ProfileId, mentee: &str) -> IntroductionInput {
    let at = |days: u64| SlotInput { start: format!("{}T09:30", NOW.plus(days * DAY).date()), minutes: 45 };
    let slots = vec![at(1), at(21)];
    IntroductionInput { time_zone: Some("Asia/Kathmandu".to_owned()), slots, ..input(mentor, mentee) }
}

fn accept_at(slot: u8) -> Step {
    Step::Accept(AcceptInput { slot: Some(slot), ..AcceptInput::default() })
}

/// A request with times that reached Ada's mentor.
async fn asked(pair: &Pair) -> IntroductionId {
    let mentor = pair.mentor(1, 1).await;
    let sent = pair.bo.introductions.send(with_times(&mentor, "Cy"), "registrar").await.expect("sent");
    pair.carry().await;
    sent.id
}

impl End {
    async fn file(&self, id: &IntroductionId, direction: Direction) -> Option<String> {
        let one = self.sees(id, direction).await;
        self.introductions.call_file(&one).await.expect("read")
    }
}

fn line(text: &str, name: &str) -> String {
    let found = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    found.expect("such a line").to_owned()
}

#[tokio::test]
async fn the_time_that_suits_is_one_event_in_both_calendars() {
    let pair = pair().await;
    let id = asked(&pair).await;
    let seen = pair.ada.sees(&id, Direction::Received).await.times.expect("times");
    assert_eq!((seen.slots.len(), seen.mentee_zone.as_str(), seen.chosen), (2, "Asia/Kathmandu", None));
    pair.ada.does(&id, accept_at(2)).await;
    assert_eq!(pair.ada.file(&id, Direction::Received).await, None, "the mentee's contact is on its way");
    pair.carry().await;
    let (ada, bo) = (pair.ada.file(&id, Direction::Received).await, pair.bo.file(&id, Direction::Sent).await);
    let (ada, bo) = (ada.expect("a file"), bo.expect("a file"));
    for name in ["UID", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY"] {
        assert_eq!(line(&ada, name), line(&bo, name));
    }
    let day = NOW.plus(21 * DAY).date().to_string().replace('-', "");
    // 09:30 in Kathmandu, a quarter to six hours ahead.
    assert_eq!(line(&ada, "DTSTART"), format!("{day}T034500Z"));
    assert_eq!(line(&ada, "DTEND"), format!("{day}T043000Z"));
    for end in [&pair.ada.sees(&id, Direction::Received).await, &pair.bo.sees(&id, Direction::Sent).await] {
        assert_eq!(end.times.as_ref().and_then(|times| times.agreed()).map(|slot| slot.number), Some(2));
    }
}

#[tokio::test]
async fn a_time_that_was_not_offered_cannot_be_taken() {
    let pair = pair().await;
    let id = asked(&pair).await;
    for slot in [0, 3, 255] {
        let refused = pair.ada.introductions.step(&id, accept_at(slot), "registrar").await.expect_err("refused");
        assert_eq!(refused.errors.first().map(|error| error.field.as_str()), Some("slot"), "{slot}");
    }
    pair.clock.advance(2 * DAY);
    assert_eq!(pair.ada.cannot(&id, accept_at(1)).await, ErrorCode::Invalid, "it has passed");
    assert_eq!(pair.ada.does(&id, accept_at(2)).await.state, State::Accepted);
}

#[tokio::test]
async fn a_yes_to_a_time_that_was_not_offered_is_not_taken_of_anybody() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    let bo = &pair.bo.body;
    // Bo's node sent a request without times; Ada's, not honest, takes the first.
    let sent = pair.bo.introductions.send(input(&mentor, "Cy"), "registrar").await.expect("sent");
    let waiting = pair.bo.waiting().await;
    let signed = mentormesh_protocol::Signed::<Letter>::decode(&waiting[0].letter.signed).expect("a letter");
    let request = signed.verify(bo.network(), &[bo.signing_key(0).public()]).expect("verifies");
    let contact = || Contact { name: "Ada".to_owned(), email: "ada@example.org".to_owned() };
    let yes = pair.ada.body.reply(&request, LetterBody::Accept(None, contact(), Some(0)), NOW);
    assert_eq!(pair.bo.takes(&yes).await, Outcome::Refused(Refused::Malformed));
    assert_eq!(pair.bo.sees(&sent.id, Direction::Sent).await.state, State::Queued);
    let plain = pair.ada.body.reply(&request, LetterBody::Accept(None, contact(), None), NOW);
    assert_eq!(pair.bo.takes(&plain).await, Outcome::Delivered, "without the time it counts");
}

#[tokio::test]
async fn a_call_that_falls_through_is_cancelled_under_the_next_number() {
    let pair = pair().await;
    let id = asked(&pair).await;
    pair.ada.does(&id, accept_at(1)).await;
    pair.carry().await;
    let cy = Party { name: "Cy".to_owned(), email: address("Cy") };
    let node = Party { name: "Bo's".to_owned(), email: "mentors@bo.example.org".to_owned() };
    let before = pair.bo.sees(&id, Direction::Sent).await;
    let said =
        pair.bo.introductions.call_invitation(&before, Some(node.clone())).await.expect("read").expect("an invitation");
    assert_eq!((line(&said, "METHOD"), line(&said, "SEQUENCE")), ("REQUEST".to_owned(), "0".to_owned()));
    let cancelled = || pair.bo.introductions.call_cancelled(&before, Some(node.clone()), cy.clone());
    assert_eq!(cancelled().await.expect("read"), None, "it takes place");
    told(&pair.bo, &id, &said).await;
    // The mentor's node lost its yes on a bad day and says no.
    let letters = pair.bo.desk.letters(&id, Direction::Sent).await.expect("read");
    let yes = letters.iter().find(|letter| !letter.own).and_then(|letter| letter.signed.clone()).expect("the yes");
    let ada = &pair.ada.body;
    let yes = mentormesh_protocol::Signed::<Letter>::decode(&yes).expect("a letter");
    let yes = yes.verify(ada.network(), &[ada.signing_key(0).public()]).expect("verifies");
    let no = LetterBody::Decline { reason: DeclineReason::Timing, message: None, referral: None };
    assert_eq!(pair.bo.takes(&ada.reply(&yes, no, NOW)).await, Outcome::Delivered);
    assert_eq!(pair.bo.sees(&id, Direction::Sent).await.state, State::Declined);
    let over = cancelled().await.expect("read").expect("a cancellation");
    assert_eq!((line(&over, "METHOD"), line(&over, "SEQUENCE")), ("CANCEL".to_owned(), "1".to_owned()));
    for name in ["UID", "DTSTART"] {
        assert_eq!(line(&over, name), line(&said, name), "of the same event");
    }
    assert!(!over.contains("mentor1@"), "the mentor's address went with the yes: {over}");
    assert_eq!(pair.bo.file(&id, Direction::Sent).await, None);
}

/// Queues an invitation as the mailer does.
async fn told(end: &End, id: &IntroductionId, calendar: &str) {
    let words = || "You meet.".to_owned();
    let (name, urgent) = (None, false);
    let mail =
        Mail { what: "accepted", to: address("Cy"), name, subject: words(), text: words(), html: words(), urgent };
    let mut write = end.desk.write().await.expect("a turn");
    let about = (*id, Direction::Sent);
    let queued = write.queue_mail_about(&mail, Some(about)).await.expect("queued");
    write.attach_calendar(queued, about, calendar).await.expect("attached");
    write.commit().await.expect("kept");
    let row = end.desk.mail(queued).await.expect("read").expect("the mail");
    assert_eq!(row.calendar.as_deref(), Some(calendar));
}

#[tokio::test]
async fn a_request_of_before_there_were_times_is_what_it_was() {
    let clock = Clock::set_at(NOW);
    let bo = Organisation::bo();
    let ada = end(Organisation::ada(), &[&bo], &[], &clock).await;
    let mentor = ada.lists(1, 1).await;
    assert_eq!(ada.takes(&bo.request(&mentor, "Cy", 1, NOW)).await, Outcome::Delivered);
    assert_eq!(ada.sees(&introduction(1), Direction::Received).await.times, None);
    // One with a zone that no table here knows is shown by the other clock alone.
    let mut asks = request(mentor, "Di");
    asks.time_zone = Some("Moon/Tranquility".to_owned());
    asks.slots = Some(vec![TimeSlot { start: NOW.plus(DAY).date().end(), minutes: 30 }]);
    let letter = bo.letter(LetterBody::Request(asks), &ada.body.id(), introduction(2), None, NOW);
    assert_eq!(ada.takes(&bo.sign_letter(&letter)).await, Outcome::Delivered);
    let times = ada.sees(&introduction(2), Direction::Received).await.times.expect("times");
    assert_eq!((times.slots.len(), times.slots[0].for_mentee.as_deref()), (1, None));
}
