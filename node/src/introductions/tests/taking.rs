//! What Ada's end takes from others, honest or not, and what it answers.

use mentormesh_protocol::introduction::courier::CourierRefusal;
use mentormesh_protocol::introduction::{Contact, LetterBody, Refused, Request};
use mentormesh_protocol::limits::{CLOCK_AHEAD_ADMITTED, COOLDOWN, DAY, INBOX, INBOX_SHARE};
use mentormesh_protocol::signed::Signed;
use mentormesh_protocol::testing::introduction;

use super::*;

/// Ada's end with a mentor, and Bo's pen.
async fn ada() -> (End, ProfileId, Organisation, Clock) {
    let (clock, bo) = (Clock::set_at(NOW), Organisation::bo());
    let ada = end(Organisation::ada(), &[&bo], &[], &clock).await;
    let mentor = ada.lists(1, 1).await;
    (ada, mentor, bo, clock)
}

const fn no(refused: Refused) -> Outcome {
    Outcome::Refused(refused)
}

async fn received(ada: &End) -> u64 {
    let filter = super::super::Filter { limit: 100, ..Default::default() };
    ada.introductions.list(&filter).await.expect("listed").total
}

#[tokio::test]
async fn the_same_letter_twice_is_one_introduction_and_one_answer() {
    let (ada, mentor, bo, clock) = ada().await;
    let letter = bo.request(&mentor, "Cy", 1, NOW);
    assert_eq!(ada.takes(&letter).await, Outcome::Delivered);
    assert_eq!(ada.takes(&letter).await, Outcome::Delivered);
    assert_eq!(received(&ada).await, 1);
    clock.advance(20 * DAY);
    assert_eq!(ada.takes(&letter).await, Outcome::Delivered, "and long after it would be late");
    let refused = bo.request(&ada.body.profile_id(9), "Cy", 2, clock.now());
    assert_eq!(ada.takes(&refused).await, no(Refused::NotListed));
    ada.lists(9, 1).await;
    assert_eq!(ada.takes(&refused).await, no(Refused::NotListed), "a refusal stays what it was");
}

#[tokio::test]
async fn another_letter_under_a_known_message_id_is_refused() {
    let (ada, mentor, bo, _clock) = ada().await;
    let first = bo.request(&mentor, "Cy", 1, NOW);
    assert_eq!(ada.takes(&first).await, Outcome::Delivered);
    let mut other = bo.request(&mentor, "Di", 2, NOW).payload().clone();
    other.message = first.payload().message;
    assert_eq!(ada.takes(&bo.sign_letter(&other)).await, no(Refused::Malformed));
    let mut reused = bo.request(&mentor, "Di", 1, NOW).payload().clone();
    reused.message = mentormesh_protocol::MessageId([9; 16]);
    assert_eq!(ada.takes(&bo.sign_letter(&reused)).await, no(Refused::Malformed), "nor a known introduction's id");
    assert_eq!(received(&ada).await, 1);
}

#[tokio::test]
async fn a_letter_counts_only_from_the_side_that_its_request_fixed() {
    let (clock, bo, cy) = (Clock::set_at(NOW), Organisation::bo(), Organisation::cy());
    let ada = end(Organisation::ada(), &[&bo, &cy], &[], &clock).await;
    let mentor = ada.lists(1, 1).await;
    let request = bo.request(&mentor, "Cy", 1, NOW);
    ada.takes(&request).await;
    let contact = Contact { name: "Mallory".to_owned(), email: "mallory@example.org".to_owned() };
    let yes = bo.reply(&request, LetterBody::Accept(None, contact, None), NOW);
    assert_eq!(ada.takes(&yes).await, no(Refused::NoIntroduction), "the mentee's side cannot say the mentor's yes");
    let mut theirs = bo.reply(&request, LetterBody::Withdraw { superseded: false }, NOW).payload().clone();
    theirs.sender = cy.id();
    assert!(ada.tries(&cy.sign_letter(&theirs)).await.is_err(), "nor can a third organisation end it");
    assert_eq!(ada.sees(&introduction(1), Direction::Received).await.state, State::Delivered);
}

#[tokio::test]
async fn a_forged_signature_is_no_letter() {
    let (ada, mentor, bo, _clock) = ada().await;
    let letter = bo.request(&mentor, "Cy", 1, NOW).payload().clone();
    let mallory = Organisation::mallory();
    let forged = Signed::sign(&letter, bo.network(), &mallory.signing_key(0)).expect("signed");
    let refusal = ada.tries(&forged).await.expect_err("refused");
    assert_eq!((refusal.refusal, refusal.unknown), (CourierRefusal::UnknownKey, Some(bo.id())));
    assert_eq!(received(&ada).await, 0);
}

