//! What the clock does to introductions: waits end, listings end, what was remembered long enough is forgotten.

use std::time::Duration;

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::introduction::{DeclineReason, LetterBody, Side};
use mentormesh_protocol::limits::{SILENCES_PAUSE, SILENCES_TOLD};
use mentormesh_protocol::record::{Availability, AvailabilityStatus};
use mentormesh_protocol::{MessageId, ProfileId, Subject};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use super::Introductions;
use super::half::{Half, NODE};
use super::rules::welcomes;
use super::send::draw;
use crate::desk::{DeskError, Write};
use crate::event::Event;
use crate::signing::SignError;

/// How often the clock is looked at.
const EVERY: Duration = Duration::from_secs(30);
/// Introductions settled in one change, so that nobody waits long for the desk.
const AT_ONCE: u32 = 64;

impl Introductions {
    /// Sweeps until it is told to stop.
    pub async fn keep_swept(self, mut stopped: watch::Receiver<bool>) {
        let mut every = tokio::time::interval(EVERY);
        let mut events = self.events.listen();
        loop {
            tokio::select! {
                _ = every.tick() => {}
                // Whoever waits for a mentor who left should know at once.
                () = withdrawn(&mut events) => {}
                _ = stopped.changed() => return,
            }
            if let Err(error) = self.sweep().await {
                tracing::warn!(%error, "introductions could not be swept; it is tried again in half a minute");
            }
        }
    }

    /// Lets what has run out expire, declines what asks for a mentor who is no longer listed, reminds who is silent, tells
    /// who waits for a mentor that takes a pause, and forgets what has been kept long enough. Does nothing while the clock may not end anything.
    ///
    /// # Errors
    /// When the desk fails; the next sweep tries again.
    pub async fn sweep(&self) -> Result<(), DeskError> {
        if !self.clock_may_end() {
            return Ok(());
        }
        while self.expire().await? == AT_ONCE {}
        while self.close_unlisted().await? == AT_ONCE {}
        self.remind().await?;
        self.tell_of_pauses().await?;
        let mut write = self.desk.write().await?;
        write.forget_ended().await?;
        write.commit().await
    }

    async fn expire(&self) -> Result<u32, DeskError> {
        let mut write = self.desk.write().await?;
        let (mut rows, mut silenced, mut settled) = (Vec::new(), Vec::new(), 0);
        for (id, direction) in write.overdue(AT_ONCE).await? {
            let Some(mut half) = Half::load(&mut write, &id, direction).await? else { continue };
            if half.settle(&mut write, NODE, None).await? {
                settled += 1;
                write.notice(&id, direction, half.row.state.as_str()).await?;
                silenced.extend(silence(&mut write, &half).await?);
            }
            rows.push(half.row);
        }
        write.commit().await?;
        for row in &rows {
            self.tell(row);
        }
        for subject in silenced {
            let profile = ProfileId { organisation: self.signer.organisation(), subject };
            self.events.tell(Event::Planned(profile));
        }
        Ok(settled)
    }

    /// Says no for a mentor who is not there to be asked any more.
    async fn close_unlisted(&self) -> Result<u32, DeskError> {
        let mut write = self.desk.write().await?;
        let (mut rows, mut closed) = (Vec::new(), 0);
        for id in write.unlisted(AT_ONCE).await? {
            let Some(mut half) = Half::load(&mut write, &id, Direction::Received).await? else { continue };
            let Ok(message) = draw().map(MessageId) else { continue };
            let body = LetterBody::Decline { reason: DeclineReason::NoLongerListed, message: None, referral: None };
            match half.say(&mut write, &self.signer, message, body).await {
                Ok(()) => {}
                Err(SignError::Desk(error)) => return Err(error),
                Err(error) => {
                    tracing::warn!(introduction = %id, %error, "a request for a mentor who left cannot be answered now");
                    return Ok(0);
                }
            }
            half.settle(&mut write, NODE, Some(message)).await?;
            write.notice(&id, Direction::Received, half.row.state.as_str()).await?;
            write.note(NODE, "introduction.decline", &id.to_string(), "no_longer_listed").await?;
            closed += 1;
            rows.push(half.row);
        }
        write.commit().await?;
        for row in &rows {
            self.tell(row);
        }
        if closed > 0 {
            self.wake();
        }
        Ok(closed)
    }
}

/// What follows when a mentor let a request run out without a word: the registrar is told of the second in a row, and
/// the third pauses the listing, so that nobody else waits in vain. Answers the listing that was paused.
async fn silence(write: &mut Write, half: &Half) -> Result<Option<Subject>, DeskError> {
    let (id, subject) = (half.row.id, half.row.subject);
    let spoke = half.exchange.facts().iter().any(|fact| fact.what.side() == Side::Mentor);
    if half.row.direction != Direction::Received || spoke {
        return Ok(None);
    }
    let many = write.stayed_silent(&subject).await?;
    if many == SILENCES_TOLD {
        write.note(NODE, "listing.silent", &subject.to_string(), &format!("{many} in a row")).await?;
        write.notice(&id, Direction::Received, "silent").await?;
    }
    let Some(before) = write.availability(&subject).await?.filter(|_| many >= SILENCES_PAUSE) else { return Ok(None) };
    if !welcomes(&before, write.now().date()) {
        return Ok(None);
    }
    let paused = Availability { status: AvailabilityStatus::Paused, from: None, until: None, places: before.places };
    write.set_availability(&subject, &paused, NODE).await?;
    write.note(NODE, "listing.paused", &subject.to_string(), &format!("{many} silences in a row")).await?;
    write.notice(&id, Direction::Received, "paused").await?;
    Ok(Some(subject))
}

/// Waits until a listing of ours was withdrawn, or something was missed that may have been that.
async fn withdrawn(events: &mut broadcast::Receiver<Event>) {
    loop {
        match events.recv().await {
            Ok(Event::Withdrawn(_)) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            // Nobody is left who could tell; the clock remains.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}
