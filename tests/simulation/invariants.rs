//! The questions that must have one answer: at every store, and whenever all must have become equal.

use std::collections::BTreeMap;

use mentormesh_protocol::limits::{MINUTE, PARKED, PARKED_PER_PEER};
use mentormesh_protocol::merge::{Merge, Rank, merge};
use mentormesh_protocol::wire::Scope;
use mentormesh_protocol::{Kind, Record, RecordId, Slot, Timestamp, Verified};

use crate::gossip::MESH_HIGH;
use crate::node::{INBOX, Node};
use crate::world::World;

impl World {
    /// Nothing that an honest node stores was not truly signed by whose it says it is; and its memory is bounded.
    pub(crate) fn look_at_what_was_stored(&mut self, number: usize) {
        let (seed, issued) = (self.seed, &self.issued);
        let node = self.nodes.get_mut(number).expect("nodes are numbered");
        for id in node.register.newly_stored() {
            assert!(issued.contains(&id), "seed {seed}: node {number} stored {id}, which nobody signed");
        }
        let mut most = 0;
        for peer in self.plan.links.get(number).into_iter().flatten() {
            let (all, of_peer) = node.register.waiting(*peer);
            assert!(of_peer <= PARKED_PER_PEER && all <= PARKED, "seed {seed}: node {number} parks {of_peer}, {all}");
            most = most.max(all);
        }
        assert!(node.waits() <= INBOX + 2, "seed {seed}: node {number} has {} works to do", node.waits());
        self.tally.most_waiting = self.tally.most_waiting.max(most);
    }

    /// Sets are compared as they were three minutes ago: clocks differ by up to two.
    fn as_of(&self) -> Timestamp {
        self.now().minus(3 * MINUTE)
    }

    /// Whether nothing is left to be mended.
    pub(crate) fn is_settled(&self) -> bool {
        self.difference(self.plan.nodes).is_none()
    }

    /// Whether nothing is left to be mended in what honest organisations said.
    pub(crate) fn is_healed(&self) -> bool {
        self.difference(self.plan.honest).is_none()
    }

    /// What honest nodes of the same scope do not agree on, or lack, of the organisations of the first so many nodes; in
    /// words.
    fn difference(&self, of_nodes: usize) -> Option<String> {
        let as_of = self.as_of();
        let organisations: Vec<_> = self.nodes.iter().take(of_nodes).map(Node::id).collect();
        let mut firsts: BTreeMap<usize, &Node> = BTreeMap::new();
        for (node, scope) in self.honest().zip(&self.plan.scope) {
            let first = *firsts.entry(*scope).or_insert(node);
            for (owner, organisation) in organisations.iter().enumerate() {
                for half in [Scope::Identity, Scope::Register] {
                    let of = |node: &Node| node.register.fingerprint(organisation, half, as_of);
                    if of(first) != of(node) {
                        let (one, other) = (first.number, node.number);
                        return Some(format!("nodes {one} and {other} differ in the {half:?} of node {owner}'s"));
                    }
                }
            }
        }
        let strongest = self.strongest();
        firsts.values().find_map(|node| lacks(node, &strongest))
    }

    /// For each slot of an honest organisation the record that merge lets stand among all that were acknowledged, if it
    /// stands at this moment.
    fn strongest(&self) -> BTreeMap<Slot, &Verified<Record>> {
        let mut strongest: BTreeMap<Slot, &Verified<Record>> = BTreeMap::new();
        for record in self.acknowledged.values() {
            let Some(slot) = record.payload().slot() else { continue };
            let standing = strongest.entry(slot).or_insert(record);
            if merge(&Rank::of(standing), &Rank::of(record)) == Merge::Replaces {
                *standing = record;
            }
        }
        let now = self.now();
        strongest.retain(|_, record| record.payload().header().expires_at.is_none_or(|at| now < at));
        strongest
    }

    /// What must hold once healed.
    pub(crate) fn check(&mut self) {
        let difference = self.difference(self.plan.nodes);
        assert_eq!(difference, None, "seed {}", self.seed);
        let strongest = self.strongest();
        self.honest().for_each(|node| assert_eq!(lacks(node, &strongest), None, "seed {}", self.seed));
        self.check_scopes();
        self.check_honesty();
        self.check_chains();
        let hidden = self.check_what_is_visible();
        self.tally.hidden += hidden;
        self.check_amplification();
    }

