//! Networks: real nodes on real links that are slow, lossy, cut in two or flooded.
//!
//! Each story builds small networks of its own (Linux network namespaces) and shapes their links with `tc netem`, or
//! carries the frames itself where the kernel has no netem; where namespaces are not permitted it says `skipped:` and
//! why.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a story that cannot go on says where and stops"
)]
#![cfg(target_os = "linux")]

mod flood;
#[expect(dead_code, reason = "the stories of `acceptance` use the rest")]
#[path = "../harness/mod.rs"]
mod harness;
mod link;
mod mallory;
mod narrow;
mod partition;
mod space;
mod town;
mod wire;
