//! Every operation of the document is refused in every way that its shape allows, and each refusal is described.

use serde_json::{Value, json};

use super::judge::{Asked, Document, Operation};
use crate::harness::gate::places;
use crate::harness::http::{Answer, Api};
use crate::harness::introductions::request;
use crate::harness::node::Node;
use crate::harness::people::mentor;

/// One byte more than the 64 KiB that are taken.
const TOO_LARGE: usize = 64 * 1024 + 1;
/// A beginning of an id that no list or register of these stories holds; it is letters of base32 and base58 alike.
const NOBODY: &str = "zzzzzz";

impl Operation {
    fn path(&self) -> String {
        self.template.replace("{id}", NOBODY).replace("{organisation}", NOBODY)
    }

    fn names_something(&self) -> bool {
        self.template.contains('{')
    }

    fn takes(&self, media: &str) -> bool {
        self.says["requestBody"]["content"].get(media).is_some()
    }

    fn takes_a_query(&self) -> bool {
        let parameters = self.says["parameters"].as_array();
        parameters.is_some_and(|all| all.iter().any(|parameter| parameter["in"] == "query"))
    }

    fn is_guarded(&self) -> bool {
        self.says["security"].is_array()
    }
}

#[track_caller]
fn ask(document: &Document, api: &Api, one: &Operation, query: &str, media: &str, body: &[u8]) -> Answer {
    let headers = [("content-type", media)];
    let headers = if media.is_empty() { &headers[1..] } else { &headers[..] };
    let path = format!("{}{query}", one.path());
    document.ask(api, &Asked { method: &one.method, template: &one.template, path: &path, headers, body })
}

#[test]
fn every_refusal_is_one_that_the_document_describes() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let api = ada.api();
    let document = Document::new(api.get("/openapi.json").done());
    let stranger = api.with_token(Some("not the token"));
    for one in document.operations() {
        let (json, name) = ("application/json", format!("{} {}", one.method, one.template));
        if one.is_guarded() {
            ask(&document, &stranger, &one, "", json, b"{}").refused(401, "unauthorised");
        }
        let example = &one.says["requestBody"]["content"][json]["example"];
        let text = if example.is_null() { String::new() } else { example.to_string() };
        let media = if text.is_empty() { "" } else { json };
        if one.names_something() {
            ask(&document, &api, &one, "", media, text.as_bytes()).refused(404, "not_found");
        }
        if one.takes(json) {
            ask(&document, &api, &one, "", "text/plain", b"hello").refused(415, "unsupported_media_type");
            ask(&document, &api, &one, "", json, &vec![b' '; TOO_LARGE]).refused(413, "too_large");
            for body in [r#"{"no such field":1}"#, "{", "[]", "\"\u{1}\""] {
                ask(&document, &api, &one, "", json, body.as_bytes()).refused(422, "invalid");
            }
        }
        if one.takes_a_query() {
            let media = if one.takes("text/csv") { "text/csv" } else { "" };
            ask(&document, &api, &one, "?no_such_filter=1", media, b"").refused(422, "invalid");
        }
        // Whoever prefers to read a page gets one.
        if one.is_guarded() {
            let asked = Asked {
                method: &one.method,
                template: &one.template,
                path: &one.path(),
                headers: &[("accept", "text/html")],
                body: b"",
            };
            let page = document.ask(&stranger, &asked);
            assert!(page.header("content-type").starts_with("text/html"), "{name}");
        }
    }
}

#[test]
fn refusals_that_only_a_handler_knows_are_described_too() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let api = ada.api();
    let document = Document::new(api.get("/openapi.json").done());
    let ask = |method, template: &str, path: &str, headers: &[(&str, &str)], body: &Value| {
        let mut all = headers.to_vec();
        all.push(("content-type", "application/json"));
        document.ask(&api, &Asked { method, template, path, headers: &all, body: body.to_string().as_bytes() })
    };
    let put = |template: &str, path: &str, body: &Value| ask("PUT", template, path, &[], body);
    let post = |template: &str, path: &str, body: &Value| ask("POST", template, path, &[], body);

    let listing = mentor("Ada Okafor", "Social media");
    let id = ada.publish(&listing);
    let one = format!("/api/v1/listings/{id}");
    post("/api/v1/listings", "/api/v1/listings", &listing).refused(409, "conflict");
    ask("DELETE", "/api/v1/listings/{id}", &one, &[], &json!({})).refused(409, "conflict");
    let stale = [("if-match", "\"another version\"")];
    ask("PUT", "/api/v1/listings/{id}", &one, &stale, &listing).refused(412, "precondition_failed");
    let mut silent = listing.clone();
    silent.as_object_mut().unwrap().remove("consent");
    put("/api/v1/listings/{id}", &one, &silent).refused(409, "conflict");
    silent["contact"]["email"] = json!("bo@example.org");
    let draft = post("/api/v1/listings", "/api/v1/listings", &silent).done()["id"].as_str().unwrap().to_owned();
    let publish = format!("/api/v1/listings/{draft}/publish");
    post("/api/v1/listings/{id}/publish", &publish, &json!({})).refused(409, "consent_missing");
    let keyed = [("idempotency-key", "one key")];
    silent["contact"]["email"] = json!("cy@example.org");
    ask("POST", "/api/v1/listings", "/api/v1/listings", &keyed, &silent).done();
    ask("POST", "/api/v1/listings", "/api/v1/listings", &keyed, &listing).refused(422, "invalid");

    put("/api/v1/trust", "/api/v1/trust", &json!({ "policy": "recognised" })).refused(409, "policy_unavailable");
    let own = format!("/api/v1/trust/{}", ada.org);
    put("/api/v1/trust/{organisation}", &own, &json!({ "standing": "blocked" })).refused(409, "conflict");
    let named = "/api/v1/organisations/self";
    put(named, named, &json!({ "relays": [NOBODY] })).refused(404, "not_found");

    ask("GET", "/api/v1/search", "/api/v1/search?organisation=zzzzzz", &[], &json!({})).refused(404, "not_found");
    ask("GET", "/api/v1/records/{id}", "/api/v1/records/%ff", &[], &json!({}));
    let known = ada.profile_id(&id);
    let at_home = request(&known, "A word on the press", "Cy Cooper", "cy.cooper@example.org");
    let introductions = "/api/v1/introductions";
    let asked = post(introductions, introductions, &at_home).done();
    post(introductions, introductions, &at_home).refused(409, "pair_open");
    let block = format!("{introductions}/{}/block", asked["id"].as_str().unwrap());
    ask("DELETE", &format!("{introductions}/{{id}}/block"), &block, &[], &json!({})).refused(409, "conflict");
    let hidden = format!("/api/v1/profiles/{known}/hidden");
    put("/api/v1/profiles/{id}/hidden", &hidden, &json!({})).refused(409, "conflict");
    let answer = format!("{introductions}/{}/answer", asked["id"].as_str().unwrap());
    post(&format!("{introductions}/{{id}}/answer"), &answer, &json!({ "text": "Nobody asked." }))
        .refused(409, "conflict");
}
