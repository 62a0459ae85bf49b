//! Every operation of the document is asked, and succeeds, on two nodes that have something to say to each other.

use std::cell::Cell;
use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::judge::{Asked, Document};
use crate::harness::gate::places;
use crate::harness::http::{Answer, Api};
use crate::harness::introductions::request;
use crate::harness::node::{Node, become_equal, encoded};
use crate::harness::people::{mentor, trainee};
use crate::harness::wait::until;

const JSON: (&str, &str) = ("content-type", "application/json");

/// Somebody who asks a node whatever its document offers.
struct Walker<'a> {
    document: &'a Document,
    api: Api,
    keys: Cell<u32>,
}

impl<'a> Walker<'a> {
    fn new(document: &'a Document, node: &Node) -> Self {
        Self { document, api: node.api(), keys: Cell::new(0) }
    }

    /// Asks with a JSON body (or none, for null), coming again while the node is busy; the answer is a success.
    #[track_caller]
    fn takes(&self, method: &str, template: &str, id: &str, body: &Value) -> Answer {
        self.takes_with(method, template, id, "", &[], body)
    }

    #[track_caller]
    fn takes_with(
        &self,
        method: &str,
        template: &str,
        id: &str,
        query: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let path = format!("{}{query}", template.replace("{id}", id).replace("{organisation}", id));
        let path = path.replace("{reference}", id);
        let text = if body.is_null() { String::new() } else { body.to_string() };
        let mut all = headers.to_vec();
        all.extend((!body.is_null()).then_some(JSON));
        let asked = Asked { method, template, path: &path, headers: &all, body: text.as_bytes() };
        let answer = until(&format!("{method} {path} passes"), || {
            Some(self.document.ask(&self.api, &asked)).filter(|answer| answer.status != 503)
        });
        assert!(answer.status < 300, "{} answered {}: {}", answer.asked, answer.status, answer.text());
        self.obeys(method, template, body);
        answer
    }

    #[track_caller]
    fn gets(&self, template: &str, id: &str, query: &str) -> Answer {
        self.takes_with("GET", template, id, query, &[], &Value::Null)
    }

    /// What the node took must be what the document says that it takes.
    #[track_caller]
    fn obeys(&self, method: &str, template: &str, body: &Value) {
        if body.is_null() {
            return;
        }
        let operations = self.document.operations();
        let operation = operations.iter().find(|one| one.method == method && one.template == template);
        let schema = &operation.expect("it is described").says["requestBody"]["content"]["application/json"]["schema"];
        if let Err(problem) = self.document.fits(schema, body) {
            panic!("{method} {template} took what it says it does not: {problem}");
        }
    }

    fn key(&self) -> String {
        self.keys.set(self.keys.get() + 1);
        format!("key {}", self.keys.get())
    }

    /// Adds what comes under a key, twice, and gives its id.
    #[track_caller]
    fn adds(&self, template: &str, body: &Value) -> String {
        let key = self.key();
        let headers = [("Idempotency-Key", key.as_str())];
        let first = self.takes_with("POST", template, "", "", &headers, body).json();
        let again = self.takes_with("POST", template, "", "", &headers, body);
        assert_eq!((again.header("idempotency-replayed"), &again.json()["id"]), ("true", &first["id"]));
        first["id"].as_str().unwrap().to_owned()
    }
}

#[test]
fn every_operation_answers_as_the_document_says() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    let document = Document::new(ada.api().get("/openapi.json").done());
    let at_ada = Walker::new(&document, &ada);
    let at_bo = Walker::new(&document, &bo);

    for path in ["/livez", "/readyz", "/metrics", "/openapi.json"] {
        at_ada.gets(path, "", "");
    }
    nodes_meet(&at_ada, &at_bo, &ada, &bo);
    let listing = listings(&at_ada, &ada);
    bo.comes_to_find("Ada Okafor");
    become_equal(&[&ada, &bo]);
    reading(&at_bo, &ada, &listing);
    introductions(&at_ada, &at_bo, &ada.profile_id(&listing));
    outbox(&at_ada);
    // Last of what writes mail, so that the outbox above is as it was looked for.
    at_ada.takes("POST", "/api/v1/listings/{id}/invite", &listing, &Value::Null);
    people(&at_ada);
    rights(&at_ada, &ada.profile_id(&listing));
    trail(&at_ada);
    cards_and_trust(&at_ada, &bo);
    at_ada.takes("POST", "/api/v1/listings/{id}/withdraw", &listing, &json!({ "erase": true }));
    at_ada.gets("/api/v1/listings/{id}/receipts", &listing, "");
    at_bo.takes("PUT", "/api/v1/peers/{id}", &ada.peer_id(), &json!({ "blocked": true }));

    let described: BTreeSet<_> =
        document.operations().into_iter().map(|one| format!("{} {}", one.method, one.template)).collect();
    assert_eq!(document.succeeded(), described, "each operation is asked above at least once");
}

