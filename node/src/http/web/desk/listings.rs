//! `/desk/listings`: every listing, where it stands and what it lacks.

use askama::Template;
use axum::extract::State;
use axum::http::Method;
use axum::response::Response;
use mentormesh_protocol::api::{Listing, ListingState, Reach};

use super::frame::{Frame, Pick, answer, asked, following};
use crate::http::access;
use crate::http::api::listings;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::http::web::me::signed_in;
use crate::http::web::site::Site;
use crate::http::web::words;
use crate::speech::Locale;

const HERE: &str = "/desk/listings";
const FILTERS: [&str; 3] = ["state", "q", "to_confirm"];
const STATES: [(&str, &str); 5] =
    [("", "All"), ("draft", "Drafts"), ("published", "Published"), ("withdrawn", "Withdrawn"), ("expired", "Expired")];

#[derive(Template)]
#[template(path = "desk_listings.html")]
pub(super) struct ListingsPage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) states: Vec<Pick>,
    pub(super) words: String,
    pub(super) to_confirm: bool,
    /// Mentors who were never asked, if whoever looks may ask them.
    pub(super) unasked: u64,
    /// Whether more can be imported.
    pub(super) imports: bool,
    pub(super) total: u64,
    pub(super) rows: Vec<Row>,
    pub(super) next: Option<String>,
}

/// One listing in the table.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) state: &'static str,
    pub(super) edited: bool,
    pub(super) missing: Vec<String>,
    pub(super) welcome: String,
    pub(super) consent: &'static str,
    pub(super) expires: Option<String>,
}

/// Shows the table.
pub(in crate::http) async fn show(State(app): State<App>, asker: Asker, pairs: Pairs) -> Result<Response, Failure> {
    let (who, asked) = (signed_in(&asker)?, asked(&pairs, &FILTERS));
    let list = listings::list(State(app.clone()), Pairs(asked.0.clone())).await?.0;
    let state = asked.last("state").unwrap_or_default();
    let asks = access::opens(who, &Method::POST, "/desk/invitations");
    let page = ListingsPage {
        site: Site::of(&app),
        desk: Frame::of(who, HERE),
        states: STATES.map(|(word, label)| Pick { word, label: label.to_owned(), set: word == state }).into(),
        words: asked.last("q").unwrap_or_default().to_owned(),
        to_confirm: asked.flag("to_confirm")?.unwrap_or(false),
        unasked: if asks { app.desk.never_invited(0).await?.1 } else { 0 },
        imports: access::opens(who, &Method::GET, "/desk/import"),
        total: list.total,
        next: following(HERE, &asked, list.next.as_deref()),
        rows: list.items.iter().map(row).collect(),
    };
    answer(&page, None)
}

/// A listing as a row.
pub(super) fn row(listing: &Listing) -> Row {
    Row {
        id: listing.id.to_string(),
        name: listing.profile.display_name.clone(),
        state: state(listing.state),
        edited: listing.edited,
        missing: listing.missing.clone(),
        welcome: words::availability(Locale::English, &listing.profile.availability),
        consent: listing.consent.as_ref().map_or("none yet", |consent| reach(consent.reach)),
        expires: listing.expires_at.map(|at| words::moment(Locale::English, at)),
    }
}

/// Where a listing stands, in a word.
pub(super) const fn state(state: ListingState) -> &'static str {
    match state {
        ListingState::Draft => "draft",
        ListingState::Published => "published",
        ListingState::Withdrawn => "withdrawn",
        ListingState::Expired => "expired",
    }
}

/// To whom a mentor agreed to be shown.
pub(super) const fn reach(reach: Reach) -> &'static str {
    match reach {
        Reach::Local => "this organisation alone",
        Reach::Partners => "named partners",
        Reach::Network => "the whole network",
    }
}
