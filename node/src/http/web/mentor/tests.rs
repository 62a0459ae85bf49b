//! Stories of the profile page, with a sample profile.

use mentormesh_protocol::api::OrganisationRef;
use mentormesh_protocol::record::{Profile, ProfileId};
use mentormesh_protocol::{OrganisationId, RecordId, Subject, Timestamp};

use super::super::home::tests::{keep, site};
use super::*;

const PROFILE: &str = r#"{
    "display_name": "Ada Lovelace-Okafor", "pronouns": "she/her",
    "headline": "Head of social media for a city council",
    "summary": "I help people in public relations use social media without losing their evenings.",
    "bio": "Fifteen years in public service communication.\n\nBefore that, radio.",
    "sectors": ["public administration"], "employer_name": "City of Leeds",
    "knows_about": [{"label": "social media", "level": "expert", "years": 15}, {"label": "crisis communication", "years": 1}],
    "tags": ["podcasts"], "helps_with": ["career_development", "confidence", "speaking up in meetings"],
    "knowing": ["how", "whom"],
    "offers": [{"kind": "intro_15"}, {"kind": "micro", "minutes": 45, "fee": "free"}],
    "languages": [{"tag": "en-GB", "fluency": "native"}, {"tag": "yo", "fluency": "working"}],
    "time_zone": "Europe/London", "modes": ["video", "in_person"], "area": {"country": "GB", "region": "Leeds"},
    "geographic_scope": "national", "availability": {"status": "accepting", "places": 2},
    "responsiveness": {"band": "3d", "computed_on": "2026-11-01"}, "access_support": ["captions"],
    "mentee_fit": "People in their first five years.\nNot: job applications.",
    "mentor_style": ["listening", "challenging"],
    "practice": {"status": "trainee", "programme": "EMCC Foundation", "ends_on": "2027-03-01", "supervised": true, "hours_band": "10-25"},
    "links": ["https://ada.example/about"],
    "ethics": {"code": "Global Code of Ethics", "version": "3", "accepted_on": "2026-01-15"},
    "assured": {"on": "2026-10-02", "by_role": "registrar"}
}"#;

fn view(profile: Profile) -> ProfileView {
    let organisation = OrganisationId([1; 32]);
    ProfileView {
        id: ProfileId { organisation, subject: Subject([1; 16]) },
        organisation: OrganisationRef { id: organisation, name: "Institute of Public Relations Practice".to_owned() },
        record: RecordId([7; 32]),
        profile,
        issued_at: Timestamp(1_795_315_200_000),
        expires_at: Timestamp(1_798_339_200_000),
        open_web: false,
    }
}

fn today() -> Date {
    Timestamp(1_795_400_000_000).date()
}

#[test]
fn everything_that_is_public_is_on_the_page() {
    let profile: Profile = serde_json::from_str(PROFILE).expect("a profile");
    profile.check().expect("a valid one");
    let html = mentor(site(), view(profile), today()).render().expect("a page");
    keep("mentor", &html);
    for expected in [
        "she/her",
        "City of Leeds",
        "public administration",
        "Before that, radio.",
        "thoroughly, 15 years",
        "1 year",
        "podcasts",
        "Career development",
        "Speaking up in meetings",
        "knowing how",
        "A 15-minute conversation",
        "45 minutes each · free of charge",
        "English (GB) (native)",
        "Yoruba (working)",
        "Europe/London",
        "by video, in person",
        "Leeds, United Kingdom",
        "mentees in the country",
        "Welcomes requests, 2 places free",
        "usually answers within 3 days",
        "Captions",
        "Not: job applications.",
        "listening, challenging",
        "says: trainee mentor on EMCC Foundation",
        "10 to 25 hours practised",
        "https://ada.example/about",
        "says they accepted Global Code of Ethics 3 on 15 January 2026",
        "2 October 2026, by registrar",
        "signed this profile on <bdi>22 November 2026</bdi>",
    ] {
        assert!(html.contains(expected), "the page lacks {expected}");
    }
    assert!(html.contains(&RecordId([7; 32]).to_string()), "the record's id");
}

#[test]
fn what_is_not_said_leaves_no_empty_heading() {
    let profile = Profile { display_name: "Bo".to_owned(), headline: "Engineer".to_owned(), ..Profile::default() };
    let html = mentor(site(), view(profile), today()).render().expect("a page");
    for heading in [">About</h2>", "Knows about", "Elsewhere", "Access support", ">More<"] {
        assert!(!html.contains(heading), "{heading} has nothing under it");
    }
}

#[test]
fn what_mallory_writes_is_text() {
    let evil = "<img src=x>\"'";
    let profile = Profile {
        display_name: evil.to_owned(),
        headline: evil.to_owned(),
        summary: evil.to_owned(),
        bio: evil.to_owned(),
        tags: vec![evil.to_owned()],
        mentee_fit: Some(evil.to_owned()),
        ..Profile::default()
    };
    let html = mentor(site(), view(profile), today()).render().expect("a page");
    assert!(!html.contains("<img"), "{html}");
    assert!(!html.contains("\"'"), "no quote ends an attribute early");
}
