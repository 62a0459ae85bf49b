//! The task that brings our duties out: sealed at the last moment, handed to a node of the recipient or to its relays,
//! tried until the recipient's own receipt is here or their time is over.

use std::collections::BTreeSet;
use std::time::Duration;

use mentormesh_protocol::introduction::courier::{CourierAnswer, CourierRequest};
use mentormesh_protocol::introduction::{Envelope, EnvelopeHeader, Outcome, Receipt, seal};
use mentormesh_protocol::limits::MINUTE;
use mentormesh_protocol::{OrganisationId, PeerId, Signed, Timestamp};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use super::courier::{Courier, Unanswered, back_off, share, stopped, until};
use super::deliver::{UNRECOGNISED, Way};
use crate::desk::{DeskError, DutyRow};
use crate::event::Event;
use crate::folder::random_bytes;
use crate::post::PostError;

/// Duties that are read at once.
const PAGE: u32 = 32;
/// How long the nodes of a recipient may take over one together, and its relays.
const PATIENCE: Duration = Duration::from_secs(10);
/// First wait after a try in vain; doubled each time.
const LEAST: u64 = 2_000;
/// Longest wait.
const MOST: u64 = 10 * MINUTE;
/// Wait while a relay keeps it.
const KEPT: u64 = 30 * MINUTE;
/// After how many tries one that a relay keeps is offered to relays once more.
const OFFERED_AGAIN: u64 = 48;
/// How long nothing is tried after the desk failed.
const DESK_FAILED: Duration = Duration::from_secs(10);

/// How a try went.
enum Fate {
    /// The recipient's last word is here, or nobody waits for it any more.
    Over,
    /// Not before so many milliseconds.
    Later(u64),
    /// Its node says nothing: others for it wait as well.
    Silent(u64),
}

/// Brings duties out until the node stops.
pub(super) async fn run(courier: Courier, mut stop: watch::Receiver<bool>) {
    let rights = courier.introductions.rights.clone();
    let (mut events, mut views) = (courier.introductions.events.listen(), courier.introductions.views.clone());
    loop {
        let wait = tokio::select! {
            turn = courier.duties_turn() => turn.unwrap_or_else(|error| {
                tracing::warn!(%error, "duties wait because the desk failed");
                DESK_FAILED
            }),
            () = stopped(&mut stop) => return,
        };
        let hurried = tokio::select! {
            () = rights.queued() => Ok(()),
            event = events.recv() => courier.duties_hurried(event).await,
            // A key or a node of somebody is new: what is due by its timer alone is tried then.
            Ok(()) = views.changed() => Ok(()),
            () = tokio::time::sleep(wait) => Ok(()),
            () = stopped(&mut stop) => return,
        };
        if let Err(error) = hurried {
            tracing::warn!(%error, "duties could not be made due; they are by their timers");
        }
    }
}

impl Courier {
    async fn duties_hurried(&self, event: Result<Event, RecvError>) -> Result<(), DeskError> {
        match event {
            Ok(Event::Connected(peer)) => match self.view().organisation_of(&peer) {
                Some(organisation) => self.introductions.desk.hurry_duties(&organisation).await,
                None => Ok(()),
            },
            Ok(_) | Err(RecvError::Lagged(_)) => Ok(()),
            Err(RecvError::Closed) => {
                // Without anybody to tell, the timer alone decides; it must not spin.
                tokio::time::sleep(Duration::from_secs(1)).await;
                Ok(())
            }
        }
    }

    /// Tries a page of what is due, and answers how long to wait for more.
    pub(super) async fn duties_turn(&self) -> Result<Duration, DeskError> {
        let desk = &self.introductions.desk;
        if self.clock_is_off() {
            return Ok(DESK_FAILED);
        }
        let (mut silent, mut later): (BTreeSet<OrganisationId>, Vec<_>) = (BTreeSet::new(), Vec::new());
        for row in desk.due_duties(PAGE).await? {
            let waits = if silent.contains(&row.recipient) {
                Some(again(&row))
            } else {
                match self.try_duty(&row).await? {
                    Fate::Over => None,
                    Fate::Later(wait) => Some(wait),
                    Fate::Silent(wait) => {
                        silent.insert(row.recipient);
                        Some(wait)
                    }
                }
            };
            later.extend(waits.map(|wait| (row.id, self.now().plus(wait))));
        }
        desk.postpone_duties(&later).await?;
        Ok(until(desk.next_duty().await?, self.now(), Duration::from_millis(200)))
    }

