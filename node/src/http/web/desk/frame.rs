//! What is around every page of the desk: its tabs, the token of its forms, what went wrong; and what pages share.

use askama::Template;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use mentormesh_protocol::Timestamp;
use mentormesh_protocol::api::{Problem, Role};

use crate::http::access;
use crate::http::error::{Failure, Shown};
use crate::http::extract::Pairs;
use crate::http::web::english;
use crate::http::web::link::encoded;
use crate::http::web::me::form_token;
use crate::http::web::words;
use crate::people::SignedIn;
use crate::speech::Locale;

/// Rows on one page: as many as stay well under the weight that a page may have.
const ROWS: &str = "50";
const TABS: [(&str, &str); 9] = [
    ("/desk", "Waiting"),
    ("/desk/listings", "Listings"),
    ("/desk/import", "Import"),
    ("/desk/introductions", "Introductions"),
    ("/desk/organisations", "Organisations"),
    ("/desk/rights", "Rights"),
    ("/desk/mail", "Mail"),
    ("/desk/people", "People"),
    ("/desk/audit", "Audit trail"),
];

/// The frame of one page, for one person.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) tabs: Vec<Tab>,
    /// What each form carries.
    pub(super) form: String,
    pub(super) problem: Option<Problem>,
}

/// A way to another page of the desk.
#[derive(Debug)]
pub(super) struct Tab {
    pub(super) address: &'static str,
    pub(super) label: &'static str,
    pub(super) here: bool,
}

/// A choice in a form: its word, what it says, whether it is set.
#[derive(Debug)]
pub(super) struct Pick {
    pub(super) word: &'static str,
    pub(super) label: String,
    pub(super) set: bool,
}

impl Frame {
    /// The frame of the page under one tab, with the tabs that this person may open.
    pub(super) fn of(who: &SignedIn, here: &str) -> Self {
        let open = TABS.into_iter().filter(|(address, _)| access::opens(who, &Method::GET, address));
        let tabs = open.map(|(address, label)| Tab { address, label, here: address == here }).collect();
        Self { tabs, form: form_token(who), problem: None }
    }

    /// With what went wrong.
    pub(super) fn with(self, problem: Option<Problem>) -> Self {
        Self { problem, ..self }
    }

    /// What is wrong with one field.
    pub(super) fn wrong(&self, field: &str) -> Option<&str> {
        let mut errors = self.problem.iter().flat_map(|problem| &problem.errors);
        errors.find(|error| error.field == field).map(|error| error.problem.as_str())
    }
}

/// A role as people read it.
pub(super) fn role_word(role: Role) -> String {
    words::word(Locale::English, "role", role.as_str())
}

/// A page with the status of what went wrong, if something did.
pub(super) fn answer(template: &impl Template, problem: Option<&Problem>) -> Result<Response, Failure> {
    let mut response = english(template)?.into_response();
    if let Some(status) = problem.and_then(|problem| StatusCode::from_u16(problem.status).ok()) {
        *response.status_mut() = status;
        response.extensions_mut().insert(Shown);
    }
    Ok(response)
}

/// What a page's address asks of the API: the names that it knows, without those left empty, a page at a time.
pub(super) fn asked(pairs: &Pairs, names: &[&str]) -> Pairs {
    let known = |name: &str, value: &str| (names.contains(&name) || name == "after") && !value.trim().is_empty();
    let mut asked: Vec<_> = pairs.0.iter().filter(|(name, value)| known(name, value)).cloned().collect();
    asked.push(("limit".to_owned(), ROWS.to_owned()));
    Pairs(asked)
}

/// The address of the page after this one.
pub(super) fn following(path: &str, asked: &Pairs, next: Option<&str>) -> Option<String> {
    let next = next?;
    let kept = asked.0.iter().filter(|(name, _)| name != "after" && name != "limit");
    let kept: String = kept.map(|(name, value)| format!("{name}={}&", encoded(value))).collect();
    Some(format!("{path}?{kept}after={}", encoded(next)))
}

/// Day and minute, in UTC.
pub(super) fn when(at: Timestamp) -> String {
    let text = at.to_string();
    let minute = text.get(11..16).unwrap_or_default();
    format!("{}, {minute} UTC", words::moment(Locale::English, at))
}

/// "1 mentor", "2 mentors".
pub(super) fn many(count: u64, one: &str, more: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {more}") }
}
