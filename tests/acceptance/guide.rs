//! The guide's transcripts, run as they stand: every ```console block of `docs/guide/*.md`.
//!
//! A line `$ command` is run by `sh` in the folder the guide starts in, an empty home of its own with `mentormesh` on
//! the path; the lines below it must be what is printed, output first, then talk. `[..]` stands for anything in a line, a
//! line `...` for any lines, and `<word>` for something without spaces that later commands may use. A command ending in
//! ` &` goes on in the background; its transcript shows what it prints until it is ready.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use crate::harness::bin::mentormesh;
use crate::harness::clients::command;
use crate::harness::gate::places;
use crate::harness::wait::{say, until};

/// One command with what it should print.
#[derive(Debug, PartialEq, Eq)]
struct Step {
    line: usize,
    command: String,
    expected: Vec<String>,
}

fn steps(markdown: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut inside = false;
    for (at, line) in markdown.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            inside = !inside && line.trim() == "```console";
        } else if inside && let Some(command) = line.strip_prefix("$ ") {
            steps.push(Step { line: at + 1, command: command.to_owned(), expected: Vec::new() });
        } else if inside && let Some(step) = steps.last_mut() {
            // A command goes on after a backslash.
            if step.expected.is_empty() && step.command.ends_with('\\') {
                step.command.pop();
                step.command = format!("{} {}", step.command.trim_end(), line.trim_start());
            } else {
                step.expected.push(line.trim_end().to_owned());
            }
        }
    }
    steps
}

/// Matches a line against a pattern with `[..]` and `<word>`, noting what the words stood for.
fn line_matches(pattern: &str, line: &str, words: &mut BTreeMap<String, String>) -> bool {
    if let Some(rest) = pattern.strip_prefix("[..]") {
        return (0..=line.len())
            .filter(|at| line.is_char_boundary(*at))
            .any(|at| line_matches(rest, &line[at..], words));
    }
    if let Some((word, rest)) = pattern.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
        let end = line.find(char::is_whitespace).unwrap_or(line.len());
        return (1..=end).rev().filter(|at| line.is_char_boundary(*at)).any(|at| {
            let (value, mut tried) = (line[..at].to_owned(), words.clone());
            let same = tried.get(word).is_none_or(|known| *known == value);
            tried.insert(word.to_owned(), value);
            let fits = same && line_matches(rest, &line[at..], &mut tried);
            if fits {
                *words = tried;
            }
            fits
        });
    }
    match (pattern.chars().next(), line.chars().next()) {
        (None, None) => true,
        (Some(wanted), Some(found)) if wanted == found => {
            line_matches(&pattern[wanted.len_utf8()..], &line[found.len_utf8()..], words)
        }
        _ => false,
    }
}

/// Matches whole outputs, `...` standing for any lines.
fn output_matches(expected: &[String], printed: &[&str], words: &mut BTreeMap<String, String>) -> bool {
    match (expected.split_first(), printed.split_first()) {
        (None, None) => true,
        (Some((first, rest)), _) if first.trim() == "..." => {
            (0..=printed.len()).any(|at| output_matches(rest, &printed[at..], words))
        }
        (Some((first, rest)), Some((line, others))) => {
            let mut tried = words.clone();
            let fits = line_matches(first, line.trim_end(), &mut tried) && output_matches(rest, others, &mut tried);
            if fits {
                *words = tried;
            }
            fits
        }
        _ => false,
    }
}

#[test]
fn the_runner_sees_a_wrong_transcript() {
    let guide = "# Title\n\n```console\n$ one \\\n    two\nadded <id>\n...\nend[..]\n$ three\n```\n```sh\n$ no\n```\n";
    let read = steps(guide);
    assert_eq!(read.len(), 2, "{read:?}");
    assert_eq!((read[0].command.as_str(), read[0].line), ("one two", 4));
    let mut words = BTreeMap::new();
    assert!(output_matches(&read[0].expected, &["added k3v9", "x", "y", "ending"], &mut words));
    assert_eq!(words["id"], "k3v9");
    for wrong in [&["added", "end"][..], &["added k3v9"], &["added k3v9", "end", "more"], &["added other", "end"]] {
        assert!(!output_matches(&read[0].expected, wrong, &mut words.clone()), "{wrong:?}");
    }
}

