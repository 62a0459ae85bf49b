//! The queue of mails on a real desk, with a clock that is set by hand.

use mentormesh_protocol::limits::DAY;

use super::super::MailCounts;
use super::super::tests::{desk, desk_in};
use super::*;

pub(in crate::desk) fn mail(what: &'static str) -> Mail {
    Mail {
        what,
        to: "ada@example.org".to_owned(),
        name: Some("Ada".to_owned()),
        subject: "A request waits for your answer".to_owned(),
        text: "Bo asks.".to_owned(),
        html: "<p>Bo asks.</p>".to_owned(),
        urgent: false,
    }
}

async fn queue(desk: &Desk, mail: &Mail) -> Result<MailId, DeskError> {
    let mut write = desk.write().await.expect("a turn");
    let queued = write.queue_mail(mail).await;
    write.commit().await.expect("kept");
    queued
}

fn refused(answer: Result<MailId, DeskError>) -> Option<MailRefused> {
    match answer {
        Err(DeskError::Mail(refused)) => Some(refused),
        Ok(_) | Err(_) => None,
    }
}

#[tokio::test]
async fn a_mail_is_there_when_its_change_is_kept_and_never_before() {
    let (folder, before, _clock) = desk().await;
    let mut undone = before.write().await.expect("a turn");
    undone.queue_mail(&mail("request")).await.expect("queued");
    undone.undo().await.expect("undone");
    assert_eq!(before.due_mail(false).await.expect("read"), None);
    let id = queue(&before, &mail("request")).await.expect("queued");
    before.close().await;

    let (desk, _clock) = desk_in(&folder).await;
    let row = desk.due_mail(false).await.expect("read").expect("it waits");
    assert_eq!((row.id, row.what.as_str(), row.to.as_str()), (id, "request", "ada@example.org"));
    assert_eq!((row.text.as_str(), row.html.as_str(), row.attempts), ("Bo asks.", "<p>Bo asks.</p>", 0));
    desk.mail_sent(id).await.expect("noted");
    assert_eq!(desk.due_mail(false).await.expect("read"), None);
    let row = desk.mail(id).await.expect("read").expect("it is kept");
    assert_eq!((row.state, row.attempts, row.next_at), (MailState::Sent, 1, None));
}

#[tokio::test]
async fn a_mail_that_no_server_could_carry_is_refused_by_name() {
    let (_folder, desk, _clock) = desk().await;
    let long = "x".repeat(BODY_BYTES + 1);
    let injected = Mail { subject: "Hello\r\nBcc: mallory@example.org".to_owned(), ..mail("request") };
    assert_eq!(refused(queue(&desk, &injected).await), Some(MailRefused::Control { field: "subject" }));
    let injected = Mail { name: Some("Ada\nBcc: mallory@example.org".to_owned()), ..mail("request") };
    assert_eq!(refused(queue(&desk, &injected).await), Some(MailRefused::Control { field: "name" }));
    let lost = Mail { to: "ada@example.org, bo@example.org".to_owned(), ..mail("request") };
    assert_eq!(refused(queue(&desk, &lost).await), Some(MailRefused::NoAddress));
    let bytes = long.len();
    let text = Mail { text: long.clone(), ..mail("request") };
    assert_eq!(
        refused(queue(&desk, &text).await),
        Some(MailRefused::TooLong { field: "text", bytes, most: BODY_BYTES })
    );
    let html = Mail { html: long, ..mail("request") };
    assert_eq!(
        refused(queue(&desk, &html).await),
        Some(MailRefused::TooLong { field: "html", bytes, most: BODY_BYTES })
    );
    assert_eq!(desk.mail_counts().await.expect("read"), MailCounts::default());
}

#[tokio::test]
async fn a_full_queue_says_so_and_leaves_room_for_who_wants_to_sign_in() {
    let (_folder, desk, _clock) = desk().await;
    let mut write = desk.write().await.expect("a turn");
    for _ in 0..WAITING_UNLESS_URGENT {
        write.queue_mail(&mail("reminder")).await.expect("there is room");
    }
    write.commit().await.expect("kept");
    assert_eq!(refused(queue(&desk, &mail("reminder")).await), Some(MailRefused::Full { most: WAITING_UNLESS_URGENT }));
    let sign_in = Mail { urgent: true, ..mail("sign_in") };
    let id = queue(&desk, &sign_in).await.expect("there is room");
    let first = desk.due_mail(false).await.expect("read").expect("many wait");
    assert_eq!(first.id, id, "what is urgent goes before what has waited longer");
}

