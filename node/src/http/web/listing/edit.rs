//! `/listing/edit`: a mentor changes what their listing says. Nothing of it is shown to others before they agree to it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use mentormesh_protocol::api::{Listing, ListingInput, Problem};

use super::super::me::form_token;
use super::super::page;
use super::super::site::Site;
use super::super::visitor::Visitor;
use super::fields::{Group, Kind, Place, groups, place};
use super::{HERE, own, own_form, refused, said};
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::form::Form;
use crate::people::SignedIn;

#[derive(Template)]
#[template(path = "listing_edit.html")]
struct EditPage {
    site: Site,
    form: String,
    version: String,
    email: String,
    groups: Vec<Group>,
    /// What is wrong: where to mend it and what that is called, if it is one of the fields; and what.
    wrong: Vec<Place>,
}

/// Shows the form.
pub(super) async fn show(State(app): State<App>, asker: Asker, visitor: Visitor) -> Result<Response, Failure> {
    let (who, id) = own(&asker)?;
    let listing = app.listings.find(&id).await?;
    page(&visitor, &edit(Site::seen_by(&visitor, &app), who, &listing, None))
}

/// Saves, or shows what is wrong beside what was typed.
pub(super) async fn save(
    State(app): State<App>,
    asker: Asker,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Failure> {
    let (who, id) = own_form(&asker, &form)?;
    let mut listing = app.listings.find(&id).await?;
    listing.profile = said::profile(&listing.profile, &form.0);
    listing.contact.name = form.0.last("contact_name").map(str::to_owned);
    let version = form.0.last("version").unwrap_or_default().to_owned();
    let input = ListingInput {
        profile: listing.profile.clone(),
        contact: listing.contact.clone(),
        consent: listing.consent.clone(),
    };
    match app.listings.by(&asker.word()).edit(&id, input, Some(&version)).await {
        Ok(_) => Ok(Redirect::to(HERE).into_response()),
        Err(problem) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let shown = edit(Site::seen_by(&visitor, &app), who, &listing, Some(&problem));
            refused(page(&visitor, &shown)?, status)
        }
    }
}

fn edit(site: Site, who: &SignedIn, listing: &Listing, problem: Option<&Problem>) -> EditPage {
    let mut groups = groups(site.locale, &listing.profile, listing.contact.name.as_deref());
    let wrong = problem.map(|problem| place(site.locale, &mut groups, problem)).unwrap_or_default();
    EditPage {
        form: form_token(who),
        version: listing.etag.clone(),
        email: listing.contact.email.clone(),
        groups,
        wrong,
        site,
    }
}
