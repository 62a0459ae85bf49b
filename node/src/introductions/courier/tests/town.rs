//! A town of houses: each has a real store, door, desk and courier; what lies between them is a list of who is
//! connected.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::introduction::Letter;
use mentormesh_protocol::introduction::courier::{CourierAnswer, CourierRequest};
use mentormesh_protocol::key::SealingSecret;
use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::record::{Body, SealingKeyNotice};
use mentormesh_protocol::testing::{NOW, Organisation};
use mentormesh_protocol::trust::Settings;
use mentormesh_protocol::{OrganisationId, PeerId, Record, Timestamp, Verified};
use tokio::sync::{Notify, mpsc, watch};

use crate::clock::Clock;
use crate::desk::{Desk, OutboxLetter, OutboxRow};
use crate::event::{Event, Events};
use crate::ingest::Origin;
use crate::introductions::courier::Courier;
use crate::introductions::{self, Introductions};
use crate::post::{Errand, Post, PostError};
use crate::signing::Safety;
use crate::signing::tests::{Ground, ground};

/// One organisation's courier and what it stands on.
pub(super) struct House {
    pub(super) body: Organisation,
    pub(super) courier: Courier,
    pub(super) clock: Clock,
    pub(super) safety: watch::Sender<Safety>,
    pub(super) push: Arc<Notify>,
    errands: Option<mpsc::Receiver<Errand>>,
    _sealing: watch::Sender<Arc<Vec<SealingSecret>>>,
    _folder: tempfile::TempDir,
    _follower: crate::search::Follower,
}

/// What a peer that is no house says.
pub(super) type Says = Arc<dyn Fn(CourierRequest) -> CourierAnswer + Send + Sync>;

#[derive(Clone)]
enum Inhabitant {
    House(Box<Courier>, Arc<Notify>),
    Other(Says),
}

/// Who is connected with whom.
pub(super) struct Town {
    links: watch::Sender<BTreeSet<(PeerId, PeerId)>>,
    mute: watch::Sender<BTreeSet<PeerId>>,
    events: BTreeMap<PeerId, Events>,
}

/// A card that names relays and a sealing key.
pub(super) fn card(
    of: &Organisation,
    sequence: u64,
    relays: &[&Organisation],
    key: &SealingSecret,
) -> Verified<Record> {
    let Body::Card(mut card) = of.card(sequence).payload().body().clone() else { unreachable!("a card is a card") };
    card.relays = relays.iter().map(|relay| relay.id()).collect();
    card.sealing_keys = vec![SealingKeyNotice { key: key.public(), use_until: NOW.plus(90 * DAY) }];
    of.sign(Vec::new(), sequence, Body::Card(card))
}

impl House {
    /// A house that shows everybody in `known`, each with the card given or a plain one.
    pub(super) async fn new(body: Organisation, known: &[&Organisation], cards: &[&Verified<Record>]) -> Self {
        let clock = Clock::set_at(NOW);
        let settings = Settings { pinned: known.iter().map(|other| other.id()).collect(), ..Settings::default() };
        let Ground { desk, store, ingest, signer, safety, folder } = ground(&body, settings, &clock).await;
        let mut identities = Vec::new();
        for other in known.iter().copied().chain([&body]) {
            let given = cards.iter().find(|card| card.payload().header().organisation == Some(other.id()));
            let card = given.map_or_else(|| other.card(NOW.0 - 9), |card| (*card).clone());
            let delegation = other.delegation(NOW.0 - 9, &[]);
            identities.extend([other.genesis(), &card, &delegation].map(|record| record.bytes().to_vec()));
        }
        ingest.accept(identities, Origin::Local).await.expect("verdicts");
        let (sealing, secrets) = watch::channel(Arc::new(vec![body.sealing_secret()]));
        let (search, follower) =
            crate::search::testing::over(&store, &ingest, watch::channel(Arc::default()).1, &clock, folder.path());
        let rights = crate::rights::testing::over(&desk, ingest.views(), &clock, &body);
        let introductions = Introductions::new(introductions::Parts {
            rights,
            desk,
            signer,
            store,
            views: ingest.views(),
            clock: clock.clone(),
            events: Events::default(),
            network: body.network().clone(),
            sealing: secrets,
            search,
        });
        let (post, errands) = Post::new();
        let node_key = Arc::new(body.node_key());
        let courier = Courier { introductions, post, ingest, node_key, safety: safety.subscribe() };
        let (push, errands) = (Arc::new(Notify::new()), Some(errands));
        Self { body, courier, clock, safety, push, errands, _sealing: sealing, _folder: folder, _follower: follower }
    }

    pub(super) fn id(&self) -> OrganisationId {
        self.body.id()
    }

    pub(super) fn desk(&self) -> &Desk {
        &self.courier.introductions.desk
    }

