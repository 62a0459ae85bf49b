//! `/openapi.json`: what the table says of itself, and the few things that hold for all of it.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::routing::get;
use mentormesh_protocol::api::{ErrorCode, FieldProblem, Problem};
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    Components, ContentBuilder, InfoBuilder, License, OpenApi, OpenApiBuilder, Ref, RefOr, ResponseBuilder,
};
use utoipa::{PartialSchema, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use crate::http::error::PROBLEM_JSON;

/// What the bearer scheme is called in the document.
const TOKEN: &str = "token";

/// An empty table that says whose it is.
pub(in crate::http) fn described<S: Clone + Send + Sync + 'static>() -> OpenApiRouter<S> {
    let description = "One node of a mentor register without a centre. Searching and reading profiles need no token \
        from the node's own machine; everything else does. Every refusal is an RFC 9457 problem with a stable `code`.";
    let info = InfoBuilder::new()
        .title("Mentormesh")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(description))
        .license(Some(License::new(env!("CARGO_PKG_LICENSE"))))
        .build();
    OpenApiRouter::with_openapi(OpenApiBuilder::new().info(info).build())
}

/// Adds what holds for every operation: the token, and how a refusal looks.
pub(in crate::http) fn finished(mut document: OpenApi) -> OpenApi {
    let components = document.components.get_or_insert_with(Components::new);
    let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    components.add_security_scheme(TOKEN, scheme);
    let named: [(_, RefOr<Schema>); 3] = [
        (Problem::name(), Problem::schema()),
        (FieldProblem::name(), FieldProblem::schema()),
        (ErrorCode::name(), ErrorCode::schema()),
    ];
    components.schemas.extend(named.into_iter().map(|(name, schema)| (name.into_owned(), schema)));
    for (path, item) in &mut document.paths.paths {
        let open = matches!(path.as_str(), "/livez" | "/readyz");
        for operation in operations(item) {
            refusals(operation);
            if !open {
                let token = SecurityRequirement::new(TOKEN, Vec::<String>::new());
                operation.security = Some(vec![token]);
            }
        }
    }
    document
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete].into_iter().filter_map(Option::as_mut)
}

fn refusals(operation: &mut Operation) {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build();
    let response = ResponseBuilder::new().description("Why it was refused").content(PROBLEM_JSON, content).build();
    operation.responses.responses.insert("default".to_owned(), response.into());
}

/// Serves the document, written once.
pub(in crate::http) fn route(document: OpenApi) -> Router {
    let text: Arc<str> = finished(document).to_json().unwrap_or_default().into();
    Router::new().route(
        "/openapi.json",
        get(move || {
            let text = text.to_string();
            async move { ([(header::CONTENT_TYPE, "application/json")], text) }
        }),
    )
}
