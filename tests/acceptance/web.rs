//! The first web page and the addresses that machines read: no script needed, no surprise in any header.

use crate::harness::gate::places;
use crate::harness::http::Api;
use crate::harness::node::Node;
use crate::harness::people::{mentor, trainee};

/// What a person reads: the text between the tags.
fn text(html: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                plain.push(' ');
            }
            _ if !inside => plain.push(letter),
            _ => {}
        }
    }
    plain
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

/// Every address in links of the page.
fn links(html: &str) -> Vec<String> {
    html.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|link| link.replace("&amp;", "&").replace("&#38;", "&"))
        .collect()
}

fn page(api: &Api, path: &str) -> String {
    let answer = api.ask("GET", path, &[("accept", "text/html")], b"");
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    assert!(answer.header("content-type").starts_with("text/html"), "{path}");
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
    let html = answer.text();
    assert!(!html.contains("<script"), "{path} needs no script");
    assert!(html.contains("<html lang=\"en") && html.contains("name=\"viewport\""), "{path}");
    html
}

#[test]
fn the_page_shows_results_with_reasons_facets_as_links_and_profiles() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let mut listing = mentor("Ada Okafor", "Social media for public relations");
    listing["profile"]["bio"] = serde_json::json!("Five < six & <b>seven</b> \"eight\"");
    let id = ada.publish(&listing);
    ada.publish(&trainee("Tora Trainee", "Learning to mentor"));
    ada.comes_to_find("Ada Okafor");
    ada.comes_to_find("Tora Trainee");
    let api = ada.api().with_token(None);

    let start = page(&api, "/");
    assert!(start.contains("name=\"q\""), "a search box");
    let found = page(&api, "/?q=social+media");
    let read = text(&found);
    for expected in ["Ada Okafor", "Social media for public relations", "Ada's Institute"] {
        assert!(read.contains(expected), "{expected:?} is missing in: {read}");
    }
    let reason = ada.search("social media")["hits"][0]["reasons"][0]["text"].as_str().unwrap().to_owned();
    assert!(read.contains(&reason), "the reason {reason:?} is missing in: {read}");
    let all = page(&api, "/?q=");
    let facets: Vec<_> =
        links(&all).into_iter().filter(|link| link.contains("trainee=") || link.contains("country=")).collect();
    assert!(!facets.is_empty(), "facets are links: {:?}", links(&all));
    for facet in facets {
        let path = facet.strip_prefix('?').map_or(facet.clone(), |rest| format!("/?{rest}"));
        page(&api, &path);
    }
    assert!(text(&all).contains("says"), "a trainee's status is what she says");

    let address = format!("/mentors/{}.{id}", ada.org);
    assert!(links(&found).iter().any(|link| link.ends_with(&format!("{}.{id}", ada.org))), "{:?}", links(&found));
    let profile = page(&api, &address);
    assert!(text(&profile).contains("Social media for public relations"));
    assert!(!profile.contains("<b>seven</b>"), "what people write is text");
    assert!(!profile.contains("example.org"), "no contact");
    let missing = api.ask("GET", "/mentors/nobody", &[("accept", "text/html")], b"");
    assert_eq!(missing.status, 404);
    assert!(missing.header("content-type").starts_with("text/html"));
    for path in ["/privacy", "/complaints", "/about"] {
        assert!(text(&page(&api, path)).len() > 100, "{path}");
    }
    let empty = text(&page(&api, "/?q=xylophone"));
    assert!(!empty.contains("Ada Okafor"), "{empty}");
}

/// The pages that need no sign-in, with a mentor to look at.
fn everywhere(mentor: &str) -> [String; 8] {
    let fixed = ["/", "/?q=social", "/?q=xylophone", "/need", "/about", "/privacy", "/complaints"];
    let [first, found, nobody, need, about, privacy, complaints] = fixed.map(str::to_owned);
    [first, found, nobody, need, about, privacy, complaints, mentor.to_owned()]
}

