//! Time, and messages on their way: lost, repeated, delayed, overtaken, cut off by partitions.

use std::collections::BTreeMap;
use std::rc::Rc;

use mentormesh_protocol::testing::NOW;
use mentormesh_protocol::{RecordId, Timestamp};

use crate::gossip::Gossip;
use crate::random::Random;

/// What one node sends another.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    Gossip(Rc<Gossip>),
    /// A request of a sync session, by the session's number.
    Ask(u64, Rc<[u8]>),
    Answer(u64, Rc<[u8]>),
}

/// What happens at a moment.
#[derive(Debug)]
pub(crate) enum Event {
    Arrives {
        from: usize,
        to: usize,
        message: Message,
    },
    /// What a node took in since the last time becomes durable, if it has not died since.
    Flush {
        node: usize,
        life: u32,
    },
    Sync {
        node: usize,
    },
    /// A request of a session stayed without an answer.
    Timeout {
        node: usize,
        session: u64,
        asked: u64,
    },
}

/// What the network does with messages: numbers in per cent, times in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weather {
    gossip_lost: u64,
    requests_lost: u64,
    twice: u64,
    late: u64,
}

impl Weather {
    pub(crate) const fn new(random: &mut Random) -> Self {
        Self {
            gossip_lost: random.below(31),
            requests_lost: random.below(2),
            twice: 1 + random.below(20),
            late: 1 + random.below(20),
        }
    }
}

/// How often the network did what.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mishaps {
    pub(crate) sent: u64,
    pub(crate) lost: u64,
    pub(crate) repeated: u64,
    pub(crate) late: u64,
    pub(crate) cut: u64,
}

impl Mishaps {
    pub(crate) const fn add(&mut self, other: &Self) {
        self.sent += other.sent;
        self.lost += other.lost;
        self.repeated += other.repeated;
        self.late += other.late;
        self.cut += other.cut;
    }
}

#[derive(Debug)]
pub(crate) struct Network {
    random: Random,
    weather: Weather,
    now: Timestamp,
    to_come: BTreeMap<(Timestamp, u64), Event>,
    numbered: u64,
    /// Which part of the network each node is in.
    parts: Vec<u64>,
    pub(crate) mishaps: Mishaps,
}

impl Network {
    pub(crate) const fn new(random: Random, weather: Weather, nodes: Vec<u64>) -> Self {
        let mishaps = Mishaps { sent: 0, lost: 0, repeated: 0, late: 0, cut: 0 };
        Self { random, weather, now: NOW, to_come: BTreeMap::new(), numbered: 0, parts: nodes, mishaps }
    }

    pub(crate) const fn now(&self) -> Timestamp {
        self.now
    }

    /// Everybody sleeps; what was under way arrives afterwards, old as it is.
    pub(crate) const fn sleep(&mut self, milliseconds: u64) {
        self.now = self.now.plus(milliseconds);
    }

    /// Draws anew who can talk to whom: one part is a network that is whole.
    pub(crate) fn part(&mut self, parts: u64) {
        for part in &mut self.parts {
            *part = self.random.below(parts);
        }
    }

    pub(crate) fn joins(&self, one: usize, other: usize) -> bool {
        self.parts.get(one) == self.parts.get(other)
    }

    /// Something that a node itself awaits.
    pub(crate) fn later(&mut self, wait: u64, event: Event) {
        self.numbered += 1;
        self.to_come.insert((self.now.plus(wait), self.numbered), event);
    }

    /// Hands over a message.
    pub(crate) fn send(&mut self, from: usize, to: usize, message: &Message) {
        self.mishaps.sent += 1;
        let lost = match message {
            Message::Gossip(_) => self.weather.gossip_lost,
            Message::Ask(..) | Message::Answer(..) => self.weather.requests_lost,
        };
        if !self.joins(from, to) {
            self.mishaps.cut += 1;
            return;
        }
        if self.random.chance(lost) {
            self.mishaps.lost += 1;
            return;
        }
        let copies = if self.random.chance(self.weather.twice) { 2 } else { 1 };
        self.mishaps.repeated += copies - 1;
        for _ in 0..copies {
            // A link is as slow as the ends are far apart; now and then a message is overtaken by many.
            let far = 5 + (from * 31 + to * 31) as u64 % 300;
            let late = if self.random.chance(self.weather.late) { self.random.below(4_000) } else { 0 };
            self.mishaps.late += u64::from(late > 0);
            let wait = far + self.random.below(40) + late;
            self.later(wait, Event::Arrives { from, to, message: message.clone() });
        }
    }

    /// What happens next, up to a moment; time moves there.
    pub(crate) fn next(&mut self, until: Timestamp) -> Option<Event> {
        match self.to_come.first_entry() {
            Some(first) if first.key().0 <= until => {
                self.now = self.now.max(first.key().0);
                Some(first.remove())
            }
            Some(_) | None => {
                self.now = self.now.max(until);
                None
            }
        }
    }
}

/// The id of an envelope, for counting.
pub(crate) fn id_of(envelope: &[u8]) -> RecordId {
    RecordId(mentormesh_protocol::key::sha256(envelope))
}
