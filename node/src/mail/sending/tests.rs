//! The queue on a real desk, with a clock that is set by hand.

use jiff::civil::Time;
use jiff::tz::TimeZone;

use super::*;
use crate::desk::{Mail, MailState};

struct Post {
    _folder: tempfile::TempDir,
    desk: Desk,
    clock: Clock,
    sending: Sending,
}

async fn post(mails: &[bool], quiet: Option<Hours>) -> Post {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Clock::set_at("2026-12-01T12:00:00Z".parse().expect("a moment"));
    let desk = Desk::open(&folder.path().join("desk.sqlite"), clock.clone()).await.expect("a desk");
    let mut write = desk.write().await.expect("a turn");
    for urgent in mails {
        let mail = Mail {
            what: "request",
            to: "ada@example.org".to_owned(),
            name: None,
            subject: "A request waits".to_owned(),
            text: "Bo asks.".to_owned(),
            html: "<p>Bo asks.</p>".to_owned(),
            urgent: *urgent,
        };
        write.queue_mail(&mail).await.expect("queued");
    }
    write.commit().await.expect("kept");
    let sending = Sending::new(desk.clone(), clock.clone(), quiet);
    Post { _folder: folder, desk, clock, sending }
}

impl Post {
    async fn next(&mut self) -> Option<MailRow> {
        self.sending.next().await.expect("read")
    }

    async fn state(&self, id: u64) -> (MailState, u32) {
        let row = self.desk.mail(MailId(id)).await.expect("read").expect("it is kept");
        (row.state, row.attempts)
    }
}

fn later(server: bool) -> Refusal {
    Refusal::Later { problem: "451 come again".to_owned(), server }
}

#[tokio::test]
async fn a_mail_that_is_put_off_waits_longer_each_time_and_is_given_up_after_eight_tries() {
    let mut post = post(&[false], None).await;
    let mut waited = Vec::new();
    loop {
        let row = post.next().await.expect("it is due");
        if post.sending.refused(&row, &later(false)).await.expect("noted") {
            break;
        }
        let row = post.desk.mail(row.id).await.expect("read").expect("it waits");
        let pause = row.next_at.expect("it waits").0 - post.clock.now().0;
        post.clock.advance(pause - 1);
        assert_eq!(post.next().await, None, "not before its time");
        post.clock.advance(1);
        waited.push(pause / MINUTE);
    }
    assert_eq!(waited, [1, 5, 30, 120, 360, 360, 360]);
    assert_eq!(post.state(1).await, (MailState::GivenUp, 8));
}

#[tokio::test]
async fn what_a_server_refuses_for_good_is_given_up_at_once_and_holds_up_nothing() {
    let mut post = post(&[false, false], None).await;
    let row = post.next().await.expect("it is due");
    let never = Refusal::Never { problem: "550 nobody of that name".to_owned() };
    assert!(post.sending.refused(&row, &never).await.expect("noted"));
    assert_eq!(post.state(1).await, (MailState::GivenUp, 1));
    let row = post.next().await.expect("the next is due at once");
    post.sending.sent(&row).await.expect("noted");
    assert_eq!(post.state(2).await, (MailState::Sent, 1));
    assert_eq!(post.next().await, None);
}

#[tokio::test]
async fn a_server_that_takes_nothing_rests_and_one_that_puts_off_a_mail_does_not() {
    let mut post = post(&[false; 20], None).await;
    let row = post.next().await.expect("many are due");
    post.sending.refused(&row, &later(false)).await.expect("noted");
    let row = post.next().await.expect("another at once");
    let mut rests = Vec::new();
    let mut row = Some(row);
    for _ in 0..8 {
        let tried = row.take().expect("many are due");
        post.sending.refused(&tried, &later(true)).await.expect("noted");
        let mut rest = 0;
        while row.is_none() {
            post.clock.advance(1_000);
            rest += 1;
            row = post.next().await;
        }
        rests.push(rest);
    }
    assert_eq!(rests, [1, 2, 4, 8, 16, 32, 60, 60]);
}

#[tokio::test]
async fn quiet_hours_hold_everything_but_what_somebody_waits_for() {
    let quiet = Hours::new(Time::constant(11, 0, 0, 0), Time::constant(13, 0, 0, 0), TimeZone::UTC);
    let mut post = post(&[false, true], Some(quiet)).await;
    let row = post.next().await.expect("somebody waits");
    assert!(row.urgent);
    post.sending.sent(&row).await.expect("noted");
    assert_eq!(post.next().await, None);
    post.clock.advance(60 * MINUTE);
    assert_eq!(post.next().await.map(|row| row.urgent), Some(false));
}

#[tokio::test]
async fn what_waited_until_it_is_of_no_use_is_given_up_unsent() {
    let mut post = post(&[true, false], None).await;
    post.clock.advance(15 * MINUTE + 1);
    assert_eq!(post.next().await.map(|row| row.urgent), Some(false), "a sign-in link of this morning opens nothing");
    assert_eq!(post.state(1).await.0, MailState::GivenUp);
    post.clock.advance(72 * HOUR);
    assert_eq!(post.next().await, None);
    assert_eq!(post.state(2).await.0, MailState::GivenUp);
    assert!(post.desk.retry_mail(MailId(2), "registrar").await.expect("asked"));
    assert!(post.next().await.is_some(), "unless somebody wants it sent all the same");
}
