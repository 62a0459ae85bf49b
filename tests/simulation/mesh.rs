//! Who is in whose mesh, arranged without messages: peers that show each other and can talk.

use mentormesh_protocol::Timestamp;

use crate::gossip::{MESH, MESH_HIGH, MESH_LOW};
use crate::plan::number;
use crate::world::World;

impl World {
    /// Every minute: meshes are mended, memories tidied.
    pub(crate) fn minute(&mut self) {
        let now = self.now();
        for number in 0..self.plan.nodes {
            if self.node(number).is_up(now) {
                self.node(number).tidy(now);
            }
            if number < self.plan.honest {
                self.look_at_what_was_stored(number);
            }
        }
        self.meet();
    }

    /// Peers that show each other and can talk join each other's mesh while it is small.
    pub(crate) fn meet(&mut self) {
        let now = self.now();
        for one in 0..self.plan.nodes {
            for other in self.node(one).mesh.clone() {
                if !self.can_talk(one, other, now) {
                    self.node(one).mesh.remove(&other);
                    self.node(other).mesh.remove(&one);
                }
            }
            if self.node(one).mesh.len() >= MESH_LOW {
                continue;
            }
            let mut known: Vec<_> = self.plan.links.get(one).into_iter().flatten().copied().collect();
            while self.node(one).mesh.len() < MESH && !known.is_empty() {
                let other = known.swap_remove(number(&mut self.random, known.len()));
                if self.can_talk(one, other, now) && self.node(other).mesh.len() < MESH_HIGH {
                    self.node(one).mesh.insert(other);
                    self.node(other).mesh.insert(one);
                }
            }
        }
    }

    fn can_talk(&self, one: usize, other: usize, now: Timestamp) -> bool {
        let (Some(here), Some(there)) = (self.nodes.get(one), self.nodes.get(other)) else { return false };
        let admit = here.register.shows(&there.id()) && there.register.shows(&here.id());
        admit && here.is_up(now) && there.is_up(now) && self.network.joins(one, other)
    }
}
