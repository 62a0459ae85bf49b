//! Named people, sample records, tampering and proptest strategies, for the tests of every crate (feature `testing`).
//!
//! Everything here is a function of a name or a number: two tests that ask for Ada's organisation get the same keys
//! and the same bytes. Nothing here is ever part of a node. Begin with [`Organisation::ada`]; [`tamper`] makes what
//! Mallory would send; [`Register`] is a node's memory without the node; [`laws`] say what must hold of any bytes at all.

mod checks;
pub mod laws;
mod letters;
mod organisation;
mod profiles;
mod register;
mod shelf;
pub mod strategies;
pub mod tamper;
mod waiting;

pub use checks::Checks;
pub use letters::{contact, introduction, request};
pub use organisation::{Keys, NOW, Organisation, seed};
pub use profiles::{anyone, mentor, trainee};
pub use register::{Register, Taken};
