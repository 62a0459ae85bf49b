//! The figures by which a house can be compared with others: sizes, lengths, tests, words of doubt.
//!
//! Lines are counted as an editor shows them, comments and blanks included. A file counts up to its last line that
//! ships; what only tests compile is test code, wherever it stands. Fixtures, vectors and documents count as neither.

use crate::rules::caught;
use crate::source::{Source, item_end, words};
use crate::tree::{CRATES, Tree};

const MAP: &str = "docs/ARCHITECTURE.md";
/// Where a record that another node sent comes in; the list below it names the files.
const INBOUND: &str = "At every other node";
/// Notes that something is to be done later, written in two halves, as everywhere here.
const NOTES: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];
/// Functions longer than this are counted.
const LONG: usize = 100;
/// Files longer than this are counted.
const LARGE: usize = 300;

/// One row: what is counted, and our numbers as they are written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    pub(crate) label: &'static str,
    pub(crate) ours: String,
}

/// A function that ships.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Function {
    pub(crate) lines: usize,
    pub(crate) name: String,
}

/// Lines of a file up to the last that ships.
pub(crate) fn without_tail(source: &Source) -> usize {
    let last = source.shipped.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).last();
    last.map_or(0, |(number, _)| number + 1)
}

/// Every function of a file that ships and has a body.
pub(crate) fn functions(source: &Source) -> Vec<Function> {
    let spans = words(&source.shipped, "fn").into_iter().filter_map(|at| {
        let name: String = source.shipped[at + 2..]
            .trim_start()
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect();
        let body = &source.shipped[at..item_end(&source.shipped, at)];
        let lines = body.lines().count();
        (!name.is_empty() && body.ends_with('}'))
            .then(|| Function { lines, name: format!("{name} in {}", source.path) })
    });
    spans.collect()
}

/// The first of a list, its middle, and where nine tenths are below.
fn spread(mut numbers: Vec<usize>) -> (usize, usize, usize) {
    numbers.sort_unstable();
    let at = |tenths: usize| numbers.get(numbers.len() * tenths / 10).copied().unwrap_or_default();
    (at(5), at(9), numbers.last().copied().unwrap_or_default())
}

/// What all files together come to.
#[derive(Default)]
struct Sums {
    sizes: Vec<usize>,
    functions: Vec<usize>,
    shipped: usize,
    tested: usize,
    tests: usize,
    documented: usize,
    doc_lines: usize,
    unwraps: usize,
    locks: usize,
    doubts: usize,
    open: usize,
    kept_in: usize,
}

impl Sums {
    fn of(tree: &Tree) -> Self {
        let mut sums = Self::default();
        for source in &tree.sources {
            sums.add(source);
        }
        sums
    }

    fn add(&mut self, source: &Source) {
        let (lines, size) = (source.text.lines().count(), without_tail(source));
        self.tested += lines - size;
        self.tests += source.code.matches("#[test]").count() + source.code.matches("#[tokio::test").count();
        if size == 0 {
            return;
        }
        self.sizes.push(size);
        self.shipped += size;
        self.functions.extend(functions(source).into_iter().map(|function| function.lines));
        self.documented += usize::from(source.text.starts_with("//!"));
        let docs = |line: &&str| line.trim_start().starts_with("///") || line.trim_start().starts_with("//!");
        self.doc_lines += source.text.lines().take(size).filter(docs).count();
        self.unwraps += source.shipped.matches(".unwrap()").count();
        self.locks += source.shipped.matches("Arc<Mutex").count() + source.shipped.matches("Arc<RwLock").count();
        let doubt = |line: &&str| NOTES.iter().any(|word| !words(line, word).is_empty());
        self.doubts += source.text.lines().take(size).filter(doubt).count();
        let (open, kept_in) = items(&source.shipped);
        self.open += open;
        self.kept_in += kept_in;
    }
}

/// How many items everybody may name, and how many a part of the crate.
fn items(code: &str) -> (usize, usize) {
    const ITEMS: [&str; 10] = ["fn", "struct", "enum", "const", "static", "type", "trait", "mod", "use", "async"];
    let item = |rest: &str| {
        let word = rest.trim_start().split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        ITEMS.contains(&word)
    };
    let (mut open, mut kept_in) = (0, 0);
    for at in words(code, "pub") {
        let rest = &code[at + 3..];
        match rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
            Some((_, rest)) => kept_in += usize::from(item(rest)),
            None => open += usize::from(item(rest)),
        }
    }
    (open, kept_in)
}

/// The files of ours that stand in backticks in a piece of a document, each once.
fn named<'a>(tree: &'a Tree, text: &str) -> Vec<&'a Source> {
    let mut found: Vec<&Source> = text.split('`').skip(1).step_by(2).filter_map(|path| tree.source(path)).collect();
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found.dedup_by(|one, other| one.path == other.path);
    found
}

