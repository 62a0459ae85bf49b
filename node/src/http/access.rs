//! The table of who may ask what: one line for each address and method. What has no line is closed to everybody.

use axum::http::Method;
use mentormesh_protocol::api::Role::{self, Operator, ProgrammeLead, Registrar};

use crate::people;

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
    /// Whoever signed in and has one of these roles: a page of the desk, which no program asks for.
    Desk(&'static [Role]),
}

use Access::{Anybody, Desk, Own, OwnPage, Readers, SignedIn, Staff};

const REGISTRARS: Access = Staff(&[Registrar]);
const OPERATORS: Access = Staff(&[Operator]);
const LISTERS: Access = Staff(&[Registrar, ProgrammeLead]);
const KEEPERS: Access = Staff(&[Registrar, Operator]);
const ALL_STAFF: Access = Staff(&[Registrar, ProgrammeLead, Operator]);
const DESK_REGISTRARS: Access = Desk(&[Registrar]);
const DESK_LISTERS: Access = Desk(&[Registrar, ProgrammeLead]);
const DESK_KEEPERS: Access = Desk(&[Registrar, Operator]);
const DESK_ALL: Access = Desk(&[Registrar, ProgrammeLead, Operator]);

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
    ("GET", "/me/export", SignedIn),
    ("GET", "/me/erase", SignedIn),
    ("POST", "/me/erase", SignedIn),
    ("POST", "/sign-out", SignedIn),
    ("POST", "/sign-out/everywhere", SignedIn),
    ("GET", "/desk", DESK_ALL),
    ("GET", "/desk/listings", DESK_LISTERS),
    ("GET", "/desk/listings/{id}", DESK_LISTERS),
    ("GET", "/desk/listings/{id}/edit", DESK_REGISTRARS),
    ("POST", "/desk/listings/{id}/edit", DESK_REGISTRARS),
    ("GET", "/desk/listings/{id}/{act}", DESK_REGISTRARS),
    ("POST", "/desk/listings/{id}/{act}", DESK_REGISTRARS),
    ("GET", "/desk/invitations", DESK_REGISTRARS),
    ("POST", "/desk/invitations", DESK_REGISTRARS),
    ("GET", "/desk/import", DESK_REGISTRARS),
    ("POST", "/desk/import", DESK_REGISTRARS),
    ("GET", "/desk/introductions", DESK_REGISTRARS),
    ("GET", "/desk/introductions/{id}", DESK_REGISTRARS),
    ("POST", "/desk/introductions/{id}", DESK_REGISTRARS),
    ("GET", "/desk/organisations", DESK_ALL),
    ("GET", "/desk/organisations/{id}", DESK_ALL),
    ("GET", "/desk/organisations/{id}/{act}", DESK_KEEPERS),
    ("POST", "/desk/organisations/{id}/{act}", DESK_KEEPERS),
    ("GET", "/desk/trust/{policy}", DESK_KEEPERS),
    ("POST", "/desk/trust/{policy}", DESK_KEEPERS),
    ("GET", "/desk/rights", DESK_REGISTRARS),
    ("GET", "/desk/rights/{id}", DESK_REGISTRARS),
    ("POST", "/desk/rights/{id}", DESK_REGISTRARS),
    ("GET", "/desk/mail", DESK_KEEPERS),
    ("POST", "/desk/mail", DESK_KEEPERS),
    ("GET", "/desk/mail/{id}", DESK_REGISTRARS),
    ("POST", "/desk/mail/{id}/retry", DESK_KEEPERS),
    ("GET", "/desk/people", DESK_KEEPERS),
    ("POST", "/desk/people", DESK_REGISTRARS),
    ("GET", "/desk/people/{id}", DESK_KEEPERS),
    ("POST", "/desk/people/{id}", DESK_REGISTRARS),
    ("POST", "/desk/people/{id}/link", DESK_REGISTRARS),
    ("GET", "/desk/audit", DESK_KEEPERS),
    ("GET", "/act/{token}", Anybody),
    ("POST", "/act/{token}", Anybody),
    ("GET", "/listing", SignedIn),
    ("GET", "/listing/edit", SignedIn),
    ("POST", "/listing/edit", SignedIn),
    ("POST", "/listing/consent", SignedIn),
    ("POST", "/listing/confirm", SignedIn),
    ("POST", "/listing/pause", SignedIn),
    ("POST", "/listing/resume", SignedIn),
    ("POST", "/listing/withdraw", SignedIn),
    ("GET", "/listing/erase", SignedIn),
    ("POST", "/listing/erase", SignedIn),
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
    ("POST", "/api/v1/listings/{id}/invite", REGISTRARS),
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
    ("GET", "/api/v1/audit", KEEPERS),
    ("GET", "/api/v1/people", KEEPERS),
    ("POST", "/api/v1/people", REGISTRARS),
    ("PUT", "/api/v1/people/{id}", REGISTRARS),
    ("POST", "/api/v1/people/{id}/link", REGISTRARS),
    ("GET", "/api/v1/people/{id}/export", REGISTRARS),
    ("POST", "/api/v1/people/{id}/erase", REGISTRARS),
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
            Desk(roles) => roles.iter().map(|role| role.as_str()).collect(),
            Staff(roles) => ["token"].into_iter().chain(roles.iter().map(|role| role.as_str())).collect(),
        }
    }
}

