//! The house rules, as tests: who may name whom, what may stand where, and whether the documents still tell the truth.
//!
//! A rule fails and says where and what to do; an aim (`aims.rs`) is only printed. Each rule has a twin test that
//! feeds it a bad sample, so that a rule which has gone blind is noticed. Nothing here depends on any crate: tidy
//! must build in a second and must not be fooled by what it checks. Begin at [`tree`], then read any file in `rules/`.

#![expect(clippy::indexing_slicing, reason = "offsets come from the very text they index")]

mod aims;
mod figures;
mod finding;
mod mask;
mod paths;
mod rules;
mod source;
mod tree;
