//! How much at once and for how long: bounds on requests under way, their bodies and their time.
//!
//! A request runs to its end in a task of its own even when the client leaves: what was begun in the desk must also
//! reach the store. A panic there is one failed request, not a broken node.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use mentormesh_protocol::api::{ErrorCode, Problem};
use tokio::sync::Semaphore;

use super::error::Failure;

/// Requests under way at once: enough to keep two cores busy while as many again wait for the disk.
const REQUESTS: usize = 64;
/// Bytes of a body: four times the largest profile, for the escapes that JSON adds.
pub(super) const BODY: usize = 64 * 1024;
/// Bytes of an import: 50,000 members of some 600 bytes.
pub(super) const IMPORT_BODY: usize = 32 * 1024 * 1024;
/// Bytes that are read of a body before it is refused unread: 64 requests at once hold no more than 256 MiB of them.
pub(super) const BODY_READ: usize = 4 * 1024 * 1024;
/// How long a body may pause while it comes in.
pub(super) const BODY_PAUSE: Duration = Duration::from_secs(15);
/// How long reading may take.
const READ: Duration = Duration::from_secs(15);
/// How long changing something may take: joining waits for the other node, unpinning purges.
const CHANGE: Duration = Duration::from_secs(60);
/// How long an import may take.
const IMPORT: Duration = Duration::from_secs(600);

/// The places for requests under way.
#[derive(Clone, Debug)]
pub(super) struct Load(Arc<Semaphore>);

impl Load {
    pub(super) fn new() -> Self {
        Self(Arc::new(Semaphore::new(REQUESTS)))
    }
}

/// Runs a request to its end, in a place of its own and within its time.
pub(super) async fn to_the_end(State(load): State<Load>, request: Request, next: Next) -> Response {
    if is_watching(&request) {
        return next.run(request).await;
    }
    let Ok(place) = load.0.try_acquire_owned() else {
        return Failure::new(ErrorCode::Busy, format!("{REQUESTS} requests are under way already")).into_response();
    };
    let patience = patience(&request);
    let run = tokio::spawn(async move {
        let response = next.run(request).await;
        drop(place);
        response
    });
    match tokio::time::timeout(patience, run).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => Failure::fault(&error).into_response(),
        Err(_) => {
            let detail = format!("this took longer than {} seconds", patience.as_secs());
            let next = "a change may still complete: look before you try again";
            Failure::from(Problem::new(ErrorCode::Busy, detail).with_next(next)).into_response()
        }
    }
}

fn route(request: &Request) -> Option<&str> {
    request.extensions().get::<MatchedPath>().map(MatchedPath::as_str)
}

/// Whether whoever watches the node asks: a busy node is not a dead one.
fn is_watching(request: &Request) -> bool {
    matches!(route(request), Some("/livez" | "/readyz"))
}

fn patience(request: &Request) -> Duration {
    if route(request) == Some("/api/v1/listings/import") {
        IMPORT
    } else if matches!(*request.method(), Method::GET | Method::HEAD) {
        READ
    } else {
        CHANGE
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::{from_fn, from_fn_with_state};
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;
    use crate::http::error::speak;

    async fn status(router: Router) -> u16 {
        status_of("/", router).await
    }

    async fn status_of(path: &str, router: Router) -> u16 {
        let request = Request::builder().uri(path).body(Body::empty()).expect("a request");
        router.oneshot(request).await.expect("a router cannot fail").status().as_u16()
    }

    fn router(load: &Load, handler: axum::routing::MethodRouter) -> Router {
        let router = Router::new().route("/", handler.clone()).route("/livez", handler);
        router.layer(from_fn_with_state(load.clone(), to_the_end)).layer(from_fn(speak))
    }

    #[tokio::test]
    async fn a_panic_is_one_failed_request() {
        async fn panics() {
            let nothing = "".parse::<u8>();
            nothing.expect("this panic is the test");
        }
        let load = Load::new();
        assert_eq!(status(router(&load, get(panics))).await, 500);
        assert_eq!(load.0.available_permits(), REQUESTS, "and its place is free again");
    }

    #[tokio::test]
    async fn a_request_too_many_is_told_so() {
        let load = Load::new();
        let all = u32::try_from(REQUESTS).expect("a small number");
        let taken = load.0.acquire_many(all).await.expect("an open semaphore");
        assert_eq!(status(router(&load, get(|| async {}))).await, 503);
        assert_eq!(status_of("/livez", router(&load, get(|| async {}))).await, 200, "busy is not dead");
        drop(taken);
        assert_eq!(status(router(&load, get(|| async {}))).await, 200);
    }

    #[tokio::test]
    async fn what_was_begun_is_finished_when_the_client_leaves() {
        let (begin, begun) = tokio::sync::oneshot::channel::<()>();
        let (finish, finished) = tokio::sync::oneshot::channel::<()>();
        let ends = Arc::new(std::sync::Mutex::new(Some((begin, finish))));
        let handler = get(move || async move {
            let (begin, finish) = ends.lock().expect("not poisoned").take().expect("asked once");
            begin.send(()).expect("the test listens");
            tokio::task::yield_now().await;
            finish.send(()).expect("the test listens");
        });
        let client = tokio::spawn(status(router(&Load::new(), handler)));
        begun.await.expect("the request began");
        client.abort();
        finished.await.expect("the request ended although nobody waits for it");
    }
}
