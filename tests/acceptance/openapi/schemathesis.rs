//! Schemathesis, which nobody here wrote, asks a running node what its document allows and what it forbids.
//!
//! Every check is on: no 5xx, no status, header, media type or field that is not described, nothing refused that the
//! document allows, nothing taken that it forbids, no way past the token. The exceptions stand in [`RULES`].

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::gate::places;
use crate::harness::introductions::request;
use crate::harness::node::Node;
use crate::harness::people::{mentor, trainee};
use crate::harness::python;
use crate::harness::wait::say;

/// A run that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(600);

/// What a schema cannot say. A text may not contain a telephone number or a control character, a country must be
/// assigned, a search has at most 32 words, a day of consent must have come, a ticket has a checksum, a table has named
/// columns, a name is no blank, a reason is one line, an organisation is known, a day is yet to come: 422 is right there although the document allows the request. An edit under a version that nobody read is
/// 412, whatever else is wrong with it.
const RULES: &str = r#"
[[operations]]
include-operation-id = ["add_listing", "edit_listing", "import_listings", "send_introduction", "question_introduction",
    "answer_introduction", "accept_introduction", "decline_introduction", "edit_organisation", "join_peer", "search",
    "add_person", "list_people", "show_introduction", "file_rights_request", "close_rights_request", "export_person", "erase_person",
    "pause_listing"]
checks.positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "412", "422"]

[[operations]]
include-operation-id = "edit_listing"
checks.negative_data_rejection.expected-statuses = ["400", "401", "404", "409", "412", "413", "415", "422"]
"#;

/// Asks with these flags under these rules; every finding ends the story.
fn ask(python: &Path, node: &Node, name: &str, rules: &str, flags: &[&str]) {
    let room = node.home().join(name);
    fs::create_dir(&room).unwrap();
    let file = |name: &str| -> PathBuf { room.join(name) };
    fs::write(file("rules.toml"), rules).unwrap();
    let url = node.api().url("");
    let began = Instant::now();
    let mut child = Command::new(python)
        .args(["-m", "schemathesis.cli", "--no-color", "--config-file", "rules.toml", "run"])
        .arg(format!("{url}/openapi.json"))
        .args(["--url", &url, "--header", &format!("Authorization: Bearer {}", node.token())])
        .args(["--seed", "1", "--request-timeout", "20", "--continue-on-failure", "--generation-database", "none"])
        .args(flags)
        .current_dir(&room)
        .env("HOME", &room)
        .env("NO_PROXY", "127.0.0.1")
        .stdin(Stdio::null())
        .stdout(File::create(file("said")).unwrap())
        .stderr(File::create(file("said too")).unwrap())
        .spawn()
        .unwrap();
    let ended = loop {
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        if began.elapsed() > PATIENCE {
            child.kill().unwrap();
            break child.wait().unwrap();
        }
        std::thread::sleep(Duration::from_millis(200));
    };
    let said = ["said", "said too"].map(|name| fs::read_to_string(file(name)).unwrap_or_default()).concat();
    assert!(ended.success(), "{name}: {ended}\n{said}");
    let asked = said.lines().filter(|line| line.contains("generated,") || line.contains("Tested:"));
    let asked: Vec<_> = asked.map(str::trim).collect();
    assert_eq!(asked.len(), 2, "it says how much it asked:\n{said}");
    say(&format!("{name}: {}, {:.0} s", asked.join(", "), began.elapsed().as_secs_f64()));
    assert_eq!(node.api().get("/readyz").status, 200, "the node still stands");
}

/// Ada's node with something of everything, Bo's beside it, and rules under which the ids of what is there are known.
fn lively() -> (Node, Node, String) {
    let (ada, bo) = (Node::start("Ada's Institute"), Node::start("Bo's Guild"));
    bo.befriend(&ada);
    let listing = ada.publish(&mentor("Ada Okafor", "Social media for public relations"));
    let draft = ada.api().post("/api/v1/listings", &trainee("Tora Trainee", "Learning to mentor")).done();
    bo.comes_to_find("Ada Okafor");
    let profile = ada.profile_id(&listing);
    let introduction = bo.asks(&request(&profile, "A word on the press", "Cy Cooper", "cy@example.org"));
    ada.comes_to_stand(&introduction, &["delivered", "notified"]);
    let record = ada.api().get(&format!("/api/v1/profiles/{profile}")).done()["record"].clone();
    let mut rules = RULES.to_owned();
    for (operations, name, id) in [
        (json!(["show_profile", "profile_record"]), "id", json!(profile)),
        (json!(["record"]), "id", record),
        (json!(["show_organisation", "operations"]), "id", json!(bo.org)),
        (json!(["set_standing"]), "organisation", json!(bo.org)),
        (json!(["set_peer_blocked"]), "id", json!(bo.peer_id())),
        (
            json!(["show_listing", "edit_listing", "publish_listing", "confirm_listing", "invite_listing"]),
            "id",
            json!(listing),
        ),
        (json!(["withdraw_listing", "delete_listing"]), "id", draft["id"].clone()),
    ] {
        rules.push_str(&known(&operations.to_string(), name, &id.to_string()));
    }
    for step in ["show", "question", "answer", "explore", "accept", "decline", "withdraw"] {
        rules.push_str(&known(&format!("\"{step}_introduction\""), "id", &json!(introduction).to_string()));
    }
    (ada, bo, rules)
}

fn known(operations: &str, name: &str, id: &str) -> String {
    format!("\n[[operations]]\ninclude-operation-id = {operations}\nparameters = {{ \"path.{name}\" = {id} }}\n")
}

#[test]
fn a_stranger_s_program_finds_nothing_that_the_document_does_not_say() {
    let requirements = Path::new(env!("CARGO_MANIFEST_DIR")).join("acceptance/openapi/schemathesis.txt");
    let Some(python) = python::with(&requirements) else { return };
    let _places = places(2);
    let (ada, _bo, rules) = lively();
    let named = ["--max-examples", "5", "--phases", "coverage,fuzzing", "--include-path-regex", r"\{"];
    ask(&python, &ada, "knowing what is there", &rules, &named);
    let all = ["--max-examples", "8", "--phases", "coverage,fuzzing,stateful"];
    ask(&python, &ada, "knowing nothing", RULES, &all);
}
