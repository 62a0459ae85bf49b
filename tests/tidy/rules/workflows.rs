//! The hosted checks keep up with the repository: each action is pinned to one commit, each test target they name
//! exists, and what gates a change is the gate itself.
//!
//! A workflow runs where nobody here sees it fail to find something, so it is read here.

use crate::finding::Finding;
use crate::tree::{Page, Tree};

const FOLDER: &str = ".github/workflows/";
const GATE: &str = ".github/workflows/ci.yml";
const TARGETS: &str = "tests/Cargo.toml";

/// Whether an action is named by a whole commit, with the version that a person would say behind it.
fn is_pinned(action: &str) -> bool {
    let Some((_, rest)) = action.split_once('@') else { return false };
    let commit: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
    commit.len() == 40 && rest[40..].trim_start().starts_with("# v")
}

fn check_page(tree: &Tree, page: &Page) -> Vec<Finding> {
    let mut findings = Vec::new();
    let targets = tree.page(TARGETS).map(|page| page.text.as_str()).unwrap_or_default();
    for (number, line) in page.text.lines().enumerate() {
        let mut say = |advice: String| findings.push(Finding::new(&page.path, number + 1, advice));
        if let Some((_, action)) = line.split_once("uses: ")
            && !is_pinned(action)
        {
            say(format!("pin `{action}` to a commit of forty digits, with `# v…` behind it"));
        }
        if let Some(target) = line.split("--test ").nth(1).and_then(|rest| rest.split_whitespace().next())
            && !targets.contains(&format!("name = \"{target}\""))
        {
            say(format!("{TARGETS} has no target `{target}`"));
        }
        for script in line.split_whitespace().filter(|word| word.starts_with(".ci/") && !tree.has(word)) {
            say(format!("`{script}` does not exist"));
        }
    }
    findings
}

fn check(tree: &Tree) -> Vec<Finding> {
    let workflows = tree.pages.iter().filter(|page| page.path.starts_with(FOLDER));
    let mut findings: Vec<Finding> = workflows.flat_map(|page| check_page(tree, page)).collect();
    let gates = |page: &Page| page.text.contains("run: .ci/run\n") && page.text.contains("pull_request:");
    if !tree.page(GATE).is_some_and(gates) {
        findings.push(Finding::new(GATE, 1, "run `.ci/run` for every pull request"));
    }
    findings
}

#[test]
fn the_hosted_checks_keep_up() {
    crate::finding::none(&check(&Tree::open()));
}

#[test]
fn a_loose_action_a_lost_target_and_a_missing_gate_are_found() {
    let text = "  pull_request:\n  - uses: actions/checkout@v5\n  - uses: a/b@0123456789012345678901234567890123456789 # v1\n  - run: cargo test --test gone\n  - run: cargo test --test tidy\n  - run: .ci/fly\n";
    let manifest = "[[test]]\nname = \"tidy\"\n";
    let tree = Tree::of(&[(GATE, text), (TARGETS, manifest)]);
    let found: Vec<usize> = check(&tree).into_iter().map(|finding| finding.line).collect();
    assert_eq!(found, [2, 4, 6, 1]);
}
