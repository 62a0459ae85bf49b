//! Mentors to list: whole, publishable listings whose few interesting fields a story names.

use serde_json::{Value, json};

/// A listing that can be published as it is.
pub(crate) fn mentor(name: &str, headline: &str) -> Value {
    json!({
        "profile": {
            "display_name": name,
            "headline": headline,
            "summary": format!("{headline}: an hour now and then."),
            "bio": "Twenty years in the trade and still learning.",
            "knows_about": [{ "label": "public relations", "level": "expert", "years": 20 }],
            "offers": [{ "kind": "intro_15", "minutes": 15 }],
            "languages": [{ "tag": "en", "fluency": "native" }],
            "time_zone": "Europe/London",
            "modes": ["video"],
            "area": { "country": "GB" },
            "availability": { "status": "accepting", "places": 2 },
            "practice": { "status": "qualified" },
        },
        "contact": { "email": email(name) },
        "consent": { "given_on": "2026-01-15", "reach": "network" },
    })
}

/// A mentor in training.
pub(crate) fn trainee(name: &str, headline: &str) -> Value {
    let mut listing = mentor(name, headline);
    listing["profile"]["practice"] = json!({
        "status": "trainee", "programme": "Foundation in Mentoring", "ends_on": "2027-09-30", "supervised": true,
    });
    listing
}

/// The address of somebody of that name.
pub(crate) fn email(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '.' }).collect();
    format!("{plain}@example.org")
}