fn nodes_meet(at_ada: &Walker<'_>, at_bo: &Walker<'_>, ada: &Node, bo: &Node) {
    let ticket = at_ada.takes("POST", "/api/v1/peers/ticket", "", &Value::Null).json();
    let joined = at_bo.takes("POST", "/api/v1/peers", "", &json!({ "ticket": ticket["ticket"], "pin": true })).json();
    assert_eq!((joined["organisation"]["id"].as_str(), &joined["pinned"]), (Some(ada.org.as_str()), &json!(true)));
    at_ada.takes("PUT", "/api/v1/trust/{organisation}", &bo.org, &json!({ "standing": "pinned" }));
    let peers = at_bo.gets("/api/v1/peers", "", "").json();
    assert_eq!(peers["items"][0]["id"], ada.peer_id().as_str(), "{peers}");
}

/// Every act on listings; the one whose id comes back stays published.
fn listings(walker: &Walker<'_>, ada: &Node) -> String {
    let id = walker.adds("/api/v1/listings", &whole_mentor());
    let shown = walker.gets("/api/v1/listings/{id}", &id, "");
    let tag = shown.header("etag").to_owned();
    let headers = [("if-match", tag.as_str())];
    let mut changed = whole_mentor();
    changed["profile"]["headline"] = json!("Social media and the press");
    walker.takes_with("PUT", "/api/v1/listings/{id}", &id, "", &headers, &changed);
    let published = walker.takes("POST", "/api/v1/listings/{id}/publish", &id, &Value::Null).json();
    assert_eq!(published["state"], "published", "{published}");
    walker.takes("POST", "/api/v1/listings/{id}/confirm", &id, &Value::Null);
    walker.takes("POST", "/api/v1/listings/{id}/pause", &id, &json!({}));
    walker.takes("POST", "/api/v1/listings/{id}/resume", &id, &Value::Null);

    let draft = walker.adds("/api/v1/listings", &trainee("Tora Trainee", "Learning to mentor"));
    let page = walker.gets("/api/v1/listings", "", "?limit=1").json();
    let next = encoded(page["next"].as_str().expect("there are two"));
    assert_eq!(walker.gets("/api/v1/listings", "", &format!("?limit=1&after={next}")).json()["total"], 2);
    assert_eq!(walker.gets("/api/v1/listings", "", "?state=published").json()["total"], 1);
    walker.takes("DELETE", "/api/v1/listings/{id}", &draft, &Value::Null);

    let rows = "display_name,headline,email,shoe_size\nDi Duarte,Knows the press,di@example.org,39\n,,,\n";
    let asked = Asked {
        method: "POST",
        template: "/api/v1/listings/import",
        path: "/api/v1/listings/import?dry_run=false",
        headers: &[("content-type", "text/csv")],
        body: rows.as_bytes(),
    };
    let report = walker.document.ask(&walker.api, &asked).done();
    assert!(report["added"] == 1 && report["ignored"][0] == "shoe_size", "{report}");
    ada.comes_to_find("Ada Okafor");
    id
}

/// What was written to people, and another try.
fn outbox(walker: &Walker<'_>) {
    let test = walker.takes("POST", "/api/v1/mail/test", "", &json!({ "to": "ada@example.org" })).json();
    let id = test["id"].as_str().unwrap();
    let page = walker.gets("/api/v1/mail", "", "?limit=1&state=waiting").json();
    assert_eq!(page["items"][0]["id"], id, "{page}");
    assert!(walker.gets("/api/v1/mail/{id}", id, "").json()["text"].as_str().unwrap().contains("arrives"));
    walker.takes("POST", "/api/v1/mail/{id}/retry", id, &Value::Null);
}

/// A mentor with something in every field, so that every field is seen on its way through.
fn whole_mentor() -> Value {
    let mut whole = mentor("Ada Okafor", "Social media for public relations");
    let more = json!({
        "pronouns": "she/her",
        "sectors": ["media"],
        "employer_name": "The Gazette",
        "knows_about": [{ "label": "the press", "uri": "http://data.europa.eu/esco/skill/x", "level": "average", "years": 60 }],
        "tags": ["newspapers"],
        "helps_with": ["confidence", "first steps"],
        "knowing": ["how", "whom"],
        "offers": [{ "kind": "group", "minutes": 180, "meetings_per_month": 31, "group_max": 25, "fee": "paid",
            "fee_note": "by agreement" }],
        "geographic_scope": "international",
        "access_support": ["captions"],
        "mentee_fit": "Anybody who writes.\nNobody who does not.",
        "mentor_style": ["challenging", "listening"],
        "practice": { "status": "trainee", "programme": "Foundation", "award_sought": "Certificate",
            "ends_on": "2027-09-30", "supervised": true },
        "links": ["https://ada.example/about"],
        "ethics": { "code": "Global Code of Ethics", "version": "3", "accepted_on": "2026-01-15" },
        "assured": { "on": "2026-01-15", "by_role": "registrar" },
        "availability": { "status": "accepting", "places": 5, "from": "2026-01-01", "until": "2036-01-01" },
    });
    let profile = whole["profile"].as_object_mut().unwrap();
    profile.extend(more.as_object().unwrap().clone());
    whole["contact"]["name"] = json!("Dr Okafor");
    whole["consent"]["open_web"] = json!(true);
    whole
}

