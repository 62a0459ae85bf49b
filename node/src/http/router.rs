//! The table: every address, who may ask for it, and the layers that each request passes, outermost last.

use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::{Extension, Router};
use tower_http::timeout::RequestBodyTimeoutLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use super::api::{
    audit, calendar, document, health, introductions, listings, mail, organisations, own_card, peers, people, personal,
    profiles, records, rights, search, status, sync, trust,
};
use super::app::App;
use super::error::speak;
use super::guard::admit;
use super::headers::protect;
use super::load::{BODY_PAUSE, BODY_READ, IMPORT_BODY, to_the_end};
use super::meters::measure;
use super::web;

/// Everything that a node answers over HTTP.
pub fn router(app: App) -> Router {
    let (guard, load, meters) = (app.guard.clone(), app.load.clone(), app.meters.clone());
    let (addresses, document) = addresses();
    addresses
        .with_state(app)
        .layer(from_fn_with_state(guard, admit))
        .layer(Extension(document::Written::new(&document)))
        .layer(DefaultBodyLimit::max(BODY_READ))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(from_fn_with_state(load, to_the_end))
        .layer(from_fn_with_state(meters, measure))
        .layer(from_fn(speak))
        .layer(from_fn(protect))
}

/// Every address there is, and the document of those that are for programs.
fn addresses() -> (Router<App>, OpenApi) {
    let (api, document) = table().split_for_parts();
    (api.merge(web::all()), document::finished(document))
}

