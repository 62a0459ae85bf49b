//! What the interface says of itself, held against what it answers.

mod judge;
mod refusals;
mod schemathesis;
mod walk;
