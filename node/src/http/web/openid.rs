//! `/sign-in/openid`: to the organisation's own sign-in and back.
//!
//! The way there is a `GET`, because a form that is sent elsewhere is what our own policy forbids; it changes nothing but
//! a cookie. Back comes only the browser that went: what it went with lies in that cookie.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::key::base32;

use super::visitor::Visitor;
use crate::http::app::App;
use crate::http::back::Back;
use crate::http::cookie::Shown;
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::openid::{Flow, OpenId};

/// Sends a browser to the provider.
pub(in crate::http) async fn go(State(app): State<App>, asked: Pairs) -> Result<Response, Failure> {
    let provider = provider(&app)?;
    let flow = Flow::draw()?;
    let address = provider.address(flow.clone()).await?;
    let kept = kept(flow.text(), Back::named(&asked).as_ref());
    let cookie = app.guard.cookie.of_flow().keep(&kept, Flow::SECONDS)?;
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&address)).into_response())
}

/// Takes a browser that the provider sent back: whom it vouches for gets a session.
pub(in crate::http) async fn back(
    State(app): State<App>,
    headers: HeaderMap,
    visitor: Visitor,
    said: Pairs,
) -> Result<Response, Failure> {
    let provider = provider(&app)?;
    // A provider that says no may leave out what the browser went with.
    let code = said.last("code").ok_or_else(broken_off)?;
    let cookie = app.guard.cookie.of_flow();
    let Shown::Token(text) = cookie.read(&headers) else { return Err(lost().into()) };
    let (flow, wanted) = parts(text);
    let flow = Flow::of(flow).filter(|flow| said.last("state").is_some_and(|state| flow.is_back(state)));
    let flow = flow.ok_or_else(lost)?;
    let email = provider.email(flow, code).await?;
    let (token, seconds) = app.people.enter_with(&email, visitor.locale).await?;
    let cookies =
        [(header::SET_COOKIE, cookie.forget()?), (header::SET_COOKIE, app.guard.cookie.keep(&token, seconds)?)];
    Ok((AppendHeaders(cookies), Redirect::to(Back::or_me(wanted.as_ref()))).into_response())
}

/// What the cookie holds: the secret of the way, and the page that was wanted.
fn kept(flow: &str, wanted: Option<&Back>) -> String {
    wanted.map_or_else(|| flow.to_owned(), |page| format!("{flow}.{}", base32().encode(page.text().as_bytes())))
}

/// The secret and the page of a cookie. Whoever wrote it, the page is one of ours or none.
fn parts(text: &str) -> (&str, Option<Back>) {
    let Some((flow, page)) = text.split_once('.') else { return (text, None) };
    let page = base32().decode(page.as_bytes()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    (flow, page.and_then(|page| Back::of(&page)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_that_was_wanted_goes_along_and_nobody_else_s_does() {
        let wanted = Back::of("/mentors/abc/ask?from=xyz");
        let text = kept("secret", wanted.as_ref());
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.'), "a cookie's signs: {text}");
        assert_eq!(parts(&text), ("secret", wanted));
        assert_eq!(parts(&kept("secret", None)), ("secret", None));
        let planted = format!("secret.{}", base32().encode(b"//mallory.example/me"));
        assert_eq!(parts(&planted), ("secret", None));
        assert_eq!(parts("secret.!"), ("secret", None));
    }
}
