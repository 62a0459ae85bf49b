//! `/`: the search box, who was found and why, and links that narrow or widen the search.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mentormesh_protocol::api::{Facet, Hit, NotShown, Problem, SearchPage};
use mentormesh_protocol::limits::PAGE_DEPTH;
use mentormesh_protocol::query::Query;

use super::site::Site;
use super::{link, page, words};
use crate::http::app::App;
use crate::http::asked;
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::search::Viewer;

/// Values of one filter that are offered.
const OFFERED: usize = 10;
/// Characters of a snippet's markers (see `Hit::snippet`).
const MARKS: [(char, &str); 2] = [('\u{2}', "<mark>"), ('\u{3}', "</mark>")];
/// The filters and what they are called, in the order in which people narrow a search.
const FILTERS: [(&str, &str); 7] = [
    ("skill", "Knows about"),
    ("offer", "Offers"),
    ("language", "Speaks"),
    ("country", "Lives in"),
    ("organisation", "Listed by"),
    ("available", "Free places"),
    ("trainee", "Trainees"),
];

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    site: Site,
    words: String,
    kept: Vec<(&'static str, String)>,
    found: Option<Found>,
    problem: Option<Problem>,
}

/// What a search found, ready to be shown.
struct Found {
    total: u64,
    first: usize,
    last: usize,
    cards: Vec<Card>,
    set: Vec<Set>,
    unfiltered: String,
    groups: Vec<Group>,
    not_shown: NotShown,
    previous: Option<String>,
    next: Option<String>,
}

/// A filter that is set, and the search without it.
struct Set {
    title: &'static str,
    label: String,
    without: String,
}

/// One filter's values.
struct Group {
    title: &'static str,
    values: Vec<Value>,
}

struct Value {
    label: String,
    count: u64,
    address: String,
    set: bool,
}

/// One mentor found.
struct Card {
    address: String,
    name: String,
    headline: String,
    organisation: String,
    snippet: String,
    facts: Vec<String>,
    availability: String,
    ready: bool,
    practice: Option<String>,
    reasons: Vec<Why>,
    score: String,
}

struct Why {
    text: String,
    points: String,
}

