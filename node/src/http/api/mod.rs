//! The API: one file per resource, and its document.

pub(super) mod audit;
pub(super) mod calendar;
pub(super) mod document;
pub(super) mod health;
pub(super) mod introductions;
pub(super) mod listings;
pub(super) mod mail;
pub(super) mod organisations;
pub(super) mod own_card;
pub(super) mod peers;
pub(super) mod people;
pub(super) mod profiles;
pub(super) mod records;
pub(super) mod rights;
pub(super) mod search;
pub(super) mod status;
pub(super) mod sync;
pub(super) mod trust;
