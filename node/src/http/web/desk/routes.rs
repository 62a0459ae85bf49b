//! The addresses of the desk.

use axum::Router;
use axum::routing::{get, post};

use super::{
    audit, import, introduction, introductions, invitations, listing, listing_act, listing_edit, listings, mail,
    organisation_act, organisations, overview, people, person, policy, right, rights,
};
use crate::http::app::App;

/// Every page of the desk.
pub(in crate::http::web) fn routes() -> Router<App> {
    Router::new()
        .route("/desk", get(overview::show))
        .route("/desk/listings", get(listings::show))
        .route("/desk/listings/{id}", get(listing::show))
        .route("/desk/listings/{id}/edit", get(listing_edit::show).post(listing_edit::save))
        .route("/desk/listings/{id}/{act}", get(listing_act::look).post(listing_act::apply))
        .route("/desk/invitations", get(invitations::look).post(invitations::apply))
        .route("/desk/import", get(import::show).post(import::take))
        .route("/desk/introductions", get(introductions::show))
        .route("/desk/introductions/{id}", get(introduction::show).post(introduction::open))
        .route("/desk/organisations", get(organisations::list))
        .route("/desk/organisations/{id}", get(organisations::show))
        .route("/desk/organisations/{id}/{act}", get(organisation_act::look).post(organisation_act::apply))
        .route("/desk/trust/{policy}", get(policy::look).post(policy::apply))
        .route("/desk/rights", get(rights::show))
        .route("/desk/rights/{id}", get(right::show).post(right::close))
        .route("/desk/mail", get(mail::list).post(mail::test))
        .route("/desk/mail/{id}", get(mail::show))
        .route("/desk/mail/{id}/retry", post(mail::retry))
        .route("/desk/people", get(people::list).post(people::add))
        .route("/desk/people/{id}", get(person::show).post(person::change))
        .route("/desk/people/{id}/link", post(person::link))
        .route("/desk/audit", get(audit::list))
}
