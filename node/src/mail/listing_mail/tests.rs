//! Stories of mentors who are asked and reminded, at a desk of their own, on a clock that is set.

use mentormesh_protocol::api::ListingInput;
use mentormesh_protocol::limits::DAY;

use super::*;
use crate::actions::Purpose;
use crate::desk::MailRow;
use crate::listings::stories::{House, NOW, ada, house};
use crate::speech::Locale;

/// Confirmations last so long in these stories.
const EVERY: u64 = 180 * DAY;

async fn composer(house: &House) -> ListingComposer {
    let (desk, listings) = (house.desk(), house.listings.clone());
    ListingComposer {
        actions: Actions::open(&desk).await.expect("a secret"),
        views: house.views(),
        clock: house.clock.clone(),
        readers: Readers::new(desk.clone(), Locale::English),
        home: "https://ada.example".to_owned(),
        desk,
        listings,
    }
}

/// Every mail that there is, the oldest first, once all that is due is written.
async fn mails(composer: &ListingComposer) -> Vec<MailRow> {
    for _ in 0..20 {
        if !composer.turn().await.expect("a turn") {
            break;
        }
    }
    let (mut rows, _) = composer.desk.mails(None, None, 50).await.expect("read");
    rows.reverse();
    rows
}

async fn published(house: &House) -> Subject {
    let id = house.listings.add(ada()).await.expect("added").id;
    house.listings.publish(&id).await.expect("published");
    id
}

/// Time passes, and what is published stays on the network.
async fn days(house: &House, days: u64) {
    for _ in 0..days {
        house.clock.advance(DAY);
        house.listings.renew_due().await.expect("renewed");
    }
}

fn purposes(composer: &ListingComposer, row: &MailRow) -> Vec<Purpose> {
    let tokens = row.text.lines().filter_map(|line| line.trim().strip_prefix("https://ada.example/act/"));
    tokens.map(|token| composer.actions.read(token, NOW).expect("a link").purpose).collect()
}

#[tokio::test]
async fn an_invitation_shows_everything_and_asks_for_one_of_three() {
    let house = house().await;
    let mut input: ListingInput = ada();
    input.consent = None;
    input.profile.bio = "Before that, <radio>.".to_owned();
    let id = house.listings.add(input).await.expect("added").id;
    let composer = composer(&house).await;
    assert!(mails(&composer).await.is_empty(), "nobody is asked by being drafted");
    house.listings.invite(&id).await.expect("asked");
    let written = mails(&composer).await;
    assert_eq!(written.len(), 1);
    let mail = written.first().expect("a mail");
    assert_eq!((mail.what.as_str(), mail.to.as_str()), ("invitation", "ada@example.org"));
    for part in [
        "Social media for public relations",
        "Before that, <radio>.",
        "What stays here",
        "Take no requests for now",
        "Leave the register",
    ] {
        assert!(mail.text.contains(part), "{part} is not in {}", mail.text);
    }
    assert!(mail.html.contains("Before that, &#60;radio&#62;."), "{}", mail.html);
    let steps = [
        Purpose::Listing(crate::actions::ListingStep::Consent),
        Purpose::Listing(crate::actions::ListingStep::Edit),
        Purpose::Listing(crate::actions::ListingStep::Decline),
        Purpose::Pause,
        Purpose::Withdraw,
        Purpose::MentorMail,
    ];
    assert_eq!(purposes(&composer, mail), steps);
    assert!(!mail.subject.contains("Ada") && !mail.subject.contains('@'), "{}", mail.subject);
}

#[tokio::test]
async fn a_mentor_is_reminded_thirty_and_seven_days_before_and_once_each() {
    let house = house().await;
    let id = published(&house).await;
    let composer = composer(&house).await;
    days(&house, 149).await;
    assert!(mails(&composer).await.is_empty());
    days(&house, 1).await;
    assert_eq!(mails(&composer).await.len(), 1, "thirty days before");
    days(&house, 22).await;
    assert_eq!(mails(&composer).await.len(), 1, "and not again");
    days(&house, 1).await;
    let written = mails(&composer).await;
    assert_eq!(written.len(), 2, "seven days before");
    assert_eq!(written.last().map(|row| row.what.as_str()), Some("confirm"));
    days(&house, 3).await;
    assert_eq!(mails(&composer).await.len(), 2, "and not again");
    house.listings.confirm(&id).await.expect("confirmed");
    days(&house, 149).await;
    assert_eq!(mails(&composer).await.len(), 2);
    days(&house, 1).await;
    assert_eq!(mails(&composer).await.len(), 3, "of the next confirmation, too");
}

#[tokio::test]
async fn a_node_that_was_off_on_the_day_makes_up_for_it_with_one_mail() {
    let house = house().await;
    published(&house).await;
    days(&house, 175).await;
    let composer = composer(&house).await;
    assert_eq!(mails(&composer).await.len(), 1, "the later of the two, and the earlier no more");
    assert!(house.clock.now() < NOW.plus(EVERY));
}

#[tokio::test]
async fn who_left_is_not_reminded_and_who_wants_no_reminders_is_told_once() {
    let house = house().await;
    let id = published(&house).await;
    let composer = composer(&house).await;
    let mut write = composer.desk.write().await.expect("a change");
    write.choose_mail("ada@example.org", MailChoice::NoReminders, "mentor", "her listing").await.expect("chosen");
    write.commit().await.expect("durable");
    days(&house, 151).await;
    assert!(mails(&composer).await.is_empty());
    days(&house, 23).await;
    assert_eq!(mails(&composer).await.len(), 1, "before it is too late");
    house.listings.confirm(&id).await.expect("confirmed");
    house.listings.withdraw(&id, false).await.expect("withdrawn");
    days(&house, 175).await;
    assert_eq!(mails(&composer).await.len(), 1);
}
