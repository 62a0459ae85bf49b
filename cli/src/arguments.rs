//! What the whole command line takes: the shared flags and one command.

use clap::Parser;

use crate::commands::Command;
use crate::globals::Globals;

/// What every command's help ends with.
const EXAMPLES: &str = "Examples:
  mentormesh demo
  mentormesh init --name \"Institute of Example Practice\" --country GB
  mentormesh serve
  mentormesh search social media --language en --available";

/// A mentor register without a centre.
///
/// Every organisation runs one node. It publishes that organisation's mentors as signed records, keeps a verified
/// copy of every record it trusts, and answers searches from its own disk.
#[derive(Debug, Parser)]
#[command(name = "mentormesh", version, after_long_help = EXAMPLES, propagate_version = true, max_term_width = 100)]
pub struct Arguments {
    /// The flags that all commands share.
    #[command(flatten)]
    pub(crate) globals: Globals,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn walk(command: &clap::Command, path: &str, visit: &mut impl FnMut(&str, &clap::Command)) {
        visit(path, command);
        for inner in command.get_subcommands() {
            walk(inner, &format!("{path} {}", inner.get_name()), visit);
        }
    }

    #[test]
    fn the_commands_are_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_teaches_by_examples_that_it_would_take_itself() {
        walk(&Arguments::command(), "mentormesh", &mut |path, command| {
            let help = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
            let (_, examples) =
                help.split_once("Examples:\n").unwrap_or_else(|| unreachable!("{path} has no examples"));
            // A line that a terminal of eighty columns wraps is not one to paste; a backslash goes on.
            for line in examples.lines() {
                assert!(line.chars().count() < 80, "{path}: `{line}` is too long to be pasted from a terminal");
            }
            let whole = examples.replace("\\\n", " ");
            let lines: Vec<_> = whole.lines().map(str::trim).filter(|line| line.starts_with("mentormesh")).collect();
            assert!(!lines.is_empty(), "{path} has no example");
            for line in lines {
                // What follows a pipe or a redirection is the shell's.
                let own = line.split(['|', '>']).next().unwrap_or_default();
                let words = crate::shell::split(own);
                let parsed = Arguments::try_parse_from(&words);
                assert!(parsed.is_ok(), "{path}: `{line}` is refused: {:?}", parsed.err().map(|e| e.to_string()));
            }
        });
    }

    #[test]
    fn every_command_says_what_it_does_in_one_line() {
        walk(&Arguments::command(), "mentormesh", &mut |path, command| {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!((10..=90).contains(&about.chars().count()), "{path}: {about:?}");
        });
    }

    #[test]
    fn flags_of_all_commands_are_taken_before_and_after_the_command() {
        for line in ["mentormesh --json status", "mentormesh status --json", "mentormesh org list --json"] {
            let parsed = Arguments::try_parse_from(line.split(' '));
            assert!(parsed.is_ok_and(|arguments| arguments.globals.json), "{line}");
        }
    }
}
