//! One place for versions and one for lints: every member inherits both, every version is pinned, `unsafe` is forbidden.

use crate::finding::Finding;
use crate::tree::{CRATES, Page, Tree};

/// One `key = value` line of a manifest, with the table it stands in.
struct Entry<'a> {
    table: &'a str,
    line: usize,
    key: &'a str,
    value: &'a str,
}

fn entries(page: &Page) -> Vec<Entry<'_>> {
    let mut table = "";
    let mut entries = Vec::new();
    for (number, line) in page.text.lines().enumerate() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            table = name.trim_matches(['[', ']']);
        } else if let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
            entries.push(Entry { table, line: number + 1, key: key.trim(), value: value.trim() });
        }
    }
    entries
}

fn check_root(page: &Page) -> Vec<Finding> {
    let entries = entries(page);
    let mut findings = Vec::new();
    let forbidden = |entry: &Entry<'_>| {
        entry.table == "workspace.lints.rust" && entry.key == "unsafe_code" && entry.value == "\"forbid\""
    };
    if !entries.iter().any(forbidden) {
        findings.push(Finding::new(&page.path, 1, "forbid `unsafe_code` in [workspace.lints.rust]"));
    }
    for entry in entries.iter().filter(|entry| entry.table == "workspace.dependencies") {
        if !entry.value.contains("\"=") && !entry.value.contains("path =") {
            let advice = format!("pin `{}` to an exact version: \"=x.y.z\"", entry.key);
            findings.push(Finding::new(&page.path, entry.line, advice));
        }
    }
    findings
}

fn check_member(page: &Page) -> Vec<Finding> {
    let entries = entries(page);
    let mut findings = Vec::new();
    let inherits = |entry: &Entry<'_>| entry.table == "lints" && entry.key == "workspace" && entry.value == "true";
    if !entries.iter().any(inherits) {
        findings.push(Finding::new(&page.path, 1, "inherit the lints: [lints] workspace = true"));
    }
    for entry in entries.iter().filter(|entry| entry.table.ends_with("dependencies")) {
        let inherited = entry.key.ends_with(".workspace") && entry.value == "true";
        if !inherited && !entry.value.contains("workspace = true") {
            let advice = format!("take `{}` from the workspace: name its version in the root manifest only", entry.key);
            findings.push(Finding::new(&page.path, entry.line, advice));
        }
    }
    findings
}

/// The fuzz targets are a workspace of their own and inherit nothing: their versions are pinned where they stand.
fn check_alone(page: &Page) -> Vec<Finding> {
    let loose = |entry: &&Entry<'_>| {
        let own = entry.value.contains("path =");
        entry.table.ends_with("dependencies") && !own && !entry.value.contains("\"=")
    };
    let advice = |entry: &Entry<'_>| {
        Finding::new(&page.path, entry.line, format!("pin `{}` to an exact version: \"=x.y.z\"", entry.key))
    };
    entries(page).iter().filter(loose).map(advice).collect()
}

fn check(tree: &Tree) -> Vec<Finding> {
    let alone = tree.page("tests/fuzz/Cargo.toml");
    let alone = alone.map_or_else(|| vec![Finding::new("tests/fuzz/Cargo.toml", 1, "is missing")], check_alone);
    let root = tree.page("Cargo.toml").map(check_root);
    let members = CRATES.iter().map(|folder| {
        let path = format!("{folder}/Cargo.toml");
        tree.page(&path).map_or_else(|| vec![Finding::new(&path, 1, "is missing")], check_member)
    });
    root.into_iter().chain(members).flatten().chain(alone).collect()
}

#[test]
fn versions_and_lints_have_one_place() {
    crate::finding::none(&check(&Tree::open()));
}

#[test]
fn a_loose_version_and_a_lonely_member_are_found() {
    let page = |text: &str| Page { path: "Cargo.toml".to_owned(), text: text.to_owned() };
    let root = page(
        "[workspace.lints.rust]\nunsafe_code = \"deny\"\n[workspace.dependencies]\na = { version = \"1.2\" }\nb = { path = \"b\" }",
    );
    assert_eq!(check_root(&root).len(), 2);
    let member = page(
        "[dependencies]\na.workspace = true\nb = { workspace = true, features = [] }\n[dev-dependencies]\nc = \"1\"",
    );
    assert_eq!(check_member(&member).len(), 2);
    let tidy = page("[lints]\nworkspace = true\n[dependencies]\na.workspace = true");
    assert!(check_member(&tidy).is_empty());
    let alone = page("[dependencies]\na = { version = \"1\" }\nb = { version = \"=1.2.3\" }\nc = { path = \"../c\" }");
    assert_eq!(check_alone(&alone).len(), 1);
}
