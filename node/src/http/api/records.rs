//! `/records/{id}`: any signed record, byte for byte.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use mentormesh_protocol::RecordId;
use utoipa::openapi::schema::{KnownFormat, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};

use crate::http::app::App;
use crate::http::error::Failure;
use crate::http::matching::etag;

/// The media type of an envelope.
const COSE: &str = "application/cose";

/// A signed record's bytes, as the document says them.
pub(super) struct Envelope;

impl utoipa::PartialSchema for Envelope {
    fn schema() -> RefOr<Schema> {
        let bytes = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String));
        bytes.format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary))).content_media_type(COSE).into()
    }
}

impl utoipa::ToSchema for Envelope {}

/// Gives a signed record, byte for byte.
#[utoipa::path(get, path = "/records/{id}", operation_id = "record", tag = "records",
    params(("id" = String, Path, pattern = "^[a-z2-7]{6,52}$", description = "The record's id, or a beginning of it")),
    responses((status = 200, description = "A COSE_Sign1 envelope", body = Envelope, content_type = "application/cose",
        headers(
            ("ETag" = String, description = "The record's id"),
            ("Content-Disposition" = String, description = "A name for the file"),
        ))))]
pub(in crate::http) async fn record(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = app.record_id(&id).await?;
    envelope(&app, id).await
}

/// The envelope of a record that stands here.
pub(super) async fn envelope(app: &App, id: RecordId) -> Result<Response, Failure> {
    let held = app.reading(move |store| {
        let standing = store.envelope(&id)?;
        if standing.is_some() {
            return Ok(standing);
        }
        let operation = store.operations()?.into_iter().find(|operation| operation.id == id);
        Ok(operation.map(|operation| operation.envelope))
    });
    let bytes = held.await?.ok_or_else(|| Failure::not_found("record", &id.to_string()))?;
    let mut response = ([(header::CONTENT_TYPE, COSE)], bytes).into_response();
    let name = HeaderValue::from_str(&format!("attachment; filename=\"{}.cose\"", id.short()));
    response.headers_mut().extend(name.ok().map(|name| (header::CONTENT_DISPOSITION, name)));
    response.headers_mut().extend(etag(&id.to_string()).map(|tag| (header::ETAG, tag)));
    Ok(response)
}
