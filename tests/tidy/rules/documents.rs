//! The documents tell the truth: every path they name exists, and every name ARCHITECTURE walks through is defined
//! in the file it stands beside. The README stays short enough to be read.
//!
//! A path is what stands in backticks and begins with a folder of ours, or what a link points at. A pair is a path of
//! a `.rs` file in backticks with a name in backticks right behind it.

use crate::figures::{first_hour, list_after};
use crate::finding::Finding;
use crate::source::{Source, words};
use crate::tree::{Page, Tree};

const FOLDERS: [&str; 8] = ["protocol/", "node/", "cli/", "tests/", "docs/", ".ci/", ".github/", ".cargo/"];
const WALK: &str = "docs/ARCHITECTURE.md";
const README_LINES: usize = 120;
/// How many lines a newcomer reads in the first hour.
const HOUR_LINES: usize = 900;
/// The journeys of [`WALK`] and how many hops each may take.
const HOPS: [(&str, usize); 5] = [
    ("At home", 6),
    ("At every other node", 5),
    ("### Somebody searches", 5),
    ("From the mentee's side", 8),
    ("The answer, back", 8),
];

/// Lines outside fenced blocks, numbered from one.
pub(super) fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(number, line)| {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            return None;
        }
        (!fenced).then_some((number + 1, line))
    })
}

/// What stands in backticks on a line.
pub(super) fn ticked(line: &str) -> Vec<&str> {
    line.split('`').skip(1).step_by(2).collect()
}

/// Where links on a line point, without what leads out of the repository.
pub(super) fn links(line: &str) -> Vec<&str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains("://") && !target.starts_with("mailto:")).collect()
}

pub(super) fn resolve(page: &str, target: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn paths(tree: &Tree, page: &Page) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in prose(&page.text) {
        let pattern = |path: &str| path.contains(['*', '<', '{', '…', ' ', '$']);
        let ours = |path: &&str| FOLDERS.iter().any(|folder| path.starts_with(folder)) && !pattern(path);
        let ticked = ticked(line).into_iter().filter(ours).map(str::to_owned);
        let files =
            links(line).into_iter().filter_map(|target| target.split('#').next()).filter(|file| !file.is_empty());
        let linked = files.map(|file| resolve(&page.path, file));
        for path in ticked.chain(linked) {
            if !tree.has(&path) {
                let advice = format!("`{path}` does not exist: name what does, or drop it");
                findings.push(Finding::new(&page.path, number, advice));
            }
        }
    }
    findings
}

/// The pairs of a page: line, file, name.
pub(super) fn pairs(page: &Page) -> Vec<(usize, &str, &str)> {
    let mut pairs = Vec::new();
    for (number, line) in prose(&page.text) {
        let pieces: Vec<&str> = line.split('`').collect();
        for window in pieces.windows(4).skip(1).step_by(2) {
            if let [file, " ", name, _] = window
                && file.ends_with(".rs")
            {
                pairs.push((number, *file, name.trim_end_matches("()")));
            }
        }
    }
    pairs
}

fn defines(source: &Source, name: &str) -> bool {
    let keywords = ["fn", "struct", "enum", "trait", "type", "const", "static", "mod"];
    let defined = |name: &str| {
        words(&source.code, name).into_iter().any(|at| {
            let before = source.code[..at].trim_end();
            keywords.iter().any(|keyword| before.ends_with(keyword))
        })
    };
    match name.split_once("::") {
        Some((owner, item)) => {
            let stands = |word: &str| !words(&source.code, word).is_empty();
            stands(owner) && (defined(item) || (defined(owner) && stands(item)))
        }
        None => defined(name),
    }
}

fn names(tree: &Tree, page: &Page) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, file, name) in pairs(page) {
        let advice = match tree.source(file) {
            None => format!("`{file}` does not exist"),
            Some(source) if !defines(source, name) => format!("`{name}` is not defined in {file}"),
            Some(_) => continue,
        };
        findings.push(Finding::new(&page.path, number, format!("{advice}: walk the code again")));
    }
    findings
}

