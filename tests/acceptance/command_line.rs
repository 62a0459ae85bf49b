//! The command line: help that teaches, exit codes that scripts can trust, and the API's own JSON.

use std::fs;

use serde_json::Value;

use crate::harness::clients::{self, command};
use crate::harness::gate::places;
use crate::harness::http::Api;
use crate::harness::node::Node;
use crate::harness::people::{mentor, trainee};

fn anywhere(arguments: &[&str]) -> clients::Outcome {
    let home = tempfile::TempDir::new().unwrap();
    clients::run(home.path(), arguments, b"")
}

#[test]
fn init_says_what_identifies_the_organisation_where_it_lies_and_how_to_back_it_up() {
    let home = tempfile::TempDir::new().unwrap();
    let made = clients::run(home.path(), &["init", "--name", "Ada's Institute"], b"");
    made.done();
    let data = home.path().join(".local/share/mentormesh");
    for name in ["config.toml", "keys", "token", "desk.sqlite"] {
        assert!(data.join(name).exists(), "{name} is missing in {}", data.display());
    }
    made.says(&data.display().to_string()).says("back");
    let before = fs::read(data.join("config.toml")).unwrap();
    let again = clients::run(home.path(), &["init", "--name", "Somebody Else"], b"");
    assert_ne!(again.code, 0, "{}", again.said());
    assert_eq!(fs::read(data.join("config.toml")).unwrap(), before);
}

#[test]
fn every_command_has_help_with_examples_and_what_is_not_built_is_absent() {
    let help = anywhere(&["--help"]).done().to_owned();
    for name in [
        "init", "serve", "demo", "status", "doctor", "profile", "search", "org", "intro", "trust", "peer", "record",
        "sync", "config", "backup", "repair",
    ] {
        assert!(help.contains(name), "{name} is missing in help");
        let page = anywhere(&[name, "--help"]);
        assert!(page.done().contains("Examples"), "{name} teaches by no example: {}", page.out);
    }
    for name in ["mail", "vocabulary", "person"] {
        let outcome = anywhere(&[name]);
        outcome.exits(2);
    }
    anywhere(&["profile", "attest"]).exits(2);
    anywhere(&["serch"]).exits(2).says("search");
}

#[test]
fn completions_and_the_manual_are_not_empty() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(anywhere(&["completions", shell]).done().contains("mentormesh"));
    }
    let outcome = anywhere(&["man"]);
    assert!(outcome.done().contains(".TH"), "{}", outcome.out);
}

#[test]
fn a_typo_in_the_configuration_is_found_with_a_suggestion() {
    let ada = Node::init("Ada's Institute");
    ada.run(&["config", "check"]).done();
    ada.run(&["config", "show"]).says("confirm_every_days");
    ada.set("http", "listten", "\"127.0.0.1:8081\"");
    ada.run(&["config", "check"]).exits(1).says("listten").says("listen");
    let refused = ada.run(&["serve"]);
    refused.exits(1).says("listten");
}

#[test]
fn exit_codes_tell_what_happened() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let mut silent = mentor("Olu Adeyemi", "Press offices");
    silent.as_object_mut().unwrap().remove("consent");
    let id = ada.api().post("/api/v1/listings", &silent).done()["id"].as_str().unwrap().to_owned();
    ada.run(&["status"]).exits(0);
    ada.run(&["doctor"]).exits(0);
    ada.run(&["search", "--limit", "many"]).exits(2);
    ada.run(&["frobnicate"]).exits(2);
    ada.run(&["profile", "show", "aaaaaaaaaaaaaaaaaaaaaaaaaa"]).exits(3);
    ada.run(&["profile", "publish", &id, "--yes"]).exits(4);
    ada.run(&["--node", "http://127.0.0.1:9", "status"]).exits(5);
    fs::write(ada.home().join("wrong"), "not-the-token\n").unwrap();
    ada.run(&["--token-file", "wrong", "status"]).exits(4);
    let home = tempfile::TempDir::new().unwrap();
    let by_environment = command(home.path(), crate::harness::bin::mentormesh())
        .args(["--json", "status"])
        .env("MENTORMESH_NODE", run_json_url(&ada))
        .env("MENTORMESH_TOKEN", ada.token())
        .output()
        .unwrap();
    assert!(by_environment.status.success(), "{}", String::from_utf8_lossy(&by_environment.stderr));
}

fn run_json_url(node: &Node) -> String {
    let run: Value = serde_json::from_slice(&fs::read(node.data().join("run.json")).unwrap()).unwrap();
    let urls: Vec<_> = run.as_object().unwrap().values().filter_map(Value::as_str).map(str::to_owned).collect();
    urls.into_iter().find(|text| text.starts_with("http://")).expect("run.json names the URL")
}

