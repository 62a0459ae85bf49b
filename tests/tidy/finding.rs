//! What a rule says when it is broken: where, and what to do about it.
//!
//! Rules return findings and never panic themselves; only [`none`] does, with all findings of a rule at once, so that
//! one run shows the whole list.

use std::fmt::Write as _;

/// One broken rule at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) advice: String,
}

impl Finding {
    pub(crate) fn new(path: &str, line: usize, advice: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, advice: advice.into() }
    }
}

/// Fails the test with every finding, or passes in silence.
#[track_caller]
pub(crate) fn none(findings: &[Finding]) {
    let mut said = String::new();
    for finding in findings {
        let _ = writeln!(said, "{}:{}: {}", finding.path, finding.line, finding.advice);
    }
    assert!(findings.is_empty(), "{} broken:\n{said}", findings.len());
}