#[tokio::test]
async fn a_letter_for_somebody_else_is_refused_even_when_it_opens() {
    let (ada, _mentor, bo, _clock) = ada().await;
    let letter = bo.request(&Organisation::cy().profile_id(1), "Cy", 1, NOW);
    assert_eq!(ada.takes(&letter).await, no(Refused::Malformed));
    let envelope = Organisation::cy().seal_for(&letter, 1);
    let refusal = ada.introductions.receive(&envelope.encode()).await.expect_err("not ours").refusal;
    assert!(matches!(refusal, CourierRefusal::Malformed(_)), "{refusal:?}");
}

#[tokio::test]
async fn a_stranger_s_request_is_not_recognised_and_nothing_of_it_is_kept() {
    let (ada, mentor, _bo, _clock) = ada().await;
    let mallory = Organisation::mallory();
    assert_eq!(ada.takes(&mallory.request(&mentor, "Mallory", 1, NOW)).await, Outcome::NotRecognised);
    assert!(!ada.remembers("leading a first team").await);
}

#[tokio::test]
async fn a_letter_of_tomorrow_waits_and_one_of_last_month_is_late() {
    let (ada, mentor, bo, _clock) = ada().await;
    let ahead = bo.request(&mentor, "Cy", 1, NOW.plus(CLOCK_AHEAD_ADMITTED + 1));
    assert_eq!(ada.tries(&ahead).await.map_err(|error| error.refusal), Err(CourierRefusal::Clock(NOW)));
    let late = bo.request(&mentor, "Di", 2, NOW.minus(15 * DAY));
    assert_eq!(ada.takes(&late).await, Outcome::Late);
    assert_eq!(received(&ada).await, 0);
}

#[tokio::test]
async fn what_no_key_opens_is_answered_with_the_card() {
    let (ada, mentor, bo, _clock) = ada().await;
    let envelope = bo.seal_for(&bo.request(&mentor, "Cy", 1, NOW), 1);
    let header = EnvelopeHeader::new(ada.body.id(), envelope.header.expires_at);
    let letter = bo.request(&mentor, "Cy", 1, NOW);
    let wrong = seal(letter.bytes(), header, bo.network(), &bo.sealing_secret().public(), &[7; 32]).expect("sealed");
    let none = ada.introductions.receive(&wrong.encode()).await;
    assert!(none.is_err(), "there is no card of ours yet");
    let card = ada.body.card(NOW.0).payload().body().clone();
    ada.signer.issue(ada.signer.card_slot(), card).await.expect("issued");
    let outcome = ada.introductions.receive(&wrong.encode()).await.expect("an outcome");
    assert!(matches!(outcome, Outcome::Unopenable(_)), "{outcome:?}");
}

#[tokio::test]
async fn a_mentor_s_inbox_and_an_organisation_s_share_of_it_are_bounded() {
    let clock = Clock::set_at(NOW);
    let senders = [Organisation::bo(), Organisation::cy(), Organisation::di(), Organisation::mallory()];
    let pinned: Vec<_> = senders.iter().collect();
    let ada = end(Organisation::ada(), &pinned, &[], &clock).await;
    let mentor = ada.lists(1, 1).await;
    let mut outcomes = Vec::new();
    for (at, sender) in senders.iter().enumerate() {
        for number in 0..4_u64 {
            let letter = sender.request(&mentor, &format!("Mentee {at} {number}"), at as u64 * 10 + number, NOW);
            outcomes.push(ada.takes(&letter).await);
        }
    }
    let many = |outcome: &Outcome| outcomes.iter().filter(|one| *one == outcome).count() as u64;
    assert_eq!(many(&Outcome::Delivered), INBOX);
    assert_eq!(outcomes[INBOX_SHARE as usize], no(Refused::OrganisationFull));
    assert_eq!(many(&no(Refused::OrganisationFull)), 3);
    assert_eq!(many(&no(Refused::InboxFull)), 3);
}

