//! `config`: what the configuration says, without starting anything.

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::failure::Failure;

const EXAMPLES: &str = "Examples:
  mentormesh config check
  mentormesh config show";
const CHECK_EXAMPLES: &str = "Examples:
  mentormesh config check
  mentormesh config check --config /etc/mentormesh/config.toml";
const SHOW_EXAMPLES: &str = "Examples:
  mentormesh config show
  mentormesh config show --json";

/// Check or show the configuration
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Config {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Read the configuration and say what is wrong with it
    #[command(after_long_help = CHECK_EXAMPLES)]
    Check,
    /// Print every key as the node would take it: file, environment, defaults
    #[command(after_long_help = SHOW_EXAMPLES)]
    Show,
}

impl Config {
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let folder = context.folder()?;
        let config = context.config(&folder)?;
        match self.act {
            Act::Check => {
                let file = context.globals.config.clone().unwrap_or_else(|| folder.config());
                if context.output.is_json() {
                    return context.output.json(&serde_json::json!({ "ok": true, "file": file }));
                }
                let there = if file.exists() { "" } else { " (no such file: all defaults)" };
                context.output.line(&format!("ok: {}{there}", file.display()))
            }
            Act::Show if context.output.is_json() => context.output.json(&config),
            Act::Show => context.output.line(config.to_toml().trim_end()),
        }
    }
}