/// The numbered list that follows a line which begins with `start`.
pub(crate) fn list_after<'a>(text: &'a str, start: &str) -> Vec<&'a str> {
    let Some((_, rest)) = text.split_once(&format!("\n{start}")) else { return Vec::new() };
    let list = rest.split("\n\n").nth(1).filter(|list| list.trim_start().starts_with("1. "));
    list.into_iter().flat_map(str::lines).collect()
}

/// How many files hold what a piece of a document walks through, and how many lines these have.
pub(crate) fn reading(tree: &Tree, text: &str) -> (usize, usize) {
    let files = named(tree, text);
    (files.len(), files.into_iter().map(without_tail).sum())
}

/// The files for the first hour, and how many lines these have.
pub(crate) fn first_hour(tree: &Tree) -> (usize, usize) {
    let map = tree.page(MAP).map(|page| page.text.as_str()).unwrap_or_default();
    let hour = map.split("**The first hour**").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_default();
    reading(tree, hour)
}

/// Every figure, in the order of the table.
pub(crate) fn figures(tree: &Tree) -> Vec<Figure> {
    let sums = Sums::of(tree);
    let files = sums.sizes.len();
    let large = sums.sizes.iter().filter(|size| **size > LARGE).count();
    let long = sums.functions.iter().filter(|lines| **lines > LONG).count();
    let (median, ninetieth, largest) = spread(sums.sizes);
    let (middle, most, longest) = spread(sums.functions);
    let share = |part: usize, whole: usize| format!("{} %", (part * 100).checked_div(whole).unwrap_or_default());
    let hundredths = |part: usize, whole: usize| {
        let hundredths = (part * 100).checked_div(whole).unwrap_or_default();
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    };
    let (ringed, modules) =
        CRATES.iter().map(|folder| caught(tree, folder)).fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    let map = tree.page(MAP).map(|page| page.text.as_str()).unwrap_or_default();
    let (walked, cost) = reading(tree, &list_after(map, INBOUND).join("\n"));
    let packages = tree.page("Cargo.lock").map_or(0, |page| page.text.matches("[[package]]").count());
    let figure = |label, ours: String| Figure { label, ours };
    vec![
        figure("non-test lines", sums.shipped.to_string()),
        figure("source files", files.to_string()),
        figure("file: median", median.to_string()),
        figure("file: 90th percentile", ninetieth.to_string()),
        figure("file: largest", largest.to_string()),
        figure("files over 300 lines", share(large, files)),
        figure("function: median / 90th", format!("{middle} / {most}")),
        figure("function: longest", longest.to_string()),
        figure("functions over 100 lines", long.to_string()),
        figure("test lines per source line", hundredths(sums.tested, sums.shipped)),
        figure("test functions", sums.tests.to_string()),
        figure("files with a module doc", share(sums.documented, files)),
        figure("doc-comment share", share(sums.doc_lines, sums.shipped)),
        figure("`unwrap()` per 1,000 lines", hundredths(sums.unwraps * 1_000, sums.shipped)),
        figure("`Arc<Mutex>`, `Arc<RwLock>`", sums.locks.to_string()),
        figure("notes to do it later, per 1,000", hundredths(sums.doubts * 1_000, sums.shipped)),
        figure("`pub` : `pub(…)` items", format!("{} : 1", hundredths(sums.open, sums.kept_in))),
        figure("modules in cycles", format!("{ringed} of {modules}")),
        figure("reading the inbound path", format!("{cost} / {walked}")),
        figure("packages in Cargo.lock", packages.to_string()),
    ]
}

#[test]
fn lengths_are_counted_as_a_reader_would() {
    let source = Source::new(
        "node/src/a.rs",
        "fn a() {\n    1\n}\n\nfn b<T>(c: [u8; 3]) -> T\n{\n}\ntrait D {\n    fn e();\n}\n#[cfg(test)]\nmod t {\n}\n",
    );
    let lengths: Vec<usize> = functions(&source).into_iter().map(|function| function.lines).collect();
    assert_eq!(lengths, [3, 3]);
    assert_eq!(without_tail(&source), 10);
    let mut sums = Sums::default();
    sums.add(&source);
    assert_eq!((sums.shipped, sums.tested), (10, 3));
}

#[test]
fn items_are_told_from_fields_and_from_what_a_part_may_name() {
    let code = "pub struct A { pub b: u8, pub(super) c: u8 }\npub(crate) fn d() {}\npub(in crate::e) const F: u8 = 0;";
    assert_eq!(items(code), (1, 2));
}

#[test]
fn a_list_is_read_to_its_end_and_its_files_are_counted_once() {
    let map = "x\n\nAt every other node, so:\n\n1. `node/src/a.rs` `b`\n   and `node/src/c.rs`.\n2. `node/src/a.rs`.\n\nThen `node/src/d.rs`.\n";
    let tree = Tree::of(&[(MAP, map), ("node/src/a.rs", "\n\nfn b() {}"), ("node/src/c.rs", "fn d() {}")]);
    let list = list_after(map, INBOUND);
    assert_eq!(list.len(), 3);
    assert_eq!(reading(&tree, &list.join("\n")), (2, 4));
}
