//! The one thread behind the door: takes work from the queue, publishes the view, says what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use mentormesh_protocol::limits::{HOLD_AFTER_SHOW, QUOTA_OPEN, QUOTA_PINNED, QUOTA_RECOGNISED, REGISTER_RECORDS};
use mentormesh_protocol::signed::Network;
use mentormesh_protocol::trust::{Settings, Why};
use mentormesh_protocol::wire::Scope;
use mentormesh_protocol::{OrganisationId, RecordId};
use tokio::sync::{mpsc, oneshot, watch};

use super::parked::Parked;
use super::standing::{Organisation, Organisations};
use super::{Announcement, Origin, Verdict};
use crate::clock::Clock;
use crate::store::{Store, StoreError, Writer};
use crate::view::View;

type Answer<T> = Result<T, Arc<StoreError>>;

/// What the thread is asked to do.
pub(super) enum Work {
    Offer { envelopes: Vec<Vec<u8>>, origin: Origin, reply: oneshot::Sender<Answer<Vec<Verdict>>> },
    Trust { settings: Settings, reply: oneshot::Sender<Answer<()>> },
    PinTip { organisation: OrganisationId, tip: Option<RecordId>, reply: oneshot::Sender<Answer<()>> },
    Sweep { reply: oneshot::Sender<Answer<()>> },
}

/// Changes that the store's log keeps for its followers; one that is further behind reads the slots instead.
const LOG_KEPT: u64 = 200_000;

/// Why the thread did not start.
#[derive(Debug, thiserror::Error)]
pub enum SpawnError {
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system gave no thread.
    #[error("no thread could be started")]
    Thread(#[from] std::io::Error),
}

/// How many records are held, by trust.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Of an organisation that `open` trust alone shows.
    pub open: usize,
    /// Of a recognised one.
    pub recognised: usize,
    /// Of a pinned one, and of one's own.
    pub pinned: usize,
    /// In all.
    pub register: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { open: QUOTA_OPEN, recognised: QUOTA_RECOGNISED, pinned: QUOTA_PINNED, register: REGISTER_RECORDS }
    }
}

impl Limits {
    /// The most records held of an organisation shown for this reason. One that was shown until lately keeps what
    /// it has.
    pub(super) const fn quota(&self, why: Why) -> usize {
        match why {
            // What the desk signed always stands here; others hold what fits their own quota.
            Why::Own => usize::MAX,
            Why::Pinned => self.pinned,
            Why::RecognisedByTwo(..) => self.recognised,
            Why::RecognisedThrough { .. } | Why::Open | Why::NotTrusted | Why::Blocked => self.open,
        }
    }
}

/// What the thread starts with.
pub(super) struct Opening {
    pub(super) store: Store,
    pub(super) writer: Writer,
    pub(super) network: Network,
    pub(super) own: OrganisationId,
    pub(super) settings: Settings,
    pub(super) limits: Limits,
    pub(super) clock: Clock,
    pub(super) announce: mpsc::Sender<Announcement>,
    pub(super) at: watch::Sender<u64>,
    pub(super) publish: watch::Sender<Arc<View>>,
}

/// Everything the thread owns.
pub(super) struct Door {
    pub(super) store: Store,
    pub(super) writer: Writer,
    pub(super) network: Network,
    pub(super) limits: Limits,
    pub(super) clock: Clock,
    pub(super) organisations: Organisations,
    pub(super) parked: Parked,
    pub(super) changed: Changed,
    announce: mpsc::Sender<Announcement>,
    at: watch::Sender<u64>,
    publish: watch::Sender<Arc<View>>,
}

/// What changed since the network was last told.
#[derive(Default)]
pub(super) struct Changed {
    /// By organisation, identity apart from the rest.
    records: BTreeMap<(OrganisationId, bool), News>,
    touched: BTreeSet<OrganisationId>,
}

/// Records that newly stand, and who brought the last of them.
#[derive(Default)]
struct News {
    records: Vec<(RecordId, Arc<[u8]>)>,
    origin: Option<Origin>,
}

impl Changed {
    pub(super) fn note(
        &mut self,
        organisation: OrganisationId,
        identity: bool,
        id: RecordId,
        envelope: Arc<[u8]>,
        origin: Origin,
    ) {
        let entry = self.records.entry((organisation, identity)).or_default();
        entry.records.push((id, envelope));
        entry.origin = Some(origin);
    }

    pub(super) fn touch(&mut self, organisation: OrganisationId) {
        self.touched.insert(organisation);
    }
}

/// Loads what the store holds, publishes the first view and starts the loop.
pub(super) fn spawn(opening: Opening, queue: mpsc::Receiver<Work>) -> Result<std::thread::JoinHandle<()>, SpawnError> {
    let Opening { store, writer, network, own, settings, limits, clock, announce, at, publish } = opening;
    let organisations = Organisations::load(&store, &network, own, settings)?;
    let (parked, changed) = (Parked::default(), Changed::default());
    let mut door =
        Door { store, writer, network, limits, clock, organisations, parked, changed, announce, at, publish };
    door.tell();
    let thread = std::thread::Builder::new().name("ingest".to_owned());
    Ok(thread.spawn(move || door.work(queue))?)
}

