//! Every page there is, as somebody who may see all of them sees it, full of long texts in any script: what it weighs,
//! what it asks for, what it tells search engines, in each language. A page that is added is walked by itself.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::harness::gate::places;
use crate::harness::node::Node;
use crate::harness::people::mentor;
use crate::harness::signed_in::Browser;
use crate::mail_links::{ask, comes_to_write, link};

/// Bytes of a page and all that it loads.
const WEIGHT: usize = 60 * 1024;
const LANGUAGES: [&str; 4] = ["en", "de", "fr", "es"];
/// Who may ask for what, line by line.
const TABLE: &str = include_str!("../../node/src/http/access.rs");
/// What is no page: machines read it.
const MACHINES: [&str; 5] = ["/livez", "/readyz", "/openapi.json", "/metrics", "/static/"];
/// Names that people have.
const NAMES: [&str; 4] = ["أميرة الفاسي", "林 美玲", "प्रिया शर्मा", "Ṣọlá O’Dálaigh-Nguyễn"];

/// Every address that a page answers at.
fn routes() -> Vec<&'static str> {
    let table = TABLE.split_once("const TABLE").unwrap().1.split_once("];").unwrap().0;
    let lines = table.lines().filter_map(|line| line.trim().strip_prefix("(\"GET\", \""));
    let routes: Vec<_> = lines.filter_map(|line| line.split('"').next()).collect();
    let pages = routes.into_iter().filter(|route| !route.starts_with("/api/"));
    pages.filter(|route| !MACHINES.iter().any(|machine| route.starts_with(machine))).collect()
}

/// A mentor who has much to say, in words of this script.
fn full(name: &str, number: usize) -> Value {
    let mut listing = mentor(&format!("{name} {number}"), &"Press & <offices> in a crisis ".repeat(4)[..118]);
    let profile = &mut listing["profile"];
    profile["summary"] = json!("Social media, and what comes of it. ".repeat(7));
    profile["bio"] = json!("Twenty years in the trade & still learning <every day>.\n\n".repeat(50));
    profile["mentee_fit"] = json!("Whoever is new to the trade. ".repeat(18));
    profile["tags"] = json!((0..20).map(|tag| format!("tag {number} {tag} {}", "x".repeat(30))).collect::<Vec<_>>());
    let skill =
        |at: usize| json!({ "label": format!("social media {at} {}", "y".repeat(30)), "level": "expert", "years": 20 });
    profile["knows_about"] = json!((0..12).map(skill).collect::<Vec<_>>());
    profile["availability"]["places"] = json!(5);
    listing["contact"]["email"] = json!(format!("mentor{number}@example.org"));
    listing
}

/// A node where much has happened, who walks it, and what stands for the parts of an address.
fn town() -> (Node, Browser, BTreeMap<&'static str, String>) {
    let ada = Node::start(&format!("Ada’s Institute {}", "of Public Relations ".repeat(4)));
    let listings: Vec<_> = (0..24).map(|number| ada.publish(&full(NAMES[number % NAMES.len()], number))).collect();
    ada.comes_to_find(&format!("{} 23", NAMES[3]));
    let person = ada.adds(NAMES[0], "mentor0@example.org", &["registrar", "programme_lead", "operator"]);
    let walker = ada.signs_in(&person);
    let sent = ask(&ada, &listings[1], "mentor0@example.org");
    let received = ask(&ada, &listings[0], "di@example.org");
    let act = link(&comes_to_write(&ada, "request"), "Say no");
    let parts = BTreeMap::from([
        ("/mentors/", ada.profile_id(&listings[0])),
        ("/requests/", sent),
        ("/answers/", received),
        ("/act/", act.trim_start_matches("/act/").to_owned()),
        ("/sign-in/", "a".repeat(52)),
        ("/desk/listings/", listings[0].clone()),
        ("/desk/organisations/", ada.org.clone()),
        ("/desk/mail/", "1".to_owned()),
    ]);
    (ada, walker, parts)
}

