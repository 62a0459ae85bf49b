//! Custody: this node keeps sealed letters for organisations that named it as a relay, hands them on when a node of
//! theirs is there, and passes their receipts back to whoever handed the letters over.
//!
//! A relay cannot open anything. It knows recipient, expiry, size and the handing peer, and logs no more than that.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use mentormesh_protocol::introduction::courier::{CourierAnswer, CourierRefusal, CourierRequest};
use mentormesh_protocol::introduction::{Envelope, Outcome};
use mentormesh_protocol::limits::{DAY, MINUTE};
use mentormesh_protocol::{EnvelopeId, OrganisationId, PeerId, Timestamp};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::answer::malformed;
use super::courier::{Courier, Unanswered, back_off, nodes, share, stopped, until};
use crate::desk::{Custody, DeskError, KeptEnvelope, KeptReceipt};
use crate::event::Event;
use crate::post::PostError;

/// Longest time for which anything is kept: beyond the longest wait with every question and a first call.
const LONGEST: u64 = 120 * DAY;
/// Envelopes or receipts that are read at once.
const PAGE: u32 = 64;
/// Envelopes or receipts under way at once.
const UNDER_WAY: usize = 8;
/// First wait after a try in vain; doubled each time.
const LEAST: u64 = 5_000;
/// Longest wait.
const MOST: u64 = 10 * MINUTE;
/// How long one recipient, or one peer, may take in a round, so that it keeps nobody else waiting.
const TURN: Duration = Duration::from_secs(5);
/// How long nothing is tried after the desk failed.
const DESK_FAILED: Duration = Duration::from_secs(10);

impl Courier {
    /// Takes an envelope into custody, or says why not. What is answered *kept* is durable.
    pub(super) async fn on_keep(&self, peer: PeerId, bytes: &[u8], push: &Notify) -> Result<CourierAnswer, DeskError> {
        let view = self.view();
        if !view.admits(&peer) {
            return Ok(CourierAnswer::Refused(CourierRefusal::NotAdmitted));
        }
        let envelope = match Envelope::decode(bytes) {
            Ok(envelope) => envelope,
            Err(error) => return Ok(malformed(error)),
        };
        let (id, recipient, expires_at) = (envelope.id(), envelope.header.recipient, envelope.header.expires_at);
        let now = self.now();
        if expires_at <= now || expires_at > now.plus(LONGEST) {
            return Ok(malformed("expires_at: in the past, or further away than any wait"));
        }
        let card = view.organisations.get(&recipient).and_then(|known| known.card.as_ref());
        let named = view.shows(&recipient) && card.is_some_and(|card| card.relays.contains(&view.own));
        if !named {
            return Ok(CourierAnswer::Refused(CourierRefusal::NotARelay));
        }
        let kept = KeptEnvelope { envelope: id, recipient, expires_at, peer, sealed: bytes.to_vec(), attempts: 0 };
        let theirs = view.organisation_of(&peer).and_then(|id| view.organisations.get(&id));
        let others: Vec<_> = theirs.into_iter().flat_map(|known| known.nodes.keys().copied()).collect();
        match self.introductions.desk.keep(&kept, &others).await? {
            Custody::Kept => {
                push.notify_one();
                Ok(self.receipt(id, Outcome::Kept(expires_at)))
            }
            Custody::Over(receipt) => Ok(CourierAnswer::Receipt(receipt.into())),
            Custody::Full(bound) => {
                tracing::warn!(%peer, recipient = %recipient.short(), bound, "an envelope was refused: as much is kept as may be");
                Ok(CourierAnswer::Refused(CourierRefusal::CustodyFull))
            }
        }
    }
}

/// The task that hands on what is kept and passes receipts back.
#[derive(Debug)]
pub(super) struct Push {
    courier: Courier,
    waker: Arc<Notify>,
    pub(super) turn: Duration,
}

