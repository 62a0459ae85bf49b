//! Notices on a real desk, with a clock that is set by hand.

use super::*;
use crate::clock::Clock;

const ID: IntroductionId = IntroductionId([7; 16]);

async fn desk(folder: &std::path::Path, clock: &Clock) -> Desk {
    Desk::open(&folder.join("desk.sqlite"), clock.clone()).await.expect("a desk")
}

async fn tell(desk: &Desk, what: &str) {
    let mut write = desk.write().await.expect("a turn");
    write.notice(&ID, Direction::Received, what).await.expect("written");
    write.commit().await.expect("kept");
}

fn words(notices: &[Notice]) -> Vec<&str> {
    notices.iter().map(|notice| notice.what.as_str()).collect()
}

#[tokio::test]
async fn a_notice_waits_in_its_order_across_a_restart_until_it_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Clock::set_at(Timestamp(1_795_000_000_000));
    let before = desk(folder.path(), &clock).await;
    tell(&before, "request").await;
    tell(&before, "withdrawn").await;
    let mut undone = before.write().await.expect("a turn");
    undone.notice(&ID, Direction::Sent, "answer").await.expect("written");
    drop(undone);
    before.close().await;

    let desk = desk(folder.path(), &clock).await;
    let due = desk.due_notices(clock.now(), 9).await.expect("read");
    assert_eq!(words(&due), ["request", "withdrawn"]);
    let places: Vec<u64> = due.iter().map(|notice| notice.place).collect();
    assert_eq!(places, [1, 2]);
    desk.notice_failed(1, clock.now().plus(60_000)).await.expect("put off");
    desk.notice_done(2).await.expect("told");
    assert_eq!(desk.due_notices(clock.now(), 9).await.expect("read"), []);
    assert_eq!(desk.next_notice().await.expect("read"), Some(clock.now().plus(60_000)));
    clock.advance(60_000);
    let due = desk.due_notices(clock.now(), 9).await.expect("read");
    assert_eq!(words(&due), ["request"]);
    assert_eq!(due.first().map(|notice| notice.attempts), Some(1));
}

#[tokio::test]
async fn a_notice_is_mailed_beside_the_command_and_each_has_its_own_mark() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Clock::set_at(Timestamp(1_795_000_000_000));
    let desk = desk(folder.path(), &clock).await;
    tell(&desk, "request").await;
    tell(&desk, "answer").await;
    desk.notice_done(1).await.expect("told");
    let place = async || desk.next_notice_to_mail().await.expect("read").map(|notice| notice.place);
    assert_eq!(place().await, Some(1), "the command's mark is not the mail's");
    let mut undone = desk.write().await.expect("a turn");
    undone.notice_mailed(1).await.expect("marked");
    drop(undone);
    assert_eq!(place().await, Some(1));
    let mut write = desk.write().await.expect("a turn");
    write.notice_mailed(1).await.expect("marked");
    write.commit().await.expect("kept");
    assert_eq!(place().await, Some(2));
    assert_eq!(words(&desk.due_notices(clock.now(), 9).await.expect("read")), ["answer"]);
    clock.advance(KEPT + 1);
    desk.notice_done(2).await.expect("told");
    desk.sweep().await.expect("swept");
    assert_eq!(place().await, Some(2), "one that was not mailed yet is not forgotten");
}

#[tokio::test]
async fn what_was_told_or_given_up_is_forgotten_after_thirty_days_and_what_waits_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Clock::set_at(Timestamp(1_795_000_000_000));
    let desk = desk(folder.path(), &clock).await;
    for what in ["request", "answer", "withdrawn"] {
        tell(&desk, what).await;
    }
    let mut write = desk.write().await.expect("a turn");
    for place in 1..=3 {
        write.notice_mailed(place).await.expect("marked");
    }
    write.commit().await.expect("kept");
    desk.notice_done(1).await.expect("told");
    desk.notice_given_up(2).await.expect("given up");
    assert_eq!(desk.notice_counts().await.expect("read"), NoticeCounts { waiting: 1, given_up: 1 });
    clock.advance(KEPT);
    desk.sweep().await.expect("swept");
    assert_eq!(desk.notices_of(&ID, Direction::Received).await.expect("read").len(), 3);
    clock.advance(1);
    desk.sweep().await.expect("swept");
    let left = desk.notices_of(&ID, Direction::Received).await.expect("read");
    assert_eq!(words(&left), ["withdrawn"]);
    assert_eq!(desk.notices_of(&ID, Direction::Sent).await.expect("read"), []);
}