/// The API and its document, which cannot disagree because they are one table. Who may ask for what is another, in
/// `access.rs`.
fn table() -> OpenApiRouter<App> {
    let api = OpenApiRouter::new()
        .routes(routes!(search::search))
        .routes(routes!(profiles::show))
        .routes(routes!(profiles::record))
        .routes(routes!(records::record))
        .routes(routes!(profiles::hide, profiles::unhide))
        .routes(routes!(listings::list, listings::add))
        .routes(routes!(listings::import).layer(DefaultBodyLimit::max(IMPORT_BODY)))
        .routes(routes!(listings::show, listings::edit, listings::delete))
        .routes(routes!(listings::publish))
        .routes(routes!(listings::confirm))
        .routes(routes!(listings::invite))
        .routes(routes!(listings::withdraw))
        .routes(routes!(listings::pause))
        .routes(routes!(listings::resume))
        .routes(routes!(rights::receipts))
        .routes(routes!(rights::list, rights::file))
        .routes(routes!(rights::filed))
        .routes(routes!(rights::show))
        .routes(routes!(rights::close))
        .routes(routes!(introductions::list, introductions::send))
        .routes(routes!(introductions::show))
        .routes(routes!(calendar::show))
        .routes(routes!(introductions::question))
        .routes(routes!(introductions::answer))
        .routes(routes!(introductions::explore))
        .routes(routes!(introductions::accept))
        .routes(routes!(introductions::decline))
        .routes(routes!(introductions::withdraw))
        .routes(routes!(introductions::lift_block))
        .routes(routes!(introductions::put_aside, introductions::take_back))
        .routes(routes!(mail::list))
        .routes(routes!(mail::show))
        .routes(routes!(mail::retry))
        .routes(routes!(mail::test))
        .routes(routes!(audit::list))
        .routes(routes!(people::list, people::add))
        .routes(routes!(people::change))
        .routes(routes!(people::link))
        .routes(routes!(personal::export))
        .routes(routes!(personal::erase))
        .routes(routes!(organisations::list))
        .routes(routes!(organisations::show_own, own_card::edit))
        .routes(routes!(own_card::replace_sealing_key))
        .routes(routes!(organisations::show))
        .routes(routes!(organisations::operations))
        .routes(routes!(trust::show, trust::set_policy))
        .routes(routes!(trust::set_standing))
        .routes(routes!(peers::list, peers::join))
        .routes(routes!(peers::ticket))
        .routes(routes!(peers::set_blocked))
        .routes(routes!(sync::show, sync::now))
        .routes(routes!(status::show));
    document::described()
        .nest("/api/v1", api)
        .routes(routes!(health::metrics))
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
        .routes(routes!(document::show))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::super::access::TABLE;
    use super::*;

    fn written() -> serde_json::Value {
        let (_, document) = addresses();
        serde_json::to_value(document).expect("a document")
    }

    fn operations(document: &serde_json::Value) -> Vec<(String, &serde_json::Value)> {
        let paths = document.get("paths").and_then(|paths| paths.as_object()).expect("paths");
        let mut operations = Vec::new();
        for (path, item) in paths {
            for method in ["get", "put", "post", "delete", "patch", "head", "options", "trace"] {
                operations
                    .extend(item.get(method).map(|operation| (format!("{} {path}", method.to_uppercase()), operation)));
            }
        }
        operations
    }

    /// Every method and address that a router answers, as the router itself says.
    ///
    /// axum has no list of its routes; what it shows of itself to developers has: a method router with its `Allow` under
    /// each route's number, and below them each number's path.
    fn routes<S>(router: &Router<S>) -> BTreeSet<String> {
        let shown = format!("{router:?}");
        let (shown, _) = shown.split_once("fallback_router").expect("the paths come before the fallbacks");
        let (routes, paths) = shown.split_once("paths: {").expect("the routes come before their paths");
        let numbered = |text: &str| -> BTreeMap<String, String> {
            let entries = text.split("RouteId(").skip(1).filter_map(|entry| entry.split_once("): "));
            entries.map(|(number, said)| (number.to_owned(), said.to_owned())).collect()
        };
        let paths = numbered(paths);
        let mut all = BTreeSet::new();
        for (number, route) in numbered(routes) {
            let path = paths.get(&number).and_then(|said| said.split('"').nth(1)).expect("every route has a path");
            let allow = route.split("allow_header: ").nth(1).and_then(|said| said.split('"').nth(1));
            let methods = allow.expect("every route is a table of methods").split(',');
            all.extend(methods.filter(|method| *method != "HEAD").map(|method| format!("{method} {path}")));
        }
        all
    }

    #[test]
    fn the_document_lists_every_route_but_the_pages_and_nothing_else() {
        let (router, _) = addresses();
        let pages = routes(&web::all());
        assert!(pages.contains("GET /privacy"), "{pages:?}");
        let answered: BTreeSet<_> = routes(&router).difference(&pages).cloned().collect();
        let document = written();
        let listed: BTreeSet<_> = operations(&document).into_iter().map(|(name, _)| name).collect();
        assert_eq!(answered, listed);
        assert!(listed.contains("PUT /api/v1/peers/{id}") && listed.len() > 40, "{listed:?}");
    }

    #[test]
    fn every_route_has_its_line_in_the_table_of_who_may_ask_and_no_line_is_idle() {
        let (router, _) = addresses();
        let lines = TABLE.iter().map(|(method, route, _)| format!("{method} {route}"));
        let listed: BTreeSet<_> = lines.clone().collect();
        assert_eq!(listed.len(), lines.count(), "no line is there twice");
        assert_eq!(routes(&router), listed);
    }

    #[test]
    fn a_route_that_nobody_described_is_seen() {
        let (router, _) = addresses();
        let secret = || async {};
        let more = router.route("/api/v1/secret", axum::routing::patch(secret).get(secret));
        for route in ["PATCH /api/v1/secret", "GET /api/v1/secret"] {
            assert!(routes(&more).contains(route), "{:?}", routes(&more));
        }
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
            let responses = says.get("responses").and_then(|responses| responses.as_object()).expect("responses");
            assert!(responses.contains_key("503") && !responses.contains_key("default"), "{operation}");
            assert!(says.get("summary").is_some(), "{operation} says what it does");
            for (media, taken) in
                says.pointer("/requestBody/content").and_then(|all| all.as_object()).into_iter().flatten()
            {
                assert!(taken.get("example").is_some(), "{operation} shows no {media}");
            }
            let name = says.get("operationId").and_then(|name| name.as_str()).expect("a name");
            assert!(names.insert(name.to_owned()), "{name} names two operations");
        }
    }
}
