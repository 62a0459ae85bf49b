//! What many stories add up to, and whether they were worth telling.

use std::collections::BTreeMap;
use std::fmt;

use crate::network::Mishaps;
use crate::tally::{Bodies, Vice};
use crate::world::World;

#[derive(Debug, Default)]
pub(crate) struct Figures {
    nodes: Vec<usize>,
    records: usize,
    hidden: u64,
    mishaps: Mishaps,
    vices: BTreeMap<Vice, u64>,
    verdicts: BTreeMap<&'static str, u64>,
    /// Works that crashes forgot, by crash.
    crashes: u64,
    forgotten: u64,
    partitions: u64,
    jumps: (u64, u64),
    sessions: (u64, u64),
    endless: u64,
    too_many: u64,
    most_waiting: usize,
    most_bodies: Bodies,
    /// Minutes until honest organisations' records were equal everywhere: after healing, and later.
    healed: Vec<u64>,
    later: Vec<u64>,
    /// Minutes until everything was, Mallory's included.
    equal: Vec<u64>,
}

impl Figures {
    pub(crate) fn add(&mut self, world: &World) {
        let tally = &world.tally;
        self.nodes.push(world.plan.nodes);
        self.records += world.acknowledged.len();
        self.hidden += tally.hidden;
        self.mishaps.add(&world.network.mishaps);
        tally.vices.iter().for_each(|(vice, count)| *self.vices.entry(*vice).or_default() += count);
        tally.verdicts.iter().for_each(|(word, count)| *self.verdicts.entry(word).or_default() += count);
        self.crashes += tally.crashes;
        self.forgotten += tally.forgotten;
        self.partitions += tally.partitions;
        self.jumps = (self.jumps.0 + tally.jumps_ahead, self.jumps.1 + tally.jumps_back);
        self.sessions = (self.sessions.0 + tally.sessions, self.sessions.1 + tally.complete);
        self.endless += tally.endless;
        self.too_many += tally.too_many;
        self.most_waiting = self.most_waiting.max(tally.most_waiting);
        for ((_, id), bodies) in &tally.bodies {
            if world.acknowledged.contains_key(id) {
                self.most_bodies = self.most_bodies.most(bodies);
            }
        }
        self.healed.extend(tally.minutes.first().map(|(honest, _)| *honest));
        self.later.extend(tally.minutes.iter().skip(1).map(|(honest, _)| *honest));
        self.equal.extend(tally.minutes.iter().map(|(_, all)| *all));
    }

    /// Stories in which nothing happened would prove nothing.
    pub(crate) fn check_they_were_worth_telling(&self) {
        let stories = self.nodes.len() as u64;
        for vice in Vice::ALL {
            let count = self.vices.get(&vice).copied().unwrap_or(0);
            assert!(count > 5 * stories, "Mallory {vice:?} only {count} times");
        }
        for verdict in ["stored", "duplicate", "stale", "parked", "busy", "refused", "rejected"] {
            let count = self.verdicts.get(verdict).copied().unwrap_or(0);
            assert!(count > 5 * stories, "only {count} envelopes were {verdict}");
        }
        let Mishaps { lost, repeated, late, cut, .. } = self.mishaps;
        let happened = [
            ("crashes", self.crashes, 5),
            ("works forgotten in crashes", self.forgotten, 2),
            ("partitions", self.partitions, 1),
            ("clocks put forward", self.jumps.0, 1),
            ("clocks put back", self.jumps.1, 1),
            ("messages lost", lost, 100),
            ("messages repeated", repeated, 100),
            ("messages late", late, 100),
            ("messages cut off", cut, 100),
            ("messages beyond a peer's pace", self.too_many, 5),
            ("slots ended", self.hidden, 10),
        ];
        for (what, count, least) in happened {
            assert!(count >= least * stories, "{what}: {count} in {stories} stories");
        }
        assert!(self.endless > 0, "no reconciliation was kept going until it was given up");
        assert!(stories < 50 || self.nodes.iter().any(|nodes| *nodes > 100), "no large network");
    }
}

/// Least, median and most.
fn spread<T: Copy + Ord + Default>(values: &[T]) -> (T, T, T) {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let at = |place: usize| sorted.get(place).copied().unwrap_or_default();
    (at(0), at(sorted.len() / 2), at(sorted.len().saturating_sub(1)))
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "stories {}, nodes {:?} (least, median, most)", self.nodes.len(), spread(&self.nodes))?;
        writeln!(f, "records published {}, slots ended {}, verdicts {:?}", self.records, self.hidden, self.verdicts)?;
        writeln!(f, "messages {:?}, beyond a peer's pace {}", self.mishaps, self.too_many)?;
        let (began, complete) = self.sessions;
        writeln!(f, "sync sessions {began}, complete {complete}, reconciliations without end {}", self.endless)?;
        writeln!(f, "Mallory {:?}", self.vices)?;
        let (ahead, back) = self.jumps;
        writeln!(f, "crashes {}, works forgotten {}, partitions {}", self.crashes, self.forgotten, self.partitions)?;
        writeln!(f, "clocks put forward {ahead}, back {back}; most envelopes parked {}", self.most_waiting)?;
        writeln!(f, "minutes until honest records were equal: healing {:?}", spread(&self.healed))?;
        writeln!(f, "later {:?}; until everything was {:?}", spread(&self.later), spread(&self.equal))?;
        write!(f, "most often one body came to one node: {:?}", self.most_bodies)
    }
}
