//! What the stories of several tables begin with: a desk in a folder of its own, at one moment.

use mentormesh_protocol::{Kind, OrganisationId, Slot, Timestamp};

use super::Desk;
use crate::clock::Clock;

/// When every story begins.
pub(super) const NOW: Timestamp = Timestamp(1_795_000_000_000);

/// A new desk, its clock to move, and the folder that goes when it is dropped.
pub(super) async fn desk() -> (tempfile::TempDir, Desk, Clock) {
    let folder = tempfile::tempdir().expect("a folder");
    let (desk, clock) = desk_in(&folder).await;
    (folder, desk, clock)
}

/// The desk of a folder, as a start finds it.
pub(super) async fn desk_in(folder: &tempfile::TempDir) -> (Desk, Clock) {
    let clock = Clock::set_at(NOW);
    (Desk::open(&folder.path().join("desk.sqlite"), clock.clone()).await.expect("a desk"), clock)
}

/// The slot of a mentor of ours.
pub(super) fn slot() -> Slot {
    Slot { organisation: OrganisationId([1; 32]), kind: Kind::Profile, about: vec![7; 16] }
}
