//! The table of who may ask what: one line for each address and method. What has no line is closed to everybody.

use axum::http::Method;
use mentormesh_protocol::api::Role::{self, Operator, ProgrammeLead, Registrar};

/// Who may ask for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Anybody, without saying who they are.
    Anybody,
    /// Anybody, from a page of ours.
    OwnPage,
    /// The token, anybody signed in, anybody on this machine; strangers if search is public.
    Readers,
    /// Anybody signed in; not the token, which is nobody.
    SignedIn,
    /// The token, and anybody signed in, who gets only what is theirs.
    Own,
    /// The token, and whoever has one of these roles.
    Staff(&'static [Role]),
}

use Access::{Anybody, Own, OwnPage, Readers, SignedIn, Staff};

const REGISTRARS: Access = Staff(&[Registrar]);
const OPERATORS: Access = Staff(&[Operator]);
const LISTERS: Access = Staff(&[Registrar, ProgrammeLead]);
const KEEPERS: Access = Staff(&[Registrar, Operator]);
const ALL_STAFF: Access = Staff(&[Registrar, ProgrammeLead, Operator]);

/// Every address with its methods.
pub(super) const TABLE: &[(&str, &str, Access)] = &[
    ("GET", "/", Readers),
    ("GET", "/mentors/{id}", Readers),
    ("GET", "/mentors/{id}/ask", SignedIn),
    ("POST", "/mentors/{id}/ask", SignedIn),
    ("GET", "/requests", SignedIn),
    ("GET", "/requests/{id}", SignedIn),
    ("GET", "/requests/{id}/calendar", SignedIn),
    ("POST", "/requests/{id}/{step}", SignedIn),
    ("GET", "/about", Readers),
    ("GET", "/need", Readers),
    ("GET", "/privacy", Anybody),
    ("GET", "/complaints", Anybody),
    ("GET", "/rights", Anybody),
    ("POST", "/rights", OwnPage),
    ("GET", "/rights/{reference}", Anybody),
    ("GET", "/static/style.css", Anybody),
    ("GET", "/static/icon.svg", Anybody),
    ("GET", "/sign-in", Anybody),
    ("POST", "/sign-in", OwnPage),
    ("GET", "/sign-in/{token}", Anybody),
    ("POST", "/sign-in/{token}", OwnPage),
    #[cfg(feature = "openid")]
    ("GET", "/sign-in/openid", Anybody),
    #[cfg(feature = "openid")]
    ("GET", "/sign-in/openid/back", Anybody),
    ("GET", "/me", SignedIn),
    ("POST", "/me/language", SignedIn),
    ("POST", "/sign-out", SignedIn),
    ("POST", "/sign-out/everywhere", SignedIn),
    ("GET", "/act/{token}", Anybody),
    ("POST", "/act/{token}", Anybody),
    ("GET", "/livez", Anybody),
    ("GET", "/readyz", Anybody),
    ("GET", "/openapi.json", Anybody),
    ("GET", "/metrics", Readers),
    ("GET", "/api/v1/search", Readers),
    ("GET", "/api/v1/profiles/{id}", Readers),
    ("GET", "/api/v1/profiles/{id}/record", Readers),
    ("PUT", "/api/v1/profiles/{id}/hidden", REGISTRARS),
    ("DELETE", "/api/v1/profiles/{id}/hidden", REGISTRARS),
    ("GET", "/api/v1/records/{id}", KEEPERS),
    ("GET", "/api/v1/listings", LISTERS),
    ("POST", "/api/v1/listings", LISTERS),
    ("POST", "/api/v1/listings/import", REGISTRARS),
    ("GET", "/api/v1/listings/{id}", LISTERS),
    ("PUT", "/api/v1/listings/{id}", REGISTRARS),
    ("DELETE", "/api/v1/listings/{id}", REGISTRARS),
    ("POST", "/api/v1/listings/{id}/publish", REGISTRARS),
    ("POST", "/api/v1/listings/{id}/confirm", REGISTRARS),
    ("POST", "/api/v1/listings/{id}/withdraw", REGISTRARS),
    ("POST", "/api/v1/listings/{id}/pause", REGISTRARS),
    ("POST", "/api/v1/listings/{id}/resume", REGISTRARS),
    ("GET", "/api/v1/listings/{id}/receipts", LISTERS),
    ("GET", "/api/v1/rights", REGISTRARS),
    ("POST", "/api/v1/rights", Anybody),
    ("GET", "/api/v1/rights/filed/{reference}", Anybody),
    ("GET", "/api/v1/rights/{id}", REGISTRARS),
    ("POST", "/api/v1/rights/{id}/close", REGISTRARS),
    ("GET", "/api/v1/introductions", Own),
    ("POST", "/api/v1/introductions", Own),
    ("GET", "/api/v1/introductions/{id}", Own),
    ("GET", "/api/v1/introductions/{id}/calendar", Own),
    ("POST", "/api/v1/introductions/{id}/question", Own),
    ("POST", "/api/v1/introductions/{id}/answer", Own),
    ("POST", "/api/v1/introductions/{id}/explore", Own),
    ("POST", "/api/v1/introductions/{id}/accept", Own),
    ("POST", "/api/v1/introductions/{id}/decline", Own),
    ("POST", "/api/v1/introductions/{id}/withdraw", Own),
    ("DELETE", "/api/v1/introductions/{id}/block", Own),
    ("PUT", "/api/v1/introductions/{id}/aside", Own),
    ("DELETE", "/api/v1/introductions/{id}/aside", Own),
    ("GET", "/api/v1/mail", KEEPERS),
    ("GET", "/api/v1/mail/{id}", REGISTRARS),
    ("POST", "/api/v1/mail/{id}/retry", KEEPERS),
    ("POST", "/api/v1/mail/test", KEEPERS),
    ("GET", "/api/v1/people", KEEPERS),
    ("POST", "/api/v1/people", REGISTRARS),
    ("PUT", "/api/v1/people/{id}", REGISTRARS),
    ("POST", "/api/v1/people/{id}/link", REGISTRARS),
    ("GET", "/api/v1/organisations", ALL_STAFF),
    ("GET", "/api/v1/organisations/self", ALL_STAFF),
    ("PUT", "/api/v1/organisations/self", KEEPERS),
    ("POST", "/api/v1/organisations/self/sealing-key", OPERATORS),
    ("GET", "/api/v1/organisations/{id}", ALL_STAFF),
    ("GET", "/api/v1/organisations/{id}/operations", ALL_STAFF),
    ("GET", "/api/v1/trust", KEEPERS),
    ("PUT", "/api/v1/trust", KEEPERS),
    ("PUT", "/api/v1/trust/{organisation}", KEEPERS),
    ("GET", "/api/v1/peers", KEEPERS),
    ("POST", "/api/v1/peers", OPERATORS),
    ("POST", "/api/v1/peers/ticket", OPERATORS),
    ("PUT", "/api/v1/peers/{id}", OPERATORS),
    ("GET", "/api/v1/sync", KEEPERS),
    ("POST", "/api/v1/sync", OPERATORS),
    ("GET", "/api/v1/status", ALL_STAFF),
];

/// Who may ask for a route by a method. `HEAD` is a `GET`; a method that a route does not take is refused like one that
/// it takes, so that only who may ask learns that it is not taken. A route without a line is closed.
pub(super) fn of(method: &Method, route: &str) -> Option<Access> {
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    let mut lines = TABLE.iter().filter(|(_, known, _)| *known == route);
    let first = lines.clone().next().map(|(_, _, access)| *access);
    lines.find(|(known, _, _)| *known == method).map_or(first, |(_, _, access)| Some(*access))
}

impl Access {
    /// As the interface's document says it: the token, roles, or who else.
    pub(super) fn words(self) -> Vec<&'static str> {
        match self {
            Anybody => vec!["anybody"],
            OwnPage => vec!["anybody from a page of this node"],
            Readers => vec!["token", "signed_in", "this_machine"],
            SignedIn => vec!["signed_in"],
            Own => vec!["token", "signed_in"],
            Staff(roles) => ["token"].into_iter().chain(roles.iter().map(|role| role.as_str())).collect(),
        }
    }
}
