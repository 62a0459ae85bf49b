//! One body for each operation that takes one, as somebody might send it.

use serde_json::{Value, json};

/// The example of the operation with this id, by its media type.
pub(super) fn of(operation: &str, media: &str) -> Option<Value> {
    let example = match (operation, media) {
        ("import_listings", "text/csv") => {
            json!("display_name,headline,email\nDi Duarte,Knows the press,di@example.org\n")
        }
        ("import_listings", "application/x-ndjson") => json!(format!("{}\n", listing())),
        ("add_listing" | "edit_listing", _) => listing(),
        ("withdraw_listing", _) => json!({ "erase": false }),
        ("hide_profile", _) => json!({ "why": "asked for by our safeguarding officer" }),
        ("pause_listing", _) => json!({ "until": "2026-12-24" }),
        ("send_introduction", _) => introduction(),
        ("question_introduction", _) => json!({ "text": "Which paper do you write for?" }),
        ("answer_introduction", _) => json!({ "text": "The Gazette, every Tuesday." }),
        ("accept_introduction", _) => json!({ "message": "Gladly. Any evening suits me." }),
        ("decline_introduction", _) => json!({ "reason": "timing", "message": "Please ask again in spring." }),
        ("explore_introduction", _) => json!({}),
        ("withdraw_introduction", _) => json!({ "superseded": true }),
        ("file_rights_request", _) => json!({
            "kind": "erasure",
            "profile": format!("{}.{}", "a".repeat(52), "a".repeat(26)),
            "words": "I am Ada Okafor and do not want to be listed any more.",
            "reply": "ada@example.org",
        }),
        ("close_rights_request", _) => json!({ "outcome": "done", "message": "Your listing is erased." }),
        ("test_mail", _) => json!({ "to": "ada@example.org" }),
        ("add_person", _) => json!({ "email": "cy@example.org", "name": "Cy Cooper", "roles": ["programme_lead"] }),
        ("change_person", _) => json!({ "roles": ["registrar"], "disabled": false }),
        ("edit_organisation", _) => json!({ "country": "IE", "website": "https://ada.example" }),
        ("join_peer", _) => json!({ "ticket": "mmt1aaaaaaaa", "pin": true }),
        ("set_peer_blocked", _) => json!({ "blocked": false }),
        ("set_trust_policy", _) => json!({ "policy": "closed" }),
        ("set_standing", _) => json!({ "standing": "pinned" }),
        _ => return None,
    };
    Some(example)
}

fn listing() -> Value {
    json!({
        "profile": {
            "display_name": "Ada Okafor",
            "headline": "Social media for public relations",
            "summary": "Two evenings a month.",
            "knows_about": [{ "label": "public relations", "level": "expert", "years": 20 }],
            "offers": [{ "kind": "intro_15", "minutes": 15 }],
            "languages": [{ "tag": "en", "fluency": "native" }],
            "time_zone": "Europe/London",
            "modes": ["video"],
            "area": { "country": "GB" },
        },
        "contact": { "email": "ada@example.org" },
        "consent": { "given_on": "2026-01-15", "reach": "network" },
    })
}

fn introduction() -> Value {
    let profile = format!("{}.{}", "a".repeat(52), "a".repeat(26));
    json!({
        "profile": profile,
        "title": "Fifteen minutes on social media",
        "purpose": "I edit a print newsletter and start with social media in spring. What would you do first?",
        "time_zone": "Europe/London",
        "mentee": { "name": "Cy Cooper", "email": "cy@example.org" },
    })
}
