//! After a backup was brought back: whoever was forgotten since it was made is forgotten again, once, by the list that
//! was kept beside it. Until a mentor's listing may be withdrawn anew, it is tried again.

use std::time::Duration;

use mentormesh_protocol::api::{ErrorCode, Problem};
use tokio::sync::watch;

use super::Persons;
use crate::desk::Desk;
use crate::folder::ErasedFile;

/// How soon it is tried again while it cannot be done.
const AGAIN: Duration = Duration::from_secs(30);

/// Forgets again, as a task.
#[derive(Debug)]
pub struct Again {
    persons: Persons,
    desk: Desk,
    erased: ErasedFile,
}

impl Again {
    /// Puts it together; nothing runs yet.
    #[must_use]
    pub const fn new(persons: Persons, desk: Desk, erased: ErasedFile) -> Self {
        Self { persons, desk, erased }
    }

    /// Runs until it is done or told to stop.
    pub async fn run(self, mut stopped: watch::Receiver<bool>) {
        loop {
            match self.turn().await {
                Ok(()) => return,
                Err(problem) => {
                    let problem = problem.detail;
                    tracing::warn!(problem, "who was forgotten since the backup is forgotten again in half a minute");
                }
            }
            tokio::select! {
                () = tokio::time::sleep(AGAIN) => {}
                _ = stopped.wait_for(|stop| *stop) => return,
            }
        }
    }

    /// Forgets whoever the list names, if this desk came back and nobody did.
    ///
    /// # Errors
    /// When the list cannot be read, nothing may be signed now, or the desk fails.
    pub(crate) async fn turn(&self) -> Result<(), Problem> {
        let Some((from, until)) = self.desk.to_forget_again().await? else { return Ok(()) };
        if !self.erased.is_there() {
            let made_at = from.to_string();
            tracing::warn!(made_at, "no erased.txt came with this backup: who was forgotten since is here again");
            return Ok(());
        }
        let list = self.erased.clone();
        let read = tokio::task::spawn_blocking(move || list.between(from, until)).await;
        let internal = |error: String| Problem::new(ErrorCode::Internal, error);
        let digests =
            read.map_err(|error| internal(error.to_string()))?.map_err(|error| internal(error.to_string()))?;
        let many = self.persons.forget_again(&digests).await?;
        self.desk.note_forgotten_again(many).await?;
        tracing::info!(many, "who was forgotten since the backup is forgotten again");
        Ok(())
    }
}