#[tokio::test]
async fn asking_and_taking_back_in_turns_gets_nobody_past_its_share() {
    let (ada, mentor, bo, clock) = ada().await;
    let ask = async |number: u64| {
        let request = bo.request(&mentor, &format!("Mentee {number}"), number, clock.now());
        let outcome = ada.takes(&request).await;
        let withdrawal = bo.reply(&request, LetterBody::Withdraw { superseded: number == 1 }, clock.now());
        if outcome == Outcome::Delivered {
            assert_eq!(ada.takes(&withdrawal).await, Outcome::Delivered);
        }
        outcome
    };
    for number in 0..INBOX_SHARE {
        assert_eq!(ask(number).await, Outcome::Delivered, "{number}");
    }
    assert_eq!(ask(INBOX_SHARE).await, no(Refused::OrganisationFull));
    clock.advance(DAY);
    assert_eq!(ask(INBOX_SHARE + 1).await, Outcome::Delivered, "a day later it may ask again");
}

#[tokio::test]
async fn the_mentor_s_side_checks_the_pair_the_cool_down_and_the_texts_itself() {
    let (ada, mentor, bo, clock) = ada().await;
    ada.takes(&bo.request(&mentor, "Cy", 1, NOW)).await;
    assert_eq!(ada.takes(&bo.request(&mentor, "Cy", 2, NOW)).await, no(Refused::PairOpen));
    ada.does(&introduction(1), decline()).await;
    clock.advance(DAY);
    assert_eq!(ada.takes(&bo.request(&mentor, "Cy", 3, clock.now())).await, no(Refused::Cooldown));
    clock.advance(COOLDOWN);
    ada.lists(1, 1).await;
    assert_eq!(ada.takes(&bo.request(&mentor, "Cy", 4, clock.now())).await, Outcome::Delivered);
    let mut rude = bo.request(&mentor, "Di", 5, clock.now()).payload().clone();
    if let LetterBody::Request(Request { purpose, .. }) = &mut rude.body {
        *purpose = "Write to di@example.org as soon as you can, it is about a very good offer.".to_owned();
    }
    assert_eq!(ada.takes(&bo.sign_letter(&rude)).await, no(Refused::Malformed));
}

#[tokio::test]
async fn only_a_mentor_who_takes_requests_gets_one() {
    let (ada, mentor, bo, _clock) = ada().await;
    let away = ada.lists_as(2, paused()).await;
    assert_eq!(ada.takes(&bo.request(&away, "Cy", 1, NOW)).await, no(Refused::NotAccepting));
    ada.withdraws(&mentor).await;
    assert_eq!(ada.takes(&bo.request(&mentor, "Cy", 2, NOW)).await, no(Refused::NotListed));
}

#[tokio::test]
async fn a_withdrawal_that_overtakes_its_request_waits_for_it() {
    let (ada, mentor, bo, _clock) = ada().await;
    let request = bo.request(&mentor, "Cy", 1, NOW);
    let withdrawal = bo.reply(&request, LetterBody::Withdraw { superseded: false }, NOW);
    let early = ada.tries(&withdrawal).await.map_err(|error| error.refusal);
    assert!(matches!(early, Err(CourierRefusal::Busy(_))), "{early:?}");
    ada.takes(&request).await;
    assert_eq!(ada.takes(&withdrawal).await, Outcome::Delivered);
    assert_eq!(ada.sees(&introduction(1), Direction::Received).await.state, State::Withdrawn);
}

#[tokio::test]
async fn what_follows_a_refused_request_belongs_to_nothing() {
    let (ada, _mentor, bo, _clock) = ada().await;
    let request = bo.request(&ada.body.profile_id(9), "Cy", 1, NOW);
    assert_eq!(ada.takes(&request).await, no(Refused::NotListed));
    let withdrawal = bo.reply(&request, LetterBody::Withdraw { superseded: false }, NOW);
    assert_eq!(ada.takes(&withdrawal).await, no(Refused::NoIntroduction));
}

#[tokio::test]
async fn a_refusal_is_shown_to_the_mentee_with_its_code_and_why() {
    let pair = pair().await;
    let mentor = pair.mentor(1, 1).await;
    pair.ada.withdraws(&mentor).await;
    let id = pair.bo.introductions.send(input(&mentor, "Cy"), "registrar").await.expect("sent").id;
    assert_eq!(pair.bo.hands_to(&pair.ada).await, [no(Refused::NotListed)]);
    let bo = pair.bo.sees(&id, Direction::Sent).await;
    assert_eq!((bo.state, bo.refusal.as_deref()), (State::Refused, Some("not_listed")));
    assert!(bo.why.is_some_and(|why| why.contains("not listed")));
    assert_eq!(pair.bo.waiting().await, [], "it is not sent again");
    pair.bo.tells().await;
    assert!(!pair.bo.remembers("cy@mentees").await);
}
