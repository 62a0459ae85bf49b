//! What the documents promise is whole: each threat says what stops it, which test shows that, and what remains; each
//! assumption says what breaks; each link leads to a heading that is there; each test that is quoted is a test.

use crate::finding::Finding;
use crate::rules::documents::{documents, links, pairs, prose, resolve, ticked};
use crate::source::Source;
use crate::tree::{Page, Tree};

const THREATS: &str = "docs/THREATS.md";
const ASSUMPTIONS: &str = "docs/ASSUMPTIONS.md";
const PARTS: [&str; 3] = ["**Stopped by**", "**Shown by**", "**Remains**"];

/// Threats that lack a part.
fn threats(page: &Page) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut line = 1;
    for (at, section) in page.text.split("\n## ").enumerate() {
        for part in PARTS.iter().filter(|part| at > 0 && !section.contains(*part)) {
            let title = section.lines().next().unwrap_or_default();
            findings.push(Finding::new(&page.path, line, format!("`{title}` lacks {part}")));
        }
        line += section.lines().count() + usize::from(at == 0 || section.ends_with('\n'));
    }
    findings
}

/// Assumptions that do not say what breaks.
fn assumptions(page: &Page) -> Vec<Finding> {
    let rows = prose(&page.text).filter(|(_, line)| line.starts_with('|') && !line.starts_with("|-"));
    let mut findings = Vec::new();
    for (number, line) in rows {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        if cells.len() != 2 || cells.iter().any(|cell| cell.is_empty()) {
            findings.push(Finding::new(&page.path, number, "say what we assume, and what breaks if it is false"));
        }
    }
    findings
}

/// The anchor that a heading gets: lower case, spaces as hyphens, nothing else but letters, digits and hyphens.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

fn has_heading(page: &Page, wanted: &str) -> bool {
    let headings = prose(&page.text).filter(|(_, line)| line.starts_with('#'));
    headings.into_iter().any(|(_, line)| anchor(line.trim_start_matches('#').trim()) == wanted)
}

/// Links to headings that are not there.
fn anchors(tree: &Tree, page: &Page) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in prose(&page.text) {
        for target in links(line) {
            let Some((file, wanted)) = target.split_once('#') else { continue };
            let path = if file.is_empty() { page.path.clone() } else { resolve(&page.path, file) };
            if tree.page(&path).is_some_and(|there| !has_heading(there, wanted)) {
                findings.push(Finding::new(&page.path, number, format!("{path} has no heading `#{wanted}`")));
            }
        }
    }
    findings
}

fn is_test(source: &Source, name: &str) -> bool {
    let Some(at) = source.text.find(&format!("fn {name}(")) else { return false };
    let before: Vec<&str> = source.text[..at].lines().rev().take_while(|line| !line.contains('}')).collect();
    before.iter().any(|line| line.contains("test]") || line.contains("::test("))
}

/// Five words or more in snake case: the name of a test, wherever it stands.
fn is_story(name: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    // Metrics begin with our name; a story compares those with what a node counts.
    name.split('_').count() >= 5 && !name.starts_with("mentormesh_") && name.chars().all(plain)
}

/// Quoted tests that are none.
fn quotes(tree: &Tree, page: &Page) -> Vec<Finding> {
    let mut findings = Vec::new();
    let paired = pairs(page);
    for (number, file, name) in &paired {
        if page.path == THREATS && is_story(name) && tree.source(file).is_some_and(|source| !is_test(source, name)) {
            findings.push(Finding::new(&page.path, *number, format!("`{name}` in {file} is no test")));
        }
    }
    for (number, line) in prose(&page.text) {
        for name in ticked(line).into_iter().filter(|name| is_story(name)) {
            let beside = paired.iter().any(|(at, _, paired)| *at == number && *paired == name);
            if !beside && !tree.sources.iter().any(|source| source.code.contains(&format!("fn {name}("))) {
                findings.push(Finding::new(&page.path, number, format!("no test is called `{name}`")));
            }
        }
    }
    findings
}

#[test]
fn every_threat_and_every_assumption_is_whole() {
    let tree = Tree::open();
    let threats = tree.page(THREATS).map(threats).expect("there is a page of threats");
    let assumptions = tree.page(ASSUMPTIONS).map(assumptions).expect("there is a page of assumptions");
    crate::finding::none(&[threats, assumptions].concat());
}

#[test]
fn every_link_and_every_quoted_test_leads_somewhere() {
    let tree = Tree::open();
    let quoted: usize = tree.page(THREATS).map(|page| pairs(page).len()).unwrap_or_default();
    assert!(quoted > 40, "{THREATS} quotes {quoted} tests only");
    let each = |page| [anchors(&tree, page), quotes(&tree, page)].concat();
    crate::finding::none(&documents(&tree).flat_map(each).collect::<Vec<_>>());
}

#[test]
fn a_threat_without_a_test_an_empty_assumption_and_a_dead_heading_are_found() {
    let threat = "# Threats\n\n## A forger\n\n**Stopped by** x.\n\n**Shown by** `node/src/a.rs` `she_is_sent_away_again`,\n`node/src/a.rs` `this_is_only_a_step` and\n`nobody_wrote_this_one_yet`\n\n**Remains**: y.\n\n## A liar\n\n**Stopped by** z.\n\n**Remains**: [y](#a-forger) and [z](A.md#no-such) and [q](#a-thief).\n";
    let source = "#[test]\nfn she_is_sent_away_again() {}\nfn this_is_only_a_step() {}\n";
    let assumed = "| we assume | if it is false |\n|---|---|\n| a | b |\n| c | |\n| d |\n";
    let tree =
        Tree::of(&[(THREATS, threat), (ASSUMPTIONS, assumed), ("docs/A.md", "# No such"), ("node/src/a.rs", source)]);
    let (page, assumed) = (tree.page(THREATS).expect("a page"), tree.page(ASSUMPTIONS).expect("a page"));
    let lines = |findings: Vec<Finding>| findings.into_iter().map(|finding| finding.line).collect::<Vec<_>>();
    assert_eq!(lines(threats(page)), [13]);
    assert_eq!(lines(assumptions(assumed)), [4, 5]);
    assert_eq!(lines(anchors(&tree, page)), [17]);
    assert_eq!(lines(quotes(&tree, page)), [8, 9]);
}
