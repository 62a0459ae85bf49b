//! The one task that owns the peers: it hears what happens, keeps the timers, and starts what must be done.
//!
//! Nothing here waits for a peer. Sessions and answers run in tasks of their own, bounded in number, and come back
//! through a channel. When the announcements queue overflows, sync heals.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::limits::MINUTE;
use mentormesh_protocol::ticket::Ticket;
use mentormesh_protocol::wire::{Hello, Topic};
use mentormesh_protocol::{OrganisationId, PeerId, Timestamp};
use mentormesh_swarm::{Acceptance, Address, GossipToken, Protocol, SwarmEvent};
use tokio::sync::{Semaphore, mpsc, oneshot, watch};

use super::answers::{self, Heard};
use super::book::Book;
use super::context::{Claimed, Context, chance, from_swarm, to_swarm};
use super::gossip::{self, Pace};
use super::heads::Heads;
use super::presence::Presence;
use super::session::{self, Reach, Report, SessionError};
use crate::desk::Desk;
use crate::event::{Event, Events};
use crate::ingest::Announcement;
use crate::signing::{HomeFirst, Safety};
use crate::view::Views;

/// Sessions of ours that run at once.
const SESSIONS: usize = 4;
/// Requests of others that are answered at once; further ones are told to come again.
const ANSWERS: usize = 8;
/// Gossip messages that wait for the door at once.
const GOSSIP: usize = 64;
/// Results that wait for the circle.
const RESULTS: usize = 256;
/// Dials that are started in one second.
const DIALS: usize = 8;
/// After this long without a peer, what is published is kept alive.
const HOME_FIRST_PATIENCE: u64 = 10 * MINUTE;
/// How far back the frequent comparison looks.
const RECENT: u64 = 60 * MINUTE;

/// How often nodes compare.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Milliseconds between comparisons of the last hour with one random peer; varied by a third.
    pub recent_every: u64,
    /// Milliseconds between comparisons of everything with one random peer; varied by a fifth.
    pub full_every: u64,
}

/// What the handle asks of the circle.
pub(super) enum Ask {
    Join(Ticket, oneshot::Sender<Result<PeerId, Problem>>),
    Peers(oneshot::Sender<Vec<(PeerId, super::handle::Seen)>>),
    Block(PeerId, bool, oneshot::Sender<()>),
    SyncNow(oneshot::Sender<()>),
    Present(oneshot::Sender<()>),
}

/// What comes back from tasks.
pub(super) enum Outcome {
    Session(Report),
    Heard(PeerId, Heard),
}

/// What the circle is made of.
pub(super) struct Circle {
    pub(super) context: Context,
    pub(super) desk: Desk,
    pub(super) events: Events,
    pub(super) settings: Settings,
    pub(super) book: Book,
    pub(super) presence: Presence,
    pub(super) safety: watch::Sender<Safety>,
    pub(super) claimed: watch::Sender<Claimed>,
    pub(super) started_at: Timestamp,
    heads: Heads,
    pace: Pace,
    joins: BTreeMap<PeerId, Vec<(Ticket, oneshot::Sender<Result<PeerId, Problem>>)>>,
    answering: Arc<Semaphore>,
    gossiping: Arc<Semaphore>,
    results: mpsc::Sender<Outcome>,
    next_recent: Timestamp,
    next_full: Timestamp,
}

/// The parts that [`Circle::new`] takes.
pub(super) struct Parts {
    pub(super) context: Context,
    pub(super) desk: Desk,
    pub(super) events: Events,
    pub(super) settings: Settings,
    pub(super) book: Book,
    pub(super) presence: Presence,
    pub(super) safety: watch::Sender<Safety>,
    pub(super) claimed: watch::Sender<Claimed>,
}

/// The queues that the circle listens to.
pub(super) struct Queues {
    pub(super) swarm: mpsc::Receiver<SwarmEvent>,
    pub(super) announcements: mpsc::Receiver<Announcement>,
    pub(super) asks: mpsc::Receiver<Ask>,
    pub(super) stop: watch::Receiver<bool>,
}

