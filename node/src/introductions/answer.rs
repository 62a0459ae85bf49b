//! What this node answers when a peer's courier asks: one question, one answer, and nothing remembered in between.

use std::collections::BTreeMap;
use std::sync::Arc;

use mentormesh_protocol::introduction::courier::{CourierAnswer, CourierRefusal, CourierRequest};
use mentormesh_protocol::introduction::{Envelope, Outcome, Receipt};
use mentormesh_protocol::limits::MINUTE;
use mentormesh_protocol::{EnvelopeId, OrganisationId, PeerId, Signed, Timestamp};
use tokio::sync::{Notify, Semaphore, watch};

use super::courier::{Courier, stopped};
use super::deliver::Fate;
use super::receipts::NotAReceipt;
use crate::desk::{DeskError, OutboxRow};
use crate::post::{Asked, AskedReceiver};

/// Questions that are answered at once; further ones wait in their queue.
const AT_ONCE: usize = 8;
/// Questions a minute of a peer whose organisation we do not show.
const OF_STRANGERS: u32 = 30;
/// Strangers that are told apart; further ones are one.
const STRANGERS: usize = 1_024;
/// How seldom an organisation may begin to ask back.
const ASKED_BACK_EVERY: u64 = MINUTE;
/// Bytes below which a question may be one that asks back; the others need not be read to tell.
const ASKS_BACK: usize = 64;
/// When to come again after the desk failed, in milliseconds.
const DESK_FAILED: u64 = 60_000;

/// The task.
#[derive(Debug)]
pub(super) struct Answers {
    courier: Courier,
    push: Arc<Notify>,
    strangers: BTreeMap<PeerId, u32>,
    counted_from: Timestamp,
    asked_back: BTreeMap<OrganisationId, Timestamp>,
}

impl Answers {
    /// `push` is told of each envelope that is newly kept.
    pub(super) fn new(courier: Courier, push: Arc<Notify>) -> Self {
        let counted_from = courier.now();
        Self { courier, push, strangers: BTreeMap::new(), counted_from, asked_back: BTreeMap::new() }
    }

    pub(super) async fn run(mut self, mut asked: AskedReceiver, mut stop: watch::Receiver<bool>) {
        let places = Arc::new(Semaphore::new(AT_ONCE));
        loop {
            let Asked { peer, bytes, reply } = tokio::select! {
                Some(asked) = asked.recv() => asked,
                () = stopped(&mut stop) => break,
                else => break,
            };
            if self.is_too_much(peer) || self.asks_back_too_often(peer, &bytes) {
                let _gone = reply.send(CourierAnswer::Refused(CourierRefusal::Busy(MINUTE)).encode());
                continue;
            }
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
            let (courier, push) = (self.courier.clone(), Arc::clone(&self.push));
            tokio::spawn(async move {
                let answer = courier.answer(peer, &bytes, &push).await;
                // The peer may have gone; it will ask again.
                let _gone = reply.send(answer.encode());
                drop(place);
            });
        }
    }

    /// Counts a question of a stranger, and says whether it is one too many in this minute.
    fn is_too_much(&mut self, peer: PeerId) -> bool {
        if self.courier.view().admits(&peer) {
            return false;
        }
        let now = self.courier.now();
        if now.apart(self.counted_from) >= MINUTE {
            self.strangers.clear();
            self.counted_from = now;
        }
        let alone = self.strangers.contains_key(&peer) || self.strangers.len() < STRANGERS;
        let counted = if alone { peer } else { PeerId(self.courier.node_key.public()) };
        let count = self.strangers.entry(counted).or_default();
        *count = count.saturating_add(1);
        *count > OF_STRANGERS
    }

    /// Whether a peer begins to ask back what its organisation was given a moment ago: all our letters to it would be
    /// on their way again each time.
    fn asks_back_too_often(&mut self, peer: PeerId, bytes: &[u8]) -> bool {
        let begins = bytes.len() <= ASKS_BACK
            && matches!(CourierRequest::decode(bytes), Ok(CourierRequest::Recall { after: None, .. }));
        let view = self.courier.view();
        let Some(organisation) = view.organisation_of(&peer).filter(|_| begins && view.admits(&peer)) else {
            return false;
        };
        let now = self.courier.now();
        self.asked_back.retain(|_, at| now.apart(*at) < ASKED_BACK_EVERY);
        let too_often = self.asked_back.contains_key(&organisation);
        self.asked_back.entry(organisation).or_insert(now);
        too_often
    }
}

impl Courier {
    pub(super) async fn answer(&self, peer: PeerId, request: &[u8], push: &Notify) -> CourierAnswer {
        let answer = match CourierRequest::decode(request) {
            Ok(CourierRequest::Deliver(envelope)) => Ok(self.on_deliver(peer, &envelope).await),
            Ok(CourierRequest::Keep(envelope)) => self.on_keep(peer, &envelope, push).await,
            Ok(CourierRequest::Pass(receipt)) => self.on_pass(peer, &receipt).await,
            Ok(CourierRequest::Recall { since, after }) => self.on_recall(peer, since, after).await,
            Err(error) => Ok(malformed(error)),
        };
        answer.unwrap_or_else(|error| {
            tracing::error!(%peer, %error, "a courier's question could not be answered");
            CourierAnswer::Refused(not_now(&error))
        })
    }

