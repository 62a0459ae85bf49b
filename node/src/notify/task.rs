//! The loop that tells: one notice and one process at a time, woken by what happens and by the clock.

use std::time::Duration;

use mentormesh_protocol::api::{Direction, ErrorCode, Problem};
use tokio::sync::{broadcast, watch};
use tokio::time::sleep;

use super::command::{Command, Failure};
use super::message::message;
use super::queue::Queue;
use crate::clock::Clock;
use crate::config::NotifyConfig;
use crate::desk::{Desk, DeskError, Notice, REQUEST};
use crate::event::{Event, Events};
use crate::introductions::Introductions;

/// How often notices are looked at when nothing wakes the loop.
const EVERY: Duration = Duration::from_secs(5);

/// What the loop is made of.
#[derive(Debug)]
pub struct Parts {
    /// Where notices wait.
    pub desk: Desk,
    /// What they are about.
    pub introductions: Introductions,
    /// The time.
    pub clock: Clock,
    /// What wakes it.
    pub events: Events,
    /// The operator's command.
    pub config: NotifyConfig,
}

/// Tells people what happened to introductions, through the operator's command.
#[derive(Debug)]
pub struct Notify {
    desk: Desk,
    introductions: Introductions,
    events: Events,
    command: Option<Command>,
    queue: Queue,
}

impl Notify {
    /// Puts it together; nothing runs yet.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let Parts { desk, introductions, clock, events, config } = parts;
        let command = Command::new(&config.command, Duration::from_secs(config.timeout_seconds.into()));
        let queue = Queue::new(desk.clone(), clock);
        Self { desk, introductions, events, command, queue }
    }

    /// Tells until the node stops.
    pub async fn run(mut self, mut stopped: watch::Receiver<bool>) {
        let mut heard = self.events.listen();
        while !*stopped.borrow() {
            if let Err(error) = self.round(&mut stopped).await {
                tracing::warn!(%error, "notices could not be told now; they wait");
            }
            let mut stop = stopped.clone();
            tokio::select! {
                () = sleep(EVERY) => {}
                () = introduced(&mut heard) => {}
                _ = stop.wait_for(|stop| *stop) => {}
            }
        }
    }

    /// Tells everything that is due.
    async fn round(&mut self, stopped: &mut watch::Receiver<bool>) -> Result<(), Problem> {
        let Some(command) = self.command.clone() else { return Ok(self.desk.end_due_notices().await?) };
        while !*stopped.borrow() {
            let Some(notice) = self.queue.next().await? else { return Ok(()) };
            let Some(words) = self.words(&notice).await? else {
                self.desk.notice_done(notice.place).await?;
                continue;
            };
            match command.run(&words, stopped).await {
                Ok(()) => {
                    self.queue.told(&notice).await?;
                    if notice.what == REQUEST && notice.direction == Direction::Received {
                        self.introductions.notified(&notice.introduction).await?;
                    }
                }
                Err(Failure::Stopped) => return Ok(()),
                Err(failure) => self.failed(&notice, &failure).await?,
            }
        }
        Ok(())
    }

    async fn failed(&mut self, notice: &Notice, failure: &Failure) -> Result<(), DeskError> {
        // What a command says may name people and addresses: the log has it only where it was asked for.
        let (introduction, event, said) = (notice.introduction, &notice.what, failure.output().len());
        tracing::debug!(%introduction, event, output = failure.output(), "what notify.command said");
        let attempt = notice.attempts.saturating_add(1);
        if self.queue.failed(notice).await? {
            tracing::error!(%introduction, event, attempt, %failure, said, "notify.command failed too often; nobody was told of this");
        } else {
            tracing::warn!(%introduction, event, attempt, %failure, said, "notify.command failed; it is tried again");
        }
        Ok(())
    }

    /// What the command is given, unless the introduction is gone.
    async fn words(&self, notice: &Notice) -> Result<Option<Vec<u8>>, Problem> {
        let about = match self.introductions.show(&notice.introduction, Some(notice.direction)).await {
            Ok(about) => about,
            Err(problem) if problem.code == ErrorCode::NotFound => return Ok(None),
            Err(problem) => return Err(problem),
        };
        let to = self.introductions.own_person(&about).await?;
        let waiting = self.introductions.waiting().await?.count;
        Ok(Some(message(notice, &about, to, waiting)))
    }
}

/// Waits until something happened to an introduction, or may have.
async fn introduced(heard: &mut broadcast::Receiver<Event>) {
    loop {
        match heard.recv().await {
            Ok(Event::Introduced { .. }) | Err(broadcast::error::RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}
