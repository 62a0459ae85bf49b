//! The table: every address, who may ask for it, and the layers that each request passes, outermost last.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::timeout::RequestBodyTimeoutLayer;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use super::api::{
    document, health, introductions, listings, organisations, own_card, peers, profiles, records, search, status, sync,
    trust,
};
use super::app::App;
use super::error::speak;
use super::guard::{Gate, reader, registrar};
use super::headers::protect;
use super::load::{BODY_PAUSE, BODY_READ, IMPORT_BODY, to_the_end};
use super::meters::measure;
use super::web;

/// Everything that a node answers over HTTP.
pub fn router(app: App) -> Router {
    let (api, document) = table(app.gate).split_for_parts();
    let (gate, load, meters) = (app.gate, app.load.clone(), app.meters.clone());
    api.merge(web::pages().route_layer(from_fn_with_state(gate, reader)))
        .merge(web::notices())
        .merge(web::files())
        .with_state(app)
        .merge(document::route(document))
        .layer(DefaultBodyLimit::max(BODY_READ))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(from_fn_with_state(load, to_the_end))
        .layer(from_fn_with_state(meters, measure))
        .layer(from_fn(speak))
        .layer(from_fn(protect))
}

/// The API and its document, which cannot disagree because they are one table.
fn table(gate: Gate) -> OpenApiRouter<App> {
    let for_readers = OpenApiRouter::new()
        .routes(routes!(search::search))
        .routes(routes!(profiles::show))
        .routes(routes!(profiles::record))
        .route_layer(from_fn_with_state(gate, reader));
    let for_registrar = OpenApiRouter::new()
        .routes(routes!(records::record))
        .routes(routes!(listings::list, listings::add))
        .routes(routes!(listings::import).layer(DefaultBodyLimit::max(IMPORT_BODY)))
        .routes(routes!(listings::show, listings::edit, listings::delete))
        .routes(routes!(listings::publish))
        .routes(routes!(listings::confirm))
        .routes(routes!(listings::withdraw))
        .routes(routes!(introductions::list, introductions::send))
        .routes(routes!(introductions::show))
        .routes(routes!(introductions::question))
        .routes(routes!(introductions::answer))
        .routes(routes!(introductions::explore))
        .routes(routes!(introductions::accept))
        .routes(routes!(introductions::decline))
        .routes(routes!(introductions::withdraw))
        .routes(routes!(organisations::list))
        .routes(routes!(own_card::edit))
        .routes(routes!(own_card::replace_sealing_key))
        .routes(routes!(organisations::show))
        .routes(routes!(organisations::operations))
        .routes(routes!(trust::show, trust::set_policy))
        .routes(routes!(trust::set_standing))
        .routes(routes!(peers::list, peers::join))
        .routes(routes!(peers::ticket))
        .routes(routes!(peers::set_blocked))
        .routes(routes!(sync::show, sync::now))
        .routes(routes!(status::show))
        .route_layer(from_fn_with_state(gate, registrar));
    let for_machines =
        OpenApiRouter::new().routes(routes!(health::metrics)).route_layer(from_fn_with_state(gate, reader));
    let for_anybody = OpenApiRouter::new().routes(routes!(health::live)).routes(routes!(health::ready));
    document::described()
        .nest("/api/v1", for_readers)
        .nest("/api/v1", for_registrar)
        .merge(for_machines)
        .merge(for_anybody)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What the design promises to those who write clients.
    const PROMISED: [&str; 40] = [
        "GET /api/v1/search",
        "GET /api/v1/profiles/{id}",
        "GET /api/v1/profiles/{id}/record",
        "GET /api/v1/records/{id}",
        "GET /api/v1/listings",
        "POST /api/v1/listings",
        "POST /api/v1/listings/import",
        "GET /api/v1/listings/{id}",
        "PUT /api/v1/listings/{id}",
        "DELETE /api/v1/listings/{id}",
        "POST /api/v1/listings/{id}/publish",
        "POST /api/v1/listings/{id}/confirm",
        "POST /api/v1/listings/{id}/withdraw",
        "GET /api/v1/introductions",
        "POST /api/v1/introductions",
        "GET /api/v1/introductions/{id}",
        "POST /api/v1/introductions/{id}/question",
        "POST /api/v1/introductions/{id}/answer",
        "POST /api/v1/introductions/{id}/explore",
        "POST /api/v1/introductions/{id}/accept",
        "POST /api/v1/introductions/{id}/decline",
        "POST /api/v1/introductions/{id}/withdraw",
        "GET /api/v1/organisations",
        "PUT /api/v1/organisations/self",
        "POST /api/v1/organisations/self/sealing-key",
        "GET /api/v1/organisations/{id}",
        "GET /api/v1/organisations/{id}/operations",
        "GET /api/v1/trust",
        "PUT /api/v1/trust",
        "PUT /api/v1/trust/{organisation}",
        "GET /api/v1/peers",
        "POST /api/v1/peers",
        "POST /api/v1/peers/ticket",
        "PUT /api/v1/peers/{id}",
        "GET /api/v1/sync",
        "POST /api/v1/sync",
        "GET /api/v1/status",
        "GET /metrics",
        "GET /livez",
        "GET /readyz",
    ];

    fn written() -> serde_json::Value {
        let (_, document) = table(Gate::new("ada's token", false)).split_for_parts();
        serde_json::to_value(document::finished(document)).expect("a document")
    }

    fn operations(document: &serde_json::Value) -> Vec<(String, &serde_json::Value)> {
        let paths = document.get("paths").and_then(|paths| paths.as_object()).expect("paths");
        let mut operations = Vec::new();
        for (path, item) in paths {
            for method in ["get", "put", "post", "delete"] {
                operations
                    .extend(item.get(method).map(|operation| (format!("{} {path}", method.to_uppercase()), operation)));
            }
        }
        operations
    }

    #[test]
    fn the_document_lists_what_is_promised_and_nothing_else() {
        let document = written();
        let listed: BTreeSet<_> = operations(&document).into_iter().map(|(name, _)| name).collect();
        let promised: BTreeSet<_> = PROMISED.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(listed, promised);
    }

    #[test]
    fn the_document_is_of_version_3_1_and_every_reference_in_it_resolves() {
        let document = written();
        assert!(document.get("openapi").and_then(|version| version.as_str()).expect("a version").starts_with("3.1"));
        let text = document.to_string();
        for reference in text.split("\"$ref\":\"#").skip(1) {
            let pointer = reference.split('"').next().expect("a pointer");
            assert!(document.pointer(pointer).is_some(), "{pointer} leads nowhere");
        }
    }

    #[test]
    fn every_operation_has_its_own_name_and_says_how_it_refuses() {
        let document = written();
        let mut names = BTreeSet::new();
        for (operation, says) in operations(&document) {
            assert!(says.pointer("/responses/default/content/application~1problem+json").is_some(), "{operation}");
            assert!(says.get("summary").is_some(), "{operation} says what it does");
            let name = says.get("operationId").and_then(|name| name.as_str()).expect("a name");
            assert!(names.insert(name.to_owned()), "{name} names two operations");
        }
    }
}
