//! Which refusals each operation can answer, and with which codes.
//!
//! What follows from the shape of an operation (it takes a body, it names something, it needs the token) is added here;
//! what only its handler knows, such as every conflict, stands beside the handler. A status that is in neither place is
//! never answered: stories ask every operation and compare.

use mentormesh_protocol::api::{ErrorCode, FieldProblem, Problem};
use utoipa::openapi::path::{Operation, Parameter, ParameterIn, Paths};
use utoipa::openapi::response::Response;
use utoipa::openapi::schema::{AllOfBuilder, Schema, SchemaType, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{Components, Content, ContentBuilder, HeaderBuilder, ObjectBuilder, Ref, RefOr, ResponseBuilder};
use utoipa::{PartialSchema, ToSchema};

use super::error::PROBLEM_JSON;

/// What comes before a handler is asked: an address or a body that the framework cannot read.
const UNREADABLE: u16 = 400;
/// The refusals that follow from the shape of an operation, each with the sentence that describes it.
const SHAPED: [(u16, &str); 10] = [
    (UNREADABLE, "The address could not be read"),
    (401, "The token or a session is needed, or this one is wrong or over"),
    (403, "Whoever asks may not do this"),
    (404, "Nothing here has this id"),
    (412, "It was changed since it was read"),
    (413, "The body is larger than taken"),
    (415, "The body's media type is not taken here"),
    (422, "Something that was sent breaks a rule"),
    (500, "A fault of the node's own"),
    (503, "Busy, stopping, or taking no writes now: come again"),
];
/// The one refusal of changes alone.
const FULL: (u16, &str) = (507, "The disk of the node is full");

/// Adds the parts that every refusal is made of: the problem itself, and one answer for each status.
pub(super) fn describe(components: &mut Components) {
    let named: [(_, RefOr<Schema>); 3] = [
        (Problem::name(), Problem::schema()),
        (FieldProblem::name(), FieldProblem::schema()),
        (ErrorCode::name(), ErrorCode::schema()),
    ];
    components.schemas.extend(named.into_iter().map(|(name, schema)| (name.into_owned(), schema)));
    for (status, sentence) in SHAPED.into_iter().chain([FULL]) {
        components.responses.insert(name(status), answer(status, sentence.to_owned()).into());
    }
}

/// Adds to every operation what it can be refused with.
pub(super) fn list(paths: &mut Paths) {
    for item in paths.paths.values_mut() {
        if let Some(operation) = &mut item.get {
            refuse(operation, false);
        }
        for operation in [&mut item.put, &mut item.post, &mut item.delete].into_iter().flatten() {
            refuse(operation, true);
        }
    }
}

fn refuse(operation: &mut Operation, changes: bool) {
    write_down(operation);
    let mut statuses = shaped(operation);
    statuses.extend(changes.then_some(FULL.0));
    for status in statuses {
        let shared = Ref::from_response_name(name(status));
        operation.responses.responses.entry(status.to_string()).or_insert_with(|| shared.into());
    }
}

/// Gives the refusals that a handler names their form.
fn write_down(operation: &mut Operation) {
    for (status, said) in &mut operation.responses.responses {
        let status = status.parse().unwrap_or(0);
        if let RefOr::T(response) = said
            && status >= 400
            && response.content.is_empty()
        {
            *response = answer(status, std::mem::take(&mut response.description));
        }
    }
}

/// What can be refused in an operation of this shape.
fn shaped(operation: &Operation) -> Vec<u16> {
    let takes = |place: ParameterIn| parameters(operation).any(|parameter| parameter.parameter_in == place);
    let takes_header = |name: &str| parameters(operation).any(|parameter| parameter.name == name);
    // What nobody guards is for those who watch the node: it does not wait for a place, and has nothing to fail at.
    let guarded = operation.security.is_some();
    let body = operation.request_body.is_some();
    let mut statuses = vec![503];
    if guarded {
        statuses.extend([401, 500]);
    }
    // Where nobody needs to say who they are, nobody is the wrong one.
    if operation.security.as_ref().is_some_and(|needed| !needed.contains(&SecurityRequirement::default())) {
        statuses.push(403);
    }
    if takes(ParameterIn::Path) {
        statuses.extend([UNREADABLE, 404, 422]);
    }
    if takes(ParameterIn::Query) || takes(ParameterIn::Header) {
        statuses.push(422);
    }
    if takes_header("If-Match") {
        statuses.push(412);
    }
    if body {
        statuses.extend([413, 415, 422]);
    }
    statuses
}

fn parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
        RefOr::T(parameter) => Some(parameter),
        RefOr::Ref(_) => None,
    })
}

fn name(status: u16) -> String {
    format!("Refused{status}")
}

/// A refusal of this status: a problem for programs, a page for people.
fn answer(status: u16, sentence: String) -> Response {
    let header =
        |sentence: &str, kind: Type| HeaderBuilder::new().schema(Some(of(kind))).description(Some(sentence)).build();
    let page = ContentBuilder::new().schema(Some(of(Type::String))).build();
    let mut answer = ResponseBuilder::new()
        .description(sentence)
        .content(PROBLEM_JSON, problem(status))
        .content("text/html", page)
        .build();
    if status == 401 {
        let scheme = header("`Bearer`, the scheme that is taken", Type::String);
        answer.headers.insert("WWW-Authenticate".to_owned(), scheme.into());
    }
    if matches!(status, 503 | 507) {
        let wait = header("Seconds after which trying again makes sense", Type::Integer);
        answer.headers.insert("Retry-After".to_owned(), wait.into());
    }
    answer
}

fn of(kind: Type) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(kind))
}

/// A problem whose code is one of those that go with the status.
fn problem(status: u16) -> Content {
    let fits = |code: &ErrorCode| code.status() == status || status == UNREADABLE && *code == ErrorCode::Invalid;
    let codes = ErrorCode::ALL.into_iter().filter(fits).filter_map(|code| serde_json::to_value(code).ok());
    let narrowed = ObjectBuilder::new()
        .property("status", of(Type::Integer).enum_values(Some([status])))
        .property("code", of(Type::String).enum_values(Some(codes)));
    let schema = AllOfBuilder::new().item(Ref::from_schema_name(Problem::name())).item(narrowed);
    ContentBuilder::new().schema(Some(schema)).build()
}
