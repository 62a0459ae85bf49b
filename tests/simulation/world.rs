//! Time, messages and what goes wrong with them; and at the end the questions that must have one answer.

use std::collections::{BTreeMap, BTreeSet};

use mentormesh_protocol::merge::{Merge, Rank, merge};
use mentormesh_protocol::testing::{NOW, Taken};
use mentormesh_protocol::wire::{Batch, Scope, SyncAnswer};
use mentormesh_protocol::{Record, RecordId, Slot, Timestamp, Verified};

use crate::mallory;
use crate::node::Node;
use crate::random::Random;

/// How many nodes there are; the last is Mallory's.
const NODES: usize = 20;
const MALLORY: usize = NODES - 1;
/// Simulated milliseconds of writing, most of them apart.
const LIVED: u64 = 15 * 60_000;
/// Simulated milliseconds without writing in which everybody must become equal.
const SETTLED: u64 = 30 * 60_000;
/// How many peers a node tells what it learnt.
const MESH: u64 = 4;

#[derive(Debug)]
struct Message {
    to: usize,
    bytes: Vec<u8>,
}

#[derive(Debug)]
pub(crate) struct World {
    seed: u64,
    random: Random,
    nodes: Vec<Node>,
    now: Timestamp,
    /// What is under way, by time of arrival and a number that keeps equal times apart.
    under_way: BTreeMap<(Timestamp, u64), Message>,
    sent: u64,
    /// Which part of the network each node is in while it is apart.
    part: Vec<u64>,
    /// All that was ever truly signed.
    issued: BTreeMap<RecordId, Verified<Record>>,
    honest: bool,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let nodes = (0..NODES).map(|number| Node::new(number, &mut random)).collect();
        let part = vec![0; NODES];
        let (under_way, issued) = (BTreeMap::new(), BTreeMap::new());
        Self { seed, random, nodes, now: NOW, under_way, sent: 0, part, issued, honest: true }
    }

    /// Fifteen minutes of writing, a second a step, the network in three parts after the first five.
    pub(crate) fn live(&mut self) {
        self.honest = false;
        let parts: Vec<_> = (0..NODES).map(|_| self.random.below(3)).collect();
        for number in 0..NODES {
            for record in self.node(number).1.introduce(NOW) {
                self.issue(number, &record);
            }
        }
        let end = self.now.plus(LIVED);
        while self.now < end {
            if self.now == NOW.plus(LIVED / 3) {
                self.part.clone_from(&parts);
            }
            if self.random.chance(30) {
                self.somebody_writes();
            }
            if self.random.chance(20) {
                self.mallory_acts();
            }
            self.step();
        }
    }

    /// Joins the parts again; Mallory falls silent, the network goes on losing messages.
    pub(crate) fn heal(&mut self) {
        self.part.fill(0);
        self.honest = true;
    }

    /// Time without writing.
    pub(crate) fn settle(&mut self) {
        let end = self.now.plus(SETTLED);
        while self.now < end {
            self.step();
        }
    }

    fn node(&mut self, number: usize) -> (&mut Random, &mut Node) {
        (&mut self.random, self.nodes.get_mut(number).expect("nodes are numbered"))
    }

    fn somebody_writes(&mut self) {
        let (number, now) = (usize::try_from(self.random.below(NODES as u64 - 1)).unwrap_or(0), self.now);
        let (random, node) = self.node(number);
        let record = node.write(now, random);
        self.issue(number, &record);
    }

    fn issue(&mut self, number: usize, record: &Verified<Record>) {
        self.issued.insert(record.id(), record.clone());
        self.arrives(number, record.bytes());
    }

    fn mallory_acts(&mut self) {
        let (now, honest) = (self.now, self.issued.values().cloned().collect::<Vec<_>>());
        let victim = usize::try_from(self.random.below(NODES as u64 - 1)).unwrap_or(0);
        let (Some(victim), Some(mallory)) = (self.nodes.get(victim), self.nodes.get(MALLORY)) else { return };
        let (victim, mallory) = (victim.organisation.clone(), mallory.organisation.clone());
        let Some(copied) = self.random.pick(&honest).cloned() else { return };
        let mut lies = mallory::forgeries(copied.bytes(), &victim, &mallory, now);
        lies.push(copied.bytes().to_vec());
        lies.push(mallory::noise(&mut self.random));
        if self.random.chance(20) {
            let stories = mallory::two_stories(&mallory, now);
            for (half, story) in stories.iter().enumerate() {
                // Her own register holds whichever merge prefers, so that neither story can be lost on the way.
                self.issue(MALLORY, story);
                (half..NODES).step_by(2).for_each(|to| self.send(MALLORY, to, story.bytes()));
            }
        }
        for lie in lies {
            let to = usize::try_from(self.random.below(NODES as u64)).unwrap_or(0);
            self.send(MALLORY, to, &lie);
        }
    }

    /// One second: what arrives by then arrives, and some nodes compare what they have.
    fn step(&mut self) {
        self.now = self.now.plus(1_000);
        let later = self.under_way.split_off(&(self.now, 0));
        for (_, message) in std::mem::replace(&mut self.under_way, later) {
            self.arrives(message.to, &message.bytes);
        }
        for number in 0..NODES {
            if self.random.chance(1) {
                self.sync(number);
            }
        }
    }

    /// Hands a message to the network, which loses, repeats and delays.
    fn send(&mut self, from: usize, to: usize, bytes: &[u8]) {
        if self.part.get(from) != self.part.get(to) || self.random.chance(20) {
            return;
        }
        let copies = if self.random.chance(10) { 2 } else { 1 };
        for _ in 0..copies {
            self.sent += 1;
            let at = self.now.plus(5 + self.random.below(10_000));
            self.under_way.insert((at, self.sent), Message { to, bytes: bytes.to_vec() });
        }
    }

    /// A record comes to a node; what it stored it tells a few others. Batches are taken apart and put together.
    fn arrives(&mut self, to: usize, bytes: &[u8]) {
        let now = self.now;
        let envelopes: Vec<Vec<u8>> = Batch::decode(bytes)
            .map_or_else(|_| vec![bytes.to_vec()], |batch| batch.envelopes.into_iter().map(Vec::from).collect());
        for envelope in envelopes {
            if self.node(to).1.accept(&envelope, now) != Taken::Stored {
                continue;
            }
            let id = mentormesh_protocol::Signed::<Record>::decode(&envelope).expect("stored, so well formed").id();
            for batch in Batch::pack(vec![(id, envelope)]) {
                for _ in 0..MESH {
                    let other = usize::try_from(self.random.below(NODES as u64)).unwrap_or(0);
                    self.send(to, other, &batch.encode());
                }
            }
        }
    }

    fn sync(&mut self, number: usize) {
        let other = usize::try_from(self.random.below(NODES as u64)).unwrap_or(0);
        if other == number || self.part.get(number) != self.part.get(other) || number >= self.nodes.len() {
            return;
        }
        let now = self.now;
        let mut asking = self.nodes.swap_remove(number);
        // The last node took the place of the one that asks.
        let at = if other == NODES - 1 { number } else { other };
        let asked = self.nodes.get(at).expect("another node");
        let lies = other == MALLORY && !self.honest;
        let clock = asked.clock(now);
        let random = &mut self.random;
        asking.sync(clock, now, &mut |request| {
            if random.chance(1) {
                return None;
            }
            let answer = asked.answer(request);
            Some(if lies { lied(&answer, random) } else { answer })
        });
        let clock = asking.clock(now);
        asking.register.retry(clock);
        self.nodes.push(asking);
        self.nodes.swap(number, NODES - 1);
    }

    /// What must hold in the end.
    pub(crate) fn check(&self) {
        let seed = self.seed;
        let strongest = self.strongest();
        let as_of = self.now.minus(3 * 60_000);
        for (number, node) in self.nodes.iter().enumerate().take(MALLORY) {
            for record in node.register.records() {
                assert!(self.issued.contains_key(&record.id()), "seed {seed}: node {number} holds a forgery");
            }
            for (slot, record) in &strongest {
                let standing = node.standing(slot).map(Verified::id);
                assert_eq!(standing, Some(record.id()), "seed {seed}: node {number} differs in {slot:?}");
            }
            let first = self.nodes.first().expect("there are nodes");
            for organisation in first.register.organisations() {
                for scope in [Scope::Identity, Scope::Register] {
                    let of = |node: &Node| node.register.fingerprint(&organisation, scope, as_of);
                    assert_eq!(of(first), of(node), "seed {seed}: nodes 0 and {number} differ in {organisation}");
                }
            }
            assert_eq!(first.register.organisations(), node.register.organisations(), "seed {seed}");
        }
        self.check_the_story_was_worth_telling(&strongest);
    }

    /// A run in which nothing happened would prove nothing.
    fn check_the_story_was_worth_telling(&self, strongest: &BTreeMap<Slot, &Verified<Record>>) {
        let seed = self.seed;
        let erased = strongest.values().filter(|r| r.payload().withdrawal().is_some_and(|w| w.erase)).count();
        let rotated = self.nodes.iter().filter_map(|node| node.register.chain(&node.organisation.id()));
        let rotated = rotated.filter(|chain| chain.len() > 1).count();
        let told_twice: BTreeSet<_> =
            self.nodes.get(MALLORY).map(|node| node.organisation.profile_slot(1)).into_iter().collect();
        assert!(strongest.len() > 60, "seed {seed}: only {} slots", strongest.len());
        assert!(erased > 3, "seed {seed}: only {erased} erasures");
        assert!(rotated > 3, "seed {seed}: only {rotated} rotations");
        assert!(told_twice.iter().all(|slot| strongest.contains_key(slot)), "seed {seed}: Mallory kept to one story");
    }

    /// For each slot the record that merge lets stand among all that was ever signed.
    fn strongest(&self) -> BTreeMap<Slot, &Verified<Record>> {
        let mut strongest: BTreeMap<Slot, &Verified<Record>> = BTreeMap::new();
        for record in self.issued.values() {
            let Some(slot) = record.payload().slot() else { continue };
            let standing = strongest.entry(slot).or_insert(record);
            if merge(&Rank::of(standing), &Rank::of(record)) == Merge::Replaces {
                *standing = record;
            }
        }
        strongest
    }

    /// Everything every node holds, as one number.
    pub(crate) fn digest(&self) -> Vec<RecordId> {
        self.nodes.iter().flat_map(|node| node.register.records().map(Verified::id)).collect()
    }
}

/// Mallory's answer in place of an honest one: envelopes with a bit turned, or noise.
fn lied(answer: &[u8], random: &mut Random) -> Vec<u8> {
    match SyncAnswer::decode(answer) {
        Ok(SyncAnswer::Envelopes(envelopes)) => {
            let bent = envelopes.into_iter().map(|envelope| {
                mentormesh_protocol::testing::tamper::flipped(
                    &envelope,
                    -(1 + i16::try_from(random.below(200)).unwrap_or(0) as isize),
                )
                .into()
            });
            SyncAnswer::Envelopes(bent.collect()).encode()
        }
        _ if random.chance(50) => mallory::noise(random),
        _ => answer.to_vec(),
    }
}