impl Door {
    fn work(mut self, mut queue: mpsc::Receiver<Work>) {
        while let Some(work) = queue.blocking_recv() {
            match work {
                Work::Offer { envelopes, origin, reply } => {
                    let answer = self.accept(&envelopes, origin);
                    self.answer(answer, reply);
                }
                Work::Trust { settings, reply } => {
                    let answer = self.set_trust(settings);
                    self.answer(answer, reply);
                }
                Work::PinTip { organisation, tip, reply } => {
                    let answer = self.pin_tip(&organisation, tip);
                    self.answer(answer, reply);
                }
                Work::Sweep { reply } => {
                    let answer = self.sweep();
                    self.answer(answer, reply);
                }
            }
        }
    }

    /// Publishes the view before answering, so that whoever got the answer sees its effect.
    fn answer<T>(&mut self, result: Result<T, StoreError>, reply: oneshot::Sender<Answer<T>>) {
        self.tell();
        if let Err(error) = &result {
            tracing::error!(%error, "the store failed; nothing was acknowledged");
        }
        // Whoever asked may have gone; the work is done all the same.
        let _gone = reply.send(result.map_err(Arc::new));
    }

    fn tell(&mut self) {
        let now = self.clock.now();
        let view = Arc::new(self.organisations.view(now));
        self.publish.send_replace(view);
        self.at.send_replace(self.store.last_position());
        let changed = std::mem::take(&mut self.changed);
        for organisation in changed.touched {
            let announcement =
                Announcement { organisation, identity: false, records: Vec::new(), origin: Origin::Local };
            let _full = self.announce.try_send(announcement);
        }
        for ((organisation, identity), News { records, origin }) in changed.records {
            let origin = origin.unwrap_or(Origin::Local);
            // A full queue drops it: the network finds the difference when it next compares.
            let _full = self.announce.try_send(Announcement { organisation, identity, records, origin });
        }
    }

    fn set_trust(&mut self, settings: Settings) -> Result<(), StoreError> {
        let now = self.clock.now();
        let ids: Vec<_> = self.organisations.known.keys().copied().collect();
        let before: BTreeMap<_, _> = ids.iter().map(|id| (*id, self.organisations.why(id, now))).collect();
        let old = std::mem::replace(&mut self.organisations.settings, settings);
        for id in ids {
            let (was, is) = (before.get(&id).copied(), self.organisations.why(&id, now));
            let unpinned = old.pinned.contains(&id) && !self.organisations.settings.pinned.contains(&id);
            match is {
                Why::Blocked => self.purge(&id, true)?,
                Why::NotTrusted if unpinned => self.purge(&id, false)?,
                Why::NotTrusted if was.is_some_and(Why::shown) => self.lose(&id, now),
                Why::NotTrusted => {}
                Why::Own | Why::Pinned | Why::Open | Why::RecognisedByTwo(..) | Why::RecognisedThrough { .. } => {
                    if let Some(known) = self.organisations.known.get_mut(&id) {
                        known.lost_at = None;
                    }
                }
            }
            self.changed.touch(id);
        }
        Ok(())
    }

    fn lose(&mut self, id: &OrganisationId, now: mentormesh_protocol::Timestamp) {
        if let Some(known) = self.organisations.known.get_mut(id) {
            known.lost_at = Some(now);
        }
    }

    /// Lets go of an organisation's records; of its identity too when it is blocked.
    fn purge(&mut self, id: &OrganisationId, identity: bool) -> Result<(), StoreError> {
        if identity {
            self.writer.purge(id, None)?;
            self.organisations.known.remove(id);
            return Ok(());
        }
        self.writer.purge(id, Some(Scope::Register))?;
        if let Some(known) = self.organisations.known.get_mut(id) {
            known.slots.clear();
            known.profiles.clear();
            known.lost_at = None;
        }
        Ok(())
    }

    fn pin_tip(&mut self, organisation: &OrganisationId, tip: Option<RecordId>) -> Result<(), StoreError> {
        if let Some(known) = self.organisations.known.get_mut(organisation) {
            known.chain.pin(tip);
        }
        self.readmit(organisation)
    }

    fn sweep(&mut self) -> Result<(), StoreError> {
        let now = self.clock.now();
        self.unpark(now)?;
        self.writer.trim_changes(self.store.last_position().saturating_sub(LOG_KEPT))?;
        if self.writer.sweep(now)? > 0 {
            let (own, settings) = (self.organisations.own, self.organisations.settings.clone());
            let lost: BTreeMap<_, _> =
                self.organisations.known.iter().map(|(id, known)| (*id, known.lost_at)).collect();
            self.organisations = Organisations::load(&self.store, &self.network, own, settings)?;
            for (id, known) in &mut self.organisations.known {
                known.lost_at = lost.get(id).copied().flatten();
            }
        }
        let over = |known: &Organisation| known.lost_at.is_some_and(|lost| lost.plus(HOLD_AFTER_SHOW) <= now);
        let ids: Vec<_> = self.organisations.known.iter().filter(|(_, known)| over(known)).map(|(id, _)| *id).collect();
        ids.iter().try_for_each(|id| self.purge(id, false))
    }
}
