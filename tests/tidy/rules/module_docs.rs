//! Every module opens by saying what it owns, what it refuses to know, and where to go next.

use crate::finding::Finding;
use crate::source::Source;
use crate::tree::Tree;

fn check_source(source: &Source) -> Option<Finding> {
    let first = source.text.lines().next().unwrap_or_default();
    let said = first.strip_prefix("//!").unwrap_or_default().trim();
    // Shorter than this is a placeholder, not a sentence.
    (said.len() < 12)
        .then(|| Finding::new(&source.path, 1, "begin with `//!` and a sentence saying what this module owns"))
}

#[test]
fn every_module_opens_with_what_it_owns() {
    let tree = Tree::open();
    let findings: Vec<Finding> = tree.sources.iter().filter_map(check_source).collect();
    crate::finding::none(&findings);
}

#[test]
fn a_module_that_says_nothing_is_found() {
    assert!(check_source(&Source::new("node/src/a.rs", "use std::fmt;")).is_some());
    assert!(check_source(&Source::new("node/src/a.rs", "//! Empty.")).is_some());
    assert!(check_source(&Source::new("node/src/a.rs", "//! The clock of one node, read here only.")).is_none());
}
