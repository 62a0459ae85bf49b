//! The rules, one file per question. Table of contents only.

mod bounds;
mod cycles;
mod documents;
mod homes;
mod layers;
mod leftovers;
mod manifests;
mod module_docs;
mod names;
mod panics;
mod promises;
mod purity;
mod twins;
mod workflows;

pub(crate) use cycles::caught;