fn reading(walker: &Walker<'_>, ada: &Node, listing: &str) {
    let query = format!("?q=press&skill=the+press&offer=group&country=GB&organisation={}&limit=5", &ada.org[..8]);
    let found = walker.gets("/api/v1/search", "", &query).json();
    assert_eq!(found["hits"][0]["organisation"]["id"], ada.org.as_str(), "{found}");
    walker.gets("/api/v1/search", "", "?q=nothing+of+the+kind&trainee=true&available=false");
    let profile = walker.gets("/api/v1/profiles/{id}", &ada.profile_id(listing), "").json();
    let bytes = walker.gets("/api/v1/profiles/{id}/record", &ada.profile_id(listing), "").body;
    let record = walker.gets("/api/v1/records/{id}", profile["record"].as_str().unwrap(), "").body;
    assert_eq!(bytes, record);
    walker.takes("PUT", "/api/v1/profiles/{id}/hidden", &ada.profile_id(listing), &json!({ "why": "for a moment" }));
    walker.takes("DELETE", "/api/v1/profiles/{id}/hidden", &ada.profile_id(listing), &Value::Null);
    walker.gets("/api/v1/organisations", "", "");
    walker.gets("/api/v1/organisations/self", "", "");
    walker.gets("/api/v1/organisations/{id}", &ada.org, "");
    let chain = walker.gets("/api/v1/organisations/{id}/operations", &ada.org, "").json();
    assert_eq!(chain["total"], 1, "{chain}");
    walker.takes("POST", "/api/v1/sync", "", &Value::Null);
    assert_eq!(walker.gets("/api/v1/sync", "", "").json()["peers"][0]["last"]["result"], "ok");
    walker.gets("/api/v1/status", "", "");
}

/// Requests of several people, and every step of both sides.
fn introductions(at_ada: &Walker<'_>, at_bo: &Walker<'_>, profile: &str) {
    let one = "/api/v1/introductions/{id}";
    let ask = |title: &str, mentee: &str, email: &str| {
        let mut asked = request(profile, title, mentee, email);
        asked["why_you"] = json!("Your summary speaks of the press.");
        let ahead = std::time::SystemTime::now() + std::time::Duration::from_secs(5 * 86_400);
        let day = ahead.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() / 86_400;
        let day = mentormesh_protocol::Timestamp(day * 86_400_000).date();
        asked["slots"] = json!([{ "start": format!("{day}T09:30Z"), "minutes": 20 }]);
        asked["time_zone"] = json!("Asia/Kathmandu");
        let id = at_bo.adds("/api/v1/introductions", &asked);
        until(&format!("{id} arrives"), || {
            let there = at_ada.document.ask(
                &at_ada.api,
                &Asked { method: "GET", template: one, path: &one.replace("{id}", &id), headers: &[], body: b"" },
            );
            (there.status == 200).then_some(())
        });
        id
    };
    let step = |walker: &Walker<'_>, id: &str, step: &str, body: &Value| {
        walker.takes("POST", &format!("{one}/{step}"), id, body);
    };
    let comes_to = |walker: &Walker<'_>, id: &str, state: &str| {
        until(&format!("{id} is {state}"), || (walker.gets(one, id, "").json()["state"] == state).then_some(()))
    };
    let cy = ask("A word on the local press", "Cy Cooper", "cy@example.org");
    step(at_ada, &cy, "question", &json!({ "text": "Which paper do you write for?" }));
    comes_to(at_bo, &cy, "question");
    step(at_bo, &cy, "answer", &json!({ "text": "The Gazette, every Tuesday." }));
    comes_to(at_ada, &cy, "answered");
    step(at_ada, &cy, "explore", &json!({}));
    step(
        at_ada,
        &cy,
        "accept",
        &json!({ "message": "Gladly.", "contact": { "email": "ada.okafor@example.org" }, "slot": 1 }),
    );
    comes_to(at_bo, &cy, "accepted");
    at_bo.gets(&format!("{one}/calendar"), &cy, "");
    let di = ask("How does one begin", "Di Duarte", "di.duarte@example.org");
    step(
        at_ada,
        &di,
        "decline",
        &json!({ "reason": "someone_else_better", "message": "Tora knows.", "referral": profile }),
    );
    comes_to(at_bo, &di, "declined");
    let bo = ask("A quarter of an hour", "Bo Hansen", "bo@example.org");
    step(at_bo, &bo, "withdraw", &json!({ "superseded": true }));
    at_bo.takes("PUT", &format!("{one}/aside"), &bo, &Value::Null);
    at_bo.takes("DELETE", &format!("{one}/aside"), &bo, &Value::Null);
    let ed = ask("Would you sit my exam", "Ed Wu", "ed.wu@example.org");
    step(at_ada, &ed, "decline", &json!({ "reason": "blocked", "report": "Asked me to sit an exam." }));
    comes_to(at_bo, &ed, "blocked");
    at_ada.takes("DELETE", &format!("{one}/block"), &ed, &Value::Null);
    let page = at_bo.gets("/api/v1/introductions", "", "?direction=sent&limit=2").json();
    let next = encoded(page["next"].as_str().expect("there are three"));
    at_bo.gets("/api/v1/introductions", "", &format!("?limit=2&after={next}&state=accepted&open=false"));
    at_bo.gets(one, &cy, "?direction=sent");
}

