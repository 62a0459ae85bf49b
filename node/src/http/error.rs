//! How every refusal looks: an RFC 9457 problem for programs, a page for people.
//!
//! Handlers return a [`Failure`]; the outermost layer, [`speak`], writes it in the form that the client prefers, and
//! gives the same form to what axum refuses by itself (404, 405, 413, …). It refuses to invent codes: those are the
//! protocol's.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::record::Invalid;

use super::web::Refused;
use crate::desk::DeskError;
use crate::ingest::IngestError;
use crate::signing::SignError;
use crate::store::StoreError;

/// The media type of a problem.
pub(super) const PROBLEM_JSON: &str = "application/problem+json";

/// Why a request was refused or failed.
#[derive(Debug)]
pub(super) struct Failure(Box<Problem>);

impl Failure {
    /// A failure of this code.
    pub(super) fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        Problem::new(code, detail).into()
    }

    /// Nothing here has this id.
    pub(super) fn not_found(what: &str, id: &str) -> Self {
        Self::new(ErrorCode::NotFound, format!("no {what} `{id}` is known here"))
    }

    /// A fault of the node's own; what exactly goes to the log, not to the client.
    pub(super) fn fault(error: &dyn std::error::Error) -> Self {
        tracing::error!(%error, "a request failed by the node's own fault");
        Self::new(ErrorCode::Internal, "the node failed while answering; its log says why")
    }

    /// The document.
    pub(super) const fn problem(&self) -> &Problem {
        &self.0
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self(Box::new(problem))
    }
}

impl From<Invalid> for Failure {
    fn from(invalid: Invalid) -> Self {
        Problem::from(invalid).into()
    }
}

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Self {
        let problem = Problem::from(error);
        if problem.code == ErrorCode::Internal {
            tracing::error!(detail = %problem.detail, "the desk failed");
        }
        problem.into()
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Problem::from(SignError::from(error)).into()
    }
}

impl From<IngestError> for Failure {
    fn from(error: IngestError) -> Self {
        Problem::from(SignError::from(error)).into()
    }
}

/// A problem on its way out, for [`speak`] to write down.
#[derive(Clone)]
struct Told(Box<Problem>);

/// On an answer that says by itself, to people, why it is a refusal: [`speak`] leaves it alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown;

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response();
        if let Some(after) = retry_after(self.0.code) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(after));
        }
        if self.0.code == ErrorCode::Unauthorised {
            let scheme = HeaderValue::from_static("Bearer realm=\"mentormesh\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        response.extensions_mut().insert(Told(self.0));
        response
    }
}

/// How many seconds to wait where waiting helps.
const fn retry_after(code: ErrorCode) -> Option<&'static str> {
    if matches!(code, ErrorCode::Busy) {
        Some("1")
    } else if matches!(code, ErrorCode::StorageFull | ErrorCode::ReadOnly) {
        Some("60")
    } else {
        None
    }
}

