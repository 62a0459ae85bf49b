//! Two nodes, a relay and sixty days of introductions between them: letters get lost, come twice and out of order,
//! nodes die and come back, clocks jump, steps cross. In the end both sides tell the same story.
//!
//! `MENTORMESH_SIM_SEED=<seed> cargo test -p mentormesh-tests --test simulation letters` repeats a run.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, Hasher};

use mentormesh_protocol::introduction::{Delivery, Exchange, Outcome, Side, State, What};
use mentormesh_protocol::limits::{DAY, MINUTE};
use mentormesh_protocol::testing::NOW;
use mentormesh_protocol::{MessageId, Timestamp};

use crate::letters_node::{Crash, Envelope, Node, Receipt};
use crate::random::Random;

const HOUR: u64 = 60 * MINUTE;
const STORIES: u64 = 200;
const INTRODUCTIONS: u64 = 6;
const STEPS: u64 = 250;

/// The steps that people take; contact details follow by themselves.
const WHAT: [What; 9] = [
    What::Question,
    What::Answer,
    What::Answer,
    What::Explore,
    What::Accept,
    What::Decline { blocked: false },
    What::Decline { blocked: true },
    What::Withdraw { superseded: false },
    What::Withdraw { superseded: true },
];

#[derive(Debug)]
enum Message {
    Deliver(Envelope),
    Keep(Envelope),
    /// To a peer: a receipt for an envelope that it sent.
    Receipt(Receipt),
    /// To a peer: a receipt that the relay passes on, until it is noted.
    Pass(Envelope, Receipt),
    /// To the relay: understood.
    Noted(Envelope),
    /// To the relay: the recipient's receipt for an envelope that it keeps.
    Ends(Envelope, Receipt),
}

#[derive(Debug)]
struct Letters {
    seed: u64,
    random: Random,
    now: Timestamp,
    nodes: [Node; 2],
    /// What the relay keeps, by letter and copy, and whose receipt it passes back until it is heard.
    kept: BTreeMap<(MessageId, u32), (Envelope, Option<Receipt>)>,
    under_way: BTreeMap<(Timestamp, u64), (usize, Message)>,
    sent: u64,
    /// Per cent of messages that are lost.
    loss: u64,
    healed: bool,
    relayed: u32,
    crashed: u32,
}

const RELAY: usize = 2;

