//! What the stories of several rooms stand on: one organisation's desk, store, door and signer on a disk of their own.

use mentormesh_protocol::testing::Organisation;
use mentormesh_protocol::trust::Settings;
use tokio::sync::watch;

use super::{HomeFirst, Parts, Safety, Signer};
use crate::clock::Clock;
use crate::desk::Desk;
use crate::ingest::{Ingest, Limits};
use crate::store::Store;

/// One organisation's ground. It signs at once, unless `safety` says otherwise.
pub(crate) struct Ground {
    pub(crate) desk: Desk,
    pub(crate) store: Store,
    pub(crate) ingest: Ingest,
    pub(crate) signer: Signer,
    pub(crate) safety: watch::Sender<Safety>,
    pub(crate) folder: tempfile::TempDir,
}

/// The ground of `body`, which trusts as `settings` say and holds no record yet, its own first operation included.
pub(crate) async fn ground(body: &Organisation, settings: Settings, clock: &Clock) -> Ground {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = Desk::open(&folder.path().join("desk.sqlite"), clock.clone()).await.expect("a desk");
    let opened = Store::open(&folder.path().join("store")).expect("a store");
    let (store, network, limits) = (opened.store.clone(), body.network().clone(), Limits::default());
    let started =
        Ingest::spawn(opened.store, opened.writer, network.clone(), body.id(), settings, limits, clock.clone());
    let ingest = started.expect("a thread").ingest;
    let (safety, safe) = watch::channel(Safety { home_first: HomeFirst::Done, clock_off: None });
    let signer = Signer::new(Parts {
        organisation: body.id(),
        network,
        key: body.signing_key(0),
        peer: body.peer(),
        desk: desk.clone(),
        store: store.clone(),
        ingest: ingest.clone(),
        clock: clock.clone(),
        safety: safe,
    });
    Ground { desk, store, ingest, signer, safety, folder }
}