#[test]
fn every_page_speaks_the_language_that_is_asked_for_and_says_so() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let id = ada.publish(&mentor("דנה לוי", "Social media for public relations"));
    ada.comes_to_find("דנה לוי");
    let api = ada.api().with_token(None);
    for path in everywhere(&format!("/mentors/{}.{id}", ada.org)) {
        let mut texts = Vec::new();
        for (asks, tag) in [("sv", "en"), ("de-CH, en;q=0.5", "de"), ("fr", "fr"), ("es-419", "es")] {
            let answer = api.ask("GET", &path, &[("accept", "text/html"), ("accept-language", asks)], b"");
            assert_eq!(answer.header("content-language"), tag, "{path}");
            assert!(answer.header("vary").contains("Accept-Language"), "{path}: {}", answer.header("vary"));
            let html = answer.text();
            assert!(html.contains(&format!("<html lang=\"{tag}\" dir=\"ltr\">")), "{path} in {tag}");
            for (other, name) in [("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español")] {
                let switch = links(&html).into_iter().any(|link| link.ends_with(&format!("lang={other}")));
                assert!(switch && html.contains(name), "{path} in {tag} leads to {name}");
            }
            texts.push(text(&html));
        }
        texts.dedup();
        assert_eq!(texts.len(), 4, "{path} says the same in two languages");
    }
    let chosen = api.ask("GET", "/about?lang=fr", &[("accept", "text/html"), ("accept-language", "de")], b"");
    let cookie = chosen.header("set-cookie").split(';').next().expect("a pair").to_owned();
    assert_eq!((chosen.header("content-language"), cookie.as_str()), ("fr", "lang=fr"));
    let kept = api.ask("GET", "/", &[("accept", "text/html"), ("accept-language", "de"), ("cookie", &cookie)], b"");
    assert_eq!(kept.header("content-language"), "fr", "a choice stands above what the browser asks for");
    let found = page(&api, "/?q=social");
    assert!(found.contains("<bdi>דנה לוי</bdi>"), "a name of another direction is set apart: {found}");
}

#[test]
fn four_questions_become_a_search_and_stay_to_be_changed() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let mut listing = mentor("Ada Okafor", "Bridges and the people who build them");
    listing["profile"]["helps_with"] = serde_json::json!(["returning_to_work"]);
    ada.publish(&listing);
    ada.publish(&mentor("Bo Hansen", "Press offices"));
    ada.comes_to_find("Bo Hansen");
    let api = ada.api().with_token(None);
    assert!(page(&api, "/need").contains("<form action=\"/\" method=\"get\""));
    assert!(text(&page(&api, "/?why=&context=&q=&language=&bring=")).contains("2 mentors"), "all may be skipped");
    let found = page(&api, "/?why=returning_to_work&context=after+a+break&q=&bring=ten+years+of+sailing");
    let read = text(&found);
    assert!(read.contains("Ada Okafor") && read.contains("ten years of sailing"), "{read}");
    assert!(!read.contains("Bo Hansen"), "only who helps with that: {read}");
    let again = links(&found).into_iter().find(|link| link.starts_with("/need?")).expect("a way back");
    let again = page(&api, &again);
    assert!(again.contains("value=\"returning_to_work\" checked") && again.contains("ten years of sailing</textarea>"));
    let long = api.ask("GET", &format!("/?context={}", "x".repeat(161)), &[("accept", "text/html")], b"");
    assert!(long.status == 422 && long.text().contains("context"), "{}: {}", long.status, long.text());
}

