//! What we aim at, printed and never failing: sizes, lengths, and how much is tested.
//!
//! The figures are a mirror, not a gate: a file is cut in two because it reads better, not because a number says so.

use std::io::Write as _;

use crate::source::{Source, item_end, words};
use crate::tree::{CRATES, Tree};

/// One row of the table.
#[derive(Debug, Default, PartialEq, Eq)]
struct Row {
    files: usize,
    median: usize,
    largest: (usize, String),
    longest: (usize, String),
    shipped: usize,
    tested: usize,
    documented: usize,
    unwraps: usize,
}

fn row<'a>(sources: impl Iterator<Item = &'a Source>) -> Row {
    let mut row = Row::default();
    let mut sizes = Vec::new();
    for source in sources {
        let lines = |code: &str| code.lines().filter(|line| !line.trim().is_empty()).count();
        let shipped = lines(&source.shipped);
        row.tested += lines(&source.code) - shipped;
        row.shipped += shipped;
        row.unwraps += source.shipped.matches(".unwrap()").count();
        if shipped == 0 {
            continue;
        }
        let size = without_tail(source);
        sizes.push(size);
        row.largest = row.largest.max((size, source.path.clone()));
        row.longest = functions(source).into_iter().fold(row.longest, Ord::max);
        row.documented += usize::from(source.text.starts_with("//!"));
    }
    sizes.sort_unstable();
    row.files = sizes.len();
    row.median = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
    row
}

/// Lines of a file up to the last that ships.
fn without_tail(source: &Source) -> usize {
    let last = source.shipped.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).last();
    last.map_or(0, |(number, _)| number + 1)
}

fn functions(source: &Source) -> Vec<(usize, String)> {
    let spans = words(&source.shipped, "fn").into_iter().map(|at| {
        let name: String = source.shipped[at + 2..]
            .trim_start()
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect();
        let lines = source.shipped[at..item_end(&source.shipped, at)].lines().count();
        (lines, format!("{name} in {}", source.path))
    });
    spans.collect()
}

/// Test lines that stand outside `src` but belong to a crate.
fn tests_beside(tree: &Tree, folder: &str) -> usize {
    let start = format!("{folder}/tests/");
    let beside = tree.sources.iter().filter(|source| source.path.starts_with(&start));
    beside.flat_map(|source| source.code.lines()).filter(|line| !line.trim().is_empty()).count()
}

#[test]
fn the_aims_are_printed() {
    let tree = Tree::open();
    let mut said = String::from(
        "\naims: crate        files  median  largest (aim 120 / 400)                     longest function (aim 50 / 70)                 tests : source   docs  unwraps\n",
    );
    for folder in CRATES.iter().filter(|folder| **folder != "tests") {
        let mut row = row(tree.sources_of(folder));
        row.tested += tests_beside(&tree, folder);
        let tested = format!("{} : {}", row.tested, row.shipped);
        let largest = format!("{} {}", row.largest.0, row.largest.1);
        let longest = format!("{} {}", row.longest.0, row.longest.1);
        said.push_str(&format!(
            "      {folder:<12} {:>5} {:>7}  {largest:<44} {longest:<46} {tested:>14} {:>4} % {:>4}\n",
            row.files,
            row.median,
            (row.documented * 100).checked_div(row.files).unwrap_or_default(),
            row.unwraps,
        ));
    }
    let workspace = tree.sources.iter().filter(|source| source.path.starts_with("tests/"));
    let doubting: usize = workspace.map(|source| source.text.lines().count()).sum();
    said.push_str(&format!("      tests        {doubting} lines that belong to all crates together\n"));
    // Straight to the terminal: the test harness would swallow what a passing test prints.
    std::io::stderr().write_all(said.as_bytes()).expect("the terminal takes the table");
}

#[test]
fn lengths_are_counted_as_a_reader_would() {
    let source = Source::new(
        "node/src/a.rs",
        "fn a() {\n    1\n}\n\nfn b<T>(c: [u8; 3]) -> T\n{\n}\n#[cfg(test)]\nmod t {\n}\n",
    );
    let lengths: Vec<usize> = functions(&source).into_iter().map(|(lines, _)| lines).collect();
    assert_eq!(lengths, [3, 3]);
    assert_eq!(without_tail(&source), 7);
    assert_eq!(row(std::iter::once(&source)).tested, 3);
}
