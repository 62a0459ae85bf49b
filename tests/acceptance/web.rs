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