#[test]
fn search_engines_see_who_agreed_to_it_and_no_page_else() {
    let _places = places(1);
    let mut ada = Node::init("Ada's Institute");
    ada.set("search", "public", "true");
    ada.serve();
    let mut open = mentor("Ada Okafor", "Social media for public relations");
    open["consent"]["open_web"] = serde_json::json!(true);
    let open = format!("/mentors/{}.{}", ada.org, ada.publish(&open));
    let closed = format!("/mentors/{}.{}", ada.org, ada.publish(&mentor("Olu Adeyemi", "Press offices")));
    ada.comes_to_find("Olu Adeyemi");
    let public = ada.api().with_token(None);
    let outside = [("accept", "text/html"), ("host", "mentors.example.org"), ("x-forwarded-for", "192.0.2.1")];
    let hidden = |path: &str, headers: &[(&str, &str)]| {
        let answer = public.ask("GET", path, headers, b"");
        let (said, html) = (answer.header("x-robots-tag").contains("noindex"), answer.text());
        assert_eq!(said, html.contains("name=\"robots\" content=\"noindex"), "{path}: header and page agree");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert!(!html.contains("<script") && !html.contains(" style=") && !html.contains("<style"), "{path}");
        said
    };
    assert!(!hidden(&open, &outside), "her mentor page is for everybody");
    assert!(hidden(&open, &outside[..1]), "but not as this machine's own users see it");
    for path in everywhere(&closed) {
        assert!(hidden(&path, &outside), "{path} from outside");
        assert!(hidden(&path, &outside[..1]), "{path} from here");
    }
}

#[test]
fn the_stylesheet_knows_the_dark_and_comes_from_the_node_itself() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let api = ada.api().with_token(None);
    let start = page(&api, "/");
    let sheet = links(&start).into_iter().find(|link| link.contains(".css")).expect("a stylesheet");
    assert!(sheet.starts_with('/'), "{sheet}");
    let sheet = api.get(&sheet);
    assert_eq!((sheet.status, sheet.header("content-type").starts_with("text/css")), (200, true));
    assert!(sheet.text().contains("prefers-color-scheme: dark") || sheet.text().contains("light-dark("));
    assert!(!sheet.text().contains("http"), "nothing is fetched from elsewhere");
    assert!(links(&start).iter().all(|link| !link.starts_with("http")), "{:?}", links(&start));
}

#[test]
fn the_interface_describes_itself_in_openapi_3_1() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    let document = ada.api().get("/openapi.json").done();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"), "{}", document["openapi"]);
    let paths = document["paths"].as_object().unwrap();
    for path in [
        "/api/v1/search",
        "/api/v1/profiles/{id}",
        "/api/v1/listings",
        "/api/v1/listings/{id}/publish",
        "/api/v1/introductions",
        "/api/v1/introductions/{id}/accept",
        "/api/v1/trust",
        "/api/v1/sync",
    ] {
        assert!(paths.contains_key(path), "{path} is not described: {:?}", paths.keys().collect::<Vec<_>>());
    }
    assert!(!document.to_string().contains("/attestations"), "what is not built is absent");
    assert!(document["components"]["schemas"]["Problem"].is_object());
}

#[test]
fn health_and_metrics_are_what_machines_expect() {
    let _places = places(1);
    let ada = Node::start("Ada's Institute");
    ada.publish(&mentor("Ada Okafor", "Social media"));
    let api = ada.api();
    for path in ["/livez", "/readyz"] {
        assert_eq!(api.get(path).status, 200, "{path}");
    }
    let metrics = api.get("/metrics");
    assert_eq!(metrics.status, 200, "{}", metrics.text());
    assert!(
        metrics.header("content-type").starts_with("application/openmetrics-text"),
        "{}",
        metrics.header("content-type")
    );
    let text = metrics.text();
    assert!(text.trim_end().ends_with("# EOF"), "{text}");
    assert!(text.contains("# TYPE mentormesh"), "{text}");
    assert!(!text.contains("Ada Okafor"), "no names in metrics");
    let page = include_str!("../../docs/OPERATING.md");
    let named = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next());
    let missing: Vec<_> = named.filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "OPERATING.md says nothing of {missing:?}");
    let told = page.split('`').filter(|word| word.starts_with("mentormesh_") && !word.contains(' '));
    let gone: Vec<_> = told.filter(|name| !text.contains(&format!("# TYPE {name} "))).collect();
    assert!(gone.is_empty(), "OPERATING.md tells of {gone:?}");
}
