//! Reading requests: bodies and query strings, each refusal a problem that names what is wrong.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::key::sha256;
use mentormesh_protocol::limits::QUERY_TERMS;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::Failure;
use super::load::BODY;

/// The media type of every body but imports.
const JSON: &str = "application/json";

/// A JSON body.
#[derive(Debug)]
pub(super) struct Json<T> {
    /// What it says.
    pub(super) value: T,
    /// SHA-256 of its bytes, by which a repeated request is known again.
    pub(super) digest: [u8; 32],
}

impl<S: Send + Sync, T: DeserializeOwned + Serialize> FromRequest<S> for Json<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let media = media_type(request.headers());
        let bytes = bytes(request, state, BODY).await?;
        Ok(Self { value: read(media.as_deref(), &bytes)?, digest: sha256(&bytes) })
    }
}

/// A JSON body that may be left out, which means the default.
#[derive(Debug)]
pub(super) struct MaybeJson<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned + Serialize + Default> FromRequest<S> for MaybeJson<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let media = media_type(request.headers());
        let bytes = bytes(request, state, BODY).await?;
        if bytes.is_empty() { Ok(Self(T::default())) } else { read(media.as_deref(), &bytes).map(Self) }
    }
}

/// The body's bytes, if they are at most `most`. Somewhat more is read before it is refused, because a client that is
/// cut off while it still sends never reads the answer that says why.
pub(super) async fn bytes<S: Send + Sync>(request: Request, state: &S, most: usize) -> Result<Bytes, Failure> {
    let too_large = || {
        let limit = format!("the body is larger than the {} KiB that are taken here", most / 1024);
        Failure::new(ErrorCode::TooLarge, limit)
    };
    match Bytes::from_request(request, state).await {
        Ok(bytes) if bytes.len() <= most => Ok(bytes),
        Ok(_) => Err(too_large()),
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(too_large()),
        Err(_) => Err(Failure::new(ErrorCode::Invalid, "the body stopped before its end")),
    }
}

/// The media type of the body, lower case, without parameters.
pub(super) fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next().unwrap_or(value).trim().to_ascii_lowercase())
}

fn read<T: DeserializeOwned + Serialize>(media: Option<&str>, bytes: &[u8]) -> Result<T, Failure> {
    if media != Some(JSON) {
        let problem = Problem::new(ErrorCode::UnsupportedMediaType, "the body must be application/json");
        return Err(problem.with_next("send `Content-Type: application/json`").into());
    }
    let wrong = |error: serde_json::Error| Problem::field("body", error.to_string());
    let value: T = serde_json::from_slice(bytes).map_err(wrong)?;
    let given: Value = serde_json::from_slice(bytes).map_err(wrong)?;
    let understood = serde_json::to_value(&value).map_err(wrong)?;
    match misread(&given, &understood, "body") {
        Some(field) => Err(Problem::field(&field, "is of another type than is taken here").into()),
        None => Ok(value),
    }
}

/// Where a body says something by other means than those described, if it does.
///
/// serde also takes a list for an object, field by field in an order that nobody promised, and an object for a word.
fn misread(given: &Value, understood: &Value, path: &str) -> Option<String> {
    match (given, understood) {
        (Value::Object(given), Value::Object(understood)) => understood.iter().find_map(|(name, understood)| {
            given.get(name).and_then(|given| misread(given, understood, &format!("{path}.{name}")))
        }),
        (Value::Array(given), Value::Array(understood)) => {
            let mut both = given.iter().zip(understood).enumerate();
            both.find_map(|(at, (given, understood))| misread(given, understood, &format!("{path}[{at}]")))
        }
        (Value::Array(_) | Value::Object(_), _) => Some(path.to_owned()),
        (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_), _) => None,
    }
}

/// The query string, pair by pair: filters repeat.
#[derive(Debug)]
pub(super) struct Pairs(pub(super) Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Pairs {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        match Query::<Vec<(String, String)>>::from_request_parts(parts, state).await {
            Ok(Query(pairs)) => Ok(Self(pairs)),
            Err(_) => Err(Failure::new(ErrorCode::Invalid, "the query string is not readable")),
        }
    }
}

impl Pairs {
    /// Refuses names that are not known, so that a misspelt filter does not silently find everything, and those `once`
    /// that are given twice, of which one would silently not count. An empty value is counted like any other.
    pub(super) fn only(&self, once: &[&str], often: &[&str]) -> Result<(), Failure> {
        let mut given = Vec::new();
        for (name, _) in &self.0 {
            let name = name.as_str();
            let times = self.0.iter().filter(|(other, _)| other == name).take(QUERY_TERMS + 1).count();
            if times > QUERY_TERMS {
                return Err(Problem::field(name, format!("given more than {QUERY_TERMS} times")).into());
            }
            if given.contains(&name) {
                return Err(Problem::field(name, "given twice; give it once").into());
            }
            if once.contains(&name) {
                given.push(name);
            } else if !often.contains(&name) {
                let known = [once, often].concat().join(", ");
                return Err(Problem::field(name, format!("not known here; {known} are")).into());
            }
        }
        Ok(())
    }

