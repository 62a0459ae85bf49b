//! `/` with a search: the box, who was found and why, and links that narrow or widen the search. Without one it is
//! the first page (`start.rs`).

use askama::Template;
use askama::filters::Safe;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use mentormesh_protocol::api::{Facet, Hit, NotShown, Problem, SearchPage};
use mentormesh_protocol::limits::{PAGE_DEFAULT, PAGE_DEPTH};
use mentormesh_protocol::query::{Query, Reason};

use super::answers::Answers;
use super::link::{self, Asked};
use super::site::Site;
use super::visitor::Visitor;
use super::{need, page, reason, start, words};
use crate::http::app::App;
use crate::http::asked;
use crate::http::error::Failure;
use crate::http::extract::Pairs;
use crate::search::Viewer;
use crate::speech::Locale;

/// Values of one filter that are offered.
const OFFERED: usize = 10;
/// Characters of a snippet's markers (see `Hit::snippet`).
const MARKS: [(char, &str); 2] = [('\u{2}', "<mark>"), ('\u{3}', "</mark>")];
/// The filters, in the order in which people narrow a search.
const FILTERS: [&str; 7] = ["skill", "offer", "language", "country", "organisation", "available", "trainee"];

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    site: Site,
    words: String,
    kept: Vec<(&'static str, String)>,
    told: Vec<need::Told>,
    change: String,
    found: Option<Found>,
    problem: Option<Problem>,
}

/// What a search found, ready to be shown.
struct Found {
    total: u64,
    first: usize,
    range: Option<String>,
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
    title: String,
    label: String,
    without: String,
}

/// One filter's values.
struct Group {
    title: String,
    values: Vec<Value>,
}

struct Value {
    label: String,
    count: String,
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
    why: String,
}

struct Why {
    text: Safe<String>,
    points: String,
}

/// Shows the first page, or whom a search finds.
pub(in crate::http) async fn show(
    State(app): State<App>,
    Extension(viewer): Extension<Viewer>,
    visitor: Visitor,
    pairs: Pairs,
) -> Result<Response, Failure> {
    let site = Site::seen_by(&visitor, &app);
    if pairs.0.iter().all(|(name, _)| name == "lang") {
        return start::show(site, &visitor);
    }
    let answered = match read(&app, &pairs) {
        Ok(asked) => {
            let found = app.search.run(&asked.answers.widen(&asked.query), viewer).await;
            found.map(|results| (asked, results)).map_err(Failure::from)
        }
        Err(failure) => Err(failure),
    };
    match answered {
        Ok((asked, results)) => page(&visitor, &home(site, &asked, results)),
        Err(failure) => {
            let problem = failure.problem().clone();
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            // What was typed stays in the box, so that it can be put right.
            let words = pairs.last("q").unwrap_or_default().to_owned();
            let mut response = page(&visitor, &refused(site, words, problem))?;
            *response.status_mut() = status;
            response.extensions_mut().insert(crate::http::error::Shown);
            Ok(response)
        }
    }
}

fn read(app: &App, pairs: &Pairs) -> Result<Asked, Failure> {
    let query = asked::query(pairs, |text| app.organisation_id(text))?;
    // However many a program may have at once, a page stays light.
    let query = Query { limit: query.limit.min(PAGE_DEFAULT), ..query };
    Ok(Asked { query, answers: Answers::of(pairs)? })
}

fn refused(site: Site, words: String, problem: Problem) -> HomePage {
    let (kept, told, change) = (Vec::new(), Vec::new(), "/need".to_owned());
    HomePage { site, words, kept, told, change, found: None, problem: Some(problem) }
}

