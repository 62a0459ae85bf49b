//! `/profiles/{id}`: what a mentor shows, and the signed bytes behind it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::{Extension, Json};
use mentormesh_protocol::api::{HideInput, ProfileView};

use super::records;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::MaybeJson;
use crate::search::Viewer;

/// Shows one profile.
#[utoipa::path(get, path = "/profiles/{id}", operation_id = "show_profile", tag = "search",
    params(("id" = String, Path, pattern = "^([a-z2-7]{6,52}\\.)?[a-z2-7]{6,26}$",
        description = "`<organisation>.<listing>`, or beginnings of both")),
    responses((status = 200, description = "The profile", body = ProfileView)))]
pub(in crate::http) async fn show(
    State(app): State<App>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
) -> Result<Json<ProfileView>, Failure> {
    Ok(Json(view(&app, viewer, &id).await?))
}

/// Keeps a mentor of another organisation out of sight at this node: in no search, page or offer, whatever is signed of
/// them later.
///
/// The record stays held and is passed on, and requests under way go on. Nobody elsewhere is told.
#[utoipa::path(put, path = "/profiles/{id}/hidden", operation_id = "hide_profile", tag = "trust",
    request_body(content = Option<HideInput>, description = "May be left out"),
    params(("id" = String, Path, pattern = "^([a-z2-7]{6,52}\\.)?[a-z2-7]{6,26}$",
        description = "`<organisation>.<listing>`, or beginnings of both")),
    responses(
        (status = 204, description = "It is out of sight"),
        (status = 409, description = "It is of this organisation, or too many are hidden"),
    ))]
pub(in crate::http) async fn hide(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
    MaybeJson(input): MaybeJson<HideInput>,
) -> Result<StatusCode, Failure> {
    let id = app.profile_id(&id, Viewer::House).await?;
    app.hiding.hide(&id, &input.why, &asker.word()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shows a mentor again who was kept out of sight.
#[utoipa::path(delete, path = "/profiles/{id}/hidden", operation_id = "unhide_profile", tag = "trust",
    params(("id" = String, Path, pattern = "^([a-z2-7]{6,52}\\.)?[a-z2-7]{6,26}$",
        description = "`<organisation>.<listing>`, or beginnings of both")),
    responses((status = 204, description = "It is shown, if its organisation is")))]
pub(in crate::http) async fn unhide(
    State(app): State<App>,
    Path(id): Path<String>,
    asker: Asker,
) -> Result<StatusCode, Failure> {
    let id = app.profile_id(&id, Viewer::House).await?;
    app.hiding.unhide(&id, &asker.word()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives the signed record that carries a profile, byte for byte.
#[utoipa::path(get, path = "/profiles/{id}/record", operation_id = "profile_record", tag = "search",
    params(("id" = String, Path, pattern = "^([a-z2-7]{6,52}\\.)?[a-z2-7]{6,26}$",
        description = "`<organisation>.<listing>`, or beginnings of both")),
    responses((status = 200, description = "A COSE_Sign1 envelope", body = records::Envelope, content_type = "application/cose",
        headers(
            ("ETag" = String, description = "The record's id"),
            ("Content-Disposition" = String, description = "A name for the file"),
        ))))]
pub(in crate::http) async fn record(
    State(app): State<App>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let profile = view(&app, viewer, &id).await?;
    records::envelope(&app, profile.record).await
}

/// One profile, as this viewer may see it.
pub(in crate::http) async fn view(app: &App, viewer: Viewer, id: &str) -> Result<ProfileView, Failure> {
    let id = app.profile_id(id, viewer).await?;
    Ok(app.search.profile(&id, viewer).await?)
}