fn people(walker: &Walker<'_>) {
    let cy = json!({ "email": "cy@example.org", "name": "Cy Cooper", "locale": "de-AT", "roles": ["programme_lead"] });
    let id = walker.takes("POST", "/api/v1/people", "", &cy).json()["id"].as_str().unwrap().to_owned();
    walker.takes("POST", "/api/v1/people", "", &json!({ "email": "di@example.org", "name": "Di Duarte" }));
    walker.takes("PUT", "/api/v1/people/{id}", &id, &json!({ "roles": ["registrar", "operator"] }));
    let link = walker.takes("POST", "/api/v1/people/{id}/link", &id, &Value::Null).json();
    assert!(link["url"].as_str().unwrap().contains("/sign-in/"), "{link}");
    walker.takes("PUT", "/api/v1/people/{id}", &id, &json!({ "disabled": true }));
    let page = walker.gets("/api/v1/people", "", "?limit=1").json();
    let next = encoded(page["next"].as_str().expect("there are two"));
    assert_eq!(walker.gets("/api/v1/people", "", &format!("?limit=1&after={next}")).json()["total"], 2);
    let found = walker.gets("/api/v1/people", "", "?role=operator&email=CY%40example.org").json();
    assert_eq!((&found["total"], &found["items"][0]["disabled"]), (&json!(1), &json!(true)), "{found}");
    let all = walker.gets("/api/v1/people/{id}/export", &id, "?reason=asked%20in%20writing").json();
    assert_eq!(all["person"]["name"], "Cy Cooper", "{all}");
    let receipt = walker.takes("POST", "/api/v1/people/{id}/erase", &id, &Value::Null).json();
    assert_eq!(receipt["removed"]["people"], 1, "{receipt}");
}

/// A request about somebody's rights, filed where it is answered.
fn rights(walker: &Walker<'_>, profile: &str) {
    let asked =
        json!({ "kind": "access", "profile": profile, "words": "What do you hold?", "reply": "ed@example.org" });
    let filed = walker.takes("POST", "/api/v1/rights", "", &asked).json();
    walker.gets("/api/v1/rights/filed/{reference}", filed["reference"].as_str().unwrap(), "");
    let page = walker.gets("/api/v1/rights", "", "?open=true&limit=1").json();
    let id = page["items"][0]["id"].as_str().unwrap().to_owned();
    walker.gets("/api/v1/rights/{id}", &id, "");
    walker.takes(
        "POST",
        "/api/v1/rights/{id}/close",
        &id,
        &json!({ "outcome": "done", "message": "It is on its way." }),
    );
}

fn trail(walker: &Walker<'_>) {
    let page = walker.gets("/api/v1/audit", "", "?limit=1").json();
    let next = page["next"].as_str().expect("more was done");
    walker.gets("/api/v1/audit", "", &format!("?limit=1&after={next}"));
    let found = walker.gets("/api/v1/audit", "", "?act=person.link&by=registrar&about=a").json();
    assert!(found["total"].as_u64().is_some_and(|total| total <= 1), "{found}");
}

fn cards_and_trust(walker: &Walker<'_>, bo: &Node) {
    let card = json!({
        "name": "Ada's College", "kind": "professional_body", "country": "IE", "website": "https://ada.example",
        "privacy_notice": "https://ada.example/privacy", "complaints": "mailto:ombud@ada.example", "relays": [bo.org],
    });
    walker.takes("PUT", "/api/v1/organisations/self", "", &card);
    walker.takes("POST", "/api/v1/organisations/self/sealing-key", "", &Value::Null);
    walker.gets("/api/v1/trust", "", "");
    walker.takes("PUT", "/api/v1/trust", "", &json!({ "policy": "open" }));
}
