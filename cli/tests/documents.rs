//! Every command line in a document is one that this binary takes: in transcripts, in running text, in the guides.
//!
//! What the commands print is the acceptance tests' to compare. Here nothing runs; a flag that was renamed, or a
//! command that is gone, is found in whatever page still tells people to type it.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser as _;
use clap::error::ErrorKind;
use mentormesh_cli::Arguments;

/// One command line and where it stands.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    page: String,
    text: String,
    /// A whole line to type, or words in running text that may leave out what is obvious.
    whole: bool,
}

fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut pages = vec![root.join("README.md")];
    let mut folders = vec![root.join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the documents are readable").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages
}

/// The command lines of a page.
fn lines(page: &str, text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut say = |text: &str, whole| found.push(Line { page: page.to_owned(), text: text.trim().to_owned(), whole });
    for (number, part) in text.split("```").enumerate() {
        if number % 2 == 1 {
            for line in part.replace("\\\n", " ").lines() {
                let typed = line.strip_prefix("$ ").or_else(|| line.strip_prefix("# ")).unwrap_or_default();
                let typed = typed.strip_prefix("cargo run --release -- ").map(|rest| format!("mentormesh {rest}"));
                let typed = typed.unwrap_or_else(|| line.get(2..).unwrap_or_default().to_owned());
                if line.starts_with(['$', '#']) && typed.starts_with("mentormesh ") {
                    say(&typed, true);
                }
            }
        } else {
            for paragraph in part.split("\n\n") {
                let paragraph = paragraph.replace('\n', " ");
                let quoted = paragraph.split('`').skip(1).step_by(2);
                quoted.filter(|words| words.starts_with("mentormesh ")).for_each(|words| say(words, false));
            }
        }
    }
    found
}

/// The words of a line as a shell would hand them over: no remark, redirection, pipe or background.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut open, mut begun) = (Vec::new(), String::new(), None, false);
    for letter in line.replace(['<', '>'], "\u{1}").chars() {
        match (letter, open) {
            (letter, Some(quote)) if letter == quote => open = None,
            ('"' | '\'', None) => (open, begun) = (Some(letter), true),
            (' ', None) if begun => {
                begun = false;
                words.push(std::mem::take(&mut word));
            }
            (' ', None) => {}
            ('#' | '|' | '&', None) if !begun => break,
            (letter, _) => {
                begun = true;
                word.push(letter);
            }
        }
    }
    if begun {
        words.push(word);
    }
    // A word of its own that was a redirection ends the line; around a placeholder the brackets are no part of it.
    let end = words.iter().position(|word| word == "\u{1}").unwrap_or(words.len());
    words.truncate(end);
    words.into_iter().map(|word| word.replace('\u{1}', "")).collect()
}

/// Why the binary would not take a line.
fn refusal(line: &Line) -> Option<String> {
    let words = words(&line.text);
    let asked = match words.as_slice() {
        [program, help, command, ..] if help == "help" && command == "COMMAND" => vec![program.clone(), help.clone()],
        whole => whole.to_vec(),
    };
    let refused = Arguments::try_parse_from(asked).err()?;
    // Running text may name a group of commands, or leave out what a command needs.
    let short = matches!(
        refused.kind(),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            | ErrorKind::MissingRequiredArgument
            | ErrorKind::MissingSubcommand
    );
    let excused = refused.kind() == ErrorKind::DisplayHelp || (short && !line.whole);
    (!excused).then(|| format!("{}: `{}`: {refused}", line.page, line.text))
}

#[test]
fn every_command_line_in_a_document_is_one_that_is_taken() {
    let told: Vec<Line> = pages()
        .iter()
        .flat_map(|page| lines(&page.display().to_string(), &fs::read_to_string(page).expect("a page")))
        .collect();
    assert!(told.len() > 80, "only {} command lines were found", told.len());
    let refused: Vec<String> = told.iter().filter_map(refusal).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn a_line_that_would_be_refused_is_found() {
    let page = "Type `mentormesh\nserch` or `mentormesh intro`.\n\n```console\n$ mentormesh search \\\n    --colour red\n# mentormesh man > \"x\"\n$ mentormesh intro show <it>   # remark --no\n$ mentormesh trust pin\n```\n";
    let told = lines("page", page);
    assert_eq!(told.len(), 6, "{told:?}");
    let refused: Vec<&str> =
        told.iter().filter(|line| refusal(line).is_some()).map(|line| line.text.as_str()).collect();
    assert_eq!(refused, ["mentormesh serch", "mentormesh search      --colour red", "mentormesh trust pin"]);
}