#[tokio::test]
async fn quiet_hours_hold_what_is_not_urgent() {
    let (_folder, desk, _clock) = desk().await;
    queue(&desk, &mail("request")).await.expect("queued");
    assert_eq!(desk.due_mail(true).await.expect("read"), None);
    let id = queue(&desk, &Mail { urgent: true, ..mail("sign_in") }).await.expect("queued");
    assert_eq!(desk.due_mail(true).await.expect("read").map(|row| row.id), Some(id));
    assert!(desk.due_mail(false).await.expect("read").is_some());
}

#[tokio::test]
async fn a_mail_is_put_off_given_up_and_asked_for_once_more() {
    let (_folder, desk, clock) = desk().await;
    let id = queue(&desk, &mail("request")).await.expect("queued");
    desk.mail_put_off(id, clock.now().plus(1_000), "451 later").await.expect("noted");
    assert_eq!(desk.due_mail(false).await.expect("read"), None);
    clock.advance(1_000);
    let row = desk.due_mail(false).await.expect("read").expect("its time has come");
    assert_eq!((row.attempts, row.problem.as_deref()), (1, Some("451 later")));
    desk.mail_given_up(id, "550 nobody of that name").await.expect("noted");
    assert_eq!(desk.due_mail(false).await.expect("read"), None);
    assert_eq!(desk.mail_counts().await.expect("read"), MailCounts { waiting: 0, given_up: 1 });
    assert!(desk.retry_mail(id, "registrar").await.expect("asked"));
    assert_eq!(desk.due_mail(false).await.expect("read").map(|row| (row.id, row.attempts)), Some((id, 0)));
    desk.mail_sent(id).await.expect("noted");
    assert!(!desk.retry_mail(id, "registrar").await.expect("asked"), "nobody gets a mail twice");
    assert!(!desk.retry_mail(MailId(99), "registrar").await.expect("asked"));
}

#[tokio::test]
async fn what_was_sent_and_what_nobody_sends_is_forgotten_after_thirty_days() {
    let (_folder, desk, clock) = desk().await;
    let sent = queue(&desk, &mail("request")).await.expect("queued");
    let waits = queue(&desk, &mail("reminder")).await.expect("queued");
    clock.advance(DAY);
    desk.mail_sent(sent).await.expect("noted");
    clock.advance(29 * DAY + 1);
    desk.sweep().await.expect("swept");
    assert_eq!(desk.mail(waits).await.expect("read"), None);
    assert!(desk.mail(sent).await.expect("read").is_some(), "thirty days after it was sent");
    clock.advance(DAY);
    desk.sweep().await.expect("swept");
    assert_eq!(desk.mail(sent).await.expect("read"), None);
}

#[tokio::test]
async fn the_text_of_a_sign_in_mail_goes_when_it_was_sent() {
    let (_folder, desk, _clock) = desk().await;
    let id = queue(&desk, &Mail { urgent: true, ..mail("sign_in") }).await.expect("queued");
    desk.mail_sent(id).await.expect("noted");
    let row = desk.mail(id).await.expect("read").expect("it is kept");
    assert_eq!((row.text.as_str(), row.html.as_str()), ("", ""));
}

#[tokio::test]
async fn mails_are_listed_newest_first_page_by_page() {
    let (_folder, desk, _clock) = desk().await;
    for what in ["request", "question", "reminder"] {
        queue(&desk, &mail(what)).await.expect("queued");
    }
    desk.mail_sent(MailId(2)).await.expect("noted");
    let (page, total) = desk.mails(None, None, 2).await.expect("read");
    let words: Vec<_> = page.iter().map(|row| row.what.as_str()).collect();
    assert_eq!((words.as_slice(), total), (["reminder", "question"].as_slice(), 3));
    let (page, _) = desk.mails(None, page.last().map(|row| row.id), 2).await.expect("read");
    assert_eq!(page.iter().map(|row| row.id).collect::<Vec<_>>(), [MailId(1)]);
    let (page, total) = desk.mails(Some(MailState::Sent), None, 9).await.expect("read");
    assert_eq!((page.iter().map(|row| row.id).collect::<Vec<_>>(), total), (vec![MailId(2)], 1));
}
