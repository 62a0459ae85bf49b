//! A layer of the node names only layers below it.
//!
//! The table is read from the first lines of `node/src/lib.rs`, so that what a newcomer reads there is what is
//! checked. What must flow upward flows through a channel that `node.rs` hands out, never through a name.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::paths::{handed_on, module_of, modules_named, top_modules};
use crate::tree::Tree;

const ROOT: &str = "node/src/lib.rs";

/// The layer of each module, the highest first counted as the greatest number.
fn table(text: &str) -> BTreeMap<String, usize> {
    let doc: String = text.lines().map_while(|line| line.strip_prefix("//!")).collect::<Vec<_>>().join(" ");
    let Some((_, list)) = doc.split_once("Layers") else { return BTreeMap::new() };
    let list = list.split(". ").next().unwrap_or_default();
    let rows: Vec<&str> = list.split('·').collect();
    let mut layers = BTreeMap::new();
    for (below, row) in rows.iter().rev().enumerate() {
        layers.extend(row.split('`').skip(1).step_by(2).map(|module| (module.to_owned(), below)));
    }
    layers
}

fn check(tree: &Tree) -> Vec<Finding> {
    let Some(root) = tree.source(ROOT) else { return vec![Finding::new(ROOT, 1, "is missing")] };
    let layers = table(&root.text);
    let mut findings: Vec<Finding> = top_modules(tree, "node")
        .into_iter()
        .filter(|module| !layers.contains_key(module))
        .map(|module| Finding::new(ROOT, 1, format!("give `{module}` its place in the list of layers")))
        .collect();
    let handed_on = handed_on(tree, "node");
    for source in tree.sources_of("node") {
        let Some(here) = module_of("node", &source.path).into_iter().next() else { continue };
        let Some(own) = layers.get(&here) else { continue };
        for (module, line) in modules_named("node", source, &handed_on) {
            let Some(other) = layers.get(&module) else { continue };
            if module != here && other >= own {
                let advice = format!(
                    "`{here}` (layer {own}) names `{module}` (layer {other}); a layer names only those below: \
                     move what both need down, or hand it in through node.rs"
                );
                findings.push(Finding::new(&source.path, line, advice));
            }
        }
    }
    findings
}

#[test]
fn each_layer_of_the_node_names_only_layers_below() {
    let tree = Tree::open();
    let known = tree.source(ROOT).map(|root| table(&root.text).len()).unwrap_or_default();
    assert!(known >= 10, "the list of layers in {ROOT} could not be read: {known} modules found");
    crate::finding::none(&check(&tree));
}

#[test]
fn an_arrow_that_points_up_is_found() {
    let root = "//! Layers: `http` · `ingest`, `search` ·\n//! `store`. More.\npub mod http;";
    let tree = Tree::of(&[
        (ROOT, root),
        ("node/src/store/mod.rs", "use crate::{store::x, search::Search};"),
        ("node/src/ingest.rs", "fn a() { super::search::run() }"),
        ("node/src/http/a.rs", "use crate::store::Store;"),
        ("node/src/search.rs", "#[cfg(test)]\nmod tests { use crate::http; }"),
        ("node/src/stray.rs", ""),
    ]);
    let found: Vec<String> = check(&tree).into_iter().map(|finding| finding.path).collect();
    assert_eq!(found, [ROOT, "node/src/store/mod.rs", "node/src/ingest.rs"]);
}
