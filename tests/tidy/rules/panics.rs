//! What ships does not panic by accident: no `unwrap`, no `panic!`, and an `expect` only with its reason in words.

use crate::finding::Finding;
use crate::source::Source;
use crate::tree::Tree;

const BANNED: [&str; 6] = [".unwrap()", ".unwrap_err()", "panic!", "todo!", "unimplemented!", "dbg!"];

fn check_source(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for banned in BANNED {
        for (at, _) in source.shipped.match_indices(banned) {
            let inside = source.shipped[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
            if !inside || banned.starts_with('.') {
                let advice =
                    format!("`{banned}` in shipped code: return an error, or `expect` with the reason it cannot be");
                findings.push(Finding::new(&source.path, source.line(at), advice));
            }
        }
    }
    for (at, call) in source.shipped.match_indices(".expect(") {
        let said = source.literals[at + call.len()..].trim_start();
        let reason = said.strip_prefix('"').and_then(|said| said.split('"').next());
        if !reason.is_some_and(|reason| reason.trim().contains(' ')) {
            let advice = "`expect` without a reason: say in a few words why this cannot fail";
            findings.push(Finding::new(&source.path, source.line(at), advice));
        }
    }
    findings
}

#[test]
fn shipped_code_gives_reasons_instead_of_panicking() {
    let tree = Tree::open();
    let findings: Vec<Finding> = tree.sources.iter().flat_map(check_source).collect();
    crate::finding::none(&findings);
}

#[test]
fn a_careless_panic_is_found_and_one_in_a_test_is_not() {
    for bad in ["a.unwrap();", "panic!(\"no\");", "todo!()", "a.expect(\"\");", "a.expect(\"ok\");", "a.expect(why);"] {
        assert_eq!(check_source(&Source::new("node/src/a.rs", bad)).len(), 1, "{bad}");
    }
    for good in [
        "a.expect(\n \"a list of one has a first\")",
        "a.unwrap_or(1)",
        "// a.unwrap()",
        "#[cfg(test)] mod t { fn f() { a.unwrap() } }",
    ] {
        assert!(check_source(&Source::new("node/src/a.rs", good)).is_empty(), "{good}");
    }
}