impl Push {
    pub(super) fn new(courier: Courier) -> Self {
        Self { courier, waker: Arc::new(Notify::new()), turn: TURN }
    }

    /// What wakes it.
    pub(super) fn waker(&self) -> Arc<Notify> {
        Arc::clone(&self.waker)
    }

    pub(super) async fn run(self, mut stop: watch::Receiver<bool>) {
        let introductions = self.courier.introductions.clone();
        let (mut events, mut views) = (introductions.events.listen(), introductions.views.clone());
        let mut seen = self.nodes_known();
        loop {
            let wait = tokio::select! {
                round = self.round() => round.unwrap_or_else(|error| {
                    tracing::warn!(%error, "what is kept for others waits because the desk failed");
                    DESK_FAILED
                }),
                () = stopped(&mut stop) => break,
            };
            let woken = tokio::select! {
                () = self.waker.notified() => Ok(()),
                event = events.recv() => self.on_event(event).await,
                Ok(()) = views.changed() => {
                    let now = self.nodes_known();
                    let new: Vec<_> = now.difference(&seen).copied().collect();
                    seen = now;
                    self.on_new_nodes(new).await
                }
                () = tokio::time::sleep(wait) => Ok(()),
                () = stopped(&mut stop) => break,
            };
            if let Err(error) = woken {
                tracing::warn!(%error, "what is kept could not be made due; it is by its timers");
            }
        }
    }

    fn nodes_known(&self) -> BTreeSet<(OrganisationId, PeerId)> {
        let view = self.courier.view();
        let of = |(id, known): (&OrganisationId, &crate::view::Known)| {
            let id = *id;
            known.nodes.keys().map(move |peer| (id, *peer)).collect::<Vec<_>>()
        };
        view.organisations.iter().flat_map(of).collect()
    }

    async fn on_event(&self, event: Result<Event, RecvError>) -> Result<(), DeskError> {
        match event {
            Ok(event) => {
                let Event::Connected(peer) = event else { return Ok(()) };
                let organisation = self.courier.view().organisation_of(&peer);
                self.courier.introductions.desk.hurry_custody(organisation.as_ref(), Some(&peer)).await
            }
            Err(RecvError::Closed) => {
                // Without anybody to tell, the timer alone decides; it must not spin.
                tokio::time::sleep(Duration::from_secs(1)).await;
                Ok(())
            }
            Err(RecvError::Lagged(_)) => Ok(()),
        }
    }

    async fn on_new_nodes(&self, new: Vec<(OrganisationId, PeerId)>) -> Result<(), DeskError> {
        for (organisation, peer) in new {
            self.courier.introductions.desk.hurry_custody(Some(&organisation), Some(&peer)).await?;
        }
        Ok(())
    }

    /// Tries everything that is due, and answers how long to wait for more.
    pub(super) async fn round(&self) -> Result<Duration, DeskError> {
        let desk = &self.courier.introductions.desk;
        if self.courier.introductions.clock_may_end() {
            desk.sweep_custody().await?;
        }
        if desk.next_custody().await?.is_some_and(|next| next <= self.courier.now()) {
            let (view, connected) = (self.courier.view(), self.courier.post.connected().await);
            for recipient in desk.custody_recipients().await? {
                self.hand_on(&recipient, nodes(&view, &recipient, &connected)).await?;
            }
            self.pass_back(&connected).await?;
        }
        Ok(until(desk.next_custody().await?, self.courier.now(), Duration::from_millis(200)))
    }

