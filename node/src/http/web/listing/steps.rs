//! Steps that a mentor takes with their own listing, each from its own button, and back to the page.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use mentormesh_protocol::Date;
use mentormesh_protocol::api::{ConsentMethod, Listing, PauseInput, Problem};

use super::super::seen::Choosing;
use super::super::visitor::Visitor;
use super::{HERE, again, own_form};
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::form::Form;
use crate::listings::Agreed;

/// Agrees to what the page showed.
pub(super) async fn consent(
    State(app): State<App>,
    asker: Asker,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Failure> {
    let (who, id) = own_form(&asker, &form)?;
    let done = match Choosing::said(|name| form.0.last(name)) {
        Ok((reach, open_web, shown)) => {
            let (method, address) = (ConsentMethod::SignedIn, Some(who.person.email.clone()));
            let agreed = Agreed { reach, open_web, shown, method, address, link: None };
            app.listings.by(&asker.word()).consent(&id, agreed).await
        }
        Err(failure) => Err(failure.problem().clone()),
    };
    back(&app, &visitor, &asker, done).await
}

/// Says that it is still right.
pub(super) async fn confirm(
    State(app): State<App>,
    asker: Asker,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Failure> {
    let (_, id) = own_form(&asker, &form)?;
    let done = app.listings.by(&asker.word()).confirm(&id).await;
    back(&app, &visitor, &asker, done).await
}

/// Takes no requests, from a day until a day.
pub(super) async fn pause(
    State(app): State<App>,
    asker: Asker,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Failure> {
    let (_, id) = own_form(&asker, &form)?;
    let typed = ["from", "until"].map(|name| form.0.last(name).unwrap_or_default().trim().to_owned());
    let [from, until] = [("from", &typed[0]), ("until", &typed[1])].map(|(name, text)| day(name, text));
    let done = match (from, until) {
        (Ok(from), Ok(until)) => app.listings.pause(&id, PauseInput { from, until }, &asker.word()).await,
        (Err(failure), _) | (_, Err(failure)) => Err(failure.problem().clone()),
    };
    match done {
        Ok(_) => Ok(Redirect::to(HERE).into_response()),
        Err(problem) => again(&app, &visitor, &asker, problem, typed).await,
    }
}

/// A day that may be left open.
fn day(name: &str, text: &str) -> Result<Option<Date>, Failure> {
    if text.is_empty() {
        return Ok(None);
    }
    let day = text.parse().map_err(|_| Problem::field(name, format!("`{text}` is not a day like 2026-12-24")))?;
    Ok(Some(day))
}

/// Takes requests again.
pub(super) async fn resume(
    State(app): State<App>,
    asker: Asker,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Failure> {
    let (_, id) = own_form(&asker, &form)?;
    let done = app.listings.resume(&id, &asker.word()).await;
    back(&app, &visitor, &asker, done).await
}

/// Leaves the register.
pub(super) async fn withdraw(
    State(app): State<App>,
    asker: Asker,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Failure> {
    let (_, id) = own_form(&asker, &form)?;
    let done = app.listings.by(&asker.word()).withdraw(&id, false).await;
    back(&app, &visitor, &asker, done).await
}

async fn back(
    app: &App,
    visitor: &Visitor,
    asker: &Asker,
    done: Result<Listing, Problem>,
) -> Result<Response, Failure> {
    match done {
        Ok(_) => Ok(Redirect::to(HERE).into_response()),
        Err(problem) => again(app, visitor, asker, problem, Default::default()).await,
    }
}
