//! Every measurement at its least size: it runs, leaves nothing behind, and answers figures.

use std::path::Path;
use std::process::Command;

fn figures(home: &Path, arguments: &[&str]) -> usize {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mentormesh"));
    command.arg("--json").args(arguments).env_clear().env("HOME", home).env("TMPDIR", home).current_dir(home);
    let output = command.output().expect("the binary runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("an answer in JSON");
    answer.get("figures").and_then(|figures| figures.as_array()).map_or(0, Vec::len)
}

#[test]
fn every_measurement_answers_figures_and_leaves_nothing_behind() {
    let home = tempfile::tempdir().expect("a room");
    for arguments in [
        &["bench", "register", "--records", "1000"][..],
        &["bench", "search", "--profiles", "1000"],
        &["bench", "serve", "--records", "1000"],
        &["bench", "publish", "--times", "5"],
        &["bench", "introduce", "--times", "5", "--queued", "60"],
        &["bench", "pages", "--profiles", "1000"],
    ] {
        assert!(figures(home.path(), arguments) > 0, "{arguments:?}");
        let left: Vec<_> =
            std::fs::read_dir(home.path()).expect("the room").flatten().map(|entry| entry.path()).collect();
        assert!(left.is_empty(), "{arguments:?} left {left:?}");
    }
}