    /// Refuses these names without a value: nothing is meant by that, and it must not be taken for something.
    pub(super) fn filled(&self, names: &[&str]) -> Result<(), Failure> {
        match self.0.iter().find(|(name, value)| names.contains(&name.as_str()) && value.trim().is_empty()) {
            Some((name, _)) => Err(Problem::field(name, "has no value; give one, or leave it out").into()),
            None => Ok(()),
        }
    }

    /// The last value under a name, unless it is empty.
    pub(super) fn last(&self, name: &str) -> Option<&str> {
        let values = self.0.iter().rev().filter(|(given, _)| given == name);
        values.map(|(_, value)| value.trim()).find(|value| !value.is_empty())
    }

    /// A number under a name.
    pub(super) fn number(&self, name: &str, default: usize) -> Result<usize, Failure> {
        let Some(text) = self.last(name) else { return Ok(default) };
        text.parse().map_err(|_| Problem::field(name, format!("`{text}` is not a whole number")).into())
    }

    /// A yes or no under a name.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Failure> {
        match self.last(name) {
            None => Ok(None),
            Some("true" | "yes" | "1") => Ok(Some(true)),
            Some("false" | "no" | "0") => Ok(Some(false)),
            Some(other) => Err(Problem::field(name, format!("`{other}` is neither true nor false")).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use mentormesh_protocol::api::{StandingRequest, WithdrawRequest};

    use super::*;

    fn post(media: &str, body: &'static str) -> Request {
        Request::builder().header(header::CONTENT_TYPE, media).body(Body::from(body)).expect("a request")
    }

    async fn code(media: &str, body: &'static str) -> ErrorCode {
        let read = Json::<StandingRequest>::from_request(post(media, body), &()).await;
        read.expect_err("refused").problem().code
    }

    #[tokio::test]
    async fn a_body_is_refused_by_type_shape_and_field() {
        assert_eq!(code("text/plain", "{}").await, ErrorCode::UnsupportedMediaType);
        assert_eq!(code("application/json", "{").await, ErrorCode::Invalid);
        assert_eq!(code("application/json", r#"{"standing":"pinned","x":1}"#).await, ErrorCode::Invalid);
        assert_eq!(code("application/json", r#"["pinned"]"#).await, ErrorCode::Invalid, "a list is no object");
        assert_eq!(code("application/json", r#"{"standing":{"pinned":null}}"#).await, ErrorCode::Invalid);
        let whole = post("application/json; charset=utf-8", r#"{"standing":"pinned"}"#);
        assert!(Json::<StandingRequest>::from_request(whole, &()).await.is_ok());
    }

    #[tokio::test]
    async fn a_body_that_may_be_left_out_is_still_read_when_given() {
        let read = async |body| MaybeJson::<WithdrawRequest>::from_request(post("application/json", body), &()).await;
        assert!(!read("").await.expect("the default").0.erase);
        let form = MaybeJson::<WithdrawRequest>::from_request(post("text/plain", r#"{"erase":true}"#), &()).await;
        assert!(form.is_err(), "a body of another type is not guessed at");
        assert!(read(r#"{"erase":true}"#).await.expect("an erasure").0.erase);
        assert!(read(r#"{"eraze":true}"#).await.is_err(), "a misspelt erasure must not become a withdrawal");
    }

    #[test]
    fn query_values_are_read_by_name() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let pairs = Pairs(vec![pair("limit", "5"), pair("limit", ""), pair("dry_run", "1"), pair("x", "maybe")]);
        assert_eq!(pairs.number("limit", 20).ok(), Some(5));
        assert_eq!(pairs.flag("dry_run").ok().flatten(), Some(true));
        assert!(pairs.flag("x").is_err() && pairs.number("x", 1).is_err());
        assert!(pairs.only(&["limit", "dry_run"], &["x"]).is_err(), "limit is there twice");
        assert!(pairs.filled(&["limit"]).is_err() && pairs.filled(&["x"]).is_ok());
        assert!(pairs.only(&["dry_run", "x"], &["limit"]).is_ok());
        assert!(pairs.only(&["dry_run"], &["limit"]).is_err(), "nobody knows x");
        let skills = |times| Pairs(vec![pair("skill", ""); times]).only(&[], &["skill"]).is_ok();
        assert!(skills(QUERY_TERMS) && !skills(QUERY_TERMS + 1), "empty ones count");
    }
}
