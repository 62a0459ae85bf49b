//! `/sign-in/openid`: to the organisation's own sign-in and back.
//!
//! The way there is a `GET`, because a form that is sent elsewhere is what our own policy forbids; it changes nothing but
//! a cookie. Back comes only the browser that went: what it went with lies in that cookie.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use mentormesh_protocol::api::{ErrorCode, Problem};

use crate::http::app::App;
use crate::http::cookie::Shown;
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::openid::{Flow, OpenId};

/// Where one comes to after signing in.
const ME: &str = "/me";

/// Sends a browser to the provider.
pub(in crate::http) async fn go(State(app): State<App>) -> Result<Response, Failure> {
    let provider = provider(&app)?;
    let flow = Flow::draw()?;
    let address = provider.address(flow.clone()).await?;
    let cookie = app.guard.cookie.of_flow().keep(flow.text(), Flow::SECONDS)?;
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&address)).into_response())
}

/// Takes a browser that the provider sent back: whom it vouches for gets a session.
pub(in crate::http) async fn back(
    State(app): State<App>,
    headers: HeaderMap,
    said: Pairs,
) -> Result<Response, Failure> {
    let provider = provider(&app)?;
    // A provider that says no may leave out what the browser went with.
    let code = said.last("code").ok_or_else(broken_off)?;
    let cookie = app.guard.cookie.of_flow();
    let Shown::Token(text) = cookie.read(&headers) else { return Err(lost().into()) };
    let flow = Flow::of(text).filter(|flow| said.last("state").is_some_and(|state| flow.is_back(state)));
    let flow = flow.ok_or_else(lost)?;
    let email = provider.email(flow, code).await?;
    let (token, seconds) = app.people.enter_with(&email).await?;
    let cookies =
        [(header::SET_COOKIE, cookie.forget()?), (header::SET_COOKIE, app.guard.cookie.keep(&token, seconds)?)];
    Ok((AppendHeaders(cookies), Redirect::to(ME)).into_response())
}

fn provider(app: &App) -> Result<&OpenId, Failure> {
    app.openid
        .as_ref()
        .ok_or_else(|| Problem::new(ErrorCode::NotFound, "this node has no other sign-in than links").into())
}

fn lost() -> Problem {
    let problem = "this sign-in was not begun in this browser, or longer than ten minutes ago";
    Problem::new(ErrorCode::Forbidden, problem).with_next("begin again at /sign-in")
}

fn broken_off() -> Problem {
    Problem::new(ErrorCode::Forbidden, "the organisation's own sign-in was broken off")
        .with_next("begin again at /sign-in, or ask for a link by mail there")
}
