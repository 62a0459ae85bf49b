//! What a seed decides before a story begins: how many there are, who shows whom, who knows whom, who means harm.
//!
//! Numbers below `honest` are honest. Of these the first are wide: they show everybody. The others are narrow: one of
//! two groups that show themselves, some of the wide ones and some of Mallory's. Honest links alone join everybody.

use std::collections::BTreeSet;

use crate::random::Random;

#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) nodes: usize,
    pub(crate) honest: usize,
    /// Who has an address of whom, both ways.
    pub(crate) links: Vec<BTreeSet<usize>>,
    /// Whom each node shows.
    pub(crate) shown: Vec<BTreeSet<usize>>,
    /// Which nodes show the same: zero for the wide ones.
    pub(crate) scope: Vec<usize>,
}

impl Plan {
    /// Mostly small networks, now and then a large one.
    pub(crate) fn draw(random: &mut Random) -> Self {
        let most = match random.below(20) {
            0..12 => 25,
            12..18 => 60,
            18 => 120,
            _ => 200,
        };
        let nodes = 5 + number(random, most - 4);
        Self::of(nodes, random)
    }

    pub(crate) fn of(nodes: usize, random: &mut Random) -> Self {
        let honest = nodes - nodes / 3;
        let narrow = if honest >= 8 { honest / 4 } else { 0 };
        let wide = honest - narrow;
        let mut plan = Self { nodes, honest, links: Vec::new(), shown: Vec::new(), scope: Vec::new() };
        plan.links.resize(nodes, BTreeSet::new());
        for node in 0..nodes {
            let scope = if (wide..honest).contains(&node) { 1 + node % 2 } else { 0 };
            plan.scope.push(scope);
        }
        for node in 0..nodes {
            let scope = plan.scope.get(node).copied().unwrap_or(0);
            let all = 0..nodes;
            plan.shown.push(all.filter(|other| plan.shows(scope, *other, wide)).collect());
        }
        plan.link(wide, random);
        plan
    }

    /// Whether a scope takes in a node.
    fn shows(&self, scope: usize, other: usize, wide: usize) -> bool {
        let own = self.scope.get(other) == Some(&scope);
        let some = (other < wide || other >= self.honest) && other % 3 != scope;
        scope == 0 || own || some
    }

    fn link(&mut self, wide: usize, random: &mut Random) {
        for node in 0..wide {
            self.join(node, (node + 1) % wide);
            for _ in 0..2 {
                self.join(node, number(random, wide));
            }
        }
        for node in wide..self.honest {
            let shown = self.shown.get(node).cloned().unwrap_or_default();
            let known: Vec<_> = shown.into_iter().filter(|other| *other < wide).collect();
            for _ in 0..3 {
                let other = random.pick(&known).copied().unwrap_or(0);
                self.join(node, other);
            }
            if node >= wide + 2 {
                self.join(node, node - 2);
            }
        }
        for node in self.honest..self.nodes {
            for _ in 0..3 + number(random, 4) {
                self.join(node, number(random, self.honest));
            }
        }
    }

    fn join(&mut self, one: usize, other: usize) {
        if one == other {
            return;
        }
        for (from, to) in [(one, other), (other, one)] {
            if let Some(links) = self.links.get_mut(from) {
                links.insert(to);
            }
        }
    }
}

pub(crate) fn number(random: &mut Random, end: usize) -> usize {
    usize::try_from(random.below(end.max(1) as u64)).unwrap_or(0)
}
