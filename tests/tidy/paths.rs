//! Which modules a file names: `crate::…` and `super::…` paths, `use` trees spread out, wherever they stand.
//!
//! It reads shipped code only, so a test may look at whatever it likes. Names that a crate's root hands on
//! (`pub use key::PeerId`) count as naming the module they come from.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Source, words};
use crate::tree::Tree;

/// One path in code: where it stands and its parts after the root word.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) offset: usize,
    pub(crate) parts: Vec<String>,
}

/// All paths that begin with `root::` in a piece of code.
pub(crate) fn paths_from(code: &str, root: &str) -> Vec<Named> {
    let mut found = Vec::new();
    for at in words(code, root) {
        let after = skip_space(code, at + root.len());
        if code[after..].starts_with("::") {
            let mut spread = Vec::new();
            spread_tree(code, after + 2, &Vec::new(), &mut spread);
            found.extend(spread.into_iter().map(|parts| Named { offset: at, parts }));
        }
    }
    found
}

/// Spreads `a::{b, c::d}` into its paths; answers the offset behind what was read.
fn spread_tree(code: &str, start: usize, stem: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let at = skip_space(code, start);
    let bytes = code.as_bytes();
    if bytes.get(at) == Some(&b'{') {
        let mut at = at + 1;
        loop {
            at = skip_space(code, at);
            match bytes.get(at) {
                None => return at,
                Some(b'}') => return at + 1,
                Some(byte) if byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'*' | b'{') => {
                    at = spread_tree(code, at, stem, found);
                }
                Some(_) => at += 1,
            }
        }
    }
    let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    let mut stem = stem.to_vec();
    if length > 0 {
        stem.push(code[at..at + length].to_owned());
    }
    let after = skip_space(code, at + length);
    if length > 0 && code[after..].starts_with("::") {
        return spread_tree(code, after + 2, &stem, found);
    }
    found.push(stem);
    let renamed = code[after..].starts_with("as ");
    let end = if renamed { after + code[after..].find([',', ';', '}']).unwrap_or(0) } else { at + length };
    end.max(start + 1)
}

fn skip_space(code: &str, at: usize) -> usize {
    at + code.as_bytes()[at.min(code.len())..].iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// Where a module stands in its crate: `node/src/http/api/search.rs` is `["http", "api", "search"]`.
pub(crate) fn module_of(folder: &str, path: &str) -> Vec<String> {
    let Some(inside) = path.strip_prefix(&format!("{folder}/src/")) else { return Vec::new() };
    let mut parts: Vec<String> = inside.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        parts.pop();
    }
    parts
}

/// The top-level modules of its crate that a file names, each with one place where it does.
pub(crate) fn modules_named(
    folder: &str,
    source: &Source,
    handed_on: &BTreeMap<String, String>,
) -> BTreeMap<String, usize> {
    let here = module_of(folder, &source.path);
    let mut named = BTreeMap::new();
    let from_root = paths_from(&source.shipped, "crate").into_iter().map(|path| (path.offset, path.parts));
    let from_parent = paths_from(&source.shipped, "super").into_iter().filter_map(|path| {
        let ups = 1 + path.parts.iter().take_while(|part| *part == "super").count();
        let start = here.len().checked_sub(ups)?;
        let parts = here[..start].iter().chain(&path.parts[ups - 1..]).cloned().collect();
        Some((path.offset, parts))
    });
    for (offset, parts) in from_root.chain(from_parent) {
        let parts: Vec<String> = parts;
        if let Some(first) = parts.first() {
            let module = handed_on.get(first).unwrap_or(first).clone();
            named.entry(module).or_insert_with(|| source.line(offset));
        }
    }
    named
}

/// Names that a crate's root hands on, with the module each comes from.
pub(crate) fn handed_on(tree: &Tree, folder: &str) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let Some(root) = tree.source(&format!("{folder}/src/lib.rs")) else { return names };
    for module in top_modules(tree, folder) {
        for path in paths_from(&root.shipped, &module) {
            names.extend(path.parts.last().map(|name| (name.clone(), module.clone())));
        }
    }
    names
}

/// The top-level modules of a crate.
pub(crate) fn top_modules(tree: &Tree, folder: &str) -> BTreeSet<String> {
    tree.sources_of(folder).filter_map(|source| module_of(folder, &source.path).into_iter().next()).collect()
}

#[test]
fn a_use_tree_is_spread_out() {
    let found = paths_from("use crate::{a::{b, c as d}, e::*, f};\ncrate :: g::h(1); pub(crate) fn i() {}", "crate");
    let spread: Vec<String> = found.iter().map(|path| path.parts.join(".")).collect();
    assert_eq!(spread, ["a.b", "a.c", "e", "f", "g.h"]);
}

#[test]
fn super_is_followed_up_to_the_root() {
    let source = Source::new("node/src/http/api/search.rs", "use super::super::super::store::Store;");
    let named = modules_named("node", &source, &BTreeMap::new());
    assert_eq!(named.into_iter().collect::<Vec<_>>(), [("http".to_owned(), 1), ("store".to_owned(), 1)]);
}

#[test]
fn what_the_root_hands_on_counts_as_its_module() {
    let tree = Tree::of(&[
        ("protocol/src/lib.rs", "pub mod key;\npub use key::{PeerId, RecordId};"),
        ("protocol/src/key.rs", "pub struct PeerId;"),
    ]);
    assert_eq!(handed_on(&tree, "protocol").get("PeerId").map(String::as_str), Some("key"));
}
