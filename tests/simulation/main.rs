//! Twenty nodes in one thread, and a network that loses, repeats, delays, reorders and falls apart.
//!
//! Only the protocol crate is here: its rules, merge, chains and reconciliation, with its model of a register; no
//! socket, no disk, no clock. Everything that happens follows from one number. A failing run names its seed, and
//! `MENTORMESH_SIM_SEED=<seed> cargo test -p mentormesh-tests --test simulation fresh` repeats it.
//! [`world`] moves time and messages, [`node`] is what each node does, [`mallory`] what one of them does instead.
//! [`letters`] is a world of its own: two people's nodes and a relay ([`letters_node`]).

mod letters;
mod letters_node;
mod mallory;
mod node;
mod random;
mod world;

use std::hash::{BuildHasher, Hasher};

use crate::world::World;

/// Lives through one whole story and checks its end.
fn story(seed: u64) {
    let mut world = World::new(seed);
    world.live();
    world.heal();
    world.settle();
    world.check();
}

#[test]
fn ten_stories_that_never_change() {
    (1..=10).for_each(story);
}

#[test]
#[expect(clippy::print_stdout, reason = "whoever reads the run must be able to repeat it")]
fn a_fresh_story() {
    let given =
        std::env::var("MENTORMESH_SIM_SEED").ok().map(|seed| seed.parse().expect("MENTORMESH_SIM_SEED is a number"));
    let seed = given.unwrap_or_else(|| std::hash::RandomState::new().build_hasher().finish());
    println!("simulation seed {seed}; repeat with MENTORMESH_SIM_SEED={seed}");
    story(seed);
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let told = |seed| {
        let mut world = World::new(seed);
        world.live();
        world.digest()
    };
    assert_eq!(told(42), told(42));
    assert_ne!(told(42), told(43));
}
