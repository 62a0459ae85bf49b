//! Every line of the table is asked for as everybody there is.

use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::middleware::from_fn_with_state;
use axum::routing::any;
use mentormesh_protocol::OrganisationId;
use mentormesh_protocol::api::Role;
use mentormesh_protocol::limits::DAY;
use tower::ServiceExt as _;

use super::super::access::TABLE;
use super::*;
use crate::people::tests::{House, house};

const TOKEN: &str = "ada's token";
const HERE: &str = "127.0.0.1:50000";
const ELSEWHERE: &str = "192.0.2.7:50000";

/// Everybody who may ask.
const EVERYBODY: [&str; 11] = [
    "token",
    "registrar",
    "programme_lead",
    "operator",
    "mentor",
    "mentee",
    "nobody",
    "another token",
    "forged session",
    "ended session",
    "two sessions",
];

/// A node's guard, with a session for each of them.
struct Town {
    router: Router,
    sessions: Vec<(&'static str, String)>,
    _house: House,
}

async fn town(public: bool) -> Town {
    let house = house().await;
    house.lists(7, "mentor@example.org").await;
    let mut sessions = Vec::new();
    let leaver = house.adds("Leaver", &[Role::Registrar, Role::Operator]).await;
    sessions.push(("ended session", house.signs_in(&leaver.id).await));
    house.clock.advance(15 * DAY);
    for (name, roles) in [
        ("registrar", &[Role::Registrar][..]),
        ("programme_lead", &[Role::ProgrammeLead]),
        ("operator", &[Role::Operator]),
        ("mentor", &[]),
        ("mentee", &[]),
    ] {
        let person = house.adds(name, roles).await;
        sessions.push((name, house.signs_in(&person.id).await));
    }
    sessions.push(("forged session", "a".repeat(52)));
    let cookie = Cookie::new(&OrganisationId([1; 32]), true);
    let guard = Guard { gate: Gate::new(TOKEN, public), people: house.people.clone(), cookie };
    let mut router = Router::new().route("/forgotten", any(|| async {}));
    let mut routes: Vec<_> = TABLE.iter().map(|(_, route, _)| *route).collect();
    routes.dedup();
    for route in routes {
        router = router.route(route, any(|asker: Asker| async move { asker.word() }));
    }
    Town { router: router.layer(from_fn_with_state(guard, admit)), sessions, _house: house }
}

impl Town {
    fn session(&self, who: &str) -> &str {
        self.sessions.iter().find(|(name, _)| *name == who).map_or("", |(_, token)| token)
    }

    async fn asks(&self, who: &str, method: &str, path: &str, from: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let cookie = |token: &str| format!("__Host-mentormesh={token}");
        request = match who {
            "token" => request.header("authorization", format!("Bearer {TOKEN}")),
            "another token" => request.header("authorization", "Bearer mallory's"),
            "two sessions" => {
                let both = format!("{}; {}", cookie(self.session("registrar")), cookie(self.session("forged session")));
                request.header("cookie", both)
            }
            "nobody" => request,
            signed_in => request.header("cookie", cookie(self.session(signed_in))),
        };
        let mut request = request.body(Body::empty()).expect("a request");
        request.extensions_mut().insert(ConnectInfo(from.parse::<SocketAddr>().expect("an address")));
        self.router.clone().oneshot(request).await.expect("a router cannot fail")
    }

