//! Start order and shutdown order: the only place that knows every part of a node.

use std::net::SocketAddr;
use std::time::Duration;

use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::signed::{Network as NetworkName, NotANetwork};
use mentormesh_protocol::{OrganisationId, Record, RecordId, Signed};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::config::Config;
use crate::desk::{Desk, DeskError};
use crate::event::Events;
use crate::folder::{Folder, FolderError, Lock, Run};
use crate::http;
use crate::index::{self, IndexError};
use crate::ingest::{Announcement, Ingest, IngestError, Limits, Origin, SpawnError};
use crate::introductions::{self, BadDay, CourierParts, Introductions};
use crate::listings::{self, Listings, Upkeep};
use crate::network::{self, Network, Opening, Settings, StartError as NetworkError};
use crate::notify::{self, Notify};
use crate::ports::Ports;
use crate::post::Post;
use crate::sealing::Sealing;
use crate::search::{self, Follower, Search};
use crate::signing::{HomeFirst, Parts, Safety, Signer};
use crate::states::{self, States};
use crate::store::{HowOpened, Opened, Store, StoreError};

/// How long parts may take to stop before they are left behind.
const STOPPING: Duration = Duration::from_secs(8);
/// How often expired records are swept and parked ones looked at.
const SWEEP_EVERY: Duration = Duration::from_secs(30);

/// What a node is started with.
#[derive(Debug)]
pub struct StartRequest {
    /// Its data folder, already founded.
    pub folder: Folder,
    /// Its configuration.
    pub config: Config,
    /// Where to serve HTTP, if not as configured.
    pub http: Option<SocketAddr>,
    /// Where to listen, if not as configured.
    pub listen: Vec<String>,
    /// Tickets of nodes to join once it runs.
    pub join: Vec<String>,
    /// The time.
    pub clock: Clock,
}

