//! The handle on the network folder, and how it is started.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use mentormesh_protocol::api::{ErrorCode, Joined, OrganisationRef, PeerView, Problem, Standing, SyncLast, SyncPeer};
use mentormesh_protocol::signed::Network as NetworkName;
use mentormesh_protocol::ticket::Ticket;
use mentormesh_protocol::wire::Topic;
use mentormesh_protocol::{OrganisationId, PeerId, SecretKey, Timestamp};
use mentormesh_swarm::{Address, Swarm, SwarmConfig, SwarmError};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

use super::book::{Book, Peer};
use super::circle::{Ask, Circle, Parts, Queues, Settings};
use super::context::{Claimed, Context, to_swarm};
use super::presence::{Presence, dialable};
use crate::clock::Clock;
use crate::desk::{Desk, DeskError};
use crate::event::Events;
use crate::ingest::{Announcement, Ingest, IngestError};
use crate::post::{AskedSender, Errand};
use crate::sealing::Secrets;
use crate::signing::{Safety, Signer};
use crate::store::Store;

/// Questions that wait for the circle; further askers wait.
const ASKS: usize = 64;
/// How long joining may take before the operator is told that nobody answered.
const JOIN: Duration = Duration::from_secs(45);

/// A cloneable handle.
#[derive(Clone, Debug)]
pub struct Network {
    asks: mpsc::Sender<Ask>,
    context: Context,
    desk: Desk,
}

/// What the network starts with.
#[derive(Debug)]
pub struct Opening {
    /// What stands.
    pub store: Store,
    /// The door.
    pub ingest: Ingest,
    /// Where peers are written down.
    pub desk: Desk,
    /// Who signs our card and delegation.
    pub signer: Signer,
    /// The keys letters are sealed to; the card names the current one.
    pub sealing: Secrets,
    /// The time.
    pub clock: Clock,
    /// Who hears what happens.
    pub events: Events,
    /// The network's name.
    pub network: NetworkName,
    /// Our organisation.
    pub own: OrganisationId,
    /// The key of this node's transport identity.
    pub node_key: SecretKey,
    /// Multiaddresses to listen on.
    pub listen: Vec<String>,
    /// Multiaddresses at which others reach us, if those differ.
    pub external: Vec<String>,
    /// Whether to look for peers on the local network.
    pub mdns: bool,
    /// Timers.
    pub settings: Settings,
    /// The most records of one organisation held here.
    pub quota: u64,
    /// What newly stands.
    pub announcements: mpsc::Receiver<Announcement>,
    /// What the courier wants done.
    pub errands: mpsc::Receiver<Errand>,
    /// Where requests of peers for the courier go.
    pub asked: AskedSender,
    /// Where the signer hears whether it may sign.
    pub safety: watch::Sender<Safety>,
}

/// What [`Network::spawn`] gives back.
#[derive(Debug)]
pub struct Started {
    /// The handle.
    pub network: Network,
    /// How many mentors organisations say they have.
    pub claimed: watch::Receiver<Claimed>,
    /// Set to true to stop.
    pub stop: watch::Sender<bool>,
    /// The circle's task and the swarm's.
    pub tasks: Vec<JoinHandle<()>>,
}

/// Why the network did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// An address is not a multiaddress.
    #[error("`{0}` is not an address like /ip4/0.0.0.0/tcp/4101")]
    Address(String),
    /// The swarm did not start.
    #[error("{0}{advice}", advice = elsewhere(.0))]
    Swarm(#[from] SwarmError),
    /// The desk could not be read.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// What to do about an address that is taken: the usual one is when a second node starts on a machine.
const fn elsewhere(error: &SwarmError) -> &'static str {
    match error {
        SwarmError::Listen { .. } => "; choose another address with --listen or network.listen",
        SwarmError::Config(_) | SwarmError::Setup { .. } => "",
    }
}

/// One peer as the circle sees it.
#[derive(Debug)]
pub(super) struct Seen {
    organisation: Option<OrganisationId>,
    connected: bool,
    admitted: bool,
    shows_us: Option<bool>,
    blocked: bool,
    addresses: Vec<String>,
    last_seen: Option<Timestamp>,
    problem: Option<String>,
    last: Option<SyncLast>,
}

impl Seen {
    pub(super) fn of(peer: &Peer) -> Self {
        let last = peer.last.as_ref().map(|report| SyncLast {
            at: report.at,
            result: report.result.as_ref().map_or_else(ToString::to_string, |()| "ok".to_owned()),
            received: report.received,
            sent: report.lacking,
            bytes: report.bytes,
        });
        Self {
            organisation: peer.organisation,
            connected: peer.connected,
            admitted: peer.admitted,
            shows_us: peer.shows_us(),
            blocked: peer.blocked,
            addresses: peer.addresses.clone(),
            last_seen: peer.last_seen,
            problem: peer.problem.clone(),
            last,
        }
    }
}

