//! The schedule: which letters are due, to how many organisations at once, and when the others are tried again.
//!
//! Events wake it, the outbox decides. One turn serves one organisation, a page at a time, so that ten thousand
//! letters need no more memory than a few, and an organisation that is away keeps nobody else waiting.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use mentormesh_protocol::limits::{DAY, MINUTE};
use mentormesh_protocol::record::SealingKeyNotice;
use mentormesh_protocol::{Kind, OrganisationId, PeerId, Slot, Timestamp};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::courier::{Courier, TOO_SLOW, back_off, stopped, until};
use super::deliver::{Fate, Later, Way};
use crate::desk::{DeskError, OutboxRow, Postponed};
use crate::event::Event;

/// Organisations that are served at once.
const TURNS: usize = 4;
/// Letters under way for one of them.
const UNDER_WAY: usize = 8;
/// Letters that are read at once.
const PAGE: u32 = 64;
/// Pages after which the next organisation has its turn.
const PAGES: usize = 64;
/// How long a turn may take, so that a few slow ones do not hold all of them.
const TURN: Duration = Duration::from_secs(60);
/// How long an organisation rests whose node answers too slowly.
const TOO_SLOW_RESTS: u64 = MINUTE;
/// First wait after a try in vain; doubled each time.
const LEAST: u64 = 2_000;
/// Longest wait.
const MOST: u64 = 10 * MINUTE;
/// Wait while a relay keeps the letter.
const KEPT: u64 = 30 * MINUTE;
/// How long nothing is tried after the desk failed.
const DESK_FAILED: u64 = 10_000;
/// Age from which a card is asked for again before letters are sealed to it.
const STALE: u64 = 30 * DAY;
/// How often such a card is asked for.
const STALE_EVERY: u64 = 60 * MINUTE;
/// How long a key is waited for where none is known.
const NO_KEY: Duration = Duration::from_secs(10);
/// How long a fresher card is waited for where an old one will do.
const OLD_CARD: Duration = Duration::from_secs(2);

/// What of an organisation makes its letters due when it changes.
type Facts = (BTreeSet<PeerId>, Vec<SealingKeyNotice>, bool);

/// The task.
#[derive(Debug)]
pub(super) struct Schedule {
    courier: Courier,
    turns: JoinSet<(OrganisationId, Result<(), DeskError>)>,
    served: BTreeSet<OrganisationId>,
    facts: BTreeMap<OrganisationId, Facts>,
    asked_anew: BTreeMap<OrganisationId, Timestamp>,
    rest_until: Timestamp,
}

impl Schedule {
    pub(super) fn new(courier: Courier) -> Self {
        Self {
            courier,
            turns: JoinSet::new(),
            served: BTreeSet::new(),
            facts: BTreeMap::new(),
            asked_anew: BTreeMap::new(),
            rest_until: Timestamp(0),
        }
    }