    /// One recipient's turn: until nothing is due for it, or its time is over. The rest stays due for the next round.
    async fn hand_on(&self, recipient: &OrganisationId, mut nodes: Vec<PeerId>) -> Result<(), DeskError> {
        let desk = &self.courier.introductions.desk;
        let (ends, patience) = (Instant::now() + self.turn, share(self.turn, nodes.len()));
        loop {
            let mut rows = desk.due_custody(recipient, PAGE).await?.into_iter();
            let (mut under_way, mut later, mut any) = (JoinSet::new(), Vec::new(), false);
            loop {
                while under_way.len() < UNDER_WAY && Instant::now() < ends {
                    let Some(kept) = rows.next() else { break };
                    any = true;
                    let (courier, nodes) = (self.courier.clone(), nodes.clone());
                    under_way.spawn(async move {
                        let tried = courier.hand_on(&kept, &nodes, ends, patience).await;
                        (kept, tried)
                    });
                }
                let Some(ended) = under_way.join_next().await else { break };
                let Ok((kept, tried)) = ended else { continue };
                match tried {
                    Ok(receipt) => desk.end_custody(&kept, &receipt).await?,
                    Err(silent) => {
                        nodes.retain(|peer| !silent.contains(peer));
                        later.push((kept.envelope, self.again(kept.attempts)));
                    }
                }
            }
            desk.postpone_custody(&later).await?;
            if !any || Instant::now() >= ends {
                return Ok(());
            }
        }
    }

    async fn pass_back(&self, connected: &BTreeSet<PeerId>) -> Result<(), DeskError> {
        let desk = &self.courier.introductions.desk;
        let mut left: BTreeMap<PeerId, Duration> = connected.iter().map(|peer| (*peer, self.turn)).collect();
        loop {
            let due = desk.due_receipts(PAGE).await?;
            if due.is_empty() {
                return Ok(());
            }
            let mut later: Vec<(EnvelopeId, Timestamp)> = Vec::new();
            for KeptReceipt { envelope, peer, receipt, attempts } in due {
                let mut passed = false;
                if let Some(patience) = left.get(&peer).copied().filter(|patience| !patience.is_zero()) {
                    let began = Instant::now();
                    let answer = self.courier.ask_within(patience, peer, &CourierRequest::Pass(receipt.into())).await;
                    let not_now =
                        matches!(answer, Err(Unanswered::Post(_) | Unanswered::Refused(CourierRefusal::Busy(_))));
                    left.insert(peer, if not_now { Duration::ZERO } else { patience.saturating_sub(began.elapsed()) });
                    // A peer that cannot read it will not learn to.
                    passed = matches!(
                        answer,
                        Ok(CourierAnswer::Noted) | Err(Unanswered::Refused(CourierRefusal::Malformed(_)))
                    );
                }
                if passed {
                    desk.receipt_passed(&envelope).await?;
                } else {
                    later.push((envelope, self.again(attempts)));
                }
            }
            desk.postpone_custody(&later).await?;
        }
    }

    fn again(&self, attempts: u64) -> Timestamp {
        self.courier.now().plus(back_off(LEAST, MOST, attempts))
    }
}

impl Courier {
    /// Hands one envelope to its recipient and answers with the recipient's receipt, or else who said nothing in time.
    async fn hand_on(
        &self,
        kept: &KeptEnvelope,
        nodes: &[PeerId],
        ends: Instant,
        patience: Duration,
    ) -> Result<Vec<u8>, Vec<PeerId>> {
        let mut silent = Vec::new();
        let request = CourierRequest::Deliver(kept.sealed.clone().into());
        for peer in nodes {
            let patience = patience.min(ends.saturating_duration_since(Instant::now()));
            match self.ask_within(patience, *peer, &request).await {
                Ok(CourierAnswer::Receipt(receipt)) => {
                    match self.recipients_word(&receipt, &kept.envelope, &kept.recipient) {
                        Ok(_) => return Ok(receipt.into()),
                        Err(error) => tracing::warn!(%peer, %error, "a receipt does not count"),
                    }
                }
                Err(Unanswered::Post(PostError::NotConnected | PostError::NoAnswer(_))) => silent.push(*peer),
                Ok(CourierAnswer::Noted | CourierAnswer::Letters(..) | CourierAnswer::Refused(_)) | Err(_) => {}
            }
        }
        Err(silent)
    }
}