pub(super) fn documents(tree: &Tree) -> impl Iterator<Item = &Page> {
    tree.pages
        .iter()
        .filter(|page| page.path.ends_with(".md") && (page.path.starts_with("docs/") || page.path == "README.md"))
}

#[test]
fn every_path_a_document_names_exists() {
    let tree = Tree::open();
    assert!(documents(&tree).count() >= 10, "the documents could not be read");
    let findings: Vec<Finding> = documents(&tree).flat_map(|page| paths(&tree, page)).collect();
    crate::finding::none(&findings);
}

#[test]
fn every_name_in_the_walks_is_where_they_say() {
    let tree = Tree::open();
    let walk = tree.page(WALK).map(pairs).unwrap_or_default();
    assert!(walk.len() >= 12, "{WALK} should walk publish and search by file and function; {} pairs found", walk.len());
    let findings: Vec<Finding> = documents(&tree).flat_map(|page| names(&tree, page)).collect();
    crate::finding::none(&findings);
}

/// Journeys that are not there, or take too long.
fn journeys(text: &str) -> Vec<String> {
    let hops = |start| list_after(text, start).iter().filter(|line| !line.starts_with(' ')).count();
    let far = HOPS.iter().map(|(start, most)| (start, hops(start), most));
    let far = far.filter(|(_, hops, most)| *hops == 0 || hops > most);
    far.map(|(start, hops, most)| format!("`{start}…` takes {hops} hops; 1 to {most} were aimed at")).collect()
}

#[test]
fn each_journey_is_short_enough_to_keep_in_mind() {
    let tree = Tree::open();
    let text = tree.page(WALK).map(|page| page.text.as_str()).unwrap_or_default();
    let far = journeys(text);
    assert!(far.is_empty(), "{}", far.join("\n"));
    let (files, lines) = first_hour(&tree);
    assert_eq!(files, 5, "the first hour in {WALK} names five files that exist");
    assert!(lines <= HOUR_LINES, "the first hour is {lines} lines; keep it within {HOUR_LINES}");
}

#[test]
fn a_journey_of_one_hop_too_many_is_found() {
    let list = |hops: usize| (1..=hops).map(|hop| format!("{hop}. a\n   b\n")).collect::<String>();
    let walk = |search: usize| {
        let rows = HOPS.map(|(start, most)| format!("\n{start}\n\n{}\n", list(if most == 6 { search } else { most })));
        rows.concat()
    };
    assert_eq!(journeys(&walk(6)), Vec::<String>::new());
    assert_eq!((journeys(&walk(7)).len(), journeys(&walk(0)).len()), (1, 1));
}

#[test]
fn the_readme_can_be_read_in_one_sitting() {
    let tree = Tree::open();
    let lines = tree.page("README.md").map(|page| page.text.lines().count());
    assert!(
        lines.is_some_and(|lines| lines < README_LINES),
        "README.md has {lines:?} lines; keep it under {README_LINES}"
    );
}

#[test]
fn a_dead_path_and_a_lost_name_are_found() {
    let text = "See `node/src/a.rs` `run`, `node/src/a.rs` `gone` and `node/src/b.rs`,\n[here](../README.md#x), [there](NOWHERE.md).\n```\n`node/no`\n```\nA `node/src/a.rs` `Ask::Now`, `node/src/*.rs`.";
    let tree = Tree::of(&[
        ("docs/A.md", text),
        ("README.md", ""),
        ("node/src/a.rs", "pub async fn run() {}\nenum Ask { Now } // fn gone"),
    ]);
    let page = tree.page("docs/A.md").expect("the sample is in the tree");
    let lines = |findings: Vec<Finding>| findings.into_iter().map(|finding| finding.line).collect::<Vec<_>>();
    assert_eq!(lines(paths(&tree, page)), [1, 2]);
    assert_eq!(pairs(page).len(), 3);
    assert_eq!(lines(names(&tree, page)), [1]);
}