    pub(super) async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let introductions = self.courier.introductions.clone();
        let (mut events, mut views) = (introductions.events.listen(), introductions.views.clone());
        let mut safety = self.courier.safety.clone();
        self.facts = self.facts_now();
        loop {
            let wait = self.start_turns().await;
            tokio::select! {
                Some(ended) = self.turns.join_next(), if !self.turns.is_empty() => self.on_ended(ended),
                () = introductions.queued() => {}
                event = events.recv() => self.on_event(event).await,
                Ok(()) = views.changed() => self.on_view().await,
                Ok(()) = safety.changed() => {}
                () = tokio::time::sleep(wait) => {}
                () = stopped(&mut stop) => break,
            }
        }
        // What is under way is still in the outbox, and dropping it loses nothing.
        self.turns.shutdown().await;
    }

    /// Starts a turn for organisations whose letters are due, and answers how long to wait for others.
    async fn start_turns(&mut self) -> Duration {
        let (desk, now) = (&self.courier.introductions.desk, self.courier.now());
        // A clock that was set back must not make a short rest a long one.
        self.rest_until = self.rest_until.min(now.plus(DESK_FAILED));
        if self.courier.clock_is_off() || now < self.rest_until {
            return until(Some(self.rest_until), now, Duration::from_secs(1));
        }
        let due = match desk.due_recipients().await {
            Ok(due) => due,
            Err(error) => {
                tracing::warn!(%error, "the outbox could not be read");
                return Duration::from_millis(DESK_FAILED);
            }
        };
        let next = desk.next_letter().await.unwrap_or_default();
        for recipient in due {
            if self.turns.len() >= TURNS || !self.served.insert(recipient) {
                continue;
            }
            let fresh = self.ask_anew(&recipient, now);
            let courier = self.courier.clone();
            self.turns.spawn(async move {
                if fresh {
                    freshen(&courier, &recipient).await;
                }
                (recipient, turn(&courier, &recipient).await)
            });
        }
        let least = Duration::from_millis(if self.turns.is_empty() { 200 } else { 1_000 });
        until(next, now, least)
    }

    fn on_ended(&mut self, ended: Result<(OrganisationId, Result<(), DeskError>), tokio::task::JoinError>) {
        match ended {
            Ok((recipient, result)) => {
                self.served.remove(&recipient);
                if let Err(error) = result {
                    tracing::warn!(%error, "letters wait because the desk failed");
                    self.rest_until = self.courier.now().plus(DESK_FAILED);
                }
            }
            Err(error) => {
                tracing::error!(%error, "bringing letters out failed");
                self.turns.abort_all();
                self.served.clear();
            }
        }
    }

    async fn on_event(&self, event: Result<Event, RecvError>) {
        match event {
            Ok(event) => {
                if let Event::Connected(peer) = event
                    && let Some(organisation) = self.courier.view().organisation_of(&peer)
                {
                    self.hurry(&organisation).await;
                }
            }
            Err(RecvError::Lagged(_)) => {
                let connected = self.courier.post.connected().await;
                let view = self.courier.view();
                let of = connected.iter().filter_map(|peer| view.organisation_of(peer));
                for organisation in of.collect::<BTreeSet<_>>() {
                    self.hurry(&organisation).await;
                }
            }
            // Without anybody to tell, the timer alone decides; it must not spin.
            Err(RecvError::Closed) => tokio::time::sleep(Duration::from_secs(1)).await,
        }
    }

    /// A node, a key or somebody's trust is new: letters that wait for it are due.
    async fn on_view(&mut self) {
        let facts = self.facts_now();
        let changed: Vec<_> =
            facts.iter().filter(|(id, now)| self.facts.get(*id) != Some(*now)).map(|(id, _)| *id).collect();
        self.facts = facts;
        for organisation in changed {
            self.hurry(&organisation).await;
        }
    }

    fn facts_now(&self) -> BTreeMap<OrganisationId, Facts> {
        let view = self.courier.view();
        let facts = view.organisations.iter().map(|(id, known)| {
            let keys = known.card.iter().flat_map(|card| card.sealing_keys.iter().copied()).collect();
            (*id, (known.nodes.keys().copied().collect(), keys, known.why.shown()))
        });
        facts.collect()
    }

    async fn hurry(&self, organisation: &OrganisationId) {
        if let Err(error) = self.courier.introductions.desk.hurry_letters(organisation).await {
            tracing::warn!(%error, "letters could not be made due; they are by their timers");
        }
    }

    /// Whether the card of an organisation should be asked for before letters are sealed to it.
    fn ask_anew(&mut self, recipient: &OrganisationId, now: Timestamp) -> bool {
        let own = *recipient == self.courier.view().own;
        let recently = self.asked_anew.get(recipient).is_some_and(|at| at.plus(STALE_EVERY) > now);
        let missing = self.courier.sealing_key(recipient).is_none();
        if own || (recently && !missing) || !(missing || is_old(&self.courier, recipient, now)) {
            return false;
        }
        self.asked_anew.retain(|_, at| at.plus(STALE_EVERY) > now);
        self.asked_anew.insert(*recipient, now);
        true
    }
}

fn is_old(courier: &Courier, recipient: &OrganisationId, now: Timestamp) -> bool {
    let slot = Slot { organisation: *recipient, kind: Kind::Card, about: Vec::new() };
    let standing = courier.introductions.store.standing(&slot).ok().flatten();
    standing.is_none_or(|standing| standing.sequence < now.minus(STALE).0)
}