/// Why a node did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The folder is missing, in use or not private.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The folder has no first operation.
    #[error("the data folder holds no organisation; make one with `mentormesh init --name NAME` in an empty folder")]
    NoOrganisation,
    /// The network's name is none.
    #[error("network.name: {0}")]
    Network(#[from] NotANetwork),
    /// The desk did not open.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The store did not open.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The door did not open.
    #[error(transparent)]
    Ingest(#[from] SpawnError),
    /// Our own records could not be taken in again.
    #[error("our own records could not be taken in again: {0}")]
    Replay(#[from] IngestError),
    /// The index did not open.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The system gave no thread.
    #[error("no thread could be started")]
    Thread(#[from] std::io::Error),
    /// The network did not start.
    #[error(transparent)]
    Listen(#[from] NetworkError),
    /// The address for HTTP is taken or not ours.
    #[error("{address} cannot be served ({source}); choose another address with --http or http.listen")]
    Http {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
}

/// A running node.
#[derive(Debug)]
pub struct Node {
    organisation: OrganisationId,
    http: SocketAddr,
    token: String,
    network: Network,
    folder: Folder,
    desk: Desk,
    follower: Follower,
    stop: watch::Sender<bool>,
    stop_network: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    network_tasks: Vec<JoinHandle<()>>,
    ingest: Ingest,
    ingest_thread: std::thread::JoinHandle<()>,
    _lock: Lock,
}

impl Node {
    /// Starts every part, lowest layer first. When this returns, the node serves.
    ///
    /// # Errors
    /// The first part that did not start, in words for the operator.
    pub async fn start(request: StartRequest) -> Result<Self, StartError> {
        let StartRequest { folder, config, http, listen, join, clock } = request;
        folder.founded()?;
        let lock = folder.lock()?;
        let (keys, token) = (folder.keys()?, folder.token()?);
        let network_name = NetworkName::new(&config.network.name)?;
        let http = http.unwrap_or(config.http.listen);
        let listener = TcpListener::bind(http).await.map_err(|source| StartError::Http { address: http, source })?;
        let http = listener.local_addr().map_err(|source| StartError::Http { address: http, source })?;

        let desk = Desk::open(&folder.desk(), clock.clone()).await?;
        desk.release_all().await?;
        let register = Register::open(&folder, &desk, &config, &network_name, clock.clone()).await?;
        let Register { organisation, store, empty, index_until, ingest, announcements, thread, index, follower } =
            register;

        // Whoever stopped last took the word back, unless it was killed.
        let bad_day = BadDay { unclean: folder.run().is_some(), restored: desk.restored().await? };
        let (post, errands) = Post::new();
        let (asking, asked) = Post::asked();
        let knows_somebody = network::knows_somebody(&desk.peers().await?, &desk.trust().await?);
        let home_first = if knows_somebody { HomeFirst::Waiting } else { HomeFirst::Done };
        if !knows_somebody {
            desk.note_compared().await?;
        }
        let (safety, safe) = watch::channel(Safety { home_first, clock_off: None });
        let signer = Signer::new(Parts {
            organisation,
            network: network_name.clone(),
            key: keys.signing.clone(),
            peer: keys.peer(),
            desk: desk.clone(),
            store: store.clone(),
            ingest: ingest.clone(),
            clock: clock.clone(),
            safety: safe.clone(),
        });

        let sealing = Sealing::new(folder.clone(), &keys, clock.clone());
        let events = Events::default();
        let opening = Opening {
            store: store.clone(),
            ingest: ingest.clone(),
            desk: desk.clone(),
            signer: signer.clone(),
            sealing: sealing.secrets(),
            clock: clock.clone(),
            events: events.clone(),
            network: network_name.clone(),
            own: organisation,
            node_key: keys.node.clone(),
            listen: if listen.is_empty() { config.network.listen.clone() } else { listen },
            external: config.network.external.clone(),
            mdns: config.network.mdns,
            settings: Settings {
                recent_every: u64::from(config.sync.recent_every_seconds) * 1_000,
                full_every: u64::from(config.sync.full_every_seconds) * 1_000,
            },
            quota: config.limits.records_pinned as u64,
            announcements,
            errands,
            asked: asking,
            safety,
        };
        let (met, listening) = meet(&folder, opening).await?;
        let network = met.network;

        let search = Search::new(search::Parts {
            store: store.clone(),
            index,
            indexed: follower.indexed(),
            views: ingest.views(),
            claimed: met.claimed,
            clock: clock.clone(),
        });
        let introductions = Introductions::new(introductions::Parts {
            desk: desk.clone(),
            signer: signer.clone(),
            store: store.clone(),
            views: ingest.views(),
            clock: clock.clone(),
            events: events.clone(),
            network: network_name,
            sealing: sealing.secrets(),
        });
        let listings = Listings::new(listings::Parts {
            desk: desk.clone(),
            signer: signer.clone(),
            clock: clock.clone(),
            views: ingest.views(),
            events: events.clone(),
            confirm_every: u64::from(config.listings.confirm_every_days) * DAY,
        });
        let (stop, stopped) = watch::channel(false);
        let upkeep = Upkeep::new(listings.clone(), desk.clone(), store.clone(), organisation);
        let states = States::new(states::Parts {
            refetching: empty && knows_somebody,
            indexed: follower.indexed(),
            index_until,
            store: store.clone(),
            desk: desk.clone(),
            views: ingest.views(),
            safety: safe.clone(),
            peer: keys.peer(),
        });
        let mut tasks = vec![
            tokio::spawn(upkeep.run(ingest.position(), stopped.clone())),
            tokio::spawn(sweep(ingest.clone(), desk.clone(), stopped.clone())),
        ];
        let notify = notify::Parts {
            desk: desk.clone(),
            introductions: introductions.clone(),
            clock: clock.clone(),
            events,
            config: config.notify.clone(),
        };
        tasks.push(tokio::spawn(Notify::new(notify).run(stopped.clone())));
        let (states, states_task) = states.spawn(network.clone(), stopped.clone());
        tasks.push(states_task);
        let courier = CourierParts {
            introductions: introductions.clone(),
            post,
            asked,
            ingest: ingest.clone(),
            node_key: keys.node,
            safety: safe,
            bad_day,
        };
        tasks.extend(introductions::spawn(courier, stopped.clone()).await?);
        // Not before it is noted what may be missing here: no wait ends, and nothing is declined, for want of that.
        tasks.push(tokio::spawn(introductions.clone().keep_swept(stopped.clone())));

        let app = http::App::new(http::Parts {
            search,
            listings,
            introductions,
            views: ingest.views(),
            desk: desk.clone(),
            store,
            ingest: ingest.clone(),
            network: network.clone(),
            signer,
            sealing,
            clock: clock.clone(),
            network_name: config.network.name.clone(),
            token: token.clone(),
            public: config.search.public,
            started_at: clock.now(),
            states,
        });
        let mut until = stopped.clone();
        let serving = http::serve(listener, app, async move {
            let _gone = until.wait_for(|stop| *stop).await.is_err();
        });
        tasks.push(tokio::spawn(serving));
        folder.announce(&Run { pid: std::process::id(), http: format!("http://{http}"), listening, organisation })?;
        tasks.push(tokio::spawn(join_all(network.clone(), join)));
        Ok(Self {
            organisation,
            http,
            token,
            network,
            folder,
            desk,
            follower,
            stop,
            stop_network: met.stop,
            tasks,
            network_tasks: met.tasks,
            ingest,
            ingest_thread: thread,
            _lock: lock,
        })
    }

    /// Where HTTP is served.
    #[must_use]
    pub fn http_url(&self) -> String {
        format!("http://{}", self.http)
    }

    /// The registrar's token.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Whose node it is.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// The handle on its network.
    #[must_use]
    pub const fn network(&self) -> &Network {
        &self.network
    }

    /// Stops every part, in the reverse of the start order, and makes everything durable.
    pub async fn shutdown(self) {
        let _already = self.folder.conceal();
        self.stop.send_replace(true);
        finish(self.tasks).await;
        self.stop_network.send_replace(true);
        finish(self.network_tasks).await;
        drop(self.network);
        drop(self.ingest);
        let (door, follower) = (self.ingest_thread, self.follower);
        // The door closes when nobody can knock any more, and the follower when there is nothing left to follow.
        let joined = tokio::task::spawn_blocking(move || {
            let closed = door.join().is_ok();
            follower.join();
            closed
        });
        if tokio::time::timeout(STOPPING, joined).await.is_err() {
            tracing::warn!("the door did not close in time; what was acknowledged is durable");
        }
        self.desk.close().await;
    }
}

/// The register, open and followed by its index: layers 1 and 2.
struct Register {
    organisation: OrganisationId,
    store: Store,
    /// Whether it begins empty although records of ours were signed before.
    empty: bool,
    /// Up to where the index must follow until searches find what they found before.
    index_until: u64,
    ingest: Ingest,
    announcements: mpsc::Receiver<Announcement>,
    thread: std::thread::JoinHandle<()>,
    index: index::Index,
    follower: Follower,
}

impl Register {
    async fn open(
        folder: &Folder,
        desk: &Desk,
        config: &Config,
        network: &NetworkName,
        clock: Clock,
    ) -> Result<Self, StartError> {
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
        let door = Ingest::spawn(store.clone(), writer, network.clone(), organisation, trust, limits, clock)?;
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
        let (announcements, thread, index) = (door.announcements, door.thread, opened.index);
        Ok(Self { organisation, store, empty, index_until, ingest, announcements, thread, index, follower })
    }
}

/// Starts the network on the ports that were kept, and keeps those that the system chose now. Answers where it listens.
async fn meet(folder: &Folder, mut opening: Opening) -> Result<(network::Started, Vec<String>), StartError> {
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

async fn finish(tasks: Vec<JoinHandle<()>>) {
    for mut task in tasks {
        if tokio::time::timeout(STOPPING, &mut task).await.is_err() {
            task.abort();
        }
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
    for batch in missing.chunks(256) {
        ingest.accept(batch.to_vec(), Origin::Local).await?;
    }
    Ok(())
}

async fn sweep(ingest: Ingest, desk: Desk, mut stopped: watch::Receiver<bool>) {
    let mut every = tokio::time::interval(SWEEP_EVERY);
    loop {
        tokio::select! {
            _ = every.tick() => {
                if let Err(error) = ingest.sweep().await {
                    tracing::warn!(%error, "expired records could not be swept");
                }
                if let Err(error) = desk.sweep().await {
                    tracing::warn!(%error, "old requests could not be swept from the desk");
                }
                // Addresses that were let go of leave the write-ahead log as well.
                if let Err(error) = desk.settle().await {
                    tracing::warn!(%error, "the desk's write-ahead log could not be emptied");
                }
            }
            _ = stopped.changed() => return,
        }
    }
}

async fn join_all(network: Network, tickets: Vec<String>) {
    for ticket in tickets {
        match network.join(&ticket, false).await {
            Ok(joined) => tracing::info!(organisation = %joined.organisation.name, next = %joined.next, "joined"),
            Err(problem) => tracing::error!(%problem, "could not join; `mentormesh peer join` tries again"),
        }
    }
}
