//! Being told: the operator's own command is run with each notice of an introduction on its standard input.
//!
//! Owns when a notice is told, what it says and how a process is bounded. Refuses to know mail and why something
//! happened: introductions write notices, and the operator decides what to do with them. Begin at [`Notify`]; what a
//! command is given is `message.rs`, how it is run `command.rs`, what follows a failure `queue.rs`.

mod command;
mod message;
mod queue;
mod task;

pub use task::{Notify, Parts};
