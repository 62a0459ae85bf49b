//! The register, open and followed by its index, with everything of ours in it that the desk keeps.

use std::thread::JoinHandle;

use mentormesh_protocol::{OrganisationId, Record, RecordId, Signed};
use tokio::sync::mpsc;

use super::StartError;
use super::ground::Ground;
use crate::desk::Desk;
use crate::folder::Folder;
use crate::index::{self, Index};
use crate::ingest::{Announcement, Ingest, Limits, Origin};
use crate::search::Follower;
use crate::store::{HowOpened, Opened, Store, StoreError};

/// Records that are handed to the door at once.
const BATCH: usize = 256;

/// The register: layers 1 and 2.
pub(super) struct Register {
    pub(super) organisation: OrganisationId,
    pub(super) store: Store,
    /// Whether it begins empty although records of ours were signed before.
    pub(super) empty: bool,
    /// Up to where the index must follow until searches find what they found before.
    pub(super) index_until: u64,
    pub(super) ingest: Ingest,
    pub(super) index: Index,
    pub(super) follower: Follower,
}

/// What the door gives out only once.
pub(super) struct Door {
    pub(super) announcements: mpsc::Receiver<Announcement>,
    pub(super) thread: JoinHandle<()>,
}

impl Register {
    pub(super) async fn open(ground: &Ground) -> Result<(Self, Door), StartError> {
        let Ground { folder, desk, config, network, clock, .. } = ground;
        let operations = desk.own_operations().await?;
        let organisation = own_organisation(&operations).ok_or(StartError::NoOrganisation)?;
        let Opened { store, writer, how } = open_store(folder).await?;
        // Where the log ended before anything of ours is handed in again: an index beyond it is of another history.
        let reached = store.last_position();
        let limits = Limits {
            open: config.limits.records_open,
            pinned: config.limits.records_pinned,
            register: config.limits.register_records,
            ..Limits::default()
        };
        let trust = desk.trust().await?;
        let door = Ingest::spawn(store.clone(), writer, network.clone(), organisation, trust, limits, clock.clone())?;
        let ingest = door.ingest;
        replay(desk, &store, &ingest, operations).await?;
        let empty = match how {
            HowOpened::SetAside { .. } => true,
            HowOpened::Fresh => !desk.own_sequences().await?.is_empty(),
            HowOpened::Whole => false,
        };
        let opened = index::open(&folder.index(), store.generation(), reached)?;
        // One that is merely a little behind, as after a kill, is no matter for anybody.
        let index_until = if opened.position == 0 { store.last_position() } else { 0 };
        if let Some(reason) = &opened.rebuilt {
            tracing::warn!(%reason, "the search index is built again");
        }
        let follower = Follower::spawn(store.clone(), opened.writer, ingest.position())?;
        let register = Self { organisation, store, empty, index_until, ingest, index: opened.index, follower };
        Ok((register, Door { announcements: door.announcements, thread: door.thread }))
    }
}

/// Opening may read everything that is held, so it waits on a thread of its own.
async fn open_store(folder: &Folder) -> Result<Opened, StartError> {
    let place = folder.store();
    match tokio::task::spawn_blocking(move || Store::open(&place)).await {
        Ok(opened) => {
            let opened = opened?;
            if let HowOpened::SetAside { kept, reason } = &opened.how {
                tracing::error!(%reason, kept = %kept.display(), "the store was set aside; it is rebuilt from the desk and from peers");
            }
            Ok(opened)
        }
        Err(_) => Err(StoreError::Corrupt("opening it failed".to_owned()).into()),
    }
}

fn own_organisation(operations: &[Vec<u8>]) -> Option<OrganisationId> {
    let first = Signed::<Record>::decode(operations.first()?).ok()?;
    let RecordId(id) = first.id();
    first.claims().header().organisation.is_none().then_some(OrganisationId(id))
}

/// Hands the door everything of ours that the desk keeps and the store may lack: after a crash between the two, or
/// after the store was set aside.
async fn replay(desk: &Desk, store: &Store, ingest: &Ingest, operations: Vec<Vec<u8>>) -> Result<(), StartError> {
    ingest.accept(operations, Origin::Local).await?;
    let mut missing = Vec::new();
    for own in desk.own_envelopes().await? {
        let id = RecordId(mentormesh_protocol::key::sha256(&own.envelope));
        if !store.contains(&id)? {
            missing.push(own.envelope);
        }
    }
    for batch in missing.chunks(BATCH) {
        ingest.accept(batch.to_vec(), Origin::Local).await?;
    }
    Ok(())
}