    /// Puts a letter of its own on its way.
    pub(super) async fn queue(&self, letter: &Verified<Letter>) {
        let said = letter.payload();
        let letter = OutboxLetter {
            message: said.message,
            direction: Direction::Sent,
            introduction: said.introduction,
            recipient: said.recipient,
            signed: letter.bytes().to_vec(),
            arrives_by: said.arrives_by(),
        };
        let mut write = self.desk().write().await.expect("a change");
        write.queue_letter(&letter).await.expect("queued");
        write.commit().await.expect("queued");
    }

    /// A request of this house to a mentor of another, on its way.
    pub(super) async fn asks(&self, other: &Organisation, number: u64) -> Verified<Letter> {
        let request = self.body.request(&other.profile_id(1), "Bo", number, NOW);
        self.queue(&request).await;
        request
    }

    /// How many letters are on their way, and how many of these a relay keeps.
    pub(super) async fn outbox(&self) -> (u64, u64) {
        self.desk().outbox_counts().await.expect("counted")
    }

    /// The one letter that is on its way.
    pub(super) async fn row(&self, letter: &Verified<Letter>) -> Option<OutboxRow> {
        let rows = self.desk().letters_on_their_way(&letter.payload().introduction, Direction::Sent).await;
        rows.expect("read").into_iter().next()
    }

    pub(super) fn moves(&self, milliseconds: u64) {
        self.clock.advance(milliseconds);
    }

    pub(super) async fn answers(&self, peer: PeerId, request: &CourierRequest) -> CourierAnswer {
        self.courier.answer(peer, &request.encode(), &self.push).await
    }
}

impl Town {
    /// Houses, and peers that are none but say something all the same.
    pub(super) fn new<const N: usize>(houses: [&mut House; N], others: &[(PeerId, Says)]) -> Self {
        let (links, mute) = (watch::Sender::new(BTreeSet::new()), watch::Sender::new(BTreeSet::new()));
        let mut who: BTreeMap<_, _> =
            others.iter().map(|(peer, says)| (*peer, Inhabitant::Other(Arc::clone(says)))).collect();
        for house in &houses {
            who.insert(house.body.peer(), Inhabitant::House(Box::new(house.courier.clone()), Arc::clone(&house.push)));
        }
        let mut events = BTreeMap::new();
        for house in houses {
            let (me, errands) = (house.body.peer(), house.errands.take().expect("a house is in one town"));
            events.insert(me, house.courier.introductions.events.clone());
            tokio::spawn(serve(me, errands, who.clone(), links.subscribe(), mute.subscribe()));
        }
        Self { links, mute, events }
    }

    /// From now on this one is there, takes every question and says nothing.
    pub(super) fn falls_silent(&self, one: &Organisation) {
        self.mute.send_modify(|mute| _ = mute.insert(one.peer()));
    }

    pub(super) fn connect(&self, one: &Organisation, other: &Organisation) {
        let (one, other) = (one.peer(), other.peer());
        self.links.send_modify(|links| links.extend([(one, other), (other, one)]));
        for (peer, met) in [(one, other), (other, one)] {
            if let Some(events) = self.events.get(&peer) {
                events.tell(Event::Connected(met));
            }
        }
    }

    pub(super) fn part(&self, one: &Organisation, other: &Organisation) {
        let (one, other) = (one.peer(), other.peer());
        self.links.send_modify(|links| links.retain(|link| *link != (one, other) && *link != (other, one)));
    }
}

async fn serve(
    me: PeerId,
    mut errands: mpsc::Receiver<Errand>,
    who: BTreeMap<PeerId, Inhabitant>,
    links: watch::Receiver<BTreeSet<(PeerId, PeerId)>>,
    mute: watch::Receiver<BTreeSet<PeerId>>,
) {
    while let Some(errand) = errands.recv().await {
        match errand {
            Errand::Ask { peer, bytes, reply } => {
                let linked = links.borrow().contains(&(me, peer));
                let Some(other) = who.get(&peer).cloned().filter(|_| linked) else {
                    reply.send(Err(PostError::NotConnected)).ok();
                    continue;
                };
                let silent = mute.borrow().contains(&peer);
                tokio::spawn(async move {
                    if silent {
                        std::future::pending::<()>().await;
                    }
                    let answer = match other {
                        Inhabitant::House(courier, push) => courier.answer(me, &bytes, &push).await,
                        Inhabitant::Other(says) => says(CourierRequest::decode(&bytes).expect("a request")),
                    };
                    reply.send(Ok(answer.encode())).ok();
                });
            }
            Errand::Refresh(_) => {}
            Errand::Connected(reply) => {
                let linked = links.borrow().iter().filter(|link| link.0 == me).map(|link| link.1).collect();
                reply.send(linked).ok();
            }
        }
    }
}

/// Milliseconds after the moment at which every story begins.
pub(super) fn later(milliseconds: u64) -> Timestamp {
    NOW.plus(milliseconds)
}
