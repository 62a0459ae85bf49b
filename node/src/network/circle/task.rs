//! The one task that owns the peers: it hears what happens, keeps the timers, and starts what must be done.
//!
//! Nothing here waits for a peer. Sessions and answers run in tasks of their own, bounded in number, and come back
//! through a channel. When the announcements queue overflows, sync heals.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use mentormesh_protocol::api::Problem;
use mentormesh_protocol::limits::MINUTE;
use mentormesh_protocol::ticket::Ticket;
use mentormesh_protocol::{PeerId, Timestamp};
use mentormesh_swarm::{Protocol, SwarmEvent};
use tokio::sync::{Semaphore, mpsc, oneshot, watch};

use super::refreshed::Refreshed;
use crate::desk::Desk;
use crate::event::Events;
use crate::ingest::Announcement;
use crate::network::answers::Heard;
use crate::network::book::Book;
use crate::network::context::{Claimed, Context, chance, to_swarm};
use crate::network::gossip::{self, Pace};
use crate::network::handle::Seen;
use crate::network::heads::Heads;
use crate::network::presence::Presence;
use crate::network::session::{Reach, Report};
use crate::post::{AskedSender, Errand};
use crate::signing::{HomeFirst, Safety};
use crate::view::Views;

/// Sessions of ours that run at once.
pub(super) const SESSIONS: usize = 4;
/// Of these, how many with peers that are not admitted: strangers must not keep friends waiting.
pub(super) const STRANGERS: usize = 2;
/// Requests of others that are answered at once; further ones are told to come again. Three times what one peer may
/// have open, so that no two of them make the node busy for everybody.
pub(super) const ANSWERS: usize = 24;
/// Gossip messages that wait for the door at once.
pub(super) const GOSSIP: usize = 64;
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
pub(in crate::network) enum Ask {
    Join(Ticket, oneshot::Sender<Result<PeerId, Problem>>),
    Peers(oneshot::Sender<Vec<(PeerId, Seen)>>),
    Block(PeerId, bool, oneshot::Sender<()>),
    SyncNow(oneshot::Sender<()>),
    Present(oneshot::Sender<()>),
}

/// What comes back from tasks.
pub(in crate::network) enum Outcome {
    Session(Report),
    Heard(PeerId, Heard),
}

/// Somebody who waits for the node of a ticket to prove itself.
pub(super) type Joining = (Ticket, oneshot::Sender<Result<PeerId, Problem>>);

/// What the circle is made of.
pub(in crate::network) struct Circle {
    pub(in crate::network) context: Context,
    pub(in crate::network) desk: Desk,
    pub(in crate::network) events: Events,
    pub(in crate::network) settings: Settings,
    pub(in crate::network) book: Book,
    pub(in crate::network) presence: Presence,
    pub(in crate::network) safety: watch::Sender<Safety>,
    pub(in crate::network) claimed: watch::Sender<Claimed>,
    pub(in crate::network) started_at: Timestamp,
    pub(super) heads: Heads,
    pub(super) pace: Pace,
    pub(super) joins: BTreeMap<PeerId, Vec<Joining>>,
    pub(super) answering: Arc<Semaphore>,
    pub(super) gossiping: Arc<Semaphore>,
    pub(super) asked: AskedSender,
    pub(super) refreshed: Refreshed,
    pub(super) results: mpsc::Sender<Outcome>,
    /// What the operator had said of trust when the view last changed.
    trust: mentormesh_protocol::trust::Settings,
    next_recent: Timestamp,
    next_full: Timestamp,
    /// The time a second ago.
    looked_at: Timestamp,
}

/// The parts that [`Circle::new`] takes.
pub(in crate::network) struct Parts {
    pub(in crate::network) context: Context,
    pub(in crate::network) desk: Desk,
    pub(in crate::network) events: Events,
    pub(in crate::network) settings: Settings,
    pub(in crate::network) book: Book,
    pub(in crate::network) presence: Presence,
    pub(in crate::network) safety: watch::Sender<Safety>,
    pub(in crate::network) claimed: watch::Sender<Claimed>,
    pub(in crate::network) asked: AskedSender,
}

/// The queues that the circle listens to.
pub(in crate::network) struct Queues {
    pub(in crate::network) swarm: mpsc::Receiver<SwarmEvent>,
    pub(in crate::network) announcements: mpsc::Receiver<Announcement>,
    pub(in crate::network) asks: mpsc::Receiver<Ask>,
    pub(in crate::network) errands: mpsc::Receiver<Errand>,
    pub(in crate::network) stop: watch::Receiver<bool>,
}

