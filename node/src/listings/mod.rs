//! Listings: the home node's private side of a profile, from the draft to the withdrawal.
//!
//! Owns what may be saved, published, renewed and ended, and the checks that bind the home node alone. Refuses to
//! know SQL (`crate::desk` keeps rows), keys and gossip (`crate::signing` issues records). Where a listing stands is
//! read from its slot. Begin at [`Listings`]; publish is `publish.rs`, the checks on saving are `prepare.rs`, CSV and
//! JSON lines are `import/`.

#![expect(clippy::result_large_err, reason = "a problem is the answer to a person, made once a request")]

mod adopt;
mod consenting;
mod countries;
mod edit;
mod handle;
mod import;
mod inviting;
mod languages;
mod pause;
mod prepare;
mod publish;
mod renew;
mod responsiveness;
mod texts;
mod upkeep;
mod view;

pub use consenting::{Agreed, Preview};
#[cfg(test)]
pub(crate) use handle::tests as stories;
pub use handle::{Filter, Listings, Parts};
pub use import::ImportKind;
#[cfg(any(test, feature = "testing"))]
pub(crate) use import::testing;
pub(crate) use import::text_of;
pub use inviting::{CONFIRM_MAIL, INVITATION_MAIL};
pub use upkeep::Upkeep;
