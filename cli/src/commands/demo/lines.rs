//! Five complete command lines to paste: the running binary's own path, the node, and what to ask it.

use std::path::Path;

use super::show::{Place, Ready};
use crate::shell::line;

/// What the demo's mentee asks.
const TITLE: &str = "Fifteen minutes on a first plan";
const PURPOSE: &str = "I begin with this in spring and would like to ask you what to do first. Fifteen minutes are \
    enough, any evening suits me, and other times are fine. Thank you either way.";

/// Searching and reading need no token on this machine; the others find theirs in the data folder.
pub(super) fn lines(binary: &Path, places: &[Place], ready: &Ready) -> Vec<String> {
    let [first, second, third] = places else { return Vec::new() };
    let folder = |place: &Place| place.folder.to_string_lossy().into_owned();
    vec![
        line(binary, &["--node", &first.url, "search", "social media for PR"]),
        line(binary, &["--node", &second.url, "search", "--trainee"]),
        line(binary, &["--node", &third.url, "profile", "show", &ready.profile]),
        introduction(binary, &folder(first), &folder(second), &ready.mentor),
        line(binary, &["--data-dir", &folder(third), "sync", "status"]),
    ]
}

/// Bo asks at the first node, and the mentor says yes at the second: `send` prints the id, `xargs` hands it on.
fn introduction(binary: &Path, first: &str, second: &str, mentor: &str) -> String {
    let mentee = ["--mentee-name", "Bo Hansen", "--mentee-email", "bo.hansen@example.org"];
    let send = ["--data-dir", first, "intro", "send", mentor, "--title", TITLE, "--purpose", PURPOSE];
    let send = line(binary, &[send.as_slice(), &mentee, &["--wait"]].concat());
    let accept = line(binary, &["--data-dir", second, "intro", "accept", "--wait"]);
    format!("{send} | xargs {accept}")
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    #[test]
    fn every_line_is_one_that_the_binary_takes_whatever_its_path() {
        let place = |number: usize| Place {
            number,
            name: "Ada's Institute".to_owned(),
            organisation: "x7k2qd".to_owned(),
            url: format!("http://127.0.0.1:{}", 9000 + number),
            folder: "/tmp/a folder".into(),
            token: String::new(),
        };
        let ready = Ready {
            mentors: 3,
            met: std::time::Duration::ZERO,
            profile: "x7k2qd.abcdef".to_owned(),
            mentor: "x7k2qd.ghijkl".to_owned(),
        };
        let lines = lines(Path::new("/opt/my tools/mentormesh"), &[place(0), place(1), place(2)], &ready);
        assert_eq!(lines.len(), 5);
        for line in lines {
            assert!(line.starts_with("'/opt/my tools/mentormesh' "), "{line}");
            // `xargs` adds the id that the command before it printed.
            for command in line.replace("--wait | xargs", "--wait |").split(" | ") {
                let added = if command.contains(" accept ") { format!("{command} k3v9qa") } else { command.to_owned() };
                let parsed = crate::Arguments::try_parse_from(crate::shell::split(&added));
                assert!(parsed.is_ok(), "{added}: {:?}", parsed.err().map(|error| error.to_string()));
            }
        }
    }
}
