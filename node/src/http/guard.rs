//! Who may ask: the bearer of the registrar's token, and for searching and reading also this machine's own users.
//!
//! A browser page anywhere can make a browser send requests to this machine, so being on this machine counts only
//! when the request also names it (`Host`) and nobody forwarded it. Everybody else sees, if the operator made
//! search public, the profiles that their mentors opened to the web.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::key::sha256;

use super::error::Failure;
use crate::search::Viewer;

/// Headers that a proxy adds: with any of them the request came from elsewhere, whatever the socket says.
const FORWARDING: [&str; 2] = ["forwarded", "via"];
/// How the other headers of proxies begin.
const FORWARDING_PREFIX: &str = "x-forwarded";
/// What some proxies say instead.
const REAL_ADDRESS: &str = "x-real-ip";

/// What decides who may ask.
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

    /// As whom a reader sees the register, or `None` when not at all.
    fn viewer(&self, request: &Request) -> Option<Viewer> {
        match self.bearer(request.headers()) {
            Bearer::Registrar => Some(Viewer::House),
            Bearer::Stranger => None,
            Bearer::Nobody if is_local(request) => Some(Viewer::House),
            Bearer::Nobody => self.public.then_some(Viewer::OpenWeb),
        }
    }
}

/// Lets only the token's bearer through.
pub(super) async fn registrar(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    match gate.bearer(request.headers()) {
        Bearer::Registrar => next.run(request).await,
        Bearer::Stranger | Bearer::Nobody => refused().into_response(),
    }
}

/// Lets readers through and notes as whom they see.
pub(super) async fn reader(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let Some(viewer) = gate.viewer(&request) else { return refused().into_response() };
    request.extensions_mut().insert(viewer);
    next.run(request).await
}

fn refused() -> Failure {
    let detail = "this needs the registrar's token as `Authorization: Bearer …`";
    let next = "the token is in the file `token` of the data folder; \
                on the node's own machine, search and profiles open at http://127.0.0.1 without it";
    Problem::new(ErrorCode::Unauthorised, detail).with_next(next).into()
}

/// Whether a user of this very machine asks this very machine by its own name.
fn is_local(request: &Request) -> bool {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let here = peer.is_some_and(|ConnectInfo(address)| address.ip().to_canonical().is_loopback());
    here && names_this_machine(request.uri(), request.headers()) && !was_forwarded(request.headers())
}

fn names_this_machine(uri: &Uri, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next().and_then(|value| value.to_str().ok());
    let single = hosts.next().is_none();
    // A request in absolute form carries a second name; both must be ours.
    let also = uri.authority().is_none_or(|authority| is_own_name(authority.as_str()));
    single && also && host.is_some_and(is_own_name)
}

/// Whether a `Host` is `localhost`, `127.0.0.1` or `[::1]`, with any port.
fn is_own_name(host: &str) -> bool {
    let (name, rest) = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, rest)) => {
            let own = address.parse::<IpAddr>().is_ok_and(|address| address == IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]));
            (if own { "localhost" } else { "" }, rest)
        }
        None => host.find(':').map_or((host, ""), |colon| host.split_at(colon)),
    };
    let port = rest.is_empty() || rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    port && (name.eq_ignore_ascii_case("localhost") || name == "127.0.0.1")
}

fn was_forwarded(headers: &HeaderMap) -> bool {
    headers
        .keys()
        .map(header::HeaderName::as_str)
        .any(|name| FORWARDING.contains(&name) || name.starts_with(FORWARDING_PREFIX) || name == REAL_ADDRESS)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn asked(from: &str, headers: &[(&str, &str)]) -> Request {
        let mut request = Request::builder().uri("/api/v1/search");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).expect("a request");
        request.extensions_mut().insert(ConnectInfo(from.parse::<SocketAddr>().expect("an address")));
        request
    }

    fn sees(public: bool, from: &str, headers: &[(&str, &str)]) -> Option<Viewer> {
        Gate::new("ada's token\n", public).viewer(&asked(from, headers))
    }

    const HERE: &str = "127.0.0.1:50000";
    const ELSEWHERE: &str = "192.0.2.7:50000";

    #[test]
    fn this_machine_s_users_read_without_a_token() {
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]", "[::1]:8080"] {
            assert_eq!(sees(false, HERE, &[("host", host)]), Some(Viewer::House), "{host}");
        }
        assert_eq!(sees(false, "[::1]:9", &[("host", "localhost")]), Some(Viewer::House));
        assert_eq!(sees(false, "[::ffff:127.0.0.1]:9", &[("host", "localhost")]), Some(Viewer::House));
    }

    #[test]
    fn a_page_elsewhere_that_points_its_name_here_is_refused() {
        let hosts =
            ["mallory.example", "localhost.mallory.example", "127.0.0.1.example", "localhost:", "[::2]", "", "127.1"];
        for host in hosts {
            assert_eq!(sees(false, HERE, &[("host", host)]), None, "{host}");
        }
        assert_eq!(sees(false, HERE, &[]), None, "no host at all");
        assert_eq!(sees(false, HERE, &[("host", "localhost"), ("host", "mallory.example")]), None, "two hosts");
        let mut absolute = asked(HERE, &[("host", "localhost")]);
        *absolute.uri_mut() = "http://mallory.example/api/v1/search".parse().expect("a uri");
        assert_eq!(Gate::new("t", false).viewer(&absolute), None, "a request line that names another");
    }

    #[test]
    fn what_a_proxy_forwarded_is_not_from_this_machine() {
        for name in ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "X-Forwarded-Proto", "x-real-ip"] {
            assert_eq!(sees(false, HERE, &[("host", "localhost"), (name, "192.0.2.7")]), None, "{name}");
        }
    }

    #[test]
    fn others_see_the_open_web_only_when_search_is_public() {
        assert_eq!(sees(false, ELSEWHERE, &[("host", "localhost")]), None);
        assert_eq!(sees(true, ELSEWHERE, &[("host", "localhost")]), Some(Viewer::OpenWeb));
        assert_eq!(sees(true, HERE, &[("host", "register.example")]), Some(Viewer::OpenWeb));
    }

    #[test]
    fn the_token_opens_from_anywhere_and_a_wrong_one_nowhere() {
        let from = |token| sees(true, ELSEWHERE, &[("host", "register.example"), ("authorization", token)]);
        assert_eq!(from("Bearer ada's token"), Some(Viewer::House));
        assert_eq!(from("bearer ada's token"), Some(Viewer::House));
        for wrong in ["Bearer ada's toke", "Bearer ", "Bearer", "Basic ada's token", "ada's token"] {
            assert_eq!(from(wrong), None, "{wrong}");
        }
        let here = sees(false, HERE, &[("host", "localhost"), ("authorization", "Bearer no")]);
        assert_eq!(here, None, "who shows a wrong token is told so, even here");
    }
}
