//! The `mentormesh` binary: everything is in the library, so that tests and documents can name it.

use std::process::ExitCode;

fn main() -> ExitCode {
    mentormesh_cli::run()
}