    async fn status(&self, who: &str, method: &str, path: &str, from: &str, headers: &[(&str, &str)]) -> u16 {
        self.asks(who, method, path, from, headers).await.status().as_u16()
    }
}

/// What the table means, said a second time: which status whom gets from elsewhere, with a page of ours behind them.
fn expected(access: Access, who: &str, method: &str) -> u16 {
    let signed_in = ["registrar", "programme_lead", "operator", "mentor", "mentee"].contains(&who);
    let may = match access {
        Access::Anybody | Access::OwnPage => return 200,
        Access::Readers | Access::Own => who == "token" || signed_in,
        Access::SignedIn => signed_in,
        Access::Desk(roles) => roles.iter().any(|role| role.as_str() == who),
        Access::Staff(roles) => who == "token" || roles.iter().any(|role| role.as_str() == who),
    };
    match (may, access) {
        (true, _) => 200,
        (false, Access::SignedIn | Access::Desk(_)) if who == "token" => 403,
        (false, _) if signed_in => 403,
        (false, Access::SignedIn | Access::Desk(_)) if method == "GET" => 303,
        (false, _) => 401,
    }
}

fn path(route: &str) -> String {
    route
        .replace("{id}", "abcdef")
        .replace("{organisation}", "abcdef")
        .replace("{token}", "abcdef")
        .replace("{act}", "abcdef")
}

#[tokio::test]
async fn every_route_is_asked_for_as_everybody_and_opens_to_whom_the_table_says() {
    let town = town(false).await;
    let mut asked = 0;
    for &(method, route, access) in TABLE {
        for who in EVERYBODY {
            let own_page = [("host", "ada.example"), ("sec-fetch-site", "same-origin")];
            let status = town.status(who, method, &path(route), ELSEWHERE, &own_page).await;
            // A forged token at a page that is one's own alone is a wrong token, and is told so.
            let expected = match (access, who) {
                (Access::SignedIn | Access::Desk(_), "another token") if method == "GET" => 303,
                _ => expected(access, who, method),
            };
            assert_eq!(status, expected, "{method} {route} as {who}");
            asked += 1;
        }
    }
    assert_eq!(asked, TABLE.len() * EVERYBODY.len());
}

#[tokio::test]
async fn a_cross_site_post_with_anybody_s_session_is_refused_at_every_route() {
    let town = town(false).await;
    // Where anybody may ask, nobody is asked who they are, and no session can be misused.
    let changes = TABLE.iter().filter(|(method, _, access)| *method != "GET" && *access != Access::Anybody);
    for (method, route, access) in changes {
        for who in ["registrar", "programme_lead", "operator", "mentor", "mentee"] {
            for site in [&[("sec-fetch-site", "cross-site")][..], &[("origin", "https://mallory.example")], &[]] {
                let status = town.status(who, method, &path(route), ELSEWHERE, site).await;
                assert_eq!(status, 403, "{method} {route} as {who} from {site:?}");
            }
        }
        // A program with the token is no browser.
        let expected = if matches!(access, Access::OwnPage | Access::SignedIn | Access::Desk(_)) { 403 } else { 200 };
        assert_eq!(town.status("token", method, &path(route), ELSEWHERE, &[]).await, expected, "{method} {route}");
    }
}

#[tokio::test]
async fn reading_needs_no_cookie_on_this_machine_and_one_that_is_over_takes_nothing_away() {
    let town = town(false).await;
    for who in ["nobody", "forged session", "ended session", "mentee"] {
        for route in ["/", "/api/v1/search", "/api/v1/profiles/{id}"] {
            assert_eq!(town.status(who, "GET", &path(route), HERE, &[("host", "localhost")]).await, 200, "{who}");
        }
        let status = town.status(who, "GET", "/api/v1/listings", HERE, &[("host", "localhost")]).await;
        assert_eq!(status, if who == "mentee" { 403 } else { 401 }, "{who}");
    }
    let status = town.status("another token", "GET", "/", HERE, &[("host", "localhost")]).await;
    assert_eq!(status, 401, "who shows a wrong token is told so, even here");
}

#[tokio::test]
async fn strangers_read_only_when_search_is_public() {
    let (closed, open) = (town(false).await, town(true).await);
    for (town, status) in [(closed, 401), (open, 200)] {
        assert_eq!(town.status("nobody", "GET", "/api/v1/search", ELSEWHERE, &[]).await, status);
        assert_eq!(town.status("nobody", "GET", "/api/v1/listings", ELSEWHERE, &[]).await, 401);
    }
}

#[tokio::test]
async fn a_route_that_the_table_forgot_is_closed_to_everybody() {
    let town = town(true).await;
    for who in EVERYBODY {
        assert_eq!(town.status(who, "GET", "/forgotten", HERE, &[("host", "localhost")]).await, 403, "{who}");
    }
    assert_eq!(town.status("nobody", "GET", "/nowhere", ELSEWHERE, &[]).await, 404);
}

#[tokio::test]
async fn a_method_that_a_route_does_not_take_is_no_way_in() {
    let town = town(false).await;
    for (method, who, status) in
        [("HEAD", "nobody", 401), ("HEAD", "registrar", 200), ("PATCH", "nobody", 401), ("PATCH", "mentee", 403)]
    {
        let own_page = [("sec-fetch-site", "same-origin")];
        let answered = town.status(who, method, "/api/v1/listings", ELSEWHERE, &own_page).await;
        assert_eq!(answered, status, "{method} as {who}");
    }
}

#[tokio::test]
async fn handlers_and_the_audit_trail_know_who_asks() {
    let town = town(false).await;
    let said = async |who: &str| {
        let response = town.asks(who, "GET", "/api/v1/introductions", ELSEWHERE, &[]).await;
        let body = axum::body::to_bytes(response.into_body(), 1_000).await.expect("a body in memory");
        String::from_utf8(body.to_vec()).expect("text")
    };
    assert_eq!(said("token").await, "registrar");
    let (mentor, mentee) = (said("mentor").await, said("mentee").await);
    assert!(mentor.starts_with("person ") && mentee.starts_with("person ") && mentor != mentee);
}

#[test]
fn the_token_opens_in_any_case_of_the_scheme_and_nothing_else_does() {
    let gate = Gate::new("ada's token\n", false);
    let bearer = |value: &'static str| {
        let value = axum::http::HeaderValue::from_static(value);
        gate.bearer(&[(header::AUTHORIZATION, value)].into_iter().collect())
    };
    assert_eq!(bearer("Bearer ada's token"), Bearer::Registrar);
    assert_eq!(bearer("bearer ada's token"), Bearer::Registrar);
    for wrong in ["Bearer ada's toke", "Bearer ", "Bearer", "Basic ada's token", "ada's token"] {
        assert_eq!(bearer(wrong), Bearer::Stranger, "{wrong}");
    }
}
