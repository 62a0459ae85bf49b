//! The registrar's desk: what waits, listings, import, introductions, organisations, mail, people, the audit trail.
//!
//! One file per page; `frame.rs` is what is around each, `look.rs` why nothing is done that was not looked at first. Each
//! page asks the handler of the API that answers the same to programs, so that both check, refuse and write into the
//! audit trail alike. Who may open which page is in `access.rs`, like everything else. In English alone.

mod audit;
mod frame;
mod import;
mod import_form;
mod introduction;
mod introductions;
mod invitations;
mod listing;
mod listing_act;
mod listing_edit;
mod listing_kept;
mod listings;
mod look;
mod mail;
mod organisation_act;
mod organisations;
mod overview;
mod people;
mod person;
mod policy;
mod right;
mod rights;
mod routes;
mod shown_there;
#[cfg(test)]
mod tests;

pub(super) use routes::routes;
