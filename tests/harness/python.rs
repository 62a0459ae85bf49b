//! A Python with the packages a test asks for, in an environment of its own: programs that nobody here wrote judge what
//! we say about ourselves.
//!
//! The environment lies in the target folder and is made once for each list of packages. Where Python or its packages
//! cannot be had the test is skipped and says so; `MENTORMESH_NO_SKIPS=python` turns that into a failure.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::bin;
use super::wait::skipped;

/// The interpreter of an environment that holds what `requirements` (a file for `pip install -r`) names.
pub(crate) fn with(requirements: &Path) -> Option<PathBuf> {
    match made(requirements) {
        Ok(python) => Some(python),
        Err(problem) => {
            let demanded = std::env::var("MENTORMESH_NO_SKIPS").is_ok_and(|kinds| kinds.contains("python"));
            assert!(!demanded, "this test may not be skipped here: {problem}");
            skipped(&format!("{problem}; it needs python3 with venv (Debian: python3-venv) and a package index"));
            None
        }
    }
}

fn made(requirements: &Path) -> Result<PathBuf, String> {
    let wanted = fs::read_to_string(requirements).unwrap();
    let version = run(Command::new("python3").arg("--version"))?;
    let mut hasher = DefaultHasher::new();
    (&wanted, &version).hash(&mut hasher);
    let profile = bin::mentormesh().parent().unwrap().to_owned();
    let home = profile.join("python");
    let folder = home.join(format!("{:016x}", hasher.finish()));
    fs::create_dir_all(&home).unwrap();
    // Two tests may ask at once; the second waits until the first has installed everything.
    let turn = File::create(folder.with_extension("turn")).unwrap();
    turn.lock().unwrap();
    let python = folder.join("bin/python");
    let ready = folder.join("ready");
    if !ready.exists() {
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
        run(Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "-r"])
            .arg(requirements))?;
        fs::write(ready, wanted).unwrap();
    }
    Ok(python)
}

/// What a command printed, or why it did not do its work.
fn run(command: &mut Command) -> Result<String, String> {
    let said = command.output().map_err(|error| format!("{command:?} could not be started: {error}"))?;
    let printed = String::from_utf8_lossy(&said.stdout).into_owned();
    if said.status.success() {
        return Ok(printed);
    }
    let problem = String::from_utf8_lossy(&said.stderr);
    Err(format!("{command:?} failed: {}", problem.lines().last().unwrap_or("no reason given")))
}
