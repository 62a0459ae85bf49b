//! Bad input: each gets its named problem, and changes nothing.

use serde_json::{Value, json};

use crate::harness::gate::places;
use crate::harness::http::Api;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::harness::wait::until_true;

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];

/// A request that must be refused: method, path, headers, body; status and code.
type Bad<'t> = (&'t str, &'t str, &'t [(&'t str, &'t str)], String, u16, &'t str);

/// What the node holds, in every place that a refused request might have touched.
fn everything(api: &Api) -> Vec<Value> {
    let mut held: Vec<Value> = ["/api/v1/listings", "/api/v1/trust", "/api/v1/peers", "/api/v1/organisations"]
        .map(|path| api.get(path).done())
        .to_vec();
    held.push(api.get("/api/v1/sync").done()["organisations"].clone());
    held
}

#[test]
fn every_bad_request_gets_its_named_problem_and_changes_nothing() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    ada.comes_to_find("Ada Okafor");
    let api = ada.api();
    let before = everything(&api);

    let good = mentor("Olu Adeyemi", "Press offices in a crisis");
    let with = |pointer: &str, value: Value| {
        let mut listing = good.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        listing.pointer_mut(parent).unwrap()[key] = value;
        listing.to_string()
    };
    let nobody = "a".repeat(26);
    let somebody_else = format!("{}.{nobody}", ada.org);
    let long_query = format!("/api/v1/search?q={}", "a".repeat(257));
    let many_terms = format!("/api/v1/search?q={}", "a+".repeat(33));
    let listing = format!("/api/v1/listings/{id}");
    let publish_nobody = format!("/api/v1/listings/{nobody}/publish");
    let own_trust = format!("/api/v1/trust/{}", ada.org);
    let profile_nobody = format!("/api/v1/profiles/{somebody_else}");
    let record_nobody = format!("/api/v1/records/{}", "a".repeat(52));
    let huge = format!("{{\"profile\":\"{}\"}}", "x".repeat(2 * 1024 * 1024));

    let table: Vec<Bad<'_>> = vec![
        ("POST", "/api/v1/listings", JSON, huge, 413, "too_large"),
        (
            "POST",
            "/api/v1/listings",
            &[("content-type", "text/plain")],
            good.to_string(),
            415,
            "unsupported_media_type",
        ),
        ("POST", "/api/v1/listings", JSON, "{".to_owned(), 422, "invalid"),
        ("POST", "/api/v1/listings", JSON, String::new(), 422, "invalid"),
        ("POST", "/api/v1/listings", JSON, "[]".to_owned(), 422, "invalid"),
        ("POST", "/api/v1/listings", JSON, with("/profile/date_of_birth", json!("1970-01-01")), 422, "invalid"),
        ("POST", "/api/v1/listings", JSON, with("/surprise", json!(1)), 422, "invalid"),
        ("POST", "/api/v1/listings", JSON, with("/profile/display_name", json!("")), 422, "invalid"),
        ("POST", "/api/v1/listings", JSON, with("/profile/display_name", json!("x".repeat(201))), 422, "invalid"),
        ("POST", "/api/v1/listings", JSON, with("/profile/headline", json!("x".repeat(121))), 422, "invalid"),
        ("POST", "/api/v1/listings", JSON, with("/profile/bio", json!("x".repeat(4_001))), 422, "invalid"),
        ("POST", "/api/v1/listings", JSON, with("/profile/area", json!({ "country": "Britain" })), 422, "invalid"),
        ("POST", "/api/v1/listings", JSON, with("/profile/languages", json!([{ "tag": "not a tag" }])), 422, "invalid"),
        ("POST", "/api/v1/listings", JSON, with("/profile/offers", json!([{ "kind": "forever" }])), 422, "invalid"),
        ("POST", "/api/v1/listings", JSON, with("/profile/links", json!(["http://plain.example"])), 422, "invalid"),
        ("POST", "/api/v1/listings", JSON, with("/profile/practice", json!({ "status": "trainee" })), 422, "invalid"),
        ("POST", "/api/v1/listings", JSON, with("/contact/email", json!("nowhere")), 422, "invalid"),
        ("POST", "/api/v1/listings", JSON, with("/consent/given_on", json!("2026-02-30")), 422, "invalid"),
        ("POST", "/api/v1/listings", JSON, with("/consent/reach", json!("galaxy")), 422, "invalid"),
        ("PUT", &listing, JSON, with("/profile/headline", json!("two\nlines")), 422, "invalid"),
        (
            "PUT",
            &listing,
            &[("content-type", "application/json"), ("if-match", "\"stale\"")],
            good.to_string(),
            412,
            "precondition_failed",
        ),
        ("DELETE", &listing, &[], String::new(), 409, "conflict"),
        ("POST", &publish_nobody, JSON, "{}".to_owned(), 404, "not_found"),
        ("GET", "/api/v1/listings/nobody!", &[], String::new(), 404, "not_found"),
        ("GET", "/api/v1/profiles/not-an-id", &[], String::new(), 404, "not_found"),
        ("GET", &profile_nobody, &[], String::new(), 404, "not_found"),
        ("GET", &record_nobody, &[], String::new(), 404, "not_found"),
        ("GET", "/api/v1/search?limit=0", &[], String::new(), 422, "invalid"),
        ("GET", "/api/v1/search?limit=101", &[], String::new(), 422, "invalid"),
        ("GET", "/api/v1/search?limit=many", &[], String::new(), 422, "invalid"),
        ("GET", "/api/v1/search?limit=100&offset=901", &[], String::new(), 422, "invalid"),
        ("GET", "/api/v1/search?offer=forever", &[], String::new(), 422, "invalid"),
        ("GET", "/api/v1/search?trainee=perhaps", &[], String::new(), 422, "invalid"),
        ("GET", "/api/v1/search?colour=red", &[], String::new(), 422, "invalid"),
        ("GET", &long_query, &[], String::new(), 422, "invalid"),
        ("GET", &many_terms, &[], String::new(), 422, "invalid"),
        ("PUT", "/api/v1/trust", JSON, json!({ "policy": "anarchic" }).to_string(), 422, "invalid"),
        ("PUT", &own_trust, JSON, json!({ "standing": "worshipped" }).to_string(), 422, "invalid"),
        ("POST", "/api/v1/peers", JSON, json!({ "ticket": "mmt1garbage" }).to_string(), 422, "invalid"),
        ("POST", "/api/v1/listings/import", JSON, "{}".to_owned(), 415, "unsupported_media_type"),
        ("POST", "/api/v1/search", JSON, "{}".to_owned(), 405, "method_not_allowed"),
        ("GET", "/api/v1/nothing-here", &[], String::new(), 404, "not_found"),
        ("GET", "/api/v2/search", &[], String::new(), 404, "not_found"),
        ("GET", "/api/v1/introductions?state=lost", &[], String::new(), 422, "invalid"),
        ("POST", "/api/v1/introductions", JSON, "{}".to_owned(), 422, "invalid"),
        ("POST", "/api/v1/introductions/aaaaaaaa/accept", &[], String::new(), 404, "not_found"),
    ];
    let mut wrong = Vec::new();
    for (method, path, headers, body, status, code) in table {
        let answer = api.ask(method, path, headers, body.as_bytes());
        let shown: String = body.chars().take(300).collect();
        if std::panic::catch_unwind(|| answer.refused(status, code)).is_err() {
            wrong.push(format!(
                "{method} {path} with {shown:?}: {status} {code} expected, {} came: {}",
                answer.status,
                answer.text()
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(everything(&api), before, "nothing changed");
}

#[test]
fn a_problem_names_the_field_and_what_would_be_right() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let mut listing = mentor("Olu Adeyemi", "Press offices in a crisis");
    listing["profile"]["offers"] = json!([{ "kind": "micro", "minutes": 5 }]);
    let answer = ada.api().post("/api/v1/listings", &listing);
    answer.refused(422, "invalid");
    let problem = answer.json();
    let field = problem["errors"][0]["field"].as_str().unwrap();
    assert!(field.contains("offers") && field.contains("minutes"), "{problem}");
    assert!(problem["errors"][0]["problem"].as_str().unwrap().contains("180"), "{problem}");
}

#[test]
fn a_query_of_any_bytes_neither_breaks_nor_hangs() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    ada.comes_to_find("Ada Okafor");
    let api = ada.api();
    for query in [
        "%00",
        "%FF%FE",
        "%22",
        "%22%22%22",
        "(((((((",
        "a+AND+OR+NOT",
        "*",
        "%3F",
        "field:",
        "headline:%22",
        "[a+TO+z]",
        "~99",
        "%5E%5E",
        "%5C",
        "%F0%9F%A6%89",
        "%E2%80%AE",
        "-",
        "--",
        "%2B%2B",
        "'%3B+DROP+TABLE+listings%3B--",
        "%3Cscript%3E",
        "%E4%BD%A0%E5%A5%BD",
        "%22the+of+and+to+a+in%22",
    ] {
        let answer = api.get(&format!("/api/v1/search?q={query}"));
        assert!([200, 422].contains(&answer.status), "{query}: {} {}", answer.status, answer.text());
    }
    until_true("the node still answers", || ada.finds("Ada Okafor"));
}