/// Writes every refusal in the form that the client prefers.
pub(super) async fn speak(request: Request, next: Next) -> Response {
    let reader = prefers_html(request.headers()).then(|| Refused::of(request.uri(), request.headers()));
    let response = next.run(request).await;
    if response.status().as_u16() < 400 || response.extensions().get::<Shown>().is_some() {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    let told = parts.extensions.remove::<Told>();
    let problem = told.map_or_else(|| unnamed(parts.status), |told| *told.0);
    parts.headers.remove(header::CONTENT_LENGTH);
    let (media, body) = match reader {
        Some(reader) => {
            reader.mark(&mut parts.headers);
            ("text/html; charset=utf-8", reader.page(&problem))
        }
        None => (PROBLEM_JSON, json(&problem)),
    };
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    Response::from_parts(parts, Body::from(body))
}

fn json(problem: &Problem) -> String {
    serde_json::to_string(problem).unwrap_or_default()
}

/// The problem behind a status that came without one: what axum and its layers refuse by themselves.
fn unnamed(status: StatusCode) -> Problem {
    let (code, detail) = match status {
        StatusCode::NOT_FOUND => (ErrorCode::NotFound, "nothing is at this address; /openapi.json lists what is"),
        StatusCode::METHOD_NOT_ALLOWED => {
            (ErrorCode::MethodNotAllowed, "the Allow header lists the methods taken here")
        }
        StatusCode::PAYLOAD_TOO_LARGE => (ErrorCode::TooLarge, "the body is larger than is taken here"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            (ErrorCode::UnsupportedMediaType, "the body's media type is not taken here")
        }
        StatusCode::UNAUTHORIZED => (ErrorCode::Unauthorised, "this needs the registrar's token, or a session"),
        StatusCode::FORBIDDEN => (ErrorCode::Forbidden, "whoever asks may not do this"),
        StatusCode::TOO_MANY_REQUESTS => (ErrorCode::TooMany, "asked too often; wait a little"),
        StatusCode::SERVICE_UNAVAILABLE => (ErrorCode::Busy, "the node has no time now"),
        other if other.is_client_error() => (ErrorCode::Invalid, "the request could not be read"),
        _ => (ErrorCode::Internal, "the node failed while answering; its log says why"),
    };
    Problem { status: status.as_u16(), ..Problem::new(code, detail) }
}

/// Whether `Accept` ranks HTML above JSON. A client that takes anything, or says nothing, is a program.
pub(super) fn prefers_html(headers: &HeaderMap) -> bool {
    let accept: Vec<_> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let rank = |wanted: &[&str]| {
        let ranges = accept.iter().flat_map(|value| value.split(',')).filter_map(range);
        ranges.filter(|(media, _)| wanted.contains(media)).map(|(_, weight)| weight).fold(0.0, f32::max)
    };
    rank(&["text/html", "application/xhtml+xml"]) > rank(&["application/json", PROBLEM_JSON, "application/*"])
}

/// One media range and its weight.
fn range(text: &str) -> Option<(&str, f32)> {
    let mut parts = text.split(';').map(str::trim);
    let media = parts.next().filter(|media| !media.is_empty())?;
    let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |weight| weight.parse().ok())?;
    Some((media, weight))
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::middleware::from_fn;
    use axum::routing::{get, post};
    use tower::ServiceExt;

    use super::*;

    async fn answer(request: Request) -> (StatusCode, String, String) {
        async fn refuse() -> Failure {
            Failure::new(ErrorCode::ConsentMissing, "Ada has not agreed <yet>")
        }
        let router =
            Router::new().route("/refuse", get(refuse)).route("/post", post(|| async {})).layer(from_fn(speak));
        let response = router.oneshot(request).await.expect("a router cannot fail");
        let (parts, body) = response.into_parts();
        let media = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let body = axum::body::to_bytes(body, 100_000).await.expect("a body in memory");
        (parts.status, media.to_owned(), String::from_utf8(body.to_vec()).expect("text"))
    }

    fn request(path: &str, accept: &str) -> Request {
        Request::builder().uri(path).header(header::ACCEPT, accept).body(Body::empty()).expect("a request")
    }

    #[tokio::test]
    async fn a_program_gets_a_problem_with_its_code() {
        let (status, media, body) = answer(request("/refuse", "*/*")).await;
        assert_eq!((status.as_u16(), media.as_str()), (409, PROBLEM_JSON));
        let problem: Problem = serde_json::from_str(&body).expect("a problem document");
        assert_eq!(problem.code, ErrorCode::ConsentMissing);
        assert_eq!(problem.detail, "Ada has not agreed <yet>");
    }

    #[tokio::test]
    async fn a_browser_gets_a_page_whose_text_is_escaped() {
        let (status, media, body) = answer(request("/refuse", "text/html,application/xml;q=0.9,*/*;q=0.8")).await;
        assert_eq!((status.as_u16(), media.as_str()), (409, "text/html; charset=utf-8"));
        assert!(body.contains("Ada has not agreed &#60;yet&#62;"), "{body}");
    }

    #[tokio::test]
    async fn what_axum_refuses_by_itself_is_a_problem_too() {
        for (path, status, code) in
            [("/nowhere", 404, ErrorCode::NotFound), ("/post", 405, ErrorCode::MethodNotAllowed)]
        {
            let (answered, media, body) = answer(request(path, "application/json")).await;
            assert_eq!((answered.as_u16(), media.as_str()), (status, PROBLEM_JSON));
            let problem: Problem = serde_json::from_str(&body).expect("a problem document");
            assert_eq!((problem.code, problem.status), (code, status));
        }
    }

    #[test]
    fn html_is_preferred_only_when_it_ranks_above_json() {
        let prefers = |accept: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
            prefers_html(&headers)
        };
        assert!(prefers("text/html"));
        assert!(prefers("application/json;q=0.5, text/html"));
        assert!(!prefers("application/json, text/html;q=0.9"));
        assert!(!prefers("*/*"));
        assert!(!prefers("text/html;q=nonsense"));
        assert!(!prefers_html(&HeaderMap::new()));
    }
}
