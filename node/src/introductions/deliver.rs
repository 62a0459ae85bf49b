//! One letter on its way: sealed at the last moment, handed to its recipient's node or to relays, and settled by the
//! recipient's own receipt and nothing else.

use std::time::Duration;

use mentormesh_protocol::introduction::courier::{CourierAnswer, CourierRefusal, CourierRequest};
use mentormesh_protocol::introduction::{Envelope, EnvelopeHeader, Outcome, seal};
use mentormesh_protocol::key::SealingKey;
use mentormesh_protocol::limits::MINUTE;
use mentormesh_protocol::{Kind, OrganisationId, PeerId, Record, Signed};

use super::courier::{Courier, Unanswered, nodes, share};
use crate::desk::{DeskError, OutboxRow};
use crate::folder::random_bytes;
use crate::ingest::Origin;
use crate::post::PostError;

/// How often a letter is sealed anew at once when its recipient cannot open it.
const RESEALS: usize = 3;
/// How long the card that came with such a letter may take to be believed.
const BELIEVED: Duration = Duration::from_secs(3);
/// How long all nodes of a recipient may take over a letter together, and all of its relays.
const PATIENCE: Duration = Duration::from_secs(24);
/// A letter that a relay keeps is tried twice an hour: after how many tries it is offered to relays once more.
const OFFERED_AGAIN: u64 = 48;
/// How soon a letter is tried again that its recipient does not recognise now.
pub(super) const UNRECOGNISED: u64 = 30 * MINUTE;

/// The way to an organisation, as far as it is open now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Way {
    /// Its own nodes.
    pub(super) nodes: Vec<PeerId>,
    /// Those who keep letters for it, and one node of each.
    pub(super) relays: Vec<(OrganisationId, PeerId)>,
}

/// How a try went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// The recipient's last word is here.
    Over,
    /// A relay keeps it.
    Kept,
    /// Not now.
    Later(Later),
}

/// Why not now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Later {
    /// In words.
    pub(super) problem: String,
    /// Milliseconds that it should wait at least.
    pub(super) least: u64,
    /// Peers that did not answer at all.
    pub(super) silent: Vec<PeerId>,
}

impl Later {
    fn because(problem: impl Into<String>) -> Self {
        Self { problem: problem.into(), ..Self::default() }
    }

    fn note(&mut self, peer: PeerId, unanswered: &Unanswered) {
        self.problem = unanswered.to_string();
        match unanswered {
            Unanswered::Post(PostError::NotConnected | PostError::NoAnswer(_)) => self.silent.push(peer),
            Unanswered::Refused(CourierRefusal::Busy(wait)) => self.least = self.least.max((*wait).min(10 * MINUTE)),
            Unanswered::Post(PostError::Busy | PostError::Stopped) | Unanswered::Malformed => {}
            Unanswered::Refused(
                CourierRefusal::StorageFull
                | CourierRefusal::NotAdmitted
                | CourierRefusal::NotARelay
                | CourierRefusal::CustodyFull
                | CourierRefusal::UnknownKey
                | CourierRefusal::Clock(_)
                | CourierRefusal::Malformed(_),
            ) => {}
        }
    }
}

impl Courier {
    /// The way to an organisation now.
    pub(super) async fn way(&self, recipient: &OrganisationId) -> Way {
        let (view, connected) = (self.view(), self.post.connected().await);
        let card = view.organisations.get(recipient).and_then(|known| known.card.as_ref());
        let named = card.into_iter().flat_map(|card| card.relays.iter());
        let relays = named
            .filter(|relay| **relay != view.own && *relay != recipient)
            .filter_map(|relay| Some((*relay, *nodes(&view, relay, &connected).first()?)));
        Way { nodes: nodes(&view, recipient, &connected), relays: relays.collect() }
    }

