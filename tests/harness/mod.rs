//! What every story needs: the binary, nodes, people, HTTP, waiting, and the adversary.

pub(crate) mod bin;
pub(crate) mod chance;
pub(crate) mod clients;
pub(crate) mod gate;
pub(crate) mod http;
pub(crate) mod introductions;
pub(crate) mod moved_clock;
pub(crate) mod node;
pub(crate) mod people;
pub(crate) mod python;
pub(crate) mod raw_peer;
pub(crate) mod raw_questions;
pub(crate) mod signed_in;
pub(crate) mod wait;
