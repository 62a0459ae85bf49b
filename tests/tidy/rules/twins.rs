//! Every command and every endpoint has its twin: a test or a guide that names it, and for commands a help that
//! teaches by example.
//!
//! A command is a file in `cli/src/commands/`; a folder there is a command with sub-commands. An endpoint is a file in
//! `node/src/http/api/`. What counts as naming is deliberately simple: the words in their order, or the path.

use crate::finding::Finding;
use crate::source::Source;
use crate::tree::Tree;

const COMMANDS: &str = "cli/src/commands/";
const ENDPOINTS: &str = "node/src/http/api/";

/// Words only, one space apart, so that `["peer", "join"]` and `peer join` read alike.
fn flattened(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '-' && letter != '_');
    let mut flat = String::from(" ");
    for word in words.filter(|word| !word.is_empty()) {
        flat.push_str(word);
        flat.push(' ');
    }
    flat
}

/// The words a person types for the command in this file, or nothing for a file that is no command.
fn command(path: &str) -> Option<String> {
    let inside = path.strip_prefix(COMMANDS)?.strip_suffix(".rs")?;
    let parts: Vec<&str> = inside.split('/').collect();
    (parts.last() != Some(&"mod")).then(|| parts.join(" ").replace('_', "-"))
}

fn tests_of_commands(tree: &Tree) -> String {
    let told = |path: &str| ["tests/acceptance/", "cli/tests/", "docs/guide/"].iter().any(|at| path.starts_with(at));
    let sources = tree.sources.iter().filter(|source| told(&source.path)).map(|source| &source.text);
    let pages = tree.pages.iter().filter(|page| told(&page.path)).map(|page| &page.text);
    sources.chain(pages).map(|text| flattened(text)).collect()
}

fn commands(tree: &Tree) -> Vec<Finding> {
    let told = tests_of_commands(tree);
    let mut findings = Vec::new();
    for source in tree.sources.iter().filter(|source| source.path.starts_with(COMMANDS)) {
        let Some(command) = command(&source.path).filter(|_| takes_arguments(source)) else { continue };
        if !source.literals.contains("Examples:") && !source.text.contains("Examples:") {
            let advice = format!("`{command}` teaches nothing: end its long help with an Examples section");
            findings.push(Finding::new(&source.path, 1, advice));
        }
        if !told.contains(&format!(" {command} ")) {
            let advice = format!("no test in tests/acceptance or cli/tests and no guide runs `{command}`");
            findings.push(Finding::new(&source.path, 1, advice));
        }
    }
    findings
}

/// Whether a file is a command of its own rather than a part of one.
fn takes_arguments(source: &Source) -> bool {
    ["derive(Args", "derive(Parser", "Args)]", "clap::Args"].iter().any(|mark| source.code.contains(mark))
}

fn endpoints(tree: &Tree) -> Vec<Finding> {
    let acceptance = tree.sources.iter().filter(|source| source.path.starts_with("tests/acceptance/"));
    let told: String = acceptance.map(|source| source.literals.as_str()).collect();
    let mut findings = Vec::new();
    for source in tree.sources.iter().filter(|source| source.path.starts_with(ENDPOINTS)) {
        let name = source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        if name != "mod" && !routes(source).iter().any(|route| told.contains(route)) {
            let advice = format!("no test in tests/acceptance asks for what {name}.rs serves");
            findings.push(Finding::new(&source.path, 1, advice));
        }
    }
    findings
}

/// The fixed beginnings of the paths a file serves; the file's own name where it spells none.
fn routes(source: &Source) -> Vec<String> {
    let name = source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs").replace('_', "-");
    let mut routes = vec![format!("/{name}")];
    for quoted in source.literals.split('"').skip(1).step_by(2) {
        let fixed = quoted.split(['{', '?']).next().unwrap_or_default().trim_end_matches('/');
        if fixed.len() > 3 && fixed.starts_with('/') && !fixed.contains(' ') {
            routes.push(fixed.to_owned());
        }
    }
    routes
}

#[test]
fn every_command_teaches_and_is_tested() {
    let tree = Tree::open();
    let known = tree.sources.iter().filter(|source| command(&source.path).is_some() && takes_arguments(source)).count();
    assert!(known >= 10, "only {known} commands found under {COMMANDS}");
    crate::finding::none(&commands(&tree));
}

#[test]
fn every_endpoint_is_asked_by_a_test() {
    let tree = Tree::open();
    let known = tree.sources.iter().filter(|source| source.path.starts_with(ENDPOINTS)).count();
    assert!(known >= 5, "only {known} files found under {ENDPOINTS}");
    crate::finding::none(&endpoints(&tree));
}

#[test]
fn a_command_without_a_twin_is_found() {
    let tree = Tree::of(&[
        ("cli/src/commands/peer/join.rs", "#[derive(Args)] struct Join; const A: &str = \"Examples:\";"),
        ("cli/src/commands/peer/list.rs", "#[derive(Args)] struct List; const A: &str = \"Examples:\";"),
        ("cli/src/commands/serve.rs", "#[derive(Args)] struct Serve;"),
        ("tests/acceptance/a.rs", "run([\"peer\", \"join\"]); run([\"serve\"]);"),
    ]);
    let found: Vec<String> = commands(&tree).into_iter().map(|finding| finding.path).collect();
    assert_eq!(found, ["cli/src/commands/peer/list.rs", "cli/src/commands/serve.rs"]);
}

#[test]
fn an_endpoint_nobody_asks_is_found() {
    let tree = Tree::of(&[
        ("node/src/http/api/peers.rs", ""),
        ("node/src/http/api/status.rs", ""),
        ("node/src/http/api/profile.rs", "route(\"/profiles/{id}\")"),
        ("tests/acceptance/a.rs", "http(\"/api/v1/peers\"); http(\"/api/v1/profiles/x\");"),
    ]);
    let found: Vec<String> = endpoints(&tree).into_iter().map(|finding| finding.path).collect();
    assert_eq!(found, ["node/src/http/api/status.rs"]);
}