/// Shows the front page: everybody, or whom a search finds.
pub(in crate::http) async fn show(
    State(app): State<App>,
    Extension(viewer): Extension<Viewer>,
    asked: Pairs,
) -> Result<Response, Failure> {
    let site = Site::of(&app);
    let answered = match asked::query(&asked, |text| app.organisation_id(text)) {
        Ok(query) => app.search.run(&query, viewer).await.map(|page| (query, page)).map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    match answered {
        Ok((query, results)) => Ok(page(&home(site, &query, results))?.into_response()),
        Err(failure) => {
            let problem = failure.problem().clone();
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            // What was typed stays in the box, so that it can be put right.
            let words = asked.last("q").unwrap_or_default().to_owned();
            let shown = HomePage { site, words, kept: Vec::new(), found: None, problem: Some(problem) };
            let mut response = page(&shown)?.into_response();
            *response.status_mut() = status;
            response.extensions_mut().insert(crate::http::error::Shown);
            Ok(response)
        }
    }
}

fn home(site: Site, query: &Query, results: SearchPage) -> HomePage {
    let mut kept = link::pairs(query);
    kept.retain(|(name, _)| *name != "q");
    let last = query.offset.saturating_add(results.hits.len());
    let reachable = usize::try_from(results.total).unwrap_or(usize::MAX).min(PAGE_DEPTH);
    let next = (last < reachable && last.saturating_add(query.limit) <= PAGE_DEPTH).then(|| link::from(query, last));
    let previous = (query.offset > 0).then(|| link::from(query, query.offset.saturating_sub(query.limit)));
    let groups: Vec<_> = FILTERS.iter().filter_map(|(name, title)| group(query, &results, name, title)).collect();
    let found = Found {
        total: results.total,
        first: query.offset.saturating_add(1),
        last,
        set: set(query, &results),
        unfiltered: link::unfiltered(query),
        groups,
        not_shown: results.not_shown,
        previous,
        next,
        cards: results.hits.iter().map(card).collect(),
    };
    HomePage { site, words: query.words.clone(), kept, found: Some(found), problem: None }
}

/// The filters that are set, each with the search without it.
fn set(query: &Query, results: &SearchPage) -> Vec<Set> {
    let titled = |name: &str| FILTERS.iter().find(|(known, _)| *known == name).copied();
    let pairs = link::pairs(query).into_iter();
    pairs
        .filter_map(|(name, value)| {
            let (name, title) = titled(name)?;
            let facets = results.facets.get(name).into_iter().flatten();
            let given = facets.filter(|facet| facet.value == value).find_map(|facet| facet.label.clone());
            let label = label(name, &value, given.as_deref());
            Some(Set { title, label, without: link::toggled(query, name, &value) })
        })
        .collect()
}

fn group(query: &Query, results: &SearchPage, name: &'static str, title: &'static str) -> Option<Group> {
    let facets = results.facets.get(name)?;
    let value = |facet: &Facet| Value {
        label: label(name, &facet.value, facet.label.as_deref()),
        count: facet.count,
        address: link::toggled(query, name, &facet.value),
        set: link::is_set(query, name, &facet.value),
    };
    let values: Vec<_> = facets.iter().filter(|facet| facet.count > 0).take(OFFERED).map(value).collect();
    (!values.is_empty()).then_some(Group { title, values })
}

/// What people read for a filter's value.
fn label(name: &str, value: &str, given: Option<&str>) -> String {
    match (name, value) {
        ("language", tag) => words::language(tag),
        ("country", code) => words::country(code),
        ("offer", word) => word.parse().map_or_else(|_| words::plain(word), |kind| words::offer_kind(kind).to_owned()),
        ("trainee", "true") => "says they are a trainee".to_owned(),
        ("trainee", _) => "does not say so".to_owned(),
        ("available", "true") => "has a place free".to_owned(),
        ("available", _) => "has none now".to_owned(),
        ("organisation", id) => given.map_or_else(|| id.chars().take(8).collect(), ToOwned::to_owned),
        (_, word) => given.unwrap_or(word).to_owned(),
    }
}

fn card(hit: &Hit) -> Card {
    let profile = &hit.profile;
    let mut facts = Vec::new();
    if !profile.languages.is_empty() {
        let spoken: Vec<_> = profile.languages.iter().map(|spoken| words::language(&spoken.tag)).collect();
        facts.push(spoken.join(", "));
    }
    facts.extend(profile.area.as_ref().map(words::place));
    facts.extend(profile.offers.first().map(|offer| words::offer_kind(offer.kind).to_owned()));
    let reasons = hit.reasons.iter().map(|reason| Why { text: reason.text.clone(), points: points(reason.points) });
    Card {
        address: format!("/mentors/{}", hit.id),
        name: profile.display_name.clone(),
        headline: profile.headline.clone(),
        organisation: hit.organisation.name.clone(),
        snippet: marked(&hit.snippet),
        facts,
        availability: words::availability(&profile.availability),
        ready: words::is_ready(&profile.availability),
        practice: profile.practice.as_ref().map(words::practice),
        reasons: reasons.collect(),
        score: points(hit.score),
    }
}

fn points(points: f64) -> String {
    let text = format!("{points:.1}");
    text.strip_suffix(".0").map_or(text.clone(), ToOwned::to_owned)
}

/// A snippet as HTML: everything escaped, matching words marked, every mark closed.
fn marked(snippet: &str) -> String {
    let mut html = String::with_capacity(snippet.len().saturating_mul(2));
    let mut open = false;
    for letter in snippet.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            mark => match MARKS.iter().find(|(known, _)| *known == mark) {
                Some((_, tag)) if open == tag.starts_with("</") => {
                    html.push_str(tag);
                    open = !open;
                }
                Some(_) => {}
                None => html.push(mark),
            },
        }
    }
    if open {
        html.push_str("</mark>");
    }
    html
}

#[cfg(test)]
pub(super) mod tests;
