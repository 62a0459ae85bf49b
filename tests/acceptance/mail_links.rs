//! What a story about mail begins with: a mentor, a request, the outbox, and whoever follows a link from it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::harness::http::{Answer, Api};
use crate::harness::introductions::request;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::harness::wait::until;

pub(crate) const ADA: &str = "Ada Okafor";
pub(crate) const BO: &str = "bo.lind@example.org";

/// Ada's node with a mentor on it.
pub(crate) fn institute(change: impl FnOnce(&Node)) -> (Node, String) {
    let mut ada = Node::init("Ada's Institute");
    change(&ada);
    ada.serve();
    let listing = ada.publish(&mentor(ADA, "Social media for public relations"));
    ada.comes_to_find(ADA);
    (ada, listing)
}

pub(crate) fn ask(node: &Node, listing: &str, mentee: &str) -> String {
    node.asks(&request(&node.profile_id(listing), "A first campaign, and where to begin", "Bo Lind", mentee))
}

/// The mails of a node's outbox of this kind, newest first, with their texts.
pub(crate) fn outbox(node: &Node, what: &str) -> Vec<Value> {
    let list = node.api().get("/api/v1/mail?limit=100").done();
    let of_kind = list["items"].as_array().unwrap().iter().filter(|mail| mail["what"] == what);
    of_kind.map(|mail| node.api().get(&format!("/api/v1/mail/{}", mail["id"].as_str().unwrap())).done()).collect()
}

pub(crate) fn comes_to_write(node: &Node, what: &str) -> Value {
    until(&format!("{} writes `{what}`", node.name), || outbox(node, what).into_iter().next())
}

/// The paths of a text's links, each by the words before it.
pub(crate) fn links(text: &str) -> BTreeMap<String, String> {
    let lines: Vec<&str> = text.lines().collect();
    let pairs = lines.windows(2).filter_map(|pair| {
        let (_, path) = pair[1].trim().split_once("/act/")?;
        Some((pair[0].trim_end_matches(':').to_owned(), format!("/act/{path}")))
    });
    pairs.collect()
}

pub(crate) fn link(mail: &Value, begins: &str) -> String {
    let links = links(mail["text"].as_str().unwrap_or_else(|| mail["parts"]["text/plain"].as_str().unwrap()));
    let found = links.iter().find(|(label, _)| label.starts_with(begins));
    found.unwrap_or_else(|| panic!("no link `{begins}` in {links:#?}")).1.clone()
}

/// A browser without a token, from anywhere.
pub(crate) fn browser(node: &Node) -> Api {
    node.api().with_token(None)
}

pub(crate) fn presses(node: &Node, path: &str, form: &str) -> Answer {
    let media = [("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html")];
    browser(node).ask("POST", path, &media, form.as_bytes())
}

pub(crate) fn acts_of(node: &Node, about: &str) -> Vec<Value> {
    node.introduction(about).done()["events"].as_array().unwrap().clone()
}
