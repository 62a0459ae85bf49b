//! Notices and real processes on a real desk, with a clock that is set by hand.

use std::path::Path;
use std::time::Duration;

use mentormesh_protocol::IntroductionId;
use mentormesh_protocol::api::Direction;
use tokio::sync::watch;

use super::super::command::{Command, Failure};
use super::*;
use crate::desk::REQUEST;

struct Told {
    folder: tempfile::TempDir,
    clock: Clock,
    desk: Desk,
    queue: Queue,
}

impl Told {
    async fn new(notices: u16) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Clock::set_at(Timestamp(1_795_000_000_000));
        let desk = open(folder.path(), &clock).await;
        let mut write = desk.write().await.expect("a turn");
        for number in 0..notices {
            let mut id = [0; 16];
            id.iter_mut().zip(number.to_be_bytes()).for_each(|(byte, part)| *byte = part);
            write.notice(&IntroductionId(id), Direction::Received, REQUEST).await.expect("written");
        }
        write.commit().await.expect("kept");
        let queue = Queue::new(desk.clone(), clock.clone());
        Self { folder, clock, desk, queue }
    }

    /// Another process on the same folder.
    async fn restarted(self) -> Self {
        self.desk.close().await;
        let desk = open(self.folder.path(), &self.clock).await;
        let queue = Queue::new(desk.clone(), self.clock.clone());
        Self { folder: self.folder, clock: self.clock, desk, queue }
    }

    /// A command that runs this script in the folder, for at most half a second.
    fn command(&self, script: &str) -> Command {
        let script = format!("cd '{}'; {script}", self.folder.path().display());
        let words = ["/bin/sh".to_owned(), "-c".to_owned(), script];
        Command::new(&words, Duration::from_millis(500)).expect("a command")
    }

    /// Tells what is due now, as the loop does.
    async fn round(&mut self, command: &Command) -> Vec<Result<(), Failure>> {
        let (_stop, mut stopped) = watch::channel(false);
        let mut runs = Vec::new();
        while let Some(notice) = self.queue.next().await.expect("read") {
            let run = command.run(notice.place.to_string().as_bytes(), &mut stopped).await;
            match &run {
                Ok(()) => self.queue.told(&notice).await.expect("noted"),
                Err(_) => drop(self.queue.failed(&notice).await.expect("noted")),
            }
            runs.push(run);
        }
        runs
    }

    fn file(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
    }

    async fn counts(&self) -> (u64, u64) {
        let counts = self.desk.notice_counts().await.expect("read");
        (counts.waiting, counts.given_up)
    }
}

async fn open(folder: &Path, clock: &Clock) -> Desk {
    Desk::open(&folder.join("desk.sqlite"), clock.clone()).await.expect("a desk")
}

#[tokio::test]
async fn notices_are_told_in_their_order_and_once() {
    let mut told = Told::new(5).await;
    let command = told.command("cat >> told; echo >> told");
    assert_eq!(told.round(&command).await.len(), 5);
    assert_eq!(told.file("told"), "1\n2\n3\n4\n5\n");
    told.clock.advance(24 * HOUR);
    assert_eq!(told.round(&command).await.len(), 0);
    assert_eq!(told.counts().await, (0, 0));
}

#[tokio::test]
async fn a_command_that_hung_gets_the_notice_again_a_minute_later() {
    let mut told = Told::new(1).await;
    let command = told.command("if mkdir first 2>/dev/null; then sleep 1000; fi; cat > told");
    let first = told.round(&command).await;
    assert!(matches!(first.as_slice(), [Err(Failure::TooLong { .. })]), "{first:?}");
    assert_eq!(told.round(&command).await.len(), 0);
    told.clock.advance(MINUTE);
    assert!(matches!(told.round(&command).await.as_slice(), [Ok(())]));
    assert_eq!((told.file("told").as_str(), told.counts().await), ("1", (0, 0)));
}

#[tokio::test]
async fn a_notice_that_could_not_be_told_is_still_there_after_a_restart() {
    let mut told = Told::new(1).await;
    let fails = told.command("exit 1");
    assert_eq!(told.round(&fails).await.len(), 1);
    let mut told = told.restarted().await;
    assert_eq!(told.counts().await, (1, 0));
    let works = told.command("cat > told");
    assert_eq!(told.round(&works).await.len(), 0, "it is not yet its time again");
    told.clock.advance(MINUTE);
    assert_eq!(told.round(&works).await.len(), 1);
    assert_eq!(told.file("told"), "1");
}

#[tokio::test]
async fn a_notice_that_fails_waits_longer_each_time_and_is_given_up_after_eight_attempts() {
    let mut told = Told::new(1).await;
    let mut waited = Vec::new();
    let last = loop {
        let notice = told.queue.next().await.expect("read").expect("it is due");
        if told.queue.failed(&notice).await.expect("noted") {
            break notice;
        }
        let due = told.desk.next_notice().await.expect("read").expect("it waits");
        let pause = due.0 - told.clock.now().0;
        told.clock.advance(pause - 1);
        assert_eq!(told.queue.next().await.expect("read"), None, "not before its time");
        told.clock.advance(1);
        waited.push(pause / MINUTE);
    };
    assert_eq!(waited, [1, 5, 30, 120, 360, 360, 360]);
    assert_eq!(last.attempts, 7);
    told.clock.advance(30 * HOUR);
    assert_eq!(told.queue.next().await.expect("read"), None);
    assert_eq!(told.counts().await, (0, 1));
}

#[tokio::test]
async fn ten_thousand_notices_do_not_start_ten_thousand_processes() {
    let mut told = Told::new(10_000).await;
    let fails = told.command("echo run >> runs; exit 1");
    // Ten minutes, woken every five seconds.
    for _ in 0..120 {
        told.round(&fails).await;
        told.clock.advance(5_000);
    }
    // After 1, 2, 4, 8, 16 and 32 s, then once a minute.
    let runs = told.file("runs").lines().count();
    assert!((10..=18).contains(&runs), "{runs} runs in ten minutes");
    assert_eq!(told.counts().await, (10_000, 0), "and none is lost for it");
}

#[tokio::test]
async fn a_command_that_fails_rests_until_it_works_again() {
    let mut told = Told::new(200).await;
    let mut rests = Vec::new();
    for _ in 0..9 {
        let notice = told.queue.next().await.expect("read").expect("many are due");
        told.queue.failed(&notice).await.expect("noted");
        let mut rest = 0;
        while told.queue.next().await.expect("read").is_none() {
            told.clock.advance(1_000);
            rest += 1;
        }
        rests.push(rest);
    }
    assert_eq!(rests, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    let notice = told.queue.next().await.expect("read").expect("many are due");
    told.queue.told(&notice).await.expect("noted");
    let notice = told.queue.next().await.expect("read").expect("at once after a success");
    told.queue.failed(&notice).await.expect("noted");
    told.clock.advance(1_000);
    assert!(told.queue.next().await.expect("read").is_some(), "the count begins anew");
}
