//! `/desk/listings/{id}/edit`: a registrar changes a listing, with what others would see beside what stays here.
//!
//! Nothing reaches the network by it: what is there stays until the listing is published again. A listing that somebody
//! else changed meanwhile is not overwritten: the page says so and keeps what was typed.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use mentormesh_protocol::api::{ErrorCode, Listing, ListingInput, Problem};

use super::frame::{Frame, answer};
use super::listing::{Fact, HERE, kept, shown};
use super::listing_kept::Kept;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::form::Form;
use crate::http::web::listing::fields::{Group, Kind, Place, groups, place};
use crate::http::web::listing::said;
use crate::http::web::me::{check_form, signed_in};
use crate::http::web::site::Site;
use crate::speech::Locale;

/// The field of a mentor's own form that this one has better.
const FIXED: &str = "practice";

#[derive(Template)]
#[template(path = "desk_listing_edit.html")]
pub(super) struct EditPage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) back: String,
    pub(super) name: String,
    pub(super) version: String,
    pub(super) groups: Vec<Group>,
    /// What is wrong: where to mend it and what that is called, if it is one of the fields; and what.
    pub(super) wrong: Vec<Place>,
    /// What others would see, and what stays here; once it was asked for.
    pub(super) preview: Option<(Vec<Fact>, Vec<Fact>)>,
}

/// Shows the form.
pub(in crate::http) async fn show(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    let listing = app.listings.find(&app.subject(&id).await?).await?;
    let kept = Kept::of(&listing);
    answer(&page(Site::of(&app), Frame::of(who, HERE), &listing, &kept, None), None)
}

/// Shows what it would say, or saves it; what is wrong is shown beside what was typed.
pub(in crate::http) async fn save(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    check_form(who, &form)?;
    let Form(fields) = form;
    let mut listing = app.listings.find(&app.subject(&id).await?).await?;
    let typed = Kept::typed(&fields);
    listing.profile = said::profile(&listing.profile, &fields);
    listing.contact.name = fields.last("contact_name").map(str::to_owned);
    let laid = typed.lay_over(&mut listing);
    let version = fields.last("version").unwrap_or_default().to_owned();
    let (site, desk) = (Site::of(&app), Frame::of(who, HERE));
    if let Err(wrong) = laid {
        let mut problem = Problem::new(ErrorCode::Invalid, "nothing was saved");
        problem.errors = wrong;
        return answer(&page(site, desk, &listing, &typed, Some(&problem)), Some(&problem));
    }
    if fields.last("do") != Some("save") {
        let preview = Some((shown(&listing), kept(&listing)));
        // The version that was read goes on: a look is no second reading.
        let shown = EditPage { preview, version, ..page(site, desk, &listing, &typed, None) };
        return answer(&shown, None);
    }
    let (profile, contact, consent) = (listing.profile.clone(), listing.contact.clone(), listing.consent.clone());
    let input = ListingInput { profile, contact, consent };
    match app.listings.by(&asker.word()).edit(&listing.id, input, Some(&version)).await {
        Ok(_) => Ok(Redirect::to(&format!("{HERE}/{}", listing.id)).into_response()),
        Err(problem) => answer(&page(site, desk, &listing, &typed, Some(&problem)), Some(&problem)),
    }
}

/// The form, filled with a listing; what stays here as it was typed.
pub(super) fn page(site: Site, desk: Frame, listing: &Listing, kept: &Kept, problem: Option<&Problem>) -> EditPage {
    let mut groups = groups(Locale::English, &listing.profile, listing.contact.name.as_deref());
    for group in &mut groups {
        group.fields.retain(|field| field.id != FIXED);
    }
    groups.push(kept.group());
    let wrong = problem.map(|problem| place(Locale::English, &mut groups, problem)).unwrap_or_default();
    EditPage {
        site,
        desk,
        back: format!("{HERE}/{}", listing.id),
        name: listing.profile.display_name.clone(),
        version: listing.etag.clone(),
        groups,
        wrong,
        preview: None,
    }
}