fn home(site: Site, asked: &Asked, results: SearchPage) -> HomePage {
    let (locale, query) = (site.locale, &asked.query);
    let mut kept = link::pairs(asked);
    kept.retain(|(name, _)| *name != "q");
    let last = query.offset.saturating_add(results.hits.len());
    let reachable = usize::try_from(results.total).unwrap_or(usize::MAX).min(PAGE_DEPTH);
    let next = (last < reachable && last.saturating_add(query.limit) <= PAGE_DEPTH).then(|| link::from(asked, last));
    let previous = (query.offset > 0).then(|| link::from(asked, query.offset.saturating_sub(query.limit)));
    let groups: Vec<_> = FILTERS.iter().filter_map(|name| group(locale, asked, &results, name)).collect();
    let first = query.offset.saturating_add(1);
    let partly =
        u64::try_from(results.hits.len()).is_ok_and(|shown| shown != results.total) && !results.hits.is_empty();
    let range = || locale.with("found-range", &[("first", &first.to_string()), ("last", &last.to_string())]);
    let found = Found {
        total: results.total,
        first,
        range: partly.then(range),
        set: set(locale, asked, &results),
        unfiltered: link::unfiltered(asked),
        groups,
        not_shown: results.not_shown,
        previous,
        next,
        cards: results.hits.iter().map(|hit| card(locale, hit)).collect(),
    };
    let (told, change) = (need::told(locale, asked), link::questions(asked));
    HomePage { site, words: query.words.clone(), kept, told, change, found: Some(found), problem: None }
}

/// The filters that are set, each with the search without it.
fn set(locale: Locale, asked: &Asked, results: &SearchPage) -> Vec<Set> {
    let pairs = link::pairs(asked).into_iter().filter(|(name, _)| FILTERS.contains(name));
    pairs
        .map(|(name, value)| {
            let facets = results.facets.get(name).into_iter().flatten();
            let given = facets.filter(|facet| facet.value == value).find_map(|facet| facet.label.clone());
            let label = label(locale, name, &value, given.as_deref());
            Set { title: words::word(locale, "filter", name), label, without: link::toggled(asked, name, &value) }
        })
        .collect()
}

fn group(locale: Locale, asked: &Asked, results: &SearchPage, name: &'static str) -> Option<Group> {
    let facets = results.facets.get(name)?;
    let value = |facet: &Facet| Value {
        label: label(locale, name, &facet.value, facet.label.as_deref()),
        count: locale.number(facet.count),
        address: link::toggled(asked, name, &facet.value),
        set: link::is_set(asked, name, &facet.value),
    };
    let values: Vec<_> = facets.iter().filter(|facet| facet.count > 0).take(OFFERED).map(value).collect();
    (!values.is_empty()).then(|| Group { title: words::word(locale, "filter", name), values })
}

/// What people read for a filter's value.
fn label(locale: Locale, name: &str, value: &str, given: Option<&str>) -> String {
    match (name, value) {
        ("language", tag) => words::language(locale, tag),
        ("country", code) => words::country(locale, code),
        ("offer", word) => words::plain(locale, "offer", word),
        ("trainee" | "available", "true") => locale.say(&format!("{name}-true")),
        ("trainee" | "available", _) => locale.say(&format!("{name}-false")),
        ("organisation", id) => given.map_or_else(|| id.chars().take(8).collect(), ToOwned::to_owned),
        (_, word) => given.unwrap_or(word).to_owned(),
    }
}

fn card(locale: Locale, hit: &Hit) -> Card {
    let profile = &hit.profile;
    let mut facts = Vec::new();
    if !profile.languages.is_empty() {
        let spoken: Vec<_> = profile.languages.iter().map(|spoken| words::language(locale, &spoken.tag)).collect();
        facts.push(spoken.join(", "));
    }
    facts.extend(profile.area.as_ref().map(|area| words::place(locale, area)));
    facts.extend(profile.offers.first().map(|offer| words::word(locale, "offer", offer.kind.as_str())));
    let why = |found: &Reason| Why {
        text: reason::said(locale, profile, found),
        points: words::points(locale, found.points),
    };
    Card {
        address: format!("/mentors/{}", hit.id),
        name: profile.display_name.clone(),
        headline: profile.headline.clone(),
        organisation: hit.organisation.name.clone(),
        snippet: marked(&hit.snippet),
        facts,
        availability: words::availability(locale, &profile.availability),
        ready: words::is_ready(&profile.availability),
        practice: profile.practice.as_ref().map(|practice| words::practice(locale, practice)),
        reasons: hit.reasons.iter().map(why).collect(),
        why: locale.with("why", &[("points", &words::points(locale, hit.score))]),
    }
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
