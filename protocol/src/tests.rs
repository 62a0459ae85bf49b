//! What the crate promises, tried: properties over arbitrary input, stories with named people, and golden vectors.
//!
//! They live inside the crate and not beside it, so that they run whatever features a build asks for.

mod admission;
mod chain;
mod codec;
mod corpus;
mod document;
mod exchange;
mod hostile;
mod letters;
mod merge;
mod reconcile;
mod sealing;
mod trust;
mod vectors;
mod wire;
mod wycheproof;
