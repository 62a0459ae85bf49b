//! `/listing/erase`: leaving for good, said in plain words first.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use mentormesh_protocol::api::ErrorCode;

use super::super::me::form_token;
use super::super::page;
use super::super::problem::Told;
use super::super::site::Site;
use super::super::visitor::Visitor;
use super::{own, own_form, refused};
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::form::Form;

#[derive(Template)]
#[template(path = "listing_erase.html")]
struct ErasePage {
    site: Site,
    form: String,
    problem: Option<Told>,
}

/// Says what erasing does, and asks.
pub(super) async fn show(State(app): State<App>, asker: Asker, visitor: Visitor) -> Result<Response, Failure> {
    let (who, _) = own(&asker)?;
    page(&visitor, &ErasePage { site: Site::seen_by(&visitor, &app), form: form_token(who), problem: None })
}

/// Erases, if whoever asks is sure.
pub(super) async fn erase(
    State(app): State<App>,
    asker: Asker,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Failure> {
    let (who, id) = own_form(&asker, &form)?;
    let site = Site::seen_by(&visitor, &app);
    let (status, told) = if form.0.last("sure") == Some("true") {
        match app.listings.by(&asker.word()).withdraw(&id, true).await {
            Ok(_) => return Ok(Redirect::to("/me").into_response()),
            Err(problem) => (problem.status, Told::of(site.locale, &problem)),
        }
    } else {
        (ErrorCode::Invalid.status(), Told { what: site.say("erase-not-sure"), ..Told::default() })
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let page_again = ErasePage { site, form: form_token(who), problem: Some(told) };
    refused(page(&visitor, &page_again)?, status)
}
