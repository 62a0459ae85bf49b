//! `/livez`, `/readyz`, `/metrics`: for the machines that watch the node.

use axum::Json as Answered;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use mentormesh_protocol::api::{Problem, Ready};

use super::status::records;
use crate::http::app::App;
use crate::http::error::Failure;
use crate::http::meters::{OPEN_METRICS, Reading};

/// Says that the process answers.
#[utoipa::path(get, path = "/livez", operation_id = "live", tag = "health",
    responses((status = 200, description = "It does", body = String, content_type = "text/plain")))]
pub(in crate::http) async fn live() -> &'static str {
    "ok\n"
}

/// Says whether the node can read what it holds and keep what it is given, and in which named states it is.
#[utoipa::path(get, path = "/readyz", operation_id = "ready", tag = "health",
    responses(
        (status = 200, description = "It can", body = Ready),
        (status = 503, description = "It cannot, and why", body = Problem, content_type = "application/problem+json"),
    ))]
pub(in crate::http) async fn ready(State(app): State<App>) -> Result<Answered<Ready>, Failure> {
    let states = app.states.borrow().clone();
    match trouble(&app).await {
        None => Ok(Answered(Ready { ready: true, states })),
        Some(failure) => {
            // Whoever watches asks for 503; the code still says what it is.
            let mut problem = Problem { status: 503, ..failure.problem().clone() };
            if !states.is_empty() {
                problem.next = Some(format!("docs/OPERATING.md says what to do about: {}", states.join(", ")));
            }
            Err(problem.into())
        }
    }
}

/// Gives every meter in OpenMetrics form.
#[utoipa::path(get, path = "/metrics", operation_id = "metrics", tag = "health",
    responses((status = 200, description = "OpenMetrics", body = String, content_type = "application/openmetrics-text")))]
pub(in crate::http) async fn metrics(State(app): State<App>) -> Result<impl IntoResponse, Failure> {
    let view = app.view();
    let counts = records(&view);
    let peers = app.network.peers().await;
    let waiting = app.introductions.waiting().await?;
    let reading = Reading {
        own: counts.own,
        others: counts.others,
        mentors: counts.searchable,
        organisations: view.organisations.len() as u64,
        peers: peers.iter().filter(|peer| peer.connected).count() as u64,
        peers_known: peers.len() as u64,
        store_bytes: app.reading(|store| Ok(store.size())).await?,
        ready: trouble(&app).await.is_none(),
        listings: app.desk.listing_counts().await?.into_iter().collect(),
        introductions_waiting: waiting.count,
        letters_waiting: waiting.outbox,
        letters_kept: waiting.kept,
        kept_too_long: app.desk.last_purge().await?.map_or(0, |last| last.older),
        started_at: app.started_at.0 / 1000,
    };
    let text = app.meters.write(&reading).map_err(|error| Failure::fault(&error))?;
    Ok(([(header::CONTENT_TYPE, OPEN_METRICS)], text))
}

/// Why the node cannot serve, found out by one real read of store and desk and a look at the room on their disk.
pub(super) async fn trouble(app: &App) -> Option<Failure> {
    let store = app.reading(|store| {
        store.probe()?;
        Ok(store.check_room()?)
    });
    if let Err(failure) = store.await {
        return Some(failure);
    }
    app.desk.probe().await.err().map(Failure::from)
}
