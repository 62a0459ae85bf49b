//! `/openapi.json`: what the table says of itself, and the few things that hold for all of it.

use std::sync::Arc;

use axum::Extension;
use axum::http::{Method, header};
use axum::response::IntoResponse;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::{Operation, ParameterIn, PathItem, Paths};
use utoipa::openapi::schema::{Schema, SchemaType, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Components, InfoBuilder, License, OpenApi, OpenApiBuilder, RefOr};
use utoipa_axum::router::OpenApiRouter;

use crate::http::access::{self, Access};
use crate::http::{examples, refusals};

/// What the bearer scheme is called in the document.
const TOKEN: &str = "token";
/// What a session's cookie is called in the document.
const SESSION: &str = "session";
/// Where the document says of each operation who may ask for it.
const MAY: &str = "x-may";

/// An empty table that says whose it is.
pub(in crate::http) fn described<S: Clone + Send + Sync + 'static>() -> OpenApiRouter<S> {
    let description = "One node of a mentor register without a centre. Searching and reading profiles need no token \
        from the node's own machine; everything else needs the registrar's token or somebody signed in, as `x-may` says. Every refusal is an RFC 9457 problem with a stable `code`.";
    let info = InfoBuilder::new()
        .title("Mentormesh")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(description))
        .license(Some(License::new(env!("CARGO_PKG_LICENSE"))))
        .build();
    OpenApiRouter::with_openapi(OpenApiBuilder::new().info(info).build())
}

/// Says of an operation what it needs, as the table of who may ask has it.
fn guard(operation: &mut Operation, access: Access) {
    let token = || SecurityRequirement::new(TOKEN, Vec::<String>::new());
    let session = || SecurityRequirement::new(SESSION, Vec::<String>::new());
    operation.security = match access {
        Access::Anybody | Access::OwnPage => None,
        Access::Readers => Some(vec![token(), session(), SecurityRequirement::default()]),
        Access::SignedIn | Access::Desk(_) => Some(vec![session()]),
        Access::Own | Access::Staff(_) => Some(vec![token(), session()]),
    };
    let may: Extensions = [(MAY, serde_json::json!(access.words()))].into_iter().collect();
    operation.extensions.get_or_insert_default().merge(may);
}

fn guard_all(paths: &mut Paths) {
    for (path, item) in &mut paths.paths {
        let methods = [
            (Method::GET, &mut item.get),
            (Method::PUT, &mut item.put),
            (Method::POST, &mut item.post),
            (Method::DELETE, &mut item.delete),
        ];
        for (method, operation) in methods {
            if let (Some(operation), Some(access)) = (operation, access::of(&method, path)) {
                guard(operation, access);
            }
        }
    }
}

/// Adds what holds for every operation: the token, and how a refusal looks.
pub(in crate::http) fn finished(mut document: OpenApi) -> OpenApi {
    let components = document.components.get_or_insert_with(Components::new);
    let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    components.add_security_scheme(TOKEN, scheme);
    let cookie = "Of whoever signed in at /sign-in; with it, a change must come from a page of this node. Where the node \
        is not reached over https the cookie has another name.";
    let cookie = ApiKeyValue::with_description("__Host-mentormesh", cookie);
    components.add_security_scheme(SESSION, SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    refusals::describe(components);
    for operation in document.paths.paths.values_mut().flat_map(operations) {
        never_null(operation);
        show_bodies(operation);
    }
    guard_all(&mut document.paths);
    refusals::list(&mut document.paths);
    document
}

/// Every operation of an address; the router has no others.
fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete].into_iter().filter_map(Option::as_mut)
}

/// A body is given or left out, and looks like its example.
fn show_bodies(operation: &mut Operation) {
    let id = operation.operation_id.clone().unwrap_or_default();
    let Some(RefOr::T(body)) = &mut operation.request_body else { return };
    for (media, taken) in &mut body.content {
        if let RefOr::T(content) = taken {
            content.schema = content.schema.take().map(without_null);
            content.example = examples::of(&id, media);
        }
    }
}

/// A parameter is given or left out; no word means that it is not there.
fn never_null(operation: &mut Operation) {
    let parameters = operation.parameters.iter_mut().flatten().filter_map(|parameter| match parameter {
        RefOr::T(parameter) => Some(parameter),
        RefOr::Ref(_) => None,
    });
    for parameter in parameters.filter(|parameter| parameter.parameter_in != ParameterIn::Path) {
        parameter.schema = parameter.schema.take().map(without_null);
    }
}

fn without_null(schema: RefOr<Schema>) -> RefOr<Schema> {
    let given = |kind: SchemaType| match kind {
        SchemaType::Array(kinds) => {
            let mut kinds = kinds.into_iter().filter(|kind| *kind != Type::Null);
            kinds.next().map_or(SchemaType::AnyValue, SchemaType::Type)
        }
        SchemaType::Type(_) | SchemaType::AnyValue => kind,
    };
    let is_null = |one: &RefOr<Schema>| matches!(one, RefOr::T(Schema::Object(object)) if object.schema_type == SchemaType::Type(Type::Null));
    match schema {
        RefOr::T(Schema::Object(mut object)) => {
            object.schema_type = given(object.schema_type);
            RefOr::T(Schema::Object(object))
        }
        RefOr::T(Schema::Array(mut list)) => {
            list.schema_type = given(list.schema_type);
            RefOr::T(Schema::Array(list))
        }
        RefOr::T(Schema::OneOf(mut choice)) => {
            choice.items.retain(|one| !is_null(one));
            match choice.items.pop() {
                Some(only) if choice.items.is_empty() => only,
                last => {
                    choice.items.extend(last);
                    RefOr::T(Schema::OneOf(choice))
                }
            }
        }
        other @ (RefOr::Ref(_) | RefOr::T(_)) => other,
    }
}

/// The document as it is answered, written once.
#[derive(Clone, Debug)]
pub(in crate::http) struct Written(Arc<str>);

impl Written {
    pub(in crate::http) fn new(document: &OpenApi) -> Self {
        Self(document.to_json().unwrap_or_default().into())
    }
}

/// Gives this document.
#[utoipa::path(get, path = "/openapi.json", operation_id = "openapi", tag = "node",
    responses((status = 200, description = "An OpenAPI 3.1 document", body = serde_json::Value)))]
pub(in crate::http) async fn show(Extension(Written(text)): Extension<Written>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], text.to_string())
}