/// Whether this person may ask for a page of the desk, so that no page offers what would be refused.
pub(super) fn opens(who: &people::SignedIn, method: &Method, route: &str) -> bool {
    matches!(of(method, route), Some(Desk(roles)) if who.is_any_of(roles))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each page of the desk, and the operation of the API that it is another face of.
    const FACES: [(&str, &str, &str, &str); 32] = [
        ("GET", "/desk", "GET", "/api/v1/status"),
        ("GET", "/desk/listings", "GET", "/api/v1/listings"),
        ("GET", "/desk/listings/{id}", "GET", "/api/v1/listings/{id}"),
        ("GET", "/desk/listings/{id}/edit", "PUT", "/api/v1/listings/{id}"),
        ("POST", "/desk/listings/{id}/edit", "PUT", "/api/v1/listings/{id}"),
        ("GET", "/desk/listings/{id}/{act}", "POST", "/api/v1/listings/{id}/publish"),
        ("POST", "/desk/listings/{id}/{act}", "POST", "/api/v1/listings/{id}/withdraw"),
        ("GET", "/desk/invitations", "POST", "/api/v1/listings/{id}/invite"),
        ("POST", "/desk/invitations", "POST", "/api/v1/listings/{id}/invite"),
        ("GET", "/desk/import", "POST", "/api/v1/listings/import"),
        ("POST", "/desk/import", "POST", "/api/v1/listings/import"),
        ("GET", "/desk/organisations", "GET", "/api/v1/organisations"),
        ("GET", "/desk/organisations/{id}", "GET", "/api/v1/organisations/{id}"),
        ("GET", "/desk/organisations/{id}/{act}", "PUT", "/api/v1/trust/{organisation}"),
        ("POST", "/desk/organisations/{id}/{act}", "PUT", "/api/v1/trust/{organisation}"),
        ("GET", "/desk/trust/{policy}", "PUT", "/api/v1/trust"),
        ("POST", "/desk/trust/{policy}", "PUT", "/api/v1/trust"),
        ("GET", "/desk/rights", "GET", "/api/v1/rights"),
        ("GET", "/desk/rights/{id}", "GET", "/api/v1/rights/{id}"),
        ("POST", "/desk/rights/{id}", "POST", "/api/v1/rights/{id}/close"),
        ("GET", "/desk/mail", "GET", "/api/v1/mail"),
        ("POST", "/desk/mail", "POST", "/api/v1/mail/test"),
        ("GET", "/desk/mail/{id}", "GET", "/api/v1/mail/{id}"),
        ("POST", "/desk/mail/{id}/retry", "POST", "/api/v1/mail/{id}/retry"),
        ("GET", "/desk/people", "GET", "/api/v1/people"),
        ("POST", "/desk/people", "POST", "/api/v1/people"),
        ("GET", "/desk/people/{id}", "GET", "/api/v1/people"),
        ("POST", "/desk/people/{id}", "PUT", "/api/v1/people/{id}"),
        ("POST", "/desk/people/{id}/link", "POST", "/api/v1/people/{id}/link"),
        ("GET", "/desk/audit", "GET", "/api/v1/audit"),
        // A registrar sees every introduction; everybody else has a page of their own for theirs.
        ("GET", "/desk/introductions", "PUT", "/api/v1/profiles/{id}/hidden"),
        ("POST", "/desk/introductions/{id}", "PUT", "/api/v1/profiles/{id}/hidden"),
    ];

    fn line(method: &str, route: &str) -> Access {
        let found = TABLE.iter().find(|(known, other, _)| *known == method && *other == route);
        found.map(|(_, _, access)| *access).expect("a line")
    }

    #[test]
    fn a_page_of_the_desk_opens_to_whom_the_api_gives_the_same() {
        for (method, page, also, operation) in FACES {
            let (Desk(page_roles), Staff(roles)) = (line(method, page), line(also, operation)) else {
                unreachable!("{method} {page} is of the desk and {also} {operation} of the API")
            };
            assert_eq!(page_roles, roles, "{method} {page}");
        }
        let pages = TABLE.iter().filter(|(_, _, access)| matches!(access, Desk(_)));
        let named =
            |method: &str, page: &str| FACES.iter().any(|(known, other, _, _)| *known == method && *other == page);
        let unnamed: Vec<_> = pages.filter(|(method, page, _)| !named(method, page)).collect();
        assert!(matches!(unnamed.as_slice(), [("GET", "/desk/introductions/{id}", _)]), "{unnamed:?}");
    }
}
