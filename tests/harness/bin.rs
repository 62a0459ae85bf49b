//! Finds the `mentormesh` binary that was built beside this test, and starts nothing.

use std::path::PathBuf;

/// The binary of the same profile as this test: `target/<profile>/mentormesh`.
pub(crate) fn mentormesh() -> PathBuf {
    let test = std::env::current_exe().expect("a running test knows its own path");
    let profile = test.parent().and_then(|deps| deps.parent()).expect("tests lie in target/<profile>/deps");
    let binary = profile.join("mentormesh");
    assert!(
        binary.is_file(),
        "{} is missing: run `cargo test --workspace`, which builds the binary before the stories",
        binary.display()
    );
    binary
}
