//! Networks: real nodes on real links that are slow, lossy, cut in two or flooded.
//!
//! Each story builds small networks of its own (Linux network namespaces) and shapes their links with `tc netem`; where
//! that is not permitted it says `skipped:` and why.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a story that cannot go on says where and stops"
)]

#[expect(dead_code, reason = "the stories of `acceptance` use the rest")]
#[path = "../harness/mod.rs"]
mod harness;