impl Letters {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let loss = random.below(70);
        Self {
            seed,
            random,
            now: NOW,
            nodes: [Node::new(0), Node::new(1)],
            kept: BTreeMap::new(),
            under_way: BTreeMap::new(),
            sent: 0,
            loss,
            healed: false,
            relayed: 0,
            crashed: 0,
        }
    }

    fn id(&mut self) -> MessageId {
        let (one, two) = (self.random.next().to_le_bytes(), self.random.next().to_le_bytes());
        let mut id = [0; 16];
        id.iter_mut().zip(one.into_iter().chain(two)).for_each(|(to, from)| *to = from);
        MessageId(id)
    }

    fn node(&mut self, number: usize) -> &mut Node {
        let [ada, bo] = &mut self.nodes;
        if number == 0 { ada } else { bo }
    }

    fn live(&mut self) {
        let mut asked = 0;
        for _ in 0..STEPS {
            if asked < INTRODUCTIONS && self.random.chance(15) {
                asked += 1;
                let (id, now) = (self.id(), self.now);
                self.node(usize::try_from(asked % 2).unwrap_or(0)).ask(asked, id, now);
            }
            let (number, now) = (usize::try_from(self.random.below(2)).unwrap_or(0), self.now);
            if self.node(number).down_until <= now {
                match self.random.below(100) {
                    0..25 => self.somebody_acts(number, asked),
                    25..30 => self.the_clock_jumps(number),
                    30..33 => {
                        let most = if self.random.chance(20) { 20 * DAY } else { 8 * HOUR };
                        let away = self.random.below(most);
                        self.node(number).down_until = now.plus(away);
                    }
                    33..36 => {
                        let node = self.node(number);
                        node.shows = !node.shows;
                    }
                    36..38 => {
                        let node = self.node(number);
                        node.has_room = !node.has_room;
                    }
                    _ => {}
                }
            }
            let most = [MINUTE, HOUR, 12 * HOUR];
            let most = self.random.pick(&most).copied().unwrap_or(HOUR);
            let passes = self.random.below(most);
            self.pass(passes);
        }
    }

    fn somebody_acts(&mut self, number: usize, asked: u64) {
        let (introduction, id, now) = (1 + self.random.below(asked.max(1)), self.id(), self.now);
        // A withdrawal of the mentee's and steps of the mentor's alike; what the side may not do is not done.
        let what = self.random.pick(&WHAT).copied().unwrap_or(What::Accept);
        if self.random.chance(10) {
            self.node(number).crash = Crash::Before;
        }
        self.node(number).step(introduction, what, id, now);
        self.node(number).crash = Crash::No;
    }

    fn the_clock_jumps(&mut self, number: usize) {
        let clock = match self.random.below(5) {
            0 => (self.random.below(5 * HOUR), 0),
            1 => (0, self.random.below(5 * HOUR)),
            2 => (self.random.below(40 * DAY), 0),
            _ => (0, 0),
        };
        self.node(number).clock = clock;
    }

    /// Time passes; whoever is awake hands over what is due, and what arrives arrives.
    fn pass(&mut self, milliseconds: u64) {
        self.now = self.now.plus(milliseconds);
        let now = self.now;
        for number in 0..2 {
            if self.node(number).down_until > now {
                continue;
            }
            self.node(number).forget(now);
            for envelope in self.node(number).due(now) {
                self.send(envelope.to, |_| Message::Deliver(envelope));
                if envelope.copy > 1 && self.random.chance(40) {
                    self.send(RELAY, |_| Message::Keep(envelope));
                }
            }
        }
        self.relay_works();
        let later = self.under_way.split_off(&(now, u64::MAX));
        for (_, (to, message)) in std::mem::replace(&mut self.under_way, later) {
            self.arrives(to, message);
        }
    }

    fn relay_works(&mut self) {
        let now = self.now;
        self.kept.retain(|_, (envelope, ended)| ended.is_some() || now <= envelope.fact.arrives_by);
        let kept: Vec<_> = self.kept.values().cloned().collect();
        for (envelope, ended) in kept {
            match ended {
                None => self.send(envelope.to, |_| Message::Deliver(Envelope { from: RELAY, ..envelope })),
                Some(receipt) => self.send(envelope.from, |_| Message::Pass(envelope, receipt.clone())),
            }
        }
    }

    /// Hands a message to the network, which loses, repeats and delays.
    fn send(&mut self, to: usize, message: impl Fn(u64) -> Message) {
        if !self.healed && self.random.chance(self.loss) {
            return;
        }
        let copies = if self.random.chance(15) { 2 } else { 1 };
        for copy in 0..copies {
            self.sent += 1;
            let slow = if self.healed { MINUTE } else { 9 * HOUR };
            let most = if self.random.chance(70) { MINUTE } else { slow };
            let at = self.now.plus(self.random.below(most));
            self.under_way.insert((at, self.sent), (to, message(copy)));
        }
    }

    fn arrives(&mut self, to: usize, message: Message) {
        let now = self.now;
        if to != RELAY && self.node(to).down_until > now {
            return;
        }
        match message {
            Message::Deliver(envelope) => self.delivered(to, envelope),
            Message::Keep(envelope) => {
                let place = (envelope.fact.message, envelope.copy);
                self.kept.entry(place).or_insert((envelope, None));
                let receipt =
                    Receipt { message: envelope.fact.message, outcome: Outcome::Kept(envelope.fact.arrives_by) };
                self.send(envelope.from, |_| Message::Receipt(receipt.clone()));
            }
            Message::Receipt(receipt) => {
                self.node_may_die(to);
                self.node(to).learn(&receipt, now);
                self.node_wakes(to);
            }
            Message::Pass(envelope, receipt) => {
                self.node_may_die(to);
                if self.node(to).learn(&receipt, now) {
                    self.send(RELAY, |_| Message::Noted(envelope));
                }
                self.node_wakes(to);
            }
            Message::Noted(envelope) => {
                self.kept.remove(&(envelope.fact.message, envelope.copy));
            }
            Message::Ends(envelope, receipt) => {
                if let Some((_, ended)) = self.kept.get_mut(&(envelope.fact.message, envelope.copy)) {
                    self.relayed += u32::from(ended.is_none());
                    ended.get_or_insert(receipt);
                }
            }
        }
    }

    fn delivered(&mut self, to: usize, envelope: Envelope) {
        let (now, id) = (self.now, self.id());
        self.node_may_die(to);
        if let Some(receipt) = self.node(to).receive(&envelope, id, now) {
            if envelope.from == RELAY {
                self.send(RELAY, |_| Message::Ends(envelope, receipt.clone()));
            } else {
                self.send(envelope.from, |_| Message::Receipt(receipt.clone()));
            }
        }
        self.node_wakes(to);
    }

    /// Now and then a node dies in the middle of what it does next.
    fn node_may_die(&mut self, number: usize) {
        if !self.healed && self.random.chance(20) {
            let crash = if self.random.chance(50) { Crash::Before } else { Crash::After };
            self.node(number).crash = crash;
            self.crashed += 1;
        }
    }

    fn node_wakes(&mut self, number: usize) {
        self.node(number).crash = Crash::No;
    }

    /// Clocks are right, nobody is away, nothing gets lost; until nothing waits any more.
    fn heal(&mut self) {
        self.healed = true;
        for number in 0..2 {
            let node = self.node(number);
            (node.clock, node.down_until, node.shows, node.has_room) = ((0, 0), Timestamp(0), true, true);
        }
        let mut tries = 0;
        while !(self.kept.is_empty() && self.under_way.is_empty() && self.nodes.iter().all(Node::is_idle)) {
            tries += 1;
            assert!(tries < 400, "seed {}: letters wait for ever: {:?}", self.seed, self.nodes);
            self.pass(6 * HOUR);
            let (mut ids, now) = ([0; 16].map(|_| self.id()).into_iter(), self.now);
            for number in 0..2 {
                let next = || ids.next().unwrap_or(MessageId([0; 16]));
                self.node(number).answer_every_yes(next, now);
            }
        }
    }

    /// What must hold in the end; the states that were reached, and how often a no stayed unheard.
    fn check(&self) -> (BTreeSet<State>, u32) {
        let (seed, now) = (self.seed, self.now);
        let [ada, bo] = &self.nodes;
        let (mut reached, mut unheard) = (BTreeSet::new(), 0);
        for (mentee, mentor) in [(ada, bo), (bo, ada)] {
            let own = mentee.introductions().into_iter().filter(|(_, side)| *side == Side::Mentee);
            for (number, _) in own {
                let sent = mentee.exchange(number).expect("listed a moment ago");
                let state = sent.state(now);
                reached.insert(state);
                let Some(received) = mentor.exchange(number) else {
                    // A no stays where it was said, also when the other side has nothing that it could be about.
                    let over = [State::Refused, State::Undeliverable, State::Withdrawn, State::Superseded];
                    assert!(
                        over.contains(&state),
                        "seed {seed}: {number} is {state:?} at the mentee's side and unknown at the mentor's"
                    );
                    continue;
                };
                if has_unheard_no(sent, received) || has_unheard_no(received, sent) {
                    self.check_an_unheard_no(number, (mentee, sent), (mentor, received));
                    unheard += 1;
                    continue;
                }
                assert_eq!(sent.facts(), received.facts(), "seed {seed}: {number}: letters differ");
                if is_without_word(sent, received) {
                    continue;
                }
                for days in [0, 20, 100] {
                    let at = now.plus(days * DAY);
                    assert_eq!(sent.state(at), received.state(at), "seed {seed}: {number} in {days} days");
                }
                for fact in sent.facts() {
                    let shown = (mentee.shown(&fact.message), mentor.shown(&fact.message));
                    assert_eq!(shown, (1, 1), "seed {seed}: {number}: {fact:?} was shown otherwise than once");
                }
                let accepted = state == State::Accepted;
                let contact = (mentee.shows_contact(number, now), mentor.shows_contact(number, now));
                assert_eq!(contact, (accepted, accepted), "seed {seed}: {number}: contact of {state:?}");
            }
        }
        (reached, unheard)
    }

    /// What holds although one side's no was turned away by the other: it is over where the no was said, no contact is
    /// shown there, and what both sides have was shown once to each.
    fn check_an_unheard_no(&self, number: u64, mentee: (&Node, &Exchange), mentor: (&Node, &Exchange)) {
        let (seed, now) = (self.seed, self.now);
        for ((node, own), (_, other)) in [(mentee, mentor), (mentor, mentee)] {
            if has_unheard_no(own, other) {
                let state = own.state(now);
                assert!(!state.is_open() && state != State::Accepted, "seed {seed}: {number} is {state:?} after a no");
                assert!(!node.shows_contact(number, now), "seed {seed}: {number} shows a contact after a no");
            }
            for fact in own.facts().iter().filter(|fact| other.facts().contains(fact)) {
                assert_eq!(
                    node.shown(&fact.message),
                    1,
                    "seed {seed}: {number}: {fact:?} was shown otherwise than once"
                );
            }
        }
    }
}

