//! All nodes of a story, and what happens to them event by event.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use mentormesh_protocol::limits::MINUTE;
use mentormesh_protocol::testing::{Checks, Register};
use mentormesh_protocol::wire::SyncRequest;
use mentormesh_protocol::{OrganisationId, Record, RecordId, Timestamp, Verified};

use crate::acts::Villain;
use crate::answers::{Answering, hello};
use crate::gossip::{Gossip, Heard};
use crate::network::{Event, Message, Network, Weather};
use crate::node::{Flushed, Node};
use crate::pen::Pen;
use crate::plan::{Plan, number};
use crate::random::Random;
use crate::session::{End, Next, Session};
use crate::tally::{Tally, Vice};

/// How long a node waits for one answer.
const PATIENCE: u64 = 10_000;

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) random: Random,
    pub(crate) plan: Plan,
    pub(crate) network: Network,
    pub(crate) nodes: Vec<Node>,
    pub(crate) villains: BTreeMap<usize, Villain>,
    /// All that was ever truly signed.
    pub(crate) issued: BTreeSet<RecordId>,
    /// All that an honest writer was told is published.
    pub(crate) acknowledged: BTreeMap<RecordId, Verified<Record>>,
    pub(crate) tally: Tally,
    sessions: u64,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let plan = Plan::draw(&mut random);
        Self::of(seed, plan, random)
    }

    pub(crate) fn of(seed: u64, plan: Plan, mut random: Random) -> Self {
        let pens: Vec<_> = (0..plan.nodes).map(Pen::new).collect();
        let ids: Vec<_> = pens.iter().map(|pen| pen.organisation.id()).collect();
        let (checks, mut scopes) = (Checks::default(), BTreeMap::<_, Rc<BTreeSet<OrganisationId>>>::new());
        let mut nodes = Vec::new();
        for (number, pen) in pens.into_iter().enumerate() {
            let members = plan.shown.get(number).cloned().unwrap_or_default();
            let shown = scopes
                .entry(members.clone())
                .or_insert_with(|| Rc::new(members.iter().filter_map(|member| ids.get(*member).copied()).collect()));
            let register = Register::showing(Rc::clone(shown), pen.organisation.network().clone(), checks.clone());
            let clock = (random.below(MINUTE), random.below(MINUTE));
            nodes.push(Node::new(number, pen, register, clock));
        }
        let weather = Weather::new(&mut random);
        let network = Network::new(Random::new(random.next()), weather, vec![0; plan.nodes]);
        let villains = (plan.honest..plan.nodes).map(|number| (number, Villain::draw(&mut random))).collect();
        Self {
            seed,
            random,
            plan,
            network,
            nodes,
            villains,
            issued: BTreeSet::new(),
            acknowledged: BTreeMap::new(),
            tally: Tally::default(),
            sessions: 0,
        }
    }

    pub(crate) const fn now(&self) -> Timestamp {
        self.network.now()
    }

    pub(crate) fn node(&mut self, number: usize) -> &mut Node {
        self.nodes.get_mut(number).expect("nodes are numbered")
    }

    pub(crate) fn honest(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter().take(self.plan.honest)
    }

    pub(crate) fn anybody(&mut self) -> usize {
        number(&mut self.random, self.plan.nodes)
    }

    pub(crate) fn anybody_honest(&mut self) -> usize {
        number(&mut self.random, self.plan.honest)
    }

    /// Everybody says who they are, and begins to compare.
    pub(crate) fn begin(&mut self) {
        let now = self.now();
        for number in 0..self.plan.nodes {
            let node = self.node(number);
            let clock = node.time(now);
            let records = node.pen.introduce(clock);
            self.signed(number, records);
            let wait = self.random.below(MINUTE);
            self.network.later(wait, Event::Sync { node: number });
        }
        self.meet();
    }

    /// Records that an organisation truly signed; its node publishes them with its next flush.
    pub(crate) fn signed(&mut self, number: usize, records: Vec<Verified<Record>>) {
        self.issued.extend(records.iter().map(Verified::id));
        self.node(number).signed(records);
        self.flush_soon(number);
    }

    fn flush_soon(&mut self, number: usize) {
        let (wait, node) = (5 + self.random.below(300), self.node(number));
        if node.waits() == 1 {
            let life = node.life;
            self.network.later(wait, Event::Flush { node: number, life });
        }
    }

    /// Lets everything happen that happens until then.
    pub(crate) fn run(&mut self, milliseconds: u64) {
        let until = self.now().plus(milliseconds);
        while let Some(event) = self.network.next(until) {
            self.happens(event);
        }
    }

    fn happens(&mut self, event: Event) {
        let now = self.now();
        match event {
            Event::Arrives { from, to, message } if self.node(to).is_up(now) => self.arrives(from, to, message),
            Event::Arrives { .. } => {}
            Event::Flush { node, life } => {
                if self.node(node).life == life {
                    let flushed = self.node(node).flush(now);
                    self.flushed(node, flushed);
                }
            }
            Event::Sync { node } => {
                self.sync(node);
                let wait = MINUTE + self.random.below(MINUTE);
                self.network.later(wait, Event::Sync { node });
            }
            Event::Timeout { node, session, asked } => {
                let waits = |open: &mut Session| open.number == session && open.asked == asked;
                self.node(node).session.take_if(waits);
            }
        }
    }

    fn arrives(&mut self, from: usize, to: usize, message: Message) {
        let now = self.now();
        match message {
            Message::Gossip(gossip) => {
                if let Some(villain) = self.villains.get_mut(&to) {
                    villain.capture(&gossip, &mut self.random);
                }
                match self.node(to).hears(from, gossip, now) {
                    Heard::New => self.flush_soon(to),
                    Heard::Again => {}
                    Heard::TooMany => self.tally.too_many += 1,
                }
            }
            Message::Ask(question, request) => {
                let asker = self.node(from).id();
                let node = self.node(to);
                let (own, clock, register) = (node.id(), node.time(now), &node.register);
                let truth = Answering { own, register, clock, admitted: register.shows(&asker) }.to(&request);
                let answer = self.maybe_lie(from, to, truth);
                self.network.send(to, from, &Message::Answer(question, answer.into()));
            }
            Message::Answer(question, answer) => {
                let first = self.random.next();
                let node = self.node(to);
                let Some(session) = node.session.as_mut().filter(|open| key(open.number, open.asked) == question)
                else {
                    return;
                };
                let next = session.answered(&answer, first, &node.register, now);
                self.goes_on(to, next);
            }
        }
    }

    fn sync(&mut self, number: usize) {
        let now = self.now();
        let known: Vec<_> = self.plan.links.get(number).into_iter().flatten().copied().collect();
        let Some(peer) = self.random.pick(&known).copied() else { return };
        let theirs = self.node(peer).id();
        let node = self.node(number);
        if !node.is_up(now) || node.session.is_some() {
            return;
        }
        let ours = hello(node.id(), node.time(now), node.register.shows(&theirs));
        self.sessions += 1;
        let (session, request) = Session::begin(self.sessions, peer, ours, now);
        self.node(number).session = Some(session);
        self.tally.sessions += 1;
        self.ask(number, &request);
    }

    fn ask(&mut self, number: usize, request: &SyncRequest) {
        let Some(session) = self.node(number).session.as_ref() else { return };
        let (peer, session, asked) = (session.peer, session.number, session.asked);
        self.network.send(number, peer, &Message::Ask(key(session, asked), request.encode().into()));
        self.network.later(PATIENCE, Event::Timeout { node: number, session, asked });
    }

    fn goes_on(&mut self, number: usize, next: Next) {
        let node = self.node(number);
        let Some(session) = node.session.as_mut() else { return };
        let (peer, clocks) = (session.peer, session.clocks.take());
        let endless = std::mem::take(&mut session.endless);
        if let Some(clocks) = clocks {
            node.note_clock(peer, clocks);
        }
        match next {
            Next::Ask(request) => self.ask(number, &request),
            Next::Take(envelopes) => {
                node.fetched(peer, envelopes);
                self.flush_soon(number);
            }
            Next::End(end) => {
                node.session = None;
                self.tally.complete += u64::from(end == End::Complete);
            }
        }
        self.tally.endless += u64::from(endless);
    }

    fn flushed(&mut self, number: usize, flushed: Flushed) {
        let honest = self.plan.honest;
        if number < honest {
            self.look_at_what_was_stored(number);
            for (id, verdict, way) in flushed.verdicts {
                self.tally.decided(number, id, verdict, way, honest);
            }
            self.acknowledged.extend(flushed.acknowledged.into_iter().map(|record| (record.id(), record)));
        }
        for (gossip, from) in flushed.forward {
            self.tell(number, &gossip, from);
        }
        if let Some(goes_on) = flushed.session {
            let node = self.node(number);
            let Some(session) = node.session.as_mut() else { return };
            let next = if goes_on { session.resume(&node.register) } else { Next::End(End::Malformed) };
            self.goes_on(number, next);
        }
    }

    /// Passes a message on to the mesh.
    fn tell(&mut self, number: usize, gossip: &Rc<Gossip>, from: Option<usize>) {
        let honest = self.plan.honest;
        let mesh: Vec<_> = self.node(number).mesh.iter().copied().filter(|peer| Some(*peer) != from).collect();
        if self.villains.get(&number).is_some_and(|villain| villain.has(Vice::Withholds)) {
            mesh.iter().filter(|peer| **peer < honest).for_each(|_| self.tally.reached(Vice::Withholds));
            return;
        }
        for peer in mesh {
            if number < honest && peer < honest {
                let envelopes = gossip.envelopes.iter().flatten();
                envelopes.for_each(|(id, _)| self.tally.told(peer, *id));
            }
            self.network.send(number, peer, &Message::Gossip(Rc::clone(gossip)));
        }
    }
}

/// A question's number: the session's, and how many were asked in it.
const fn key(session: u64, asked: u64) -> u64 {
    session << 20 | asked
}
