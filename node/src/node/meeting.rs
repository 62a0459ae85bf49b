//! Meeting others: the network on ports that stay, and the tickets a node was started with.

use tokio::sync::{mpsc, watch};

use super::StartError;
use super::ground::Ground;
use super::register::Register;
use super::voice::Voice;
use crate::event::Events;
use crate::folder::Folder;
use crate::ingest::Announcement;
use crate::network::{Network, Opening, Settings, Started};
use crate::ports::Ports;
use crate::post::{AskedSender, Errand};
use crate::signing::Safety;

/// What goes between the network and the rest of the node, each end held once.
pub(super) struct Ways {
    pub(super) announcements: mpsc::Receiver<Announcement>,
    pub(super) errands: mpsc::Receiver<Errand>,
    pub(super) asked: AskedSender,
    pub(super) safety: watch::Sender<Safety>,
}

/// What the network starts with.
pub(super) fn opening(
    ground: &Ground,
    register: &Register,
    voice: &Voice,
    events: &Events,
    ways: Ways,
    listen: Vec<String>,
) -> Opening {
    let Ground { config, keys, desk, clock, network, .. } = ground;
    Opening {
        store: register.store.clone(),
        ingest: register.ingest.clone(),
        desk: desk.clone(),
        signer: voice.signer.clone(),
        sealing: voice.sealing.secrets(),
        clock: clock.clone(),
        events: events.clone(),
        network: network.clone(),
        own: register.organisation,
        node_key: keys.node.clone(),
        listen: if listen.is_empty() { config.network.listen.clone() } else { listen },
        external: config.network.external.clone(),
        mdns: config.network.mdns,
        settings: Settings {
            recent_every: u64::from(config.sync.recent_every_seconds) * 1_000,
            full_every: u64::from(config.sync.full_every_seconds) * 1_000,
        },
        quota: config.limits.records_pinned as u64,
        announcements: ways.announcements,
        errands: ways.errands,
        asked: ways.asked,
        safety: ways.safety,
    }
}

/// Starts the network on the ports that were kept, and keeps those that the system chose now. Answers where it listens.
pub(super) async fn meet(folder: &Folder, mut opening: Opening) -> Result<(Started, Vec<String>), StartError> {
    let mut ports = Ports::load(folder);
    let asked = std::mem::take(&mut opening.listen);
    opening.listen = ports.resolve(&asked);
    let met = Network::spawn(opening).await?;
    let listening = met.network.listening().await;
    if let Err(error) = ports.keep(&asked, &listening) {
        tracing::warn!(%error, "could not keep the ports that the system chose; tickets may go stale");
    }
    Ok((met, listening))
}

/// Joins whoever the tickets are of, one after the other.
pub(super) async fn join_all(network: Network, tickets: Vec<String>) {
    for ticket in tickets {
        match network.join(&ticket, None).await {
            Ok(joined) => tracing::info!(organisation = %joined.organisation.name, next = %joined.next, "joined"),
            Err(problem) => tracing::error!(%problem, "could not join; `mentormesh peer join` tries again"),
        }
    }
}
