//! The pages: one file per page, rendered on the server, complete without any script.
//!
//! They show what `search` and `view` say to the same viewer the API would; nothing here is reachable that the API
//! does not give. Words for people are in `words.rs`, addresses in `link.rs`, the sheet and icon in `static/`.

mod home;
mod link;
mod me;
mod mentor;
mod names;
mod plain;
mod sign_in;
mod site;
mod words;

use askama::Template;
use axum::Router;
use axum::http::header;
use axum::response::Html;
use axum::routing::{get, post};

use super::app::App;
use super::error::Failure;

/// One day: long enough to spare requests, short enough that an upgrade shows.
const KEPT: &str = "public, max-age=86400";

/// Every page, and what pages are made with.
pub(super) fn all() -> Router<App> {
    pages().merge(signing_in()).merge(files())
}

fn pages() -> Router<App> {
    Router::new()
        .route("/", get(home::show))
        .route("/mentors/{id}", get(mentor::show))
        .route("/about", get(plain::about))
        .route("/privacy", get(plain::privacy))
        .route("/complaints", get(plain::complaints))
}

fn signing_in() -> Router<App> {
    Router::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::ask))
        .route("/sign-in/{token}", get(sign_in::link).post(sign_in::enter))
        .route("/me", get(me::show))
        .route("/sign-out", post(me::sign_out))
        .route("/sign-out/everywhere", post(me::sign_out_everywhere))
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

fn page(template: &impl Template) -> Result<Html<String>, Failure> {
    template.render().map(Html).map_err(|error| Failure::fault(&error))
}
