//! Stories of the front page, with sample results.

use std::collections::BTreeMap;

use mentormesh_protocol::api::{Hidden, OrganisationRef};
use mentormesh_protocol::query::{Because, Factor, Query, Reason};
use mentormesh_protocol::record::{
    Area, Availability, AvailabilityStatus, Fluency, Language, Offer, OfferKind, Practice, PracticeStatus, Profile,
    ProfileId,
};
use mentormesh_protocol::{OrganisationId, Subject};

use super::*;

pub(in crate::http::web) fn site() -> Site {
    Site {
        name: "Institute of Public Relations Practice".to_owned(),
        short: "abcdefgh".to_owned(),
        website: None,
        privacy_notice: None,
        complaints: None,
        shown: Vec::new(),
        mentors: 3,
        locale: Locale::English,
        choices: Vec::new(),
        indexed: false,
    }
}

fn hit(number: u8, name: &str, headline: &str, snippet: &str) -> Hit {
    let organisation = OrganisationId([number; 32]);
    let languages = [("en", Fluency::Native), ("fr", Fluency::Fluent)];
    let languages = languages.map(|(tag, fluency)| Language { tag: tag.to_owned(), fluency }).to_vec();
    let offer = Offer {
        kind: OfferKind::Intro15,
        minutes: None,
        meetings_per_month: None,
        group_max: None,
        fee: None,
        fee_note: None,
    };
    let reason =
        |factor, points, text: &str| Reason { factor, points, text: text.to_owned(), because: Because::Readiness };
    Hit {
        id: ProfileId { organisation, subject: Subject([number; 16]) },
        organisation: OrganisationRef { id: organisation, name: "Nordic Engineering Mentors".to_owned() },
        profile: Profile {
            display_name: name.to_owned(),
            headline: headline.to_owned(),
            languages,
            offers: vec![offer],
            area: Some(Area { country: "GB".to_owned(), region: Some("Leeds".to_owned()) }),
            ..Profile::default()
        },
        score: 77.5,
        reasons: vec![
            reason(Factor::Development, 52.5, "“social media” found in skills and headline"),
            reason(Factor::Logistics, 10.0, "speaks French (fluent)"),
            reason(Factor::Readiness, 15.0, "accepts requests, 1 place free"),
        ],
        snippet: snippet.to_owned(),
    }
}

fn facet(value: &str, label: Option<&str>, count: u64) -> Facet {
    Facet { value: value.to_owned(), label: label.map(ToOwned::to_owned), count }
}

fn results() -> SearchPage {
    let mut bo =
        hit(2, "Bo Hansen", "Structural engineer who coaches new managers", "Bridges, and the people who build them.");
    bo.profile.availability = Availability { status: AvailabilityStatus::Waitlist, places: 0, from: None, until: None };
    bo.profile.practice = Some(Practice {
        status: PracticeStatus::Trainee,
        programme: Some("EMCC Foundation".to_owned()),
        award_sought: None,
        ends_on: "2027-03-01".parse().ok(),
        supervised: Some(true),
        hours_band: None,
    });
    let facets = [
        ("skill", vec![facet("social media", None, 12), facet("crisis communication", None, 7)]),
        ("language", vec![facet("en", None, 40), facet("fr", None, 9), facet("hi", None, 5)]),
        ("country", vec![facet("GB", None, 20), facet("SE", None, 14)]),
        ("offer", vec![facet("intro_15", None, 31)]),
        ("trainee", vec![facet("true", None, 10)]),
        ("available", vec![facet("true", None, 38), facet("false", None, 4)]),
    ];
    SearchPage {
        total: 42,
        took_ms: 1.5,
        hits: vec![
            hit(
                1,
                "Ada Lovelace-Okafor",
                "Head of social media for a city council",
                "Fifteen years of \u{2}social\u{3} \u{2}media\u{3} in public service: campaigns, crises, quiet days.",
            ),
            bo,
            hit(3, "चेतना शर्मा", "संचार विशेषज्ञ और कोच", "नए पेशेवरों को \u{2}सोशल मीडिया\u{3} में मार्गदर्शन।"),
            hit(4, "דנה לוי", "יועצת תקשורת", "Di helps people who return to work."),
        ],
        facets: facets.into_iter().map(|(name, values)| (name.to_owned(), values)).collect::<BTreeMap<_, _>>(),
        not_shown: NotShown {
            organisations: vec![Hidden {
                id: OrganisationId([9; 32]),
                name: "Asha Coaching Academy".to_owned(),
                mentors: 20,
                why: "not pinned here".to_owned(),
                next: format!("mentormesh trust pin {}", OrganisationId([9; 32])),
            }],
        },
    }
}

fn shown(query: Query, results: SearchPage) -> HomePage {
    home(site(), &query.into(), results)
}

fn rendered(query: Query, results: SearchPage) -> String {
    let html = shown(query, results).render().expect("a page");
    keep("home", &html);
    html
}

/// Leaves a page where a person, or a browser under test, can look at it, when asked to.
pub(in crate::http::web) fn keep(name: &str, html: &str) {
    if let Some(folder) = std::env::var_os("MENTORMESH_KEEP_PAGES") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.html")), html)
            .expect("a folder to keep pages in");
    }
}

#[test]
fn results_come_with_reasons_organisation_and_what_is_not_shown() {
    let query = Query {
        languages: vec!["fr".to_owned()],
        skills: vec!["social media".to_owned()],
        ..Query::words("social media for PR")
    };
    let html = rendered(query, results());
    for expected in [
        "42 mentors",
        "Ada Lovelace-Okafor",
        "Listed by <bdi>Nordic Engineering Mentors</bdi>",
        "“social media” found in skills and headline",
        "77.5 of 100 points",
        "<mark>social</mark>",
        "says: trainee mentor on EMCC Foundation, until 1 March 2027",
        "Asha Coaching Academy",
        "mentormesh trust pin",
        "href=\"/?q=social%20media%20for%20PR&#38;skill=social%20media&#38;language=fr&#38;country=GB\"",
        "<input type=\"hidden\" name=\"language\" value=\"fr\">",
        "More results",
    ] {
        assert!(html.contains(expected), "the page lacks {expected}");
    }
}