/// The address of a route with what stands for its parts; what nobody named here is nothing that is known.
fn address(route: &str, parts: &BTreeMap<&'static str, String>) -> String {
    let Some((before, rest)) = route.split_once('{') else { return route.to_owned() };
    let after = rest.split_once('}').map_or("", |(_, after)| after);
    format!("{before}{}{after}", parts.get(before).map_or("unknown", String::as_str))
}

/// Whatever a page loads by itself: addresses in elements that fetch.
fn loads(html: &str) -> Vec<&str> {
    let elements = html.split('<').filter(|element| {
        ["link ", "img ", "script", "iframe", "source", "object", "embed"].iter().any(|name| element.starts_with(name))
    });
    let addresses = elements.flat_map(|element| element.split(['"']).skip(1).step_by(2));
    addresses.filter(|value| value.contains('/') && !value.contains(' ') && !value.starts_with("image/")).collect()
}

#[test]
fn every_page_is_light_loads_nothing_from_elsewhere_and_is_in_the_language_that_was_asked_for() {
    let _places = places(1);
    let (ada, walker, parts) = town();
    let mut pages: Vec<String> = routes().iter().map(|route| address(route, &parts)).collect();
    // A document to take along is no page.
    pages.retain(|page| page != "/me/export");
    assert!(pages.len() >= 10, "{pages:?}");
    pages.extend(["/?q=", "/?q=social+media", "/?q=social&limit=100", "/no/such/page"].map(str::to_owned));
    let sheet = walker.get("/static/style.css").body.len() + walker.get("/static/icon.svg").body.len();
    let (mut heavy, mut english) = (Vec::new(), Vec::new());
    for page in &pages {
        for lang in LANGUAGES {
            let headers = [("accept", "text/html"), ("accept-language", lang)];
            let answer = walker.ask("GET", page, &headers, b"");
            if answer.status == 303 {
                continue;
            }
            assert!(answer.status == 200 || (400..500).contains(&answer.status), "{page}: {}", answer.status);
            let html = answer.text();
            assert!(answer.header("content-type").starts_with("text/html"), "{page}: {html}");
            let policy = answer.header("content-security-policy");
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{page}: {policy}");
            assert!(answer.header("x-robots-tag").contains("noindex"), "{page}");
            assert!(html.contains("content=\"noindex, noarchive\""), "{page} is for no search engine");
            for part in ["<script", " style=", "javascript:"] {
                assert!(!html.contains(part), "{page} has {part}");
            }
            let foreign: Vec<_> = loads(&html).into_iter().filter(|load| !load.starts_with("/static/")).collect();
            assert!(foreign.is_empty(), "{page} loads {foreign:?}");
            if !html.contains(&format!("<html lang=\"{lang}\"")) {
                english.push(format!("{page} in {lang}"));
            }
            let weight = answer.body.len() + sheet;
            if weight > WEIGHT {
                heavy.push(format!("{page} in {lang}: {weight} bytes"));
            }
        }
    }
    english.retain(|page| !page.starts_with("/desk"));
    assert!(english.is_empty(), "in English whatever was asked for: {english:#?}");
    assert!(heavy.is_empty(), "heavier than {WEIGHT} bytes: {heavy:#?}");
    ada.log();
}

#[test]
fn names_of_any_script_stand_apart_from_the_direction_of_the_words_around_them() {
    let _places = places(1);
    let ada = Node::start("معهد آدا");
    for (number, name) in NAMES.iter().enumerate() {
        let mut listing = full(name, number);
        listing["profile"]["headline"] = json!(format!("{name}: headline"));
        ada.publish(&listing);
    }
    ada.comes_to_find(&format!("{} 3", NAMES[3]));
    let api = ada.api().with_token(None);
    for (number, name) in NAMES.iter().enumerate() {
        let query: String = name.split(' ').next().unwrap().bytes().map(|byte| format!("%{byte:02X}")).collect();
        let found = api.ask("GET", &format!("/?q={query}&lang=de"), &[("accept", "text/html")], b"").text();
        assert!(found.contains(&format!("<bdi>{name} {number}</bdi>")), "{name}: {found}");
        assert!(found.contains("<bdi>معهد آدا</bdi>"), "the organisation of {name}");
        assert!(found.contains(&format!("dir=\"auto\">{name}: headline")), "the headline of {name}");
    }
}
