//! What Mallory's nodes do beside what all nodes do, to the very end of a story.

use std::collections::BTreeMap;
use std::rc::Rc;

use mentormesh_protocol::limits::MINUTE;
use mentormesh_protocol::wire::SyncAnswer;
use mentormesh_protocol::{Record, Verified};

use crate::gossip::Gossip;
use crate::lies::Lie;
use crate::mallory;
use crate::network::Message;
use crate::plan::number;
use crate::random::Random;
use crate::tally::Vice;
use crate::world::World;

/// Messages that a villain keeps to send them again.
const CAPTURED: usize = 64;
/// Operations that a villain signs beside her first: below what a chain holds, because which of more are kept depends
/// on which came first.
const FORKS: usize = 20;
/// Messages in one flood.
const FLOOD: u64 = 250;

/// One of Mallory's nodes.
#[derive(Debug)]
pub(crate) struct Villain {
    vices: Vec<Vice>,
    captured: Vec<Rc<Gossip>>,
    forks: usize,
    /// How it lies, by who asks.
    lies: BTreeMap<usize, Lie>,
    /// What it floods others with that is the same each time.
    strangers: Vec<Rc<Gossip>>,
}

impl Villain {
    /// Now and then one has every vice, the others some.
    pub(crate) fn draw(random: &mut Random) -> Self {
        let all = random.chance(30);
        let vices = Vice::ALL.into_iter().filter(|_| all || random.chance(60)).collect();
        let (captured, lies, strangers) = (Vec::new(), BTreeMap::new(), Vec::new());
        Self { vices, captured, forks: 0, lies, strangers }
    }

    pub(crate) fn has(&self, vice: Vice) -> bool {
        self.vices.contains(&vice)
    }

    pub(crate) fn capture(&mut self, gossip: &Rc<Gossip>, random: &mut Random) {
        if self.captured.len() < CAPTURED {
            self.captured.push(Rc::clone(gossip));
        } else if random.chance(10)
            && let Some(place) = self.captured.get_mut(number(random, CAPTURED))
        {
            *place = Rc::clone(gossip);
        }
    }
}

impl World {
    /// One of Mallory's nodes does one thing. When `signs` is false she signs nothing new of her own, so that there is
    /// a moment at which all can be equal.
    pub(crate) fn mallory_acts(&mut self, signs: bool) {
        let at = self.plan.honest + number(&mut self.random, self.plan.nodes - self.plan.honest);
        let Some(villain) = self.villains.get(&at) else { return };
        let Some(vice) = self.random.pick(&villain.vices).copied() else { return };
        match vice {
            Vice::Forges => self.forge(at),
            Vice::Replays => self.replay(at),
            Vice::Equivocates if signs => self.equivocate(at),
            Vice::Forks if signs => self.fork(at),
            Vice::Floods => self.flood(at, signs),
            // These are in what it answers and passes on.
            Vice::Lies | Vice::Withholds => {}
            Vice::Equivocates | Vice::Forks => {}
        }
    }

    /// Somebody honest whom a villain knows.
    fn victim(&mut self, at: usize) -> usize {
        let honest = self.plan.honest;
        let known: Vec<_> = self.plan.links.get(at).into_iter().flatten().copied().filter(|n| *n < honest).collect();
        self.random.pick(&known).copied().unwrap_or(0)
    }

    fn throw(&mut self, at: usize, to: usize, gossip: &Rc<Gossip>, vice: Vice) {
        if self.network.joins(at, to) {
            self.tally.reached(vice);
        }
        self.network.send(at, to, &Message::Gossip(Rc::clone(gossip)));
    }

    fn forge(&mut self, at: usize) {
        let (now, owner) = (self.now(), self.anybody_honest());
        let (Some(victim), Some(mallory)) = (self.nodes.get(owner), self.nodes.get(at)) else { return };
        let own = victim.register.records().filter(|record| record.organisation() == victim.id());
        let own: Vec<_> = own.map(|record| record.bytes().to_vec()).collect();
        let Some(copied) = self.random.pick(&own).cloned() else { return };
        let lies = mallory::forgeries(&copied, &victim.pen.organisation, &mallory.pen.organisation, now);
        for lie in lies {
            let to = self.victim(at);
            self.throw(at, to, &Rc::new(Gossip::new(&mallory::message(&lie))), Vice::Forges);
        }
    }