impl Circle {
    pub(super) fn new(parts: Parts) -> (Self, mpsc::Receiver<Outcome>) {
        let Parts { context, desk, events, settings, book, presence, safety, claimed } = parts;
        let (results, incoming) = mpsc::channel(RESULTS);
        let now = context.clock.now();
        let circle = Self {
            context,
            desk,
            events,
            book,
            presence,
            safety,
            claimed,
            started_at: now,
            heads: Heads::default(),
            pace: Pace::default(),
            joins: BTreeMap::new(),
            answering: Arc::new(Semaphore::new(ANSWERS)),
            gossiping: Arc::new(Semaphore::new(GOSSIP)),
            results,
            next_recent: now.plus(settings.recent_every),
            next_full: now.plus(settings.full_every),
            settings,
        };
        (circle, incoming)
    }

    /// Runs until it is told to stop.
    pub(super) async fn run(mut self, mut queues: Queues, mut results: mpsc::Receiver<Outcome>) {
        let mut views: Views = self.context.ingest.views();
        let mut second = tokio::time::interval(Duration::from_secs(1));
        second.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                Some(event) = queues.swarm.recv() => self.on_swarm(event).await,
                Some(announcement) = queues.announcements.recv() => self.on_announcement(&announcement).await,
                Some(result) = results.recv() => self.on_result(result).await,
                Some(ask) = queues.asks.recv() => self.on_ask(ask).await,
                Ok(()) = views.changed() => self.on_view().await,
                _ = second.tick() => self.on_second().await,
                () = stopped(&mut queues.stop) => break,
                else => break,
            }
            self.start_sessions();
        }
        self.context.swarm.shutdown().await;
    }

    async fn on_swarm(&mut self, event: SwarmEvent) {
        match event {
            SwarmEvent::Connected { peer, address, outbound } => self.on_connected(peer, &address, outbound).await,
            SwarmEvent::Disconnected { peer } => self.on_disconnected(peer),
            SwarmEvent::DialFailed { peer, reason } => self.on_dial_failed(peer, reason),
            SwarmEvent::Identified { peer, protocol_version, .. } => self.on_identified(peer, protocol_version).await,
            SwarmEvent::Discovered { peer, address } => self.on_discovered(peer, &address),
            SwarmEvent::Gossip { token, from, topic, bytes } => self.on_gossip(token, from, &topic, bytes).await,
            SwarmEvent::Request { peer, protocol, bytes, token } => self.on_request(peer, protocol, bytes, token).await,
            SwarmEvent::Listening { address } => tracing::info!(%address, "listening"),
            SwarmEvent::SlowPeer { peer } => tracing::debug!(%peer, "peer is slow; what it misses is healed by sync"),
        }
    }

    async fn on_connected(&mut self, peer: mentormesh_swarm::PeerId, address: &Address, outbound: bool) {
        let now = self.context.clock.now();
        let Some(id) = from_swarm(&peer) else {
            self.context.swarm.disconnect(peer).await;
            return;
        };
        let admitted = self.context.view().admits(&id);
        let Some(known) = self.book.open(id) else {
            self.context.swarm.disconnect(peer).await;
            return;
        };
        known.connected(now);
        known.admitted = admitted;
        known.want(Reach::Full, now.plus(chance(300)));
        // An address that we reached is worth keeping; the port of one that reached us is not.
        if outbound {
            known.learn(address.without_peer().to_string());
        }
        self.context.swarm.admit(peer, admitted).await;
        tracing::info!(peer = %id, %address, outbound, "connected");
        self.events.tell(Event::Connected(id));
        self.remember(id).await;
    }

    fn on_disconnected(&mut self, peer: mentormesh_swarm::PeerId) {
        let now = self.context.clock.now();
        let Some(id) = from_swarm(&peer) else { return };
        if let Some(known) = self.book.peers.get_mut(&id) {
            known.connected = false;
            known.admitted = false;
            known.last_seen = Some(now);
            known.failed(now, None);
        }
        tracing::info!(peer = %id, "disconnected");
        self.events.tell(Event::Disconnected(id));
    }

    fn on_dial_failed(&mut self, peer: Option<mentormesh_swarm::PeerId>, reason: String) {
        let now = self.context.clock.now();
        let Some(id) = peer.as_ref().and_then(from_swarm) else { return };
        if let Some(known) = self.book.peers.get_mut(&id).filter(|known| !known.connected) {
            known.failed(now, Some(reason.clone()));
        }
        for (_, reply) in self.joins.remove(&id).unwrap_or_default() {
            let problem =
                Problem::new(ErrorCode::PeerRefused, format!("no node answered as this ticket says: {reason}"))
                    .with_next(
                        "check that the other node runs and that its port is reachable, then ask for a new ticket",
                    );
            let _gone = reply.send(Err(problem));
        }
    }

    async fn on_identified(&mut self, peer: mentormesh_swarm::PeerId, protocol_version: String) {
        let ours = format!("mentormesh/1/{}", self.context.network.as_str());
        if protocol_version == ours {
            return;
        }
        let now = self.context.clock.now();
        let problem = format!("it speaks `{protocol_version}`, this node `{ours}`: another network or version");
        tracing::warn!(%peer, "{problem}");
        if let Some(id) = from_swarm(&peer) {
            self.refuse_joins(id, &problem);
            if let Some(known) = self.book.peers.get_mut(&id) {
                known.refused(now, problem);
            }
        }
        self.context.swarm.disconnect(peer).await;
    }

    fn refuse_joins(&mut self, id: PeerId, problem: &str) {
        for (_, reply) in self.joins.remove(&id).unwrap_or_default() {
            let _gone = reply.send(Err(Problem::new(ErrorCode::PeerRefused, problem)));
        }
    }

    fn on_discovered(&mut self, peer: mentormesh_swarm::PeerId, address: &Address) {
        if let Some(known) = from_swarm(&peer).and_then(|id| self.book.open(id)) {
            known.learn(address.without_peer().to_string());
        }
    }

    async fn on_gossip(&mut self, token: GossipToken, from: mentormesh_swarm::PeerId, topic: &str, bytes: Vec<u8>) {
        let known = Topic::ALL.into_iter().find(|known| known.name(&self.context.network) == topic);
        let (Some(id), Some(topic)) = (from_swarm(&from), known) else {
            return self.context.swarm.validate(token, Acceptance::Ignore).await;
        };
        if topic == Topic::Heads {
            let now = self.context.clock.now();
            let (acceptance, differs) = self.heads.receive(&self.context, &bytes, now);
            if let (Some(organisation), Some(peer)) = (differs, self.book.peers.get_mut(&id)) {
                peer.want(Reach::Only(organisation), now.plus(chance(1_000)));
            }
            return self.context.swarm.validate(token, acceptance).await;
        }
        let Ok(place) = Arc::clone(&self.gossiping).try_acquire_owned() else {
            return self.context.swarm.validate(token, Acceptance::Ignore).await;
        };
        let context = self.context.clone();
        tokio::spawn(async move {
            let acceptance = gossip::receive(&context, id, topic, &bytes).await;
            context.swarm.validate(token, acceptance).await;
            drop(place);
        });
    }

    async fn on_request(
        &mut self,
        peer: mentormesh_swarm::PeerId,
        protocol: Protocol,
        bytes: Vec<u8>,
        token: mentormesh_swarm::ResponseToken,
    ) {
        use mentormesh_protocol::wire::{Refusal, SyncAnswer};
        // A courier request is for a later release; dropping the token refuses it.
        let (Protocol::Sync, Some(id)) = (protocol, from_swarm(&peer)) else { return };
        let Ok(place) = Arc::clone(&self.answering).try_acquire_owned() else {
            let busy = SyncAnswer::Refused(Refusal::Busy(1_000)).encode();
            let _gone = self.context.swarm.respond(token, busy).await;
            return;
        };
        let (context, results) = (self.context.clone(), self.results.clone());
        tokio::spawn(async move {
            let reading = context.clone();
            let answered = tokio::task::spawn_blocking(move || answers::answer(&reading, &id, &bytes)).await;
            if let Ok((answer, heard)) = answered {
                // The peer may have gone; it will ask again.
                let _gone = context.swarm.respond(token, answer.encode()).await;
                let _stopped = results.send(Outcome::Heard(id, heard)).await;
            }
            drop(place);
        });
    }

    async fn on_announcement(&mut self, announcement: &Announcement) {
        let now = self.context.clock.now();
        gossip::publish(&self.context, &mut self.pace, announcement).await;
        self.heads.changed(announcement.organisation, now);
    }

    async fn on_result(&mut self, result: Outcome) {
        let now = self.context.clock.now();
        match result {
            Outcome::Heard(peer, Heard::Hello(hello)) => self.on_hello(peer, hello, now),
            Outcome::Heard(peer, Heard::Nudge) => {
                if let Some(known) = self.book.peers.get_mut(&peer) {
                    known.want(Reach::Full, now.plus(200 + chance(300)));
                }
            }
            Outcome::Heard(_, Heard::Nothing) => {}
            Outcome::Session(report) => self.on_report(report, now).await,
        }
    }

    fn on_hello(&mut self, peer: PeerId, hello: Hello, now: Timestamp) {
        let (organisation, mentors) = (hello.organisation, hello.mentors);
        if let Some(known) = self.book.peers.get_mut(&peer) {
            let (theirs, ours) = (i64::try_from(hello.clock.0), i64::try_from(now.0));
            known.clock_off = theirs.ok().zip(ours.ok()).map(|(theirs, ours)| theirs.saturating_sub(ours));
            known.hello = Some(hello);
        }
        // Only a node that proved to act for an organisation speaks of its number of mentors.
        if self.context.view().organisation_of(&peer) == Some(organisation) {
            self.claimed.send_if_modified(|claimed| {
                let changed = claimed.get(&organisation) != Some(&mentors);
                if changed {
                    Arc::make_mut(claimed).insert(organisation, mentors);
                }
                changed
            });
        }
        let off = self.book.clock_off();
        self.safety.send_if_modified(|safety| std::mem::replace(&mut safety.clock_off, off) != off);
    }

    async fn on_report(&mut self, report: Report, now: Timestamp) {
        let id = report.peer;
        if let Some(hello) = report.hello.clone() {
            self.on_hello(id, hello, now);
        }
        let proven = self.context.view().organisation_of(&id);
        let done = report.result.is_ok() && report.compared_own;
        let Some(known) = self.book.peers.get_mut(&id) else { return };
        known.in_session = false;
        known.organisation = proven;
        match &report.result {
            Ok(()) => {
                known.problem = None;
                tracing::debug!(peer = %id, received = report.received, lacking = report.lacking, "synced");
            }
            Err(error) => {
                let again = match error {
                    SessionError::Clock { .. } | SessionError::Network(_) => MINUTE,
                    SessionError::Forged(_) | SessionError::Malformed(_) => 5 * MINUTE,
                    SessionError::TooLong => 0,
                    SessionError::Refused(_) | SessionError::Request(_) | SessionError::Reconcile(_) => 5_000,
                    SessionError::Store(_) | SessionError::Ingest(_) => 5_000,
                };
                tracing::warn!(peer = %id, %error, "a sync session ended early");
                known.problem = Some(error.to_string());
                if known.connected {
                    known.want(Reach::Full, now.plus(again + chance(again)));
                }
            }
        }
        let outcome = report.result.as_ref().map(|()| ()).map_err(ToString::to_string);
        known.last = Some(report);
        if done {
            self.home(HomeFirst::Done).await;
        }
        self.answer_joins(id, proven, &outcome);
        self.remember(id).await;
    }

    /// A session with the node of a ticket ended: it proved its organisation now, or it did not.
    fn answer_joins(&mut self, id: PeerId, proven: Option<OrganisationId>, outcome: &Result<(), String>) {
        for (ticket, reply) in self.joins.remove(&id).unwrap_or_default() {
            let refused = |detail: String| Err(Problem::new(ErrorCode::PeerRefused, detail));
            let answer = match (proven, outcome) {
                (Some(organisation), _) if organisation == ticket.organisation => Ok(id),
                (Some(other), _) => refused(format!(
                    "the node that answered acts for organisation {other}, but the ticket names {}; nothing was changed",
                    ticket.organisation
                )),
                (None, Err(problem)) => refused(problem.clone()),
                (None, Ok(())) => refused(format!(
                    "the node that answered has not proved to act for organisation {}",
                    ticket.organisation
                )),
            };
            let _gone = reply.send(answer);
        }
    }

    async fn on_ask(&mut self, ask: Ask) {
        let now = self.context.clock.now();
        match ask {
            Ask::Join(ticket, reply) => self.on_join(ticket, reply, now).await,
            Ask::Peers(reply) => {
                let seen = self.book.peers.iter().map(|(id, peer)| (*id, super::handle::Seen::of(peer)));
                let _gone = reply.send(seen.collect());
            }
            Ask::Block(id, blocked, reply) => {
                self.on_block(id, blocked).await;
                let _gone = reply.send(());
            }
            Ask::SyncNow(reply) => {
                for peer in self.book.peers.values_mut() {
                    peer.hurry();
                    if peer.connected {
                        peer.want(Reach::Full, now);
                    }
                }
                let _gone = reply.send(());
            }
            Ask::Present(reply) => {
                self.presence.refresh(&self.context, &self.desk).await;
                let _gone = reply.send(());
            }
        }
    }

    async fn on_join(&mut self, ticket: Ticket, reply: oneshot::Sender<Result<PeerId, Problem>>, now: Timestamp) {
        let id = ticket.peer;
        let addresses: Vec<Address> = ticket.addresses.iter().filter_map(|text| text.parse().ok()).collect();
        let Some(known) = self.book.open(id) else {
            let _gone = reply.send(Err(Problem::new(ErrorCode::Busy, "as many peers are known as may be")));
            return;
        };
        if known.blocked {
            let detail = format!("peer {id} is blocked here");
            let next = format!("mentormesh peer unblock {id}");
            let _gone = reply.send(Err(Problem::new(ErrorCode::PeerRefused, detail).with_next(next)));
            return;
        }
        for address in ticket.addresses.iter().rev() {
            known.learn(address.clone());
        }
        let connected = known.connected;
        if connected {
            known.want(Reach::Full, now);
        }
        self.joins.entry(id).or_default().push((ticket, reply));
        if !connected && let Err(error) = self.context.swarm.dial(Some(to_swarm(&id)), addresses).await {
            self.on_dial_failed(Some(to_swarm(&id)), error.to_string());
        }
    }

    async fn on_block(&mut self, id: PeerId, blocked: bool) {
        if let Some(known) = self.book.open(id) {
            known.blocked = blocked;
            known.hurry();
        }
        if blocked {
            self.context.swarm.block(to_swarm(&id)).await;
        } else {
            self.context.swarm.unblock(to_swarm(&id)).await;
        }
        self.remember(id).await;
    }

    /// Trust or identity changed: admit, send away, and let those know who may come for more.
    async fn on_view(&mut self) {
        let now = self.context.clock.now();
        let view = self.context.view();
        for (id, known) in view.organisations.iter().filter(|(id, known)| **id != view.own && known.why.shown()) {
            for (peer, addresses) in &known.nodes {
                let Some(peer) = self.book.open(*peer) else { continue };
                peer.organisation = Some(*id);
                for address in
                    addresses.iter().filter(|address| !peer.addresses.contains(address)).cloned().collect::<Vec<_>>()
                {
                    peer.learn(address);
                }
            }
        }
        let mut changed = Vec::new();
        for (id, peer) in self.book.peers.iter_mut().filter(|(_, peer)| peer.connected) {
            let admitted = view.admits(id);
            if admitted != peer.admitted {
                peer.admitted = admitted;
                changed.push((*id, admitted));
                if admitted {
                    peer.want(Reach::Full, now);
                }
            }
        }
        for (id, admitted) in changed {
            self.context.swarm.admit(to_swarm(&id), admitted).await;
            if admitted {
                self.nudge(id);
            }
        }
    }

    /// Tells a peer to come and compare.
    fn nudge(&self, id: PeerId) {
        let context = self.context.clone();
        tokio::spawn(async move {
            let nudge = mentormesh_protocol::wire::SyncRequest::Nudge.encode();
            // One that does not hear it compares by its own timer.
            let _unheard = context.swarm.request(to_swarm(&id), Protocol::Sync, nudge).await;
        });
    }

    async fn on_second(&mut self) {
        let now = self.context.clock.now();
        self.pace.refill();
        for (id, addresses) in self.book.due(now, DIALS) {
            let addresses = addresses.iter().filter_map(|text| text.parse().ok()).collect();
            if let Err(error) = self.context.swarm.dial(Some(to_swarm(&id)), addresses).await
                && let Some(peer) = self.book.peers.get_mut(&id)
            {
                peer.failed(now, Some(error.to_string()));
            } else if let Some(peer) = self.book.peers.get_mut(&id) {
                // Until the outcome is heard, this is not due again.
                peer.failed(now, None);
            }
        }
        if self.next_recent <= now {
            self.next_recent = now.plus(vary(self.settings.recent_every, 3));
            self.want_of_one(Reach::Recent(RECENT), now);
        }
        if self.next_full <= now {
            self.next_full = now.plus(vary(self.settings.full_every, 5));
            self.want_of_one(Reach::Full, now);
        }
        self.heads.tick(&self.context, now).await;
        self.check_home(now).await;
        self.presence.tick(&self.context, &self.desk, now).await;
    }

    fn want_of_one(&mut self, reach: Reach, now: Timestamp) {
        let connected: Vec<_> = self.book.peers.iter().filter(|(_, peer)| peer.connected).map(|(id, _)| *id).collect();
        let at = usize::try_from(chance(connected.len() as u64)).unwrap_or(0);
        if let Some(peer) = connected.get(at).and_then(|id| self.book.peers.get_mut(id)) {
            peer.want(reach, now);
        }
    }

    async fn check_home(&mut self, now: Timestamp) {
        let home = self.safety.borrow().home_first;
        if home == HomeFirst::Waiting && !self.book.knows_somebody() {
            self.home(HomeFirst::Done).await;
        } else if home == HomeFirst::Waiting && self.started_at.plus(HOME_FIRST_PATIENCE) <= now {
            self.home(HomeFirst::RenewalsOnly).await;
        }
    }

    async fn home(&mut self, home: HomeFirst) {
        let changed = self.safety.send_if_modified(|safety| std::mem::replace(&mut safety.home_first, home) != home);
        if changed {
            self.presence.refresh(&self.context, &self.desk).await;
        }
    }

    /// Starts sessions that are due, one for each peer and few at once.
    fn start_sessions(&mut self) {
        let now = self.context.clock.now();
        let mut running = self.book.peers.values().filter(|peer| peer.in_session).count();
        for (id, peer) in &mut self.book.peers {
            let Some((reach, _)) = peer.wants.filter(|(_, from)| *from <= now) else { continue };
            if !peer.connected {
                peer.wants = None;
                continue;
            }
            if peer.in_session || running >= SESSIONS {
                continue;
            }
            running += 1;
            peer.in_session = true;
            peer.wants = None;
            let (context, results, id) = (self.context.clone(), self.results.clone(), *id);
            tokio::spawn(async move {
                let report = session::run(context, id, reach).await;
                let _stopped = results.send(Outcome::Session(report)).await;
            });
        }
    }

    async fn remember(&self, id: PeerId) {
        let Some(row) = self.book.row(id).filter(|row| row.blocked || !row.addresses.is_empty()) else { return };
        if let Err(error) = self.desk.remember_peer(&row).await {
            tracing::warn!(%error, "could not write a peer down");
        }
    }
}

/// Waits until the node is told to stop.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    // A sender that is gone means the same.
    let _gone = stop.wait_for(|stop| *stop).await.is_err();
}

/// A length of time, more or less by up to one part in `parts`.
fn vary(milliseconds: u64, parts: u64) -> u64 {
    let spread = milliseconds / parts.max(1);
    milliseconds.saturating_sub(spread).saturating_add(chance(2 * spread))
}
