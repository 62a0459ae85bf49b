//! Creating once however often it is asked: `Idempotency-Key`, kept in the desk for a day.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mentormesh_protocol::api::{Created, ErrorCode, Problem};
use mentormesh_protocol::key::sha256;

use super::app::App;
use super::asker::Asker;
use super::error::Failure;
use crate::desk::Recalled;

/// Longest key that is kept.
const KEY: usize = 255;

/// An answer that can be kept and given again.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// What was created, as JSON.
    pub(super) fn created(what: &impl serde::Serialize) -> Result<Self, Failure> {
        let body = serde_json::to_vec(what).map_err(|error| Failure::fault(&error))?;
        Ok(Self { status: StatusCode::CREATED, body })
    }

    /// Says where below `place` lies what was created, and whether this was said before.
    fn tell(self, place: &str, again: bool) -> Response {
        let media = (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let location = serde_json::from_slice::<Created>(&self.body)
            .ok()
            .and_then(|created| HeaderValue::try_from(format!("/api/v1/{place}/{}", created.id)).ok());
        let mut response = (self.status, [media], self.body).into_response();
        response.headers_mut().extend(location.map(|location| (header::LOCATION, location)));
        if again {
            let replayed = HeaderName::from_static("idempotency-replayed");
            response.headers_mut().insert(replayed, HeaderValue::from_static("true"));
        }
        response
    }
}

/// Runs `create`, or answers what it answered the last time this key came with the same body from the same asker. What
/// was created lies below `place`.
pub(super) async fn once<F>(
    app: &App,
    asker: &Asker,
    headers: &HeaderMap,
    digest: [u8; 32],
    place: &str,
    create: F,
) -> Result<Response, Failure>
where
    F: Future<Output = Result<Answer, Failure>>,
{
    let Some(key) = key(headers)? else { return Ok(create.await?.tell(place, false)) };
    let key = format!("{}{key}", asker.scope());
    if let Some(earlier) = earlier(app.desk.recall(&key, &digest).await?)? {
        return Ok(earlier.tell(place, true));
    }
    match create.await {
        Ok(answer) => {
            app.desk.remember(&key, answer.status.as_u16(), &answer.body).await?;
            Ok(answer.tell(place, false))
        }
        Err(failure) => {
            app.desk.release(&key).await?;
            Err(failure)
        }
    }
}

/// A name for what a request with a key makes, for parts that can keep it with what they make in one change: then a
/// node that dies between the act and its answer does not act twice.
pub(super) fn name(asker: &Asker, headers: &HeaderMap, digest: &[u8; 32]) -> Option<[u8; 32]> {
    let key = headers.get("idempotency-key")?;
    Some(sha256(&[asker.scope().as_bytes(), key.as_bytes(), &[0], digest].concat()))
}

/// What a key that came before was answered; `None` when it is new.
fn earlier(recalled: Recalled) -> Result<Option<Answer>, Failure> {
    match recalled {
        Recalled::Claimed => Ok(None),
        Recalled::Running => Err(Failure::new(ErrorCode::Busy, "the same request is under way already")),
        Recalled::OtherRequest => {
            let problem = "was sent before with another body; a new request needs a new key";
            Err(Problem::field("Idempotency-Key", problem).into())
        }
        Recalled::Answered { status, body } => {
            let status = StatusCode::from_u16(status).map_err(|error| Failure::fault(&error))?;
            Ok(Some(Answer { status, body }))
        }
    }
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Failure> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let text = value.to_str().ok().filter(|text| (1..=KEY).contains(&text.len()));
    let problem = || Failure::new(ErrorCode::Invalid, format!("an Idempotency-Key has 1 to {KEY} visible characters"));
    text.map(|text| Some(text.to_owned())).ok_or_else(problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_request_gets_the_same_answer_and_both_say_where_it_lies() {
        let first = Answer::created(&serde_json::json!({ "id": "abc", "state": "draft" })).expect("an answer");
        let kept = Recalled::Answered { status: 201, body: first.body.clone() };
        let second = earlier(kept).expect("no refusal").expect("the answer again");
        for (answer, again) in [(first, false), (second, true)] {
            let response = answer.tell("listings", again);
            assert_eq!(response.status(), StatusCode::CREATED);
            assert_eq!(response.headers().contains_key("idempotency-replayed"), again);
            let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
            assert_eq!(location, Some("/api/v1/listings/abc"));
        }
    }

    #[test]
    fn another_body_or_a_request_under_way_is_refused() {
        let code = |recalled| earlier(recalled).expect_err("refused").problem().code;
        assert_eq!(code(Recalled::OtherRequest), ErrorCode::Invalid);
        assert_eq!(code(Recalled::Running), ErrorCode::Busy);
        assert!(earlier(Recalled::Claimed).expect("no refusal").is_none());
    }

    #[test]
    fn a_key_has_bounds() {
        let sent = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("idempotency-key", HeaderValue::from_str(value).expect("a header"));
            key(&headers).is_ok()
        };
        assert!(sent("a") && sent(&"k".repeat(KEY)));
        assert!(!sent("") && !sent(&"k".repeat(KEY + 1)));
    }
}
