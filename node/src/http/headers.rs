//! The headers that every answer carries: nothing is kept by caches, framed, sniffed, indexed or told to other sites.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// No script, no inline style, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// What keeps search engines out.
const HIDDEN: &str = "noindex, noarchive";
/// What lets them show a page, but not keep it: who leaves is gone from there as well.
const SHOWN: &str = "noarchive";
/// The language of pages that name none.
const LANGUAGE: &str = "en";

/// On an answer that search engines may show.
#[derive(Clone, Copy, Debug)]
pub(super) struct Indexed;

/// Adds them; an answer that named its own caching keeps it.
pub(super) async fn protect(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let robots = if response.extensions().get::<Indexed>().is_some() { SHOWN } else { HIDDEN };
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static(robots));
    if headers.get(header::CONTENT_TYPE).is_some_and(|media| media.as_bytes().starts_with(b"text/html")) {
        headers.entry(header::CONTENT_LANGUAGE).or_insert(HeaderValue::from_static(LANGUAGE));
    }
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
