//! Nothing of the machine it was written on stays behind, nor a note to oneself; the top level stays the agreed list.

use crate::finding::Finding;
use crate::source::words;
use crate::tree::Tree;

/// Written in two halves, so that this file does not find itself.
const TRACES: [&str; 8] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/tmp", "/wt"),
    concat!("/tmp/", "target"),
    concat!("/home/", "runner"),
    concat!("sparse", "+http"),
    concat!("replace", "-with"),
    concat!("[regis", "tries"),
];
const NOTES: [&str; 4] = [concat!("FIX", "ME"), concat!("XX", "X"), concat!("TO", "DO"), concat!("HA", "CK")];
const OFFICIAL: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// What stands at the top of the repository, and nothing else.
const TOP: [&str; 15] = [
    ".cargo",
    ".ci",
    ".git",
    ".gitattributes",
    ".github",
    ".gitignore",
    ".rustfmt.toml",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "cli",
    "docs",
    "node",
    "protocol",
];

fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let sources = tree.sources.iter().map(|source| (&source.path, &source.text));
    let pages = tree.pages.iter().map(|page| (&page.path, &page.text));
    for (path, text) in sources.chain(pages) {
        for (number, line) in text.lines().enumerate() {
            findings.extend(check_line(path, line).map(|advice| Finding::new(path, number + 1, advice)));
        }
    }
    for file in &tree.files {
        let top = file.split('/').next().unwrap_or_default();
        if !TOP.contains(&top) && top != "tests" && !top.starts_with("LICENSE") {
            findings.push(Finding::new(
                file,
                1,
                "the top level is a fixed list: find this a home in one of its folders",
            ));
        }
    }
    findings
}

fn check_line(path: &str, line: &str) -> Option<String> {
    if let Some(trace) = TRACES.iter().find(|trace| line.contains(**trace)) {
        return Some(format!("`{trace}` belongs to one machine: leave it out"));
    }
    if path == "Cargo.lock" && line.starts_with("source = ") && !line.contains(OFFICIAL) {
        return Some("this dependency comes from somewhere else than the public registry".to_owned());
    }
    let code = !path.ends_with(".lock") && !path.ends_with(".jsonl") && !path.ends_with(".csv");
    let note = NOTES.iter().find(|note| code && !words(line, note).is_empty())?;
    Some(format!("`{note}`: do it now, or open an issue"))
}

#[test]
fn no_machine_and_no_note_to_oneself_is_left_behind() {
    crate::finding::none(&check(&Tree::open()));
}

#[test]
fn a_trace_and_a_note_are_found() {
    let trace = format!("see {}main", TRACES[0]);
    let note = format!("// {}: later", NOTES[0]);
    let lock = "source = \"registry+https://mirror.example/index\"";
    let tree = Tree::of(&[
        ("docs/A.md", trace.as_str()),
        ("cli/src/main.rs", note.as_str()),
        ("Cargo.lock", lock),
        ("scratch/a.md", ""),
        ("docs/B.md", "all is well"),
    ]);
    let found: Vec<String> = check(&tree).into_iter().map(|finding| finding.path).collect();
    assert_eq!(found, ["cli/src/main.rs", "docs/A.md", "Cargo.lock", "scratch/a.md"]);
}