/// What the API answers, without what differs from one moment to the next.
fn steady(mut value: Value) -> Value {
    if let Some(fields) = value.as_object_mut() {
        fields.remove("took_ms");
    }
    value
}

#[test]
fn with_json_the_command_line_prints_what_the_api_answers() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    ada.publish(&trainee("Tora Trainee", "Learning to mentor"));
    ada.comes_to_find("Ada Okafor");
    ada.comes_to_find("Tora Trainee");
    let api: Api = ada.api();
    let own = format!("/api/v1/organisations/{}", ada.org);
    let listing = format!("/api/v1/listings/{id}");
    let pairs: [(&[&str], &str); 9] = [
        (&["status"], "/api/v1/status"),
        (&["search", "social", "media"], "/api/v1/search?q=social+media"),
        (&["search", "--trainee"], "/api/v1/search?trainee=true"),
        (
            &["search", "--country", "GB", "--language", "en", "--limit", "1"],
            "/api/v1/search?country=GB&language=en&limit=1",
        ),
        (&["org", "show", &ada.org], &own),
        (&["org", "list"], "/api/v1/organisations"),
        (&["profile", "show", &id], &listing),
        (&["trust", "show"], "/api/v1/trust"),
        (&["peer", "list"], "/api/v1/peers"),
    ];
    for (arguments, path) in pairs {
        let mut all = vec!["--json"];
        all.extend(arguments);
        assert_eq!(steady(ada.run(&all).json()), steady(api.get(path).done()), "{arguments:?}");
    }
    let listed = ada.run(&["--json", "profile", "list"]).json();
    assert_eq!(listed["total"], 2);
    let status = ada.run(&["--json", "status"]).json();
    assert_eq!(status["ready"], true);
    let ticket = ada.ticket();
    assert!(ticket.starts_with("mmt1"), "{ticket}");
    ada.run(&["sync", "status"]).done();
}

#[test]
fn tables_for_people_carry_no_colour_when_nobody_looks() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    ada.comes_to_find("Ada Okafor");
    for arguments in
        [&["search", "social"][..], &["profile", "list"], &["org", "list"], &["status"], &["trust", "show"]]
    {
        let outcome = ada.run(arguments);
        assert!(!outcome.done().contains('\u{1b}'), "{arguments:?} is coloured: {}", outcome.out);
        assert!(!outcome.out.trim().is_empty(), "{arguments:?}");
    }
    ada.run(&["search", "social"]).says("Ada Okafor").says("Ada's Institute");
}

#[test]
fn every_command_that_answers_can_answer_in_json() {
    let _places = places(2);
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    let id = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    let draft = ada.api().post("/api/v1/listings", &mentor("Olu Adeyemi", "Press offices")).done();
    let draft = draft["id"].as_str().unwrap().to_owned();
    let profile = ada.profile_id(&id);
    fs::write(ada.home().join("members.csv"), "display_name,email,headline\nTora Lind,tora@example.org,Bridges\n")
        .unwrap();
    let (ticket, peer) = (bo.ticket(), bo.peer_id());
    let key = ada.run(&["--json", "org", "show"]).json()["signing_keys"][0]["key"].as_str().unwrap().to_owned();
    let commands: [&[&str]; 30] = [
        &["status"],
        &["doctor"],
        &["config", "check"],
        &["config", "show"],
        &["profile", "list"],
        &["profile", "show", &id],
        &["profile", "import", "members.csv", "--dry-run"],
        &["profile", "publish", &draft, "--yes"],
        &["profile", "confirm", &draft],
        &["profile", "withdraw", &draft],
        &["profile", "export", &id],
        &["search", "social"],
        &["org", "show"],
        &["org", "list"],
        &["org", "edit", "--website", "https://example.org"],
        &["record", "show", &profile],
        &["record", "export", &profile, "ada.cose", "--chain"],
        &["record", "verify", "ada.cose", "--key", &key],
        &["peer", "ticket"],
        &["peer", "join", &ticket, "--pin"],
        &["peer", "list"],
        &["peer", "block", &peer],
        &["peer", "unblock", &peer],
        &["trust", "show"],
        &["trust", "set", "open"],
        &["trust", "pin", &bo.org],
        &["trust", "unpin", &bo.org],
        &["trust", "block", &bo.org],
        &["trust", "unblock", &bo.org],
        &["sync", "status"],
    ];
    for command in commands {
        let mut all = vec!["--json"];
        all.extend(command);
        let outcome = ada.run(&all);
        assert!(!outcome.json().is_null(), "{command:?}");
    }
    // A refusal is the node's own problem document.
    let refused = ada.run(&["--json", "profile", "show", "aaaaaaaaaaaaaaaaaaaaaaaaaa"]);
    refused.exits(3).says("not_found");
}
