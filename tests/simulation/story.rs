//! How a story goes: begin, live through hardship, heal, and grow old.

use mentormesh_protocol::limits::MINUTE;

use crate::pen::Pen;
use crate::plan::Plan;
use crate::random::Random;
use crate::world::World;

/// Simulated minutes of hardship.
const LIVED: u64 = 15;
/// Simulated minutes in which all must become equal: Mallory says late what she withheld, and signs for times to come.
const PATIENCE: u64 = 240;
/// Minutes after healing in which Mallory still signs.
const LAST_WORDS: u64 = 3;

/// Lives through one whole story and checks every moment that must hold.
pub(crate) fn tell(seed: u64) -> World {
    through(World::new(seed))
}

/// A story of so many nodes.
pub(crate) fn tell_of(nodes: usize, seed: u64) -> World {
    let mut random = Random::new(seed);
    let plan = Plan::of(nodes, &mut random);
    through(World::of(seed, plan, random))
}

fn through(mut world: World) -> World {
    world.begin();
    world.live();
    world.heal();
    world.settle();
    world.check();
    // Profiles live 35 days: the second time those that nobody renewed have expired some hours ago.
    for hours in [20 * 24, 15 * 24 + 6] {
        world.network.sleep(hours * 60 * MINUTE);
        world.renew();
        world.settle();
        world.check();
    }
    world
}

impl World {
    /// Fifteen minutes of writing, dying, falling apart and being lied to.
    pub(crate) fn live(&mut self) {
        for second in 0..LIVED * 60 {
            self.run(1_000);
            if second % 60 == 0 {
                self.minute();
            }
            if second % 150 == 149 {
                let parts = 1 + self.random.below(4);
                self.tally.partitions += u64::from(parts > 1);
                self.network.part(parts);
            }
            if self.random.chance(30) {
                self.somebody_writes();
            }
            if self.random.chance(20) {
                self.mallory_acts(true);
            }
            if self.random.chance(2) {
                let number = self.anybody_honest();
                self.somebody_dies(number);
            }
            if self.random.chance(2) {
                self.a_clock_jumps();
            }
        }
    }

    fn somebody_writes(&mut self) {
        let (number, now) = (self.anybody(), self.now());
        let Some(node) = self.nodes.get_mut(number).filter(|node| node.is_up(now) && node.may_sign(now)) else {
            return;
        };
        let clock = node.time(now);
        let record = Pen::write(&mut node.pen, clock, &mut self.random);
        self.signed(number, vec![record]);
        if number < self.plan.honest && self.random.chance(15) {
            // The power goes between the writing and the flush, or soon after it.
            let wait = self.random.below(400);
            self.run(wait);
            self.somebody_dies(number);
        }
    }

    fn somebody_dies(&mut self, number: usize) {
        let until = self.now().plus(self.random.below(3 * MINUTE));
        let node = self.node(number);
        let forgotten = node.waits() as u64;
        node.die(until);
        for other in &mut self.nodes {
            other.mesh.remove(&number);
        }
        self.tally.crashes += 1;
        self.tally.forgotten += forgotten;
    }

    fn a_clock_jumps(&mut self) {
        let number = self.anybody_honest();
        let clock = match self.random.below(6) {
            0 => (self.random.below(120 * MINUTE), 0),
            1 => (0, self.random.below(120 * MINUTE)),
            2 => (0, 10 * MINUTE),
            3 | 4 => (self.random.below(9 * MINUTE), self.random.below(9 * MINUTE)),
            _ => (0, 0),
        };
        let before = self.node(number).clock;
        self.node(number).clock = clock;
        if clock.0 + before.1 > clock.1 + before.0 {
            self.tally.jumps_ahead += 1;
        } else {
            self.tally.jumps_back += 1;
        }
    }

    /// Joins the parts, wakes everybody, puts clocks right. The network goes on losing messages and Mallory goes on.
    pub(crate) fn heal(&mut self) {
        self.network.part(1);
        let now = self.now();
        for number in 0..self.plan.nodes {
            let clock = (self.random.below(MINUTE), self.random.below(MINUTE));
            let node = self.node(number);
            node.down_until = now;
            node.clock = clock;
            node.forget_clocks();
        }
        // What a fast clock signed is comparable once its time has come. Until then everybody sleeps.
        let last = self.acknowledged.values().map(|record| record.payload().header().sequence).max();
        let ahead = last.unwrap_or(0).saturating_sub(now.0);
        self.network.sleep(ahead + 3 * MINUTE);
    }

    /// Until all are equal, or it has taken too long.
    pub(crate) fn settle(&mut self) {
        let (mut minutes, mut honest) = (0, None);
        while minutes < PATIENCE && (minutes <= LAST_WORDS || !self.is_settled()) {
            for _ in 0..6 {
                self.run(10_000);
                self.mallory_acts(minutes < LAST_WORDS);
            }
            self.minute();
            minutes += 1;
            if honest.is_none() && self.is_healed() {
                honest = Some(minutes);
            }
        }
        self.tally.minutes.push((honest.unwrap_or(minutes), minutes));
    }

    /// Every home node says some of its listings again.
    pub(crate) fn renew(&mut self) {
        for number in 0..self.plan.honest {
            let now = self.now();
            let Some(node) = self.nodes.get_mut(number) else { return };
            let clock = node.time(now);
            let records = Pen::renew(&mut node.pen, clock, &mut self.random);
            if !records.is_empty() {
                self.signed(number, records);
            }
        }
    }
}
