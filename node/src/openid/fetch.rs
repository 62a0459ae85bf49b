//! How the provider is spoken to: one request at a time, bounded in time and in what is read.

use std::time::Duration;

use openidconnect::http::Request;
use openidconnect::{HttpRequest, HttpResponse};
use ureq::Agent;

/// How long one answer of the provider may take from beginning to end.
const WHOLE: Duration = Duration::from_secs(10);
/// Largest answer that is read: a set of keys has a few thousand bytes.
const BYTES: u64 = 256 * 1024;

/// An agent that follows nobody elsewhere: the provider's addresses are those that it names.
pub(super) fn agent() -> Agent {
    let config = Agent::config_builder();
    config.timeout_global(Some(WHOLE)).proxy(None).max_redirects(0).http_status_as_error(false).build().into()
}

/// Asks and waits.
pub(super) fn fetch(agent: &Agent, request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
    let (parts, body) = request.into_parts();
    let answer = match body.is_empty() {
        true => agent.run(Request::from_parts(parts, ()))?,
        false => agent.run(Request::from_parts(parts, body))?,
    };
    let (parts, mut body) = answer.into_parts();
    let bytes = body.with_config().limit(BYTES).read_to_vec()?;
    Ok(HttpResponse::from_parts(parts, bytes))
}
