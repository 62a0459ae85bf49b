//! A registrar imports members: dry run, every bad row by its line, twice is once.

use std::fs;

use serde_json::{Value, json};

use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::{mentor, trainee};

const HEADER: &str = "display_name,email,headline,summary,bio,skills,languages,country,region,time_zone,offers,places,\
                      practice_status,programme,award_sought,trainee_ends_on,supervised,consent_given_on,\
                      consent_notice_version,reach";

fn import(ada: &Node, dry_run: bool, csv: &str) -> Value {
    let path = format!("/api/v1/listings/import?dry_run={dry_run}");
    ada.api().ask("POST", &path, &[("content-type", "text/csv")], csv.as_bytes()).done()
}

fn counts(report: &Value) -> [u64; 4] {
    ["added", "changed", "unchanged", "refused"].map(|name| report[name].as_u64().unwrap())
}

fn listings(ada: &Node) -> Vec<Value> {
    ada.api().get("/api/v1/listings?limit=100").done()["items"].as_array().unwrap().clone()
}

#[test]
fn a_csv_is_tried_first_then_taken_with_every_bad_row_named_and_twice_is_once() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let csv = format!(
        "{HEADER}\n\
         Ada Okafor,ada@example.org,Social media lead,Evenings,\"Two lines,\nin quotes\",PR:expert;social media,en:native;ig,GB,West Midlands,Europe/London,intro_15:15;micro:45,3,qualified,,,,,2026-01-15,,network\n\
         Tora Trainee,tora@example.org,Learning to mentor,,,engineering,sv:native,SE,,Europe/Stockholm,standard:60,1,trainee,Foundation in Mentoring,Practitioner,2027-09-30,true,2026-01-15,,\n\
         No Country,nocountry@example.org,Lost,,,x,en,Atlantis,,,,1,,,,,,2026-01-15,,\n\
         ,noname@example.org,Nameless,,,x,en,GB,,,,1,,,,,,2026-01-15,,\n\
         Bad Date,baddate@example.org,Undated,,,x,en,GB,,,,1,,,,,,15/01/2026,,\n\
         No Consent,noconsent@example.org,Not asked yet,,,x,en,GB,,,,1,,,,,,,,\n"
    );
    let tried = import(&ada, true, &csv);
    assert_eq!((&tried["dry_run"], counts(&tried)), (&json!(true), [3, 0, 0, 3]), "{tried}");
    assert!(listings(&ada).is_empty(), "a dry run changes nothing");

    let taken = import(&ada, false, &csv);
    assert_eq!((&taken["dry_run"], counts(&taken)), (&json!(false), [3, 0, 0, 3]), "{taken}");
    let lines: Vec<_> = taken["rows"].as_array().unwrap().iter().map(|row| row["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [5, 6, 7], "lines of the file, the quoted line end counted: {taken}");
    assert!(
        taken["rows"].as_array().unwrap().iter().all(|row| row["problem"].as_str().is_some_and(|why| !why.is_empty()))
    );

    let again = import(&ada, false, &csv);
    assert_eq!(counts(&again), [0, 0, 3, 3], "{again}");
    let changed = import(&ada, false, &csv.replace("Social media lead", "Social media head").replace("ada@", "Ada@"));
    assert_eq!(counts(&changed), [0, 1, 2, 3], "by e-mail, in any case: {changed}");
    let held = listings(&ada);
    assert_eq!(held.len(), 3);
    let by_name = |name: &str| held.iter().find(|one| one["profile"]["display_name"] == name).unwrap().clone();
    let okafor = by_name("Ada Okafor");
    assert_eq!(okafor["profile"]["headline"], "Social media head");
    assert_eq!(okafor["profile"]["bio"], "Two lines,\nin quotes");
    assert_eq!(okafor["profile"]["knows_about"][0], json!({ "label": "PR", "level": "expert" }));
    assert_eq!(okafor["profile"]["offers"][1]["minutes"], 45);
    assert_eq!(okafor["state"], "draft", "nobody is published by import alone");
    assert_eq!(by_name("Tora Trainee")["profile"]["practice"]["ends_on"], "2027-09-30");
    assert!(!by_name("No Consent")["missing"].as_array().unwrap().is_empty());

    let published = ada.run(&["profile", "publish", "--all", "--yes"]);
    published.says("2");
    ada.comes_to_find("Tora Trainee");
    ada.comes_to_find("Ada Okafor");
    assert_eq!(ada.search("")["total"], 2, "who gave no consent stays at home");
    let trainees = ada.api().get("/api/v1/search?trainee=true").done();
    assert_eq!(trainees["total"], 1);
}

#[test]
fn the_command_line_imports_csv_and_json_lines_from_files() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    fs::write(
        ada.home().join("members.csv"),
        "display_name,email,headline,country,languages\nAda Okafor,ada@example.org,Social media,GB,en\n",
    )
    .unwrap();
    let lines = format!("{}\n\n{}\n", mentor("Bo Lindqvist", "Bridges"), trainee("Tora Trainee", "Learning"));
    fs::write(ada.home().join("members.jsonl"), lines).unwrap();
    ada.run(&["profile", "import", "members.csv", "--dry-run"]).done();
    assert!(listings(&ada).is_empty());
    let report = ada.run(&["--json", "profile", "import", "members.csv"]).json();
    assert_eq!(counts(&report), [1, 0, 0, 0], "{report}");
    let report = ada.run(&["--json", "profile", "import", "members.jsonl"]).json();
    assert_eq!(counts(&report), [2, 0, 0, 0], "{report}");
    ada.run(&["profile", "list"]).says("Ada Okafor").says("Tora Trainee").says("draft");
}

#[test]
fn a_csv_with_columns_nobody_knows_or_none_at_all_is_refused_as_a_whole() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    for csv in ["", "display_name,shoe_size\nAda Okafor,38\n", "Ada Okafor,ada@example.org\n", "\u{0}\u{1}\u{2}"] {
        let answer = ada.api().ask("POST", "/api/v1/listings/import", &[("content-type", "text/csv")], csv.as_bytes());
        answer.refused(422, "invalid");
    }
    assert!(listings(&ada).is_empty());
}
