//! Questions on the terminal. Asked on stderr, so that stdout stays the answer's; never asked when nobody sits there.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use crate::failure::Failure;

/// Whether somebody sits at the terminal who can answer.
pub(crate) fn somebody_is_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks for one line; an empty one is the usual answer, if there is one.
pub(crate) fn ask(question: &str, usual: Option<&str>) -> Result<String, Failure> {
    loop {
        let hint = usual.filter(|usual| !usual.is_empty()).map(|usual| format!(" [{usual}]")).unwrap_or_default();
        write!(std::io::stderr(), "{question}{hint}: ")?;
        std::io::stderr().flush()?;
        let mut line = String::new();
        if std::io::stdin().lock().read_line(&mut line)? == 0 {
            return Err(Failure::usage("the input ended before every question was answered"));
        }
        match (line.trim(), usual) {
            ("", Some(usual)) => return Ok(usual.to_owned()),
            ("", None) => writeln!(std::io::stderr(), "  this one is needed")?,
            (answer, _) => return Ok(answer.to_owned()),
        }
    }
}

/// Asks until the answer can be read: a fault is said at once, not when everything else has been typed, too.
pub(crate) fn ask_as<T>(
    question: &str,
    usual: Option<&str>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<T, Failure> {
    until_read(|| ask(question, usual), |problem| Ok(writeln!(std::io::stderr(), "  {problem}")?), read)
}

fn until_read<T>(
    mut answer: impl FnMut() -> Result<String, Failure>,
    mut say: impl FnMut(&str) -> Result<(), Failure>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<T, Failure> {
    loop {
        match read(&answer()?) {
            Ok(value) => return Ok(value),
            Err(problem) => say(&problem)?,
        }
    }
}

/// Reads a text of so many characters.
pub(crate) fn of_length(least: usize, most: usize) -> impl Fn(&str) -> Result<String, String> {
    move |text| {
        let count = text.chars().count();
        let fits = (least..=most).contains(&count);
        if fits { Ok(text.to_owned()) } else { Err(format!("{count} characters; {least} to {most} are taken")) }
    }
}

/// Reads what looks like an e-mail address; the node looks closer.
pub(crate) fn address(text: &str) -> Result<String, String> {
    let parts = text.split_once('@').filter(|(who, place)| !who.is_empty() && place.contains('.'));
    let plain = parts.is_some() && !text.contains(char::is_whitespace);
    if plain { Ok(text.to_owned()) } else { Err(format!("`{text}` is not an e-mail address like ada@example.org")) }
}

/// Makes sure that something is meant: by `--yes`, or by somebody at the terminal who says so.
pub(crate) fn confirm(yes: bool, what: &str) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    if !somebody_is_there() {
        return Err(
            Failure::usage(what.to_owned()).hint("nobody is at a terminal to confirm it; add --yes if it is meant")
        );
    }
    let answer = ask(&format!("{what} Continue? y/n"), Some("n"))?;
    let agreed = matches!(answer.to_lowercase().as_str(), "y" | "yes");
    if agreed { Ok(()) } else { Err(Failure::failed("nothing was changed")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_said_and_asked_again_before_the_next_question() {
        let mut typed = ["Hello", "", "How do I begin?"].into_iter();
        let mut said = Vec::new();
        let answer = || typed.next().map(str::to_owned).ok_or_else(|| Failure::usage("the input ended"));
        let say = |problem: &str| {
            said.push(problem.to_owned());
            Ok(())
        };
        assert_eq!(until_read(answer, say, of_length(10, 120)).ok().as_deref(), Some("How do I begin?"));
        assert_eq!(said, ["5 characters; 10 to 120 are taken", "0 characters; 10 to 120 are taken"]);
        let ended = until_read(|| Err(Failure::usage("the input ended")), |_| Ok(()), of_length(1, 2));
        assert!(ended.is_err());
    }

    #[test]
    fn an_address_has_two_sides_and_no_space() {
        for wrong in ["bo", "bo at example", "@example.org", "bo@", "bo@example", "bo hansen@example.org"] {
            assert!(address(wrong).is_err(), "{wrong}");
        }
        assert_eq!(address("bo@example.org").as_deref(), Ok("bo@example.org"));
    }
}
