//! Introductions as a story uses them: ask, answer, look where it stands.

use serde_json::{Value, json};

use super::http::Answer;
use super::node::Node;
use super::wait::{until, until_true};

/// A request that breaks no rule. The title tells it from others.
pub(crate) fn request(profile: &str, title: &str, mentee: &str, email: &str) -> Value {
    json!({
        "profile": profile,
        "title": title,
        "purpose": "I move from accountancy to public relations and would like to hear how you began.",
        "offer": "intro_15",
        "mentee": { "name": mentee, "email": email },
    })
}

impl Node {
    /// Asks, whatever the answer; under a key of its own, so that asking again is the same request.
    pub(crate) fn ask(&self, request: &Value) -> Answer {
        self.api().post("/api/v1/introductions", request)
    }

    /// Asks and gives the id.
    #[track_caller]
    pub(crate) fn asks(&self, request: &Value) -> String {
        let answer = self.ask(request);
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.done()["id"].as_str().expect("what is created has an id").to_owned()
    }

    pub(crate) fn introduction(&self, id: &str) -> Answer {
        self.api().get(&format!("/api/v1/introductions/{id}"))
    }

    /// Where it stands here; empty while it is unknown.
    pub(crate) fn stands(&self, id: &str) -> String {
        let answer = self.introduction(id);
        if answer.status == 404 {
            return String::new();
        }
        answer.done()["state"].as_str().expect("a state").to_owned()
    }

    #[track_caller]
    pub(crate) fn comes_to_stand(&self, id: &str, states: &[&str]) {
        until_true(&format!("{} sees {id} {}", self.name, states.join(" or ")), || {
            states.contains(&self.stands(id).as_str())
        });
    }

    /// Takes a step, coming again while the node says that it is busy.
    #[track_caller]
    pub(crate) fn step(&self, id: &str, step: &str, body: &Value) -> Answer {
        let path = format!("/api/v1/introductions/{id}/{step}");
        until(&format!("{} lets {step} pass", self.name), || {
            Some(self.api().post(&path, body)).filter(|answer| answer.status != 503)
        })
    }

    /// All introductions that the filter finds, page by page.
    pub(crate) fn introductions(&self, filter: &str) -> Vec<Value> {
        let (mut all, mut after) = (Vec::new(), String::new());
        loop {
            let page = self.api().get(&format!("/api/v1/introductions?limit=100&{filter}{after}")).done();
            all.extend(page["items"].as_array().expect("items").iter().cloned());
            match page["next"].as_str() {
                Some(next) => after = format!("&after={}", super::node::encoded(next)),
                None => return all,
            }
        }
    }
}
