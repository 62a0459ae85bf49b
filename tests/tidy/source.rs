//! One Rust file as the rules see it: its text, its code without comments, and which of its lines are test code.
//!
//! It knows no rule. A file under a `tests` or `benches` folder, named `tests.rs`, or belonging to a `testing` feature
//! is test code as a whole; elsewhere whatever stands under `#[cfg(test)]` is.

use crate::mask::{Masked, mask};

/// A Rust source file.
#[derive(Debug)]
pub(crate) struct Source {
    /// Path from the root of the repository, with forward slashes.
    pub(crate) path: String,
    pub(crate) text: String,
    /// Comments and contents of literals blanked.
    pub(crate) code: String,
    /// Comments blanked, literals kept.
    pub(crate) literals: String,
    /// `code` with everything that only tests compile blanked as well.
    pub(crate) shipped: String,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let Masked { code, literals } = mask(text);
        let shipped = if is_test_path(path) || code.contains("#![cfg(test)]") {
            code.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
        } else {
            without_tests(&code)
        };
        Self { path: path.to_owned(), text: text.to_owned(), code, literals, shipped }
    }

    /// The line, counted from one, of a byte offset.
    pub(crate) fn line(&self, offset: usize) -> usize {
        line(&self.text, offset)
    }
}

/// The line, counted from one, of a byte offset into a text.
pub(crate) fn line(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}

/// Every place where `word` stands alone, not inside a longer identifier.
pub(crate) fn words(code: &str, word: &str) -> Vec<usize> {
    let bytes = code.as_bytes();
    let inside = |at: Option<&u8>| at.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let apart = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        !inside(before) && !inside(bytes.get(at + word.len()))
    };
    code.match_indices(word).map(|(at, _)| at).filter(apart).collect()
}

fn is_test_path(path: &str) -> bool {
    let in_folder = path.split('/').any(|part| matches!(part, "tests" | "benches" | "testing"));
    in_folder || path.ends_with("tests.rs") || path.ends_with("/testing.rs")
}

fn without_tests(code: &str) -> String {
    let mut bytes = code.as_bytes().to_vec();
    for marker in ["#[cfg(test)]", "#[cfg(all(test", "#[cfg(any(test"] {
        for (start, _) in code.match_indices(marker) {
            let end = item_end(code, start + marker.len());
            for byte in &mut bytes[start..end] {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Where the item that begins at `start` ends: at its closing brace, or at a semicolon if it has no body.
pub(crate) fn item_end(code: &str, start: usize) -> usize {
    let (mut braces, mut brackets) = (0_usize, 0_usize);
    for (at, byte) in code.bytes().enumerate().skip(start) {
        match byte {
            b'{' => braces += 1,
            b'}' if braces <= 1 => return at + 1,
            b'}' => braces -= 1,
            b'(' | b'[' => brackets += 1,
            b')' | b']' => brackets = brackets.saturating_sub(1),
            b';' if braces == 0 && brackets == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

#[test]
fn what_only_tests_compile_is_not_shipped() {
    let source = Source::new(
        "node/src/a.rs",
        "fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() { c[1] }\n}\n#[cfg(test)]\nuse d;\nfn e() {}",
    );
    assert!(source.shipped.contains("fn a()") && source.shipped.contains("fn e()"), "{}", source.shipped);
    assert!(!source.shipped.contains("fn b()") && !source.shipped.contains("use d"), "{}", source.shipped);
    assert_eq!(source.shipped.len(), source.code.len());
    assert!(Source::new("cli/tests/help.rs", "fn a() {}").shipped.trim().is_empty());
}

#[test]
fn a_word_inside_a_longer_one_does_not_count() {
    assert_eq!(words("sled sledge _sled (sled)", "sled"), vec![0, 19]);
}
