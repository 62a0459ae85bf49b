//! The pages: one file per page, rendered on the server, complete without any script.
//!
//! They show what `search` and `view` say to the same viewer the API would; nothing here is reachable that the API
//! does not give. What they say is in `crate::speech`, words for the vocabularies in `words.rs`, addresses in
//! `link.rs`, the sheet and icon in `static/`.

mod act;
mod answers;
mod ask;
mod desk;
mod erase;
mod home;
mod invited;
mod link;
mod listing;
mod me;
mod mentor;
mod mine;
mod names;
mod need;
#[cfg(feature = "openid")]
mod openid;
mod plain;
mod problem;
mod reason;
mod request;
mod requests;
mod rights;
mod seen;
mod sign_in;
mod site;
mod start;
mod times;
mod visitor;
mod words;

use askama::Template;
use axum::Router;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

pub(in crate::http) use problem::Refused;

use super::app::App;
use super::error::Failure;
use visitor::Visitor;

/// One day: long enough to spare requests, short enough that an upgrade shows.
const KEPT: &str = "public, max-age=86400";

/// Every page, and what pages are made with.
pub(super) fn all() -> Router<App> {
    pages().merge(listing::all()).merge(signing_in()).merge(acts()).merge(desk::routes()).merge(files())
}

fn pages() -> Router<App> {
    Router::new()
        .route("/", get(home::show))
        .route("/mentors/{id}", get(mentor::show))
        .route("/mentors/{id}/ask", get(ask::show).post(ask::act))
        .route("/requests", get(requests::show))
        .route("/requests/{id}", get(request::show))
        .route("/requests/{id}/calendar", get(request::calendar))
        .route("/requests/{id}/{step}", post(request::step::act))
        .route("/about", get(plain::about))
        .route("/need", get(need::show))
        .route("/privacy", get(plain::privacy))
        .route("/complaints", get(plain::complaints))
        .route("/rights", get(rights::show).post(rights::file))
        .route("/rights/{reference}", get(rights::filed))
}

fn signing_in() -> Router<App> {
    let routes = Router::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::ask))
        .route("/sign-in/{token}", get(sign_in::link).post(sign_in::enter))
        .route("/me", get(me::show))
        .route("/me/language", post(me::language))
        .route("/me/export", get(erase::export))
        .route("/me/erase", get(erase::show).post(erase::erase))
        .route("/sign-out", post(me::sign_out))
        .route("/sign-out/everywhere", post(me::sign_out_everywhere));
    #[cfg(feature = "openid")]
    let routes = routes.route("/sign-in/openid", get(openid::go)).route("/sign-in/openid/back", get(openid::back));
    routes
}

/// What links from mail do; whoever holds one may use it.
fn acts() -> Router<App> {
    Router::new().route("/act/{token}", get(act::ask).post(act::act))
}

/// What pages are made with; it says nothing about anybody.
fn files() -> Router<App> {
    let file = |media: &'static str, text: &'static str| {
        get(move || async move { ([(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, KEPT)], text) })
    };
    Router::new()
        .route("/static/style.css", file("text/css; charset=utf-8", include_str!("static/style.css")))
        .route("/static/icon.svg", file("image/svg+xml", include_str!("static/icon.svg")))
}

/// A page in the visitor's language, and headers that say so.
fn page(visitor: &Visitor, template: &impl Template) -> Result<Response, Failure> {
    let mut response = english(template)?;
    visitor.mark(response.headers_mut());
    Ok(response)
}

/// A page that nobody has put into other languages yet.
fn english(template: &impl Template) -> Result<Response, Failure> {
    let html = template.render().map_err(|error| Failure::fault(&error))?;
    Ok(Html(html).into_response())
}
