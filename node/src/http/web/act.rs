//! `/act/{token}`: what a link from a mail does. Looking changes nothing, however often a scanner looks; the button does
//! it, once.
//!
//! Whoever holds the link is taken for the person it was mailed to; nothing else is asked. What a link offers is
//! `offer.rs`, how it is done `deed.rs`.

mod deed;
mod offer;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use mentormesh_protocol::api::{ErrorCode, Problem};

use self::offer::Offer;
use super::problem::Told;
use super::site::Site;
use super::visitor::Visitor;
use super::{invited, page};
use crate::actions::{Action, NotALink, Purpose};
use crate::http::app::App;
use crate::http::error::{Failure, Shown};

#[derive(Template)]
#[template(path = "act.html")]
struct ActPage {
    site: Site,
    token: String,
    offer: Offer,
    problem: Option<Told>,
}

/// Shows what a link would do, and asks.
pub(in crate::http) async fn ask(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let action = read(&app, &token)?;
    if let Purpose::Listing(step) = action.purpose {
        return invited::ask(&app, &visitor, &token, &action, step).await;
    }
    let offer = offer::of(&app, &action, visitor.locale).await?;
    shown(&app, &visitor, token, offer, None)
}

/// Does what the link is for, unless it was done already.
pub(in crate::http) async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
    Form(said): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let action = read(&app, &token)?;
    // One link at a time, so that of two clicks at once the second sees the first.
    let _turn = app.acts.acquire().await.map_err(|error| Failure::fault(&error))?;
    if let Purpose::Listing(step) = action.purpose {
        return invited::act(&app, &visitor, &token, &action, step, &said).await;
    }
    if app.desk.action_used(&action.nonce).await?.is_some() {
        let offer = offer::of(&app, &action, visitor.locale).await?;
        let told = Told { what: visitor.locale.say("act-used-now"), ..Told::default() };
        return shown(&app, &visitor, token, offer, Some((ErrorCode::Conflict.status(), told)));
    }
    match deed::done(&app, &action, &said).await {
        Ok(()) => {
            if !action.purpose.repeats() {
                app.desk.use_action(&action.nonce, action.until).await?;
            }
            let offer = offer::after(&app, &action, visitor.locale).await?;
            shown(&app, &visitor, token, offer, None)
        }
        Err(failure) => {
            let mut offer = offer::of(&app, &action, visitor.locale).await?;
            offer.keep(&said);
            let problem = failure.problem();
            shown(&app, &visitor, token, offer, Some((problem.status, Told::of(visitor.locale, problem))))
        }
    }
}

fn read(app: &App, token: &str) -> Result<Action, Failure> {
    app.actions.read(token, app.clock.now()).map_err(|not_a_link| {
        let code = match not_a_link {
            NotALink::Malformed | NotALink::Altered => ErrorCode::NotFound,
            NotALink::Expired => ErrorCode::Conflict,
        };
        let next = "ask the organisation that mailed it for another, or look for a newer mail";
        Problem::new(code, not_a_link.to_string()).with_next(next).into()
    })
}

fn shown(
    app: &App,
    visitor: &Visitor,
    token: String,
    offer: Offer,
    problem: Option<(u16, Told)>,
) -> Result<Response, Failure> {
    let (status, problem) = problem.unzip();
    let mut response = page(visitor, &ActPage { site: Site::seen_by(visitor, app), token, offer, problem })?;
    if let Some(status) = status.and_then(|status| StatusCode::from_u16(status).ok()) {
        *response.status_mut() = status;
        response.extensions_mut().insert(Shown);
    }
    Ok(response)
}