    fn replay(&mut self, at: usize) {
        let captured = self.villains.get(&at).map(|villain| villain.captured.clone()).unwrap_or_default();
        for _ in 0..5 {
            let Some(old) = self.random.pick(&captured).cloned() else { return };
            let to = self.victim(at);
            self.throw(at, to, &old, Vice::Replays);
        }
    }

    /// Tells every other peer another story.
    fn tell_each_half(&mut self, at: usize, stories: [Verified<Record>; 2], vice: Vice) {
        let known: Vec<_> = self.plan.links.get(at).into_iter().flatten().copied().collect();
        self.issued.extend(stories.iter().map(Verified::id));
        let [one, other] = stories.map(|story| Rc::new(Gossip::new(&mallory::message(story.bytes()))));
        for (turn, to) in known.into_iter().enumerate() {
            self.throw(at, to, if turn % 2 == 0 { &one } else { &other }, vice);
        }
    }

    fn equivocate(&mut self, at: usize) {
        let (now, slot) = (self.now(), 20 + self.random.below(4));
        let stories = mallory::two_stories(&self.node(at).pen.organisation, slot, now);
        self.tell_each_half(at, stories, Vice::Equivocates);
    }

    fn fork(&mut self, at: usize) {
        let now = self.now();
        let Some(villain) = self.villains.get_mut(&at).filter(|villain| villain.forks < FORKS / 2) else { return };
        villain.forks += 1;
        let forks = villain.forks;
        let stories = mallory::fork(&self.node(at).pen.organisation, forks, now);
        self.tell_each_half(at, stories, Vice::Forks);
    }

    fn flood(&mut self, at: usize, signs: bool) {
        let (to, now) = (self.victim(at), self.now());
        let mut messages = vec![Rc::new(Gossip::new(&mallory::oversize()))];
        if signs {
            let (ahead, number) = (self.random.below(120) * MINUTE, 50 + self.random.below(3));
            let own = mallory::of_the_future(&self.node(at).pen.organisation, number, now.plus(ahead));
            self.issued.insert(own.id());
            messages.push(Rc::new(Gossip::new(&mallory::message(own.bytes()))));
        }
        let Some(villain) = self.villains.get_mut(&at) else { return };
        if villain.strangers.is_empty() {
            let strangers = mallory::strangers();
            villain.strangers = strangers.iter().map(|one| Rc::new(Gossip::new(&mallory::message(one)))).collect();
        }
        messages.extend(villain.strangers.iter().cloned());
        for _ in 0..20 {
            messages.push(Rc::new(Gossip::new(&mallory::message(&mallory::noise(&mut self.random)))));
        }
        for turn in 0..FLOOD {
            let turn = usize::try_from(turn).unwrap_or(0) % messages.len();
            if let Some(message) = messages.get(turn).cloned() {
                self.throw(at, to, &message, Vice::Floods);
            }
        }
    }

    /// What is answered in a sync session: the truth, unless one who lies is asked.
    pub(crate) fn maybe_lie(&mut self, asker: usize, at: usize, truth: SyncAnswer) -> Vec<u8> {
        let honest = self.plan.honest;
        let Some(villain) = self.villains.get_mut(&at).filter(|villain| villain.has(Vice::Lies)) else {
            return truth.encode();
        };
        if matches!(truth, SyncAnswer::Hello(_)) {
            villain.lies.insert(asker, Lie::draw(&mut self.random));
            return truth.encode();
        }
        if asker < honest {
            self.tally.reached(Vice::Lies);
        }
        let lie = villain.lies.get(&asker).copied().unwrap_or(Lie::Noise);
        lie.instead_of(truth, &mut self.random)
    }
}