/// Has a card compared, and waits a little for a fresher one.
async fn freshen(courier: &Courier, recipient: &OrganisationId) {
    if courier.post.connected().await.is_empty() {
        return;
    }
    let before = courier.sealing_key(recipient);
    let mut views = courier.introductions.views.clone();
    courier.post.refresh(*recipient).await;
    let patience = if before.is_none() { NO_KEY } else { OLD_CARD };
    let changed = async {
        while courier.sealing_key(recipient) == before {
            if views.changed().await.is_err() {
                return;
            }
        }
    };
    // In vain is no harm: what cannot be opened comes back with the card.
    let _in_vain = tokio::time::timeout(patience, changed).await.is_err();
}

/// Serves one organisation.
pub(super) async fn turn(courier: &Courier, recipient: &OrganisationId) -> Result<(), DeskError> {
    turn_until(courier, recipient, Instant::now() + TURN).await
}

/// Serves one organisation until its time is over; then the others have their turn first.
pub(super) async fn turn_until(courier: &Courier, recipient: &OrganisationId, ends: Instant) -> Result<(), DeskError> {
    let mut way = Arc::new(courier.way(recipient).await);
    for _ in 0..PAGES {
        let rows = courier.introductions.desk.due_letters(recipient, PAGE).await?;
        if rows.is_empty() {
            break;
        }
        let slow = page(courier, rows, &mut way, ends).await?;
        if slow || Instant::now() >= ends {
            let (rest, problem) = if slow { (TOO_SLOW_RESTS, Some(TOO_SLOW)) } else { (0, None) };
            return courier.introductions.desk.put_off(recipient, courier.now().plus(rest), problem).await;
        }
    }
    Ok(())
}

/// Tries each letter of a page, a few at once; a node that does not answer is not asked again in this turn. Answers
/// whether time ran out for any of them.
async fn page(courier: &Courier, rows: Vec<OutboxRow>, way: &mut Arc<Way>, ends: Instant) -> Result<bool, DeskError> {
    let (mut under_way, mut postponed, mut failed, mut slow) = (JoinSet::new(), Vec::new(), Ok(()), false);
    let mut rows = rows.into_iter();
    loop {
        while under_way.len() < UNDER_WAY && failed.is_ok() && Instant::now() < ends {
            let Some(row) = rows.next() else { break };
            let (courier, way) = (courier.clone(), Arc::clone(way));
            under_way.spawn(async move {
                // Given up half-way it is as before: what was said meanwhile is remembered there and asked for again.
                let fate = tokio::time::timeout_at(ends, courier.deliver(&row, &way)).await;
                (row, fate)
            });
        }
        let Some(ended) = under_way.join_next().await else { break };
        let Ok((row, fate)) = ended else { continue };
        let late = || Ok(Fate::Later(Later { problem: TOO_SLOW.to_owned(), ..Later::default() }));
        slow |= fate.is_err();
        match fate.unwrap_or_else(|_| late()) {
            Ok(Fate::Over) => {}
            Ok(Fate::Kept) => {
                let next_at = courier.now().plus(back_off(KEPT, KEPT, 0));
                courier.introductions.desk.letter_kept(&row.letter.message, row.letter.direction, next_at).await?;
            }
            Ok(Fate::Later(later)) => {
                if later.silent.iter().any(|peer| way.nodes.contains(peer)) {
                    Arc::make_mut(way).nodes.retain(|peer| !later.silent.contains(peer));
                }
                if later.silent.iter().any(|silent| way.relays.iter().any(|(_, peer)| peer == silent)) {
                    Arc::make_mut(way).relays.retain(|(_, peer)| !later.silent.contains(peer));
                }
                postponed.push(postpone(&row, later, courier.now()));
            }
            Err(error) => failed = Err(error),
        }
    }
    courier.introductions.desk.postpone_letters(&postponed).await?;
    failed.map(|()| slow)
}

/// When a letter is tried again.
fn postpone(row: &OutboxRow, later: Later, now: Timestamp) -> Postponed {
    let wait = if row.kept { back_off(KEPT, KEPT, 0) } else { back_off(LEAST, MOST, row.attempts) };
    let next_at = now.plus(wait.max(later.least));
    Postponed { message: row.letter.message, direction: row.letter.direction, next_at, problem: later.problem }
}
