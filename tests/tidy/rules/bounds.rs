//! Nothing grows without a bound, and nothing mutable is shared behind a lock: one owner task, a bounded queue to it.

use crate::finding::Finding;
use crate::source::{Source, words};
use crate::tree::Tree;

const UNBOUNDED: [&str; 6] =
    ["unbounded_channel", "UnboundedSender", "UnboundedReceiver", "unbounded", "UnboundedReceiverStream", "LinkedList"];

fn check_source(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for word in UNBOUNDED {
        for at in words(&source.shipped, word) {
            let advice = format!("`{word}` has no limit: use a bounded channel and say what happens when it is full");
            findings.push(Finding::new(&source.path, source.line(at), advice));
        }
    }
    for (at, found) in source.shipped.match_indices("mpsc::channel") {
        // The one in std takes no capacity; the bounded ones always do.
        if source.shipped[at + found.len()..].trim_start().starts_with("()") {
            let advice = "a channel without a capacity: use `sync_channel` or tokio's, with a named constant";
            findings.push(Finding::new(&source.path, source.line(at), advice));
        }
    }
    for at in words(&source.shipped, "Arc") {
        let inside = source.shipped[at + 3..].trim_start();
        let inside = inside.strip_prefix('<').or_else(|| inside.strip_prefix("::new(")).unwrap_or_default();
        let end = inside.find(['<', '(', '>', ',', ')']).unwrap_or(inside.len());
        let path = inside[..end].trim().trim_end_matches("::new").trim_end_matches("::");
        if matches!(path.rsplit("::").next(), Some("Mutex" | "RwLock")) {
            let advice = "a lock shared by `Arc`: give the value one owner task and hand out a handle";
            findings.push(Finding::new(&source.path, source.line(at), advice));
        }
    }
    findings
}

#[test]
fn every_queue_is_bounded_and_no_lock_is_shared() {
    let tree = Tree::open();
    let findings: Vec<Finding> = tree.sources.iter().flat_map(check_source).collect();
    crate::finding::none(&findings);
}

#[test]
fn a_queue_without_end_and_a_shared_lock_are_found() {
    for bad in [
        "let (a, b) = mpsc::unbounded_channel();",
        "let (a, b) = std::sync::mpsc::channel();",
        "type A = Arc<Mutex<u8>>;",
        "type A = std::sync::Arc<tokio::sync::RwLock<u8>>;",
        "let a = Arc::new(Mutex::new(1));",
    ] {
        assert_eq!(check_source(&Source::new("node/src/a.rs", bad)).len(), 1, "{bad}");
    }
    let good = "let a = mpsc::channel(LIMIT); type A = Arc<Inner>; type B = Arc<[Mutex<u8>; 4]>;";
    assert!(check_source(&Source::new("node/src/a.rs", good)).is_empty());
}
