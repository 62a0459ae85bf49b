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

/// Asks for as many as the person likes, separated by commas.
pub(crate) fn ask_many(question: &str, usual: &str) -> Result<Vec<String>, Failure> {
    let answer = ask(question, Some(usual))?;
    Ok(answer.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect())
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