/// The background commands of one guide, ended with it.
struct Background(Vec<Child>);

impl Drop for Background {
    fn drop(&mut self) {
        for child in &mut self.0 {
            // It may have ended in the guide itself.
            child.kill().ok();
            child.wait().ok();
        }
    }
}

fn shell(home: &Path) -> Command {
    let mut shell = command(home, "sh");
    let bin = mentormesh().parent().expect("the binary lies in a folder").to_owned();
    let path = std::env::var("PATH").unwrap_or_default();
    shell.env("PATH", format!("{}:{path}", bin.display())).env("COLUMNS", "100");
    // The guide shows the usual ports; several of its nodes run here beside others.
    shell.env("MENTORMESH_HTTP_LISTEN", "127.0.0.1:0").env("MENTORMESH_NETWORK_LISTEN", "/ip4/127.0.0.1/tcp/0");
    shell
}

fn tell(guide: &Path) {
    let text = fs::read_to_string(guide).expect("the guide can be read");
    let home = tempfile::TempDir::new().unwrap();
    let mut background = Background(Vec::new());
    let mut words: BTreeMap<String, String> = BTreeMap::new();
    let all = steps(&text);
    assert!(!all.is_empty(), "{} holds no transcript", guide.display());
    let (steps, began) = (all.len(), Instant::now());
    for step in all {
        let mut line = step.command.clone();
        for (word, value) in &words {
            line = line.replace(&format!("<{word}>"), value);
        }
        let place = format!("{}:{}: $ {line}", guide.display(), step.line);
        if let Some(line) = line.strip_suffix(" &") {
            let out = home.path().join(format!(".out-{}", step.line));
            let log = File::create(home.path().join(format!(".log-{}", step.line))).unwrap();
            let child = shell(home.path())
                .args(["-c", &format!("exec {line}")])
                .stdin(Stdio::null())
                .stdout(File::create(&out).unwrap())
                .stderr(log)
                .spawn()
                .unwrap();
            background.0.push(child);
            until(&place, || {
                let printed = fs::read_to_string(&out).unwrap();
                let lines: Vec<_> = printed.lines().collect();
                output_matches(&step.expected, &lines, &mut words).then_some(())
            });
            continue;
        }
        // What another node must first hear of comes within seconds; a guide's reader would look again, too.
        let mut last = String::new();
        let told = (0..40).any(|again| {
            if again > 0 {
                std::thread::sleep(std::time::Duration::from_millis(500));
            }
            let output = shell(home.path()).args(["-c", &line]).stdin(Stdio::null()).output().unwrap();
            last = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            let lines: Vec<_> = last.lines().collect();
            let repeatable = ["search", "list", "show", "status"].iter().any(|word| line.contains(word));
            let fits = output_matches(&step.expected, &lines, &mut words);
            assert!(fits || repeatable, "{place}\nshould print\n{}\nbut printed\n{last}", step.expected.join("\n"));
            fits
        });
        assert!(told, "{place}\nshould print\n{}\nbut printed\n{last}", step.expected.join("\n"));
    }
    say(&format!("{}: {steps} commands, {:.1} s for the machine", guide.display(), began.elapsed().as_secs_f64()));
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide")
}

#[test]
fn the_guide_to_a_first_node_is_true() {
    let _places = places(1);
    tell(&folder().join("first-node.md"));
}

#[test]
fn the_guide_to_the_browser_is_true() {
    let _places = places(2);
    tell(&folder().join("browser.md"));
}

#[test]
fn the_guide_to_joining_is_true() {
    let _places = places(2);
    tell(&folder().join("joining.md"));
}

#[test]
fn the_guide_to_an_introduction_is_true() {
    let _places = places(2);
    tell(&folder().join("introduction.md"));
}

#[test]
fn every_guide_is_told() {
    let mut names: Vec<_> = fs::read_dir(folder())
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["browser.md", "first-node.md", "introduction.md", "joining.md"],
        "a guide without a test of its own: add one above"
    );
}
