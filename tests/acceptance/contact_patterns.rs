//! No e-mail address and no telephone number in any free text, by whichever door it comes; innocents pass.

use serde_json::{Value, json};

use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::mentor;

const GUILTY: [&str; 7] = [
    "Write to ada@example.org any time",
    "ada.okafor+mentor@mail.example.co.uk",
    "ada (at) example (dot) org",
    "Ring me on +44 20 7946 0958",
    "Call 020 7946 0958 in the evenings",
    "Mobile: 07700-900123",
    "Telefon +46 (0)8-123 456 78",
];

const INNOCENT: [&str; 10] = [
    "In practice 1998-2026, chartered since 2003",
    "ISO 9001:2015, ISO/IEC 27001 and EN 301 549",
    "On call 24/7 for three winters",
    "Raised 1,250,000 euro and a grant of 350 000 kronor",
    "Ran 12 projects of 3-6 months with 40-50 people",
    "Follow me @ conferences; R&D @ scale",
    "Version 10.15.7 of everything",
    "Founded 2010, sold 2019, 2020-2023 on the board",
    "GBP 2 500 000 over 3 years",
    "ORCID 0000-0002-1825-0097",
];

/// Every free-text field, set to this text.
fn with_text(field: &str, text: &str) -> Value {
    let mut listing = mentor("Olu Adeyemi", "Press offices in a crisis");
    let profile = &mut listing["profile"];
    match field {
        "tags" | "helps_with" | "access_support" | "sectors" => profile[field] = json!([text]),
        "knows_about" => profile[field] = json!([{ "label": text }]),
        "region" => profile["area"]["region"] = json!(text),
        "fee_note" => profile["offers"] = json!([{ "kind": "micro", "fee_note": text }]),
        "programme" => profile["practice"]["programme"] = json!(text),
        "award_sought" => profile["practice"]["award_sought"] = json!(text),
        _ => profile[field] = json!(text),
    }
    listing
}

const FIELDS: [&str; 14] = [
    "display_name",
    "headline",
    "summary",
    "bio",
    "employer_name",
    "mentee_fit",
    "tags",
    "helps_with",
    "sectors",
    "knows_about",
    "region",
    "fee_note",
    "programme",
    "award_sought",
];

/// Adds and, if that goes, publishes; says where it was refused.
fn refused_by_the_api(ada: &Node, listing: &Value) -> Option<Value> {
    let api = ada.api();
    let added = api.post("/api/v1/listings", listing);
    if added.status >= 400 {
        return Some(added.json());
    }
    let id = added.done()["id"].as_str().unwrap().to_owned();
    let published = api.post(&format!("/api/v1/listings/{id}/publish"), &json!({}));
    if published.status >= 400 {
        return Some(published.json());
    }
    api.post(&format!("/api/v1/listings/{id}/withdraw"), &json!({})).done();
    None
}

#[test]
fn every_free_text_field_refuses_addresses_and_numbers_naming_field_and_text() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let mut wrong = Vec::new();
    for field in FIELDS {
        let mut listing = with_text(field, "ada@example.org");
        listing["contact"]["email"] = json!(format!("{field}@example.org"));
        match refused_by_the_api(&ada, &listing) {
            None => wrong.push(format!("{field}: published")),
            Some(problem) => {
                let named = problem["code"] == "invalid" && problem.to_string().contains("ada@example.org");
                if !named || !problem["errors"].to_string().contains(field) {
                    wrong.push(format!("{field}: does not name field and text: {problem}"));
                }
            }
        }
    }
    for (number, text) in GUILTY.iter().enumerate() {
        let mut listing = with_text("bio", text);
        listing["contact"]["email"] = json!(format!("guilty{number}@example.org"));
        if refused_by_the_api(&ada, &listing).is_none() {
            wrong.push(format!("published: {text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(ada.search("")["hits"].as_array().unwrap().is_empty());
}

#[test]
fn years_norms_hours_and_sums_are_innocent() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let mut wrong = Vec::new();
    for (number, text) in INNOCENT.iter().enumerate() {
        for field in ["bio", "headline"] {
            let mut listing = with_text(field, text);
            listing["contact"]["email"] = json!(format!("innocent{number}{field}@example.org"));
            if let Some(problem) = refused_by_the_api(&ada, &listing) {
                wrong.push(format!("{text:?} in {field}: {problem}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_command_line_csv_and_json_lines_refuse_them_too() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let listing = with_text("bio", "Ring me on +44 20 7946 0958");

    let added = ada.run_with(&["--json", "profile", "add", "-"], listing.to_string().as_bytes());
    if added.code == 0 {
        let id = added.json()["id"].as_str().unwrap().to_owned();
        let published = ada.run(&["profile", "publish", &id, "--yes"]);
        assert!([2, 4].contains(&published.code), "{}", published.said());
        published.says("bio").says("7946");
    } else {
        added.exits(2).says("bio").says("7946");
    }

    let csv = "display_name,email,headline,summary,bio,skills,languages,country,consent_given_on\n\
               Olu Adeyemi,olu@example.org,Press offices,Call 020 7946 0958,Long ago,PR:expert,en:native,GB,2026-01-15\n\
               Ada Okafor,ada@example.org,Social media,Since 1998,Long ago,PR:expert,en:native,GB,2026-01-15\n";
    let lines = format!("{listing}\n{}\n", mentor("Bo Lindqvist", "Bridges in cold countries"));
    for (kind, text, line, guilty, innocent) in [
        ("text/csv", csv, 2, "Olu Adeyemi", "Ada Okafor"),
        ("application/x-ndjson", lines.as_str(), 1, "Olu Adeyemi", "Bo Lindqvist"),
    ] {
        let answer = ada.api().ask("POST", "/api/v1/listings/import", &[("content-type", kind)], text.as_bytes());
        let report = answer.done();
        assert_eq!((&report["added"], &report["refused"]), (&json!(1), &json!(1)), "{kind}: {report}");
        assert_eq!(report["rows"][0]["line"], line, "{report}");
        assert!(report["rows"][0]["problem"].as_str().unwrap().contains("7946"), "{report}");
        let held = ada.api().get("/api/v1/listings").text();
        assert!(held.contains(innocent) && (added.code == 0 || !held.contains(guilty)), "{kind}");
    }
}
