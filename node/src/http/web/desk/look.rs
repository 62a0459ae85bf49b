//! Look before apply: a page says what an act would change, and the act is taken from that page alone.
//!
//! The page's form carries a digest of what the page said, made for the session that saw it. An act without it, or after
//! something changed that the page spoke of, changes nothing: the page is shown again as it is now.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::key::{base32, sha256};

use super::frame::{Frame, answer};
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::http::web::site::Site;
use crate::people::SignedIn;

/// Under which the digest is made.
const LABEL: &[u8] = b"mentormesh look";

/// The page of an act: what it would change, and the button that does it.
#[derive(Template)]
#[template(path = "desk_look.html")]
pub(super) struct LookPage {
    pub(super) site: Site,
    pub(super) desk: Frame,
    pub(super) heading: String,
    /// Where it leads when nothing is done.
    pub(super) back: String,
    pub(super) says: Vec<String>,
    /// Days that can be filled in: name, label, what was typed.
    pub(super) days: Vec<(&'static str, &'static str, String)>,
    /// What the button says; nothing, if there is nothing to do.
    pub(super) button: &'static str,
    pub(super) seen: String,
}

/// Acts if whoever acts saw what the page says now, and leads `there`; else shows the page once more, with the reason.
pub(super) async fn applied(
    page: LookPage,
    fields: &Pairs,
    there: &str,
    act: impl Future<Output = Result<(), Failure>>,
) -> Result<Response, Failure> {
    let problem = match unseen(fields, &page.seen) {
        Some(problem) => problem,
        None => match act.await {
            Ok(()) => return Ok(Redirect::to(there).into_response()),
            Err(failure) => failure.problem().clone(),
        },
    };
    let page = LookPage { desk: page.desk.with(Some(problem.clone())), ..page };
    answer(&page, Some(&problem))
}

/// What a form carries of what its page said.
pub(super) fn seen(who: &SignedIn, said: &[&str]) -> String {
    let mut bytes = [LABEL, who.session.digest.as_slice()].concat();
    for part in said {
        // Each by its length, so that no two sayings are one.
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    base32().encode(&sha256(&bytes))
}

/// Whether whoever acts saw what is said now; if not, why nothing was done.
pub(super) fn unseen(fields: &Pairs, seen: &str) -> Option<Problem> {
    let given = fields.last("seen");
    if given == Some(seen) {
        return None;
    }
    let (problem, next) = match given {
        None => ("nothing was done: this is what it would change", "read it, then press the button"),
        Some(_) => ("nothing was done, because what it would change is not what you saw", "read it again"),
    };
    Some(Problem::new(ErrorCode::Conflict, problem).with_next(next))
}
