//! What people and programs ask of a running node: the API, its document, and the pages.
//!
//! `router.rs` is the table to read first; `access.rs` and `guard.rs` say who may ask, `error.rs` how every refusal looks, and each
//! file of `api/` and `web/` is one resource or page. Nothing is decided here: handlers ask `search`, `listings`,
//! `network` and `ingest`, and refuse to know disks, keys or peers.

mod access;
mod api;
mod app;
mod asked;
mod asker;
mod back;
mod cookie;
mod error;
mod examples;
mod extract;
mod form;
mod guard;
mod headers;
mod id;
mod load;
mod matching;
mod meters;
mod once;
mod origin;
mod refusals;
mod router;
mod serve;
mod sight;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod web;

pub use app::{App, Parts};
pub use router::router;
pub use serve::serve;