    /// Tries one letter. When this returns, what it answers is durable, but for when the letter is tried again.
    pub(super) async fn deliver(&self, row: &OutboxRow, way: &Way) -> Result<Fate, DeskError> {
        let (recipient, now) = (row.letter.recipient, self.now());
        if row.give_up_at <= now && self.introductions.clock_may_end() {
            self.introductions.learn(&row.letter.message, row.letter.direction, &Outcome::Late).await?;
            return Ok(Fate::Over);
        }
        let mut later = Later::because(format!("no node of {} is reachable", self.view().name(&recipient)));
        for _ in 0..=RESEALS {
            let Some(key) = self.sealing_key(&recipient) else {
                let problem =
                    format!("no key of {} is known to which letters can be sealed", self.view().name(&recipient));
                return Ok(Fate::Later(Later { problem, ..later }));
            };
            let envelope = match self.seal(row, &key) {
                Ok(envelope) => envelope,
                Err(problem) => return Ok(Fate::Later(Later { problem, ..later })),
            };
            let said = if recipient == self.view().own {
                self.loop_back(&envelope, &mut later).await
            } else {
                self.hand_over(&envelope, &way.nodes, &mut later).await
            };
            match said {
                Some((Outcome::Unopenable(card), peer)) => {
                    "its card names another key than the one known here".clone_into(&mut later.problem);
                    if !self.heal(&recipient, card.to_vec(), peer, &key).await {
                        break;
                    }
                }
                Some((outcome, _)) => return self.settle(row, &outcome).await,
                None if (row.kept && row.attempts % OFFERED_AGAIN != OFFERED_AGAIN - 1)
                    || later.silent.len() < way.nodes.len() =>
                {
                    break;
                }
                None => return self.give_to_relays(row, &envelope, &way.relays, later).await,
            }
        }
        Ok(Fate::Later(later))
    }

    /// The recipient's last word about a letter; `Unopenable` makes it due again, with the card that came with it.
    pub(super) async fn settle(&self, row: &OutboxRow, outcome: &Outcome) -> Result<Fate, DeskError> {
        let (message, direction) = (&row.letter.message, row.letter.direction);
        if self.introductions.learn(message, direction, outcome).await? {
            // Another letter of the introduction may have waited for this one.
            self.introductions.wake();
            return Ok(Fate::Over);
        }
        let problem = format!("{} does not show this organisation now", self.view().name(&row.letter.recipient));
        Ok(Fate::Later(Later { problem, least: UNRECOGNISED, silent: Vec::new() }))
    }

    /// Believes a card that came with a letter which did not open, and answers whether there is another key now.
    pub(super) async fn heal(
        &self,
        recipient: &OrganisationId,
        card: Vec<u8>,
        peer: Option<PeerId>,
        used: &SealingKey,
    ) -> bool {
        let Some(peer) = peer else { return false };
        if !self.take_card(recipient, card, peer).await {
            return false;
        }
        let mut views = self.introductions.views.clone();
        let changed = async {
            while self.sealing_key(recipient).is_none_or(|key| key == *used) {
                if views.changed().await.is_err() {
                    return;
                }
            }
        };
        tokio::time::timeout(BELIEVED, changed).await.is_ok()
    }

    /// Hands the card that came with an unopened letter to the door; false when it is none of that organisation's.
    pub(super) async fn take_card(&self, recipient: &OrganisationId, card: Vec<u8>, peer: PeerId) -> bool {
        let header = Signed::<Record>::decode(&card).map(|signed| signed.claims().header().clone());
        if !header.is_ok_and(|header| header.organisation == Some(*recipient) && header.kind == Kind::Card) {
            return false;
        }
        let origin = Origin::Sync { peer, as_of: self.now(), claims: *recipient };
        // Signature, keys and merge are the door's business; what counts here is whether the key changed.
        let taken = self.ingest.accept(vec![card], origin).await;
        if let Err(error) = &taken {
            tracing::warn!(%error, "a card that came with an unopened letter could not be taken in");
        }
        taken.is_ok()
    }