impl Network {
    /// Opens the sockets and starts the circle.
    ///
    /// # Errors
    /// When an address is malformed or taken, or the desk cannot be read.
    pub async fn spawn(opening: Opening) -> Result<Started, StartError> {
        let Opening { store, ingest, desk, signer, sealing, clock, events, network, own, node_key, .. } = opening;
        let config = SwarmConfig {
            node_key: *node_key.seed(),
            network: network.as_str().to_owned(),
            listen: parse(&opening.listen)?,
            external: parse(&opening.external)?,
            mdns: opening.mdns,
            topics: Topic::ALL.iter().map(|topic| topic.name(&network)).collect(),
        };
        let book = Book::load(desk.peers().await?);
        let (swarm, from_swarm, swarm_task) = Swarm::spawn(config).await?;
        for (peer, _) in book.peers.iter().filter(|(_, peer)| peer.blocked) {
            swarm.block(to_swarm(peer)).await;
        }
        let quota = opening.quota;
        let context = Context { swarm, store, ingest, clock, network, own, node_key: Arc::new(node_key), quota };
        let (claimed, claims) = watch::channel(Arc::new(BTreeMap::new()));
        let (stop, stopped) = watch::channel(false);
        let (asks, asked) = mpsc::channel(ASKS);
        let presence = Presence::new(signer, sealing);
        let parts = Parts {
            context: context.clone(),
            desk: desk.clone(),
            events,
            settings: opening.settings,
            book,
            presence,
            safety: opening.safety,
            claimed,
            asked: opening.asked,
        };
        let (circle, results) = Circle::new(parts);
        let queues = Queues {
            swarm: from_swarm,
            announcements: opening.announcements,
            asks: asked,
            errands: opening.errands,
            stop: stopped,
        };
        let circle_task = tokio::spawn(circle.run(queues, results));
        let network = Self { asks, context, desk };
        Ok(Started { network, claimed: claims, stop, tasks: vec![circle_task, swarm_task] })
    }

    /// This node's own transport identity.
    #[must_use]
    pub fn peer(&self) -> PeerId {
        self.context.peer()
    }

    /// A ticket for this node.
    ///
    /// # Errors
    /// When the node listens on nothing that can be dialled.
    pub async fn ticket(&self) -> Result<Ticket, Problem> {
        let addresses = dialable(&self.context).await;
        if addresses.is_empty() {
            let problem = Problem::new(ErrorCode::Conflict, "this node has no address that others can dial");
            return Err(problem.with_next("set network.listen or network.external in config.toml and restart"));
        }
        let network = self.context.network.as_str().to_owned();
        Ok(Ticket { network, organisation: self.context.own, peer: self.context.peer(), addresses })
    }

    /// Reaches the node of a ticket and makes it prove its organisation; pins that organisation if somebody is named who
    /// asks for it.
    ///
    /// # Errors
    /// When the ticket is damaged or of another network, nobody answers, or another organisation does.
    pub async fn join(&self, ticket: &str, pinned_by: Option<&str>) -> Result<Joined, Problem> {
        let ticket: Ticket = ticket.parse().map_err(|error| Problem::field("ticket", format!("{error}")))?;
        let ours = self.context.network.as_str();
        if ticket.network != ours {
            let detail = format!("the ticket is for network `{}`, this node is on `{ours}`", ticket.network);
            return Err(Problem::new(ErrorCode::PeerRefused, detail));
        }
        if ticket.organisation == self.context.own {
            return Err(Problem::field("ticket", "is of this very organisation; hand it to another one"));
        }
        let organisation = ticket.organisation;
        let blocked = self.context.view().settings.blocked.contains(&organisation);
        if blocked {
            let next = format!("mentormesh trust unblock {organisation}");
            let problem = Problem::new(ErrorCode::PeerRefused, "the ticket's organisation is blocked here");
            return Err(problem.with_next(next));
        }
        let (reply, answer) = oneshot::channel();
        self.ask(Ask::Join(ticket, reply)).await?;
        let peer = match tokio::time::timeout(JOIN, answer).await {
            Ok(Ok(answer)) => answer?,
            Ok(Err(_)) => return Err(stopping()),
            Err(_) => {
                let problem =
                    Problem::new(ErrorCode::PeerRefused, "no node answered at the ticket's addresses in time");
                return Err(problem.with_next("check that the other node runs and that its port is reachable"));
            }
        };
        if let Some(by) = pinned_by {
            self.desk.set_standing(&organisation, Standing::Pinned, by).await.map_err(desk_problem)?;
            let settings = self.desk.trust().await.map_err(desk_problem)?;
            self.context.ingest.set_trust(settings).await.map_err(ingest_problem)?;
        }
        let view = self.context.view();
        let pinned = view.settings.pinned.contains(&organisation);
        let next = if pinned {
            "its mentors appear here within seconds; ours appear there once they pin this organisation".to_owned()
        } else if view.shows(&organisation) {
            "its mentors appear here within seconds, by the `open` policy".to_owned()
        } else {
            format!("nothing of it is shown yet; show it with: mentormesh trust pin {organisation}")
        };
        let organisation = OrganisationRef { id: organisation, name: view.name(&organisation) };
        Ok(Joined { peer, organisation, pinned, next })
    }

