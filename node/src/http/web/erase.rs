//! `/me/export` and `/me/erase`: what is held about whoever is signed in, to keep and to have forgotten.
//!
//! The receipt is the answer to the form and not another page: whoever was forgotten cannot come back to one.

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use mentormesh_protocol::api::ErasureReceiptOfPerson;

use super::me::{check_form, form_token, signed_in};
use super::page;
use super::site::Site;
use super::visitor::Visitor;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::{Failure, Shown};
use crate::http::form::Form;

/// What a browser saves the document as.
const SAVED_AS: &str = "attachment; filename=\"mentormesh-person.json\"";

#[derive(Template)]
#[template(path = "erase.html")]
struct ErasePage {
    site: Site,
    mentor: bool,
    unsure: bool,
    form: String,
}

#[derive(Template)]
#[template(path = "erased.html")]
struct ErasedPage {
    site: Site,
    at: String,
    rows: u64,
    receipt: ErasureReceiptOfPerson,
}

/// Gives everything about whoever is signed in, as a file.
pub(in crate::http) async fn export(State(app): State<App>, asker: Asker) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    let all = app.persons.export(&who.person.email, &who.keeper(), None).await?;
    let text = serde_json::to_string_pretty(&all).map_err(|error| Failure::fault(&error))?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, SAVED_AS)];
    Ok((headers, text).into_response())
}

/// Says what goes and what stays, and asks.
pub(in crate::http) async fn show(State(app): State<App>, visitor: Visitor, asker: Asker) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    let site = Site::seen_by(&visitor, &app);
    page(&visitor, &ErasePage { site, mentor: who.listing.is_some(), unsure: false, form: form_token(who) })
}

/// Forgets whoever is signed in, if they are sure.
pub(in crate::http) async fn erase(
    State(app): State<App>,
    visitor: Visitor,
    asker: Asker,
    form: Form,
) -> Result<Response, Failure> {
    let who = signed_in(&asker)?;
    check_form(who, &form)?;
    let site = Site::seen_by(&visitor, &app);
    if form.0.last("sure") != Some("yes") {
        let again = ErasePage { site, mentor: who.listing.is_some(), unsure: true, form: form_token(who) };
        let mut response = page(&visitor, &again)?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response.extensions_mut().insert(Shown);
        return Ok(response);
    }
    let receipt = app.persons.erase(&who.person.email, &who.keeper()).await?;
    let (at, rows) = (visitor.locale.moment(receipt.erased_at), receipt.removed.values().sum());
    let mut response = page(&visitor, &ErasedPage { site, at, rows, receipt })?;
    response.headers_mut().append(header::SET_COOKIE, app.guard.cookie.forget()?);
    Ok(response)
}
