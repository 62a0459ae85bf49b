//! The command line of Mentormesh: one binary that starts a node, or asks a running one.
//!
//! `arguments.rs` is the list of commands and the flags they share; each command is one file in `commands/`, and all
//! of them but a few talk to a node through `client.rs`. What fails becomes a `failure.rs` with its exit code; what
//! is printed goes through `output/`: data to stdout, talk to stderr.
//!
//! Nothing is decided here: the node decides, this crate asks and shows.

mod arguments;
mod client;
mod commands;
mod context;
mod failure;
mod globals;
mod output;
mod prompt;
mod shell;

pub use arguments::Arguments;
pub use failure::{Failure, FailureKind};

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

/// Runs the command that the process was called with.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(refused) => {
            // Help and version are answers, not errors; clap knows which stream each goes to.
            let printed = refused.print();
            let code = if refused.use_stderr() || printed.is_err() { FailureKind::Usage.exit_code() } else { 0 };
            return ExitCode::from(code);
        }
    };
    let context = context::Context::new(arguments.globals, Arguments::command);
    match arguments.command.run(&context) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            context.output.failure(&failure);
            ExitCode::from(failure.kind.exit_code())
        }
    }
}
