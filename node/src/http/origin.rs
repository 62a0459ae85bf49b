//! Where a request comes from: this machine, which network, a page of ours or another site's.
//!
//! A browser page anywhere can make a browser send requests here. So being on this machine counts only when the request
//! also names it (`Host`) and nobody forwarded it; and a change that comes with a cookie, or begins a session, counts
//! only when the browser says that a page of ours sent it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Uri, header};
use mentormesh_protocol::api::{ErrorCode, Problem};

use super::error::Failure;

/// Headers that a proxy adds: with any of them the request came from elsewhere, whatever the socket says.
const FORWARDING: [&str; 2] = ["forwarded", "via"];
/// How the other headers of proxies begin.
const FORWARDING_PREFIX: &str = "x-forwarded";
/// What some proxies say instead.
const REAL_ADDRESS: &str = "x-real-ip";
/// Where each proxy adds whom it heard, the nearest one last.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// What browsers say of the page that sent a request; no page can change it.
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a user of this very machine asks this very machine by its own name.
pub(super) fn is_local(parts: &Parts) -> bool {
    let here = peer(parts).is_some_and(|address| address.is_loopback());
    here && names_this_machine(&parts.uri, &parts.headers) && !was_forwarded(&parts.headers)
}

/// The address that asks: the socket's, or what a proxy on this machine heard. What proxies further out wrote can be
/// anybody's words.
pub(super) fn client(parts: &Parts) -> IpAddr {
    let peer = peer(parts).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    if !peer.is_loopback() {
        return peer;
    }
    let last = parts.headers.get_all(FORWARDED_FOR).iter().next_back().and_then(|value| value.to_str().ok());
    last.and_then(|list| list.rsplit(',').next()).and_then(|text| text.trim().parse().ok()).unwrap_or(peer)
}

/// Refuses a change that a page of ours did not send.
pub(super) fn from_own_page(parts: &Parts) -> Result<(), Failure> {
    if is_from_own_page(parts) {
        return Ok(());
    }
    let problem = "another site sent this, or the browser does not say which page did";
    let next = "open the page here and try again; beyond this machine, browsers say it over https only";
    Err(Problem::new(ErrorCode::Forbidden, problem).with_next(next).into())
}

fn is_from_own_page(parts: &Parts) -> bool {
    let mut sites = parts.headers.get_all(SITE).iter();
    match (sites.next(), sites.next()) {
        (Some(site), None) => [b"same-origin".as_slice(), b"none"].contains(&site.as_bytes()),
        (Some(_), Some(_)) => false,
        (None, _) => names_own_origin(&parts.headers),
    }
}

/// Whether `Origin` is this host, over http or https. Whatever a page hides its origin behind is not.
fn names_own_origin(headers: &HeaderMap) -> bool {
    let only = |name: HeaderName| {
        let mut values = headers.get_all(name).iter();
        values.next().filter(|_| values.next().is_none()).and_then(|value| value.to_str().ok())
    };
    let (Some(origin), Some(host)) = (only(header::ORIGIN), only(header::HOST)) else { return false };
    let origin = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    origin.is_some_and(|origin| !host.is_empty() && origin.eq_ignore_ascii_case(host))
}

fn peer(parts: &Parts) -> Option<IpAddr> {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip().to_canonical())
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
        .map(HeaderName::as_str)
        .any(|name| FORWARDING.contains(&name) || name.starts_with(FORWARDING_PREFIX) || name == REAL_ADDRESS)
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    const HERE: &str = "127.0.0.1:50000";
    const ELSEWHERE: &str = "192.0.2.7:50000";

    fn asked(from: &str, headers: &[(&str, &str)]) -> Parts {
        let mut request = Request::builder().uri("/api/v1/search");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (mut parts, ()) = request.body(()).expect("a request").into_parts();
        parts.extensions.insert(ConnectInfo(from.parse::<SocketAddr>().expect("an address")));
        parts
    }

    fn local(from: &str, headers: &[(&str, &str)]) -> bool {
        is_local(&asked(from, headers))
    }

    #[test]
    fn this_machine_s_users_are_told_by_address_and_name() {
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]", "[::1]:8080"] {
            assert!(local(HERE, &[("host", host)]), "{host}");
            assert!(!local(ELSEWHERE, &[("host", host)]), "{host}");
        }
        assert!(local("[::1]:9", &[("host", "localhost")]));
        assert!(local("[::ffff:127.0.0.1]:9", &[("host", "localhost")]));
    }

    #[test]
    fn a_page_elsewhere_that_points_its_name_here_is_not_this_machine() {
        let hosts =
            ["mallory.example", "localhost.mallory.example", "127.0.0.1.example", "localhost:", "[::2]", "", "127.1"];
        for host in hosts {
            assert!(!local(HERE, &[("host", host)]), "{host}");
        }
        assert!(!local(HERE, &[]), "no host at all");
        assert!(!local(HERE, &[("host", "localhost"), ("host", "mallory.example")]), "two hosts");
        let mut absolute = asked(HERE, &[("host", "localhost")]);
        absolute.uri = "http://mallory.example/api/v1/search".parse().expect("a uri");
        assert!(!is_local(&absolute), "a request line that names another");
    }

    #[test]
    fn what_a_proxy_forwarded_is_not_from_this_machine() {
        for name in ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "X-Forwarded-Proto", "x-real-ip"] {
            assert!(!local(HERE, &[("host", "localhost"), (name, "192.0.2.7")]), "{name}");
        }
    }

    #[test]
    fn only_a_proxy_on_this_machine_says_who_asks_and_only_its_own_word_counts() {
        let ask = |from: &str, headers: &[(&str, &str)]| client(&asked(from, headers)).to_string();
        let said = ("x-forwarded-for", "203.0.113.9, 198.51.100.4");
        assert_eq!(ask(HERE, &[said]), "198.51.100.4", "what came before it is anybody's word");
        assert_eq!(ask(HERE, &[("x-forwarded-for", "203.0.113.9"), ("x-forwarded-for", "2001:db8::1")]), "2001:db8::1");
        assert_eq!(ask(ELSEWHERE, &[said]), "192.0.2.7", "a stranger says who they like");
        assert_eq!(ask(HERE, &[("x-forwarded-for", "nobody")]), "127.0.0.1");
    }

    #[test]
    fn a_cross_site_post_is_refused_and_one_from_a_page_of_ours_is_not() {
        let host = ("host", "ada.example");
        let own = |headers: &[(&str, &str)]| from_own_page(&asked(ELSEWHERE, headers)).is_ok();
        assert!(own(&[host, ("sec-fetch-site", "same-origin")]));
        assert!(own(&[host, ("sec-fetch-site", "none")]));
        assert!(own(&[host, ("sec-fetch-site", "same-origin"), ("origin", "null")]), "pages here hide their address");
        assert!(own(&[host, ("origin", "https://ada.example")]));
        assert!(own(&[("host", "127.0.0.1:8080"), ("origin", "http://127.0.0.1:8080")]));
        for wrong in [
            &[host, ("sec-fetch-site", "cross-site")][..],
            &[host, ("sec-fetch-site", "same-site")],
            &[host, ("sec-fetch-site", "cross-site"), ("origin", "https://ada.example")],
            &[host, ("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")],
            &[host, ("origin", "https://mallory.example")],
            &[host, ("origin", "https://ada.example.mallory.example")],
            &[host, ("origin", "ada.example")],
            &[host, ("origin", "null")],
            &[host, ("referer", "https://ada.example/me")],
            &[host],
        ] {
            assert!(!own(wrong), "{wrong:?}");
        }
    }
}
