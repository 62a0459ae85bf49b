//! `completions`: a script that lets a shell complete commands and flags.

use clap::Args;
use clap_complete::Shell;

use crate::context::Context;
use crate::failure::Failure;

const EXAMPLES: &str = "Examples:
  mentormesh completions bash \\
      > ~/.local/share/bash-completion/completions/mentormesh
  mentormesh completions zsh > ~/.zfunc/_mentormesh
  mentormesh completions fish > ~/.config/fish/completions/mentormesh.fish";

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Completions {
    /// Which shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut (context.grammar)(), "mentormesh", &mut script);
        context.output.raw(&script)
    }
}
