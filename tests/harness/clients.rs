//! The command line as a story uses it: arguments in; exit code, output and talk out.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::bin::mentormesh;

/// What a command left behind.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) asked: String,
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A command that knows nothing of whoever runs the tests.
pub(crate) fn command(home: &Path, program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        let known = name.to_string_lossy();
        if known.starts_with("MENTORMESH_") || ["STATE_DIRECTORY", "CLICOLOR_FORCE"].contains(&known.as_ref()) {
            command.env_remove(&name);
        }
    }
    command.env("HOME", home).env("XDG_DATA_HOME", home.join(".local/share")).env("NO_COLOR", "1").current_dir(home);
    command
}

/// Runs `mentormesh` to its end with something on standard input.
pub(crate) fn run(home: &Path, arguments: &[&str], input: &[u8]) -> Outcome {
    let asked = format!("mentormesh {}", arguments.join(" "));
    let mut child = command(home, mentormesh())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("standard input was piped");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // A command that does not read its input may close it.
        stdin.write_all(&input).ok();
    });
    let output = child.wait_with_output().expect("the binary ends");
    writer.join().expect("the writer only writes");
    Outcome::new(asked, &output)
}

impl Outcome {
    pub(crate) fn new(asked: String, output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let code = output.status.code().unwrap_or(-1);
        Self { asked, code, out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Output and talk together.
    pub(crate) fn said(&self) -> String {
        format!("{}\n{}", self.out, self.err)
    }

    /// The output of a command that must succeed.
    #[track_caller]
    pub(crate) fn done(&self) -> &str {
        self.exits(0);
        &self.out
    }

    /// The JSON of a command that must succeed.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        self.exits(0);
        serde_json::from_str(&self.out)
            .unwrap_or_else(|e| panic!("`{}` printed no JSON ({e}): {}", self.asked, self.out))
    }

    /// Checks the exit code.
    #[track_caller]
    pub(crate) fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "`{}` exited {}, not {code}:\n{}", self.asked, self.code, self.said());
        self
    }

    /// Checks that output or talk holds the text, in any case.
    #[track_caller]
    pub(crate) fn says(&self, text: &str) -> &Self {
        let said = self.said();
        assert!(said.to_lowercase().contains(&text.to_lowercase()), "`{}` does not say {text:?}:\n{said}", self.asked);
        self
    }
}
