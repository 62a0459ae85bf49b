//! Sockets: takes connections, a bounded number of them, hands each to the router, and stops without cutting answers.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt;

use super::app::App;

/// Connections open at once; one more is told so and closed.
const CONNECTIONS: usize = 512;
/// How long a client may take to send its headers.
const HEADERS: Duration = Duration::from_secs(20);
/// Bytes of request line and headers.
const HEADER_BYTES: usize = 64 * 1024;
/// How long requests under way may take once the node is stopping.
const FAREWELL: Duration = Duration::from_secs(5);
/// How long to wait when no connection can be taken, for instance because no file descriptor is left.
const PAUSE: Duration = Duration::from_millis(200);
/// What one connection too many hears.
const TOO_MANY: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\n\
    Retry-After: 1\r\nConnection: close\r\nContent-Length: 129\r\n\r\n\
    {\"type\":\"urn:mentormesh:problem:busy\",\"title\":\"busy\",\"status\":503,\"code\":\"busy\",\
    \"detail\":\"too many connections are open already\"}";

/// Serves until `shutdown` ends, then lets requests under way finish for a few seconds.
pub async fn serve(listener: TcpListener, app: App, shutdown: impl Future<Output = ()> + Send) {
    serve_router(listener, super::router(app), shutdown).await;
}

async fn serve_router(listener: TcpListener, router: Router, shutdown: impl Future<Output = ()> + Send) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((socket, from)) => match Arc::clone(&places).try_acquire_owned() {
                Ok(place) => drop(tokio::spawn(converse(socket, from, router.clone(), graceful.watcher(), place))),
                Err(_) => drop(tokio::spawn(turn_away(socket))),
            },
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(FAREWELL, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were still under way when the node stopped");
    }
}

async fn converse(socket: TcpStream, from: SocketAddr, router: Router, watcher: Watcher, place: OwnedSemaphorePermit) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(from));
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_buf_size(HEADER_BYTES)
        .serve_connection(TokioIo::new(socket), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection ended early");
    }
    drop(place);
}

async fn turn_away(mut socket: TcpStream) {
    if let Err(error) = socket.write_all(TOO_MANY).await {
        tracing::debug!(%error, "one connection too many left before it was told");
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::AsyncReadExt;
    use tokio::sync::oneshot;

    use super::*;

    #[test]
    fn what_one_too_many_hears_is_a_whole_answer() {
        let text = std::str::from_utf8(TOO_MANY).expect("text");
        let (head, body) = text.split_once("\r\n\r\n").expect("head and body");
        assert!(head.contains(&format!("Content-Length: {}", body.len())), "the body has {} bytes", body.len());
        let problem: mentormesh_protocol::api::Problem = serde_json::from_str(body).expect("a problem");
        assert_eq!(problem.status, 503);
    }

    #[tokio::test]
    async fn handlers_know_who_asks_and_a_stop_lets_them_finish() {
        let (entered, has_entered) = oneshot::channel::<()>();
        let (stop, stopped) = oneshot::channel::<()>();
        let entered = Arc::new(std::sync::Mutex::new(Some(entered)));
        let router = Router::new().route(
            "/",
            get(async move |ConnectInfo(from): ConnectInfo<SocketAddr>| {
                let entered = entered.lock().expect("not poisoned").take();
                entered.expect("asked once").send(()).expect("the test listens");
                tokio::time::sleep(Duration::from_millis(50)).await;
                from.ip().to_string()
            }),
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let server = tokio::spawn(serve_router(listener, router, async move { stopped.await.expect("told to stop") }));
        let mut client = TcpStream::connect(address).await.expect("a connection");
        client.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.expect("sent");
        has_entered.await.expect("the request is under way");
        stop.send(()).expect("the server runs");
        let mut answer = String::new();
        client.read_to_string(&mut answer).await.expect("an answer and then the end");
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("127.0.0.1"), "{answer}");
        server.await.expect("a clean stop");
    }
}
