//! Waiting for what must come true, and telling how long it took; never sleeping in the hope that it has.
//!
//! What is said here goes straight to standard error, past the test harness's capture, so that a run's times and
//! skips can be read even when everything passes.

use std::io::Write as _;
use std::time::{Duration, Instant};

/// Long enough for a busy machine; a story that works never waits for it.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often the question is asked again.
const AGAIN: Duration = Duration::from_millis(100);

/// Asks until there is an answer, prints how long it took, and gives it.
#[track_caller]
pub(crate) fn until<T>(what: &str, ask: impl FnMut() -> Option<T>) -> T {
    until_within(PATIENCE, what, ask)
}

/// As [`until`], for what may take another time than is usual.
#[track_caller]
pub(crate) fn until_within<T>(patience: Duration, what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(answer) = ask() {
            let took = began.elapsed().as_secs_f64();
            if took >= 0.2 {
                say(&format!("waited {took:.1} s: {what}"));
            }
            return answer;
        }
        assert!(began.elapsed() < patience, "waited {} s in vain: {what}", patience.as_secs());
        std::thread::sleep(AGAIN);
    }
}

/// Asks until the answer is yes.
#[track_caller]
pub(crate) fn until_true(what: &str, mut ask: impl FnMut() -> bool) {
    until(what, || ask().then_some(()));
}

/// Says something past the capture of test output.
pub(crate) fn say(text: &str) {
    let name = std::thread::current().name().unwrap_or("main").to_owned();
    // Nobody to tell when standard error is closed.
    writeln!(std::io::stderr(), "  [{name}] {text}").ok();
}

/// Says that the running story cannot be told on this machine, and why.
pub(crate) fn skipped(reason: &str) {
    let name = std::thread::current().name().unwrap_or("main").to_owned();
    // Nobody to tell when standard error is closed.
    writeln!(std::io::stderr(), "skipped: {name}: {reason}").ok();
}
