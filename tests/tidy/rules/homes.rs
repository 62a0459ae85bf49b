//! Each heavy third-party crate is named in one folder, so that replacing it is a folder and not a project.
//!
//! SQL counts as such a crate wherever it hides: statements in literals are looked for as well as the library.

use crate::finding::Finding;
use crate::source::words;
use crate::tree::Tree;

/// A name, the only folder that may use it, and the only manifest that may ask for it.
const HOMES: [(&str, &str, &str); 7] = [
    ("libp2p", "node/swarm/", "node/swarm/Cargo.toml"),
    ("sled", "node/src/store/", "node/Cargo.toml"),
    ("tantivy", "node/src/index/", "node/Cargo.toml"),
    ("lettre", "node/src/mail/", "node/Cargo.toml"),
    ("sqlx", "node/src/desk/", "node/Cargo.toml"),
    ("openidconnect", "node/src/openid/", "node/Cargo.toml"),
    ("fluent_bundle", "node/src/speech/", "node/Cargo.toml"),
];

/// How a statement begins.
const STATEMENTS: [&str; 8] =
    ["SELECT ", "INSERT INTO", "INSERT OR", "CREATE TABLE", "CREATE INDEX", "DELETE FROM", "ALTER TABLE", "PRAGMA "];

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, home, manifest) in HOMES {
        for source in tree.sources.iter().filter(|source| !source.path.starts_with(home)) {
            for at in words(&source.code, name) {
                let advice = format!("`{name}` is named only under {home}: ask that folder for what you need");
                findings.push(Finding::new(&source.path, source.line(at), advice));
            }
        }
        for page in &tree.pages {
            let elsewhere = page.path.ends_with("/Cargo.toml") && page.path != manifest;
            for (number, line) in page.text.lines().enumerate() {
                if elsewhere && line.starts_with(name) {
                    let advice = format!("only {manifest} depends on `{name}`");
                    findings.push(Finding::new(&page.path, number + 1, advice));
                }
            }
        }
    }
    findings.extend(statements(tree));
    findings
}

fn statements(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.sources.iter().filter(|source| !source.path.starts_with("node/src/desk/")) {
        for statement in STATEMENTS {
            for (at, _) in source.literals.match_indices(statement) {
                let shipped = source.shipped.len() > at && !source.path.starts_with("tests/");
                if shipped && source.literals[..at].ends_with('"') {
                    let advice = "SQL is written only under node/src/desk/: give the desk a function for it";
                    findings.push(Finding::new(&source.path, source.line(at), advice));
                }
            }
        }
    }
    findings
}

#[test]
fn each_heavy_crate_has_one_home() {
    let tree = Tree::open();
    for (name, home, _) in HOMES {
        let used = tree.sources.iter().any(|source| source.path.starts_with(home) && source.code.contains(name));
        assert!(used, "nothing under {home} names {name}: is the rule looking in the right place?");
    }
    crate::finding::none(&check(&tree));
}

#[test]
fn a_guest_in_the_wrong_house_is_found() {
    let tree = Tree::of(&[
        ("node/src/store/open.rs", "use sled::Db; // and no tantivy"),
        ("node/src/search/run.rs", "fn a(index: &tantivy::Index) {}"),
        ("node/src/listings/add.rs", "const Q: &str = \"SELECT id FROM listing\";"),
        ("cli/src/main.rs", "fn say() { log(\"libp2p=warn\") }"),
        ("cli/Cargo.toml", "[dependencies]\nlibp2p.workspace = true"),
    ]);
    let found: Vec<String> = check(&tree).into_iter().map(|finding| finding.path).collect();
    assert_eq!(found, ["cli/Cargo.toml", "node/src/search/run.rs", "node/src/listings/add.rs"]);
}
