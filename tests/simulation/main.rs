//! Up to two hundred nodes in one thread, a third of them Mallory's, and a network that loses, repeats, delays,
//! reorders and falls apart.
//!
//! Only the protocol crate is here: its rules, merge, chains, wire and reconciliation, with its model of a register; no
//! socket, no disk, no clock. Everything that happens follows from one number. A failing run names its seed, and
//! `MENTORMESH_SIM_SEED=<seed> cargo test -p mentormesh-tests --test simulation fresh` repeats it.
//! [`story`] is how a story goes, [`plan`] what its seed decides beforehand, [`world`] moves it event by event over the
//! [`network`]. [`node`] is what each node does ([`pen`], [`gossip`], [`session`], [`answers`], [`mesh`]), [`acts`] what Mallory's do
//! instead ([`mallory`], [`lies`]). [`invariants`] are the questions with one answer, [`tally`] counts, [`figures`] adds up.
//! [`letters`] is a world of its own: two people's nodes and a relay ([`letters_node`]).

mod acts;
mod answers;
mod figures;
mod gossip;
mod invariants;
mod letters;
mod letters_node;
mod lies;
mod mallory;
mod mesh;
mod network;
mod node;
mod pen;
mod plan;
mod random;
mod session;
mod story;
mod tally;
mod world;

use std::hash::{BuildHasher, Hasher};

use crate::figures::Figures;

/// How many stories are told that never change, unless `MENTORMESH_SIM_STORIES` says another number, and
/// `MENTORMESH_SIM_FIRST` another first seed.
/// Unoptimised they are a tenth as fast, so a debug build tells the first ten.
const STORIES: u64 = if cfg!(debug_assertions) { 10 } else { 50 };

fn number(variable: &str) -> Option<u64> {
    let given = std::env::var(variable).ok()?;
    Some(given.parse().expect("MENTORMESH_SIM_ variables are numbers"))
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what such a run is for")]
fn fifty_stories_that_never_change() {
    let (stories, mut figures, mut failed) =
        (number("MENTORMESH_SIM_STORIES").unwrap_or(STORIES), Figures::default(), Vec::new());
    let first = number("MENTORMESH_SIM_FIRST").unwrap_or(1);
    for seed in first..first + stories {
        // A story that fails says how; the others are told all the same.
        match std::panic::catch_unwind(|| story::tell(seed)) {
            Ok(world) => figures.add(&world),
            Err(_) => failed.push(seed),
        }
    }
    println!("{figures}");
    assert!(failed.is_empty(), "stories failed; repeat one with MENTORMESH_SIM_SEED: {failed:?}");
    // A part of a longer run need not have met everything.
    if first == 1 {
        figures.check_they_were_worth_telling();
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "whoever reads the run must be able to repeat it")]
fn a_fresh_story() {
    let seed = number("MENTORMESH_SIM_SEED").unwrap_or_else(|| std::hash::RandomState::new().build_hasher().finish());
    println!("simulation seed {seed}; repeat with MENTORMESH_SIM_SEED={seed}");
    let mut figures = Figures::default();
    figures.add(&story::tell(seed));
    println!("{figures}");
}

#[test]
#[expect(clippy::print_stdout, reason = "a test that skips says why")]
fn two_hundred_nodes_become_equal() {
    if cfg!(debug_assertions) && number("MENTORMESH_SIM_STORIES").is_none() {
        println!("skipped: two hundred nodes take minutes without --release");
        return;
    }
    let world = story::tell_of(200, 200);
    assert_eq!(world.honest().count(), 134);
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let told = |seed| story::tell(seed).digest();
    assert_eq!(told(42), told(42));
    assert_ne!(told(42), told(43));
}
