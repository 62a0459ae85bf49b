//! The audit trail: whatever somebody with a role does through the API stands there with their name.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::gate::places;
use crate::harness::introductions::request;
use crate::harness::node::{Node, become_equal};
use crate::harness::people::mentor;
use crate::harness::signed_in::{Browser, OWN_PAGE};

/// Somebody at work, and what they did so far.
struct Work<'n> {
    node: &'n Node,
    person: String,
    browser: Browser,
    done: BTreeSet<String>,
}

impl Work<'_> {
    /// Acts, and looks that the trail says who did it.
    #[track_caller]
    fn does(&mut self, method: &str, template: &str, id: &str, body: &Value) -> Value {
        let before = self.acts();
        let path = template.replace("{id}", id).replace("{organisation}", id);
        let text = if body.is_null() { String::new() } else { body.to_string() };
        let answer = if path.contains("/import") {
            let table = b"display_name,headline,email\nDi Duarte,Knows the press,di.import@example.org\n";
            self.browser.ask(method, &path, &[OWN_PAGE, ("content-type", "text/csv")], table)
        } else {
            self.browser.ask(method, &path, &[OWN_PAGE, ("content-type", "application/json")], text.as_bytes())
        };
        let said = answer.done();
        assert!(self.acts() > before, "{method} {template} left no word of who did it");
        self.done.insert(format!("{method} {template}"));
        said
    }

    fn acts(&self) -> u64 {
        let trail = self.node.api().get(&format!("/api/v1/audit?by=person%20{}", self.person)).done();
        trail["total"].as_u64().unwrap()
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

#[test]
fn every_administrative_act_is_in_the_trail_with_the_name_of_who_did_it() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    let person = ada.adds("Rae Registrar", "rae@example.org", &["registrar", "operator", "programme_lead"]);
    let browser = ada.signs_in(&person);
    let mut rae = Work { node: &ada, person, browser, done: BTreeSet::new() };

    rae.does("POST", "/api/v1/peers/ticket", "", &Value::Null);
    rae.does("POST", "/api/v1/peers", "", &json!({ "ticket": bo.ticket(), "pin": true }));
    bo.befriend(&ada);
    rae.does("POST", "/api/v1/sync", "", &Value::Null);
    listings(&mut rae);
    introductions(&mut rae, &bo);
    organisations(&mut rae, &bo);
    people_and_mail(&mut rae);
    rights(&mut rae);
    rae.does("PUT", "/api/v1/peers/{id}", &bo.peer_id(), &json!({ "blocked": true }));

    let document = ada.api().get("/openapi.json").done();
    let changes = document["paths"].as_object().unwrap().iter().flat_map(|(path, item)| {
        // What anybody may do, without saying who they are, is no administrator's act.
        let kept = |one: &Value| !one.is_null() && one["x-may"] != json!(["anybody"]);
        let methods = ["put", "post", "delete"].into_iter().filter(move |method| kept(&item[*method]));
        methods.map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    let missed: Vec<_> = changes.filter(|one| !rae.done.contains(one)).collect();
    assert!(missed.is_empty(), "nobody did {missed:?} above");
}

fn listings(rae: &mut Work<'_>) {
    let ada = mentor("Ada Okafor", "Social media for public relations");
    let id = text(&rae.does("POST", "/api/v1/listings", "", &ada)["id"]);
    rae.does("POST", "/api/v1/listings/import", "", &Value::Null);
    let mut edited = ada.clone();
    edited["profile"]["headline"] = json!("Social media for charities");
    rae.does("PUT", "/api/v1/listings/{id}", &id, &edited);
    for act in ["publish", "confirm", "pause", "resume", "withdraw"] {
        rae.does("POST", &format!("/api/v1/listings/{{id}}/{act}"), &id, &Value::Null);
    }
    let draft = text(&rae.does("POST", "/api/v1/listings", "", &mentor("Zed", "Nothing yet"))["id"]);
    rae.does("POST", "/api/v1/listings/{id}/invite", &draft, &Value::Null);
    rae.does("DELETE", "/api/v1/listings/{id}", &draft, &Value::Null);
}

fn introductions(rae: &mut Work<'_>, bo: &Node) {
    let ada = rae.node;
    let listing = bo.publish(&mentor("Bo Berg", "Bridges"));
    let profile = bo.profile_id(&listing);
    ada.comes_to_find("Bo Berg");
    let asked = |title: &str| request(&profile, title, "Cy Cooper", "cy@example.org");
    let id = text(&rae.does("POST", "/api/v1/introductions", "", &asked("About bridges"))["id"]);
    rae.does("PUT", "/api/v1/introductions/{id}/aside", &id, &Value::Null);
    rae.does("DELETE", "/api/v1/introductions/{id}/aside", &id, &Value::Null);
    bo.comes_to_stand(&id, &["delivered", "notified"]);
    bo.step(&id, "question", &json!({ "text": "Which bridge?" })).done();
    ada.comes_to_stand(&id, &["question"]);
    rae.does("POST", "/api/v1/introductions/{id}/answer", &id, &json!({ "text": "The one at home." }));
    rae.does("POST", "/api/v1/introductions/{id}/withdraw", &id, &json!({}));
    rae.does("PUT", "/api/v1/profiles/{id}/hidden", &profile, &json!({ "why": "a safeguarding concern" }));
    rae.does("DELETE", "/api/v1/profiles/{id}/hidden", &profile, &Value::Null);

    let own = ada.publish(&mentor("Di Duarte", "Knows the press"));
    bo.comes_to_find("Di Duarte");
    let asks = |title: &str, number: u8| {
        let email = format!("mentee{number}@example.org");
        bo.asks(&request(&ada.profile_id(&own), title, "Em", &email))
    };
    for (number, steps) in [
        (1, vec![("question", json!({ "text": "What for?" }))]),
        (2, vec![("explore", Value::Null), ("accept", Value::Null)]),
        (3, vec![("decline", json!({ "reason": "blocked" }))]),
    ] {
        let id = asks("About the press", number);
        ada.comes_to_stand(&id, &["delivered", "notified"]);
        for (step, body) in steps {
            rae.does("POST", &format!("/api/v1/introductions/{{id}}/{step}"), &id, &body);
        }
        if number == 3 {
            rae.does("DELETE", "/api/v1/introductions/{id}/block", &id, &Value::Null);
        }
    }
    become_equal(&[ada, bo]);
}

fn organisations(rae: &mut Work<'_>, bo: &Node) {
    rae.does("PUT", "/api/v1/organisations/self", "", &json!({ "country": "IE" }));
    rae.does("POST", "/api/v1/organisations/self/sealing-key", "", &Value::Null);
    rae.does("PUT", "/api/v1/trust", "", &json!({ "policy": "closed" }));
    rae.does("PUT", "/api/v1/trust/{organisation}", &bo.org, &json!({ "standing": "none" }));
}

fn people_and_mail(rae: &mut Work<'_>) {
    let cy = json!({ "email": "cy@example.org", "name": "Cy Cooper" });
    let id = text(&rae.does("POST", "/api/v1/people", "", &cy)["id"]);
    rae.does("PUT", "/api/v1/people/{id}", &id, &json!({ "roles": ["programme_lead"] }));
    rae.does("POST", "/api/v1/people/{id}/link", &id, &Value::Null);
    let mail = text(&rae.does("POST", "/api/v1/mail/test", "", &json!({ "to": "ada@example.org" }))["id"]);
    rae.does("POST", "/api/v1/mail/{id}/retry", &mail, &Value::Null);
    let ed = json!({ "email": "ed.erased@example.org", "name": "Ed Wu" });
    let id = text(&rae.does("POST", "/api/v1/people", "", &ed)["id"]);
    rae.does("POST", "/api/v1/people/{id}/erase", &id, &Value::Null);
}

fn rights(rae: &mut Work<'_>) {
    let profile = format!("{}.{}", rae.node.org, "a".repeat(26));
    let wish = json!({ "kind": "erasure", "profile": profile, "words": "Please.", "reply": "ada@example.org" });
    rae.node.api().with_token(None).post("/api/v1/rights", &wish).done();
    let id = text(&rae.node.api().get("/api/v1/rights").done()["items"][0]["id"]);
    rae.does("POST", "/api/v1/rights/{id}/close", &id, &json!({ "outcome": "done", "message": "It is done." }));
}
