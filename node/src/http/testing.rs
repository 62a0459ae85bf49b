//! What must hold of any query string, from its first byte to the page of hits.

use axum::extract::Query as Extracted;
use axum::http::Uri;
use mentormesh_protocol::api::{ErrorCode, Hit, Problem, SearchPage};
use mentormesh_protocol::limits::PAGE;
use mentormesh_protocol::query::Query;
use mentormesh_protocol::record::PracticeStatus;

use super::asked::{self, OFTEN, ONCE};
use super::error::Failure;
use super::extract::Pairs;
use super::id::unique;
use crate::search::Viewer;
use crate::search::testing::Shelf;

/// What means nothing without a value, as the handler of searches says.
const FILLED: [&str; 5] = ["trainee", "available", "limit", "offset", "offer"];

/// Asks a small search with these bytes as the query string, and holds the answer against what was asked.
pub async fn ask(shelf: &Shelf, bytes: &[u8]) {
    let Some(query) = read(shelf, bytes) else { return };
    query.check().expect("what is taken is within its bounds");
    let page = answer(shelf, &query).await;
    page_of(&page, &query);
    let again = answer(shelf, &query).await;
    assert_eq!(SearchPage { took_ms: page.took_ms, ..again }, page, "two answers differ");
    for hit in &page.hits {
        explained(hit);
        filtered(hit, &query);
    }
    narrows(shelf, &query, &page).await;
}

/// The query of a query string, or nothing where it is refused by name.
fn read(shelf: &Shelf, bytes: &[u8]) -> Option<Query> {
    let Ok(uri) = Uri::try_from(format!("/api/v1/search?{}", escaped(bytes))) else { return None };
    let Ok(Extracted(pairs)) = Extracted::<Vec<(String, String)>>::try_from_uri(&uri) else { return None };
    let pairs = Pairs(pairs);
    let organisation = |text: &str| text.parse().or_else(|_| unique("organisation", text, shelf.shown.iter().copied()));
    let asked = pairs
        .only(&ONCE, &OFTEN)
        .and_then(|()| pairs.filled(&FILLED))
        .and_then(|()| asked::query(&pairs, organisation));
    match asked {
        Ok(query) => Some(query),
        Err(failure) => {
            by_name(&failure);
            None
        }
    }
}

fn by_name(failure: &Failure) {
    let problem = failure.problem();
    let named = problem.code == ErrorCode::Invalid && problem.errors.len() == 1;
    assert!(named || problem.code == ErrorCode::NotFound, "{problem:?}");
    assert!(!problem.detail.is_empty());
}

/// Bytes that may not stand in a query string as they are, escaped; everything else as it came.
fn escaped(bytes: &[u8]) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(&byte);
    let one = |byte: &u8| if plain(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") };
    bytes.iter().map(one).collect()
}

async fn answer(shelf: &Shelf, query: &Query) -> SearchPage {
    let answer: Result<SearchPage, Problem> = shelf.search.run(query, Viewer::House).await;
    answer.expect("a search within its bounds is answered")
}

fn page_of(page: &SearchPage, query: &Query) {
    let shown = page.hits.len();
    assert!(shown <= query.limit && shown <= PAGE);
    assert!(page.total >= (query.offset + shown) as u64 || shown == 0, "{} in all, {shown} shown", page.total);
    let expected = page.total.saturating_sub(query.offset as u64).min(query.limit as u64);
    assert_eq!(shown as u64, expected, "{} in all, from {}", page.total, query.offset);
    assert!(page.hits.is_sorted_by(|one, next| one.score >= next.score), "not the best first");
    let mut ids: Vec<_> = page.hits.iter().map(|hit| hit.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), shown, "a mentor is shown twice");
    assert!(page.facets.values().flatten().all(|facet| (1..=page.total).contains(&facet.count)), "{:?}", page.facets);
}

/// The score is the sum of its reasons, and the marks of the snippet are pairs around something.
fn explained(hit: &Hit) {
    let sum: f64 = hit.reasons.iter().map(|reason| reason.points).sum();
    assert!((hit.score - sum).abs() < 0.01 && (0.0..=100.0).contains(&hit.score), "{hit:?}");
    let mut open = false;
    for mark in hit.snippet.chars().filter(|letter| matches!(letter, '\u{2}' | '\u{3}')) {
        assert_eq!(mark == '\u{3}', open, "a mark without its other: {:?}", hit.snippet);
        open = !open;
    }
    assert!(!open && !hit.snippet.contains("\u{2}\u{3}"), "{:?}", hit.snippet);
}

/// Every filter that can be read off the profile itself holds.
fn filtered(hit: &Hit, query: &Query) {
    let profile = &hit.profile;
    let country = profile.area.as_ref().map(|area| area.country.to_uppercase());
    assert!(query.countries.is_empty() || country.is_some_and(|country| query.countries.contains(&country)));
    assert!(query.offers.is_empty() || profile.offers.iter().any(|offer| query.offers.contains(&offer.kind)));
    assert!(query.organisations.is_empty() || query.organisations.contains(&hit.organisation.id));
    let trainee = profile.practice.as_ref().is_some_and(|practice| practice.status == PracticeStatus::Trainee);
    assert!(query.trainee.is_none_or(|wanted| wanted == trainee));
    let spoken: Vec<_> = profile.languages.iter().map(|language| language.tag.to_lowercase()).collect();
    let speaks = |tag: &String| spoken.iter().any(|spoken| spoken.starts_with(&tag.to_lowercase()));
    assert!(query.languages.is_empty() || query.languages.iter().any(speaks), "{spoken:?}");
}

/// Words and filters only ever narrow, and a page further on continues the one before it.
async fn narrows(shelf: &Shelf, query: &Query, page: &SearchPage) {
    if !query.words.is_empty() {
        let wider = Query { words: String::new(), limit: 1, offset: 0, ..query.clone() };
        assert!(answer(shelf, &wider).await.total >= page.total, "more is found with words than without");
    }
    let unfiltered = Query { words: query.words.clone(), limit: PAGE, ..Query::default() };
    let first = Query { limit: PAGE, offset: 0, ..query.clone() };
    if unfiltered != first {
        let all = answer(shelf, &unfiltered).await;
        assert!(all.total >= page.total, "more is found with filters than without");
        let there = |hit: &Hit| all.hits.iter().any(|other| other.id == hit.id);
        assert!(page.hits.iter().all(there), "found only when filtered");
    }
    let first = answer(shelf, &first).await;
    let ids = |hits: &[Hit]| hits.iter().map(|hit| hit.id).collect::<Vec<_>>();
    let same: Vec<_> = first.hits.iter().skip(query.offset).take(query.limit).map(|hit| hit.id).collect();
    assert_eq!(ids(&page.hits), same, "a page does not continue the one before it");
}
