//! How this node meets others: whom it knows, what it passes on, and how two nodes become equal.
//!
//! Gossip is a hint, sync is the truth. `circle/` is the one task that owns peers and timers and decides what
//! happens next; `session.rs` asks, `answers.rs` answers, `gossip.rs` and `heads.rs` pass on, `presence.rs` keeps our
//! card and delegation standing. Sockets live in the swarm crate; records pass through `ingest`.

mod answers;
mod book;
mod circle;
mod context;
mod gossip;
mod handle;
mod heads;
mod presence;
mod session;

pub use book::knows_somebody;
pub use circle::Settings;
pub use context::Claimed;
pub use handle::{Network, Opening, StartError, Started};