#[test]
fn the_page_needs_no_script_and_stays_small() {
    let mut many = results();
    many.hits = (0..20).map(|number| hit(number, "Cy", "Headline", &"word ".repeat(40))).collect();
    let html = shown(Query::words("word"), many).render().expect("a page");
    let forbidden = regex::Regex::new(r"<script|<[^>]*\s(style|on[a-z]+)=").expect("a pattern");
    assert!(!forbidden.is_match(&html), "the content security policy forbids these");
    assert!(html.len() < 60_000, "{} bytes", html.len());
}

#[test]
fn nobody_found_says_what_helps() {
    let nothing = SearchPage { total: 0, hits: Vec::new(), facets: BTreeMap::new(), ..results() };
    let query = Query { countries: vec!["GB".to_owned()], ..Query::words("zeppelin") };
    let html = shown(query, nothing).render().expect("a page");
    keep("empty", &html);
    assert!(html.contains("Nobody found") && html.contains("Search again without the filters"));
}

#[test]
fn an_empty_register_does_not_blame_the_search() {
    let nothing = SearchPage { total: 0, hits: Vec::new(), facets: BTreeMap::new(), ..results() };
    let html = shown(Query::words(""), nothing).render().expect("a page");
    assert!(html.contains("No mentor is listed here yet") && !html.contains("fits all of this"));
}

#[test]
fn what_was_answered_stands_beside_what_was_found_and_can_be_changed() {
    let answers = Answers { why: vec!["skills"], context: "a <nurse>".to_owned(), bring: "ten years".to_owned() };
    let asked = Asked { answers, ..Query::words("rotas").into() };
    let html = home(site(), &asked, results()).render().expect("a page");
    keep("told", &html);
    for expected in [
        "What you told us",
        "<bdi>A skill</bdi>",
        "<bdi>a &#60;nurse&#62;</bdi>",
        "<bdi>ten years</bdi>",
        "href=\"/need?q=rotas&#38;why=skills&#38;context=a%20%3Cnurse%3E&#38;bring=ten%20years\"",
        "<input type=\"hidden\" name=\"why\" value=\"skills\">",
        "value=\"rotas\"",
    ] {
        assert!(html.contains(expected), "the page lacks {expected}");
    }
}

#[test]
fn words_that_run_from_right_to_left_do_not_turn_the_sentence_around_them() {
    let dana = "דנה לוי";
    let mut results = results();
    results.hits = vec![hit(4, dana, "יועצת תקשורת", "\u{2}מנטורית\u{3}")];
    results.hits.iter_mut().for_each(|hit| hit.organisation.name = "מכון ההדרכה".to_owned());
    for locale in Locale::ALL {
        let site = Site { locale, ..site() };
        let html = home(site, &Query::words("תקשורת").into(), results.clone()).render().expect("a page");
        let name = format!("<bdi>{dana}</bdi></a>");
        for expected in [name.as_str(), "<p class=\"headline\" dir=\"auto\">יועצת", "<bdi>מכון ההדרכה</bdi>"]
        {
            assert!(html.contains(expected), "{locale:?}: the page lacks {expected}");
        }
        assert!(html.contains("value=\"תקשורת\"") && html.contains("dir=\"auto\" aria-describedby=\"hint\""));
        assert!(html.contains(&format!("<html lang=\"{}\" dir=\"ltr\">", locale.tag())), "the frame keeps its own");
    }
}

#[test]
fn what_mallory_writes_is_text() {
    let evil = "<script>alert(1)</script>\"'";
    let mut results = results();
    results.hits = vec![hit(6, evil, evil, &format!("\u{2}{evil}\u{3}"))];
    results.facets = BTreeMap::from([("skill".to_owned(), vec![facet(evil, None, 1)])]);
    let html = shown(Query { skills: vec![evil.to_owned()], ..Query::words(evil) }, results).render().expect("a page");
    assert!(!html.contains("<script"), "{html}");
    assert!(!html.contains("\"'"), "no quote ends an attribute early");
}

#[test]
fn marks_are_always_closed_and_never_nested() {
    assert_eq!(marked("a \u{2}b\u{3} c"), "a <mark>b</mark> c");
    assert_eq!(marked("\u{2}a\u{2}b"), "<mark>ab</mark>");
    assert_eq!(marked("\u{3}a<b"), "a&lt;b");
}

#[test]
fn paging_stops_at_the_depth_that_can_be_reached() {
    let page = |offset| {
        let results = SearchPage { total: 5_000, hits: vec![hit(1, "Ada", "x", ""); 20], ..results() };
        let page = shown(Query { offset, ..Query::words("") }, results);
        page.found.map(|found| (found.previous, found.next)).expect("results")
    };
    assert_eq!(page(0), (None, Some("/?offset=20".to_owned())));
    assert_eq!(page(980), (Some("/?offset=960".to_owned()), None));
}

#[test]
fn a_search_that_is_refused_says_why_and_keeps_the_words() {
    let problem = Problem::field("q", "300 characters, at most 256");
    let html = refused(site(), "so many <words>".to_owned(), problem).render().expect("a page");
    assert!(
        html.contains("300 characters, at most 256") && html.contains("value=\"so many &#60;words&#62;\""),
        "{html}"
    );
}