    async fn on_deliver(&self, peer: PeerId, bytes: &[u8]) -> CourierAnswer {
        let envelope = match Envelope::decode(bytes) {
            Ok(envelope) => envelope,
            Err(error) => return malformed(error),
        };
        match self.introductions.receive(bytes).await {
            Ok(outcome) => self.receipt(envelope.id(), outcome),
            Err(not_taken) => {
                if let Some(unknown) = not_taken.unknown {
                    self.post.refresh(unknown).await;
                }
                tracing::info!(%peer, refusal = %not_taken.refusal, "a letter was not taken now");
                CourierAnswer::Refused(not_taken.refusal)
            }
        }
    }

    pub(super) fn receipt(&self, envelope: EnvelopeId, outcome: Outcome) -> CourierAnswer {
        match self.sign_receipt(envelope, outcome) {
            Ok(receipt) => CourierAnswer::Receipt(receipt.into()),
            Err(error) => {
                tracing::error!(%error, "a receipt could not be signed");
                CourierAnswer::Refused(CourierRefusal::Busy(DESK_FAILED))
            }
        }
    }

    /// A relay brings the recipient's receipt. What it says of the way it came is nothing to us; who signed it is all.
    async fn on_pass(&self, peer: PeerId, receipt: &[u8]) -> Result<CourierAnswer, DeskError> {
        let envelope = match Signed::<Receipt>::decode(receipt) {
            Ok(signed) => signed.claims().envelope,
            Err(error) => return Ok(malformed(error)),
        };
        // One that is about nothing on its way is settled, or was never ours: nothing is left to do.
        let Some(row) = self.introductions.desk.letter_in(&envelope).await? else {
            return self.on_pass_duty(peer, receipt, &envelope).await;
        };
        match self.recipients_word(receipt, &envelope, &row.letter.recipient) {
            Ok(outcome) => {
                self.on_word(peer, &row, outcome).await?;
                Ok(CourierAnswer::Noted)
            }
            Err(NotAReceipt::NotItsNode) => {
                // The recipient may have a node that is not known here yet.
                self.post.refresh(row.letter.recipient).await;
                Ok(CourierAnswer::Refused(CourierRefusal::Busy(MINUTE)))
            }
            Err(error) => Ok(malformed(error)),
        }
    }

    async fn on_pass_duty(
        &self,
        peer: PeerId,
        receipt: &[u8],
        envelope: &EnvelopeId,
    ) -> Result<CourierAnswer, DeskError> {
        let Some(row) = self.introductions.desk.duty_in(envelope).await? else { return Ok(CourierAnswer::Noted) };
        match self.recipients_word(receipt, envelope, &row.recipient) {
            Ok(outcome) => {
                self.duty_passed(&row, peer, receipt, outcome).await?;
                Ok(CourierAnswer::Noted)
            }
            Err(NotAReceipt::NotItsNode) => {
                self.post.refresh(row.recipient).await;
                Ok(CourierAnswer::Refused(CourierRefusal::Busy(MINUTE)))
            }
            Err(error) => Ok(malformed(error)),
        }
    }

    /// What a receipt that came by another way means for its letter.
    async fn on_word(&self, peer: PeerId, row: &OutboxRow, outcome: Outcome) -> Result<(), DeskError> {
        let (desk, recipient) = (&self.introductions.desk, row.letter.recipient);
        let (message, direction) = (&row.letter.message, row.letter.direction);
        let Outcome::Unopenable(card) = outcome else {
            if let Fate::Later(later) = self.settle(row, &outcome).await? {
                // Whoever passes a receipt back keeps the letter no longer.
                desk.letter_let_go(message, direction, self.now().plus(later.least)).await?;
            }
            return Ok(());
        };
        let used = self.sealing_key(&recipient);
        self.take_card(&recipient, card.to_vec(), peer).await;
        if self.sealing_key(&recipient) == used {
            // The card may still be on its way through the door; a new key makes the letter due by itself.
            return desk.letter_let_go(message, direction, self.now().plus(MINUTE)).await;
        }
        desk.hurry_letter(message, direction).await?;
        self.introductions.wake();
        Ok(())
    }

    /// Another node may have lost what we have: only one that acts for the organisation itself may ask, and only one
    /// that we show.
    async fn on_recall(&self, peer: PeerId, since: Timestamp, after: Option<u64>) -> Result<CourierAnswer, DeskError> {
        let view = self.view();
        let Some(organisation) =
            view.organisation_of(&peer).filter(|organisation| *organisation != view.own && view.admits(&peer))
        else {
            return Ok(CourierAnswer::Refused(CourierRefusal::NotAdmitted));
        };
        let desk = &self.introductions.desk;
        if after.is_none() {
            let again = desk.queue_again(&organisation).await?;
            tracing::info!(organisation = %view.name(&organisation), letters = again, "letters are sent again on request");
            self.introductions.wake();
        }
        let (letters, next) = desk.letters_received(&organisation, since, after.unwrap_or(0)).await?;
        Ok(CourierAnswer::Letters(letters.into_iter().map(Into::into).collect(), next))
    }
}

/// What a peer is told when the desk failed: nothing was taken, so it keeps what it has.
const fn not_now(error: &DeskError) -> CourierRefusal {
    if error.is_full() { CourierRefusal::StorageFull } else { CourierRefusal::Busy(DESK_FAILED) }
}

pub(super) fn malformed(error: impl ToString) -> CourierAnswer {
    CourierAnswer::Refused(CourierRefusal::Malformed(error.to_string()))
}
