//! Stories of the form in which a mentor changes their listing.

use mentormesh_protocol::api::FieldProblem;
use mentormesh_protocol::record::Profile;

use super::fields::{Group, Kind, groups};
use super::said;
use super::wrong::Wrong;
use crate::http::extract::Pairs;
use crate::speech::Locale;

const PROFILE: &str = r#"{
    "display_name": "Zoë Ada", "headline": "Head of <press>", "summary": "Short.", "bio": "One\nTwo",
    "knows_about": [{"label": "social media", "level": "expert", "years": 15}, {"label": "radio"}],
    "tags": ["podcasts", "evening talks"], "helps_with": ["confidence", "speaking up in meetings"],
    "offers": [{"kind": "micro", "minutes": 45, "fee_note": "a coffee"}],
    "languages": [{"tag": "en-GB", "fluency": "native"}, {"tag": "yo", "fluency": "working"}],
    "time_zone": "Europe/London", "modes": ["video"], "area": {"country": "GB", "region": "Leeds"},
    "availability": {"status": "accepting", "places": 2}, "mentee_fit": "Newcomers.",
    "practice": {"status": "trainee", "programme": "Foundation", "ends_on": "2027-03-01"}
}"#;

fn ada() -> Profile {
    serde_json::from_str(PROFILE).expect("a profile")
}

/// What a browser sends of a form that nobody touched.
fn sent(groups: &[Group]) -> Pairs {
    let mut pairs = Vec::new();
    for field in groups.iter().flat_map(|group| &group.fields) {
        match &field.kind {
            Kind::Line(value, _) | Kind::Text(value, _) => pairs.push((field.id.clone(), value.clone())),
            Kind::One(options) | Kind::Any(options) => {
                let set = options.iter().filter(|(_, _, set)| *set);
                pairs.extend(set.map(|(value, _, _)| (field.id.clone(), value.clone())));
            }
            Kind::Fixed(_) => {}
        }
    }
    Pairs(pairs)
}

#[test]
fn a_form_that_nobody_touched_changes_nothing_in_any_language() {
    for locale in Locale::ALL {
        assert_eq!(said::profile(&ada(), &sent(&groups(locale, &ada(), None))), ada(), "{locale:?}");
    }
}

#[test]
fn what_was_changed_is_changed_and_what_the_form_does_not_show_stays() {
    let mut form = sent(&groups(Locale::English, &ada(), None));
    form.0.retain(|(name, _)| name != "offers" && name != "skill-0");
    for (name, word) in [("offers", "intro_15"), ("skill-2", "archives"), ("level-2", "average"), ("headline", "New")] {
        form.0.push((name.to_owned(), word.to_owned()));
    }
    let after = said::profile(&ada(), &form);
    let labels: Vec<_> = after.knows_about.iter().map(|skill| skill.label.as_str()).collect();
    assert_eq!((labels, after.headline.as_str()), (vec!["radio", "archives"], "New"));
    assert_eq!(after.offers.len(), 1);
    assert_eq!((after.practice, after.helps_with), (ada().practice, ada().helps_with));
}

#[test]
fn a_problem_is_about_its_field_and_no_other() {
    let groups = groups(Locale::English, &ada(), None);
    let about = |path: &str| {
        let error = FieldProblem { field: path.to_owned(), problem: "wrong".to_owned() };
        let mut fields = groups.iter().flat_map(|group| &group.fields);
        fields.find(|field| field.is_about(&error.field)).map(|field| field.id.clone())
    };
    for (path, id) in [
        ("profile.headline", "headline"),
        ("profile.knows_about[1].label", "skill-1"),
        ("profile.tags[3]", "tags"),
        ("profile.languages[0].tag", "language-0"),
        ("profile.area.country", "country"),
        ("profile.area.region", "region"),
        ("contact.name", "contact_name"),
    ] {
        assert_eq!(about(path).as_deref(), Some(id), "{path}");
    }
    assert_eq!(about("profile"), None, "the size of the whole is about no field");
}

#[test]
fn what_is_wrong_is_said_in_the_language_of_the_form_and_the_node_s_own_words_stand_apart() {
    let mut long = ada();
    long.headline = "x".repeat(121);
    long.summary = "Write to ada@example.org".to_owned();
    long.display_name = String::new();
    let wrong = |locale: Locale, id: &str| {
        let groups = groups(locale, &long, None);
        let mut fields = groups.iter().flat_map(|group| &group.fields);
        Wrong::with(locale, fields.find(|field| field.id == id).expect("a field"), "the node's words")
    };
    for (id, says) in [("headline", "121"), ("summary", "ada@example.org"), ("display_name", "leer")] {
        let said = wrong(Locale::German, id);
        assert!(said.text.contains(says) && said.node.is_none(), "{id}: {said:?}");
        let english = Wrong { text: "the node's words".to_owned(), node: None };
        assert_eq!(wrong(Locale::English, id), english, "{id}");
    }
    for id in ["modes", "time_zone"] {
        assert_eq!(wrong(Locale::French, id).node.as_deref(), Some("the node's words"), "{id}");
    }
}
