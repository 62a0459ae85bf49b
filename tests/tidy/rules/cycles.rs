//! No module cycle in any crate: top-level modules that need each other are one module or want a third below them.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Finding;
use crate::paths::{handed_on, module_of, modules_named, top_modules};
use crate::tree::{CRATES, Tree};

type Arrows = BTreeMap<String, BTreeMap<String, (String, usize)>>;

fn arrows(tree: &Tree, folder: &str) -> Arrows {
    let modules = top_modules(tree, folder);
    let handed_on = handed_on(tree, folder);
    let mut arrows = Arrows::new();
    for source in tree.sources_of(folder) {
        let Some(here) = module_of(folder, &source.path).into_iter().next() else { continue };
        for (module, line) in modules_named(folder, source, &handed_on) {
            if module != here && modules.contains(&module) {
                arrows.entry(here.clone()).or_default().entry(module).or_insert((source.path.clone(), line));
            }
        }
    }
    arrows
}

fn reached<'a>(arrows: &'a Arrows, from: &'a str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut next = vec![from];
    while let Some(module) = next.pop() {
        for other in arrows.get(module).into_iter().flatten().map(|(other, _)| other.as_str()) {
            if seen.insert(other) {
                next.push(other);
            }
        }
    }
    seen
}

/// How many modules of a crate are in a cycle, and how many there are.
pub(crate) fn caught(tree: &Tree, folder: &str) -> (usize, usize) {
    let arrows = arrows(tree, folder);
    let ringed = arrows.keys().filter(|here| reached(&arrows, here).contains(here.as_str())).count();
    (ringed, top_modules(tree, folder).len())
}

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for folder in CRATES {
        let arrows = arrows(tree, folder);
        for (here, others) in &arrows {
            for (other, (path, line)) in others {
                if reached(&arrows, other).contains(here.as_str()) {
                    let advice =
                        format!("`{here}` names `{other}`, which leads back to `{here}`: turn one arrow round");
                    findings.push(Finding::new(path, *line, advice));
                }
            }
        }
    }
    findings
}

#[test]
fn no_crate_has_a_cycle_of_modules() {
    let tree = Tree::open();
    assert!(arrows(&tree, "protocol").len() > 5, "the arrows of the protocol crate could not be read");
    crate::finding::none(&check(&tree));
}

#[test]
fn a_ring_of_three_is_found_and_a_line_is_not() {
    let tree = Tree::of(&[
        ("protocol/src/lib.rs", "pub mod a; pub mod b; pub mod c; pub mod d; pub use c::See;"),
        ("protocol/src/a.rs", "use crate::b::B;"),
        ("protocol/src/b/mod.rs", "use super::See;"),
        ("protocol/src/c.rs", "use crate::a::A;"),
        ("protocol/src/d.rs", "use crate::a::A;"),
    ]);
    let found: Vec<String> = check(&tree).into_iter().map(|finding| finding.path).collect();
    assert_eq!(found, ["protocol/src/a.rs", "protocol/src/b/mod.rs", "protocol/src/c.rs"]);
    assert_eq!(caught(&tree, "protocol"), (3, 4));
}
