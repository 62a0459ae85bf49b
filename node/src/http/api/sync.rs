//! `/sync`: how equal this node is to others, and making it so now.

use axum::Json as Answered;
use axum::extract::State;
use mentormesh_protocol::api::{SyncOrganisation, SyncView};

use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;

/// Shows each organisation's set here and each peer's last session; equal fingerprints mean equal sets.
#[utoipa::path(get, path = "/sync", operation_id = "show_sync", tag = "sync",
    responses((status = 200, description = "Where sync stands", body = SyncView)))]
pub(in crate::http) async fn show(State(app): State<App>) -> Result<Answered<SyncView>, Failure> {
    let view = app.view();
    let network = app.network.clone();
    let organisations = app.reading(move |_| {
        let heads = view.organisations.iter().map(|(id, known)| {
            let (count, fingerprint, max_sequence) = network.head(id)?;
            Ok(SyncOrganisation { id: *id, count, fingerprint, max_sequence, hidden: !known.why.shown() })
        });
        heads.collect::<Result<Vec<_>, Failure>>()
    });
    Ok(Answered(SyncView { organisations: organisations.await?, peers: app.network.sync_peers().await }))
}

/// Compares with every peer now, and shows how that went.
#[utoipa::path(post, path = "/sync", operation_id = "sync_now", tag = "sync",
    responses((status = 200, description = "Where sync stands", body = SyncView)))]
pub(in crate::http) async fn now(State(app): State<App>, asker: Asker) -> Result<Answered<SyncView>, Failure> {
    app.network.sync_now().await?;
    app.desk.audit(&asker.word(), "sync.asked", "self", "").await?;
    show(State(app)).await
}
