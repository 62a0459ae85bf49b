//! Who may ask: every request is held against the table in `access.rs` before any handler sees it.
//!
//! Whoever asks shows the registrar's token, or a session's cookie, or nothing. Nobody gets past because a route was
//! forgotten: what the table does not name is closed.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::key::sha256;

use super::access::{self, Access};
use super::asker::Asker;
use super::back::Back;
use super::cookie::{Cookie, Shown};
use super::error::Failure;
use super::origin::{from_own_page, is_local};
use crate::people::{People, SignedIn};
use crate::search::Viewer;

/// Where people sign in.
const SIGN_IN: &str = "/sign-in";

/// What decides who may ask without knowing anybody: the token, and whether search is public.
#[derive(Clone, Copy)]
pub(super) struct Gate {
    token: [u8; 32],
    public: bool,
}

impl std::fmt::Debug for Gate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gate").field("public", &self.public).finish_non_exhaustive()
    }
}

/// Who a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bearer {
    /// Somebody with the token.
    Registrar,
    /// Somebody with another token.
    Stranger,
    /// Somebody without any.
    Nobody,
}

impl Gate {
    /// A gate that this token opens; only its digest is kept.
    pub(super) fn new(token: &str, public: bool) -> Self {
        Self { token: sha256(token.trim().as_bytes()), public }
    }

    fn bearer(&self, headers: &HeaderMap) -> Bearer {
        let Some(value) = headers.get(header::AUTHORIZATION) else { return Bearer::Nobody };
        let presented =
            value.as_bytes().split_at_checked(7).filter(|(scheme, _)| scheme.eq_ignore_ascii_case(b"bearer "));
        // Digests are compared, so that how long the comparison takes says nothing about the token.
        let fits = presented.is_some_and(|(_, token)| sha256(token.trim_ascii()) == self.token);
        if fits { Bearer::Registrar } else { Bearer::Stranger }
    }

    /// As whom a reader who shows nothing sees the register, or `None` when not at all.
    fn viewer(&self, parts: &Parts) -> Option<Viewer> {
        if is_local(parts) { Some(Viewer::House) } else { self.public.then_some(Viewer::OpenWeb) }
    }
}

/// Everything that decides who may ask.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    pub(super) gate: Gate,
    pub(super) people: People,
    pub(super) cookie: Cookie,
}

/// What a request shows of whoever sent it.
#[derive(Clone, Debug)]
enum Says {
    /// The registrar's token.
    Token,
    /// A session that stands.
    Person(Arc<SignedIn>),
    /// A session that is over, or never was.
    Over,
    /// Another token.
    Wrong,
    /// Nothing.
    Nothing,
}

impl Guard {
    async fn says(&self, parts: &Parts) -> Result<Says, Failure> {
        match self.gate.bearer(&parts.headers) {
            Bearer::Registrar => return Ok(Says::Token),
            Bearer::Stranger => return Ok(Says::Wrong),
            Bearer::Nobody => {}
        }
        match self.cookie.read(&parts.headers) {
            Shown::Nothing => Ok(Says::Nothing),
            Shown::Several => Ok(Says::Over),
            Shown::Token(token) => {
                let who = self.people.who(token).await?;
                Ok(who.map_or(Says::Over, |who| Says::Person(Arc::new(who))))
            }
        }
    }

    /// Who asks, and as whom they see the register; or why they may not ask for this.
    async fn decide(&self, access: Access, parts: &Parts) -> Result<(Asker, Viewer), Failure> {
        let stranger = (Asker::Nobody, Viewer::OpenWeb);
        match access {
            Access::Anybody => return Ok(stranger),
            Access::OwnPage => return from_own_page(parts).map(|()| stranger),
            Access::Readers | Access::SignedIn | Access::Own | Access::Staff(_) | Access::Desk(_) => {}
        }
        let asker = match (access, self.says(parts).await?) {
            (Access::SignedIn | Access::Desk(_), Says::Token) => {
                return Err(forbidden("this is for people who signed in"));
            }
            (_, Says::Token) => Asker::Token,
            (_, Says::Wrong) => return Err(refused()),
            (Access::Staff(roles) | Access::Desk(roles), Says::Person(who)) if !who.is_any_of(roles) => {
                let words: Vec<_> = roles.iter().map(|role| role.as_str()).collect();
                return Err(forbidden(&format!("this needs one of the roles {}", words.join(", "))));
            }
            (_, Says::Person(who)) => Asker::Person(who),
            // A cookie that is over takes nothing from whoever may read without one.
            (Access::Readers, Says::Over | Says::Nothing) => {
                return self.gate.viewer(parts).map(|viewer| (Asker::Nobody, viewer)).ok_or_else(refused);
            }
            (_, Says::Over) => return Err(over()),
            (_, Says::Nothing) => return Err(refused()),
        };
        if asker.person().is_some() && changes(&parts.method) {
            from_own_page(parts)?;
        }
        Ok((asker, Viewer::House))
    }
}

const fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD)
}

/// Lets through whoever may ask for this, and notes who they are and as whom they see.
pub(super) async fn admit(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let Some(route) = request.extensions().get::<MatchedPath>().cloned() else {
        // Nothing is here.
        return next.run(request).await;
    };
    let Some(access) = access::of(request.method(), route.as_str()) else {
        return forbidden("nobody may ask for this").into_response();
    };
    let (mut parts, body) = request.into_parts();
    match guard.decide(access, &parts).await {
        Ok((asker, viewer)) => {
            parts.extensions.insert(asker);
            parts.extensions.insert(viewer);
            next.run(Request::from_parts(parts, body)).await
        }
        // Whoever opens a page that is theirs alone is asked to sign in, not told off.
        Err(failure)
            if matches!(access, Access::SignedIn | Access::Desk(_))
                && !changes(&parts.method)
                && failure.problem().code == ErrorCode::Unauthorised =>
        {
            let wanted = parts.uri.path_and_query().and_then(|wanted| Back::of(wanted.as_str()));
            Redirect::to(&format!("{SIGN_IN}{}", Back::query(wanted.as_ref()))).into_response()
        }
        Err(failure) => failure.into_response(),
    }
}

fn refused() -> Failure {
    let detail = "this needs the registrar's token as `Authorization: Bearer …`, or somebody who signed in";
    let next = "the token is in the file `token` of the data folder; people sign in at /sign-in; \
                on the node's own machine, search and profiles open at http://127.0.0.1 without either";
    Problem::new(ErrorCode::Unauthorised, detail).with_next(next).into()
}

fn over() -> Failure {
    Problem::new(ErrorCode::Unauthorised, "this session is over").with_next("sign in again at /sign-in").into()
}

fn forbidden(detail: &str) -> Failure {
    Failure::new(ErrorCode::Forbidden, detail)
}

#[cfg(test)]
mod tests;
