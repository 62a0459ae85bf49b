//! The task that keeps listings as they should be: renews what is due, notes what ran out, and brings the desk up to
//! what turns out to have been ended or published elsewhere, as after it was restored from an older copy.
//!
//! It follows the store's change log for our own slots, so that nothing of ours that a peer kept is missed, and does so
//! before it renews, so that nothing older is signed over it.

use std::time::Duration;

use mentormesh_protocol::api::Problem;
use mentormesh_protocol::{Kind, OrganisationId};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use super::Listings;
use crate::desk::Desk;
use crate::event::Event;
use crate::store::{Standing, Store, StoreError};

/// How often renewal and expiry are looked at.
const EVERY: Duration = Duration::from_secs(60);
/// Changes read at once.
const PAGE: usize = 1_024;

/// What the task needs.
#[derive(Debug)]
pub struct Upkeep {
    listings: Listings,
    desk: Desk,
    store: Store,
    own: OrganisationId,
    /// How far the change log was followed.
    position: u64,
}

/// Why a turn did not end; the next one tries again.
#[derive(Debug, thiserror::Error)]
enum UpkeepError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Desk(#[from] crate::desk::DeskError),
    #[error(transparent)]
    Problem(#[from] Box<Problem>),
}

impl Upkeep {
    /// Puts the task together.
    #[must_use]
    pub const fn new(listings: Listings, desk: Desk, store: Store, own: OrganisationId) -> Self {
        Self { listings, desk, store, own, position: 0 }
    }

    /// Runs until it is told to stop.
    pub async fn run(mut self, mut changes: watch::Receiver<u64>, mut stopped: watch::Receiver<bool>) {
        // Everything of ours once, whatever the log still holds; from then on, what changes.
        self.position = self.store.last_position();
        if let Err(error) = self.look_at_all().await {
            tracing::error!(%error, "our own records could not be compared with the desk");
        }
        let mut every = tokio::time::interval(EVERY);
        let mut events = self.listings.events.listen();
        loop {
            let turn = tokio::select! {
                _ = every.tick() => self.due().await,
                Ok(()) = changes.changed() => self.follow().await,
                () = planned(&mut events) => self.turn().await,
                _ = stopped.changed() => return,
            };
            if let Err(error) = turn {
                tracing::warn!(%error, "upkeep of listings is behind; it goes on in a minute");
            }
        }
    }

    async fn due(&mut self) -> Result<(), UpkeepError> {
        self.follow().await?;
        self.turn().await?;
        let renewed = self.listings.renew_due().await;
        let expired = self.listings.expire_due().await.map_err(Box::new)?;
        let renewed = renewed.map_err(Box::new)?;
        if renewed + expired > 0 {
            tracing::info!(renewed, expired, "listings were renewed or ran out");
        }
        Ok(())
    }

    /// Brings what the network sees of pauses up to the day.
    async fn turn(&self) -> Result<(), UpkeepError> {
        let turned = self.listings.turn_due().await.map_err(Box::new)?;
        if turned > 0 {
            tracing::info!(turned, "mentors paused or came back");
        }
        Ok(())
    }

    async fn look_at_all(&self) -> Result<(), UpkeepError> {
        let known = self.desk.own_sequences().await?;
        let news = |standing: &Standing| {
            let last = known.get(&(standing.slot.kind.clone(), standing.slot.about.clone()));
            standing.withdraws || last.is_none_or(|last| *last < standing.sequence)
        };
        let standing = self.store.slots(&self.own);
        let news: Result<Vec<_>, _> = standing.filter(|standing| standing.as_ref().map_or(true, news)).collect();
        for standing in news? {
            self.compare(standing).await?;
        }
        Ok(())
    }

    async fn follow(&mut self) -> Result<(), UpkeepError> {
        loop {
            let changes = self.store.changes_after(self.position, PAGE)?;
            let (Some(first), Some(last)) = (changes.first(), changes.last()) else { return Ok(()) };
            if first.position != self.position + 1 {
                // The log was trimmed past us.
                self.look_at_all().await?;
            }
            let last = last.position;
            for change in changes.iter().filter(|change| change.slot.organisation == self.own) {
                if let Some(standing) = self.store.standing(&change.slot)? {
                    self.compare(standing).await?;
                }
            }
            self.position = last;
        }
    }

    async fn compare(&self, standing: Standing) -> Result<(), UpkeepError> {
        if standing.withdraws {
            self.ended(standing).await
        } else if standing.slot.kind == Kind::Card {
            // Whoever signs our card takes a newer one over first.
            Ok(())
        } else {
            self.newer(standing).await
        }
    }

    /// A record of ours stands: the desk takes it over, if it has an older one or none.
    async fn newer(&self, standing: Standing) -> Result<(), UpkeepError> {
        let known = self.desk.own_envelope(&standing.slot).await?;
        if known.is_some_and(|own| own.erased || own.sequence >= standing.sequence) {
            return Ok(());
        }
        let Some(envelope) = self.store.envelope(&standing.id)? else { return Ok(()) };
        let adopted = self.listings.adopt(&standing.slot, standing.sequence, &envelope).await.map_err(Box::new)?;
        if adopted {
            tracing::warn!(kind = %standing.slot.kind, profile = ?standing.slot.profile_id(), "this desk was older than the network; it took over what was published since");
        }
        Ok(())
    }

    /// A withdrawal of ours stands: the desk learns of it, if it does not know.
    async fn ended(&self, standing: Standing) -> Result<(), UpkeepError> {
        let known = self.desk.own_envelope(&standing.slot).await?;
        if known.is_some_and(|own| own.withdrawn && own.erased >= standing.erases && own.sequence >= standing.sequence)
        {
            return Ok(());
        }
        let Some(envelope) = self.store.envelope(&standing.id)? else { return Ok(()) };
        let news = self.desk.note_withdrawn(&standing.slot, standing.sequence, &envelope, standing.erases).await?;
        if news {
            tracing::warn!(slot = ?standing.slot.profile_id(), "a withdrawal of ours came back from a peer; the listing ends here too");
            self.listings.ended_elsewhere(&standing.slot, standing.erases).await.map_err(Box::new)?;
        }
        Ok(())
    }
}

/// Waits until somebody decided on a pause, or may have.
async fn planned(events: &mut broadcast::Receiver<Event>) {
    loop {
        match events.recv().await {
            Ok(Event::Planned(_)) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            // Nobody is left who could tell; the clock remains.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}
