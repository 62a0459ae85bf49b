//! The task that follows the store for erasures: of our own it notes who is asked to confirm, of others' that were held
//! here it puts a receipt on its way.
//!
//! How far it followed is kept in the transaction of what it did, so that no restart forgets or repeats a receipt.

use std::time::Duration;

use mentormesh_protocol::api::Problem;
use mentormesh_protocol::duty::{Applied, DutyBody, Erased};
use mentormesh_protocol::limits::PROFILE_LIFETIME;
use mentormesh_protocol::{Kind, MessageId, OrganisationId, Timestamp};
use tokio::sync::watch;

use super::Rights;
use super::handle::{draw, internal};
use crate::desk::{ErasureRow, Write};
use crate::store::{Change, Standing, Store, StoreError};

/// Changes read at once.
const PAGE: usize = 256;
/// Receipts that may be on their way at once; further ones wait in the store's log.
const ON_THEIR_WAY: u64 = 10_000;
/// How soon it is tried again after a failure, or when too many receipts are on their way.
const AGAIN: Duration = Duration::from_secs(30);
/// What such a duty is, in one word.
const ERASED: &str = "erased";

/// What the task needs.
#[derive(Debug)]
pub struct Follow {
    rights: Rights,
    store: Store,
    own: OrganisationId,
}

impl Follow {
    /// Puts the task together.
    #[must_use]
    pub const fn new(rights: Rights, store: Store, own: OrganisationId) -> Self {
        Self { rights, store, own }
    }

    /// Runs until it is told to stop.
    pub async fn run(self, mut changes: watch::Receiver<u64>, mut stopped: watch::Receiver<bool>) {
        loop {
            changes.mark_unchanged();
            let behind = self.turn().await.unwrap_or_else(|problem| {
                tracing::warn!(problem = problem.detail, "erasures are confirmed later");
                true
            });
            tokio::select! {
                Ok(()) = changes.changed(), if !behind => {}
                () = tokio::time::sleep(AGAIN) => {}
                _ = stopped.wait_for(|stop| *stop) => return,
            }
        }
    }

    /// Follows to the end of the log; true if it stopped before.
    pub(crate) async fn turn(&self) -> Result<bool, Problem> {
        let desk = &self.rights.desk;
        loop {
            let kept = desk.erasures_followed().await?;
            // A store that was set aside begins its log anew.
            let from = if kept > self.store.last_position() { 0 } else { kept };
            let page = self.store.changes_after(from, PAGE).map_err(|error| internal(&error))?;
            let Some(last) = page.last().map(|change| change.position) else { return Ok(false) };
            let mut write = desk.write().await?;
            if write.duties_of(ERASED).await? >= ON_THEIR_WAY {
                return Ok(true);
            }
            for change in &page {
                if let Some(standing) = self.erasure(change).map_err(|error| internal(&error))? {
                    self.note(&mut write, change, &standing).await?;
                }
            }
            write.follow_erasures(last).await?;
            write.commit().await?;
            self.rights.wake();
        }
    }

    /// The erasing withdrawal that a change left, if it left one.
    fn erasure(&self, change: &Change) -> Result<Option<Standing>, StoreError> {
        if change.slot.kind != Kind::Profile || change.record.is_some() {
            return Ok(None);
        }
        Ok(self.store.standing(&change.slot)?.filter(|standing| standing.erases))
    }

    async fn note(&self, write: &mut Write, change: &Change, standing: &Standing) -> Result<(), Problem> {
        let Some(profile) = change.slot.profile_id() else { return Ok(()) };
        if profile.organisation == self.own {
            let by_date = Timestamp(standing.sequence).plus(PROFILE_LIFETIME);
            let erasure = ErasureRow { withdrawal: standing.id, by_date };
            return Ok(write.note_erasure(&profile.subject, &erasure).await?);
        }
        // Who never held it has nothing to confirm.
        if !change.ended || !write.confirm_erasure(&standing.id).await? {
            return Ok(());
        }
        let erased =
            Erased { subject: profile.subject, withdrawal: standing.id, state: Applied::Removed, at: write.now() };
        let duty = self.rights.duty(ERASED, MessageId(draw()?), profile.organisation, DutyBody::Erased(erased))?;
        Ok(write.queue_duty(&duty).await?)
    }
}
