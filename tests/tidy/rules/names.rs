//! Names say what a thing is: no Manager, Helper, Util, Data or Info, and no `get_`.

use crate::finding::Finding;
use crate::source::{Source, words};
use crate::tree::Tree;

const HOLLOW: [&str; 6] = ["Manager", "Helper", "Util", "Utils", "Data", "Info"];

fn check_source(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for keyword in ["struct", "enum", "trait", "type", "mod", "fn"] {
        for at in words(&source.code, keyword) {
            let rest = source.code[at + keyword.len()..].trim_start();
            let name: String = rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            let hollow = keyword != "fn" && HOLLOW.iter().any(|word| ends_hollow(&name, word));
            // A client may *get* in HTTP's sense; what is banned is the prefix of an accessor.
            let accessor = keyword == "fn" && name.starts_with("get_") && name != "get_with";
            if hollow || accessor {
                let advice = format!("`{name}` says little: use a word of docs/GLOSSARY.md");
                findings.push(Finding::new(&source.path, source.line(at), advice));
            }
        }
    }
    findings
}

fn ends_hollow(name: &str, word: &str) -> bool {
    name.ends_with(word) || name == word.to_lowercase() || name.ends_with(&format!("_{}", word.to_lowercase()))
}

#[test]
fn names_say_what_a_thing_is() {
    let tree = Tree::open();
    let findings: Vec<Finding> = tree.sources.iter().flat_map(check_source).collect();
    crate::finding::none(&findings);
}

#[test]
fn a_hollow_name_is_found() {
    for bad in ["struct PeerManager;", "mod utils {}", "enum NodeInfo {}", "fn get_peer() {}"] {
        assert_eq!(check_source(&Source::new("node/src/a.rs", bad)).len(), 1, "{bad}");
    }
    assert!(check_source(&Source::new("node/src/a.rs", "struct Peer; fn get() {} // struct NodeInfo")).is_empty());
}
