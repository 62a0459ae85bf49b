//! What we aim at, printed and never failing: sizes, lengths, and how much is tested.
//!
//! The figures are a mirror, not a gate: a file is cut in two because it reads better, not because a number says so.
//! What fails is a document that boasts with figures of another day.

use std::io::Write as _;

use crate::figures::{Figure, figures, first_hour, functions, without_tail};
use crate::source::Source;
use crate::tree::{CRATES, Tree};

const STYLE: &str = "docs/STYLE.md";
/// The longest file that is aimed at.
const FILE: usize = 400;

/// One row of the table.
#[derive(Debug, Default, PartialEq, Eq)]
struct Row {
    files: usize,
    median: usize,
    largest: (usize, String),
    longest: (usize, String),
    shipped: usize,
    tested: usize,
}

fn row<'a>(sources: impl Iterator<Item = &'a Source>) -> Row {
    let mut row = Row::default();
    let mut sizes = Vec::new();
    for source in sources {
        let size = without_tail(source);
        row.tested += source.text.lines().count() - size;
        row.shipped += size;
        if size == 0 {
            continue;
        }
        sizes.push(size);
        row.largest = row.largest.max((size, source.path.clone()));
        let longest = functions(source).into_iter().max();
        row.longest = longest.map(|one| (one.lines, one.name)).into_iter().fold(row.longest, Ord::max);
    }
    sizes.sort_unstable();
    row.files = sizes.len();
    row.median = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
    row
}

/// The longest function that is aimed at in a crate.
fn aim(path: &str) -> usize {
    if path.starts_with("protocol/") { 50 } else { 70 }
}

/// Files and functions that are longer than we would have them.
fn too_long(tree: &Tree) -> Vec<String> {
    let mut long = Vec::new();
    for source in &tree.sources {
        let size = without_tail(source);
        long.extend((size > FILE).then(|| format!("{size} {}", source.path)));
        let over = functions(source).into_iter().filter(|one| one.lines > aim(&source.path));
        long.extend(over.map(|one| format!("{} {}", one.lines, one.name)));
    }
    long
}

/// Test lines that stand outside `src` but belong to a crate.
fn tests_beside(tree: &Tree, folder: &str) -> usize {
    let start = format!("{folder}/tests/");
    let beside = tree.sources.iter().filter(|source| source.path.starts_with(&start));
    beside.map(|source| source.text.lines().count()).sum()
}

/// The numbers of a cell, thousands written with or without a comma.
fn numbers(cell: &str) -> Vec<f64> {
    let cell = cell.replace(',', "");
    let parts = cell.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    parts.filter_map(|part| part.trim_matches('.').parse().ok()).collect()
}

/// Figures that a document gives otherwise than they are, by more than a quarter.
fn stale(text: &str, figures: &[Figure]) -> Vec<String> {
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('|').map(str::trim).collect()).collect();
    let near = |said: f64, is: f64| (said - is).abs() <= (said / 4.0).max(0.4);
    let mut stale = Vec::new();
    for Figure { label, ours } in figures {
        let row = rows.iter().find(|row| row.get(1) == Some(label));
        let said = row.and_then(|row| row.get(2)).map(|cell| numbers(cell)).unwrap_or_default();
        let is = numbers(ours);
        if said.len() != is.len() || !said.iter().zip(&is).all(|(said, is)| near(*said, *is)) {
            stale.push(format!("{label}: {said:?} in {STYLE}, {ours} now"));
        }
    }
    stale
}

#[test]
fn the_aims_are_printed() {
    let tree = Tree::open();
    let mut said = String::from(
        "\naims: crate        files  median  largest (aim 120 / 400)                     longest function (aim 50 / 70)                 tests : source\n",
    );
    for folder in CRATES.iter().filter(|folder| **folder != "tests") {
        let mut row = row(tree.sources_of(folder));
        row.tested += tests_beside(&tree, folder);
        let tested = format!("{} : {}", row.tested, row.shipped);
        let largest = format!("{} {}", row.largest.0, row.largest.1);
        let longest = format!("{} {}", row.longest.0, row.longest.1);
        said.push_str(&format!(
            "      {folder:<12} {:>5} {:>7}  {largest:<44} {longest:<46} {tested:>14}\n",
            row.files, row.median,
        ));
    }
    let workspace = tree.sources.iter().filter(|source| source.path.starts_with("tests/"));
    let doubting: usize = workspace.map(|source| source.text.lines().count()).sum();
    said.push_str(&format!("      tests        {doubting} lines that belong to all crates together\n"));
    let (files, lines) = first_hour(&tree);
    said.push_str(&format!("      the first hour: {files} files of {lines} lines together\n"));
    for long in too_long(&tree) {
        said.push_str(&format!("      longer than aimed at: {long}\n"));
    }
    said.push_str("\nfigures, as docs/STYLE.md compares them:\n");
    for Figure { label, ours } in figures(&tree) {
        said.push_str(&format!("      {label:<30} {ours}\n"));
    }
    // Straight to the terminal: the test harness would swallow what a passing test prints.
    std::io::stderr().write_all(said.as_bytes()).expect("the terminal takes the table");
}

#[test]
fn the_style_document_gives_our_figures_as_they_are() {
    let tree = Tree::open();
    let text = tree.page(STYLE).map(|page| page.text.as_str()).unwrap_or_default();
    let stale = stale(text, &figures(&tree));
    assert!(stale.is_empty(), "measure again and write the day beside it:\n{}", stale.join("\n"));
}

#[test]
fn a_boast_of_another_day_is_found() {
    let figures = [
        Figure { label: "source files", ours: "1000".to_owned() },
        Figure { label: "function: median / 90th", ours: "6 / 20".to_owned() },
        Figure { label: "gone", ours: "1".to_owned() },
    ];
    let fresh = "| source files | 1,100 | 3 |\n| function: median / 90th | 6 / 21 | 7 / 30 |\n| gone | 1 |";
    assert_eq!(stale(fresh, &figures), Vec::<String>::new());
    let old = "| source files | 700 | 1,000 |\n| function: median / 90th | 6 | 7 / 30 |";
    assert_eq!(stale(old, &figures).len(), 3);
}

#[test]
fn what_is_longer_than_aimed_at_is_named() {
    let body = "    1;\n".repeat(60);
    let long = format!("fn a() {{\n{body}}}\n");
    let tree = Tree::of(&[("protocol/src/a.rs", &long), ("node/src/b.rs", &long)]);
    assert_eq!(too_long(&tree), ["62 a in protocol/src/a.rs"]);
}
