//! Versions of what can be edited: `ETag` out, `If-Match` in (RFC 9110).

use axum::http::{HeaderMap, HeaderValue, header};
use mentormesh_protocol::api::{ErrorCode, Problem};

use super::error::Failure;

/// The version tag of an answer.
pub(super) fn etag(version: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("\"{version}\"")).ok()
}

/// The version that a client wants to have edited, if it says one: `current` must be among those it names.
///
/// # Errors
/// When it names others only, or names none that can be compared.
pub(super) fn if_match<'c>(headers: &HeaderMap, current: &'c str) -> Result<Option<&'c str>, Failure> {
    let mut given = headers.get_all(header::IF_MATCH).iter().peekable();
    if given.peek().is_none() {
        return Ok(None);
    }
    let named = given.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).map(str::trim);
    for tag in named {
        let strong = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
        if tag == "*" || strong == Some(current) {
            return Ok(Some(current));
        }
    }
    let problem = Problem::new(ErrorCode::PreconditionFailed, "somebody changed this since it was read");
    Err(problem.with_next("read it again, make the change on what it says now, and send its new ETag").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(value: &'static str) -> Result<Option<&'static str>, ErrorCode> {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_MATCH, HeaderValue::from_static(value));
        if_match(&headers, "v2").map_err(|failure| failure.problem().code)
    }

    #[test]
    fn nothing_sent_means_whatever_stands() {
        assert_eq!(if_match(&HeaderMap::new(), "v2").ok(), Some(None));
    }

    #[test]
    fn the_version_that_stands_may_be_edited() {
        for value in ["\"v2\"", "*", "\"v1\", \"v2\""] {
            assert_eq!(matches(value), Ok(Some("v2")), "{value}");
        }
    }

    #[test]
    fn any_other_may_not() {
        for value in ["\"v1\"", "v2", "W/\"v2\"", "\"\"", ""] {
            assert_eq!(matches(value), Err(ErrorCode::PreconditionFailed), "{value}");
        }
    }
}