    async fn try_duty(&self, row: &DutyRow) -> Result<Fate, DeskError> {
        if row.arrives_by <= self.now() && self.introductions.clock_may_end() {
            self.introductions.rights.fared(row, &Outcome::Late, None).await?;
            return Ok(Fate::Over);
        }
        let Some(key) = self.sealing_key(&row.recipient) else {
            self.post.refresh(row.recipient).await;
            return Ok(Fate::Later(again(row)));
        };
        let header = EnvelopeHeader::new(row.recipient, row.arrives_by);
        let randomness = random_bytes().map_err(|error| error.to_string());
        let sealed = randomness.and_then(|randomness| {
            seal(&row.signed, header, &self.introductions.network, &key, &randomness).map_err(|error| error.to_string())
        });
        let envelope = match sealed {
            Ok(envelope) => envelope,
            Err(problem) => {
                tracing::error!(problem, "a duty could not be sealed");
                return Ok(Fate::Later(MOST));
            }
        };
        let way = self.way(&row.recipient).await;
        let mut silent = false;
        for peer in &way.nodes {
            let request = CourierRequest::Deliver(envelope.encode().into());
            match self.ask_within(share(PATIENCE, way.nodes.len()), *peer, &request).await {
                Ok(CourierAnswer::Receipt(receipt)) => {
                    if let Some(fate) = self.duty_said(row, *peer, &receipt, &envelope).await? {
                        return Ok(fate);
                    }
                }
                Err(Unanswered::Post(PostError::NotConnected | PostError::NoAnswer(_))) => silent = true,
                Ok(CourierAnswer::Noted | CourierAnswer::Letters(..) | CourierAnswer::Refused(_)) | Err(_) => {}
            }
        }
        if way.nodes.is_empty() || silent {
            self.duty_to_relays(row, &envelope, &way).await?;
            return Ok(Fate::Silent(again(row)));
        }
        Ok(Fate::Later(again(row)))
    }

    /// What a receipt that counts means for a duty.
    async fn duty_said(
        &self,
        row: &DutyRow,
        peer: PeerId,
        receipt: &[u8],
        envelope: &Envelope,
    ) -> Result<Option<Fate>, DeskError> {
        let outcome = match self.recipients_word(receipt, &envelope.id(), &row.recipient) {
            Ok(outcome) => outcome,
            Err(error) => {
                tracing::warn!(%peer, %error, "a receipt does not count");
                return Ok(None);
            }
        };
        if let Outcome::Unopenable(card) = outcome {
            // With the key of that card it is sealed at the next try.
            self.take_card(&row.recipient, card.to_vec(), peer).await;
            return Ok(Some(Fate::Later(LEAST)));
        }
        Ok(Some(if self.settle_duty(row, receipt, &outcome).await? { Fate::Over } else { Fate::Later(UNRECOGNISED) }))
    }

    /// The recipient's word on a duty, whichever way it came; false if it shall be tried again.
    pub(super) async fn settle_duty(
        &self,
        row: &DutyRow,
        receipt: &[u8],
        outcome: &Outcome,
    ) -> Result<bool, DeskError> {
        let node = Signed::<Receipt>::decode(receipt).map(|signed| signed.claims().node).ok();
        let said = node.as_ref().map(|node| (node, receipt));
        self.introductions.rights.fared(row, outcome, said).await
    }

    async fn duty_to_relays(&self, row: &DutyRow, envelope: &Envelope, way: &Way) -> Result<(), DeskError> {
        if way.relays.is_empty() || (row.kept && row.attempts % OFFERED_AGAIN != OFFERED_AGAIN - 1) {
            return Ok(());
        }
        let (desk, id) = (&self.introductions.desk, envelope.id());
        desk.duty_to_relays(&row.id, Some(&id)).await?;
        let mut kept = false;
        for (relay, peer) in &way.relays {
            let request = CourierRequest::Keep(envelope.encode().into());
            match self.ask_within(share(PATIENCE, way.relays.len()), *peer, &request).await {
                Ok(CourierAnswer::Receipt(receipt)) => match self.relays_word(&receipt, &id, relay) {
                    Ok(()) => kept = true,
                    Err(error) => tracing::warn!(%peer, %error, "a relay's receipt does not count"),
                },
                Ok(CourierAnswer::Noted | CourierAnswer::Letters(..) | CourierAnswer::Refused(_)) | Err(_) => {}
            }
        }
        if kept { Ok(()) } else { desk.duty_to_relays(&row.id, None).await }
    }

    /// A relay brings the recipient's receipt for a duty of ours; false if it is tried again.
    pub(super) async fn duty_passed(
        &self,
        row: &DutyRow,
        peer: PeerId,
        receipt: &[u8],
        outcome: Outcome,
    ) -> Result<(), DeskError> {
        if let Outcome::Unopenable(card) = &outcome {
            self.take_card(&row.recipient, card.to_vec(), peer).await;
        }
        if !self.settle_duty(row, receipt, &outcome).await? {
            self.introductions.desk.duty_to_relays(&row.id, None).await?;
            let next: Timestamp = self.now().plus(MINUTE);
            self.introductions.desk.postpone_duties(&[(row.id, next)]).await?;
        }
        Ok(())
    }
}

/// When one is tried again that was tried in vain.
fn again(row: &DutyRow) -> u64 {
    if row.kept { back_off(KEPT, KEPT, 0) } else { back_off(LEAST, MOST, row.attempts) }
}