    /// A node that died and came back does not contradict what it published before.
    fn check_honesty(&self) {
        let mut said: BTreeMap<(Slot, u64), RecordId> = BTreeMap::new();
        for (id, record) in &self.acknowledged {
            let Some(slot) = record.payload().slot() else { continue };
            let before = said.insert((slot, record.payload().header().sequence), *id);
            assert_eq!(before, None, "seed {}: an honest node told two stories", self.seed);
        }
    }

    /// Nobody knows an organisation that it does not show, however many strangers were thrown at it.
    fn check_scopes(&self) {
        for node in self.honest() {
            let strange = node.register.organisations().into_iter().find(|one| !node.register.shows(one));
            assert_eq!(strange, None, "seed {}: node {}", self.seed, node.number);
        }
    }

    /// Operations have no slot: each that was acknowledged is everywhere.
    fn check_chains(&self) {
        let operations = self.acknowledged.values().filter(|record| record.payload().header().kind == Kind::Operation);
        for operation in operations {
            let organisation = operation.organisation();
            for node in self.honest().filter(|node| node.register.shows(&organisation)) {
                let known = node.register.chain(&organisation).is_some_and(|chain| chain.contains(&operation.id()));
                assert!(known, "seed {}: node {} lacks a rotation of {organisation}", self.seed, node.number);
            }
        }
    }

    /// Nothing withdrawn, erased or expired is visible, judged without the register and without merge. How many
    /// profiles are hidden for that.
    fn check_what_is_visible(&self) -> u64 {
        let (seed, now) = (self.seed, self.now());
        let mut ended: BTreeMap<Slot, (bool, u64)> = BTreeMap::new();
        for record in self.acknowledged.values() {
            if let (Some(slot), Some(withdrawal)) = (record.payload().slot(), record.payload().withdrawal()) {
                let (erased, last) = ended.entry(slot).or_default();
                *erased |= withdrawal.erase;
                *last = record.payload().header().sequence.max(*last);
            }
        }
        for node in self.honest() {
            for record in node.register.visible(node.time(now)) {
                let header = record.payload().header();
                let expired = header.expires_at.is_some_and(|at| at <= now.minus(2 * MINUTE));
                assert!(!expired, "seed {seed}: node {} shows what has expired", node.number);
                let (erased, last) = header.slot().and_then(|slot| ended.get(&slot)).copied().unwrap_or_default();
                assert!(!erased, "seed {seed}: node {} shows what was erased", node.number);
                assert!(last <= header.sequence, "seed {seed}: node {} shows what was withdrawn", node.number);
            }
        }
        ended.len() as u64
    }

    /// Counted for what honest organisations published, and in hand-overs from honest node to honest node: no node is
    /// sent a body by gossip more often than a mesh has members, nor fetches it twice while it stands. (What was replaced
    /// here and still stands at a peer is fetched in vain and counted apart. Mallory's own records fall and stand again
    /// with each of her forks.)
    fn check_amplification(&self) {
        let own = self.tally.bodies.iter().filter(|((_, id), _)| self.acknowledged.contains_key(id));
        for ((node, id), bodies) in own {
            let many = format!("seed {}: node {node} got {id} too often: {bodies:?}", self.seed);
            assert!(bodies.gossip <= MESH_HIGH as u64 && bodies.sync <= 1, "{many}");
        }
    }

    /// Everything that every node holds and every message that was sent, as one number.
    pub(crate) fn digest(&self) -> RecordId {
        let held = self.nodes.iter().flat_map(|node| node.register.records().flat_map(|record| record.id().0));
        let mut bytes: Vec<u8> = held.collect();
        bytes.extend(self.network.mishaps.sent.to_be_bytes());
        crate::network::id_of(&bytes)
    }
}

/// What a node does not hold though it should, in words.
fn lacks(node: &Node, strongest: &BTreeMap<Slot, &Verified<Record>>) -> Option<String> {
    strongest.iter().filter(|(slot, _)| node.register.shows(&slot.organisation)).find_map(|(slot, record)| {
        let (standing, id) = (node.register.standing(slot).map(Verified::id), record.id());
        (standing != Some(id)).then(|| format!("node {} holds {standing:?} in {slot:?}, not {id}", node.number))
    })
}
