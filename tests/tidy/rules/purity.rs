//! The `protocol` crate reaches for nothing: time and chance are arguments, files and sockets are somebody else's.

use crate::finding::Finding;
use crate::paths::paths_from;
use crate::source::{Source, words};
use crate::tree::Tree;

const STD: [&str; 6] = ["fs", "net", "thread", "env", "process", "os"];
const WORDS: [&str; 12] = [
    "SystemTime",
    "Instant",
    "OsRng",
    "ThreadRng",
    "thread_rng",
    "rand",
    "getrandom",
    "async",
    "await",
    "tokio",
    "futures",
    "TcpStream",
];
/// Calls that ask the machine for the time.
const CALLS: [&str; 4] = ["Timestamp::now(", "Zoned::now(", "TimeZone::system(", "SecretKey::random("];

fn check_source(source: &Source) -> Vec<Finding> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for path in paths_from(&source.shipped, "std") {
        let banned = path.parts.first().filter(|first| STD.contains(&first.as_str()));
        found.extend(banned.map(|first| (path.offset, format!("std::{first}"))));
    }
    for word in WORDS {
        found.extend(words(&source.shipped, word).into_iter().map(|at| (at, word.to_owned())));
    }
    for call in CALLS {
        found.extend(source.shipped.match_indices(call).map(|(at, _)| (at, call.to_owned())));
    }
    let advice = |name| format!("`protocol` names no {name}: take it as an argument, or do this in `node`");
    found.into_iter().map(|(at, name)| Finding::new(&source.path, source.line(at), advice(name))).collect()
}

#[test]
fn the_protocol_reaches_for_nothing() {
    let tree = Tree::open();
    let findings: Vec<Finding> = tree.sources_of("protocol").flat_map(check_source).collect();
    crate::finding::none(&findings);
}

#[test]
fn a_protocol_that_looks_at_the_clock_is_found() {
    let bad = "use std::{fmt, time::SystemTime};\nuse std::{fs::File, collections::BTreeMap};\nasync fn f() {}";
    let found = check_source(&Source::new("protocol/src/a.rs", bad));
    assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [2, 1, 3]);
    assert!(check_source(&Source::new("protocol/src/a.rs", "use std::fmt; // SystemTime\n")).is_empty());
}