    fn seal(&self, row: &OutboxRow, key: &SealingKey) -> Result<Envelope, String> {
        let header = EnvelopeHeader::new(row.letter.recipient, row.letter.arrives_by);
        let randomness = random_bytes().map_err(|error| format!("the system gave no randomness: {error}"))?;
        seal(&row.letter.signed, header, &self.introductions.network, key, &randomness)
            .map_err(|error| error.to_string())
    }

    /// Mentee and mentor are of one organisation: the letter takes the same way, without the network.
    async fn loop_back(&self, envelope: &Envelope, later: &mut Later) -> Option<(Outcome, Option<PeerId>)> {
        match self.introductions.receive(&envelope.encode()).await {
            Ok(outcome) => Some((outcome, None)),
            Err(not_taken) => {
                later.problem = not_taken.refusal.to_string();
                None
            }
        }
    }

    /// Asks each node of the recipient until one gives a receipt that counts.
    async fn hand_over(
        &self,
        envelope: &Envelope,
        nodes: &[PeerId],
        later: &mut Later,
    ) -> Option<(Outcome, Option<PeerId>)> {
        let (id, recipient) = (envelope.id(), envelope.header.recipient);
        let (request, patience) = (CourierRequest::Deliver(envelope.encode().into()), share(PATIENCE, nodes.len()));
        for peer in nodes {
            match self.ask_within(patience, *peer, &request).await {
                Ok(CourierAnswer::Receipt(receipt)) => match self.recipients_word(&receipt, &id, &recipient) {
                    Ok(outcome) => return Some((outcome, Some(*peer))),
                    Err(error) => {
                        tracing::warn!(%peer, %error, "a receipt does not count");
                        later.problem = error.to_string();
                    }
                },
                Ok(CourierAnswer::Noted | CourierAnswer::Letters(..) | CourierAnswer::Refused(_)) => {
                    later.note(*peer, &Unanswered::Malformed);
                }
                Err(unanswered) => later.note(*peer, &unanswered),
            }
        }
        None
    }

    /// Has every reachable relay of the recipient keep the letter. It stays on its way all the same.
    async fn give_to_relays(
        &self,
        row: &OutboxRow,
        envelope: &Envelope,
        relays: &[(OrganisationId, PeerId)],
        mut later: Later,
    ) -> Result<Fate, DeskError> {
        if relays.is_empty() {
            return Ok(Fate::Later(later));
        }
        let (id, recipient) = (envelope.id(), envelope.header.recipient);
        self.introductions.desk.remember_envelope(&id, &row.letter).await?;
        let (request, patience) = (CourierRequest::Keep(envelope.encode().into()), share(PATIENCE, relays.len()));
        let mut kept = false;
        for (relay, peer) in relays {
            match self.ask_within(patience, *peer, &request).await {
                Ok(CourierAnswer::Receipt(receipt)) => {
                    if let Ok(outcome) = self.recipients_word(&receipt, &id, &recipient) {
                        // The relay had handed it on before, and passes on what the recipient said.
                        if !matches!(outcome, Outcome::Unopenable(_)) {
                            return self.settle(row, &outcome).await;
                        }
                    }
                    match self.relays_word(&receipt, &id, relay) {
                        Ok(()) => kept = true,
                        Err(error) => tracing::warn!(%peer, %error, "a relay's receipt does not count"),
                    }
                }
                Ok(CourierAnswer::Noted | CourierAnswer::Letters(..) | CourierAnswer::Refused(_)) => {
                    later.note(*peer, &Unanswered::Malformed);
                }
                Err(unanswered) => later.note(*peer, &unanswered),
            }
        }
        if kept {
            self.introductions.relayed(&row.letter.message, row.letter.direction).await?;
            return Ok(Fate::Kept);
        }
        Ok(Fate::Later(later))
    }
}
