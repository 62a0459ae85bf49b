//! The vocabulary of Mentormesh, and every decision that two nodes must make alike.
//!
//! A newcomer reads here first. An organisation is an [`OrganisationId`] whose [`chain`] of operations says which
//! keys may sign for it. What it signs is a [`record::Record`], carried as one canonical COSE envelope
//! ([`signed::Signed`]); only [`signed::Signed::verify`] opens it. [`rules`] decide whether a verified record may
//! stand, [`merge`] which of two stands, [`trust`] whether its organisation is shown, and [`reconcile`] finds what
//! two nodes do not share. [`introduction`] is what a mentee and a mentor say to each other, sealed; [`duty`] what nodes
//! owe people across organisations. [`wire`] and [`api`] hold what nodes and people say to each other.
//!
//! This crate refuses to know any clock, randomness, file, socket or thread: time and random bytes are arguments.

pub mod api;
pub mod chain;
pub mod codec;
pub mod duty;
pub mod introduction;
mod invalid;
pub mod key;
pub mod limits;
pub mod merge;
pub mod query;
pub mod reconcile;
pub mod record;
pub mod rules;
#[cfg(feature = "openapi")]
mod schema;
pub mod signed;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
pub mod ticket;
pub mod time;
pub mod trust;
pub mod wire;

pub use key::{
    EnvelopeId, IntroductionId, LetterId, MessageId, OrganisationId, PeerId, PersonId, PublicKey, RecordId, SecretKey,
    Subject,
};
pub use record::{Kind, ProfileId, Record, Slot};
pub use signed::{Signed, Verified};
pub use time::{Date, Timestamp};
