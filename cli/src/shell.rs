//! Command lines as text: printed ones can be pasted into a POSIX shell whatever their words contain.

use std::path::Path;

/// Quotes one word for a POSIX shell, if it needs that.
pub(crate) fn quote(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// Makes one line of a program and its words.
pub(crate) fn line(program: &Path, words: &[&str]) -> String {
    let mut quoted = vec![quote(&program.to_string_lossy())];
    quoted.extend(words.iter().map(|word| quote(word)));
    quoted.join(" ")
}

/// Takes a line apart as a shell would, as far as quotes go.
#[cfg(test)]
pub(crate) fn split(line: &str) -> Vec<String> {
    let (mut words, mut word, mut open, mut begun) = (Vec::new(), String::new(), None, false);
    for c in line.chars() {
        match (c, open) {
            (c, Some(quote)) if c == quote => open = None,
            ('\'' | '"', None) => (open, begun) = (Some(c), true),
            (' ', None) => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            (c, _) => {
                word.push(c);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_shell_reads_the_words_back_as_they_were() {
        let words = ["plain", "two words", "it's", "$HOME `id` \"x\" \\", "", "*?[]{}~!#&|;<>()", "Łódź 北京", "a\nb"];
        let line = line(Path::new("printf"), &[["%s\\0"].as_slice(), &words].concat());
        let shell = std::process::Command::new("sh").arg("-c").arg(&line).output().expect("a shell");
        let read = String::from_utf8(shell.stdout).expect("UTF-8");
        assert_eq!(read.split_terminator('\0').collect::<Vec<_>>(), words, "{line}");
    }

    #[test]
    fn what_needs_no_quotes_gets_none() {
        assert_eq!(quote("/usr/bin/mentormesh"), "/usr/bin/mentormesh");
        assert_eq!(quote("social media"), "'social media'");
    }
}