/// A relay's copy of a request that had been turned away was taken in the last moment, the word of that was lost, and
/// nobody answered in time: over on both sides, in two words.
fn is_without_word(sent: &Exchange, received: &Exchange) -> bool {
    sent.delivery() == Delivery::NotRecognised && received.facts().len() == 1
}

/// A no that the other side turned away, by a wrong clock or before it had the request: it stands where it was said.
fn has_unheard_no(one: &Exchange, other: &Exchange) -> bool {
    let mut unheard = one.facts().iter().filter(|fact| !other.facts().contains(fact)).peekable();
    unheard.peek().is_some() && unheard.all(|fact| matches!(fact.what, What::Decline { .. } | What::Withdraw { .. }))
}

fn story(seed: u64) -> (Letters, BTreeSet<State>, u32) {
    let mut letters = Letters::new(seed);
    letters.live();
    letters.heal();
    let (reached, unheard) = letters.check();
    (letters, reached, unheard)
}

#[test]
fn letters_in_two_hundred_stories_that_never_change() {
    let mut reached = BTreeSet::new();
    let (mut relayed, mut removed, mut crashed, mut unheard) = (0, 0, 0, 0);
    for seed in 1..=STORIES {
        let (letters, states, unheard_here) = story(seed);
        unheard += unheard_here;
        reached.extend(states);
        relayed += letters.relayed;
        crashed += letters.crashed;
        removed += letters.nodes.iter().map(Node::removed).sum::<u32>();
    }
    // Stories in which nothing went wrong would prove nothing.
    let ends = State::ALL.into_iter().filter(|state| !state.is_open()).collect::<BTreeSet<_>>();
    let missing: Vec<_> = ends.difference(&reached).collect();
    assert!(missing.is_empty(), "no story ended {missing:?}");
    assert!(relayed > 100 && removed > 20 && crashed > 100, "{relayed} relayed, {removed} removed, {crashed} crashes");
    assert!(unheard > 5, "only {unheard} times a no stayed unheard");
}

#[test]
#[expect(clippy::print_stdout, reason = "whoever reads the run must be able to repeat it")]
fn letters_in_a_fresh_story() {
    let given =
        std::env::var("MENTORMESH_SIM_SEED").ok().map(|seed| seed.parse().expect("MENTORMESH_SIM_SEED is a number"));
    let seed = given.unwrap_or_else(|| std::hash::RandomState::new().build_hasher().finish());
    println!("letters seed {seed}; repeat with MENTORMESH_SIM_SEED={seed}");
    story(seed);
}
