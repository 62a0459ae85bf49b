//! Five complete command lines to paste: the running binary's own path, the node, and what to ask it.

use std::path::Path;

use super::show::Place;
use crate::shell::line;

/// Searching and reading need no token on this machine; the others find theirs in the data folder.
pub(super) fn lines(binary: &Path, places: &[Place], profile: &str) -> Vec<String> {
    let [first, second, third] = places else { return Vec::new() };
    let folder = |place: &Place| place.folder.to_string_lossy().into_owned();
    vec![
        line(binary, &["--node", &first.url, "search", "social media for PR"]),
        line(binary, &["--node", &second.url, "search", "--trainee"]),
        line(binary, &["--node", &third.url, "profile", "show", profile]),
        line(binary, &["--data-dir", &folder(second), "org", "list"]),
        line(binary, &["--data-dir", &folder(third), "sync", "status"]),
    ]
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
        let lines = lines(Path::new("/opt/my tools/mentormesh"), &[place(0), place(1), place(2)], "x7k2qd.abcdef");
        assert_eq!(lines.len(), 5);
        for line in lines {
            assert!(line.starts_with("'/opt/my tools/mentormesh' "), "{line}");
            let parsed = crate::Arguments::try_parse_from(crate::shell::split(&line));
            assert!(parsed.is_ok(), "{line}");
        }
    }
}