    /// Every peer this node knows, connected ones first.
    pub async fn peers(&self) -> Vec<PeerView> {
        let view = self.context.view();
        let mut peers: Vec<_> = self
            .seen()
            .await
            .into_iter()
            .map(|(id, seen)| PeerView {
                id,
                organisation: seen.organisation.map(|id| OrganisationRef { id, name: view.name(&id) }),
                connected: seen.connected,
                admitted: seen.admitted,
                shows_us: seen.shows_us,
                blocked: seen.blocked,
                addresses: seen.addresses,
                last_seen: seen.last_seen,
                problem: seen.problem,
            })
            .collect();
        peers.sort_by_key(|peer| !peer.connected);
        peers
    }

    /// How the last session with each peer went.
    pub async fn sync_peers(&self) -> Vec<SyncPeer> {
        let seen = self.seen().await;
        seen.into_iter()
            .map(|(peer, seen)| SyncPeer { peer, organisation: seen.organisation, last: seen.last })
            .collect()
    }

    /// Takes connections of a peer no more, or again.
    ///
    /// # Errors
    /// When the desk cannot be written or the node is stopping.
    pub async fn set_blocked(&self, peer: PeerId, blocked: bool, by: &str) -> Result<(), Problem> {
        self.desk.set_peer_blocked(&peer, blocked, by).await.map_err(desk_problem)?;
        let (reply, answer) = oneshot::channel();
        self.ask(Ask::Block(peer, blocked, reply)).await?;
        answer.await.map_err(|_| stopping())
    }

    /// Compares with every connected peer now, and dials those that are not.
    ///
    /// # Errors
    /// When the node is stopping.
    pub async fn sync_now(&self) -> Result<(), Problem> {
        let (reply, answer) = oneshot::channel();
        self.ask(Ask::SyncNow(reply)).await?;
        answer.await.map_err(|_| stopping())
    }

    /// Signs our card and delegation again if the desk says something else than they do.
    ///
    /// # Errors
    /// When the node is stopping.
    pub async fn present(&self) -> Result<(), Problem> {
        let (reply, answer) = oneshot::channel();
        self.ask(Ask::Present(reply)).await?;
        answer.await.map_err(|_| stopping())
    }

    /// The addresses this node listens on, ports resolved.
    pub async fn listening(&self) -> Vec<String> {
        self.context.swarm.listen_addresses().await.iter().map(ToString::to_string).collect()
    }

    /// Where one organisation's set stands here now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn head(&self, organisation: &OrganisationId) -> Result<(u64, String, u64), crate::store::StoreError> {
        let head = self.context.head(organisation, self.context.clock.now())?;
        Ok((head.count, head.fingerprint.to_string(), head.max_sequence))
    }

    async fn seen(&self) -> Vec<(PeerId, Seen)> {
        let (reply, answer) = oneshot::channel();
        if self.ask(Ask::Peers(reply)).await.is_err() {
            return Vec::new();
        }
        answer.await.unwrap_or_default()
    }

    async fn ask(&self, ask: Ask) -> Result<(), Problem> {
        self.asks.send(ask).await.map_err(|_| stopping())
    }
}

fn parse(texts: &[String]) -> Result<Vec<Address>, StartError> {
    texts.iter().map(|text| text.parse().map_err(|_| StartError::Address(text.clone()))).collect()
}

fn stopping() -> Problem {
    Problem::new(ErrorCode::Busy, "the node is stopping")
}

fn desk_problem(error: DeskError) -> Problem {
    crate::signing::SignError::from(error).into()
}

fn ingest_problem(error: IngestError) -> Problem {
    crate::signing::SignError::from(error).into()
}
