//! The handle by which everybody else offers records and settings to the ingest thread.

use std::sync::Arc;
use std::time::Duration;

use mentormesh_protocol::trust::Settings;
use mentormesh_protocol::{OrganisationId, RecordId};
use tokio::sync::{mpsc, oneshot, watch};

use super::thread::{self, Limits, SpawnError, Work};
use super::{Announcement, Origin, Verdict};
use crate::clock::Clock;
use crate::store::{Store, StoreError, Writer};
use crate::view::{View, Views};

/// Offers that wait for the thread. When it is full, gossip is answered *busy* and left to sync, others wait.
const OFFERS: usize = 256;
/// How long an offer that is not gossip waits for a place in the queue.
const PATIENCE: Duration = Duration::from_secs(10);
/// Announcements that wait for the network; when it is full they are dropped, and sync heals.
const ANNOUNCEMENTS: usize = 64;

/// A cloneable handle on the door.
#[derive(Clone, Debug)]
pub struct Ingest {
    work: mpsc::Sender<Work>,
    views: Views,
    position: watch::Receiver<u64>,
}

/// What [`Ingest::spawn`] gives back.
#[derive(Debug)]
pub struct Started {
    /// The handle.
    pub ingest: Ingest,
    /// What newly stands, for the network.
    pub announcements: mpsc::Receiver<Announcement>,
    /// The thread, which ends when the last handle is gone.
    pub thread: std::thread::JoinHandle<()>,
}

/// Why an offer got no verdicts.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The queue stayed full.
    #[error("the node is busy storing other records")]
    Busy,
    /// The store could not make it durable.
    #[error(transparent)]
    Store(#[from] Arc<StoreError>),
    /// The node is stopping.
    #[error("the node is stopping")]
    Stopped,
}

impl Ingest {
    /// Starts the thread on a store that was just opened.
    ///
    /// # Errors
    /// When the store cannot be read or no thread can be started.
    pub fn spawn(
        store: Store,
        writer: Writer,
        network: mentormesh_protocol::signed::Network,
        own: OrganisationId,
        settings: Settings,
        limits: Limits,
        clock: Clock,
    ) -> Result<Started, SpawnError> {
        let (work, queue) = mpsc::channel(OFFERS);
        let (announce, announcements) = mpsc::channel(ANNOUNCEMENTS);
        let (at, position) = watch::channel(store.last_position());
        let (publish, views) = watch::channel(Arc::new(View {
            own,
            settings: settings.clone(),
            organisations: std::collections::BTreeMap::new(),
        }));
        let opening = thread::Opening { store, writer, network, own, settings, limits, clock, announce, at, publish };
        let thread = thread::spawn(opening, queue)?;
        Ok(Started { ingest: Self { work, views, position }, announcements, thread })
    }

    /// Offers envelopes and waits for their verdicts, one each and in order. What is answered *stored* is durable.
    ///
    /// # Errors
    /// When the node is busy or stopping, or the store cannot make it durable; then nothing of it was acknowledged.
    pub async fn accept(&self, envelopes: Vec<Vec<u8>>, origin: Origin) -> Result<Vec<Verdict>, IngestError> {
        let (reply, answer) = oneshot::channel();
        let offer = Work::Offer { envelopes, origin, reply };
        match origin {
            Origin::Gossip(_) => self.work.try_send(offer).map_err(|_| IngestError::Busy)?,
            Origin::Local | Origin::Sync { .. } => self.send(offer).await?,
        }
        Ok(answer.await.map_err(|_| IngestError::Stopped)??)
    }

    /// Takes new trust settings; when this returns, the view, the store and what is held follow them.
    ///
    /// # Errors
    /// When the node is busy or stopping, or records could not be purged.
    pub async fn set_trust(&self, settings: Settings) -> Result<(), IngestError> {
        let (reply, answer) = oneshot::channel();
        self.send(Work::Trust { settings, reply }).await?;
        Ok(answer.await.map_err(|_| IngestError::Stopped)??)
    }

    /// Follows one branch of an organisation's chain, whatever else is known.
    ///
    /// # Errors
    /// When the node is busy or stopping.
    pub async fn pin_tip(&self, organisation: OrganisationId, tip: Option<RecordId>) -> Result<(), IngestError> {
        let (reply, answer) = oneshot::channel();
        self.send(Work::PinTip { organisation, tip, reply }).await?;
        Ok(answer.await.map_err(|_| IngestError::Stopped)??)
    }

    /// Removes what expired long ago, takes in what was parked for now, and lets go of what is no longer held.
    ///
    /// # Errors
    /// When the node is busy or stopping, or the store cannot be written.
    pub async fn sweep(&self) -> Result<(), IngestError> {
        let (reply, answer) = oneshot::channel();
        self.send(Work::Sweep { reply }).await?;
        Ok(answer.await.map_err(|_| IngestError::Stopped)??)
    }

    /// The latest view of every organisation.
    #[must_use]
    pub fn views(&self) -> Views {
        self.views.clone()
    }

    /// The end of the store's change log, for whoever follows it.
    #[must_use]
    pub fn position(&self) -> watch::Receiver<u64> {
        self.position.clone()
    }

    async fn send(&self, work: Work) -> Result<(), IngestError> {
        match tokio::time::timeout(PATIENCE, self.work.send(work)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(IngestError::Stopped),
            Err(_) => Err(IngestError::Busy),
        }
    }
}
