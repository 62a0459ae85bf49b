//! `man`: manual pages, made from the same words as the help.

use std::path::PathBuf;

use clap::Args;

use crate::context::Context;
use crate::failure::Failure;

const EXAMPLES: &str = "Examples:
  mentormesh man | man -l -
  mentormesh man --out ~/.local/share/man/man1";

/// Print the manual page, or write all of them
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Man {
    /// Directory to write one page for each command into
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Man {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let mut command = (context.grammar)();
        let Some(directory) = &self.out else {
            let mut page = Vec::new();
            command.build();
            clap_mangen::Man::new(command).render(&mut page)?;
            return context.output.raw(&page);
        };
        std::fs::create_dir_all(directory).map_err(|source| Failure::file("make", directory, &source))?;
        // Not built before it gets there, or every `help` would have a page for each command it tells about.
        clap_mangen::generate_to(command, directory)
            .map_err(|source| Failure::file("write the pages into", directory, &source))?;
        context.output.say(&format!("the manual pages are in {}", directory.display()));
        Ok(())
    }
}