impl Circle {
    pub(in crate::network) fn new(parts: Parts) -> (Self, mpsc::Receiver<Outcome>) {
        let Parts { context, desk, events, settings, book, presence, safety, claimed, asked } = parts;
        let (results, incoming) = mpsc::channel(RESULTS);
        let now = context.clock.now();
        let circle = Self {
            trust: context.view().settings.clone(),
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
            asked,
            refreshed: Refreshed::default(),
            results,
            next_recent: now.plus(settings.recent_every),
            next_full: now.plus(settings.full_every),
            looked_at: now,
            settings,
        };
        (circle, incoming)
    }

    /// Runs until it is told to stop.
    pub(in crate::network) async fn run(mut self, mut queues: Queues, mut results: mpsc::Receiver<Outcome>) {
        let mut views: Views = self.context.ingest.views();
        let mut second = tokio::time::interval(Duration::from_secs(1));
        second.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                Some(event) = queues.swarm.recv() => self.on_swarm(event).await,
                Some(announcement) = queues.announcements.recv() => self.on_announcement(&announcement).await,
                Some(result) = results.recv() => self.on_result(result).await,
                Some(ask) = queues.asks.recv() => self.on_ask(ask).await,
                Some(errand) = queues.errands.recv() => self.on_errand(errand),
                Ok(()) = views.changed() => self.on_view().await,
                _ = second.tick() => self.on_second().await,
                () = stopped(&mut queues.stop) => break,
                else => break,
            }
            self.start_sessions();
        }
        self.context.swarm.shutdown().await;
    }
    pub(in crate::network) async fn on_announcement(&mut self, announcement: &Announcement) {
        let now = self.context.clock.now();
        gossip::publish(&self.context, &mut self.pace, announcement).await;
        self.heads.changed(announcement.organisation, now);
    }

    /// Trust or identity changed: admit, send away, and let those know who may come for more.
    pub(in crate::network) async fn on_view(&mut self) {
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
        // Whoever was pinned or unblocked just now may be unknown here, and any peer may hold what is theirs.
        let decided = self.trust != view.settings;
        if decided {
            self.trust = view.settings.clone();
        }
        for (id, peer) in self.book.peers.iter_mut().filter(|(_, peer)| peer.connected) {
            if decided {
                peer.want(Reach::Full, now);
            }
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
    pub(in crate::network) async fn on_second(&mut self) {
        let now = self.context.clock.now();
        if now.apart(self.looked_at) > MINUTE {
            self.clock_was_set(now);
        }
        self.looked_at = now;
        self.pace.refill();
        for (id, addresses) in self.book.due(now, DIALS) {
            let addresses = addresses.iter().filter_map(|text| text.parse().ok()).collect();
            if let Err(error) = self.context.swarm.dial(Some(to_swarm(&id)), addresses).await {
                self.missed(id, now, Some(error.to_string()));
            } else if let Some(peer) = self.book.peers.get_mut(&id) {
                peer.dialling(now);
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
        if home == HomeFirst::Waiting && !self.book.knows_somebody(&self.context.view()) {
            self.home(HomeFirst::Done).await;
        } else if home == HomeFirst::Waiting && self.started_at.plus(HOME_FIRST_PATIENCE) <= now && !self.is_old().await
        {
            self.home(HomeFirst::RenewalsOnly).await;
        }
    }

    pub(in crate::network) async fn home(&mut self, home: HomeFirst) {
        let changed = self.safety.send_if_modified(|safety| std::mem::replace(&mut safety.home_first, home) != home);
        if changed {
            if home == HomeFirst::Done
                && let Err(error) = self.desk.note_compared().await
            {
                tracing::warn!(%error, "could not write down that our records were compared");
            }
            self.presence.refresh(&self.context, &self.desk).await;
        }
    }
    /// Whether the desk was restored: renewing what it holds could bring back what was withdrawn since.
    async fn is_old(&self) -> bool {
        // A desk that does not answer renews nothing either.
        self.desk.awaits_comparison().await.unwrap_or(true)
    }

    /// Somebody set the clock: what was planned by the old one is planned anew, and everybody is asked for the time.
    fn clock_was_set(&mut self, now: Timestamp) {
        tracing::warn!(from = %self.looked_at, to = %now, "the clock was set or this machine slept; every peer is compared with anew");
        self.started_at = self.started_at.min(now);
        self.next_recent = now.plus(self.settings.recent_every);
        self.next_full = now.plus(self.settings.full_every);
        self.book.clock_was_set(now);
        self.heads.clock_was_set();
        self.presence.clock_was_set();
        let off = self.book.clock_off();
        self.safety.send_if_modified(|safety| std::mem::replace(&mut safety.clock_off, off) != off);
    }

    pub(in crate::network) async fn remember(&self, id: PeerId) {
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
