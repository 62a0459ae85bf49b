//! Every command and every endpoint has its twin: a test or a guide that names it, and for commands a help that
//! teaches by example.
//!
//! A command is a file in `cli/src/commands/`; a folder there is a command with sub-commands. An endpoint is a file in
//! `node/src/http/api/` that serves a path. What counts as naming is deliberately simple: the words in their order, or
//! the path.

use crate::finding::Finding;
use crate::source::{Source, item_end};
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

/// The words before the sub-commands of this file: none for the list of all commands itself.
fn stem(path: &str) -> Option<String> {
    let inside = path.strip_prefix(COMMANDS)?.strip_suffix(".rs")?;
    let parts: Vec<&str> = inside.split('/').filter(|part| *part != "mod").collect();
    Some(parts.join(" ").replace('_', "-"))
}

/// Every command that a person can type, with the file that lists it; one with sub-commands is left to those.
fn typed(tree: &Tree) -> Vec<(String, String)> {
    let mut typed = Vec::new();
    for source in tree.sources.iter().filter(|source| source.path.starts_with(COMMANDS)) {
        let Some(stem) = stem(&source.path) else { continue };
        let variants = variants(&source.shipped).into_iter();
        typed.extend(variants.map(|word| (format!("{stem} {word}").trim().to_owned(), source.path.clone())));
    }
    let all: Vec<String> = typed.iter().map(|(words, _)| words.clone()).collect();
    typed.retain(|(words, _)| !all.iter().any(|other| other.starts_with(&format!("{words} "))));
    typed
}

/// The words of the variants of every enum of sub-commands in a piece of code.
fn variants(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("Subcommand)]") {
        let body =
            code[at..].find("enum ").and_then(|begin| code[at + begin..].find('{').map(|open| at + begin + open));
        let Some(open) = body else { continue };
        let (mut depth, mut fresh) = (0_usize, true);
        for (offset, letter) in code[open..item_end(code, open)].char_indices() {
            match letter {
                '{' | '(' | '[' => depth += 1,
                '}' | ')' | ']' => depth = depth.saturating_sub(1),
                ',' if depth == 1 => fresh = true,
                letter if depth == 1 && fresh && letter.is_ascii_uppercase() => {
                    let name = code[open + offset..].chars().take_while(char::is_ascii_alphanumeric);
                    found.push(kebab(name));
                    fresh = false;
                }
                _ => {}
            }
        }
    }
    found
}

fn kebab(name: impl Iterator<Item = char>) -> String {
    let mut word = String::new();
    for letter in name {
        if letter.is_ascii_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.push(letter.to_ascii_lowercase());
    }
    word
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
        if source.shipped.contains("fn run(&self, context: &Context)") && !teaches(source) {
            let advice = "teaches nothing: end its long help with a section `Examples:`";
            findings.push(Finding::new(&source.path, 1, advice));
        }
    }
    for (words, path) in typed(tree) {
        if !told.contains(&format!(" {words} ")) {
            let advice = format!("no test in tests/acceptance or cli/tests and no guide runs `{words}`");
            findings.push(Finding::new(&path, 1, advice));
        }
    }
    findings
}

/// Whether a file shows examples, or only lists commands that do.
fn teaches(source: &Source) -> bool {
    source.text.contains("Examples:") || source.path == format!("{COMMANDS}mod.rs")
}

fn endpoints(tree: &Tree) -> Vec<Finding> {
    let acceptance = tree.sources.iter().filter(|source| source.path.starts_with("tests/acceptance/"));
    let told: String = acceptance.map(|source| source.literals.as_str()).collect();
    let mut findings = Vec::new();
    for source in tree.sources.iter().filter(|source| source.path.starts_with(ENDPOINTS)) {
        let name = source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        // A file beside them that serves no path describes those which do.
        let serves = source.shipped.contains("utoipa::path");
        if serves && !routes(source).iter().any(|route| told.contains(route)) {
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
    let known = typed(&tree).len();
    assert!(known >= 30, "only {known} commands found under {COMMANDS}");
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
    let list = "#[derive(Debug, Subcommand)] enum Command { Serve(serve::Serve), Peer(peer::Peer) }";
    let peer = "#[derive(Subcommand)]\nenum Act {\n #[command(x = Y)]\n Join { ticket: String },\n List,\n SyncNow(Whom) }\nfn run(&self, context: &Context)";
    let tree = Tree::of(&[
        ("cli/src/commands/mod.rs", list),
        ("cli/src/commands/peer.rs", peer),
        ("cli/src/commands/serve.rs", "const A: &str = \"Examples:\"; fn run(&self, context: &Context)"),
        ("tests/acceptance/a.rs", "run([\"peer\", \"join\"]); run([\"serve\"]);"),
        ("docs/guide/a.md", "$ mentormesh peer sync-now"),
    ]);
    let found: Vec<String> = commands(&tree).into_iter().map(|finding| finding.advice).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().any(|advice| advice.contains("teaches nothing")), "{found:?}");
    assert!(found.iter().any(|advice| advice.contains("`peer list`")), "{found:?}");
}

#[test]
fn an_endpoint_nobody_asks_is_found() {
    let tree = Tree::of(&[
        ("node/src/http/api/peers.rs", "#[utoipa::path()]"),
        ("node/src/http/api/status.rs", "#[utoipa::path()]"),
        ("node/src/http/api/words.rs", "fn words() {}"),
        ("node/src/http/api/profile.rs", "#[utoipa::path(path = \"/profiles/{id}\")]"),
        ("tests/acceptance/a.rs", "http(\"/api/v1/peers\"); http(\"/api/v1/profiles/x\");"),
    ]);
    let found: Vec<String> = endpoints(&tree).into_iter().map(|finding| finding.path).collect();
    assert_eq!(found, ["node/src/http/api/status.rs"]);
}
