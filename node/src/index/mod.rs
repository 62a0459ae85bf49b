//! The search index: derived from the store, disposable at any time, and the only folder that names tantivy.
//!
//! [`Index`] answers an [`Ask`] with ids, points and counts; [`Writer`] is the one hand that changes it. It keeps no
//! text of any profile, only its words and its id, and it refuses to know trust, envelopes and people: what is asked
//! for and whose profiles are shown is told to it. Reading order: `fold` and `stem` (what a word is), `document`
//! (what of a profile is searched), `plan` (what each word of a query is worth), `collect`, then `open` and `writer`.

mod ask;
mod collect;
mod document;
mod error;
mod fold;
mod open;
mod place;
mod plan;
mod points;
mod reader;
mod schema;
mod stem;
mod unfamiliar;
mod words;
mod writer;

#[cfg(test)]
mod tests;

pub use ask::Ask;
pub use document::ProfileDocument;
pub use error::IndexError;
pub use open::{Opened, open};
pub use place::{Place, Tier};
pub use reader::{FacetCounts, Found, FoundProfile, Index};
pub use writer::Writer;

pub(crate) use document::{Passage, label_key, passages, stemmed_in};
pub(crate) use fold::{Piece, fold, pieces};
pub(crate) use plan::{Plan, PlannedWord};
pub(crate) use points::{country_points, fluent_points, is_fluent, offer_points, readiness, working_points};
pub(crate) use stem::{Stems, primary};
