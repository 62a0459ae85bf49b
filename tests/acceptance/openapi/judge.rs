//! The interface's own document as a judge: every answer must be one that it describes, field by field.
//!
//! Clients must put up with fields they do not know, so the document leaves answers open; here they are closed, for a
//! field that nobody declared is how a document falls behind its code.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::harness::http::{Answer, Api};

/// Methods that an address can have in a document.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];
/// Headers that are there only sometimes.
const SOMETIMES: [&str; 2] = ["Idempotency-Replayed", "Retry-After"];

/// What a request looks like: method, address as the document writes it, address as it is asked, headers, body.
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a str,
    pub(crate) template: &'a str,
    pub(crate) path: &'a str,
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body: &'a [u8],
}

/// The document, and what was asked by it so far.
pub(crate) struct Document {
    closed: Value,
    seen: RefCell<BTreeSet<(String, u16)>>,
}

/// One operation of the document.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) method: String,
    pub(crate) template: String,
    pub(crate) says: Value,
}

impl Document {
    pub(crate) fn new(mut document: Value) -> Self {
        close_answers(&mut document);
        Self { closed: document, seen: RefCell::default() }
    }

    /// Every operation, in the document's order.
    pub(crate) fn operations(&self) -> Vec<Operation> {
        let mut all = Vec::new();
        for (template, item) in self.closed["paths"].as_object().expect("paths") {
            for method in METHODS {
                if let Some(says) = item.get(method) {
                    let (method, says) = (method.to_uppercase(), says.clone());
                    all.push(Operation { method, template: template.clone(), says });
                }
            }
        }
        all
    }

    /// Names of the operations that were answered with a success.
    pub(crate) fn succeeded(&self) -> BTreeSet<String> {
        let seen = self.seen.borrow();
        seen.iter().filter(|(_, status)| *status < 300).map(|(name, _)| name.clone()).collect()
    }

    /// Asks, and holds the answer against what the document says of it.
    #[track_caller]
    pub(crate) fn ask(&self, api: &Api, asked: &Asked<'_>) -> Answer {
        let answer = api.ask(asked.method, asked.path, asked.headers, asked.body);
        let name = format!("{} {}", asked.method, asked.template);
        if let Err(problem) = self.judge(&name, &answer) {
            panic!("{name} answered {}: {problem}\n{}", answer.status, answer.text());
        }
        self.seen.borrow_mut().insert((name, answer.status));
        answer
    }

    fn judge(&self, name: &str, answer: &Answer) -> Result<(), String> {
        let (method, template) = name.split_once(' ').expect("a method and an address");
        let operation = &self.closed["paths"][template][method.to_lowercase()];
        let response = self.found(&operation["responses"][answer.status.to_string()]);
        if response.is_null() {
            return Err("the document does not know this status".to_owned());
        }
        for header in response["headers"].as_object().map(Map::keys).into_iter().flatten() {
            if !SOMETIMES.contains(&header.as_str()) && answer.header(header).is_empty() {
                return Err(format!("the header {header} is missing"));
            }
        }
        let Some(content) = response["content"].as_object() else {
            let problem = "a body came that the document does not know".to_owned();
            return if answer.body.is_empty() { Ok(()) } else { Err(problem) };
        };
        let media = answer.header("content-type").split(';').next().unwrap_or_default().trim();
        let said = content.get(media).ok_or_else(|| format!("the document does not know {media}"))?;
        if media.ends_with("json") { self.fits(&said["schema"], &answer.json()) } else { Ok(()) }
    }

    /// Whether a value obeys a schema of the document; the error names every place where it does not.
    pub(crate) fn fits(&self, schema: &Value, value: &Value) -> Result<(), String> {
        let whole = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "allOf": [schema],
            "components": self.closed["components"],
        });
        let options = jsonschema::draft202012::options().should_validate_formats(true);
        let validator = options.build(&whole).map_err(|error| format!("{schema} is no schema: {error}"))?;
        let wrong: Vec<_> = validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
    }

    /// What a reference leads to, or the value itself.
    pub(crate) fn found<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => self.closed.pointer(reference.trim_start_matches('#')).expect("references resolve"),
            None => value,
        }
    }
}

fn close_answers(document: &mut Value) {
    let schemas = document["components"]["schemas"].as_object_mut();
    for schema in schemas.into_iter().flat_map(Map::values_mut) {
        // Others may build on it; whoever refers to it closes it.
        close(schema, true);
    }
    let shared = document["components"]["responses"].as_object_mut();
    for response in shared.into_iter().flat_map(Map::values_mut) {
        close_answer(response);
    }
    for item in document["paths"].as_object_mut().expect("paths").values_mut() {
        for operation in item.as_object_mut().into_iter().flat_map(Map::values_mut) {
            let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
            responses.into_iter().flat_map(Map::values_mut).for_each(close_answer);
        }
    }
}

fn close_answer(response: &mut Value) {
    let contents = response.get_mut("content").and_then(Value::as_object_mut);
    for content in contents.into_iter().flat_map(Map::values_mut) {
        close(&mut content["schema"], false);
    }
}

/// Forbids what is not declared. What is `built_on` is left open itself: whatever is built on it knows the rest.
fn close(schema: &mut Value, built_on: bool) {
    let Some(object) = schema.as_object_mut() else { return };
    for part in object.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten() {
        close(part, true);
    }
    for choice in ["oneOf", "anyOf"] {
        for part in object.get_mut(choice).and_then(Value::as_array_mut).into_iter().flatten() {
            close(part, built_on);
        }
    }
    for part in object.get_mut("properties").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut) {
        close(part, false);
    }
    for inner in ["items", "additionalProperties"] {
        object.get_mut(inner).into_iter().for_each(|part| close(part, false));
    }
    let says_fields = ["$ref", "allOf", "properties"].iter().any(|word| object.contains_key(*word));
    if says_fields && !built_on && !object.contains_key("additionalProperties") {
        object.insert("unevaluatedProperties".to_owned(), json!(false));
    }
}

#[test]
fn a_field_that_nobody_declared_is_seen_however_deep_it_lies() {
    let document = Document::new(json!({
        "paths": { "/mentors": { "get": { "responses": { "200": { "content": { "application/json": {
            "schema": { "$ref": "#/components/schemas/Page" } } } } } } } },
        "components": { "schemas": {
            "Name": { "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"] },
            "Mentor": { "allOf": [{ "$ref": "#/components/schemas/Name" },
                { "type": "object", "properties": { "age": { "type": "integer" } } }] },
            "Page": { "type": "object", "properties": {
                "items": { "type": "array", "items": { "$ref": "#/components/schemas/Mentor" } } } },
        } },
    }));
    let answer = |body: &Value| Answer {
        asked: "GET /mentors".to_owned(),
        status: 200,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: body.to_string().into_bytes(),
    };
    let judged = |body: &Value| document.judge("GET /mentors", &answer(body));
    assert_eq!(judged(&json!({ "items": [{ "name": "Ada", "age": 40 }] })), Ok(()));
    for wrong in [
        json!({ "items": [{ "name": "Ada", "age": 40, "shoe_size": 39 }] }),
        json!({ "items": [], "more": true }),
        json!({ "items": [{ "age": 40 }] }),
    ] {
        assert!(judged(&wrong).is_err(), "{wrong}");
    }
    let unknown = Answer { status: 418, ..answer(&json!({})) };
    assert!(document.judge("GET /mentors", &unknown).is_err(), "a status that is not described");
}
