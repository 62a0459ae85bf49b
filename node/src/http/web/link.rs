//! Addresses of searches: every filter that is set, and the same with one filter more or less.

use mentormesh_protocol::limits::PAGE_DEFAULT;
use mentormesh_protocol::query::Query;

use super::answers::Answers;

/// A search as somebody asked for it: what they typed and narrowed, and what they answered before.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub(super) query: Query,
    pub(super) answers: Answers,
}

impl From<Query> for Asked {
    fn from(query: Query) -> Self {
        Self { query, answers: Answers::default() }
    }
}

/// The pairs of a search, without its place in the results.
pub(super) fn pairs(asked: &Asked) -> Vec<(&'static str, String)> {
    let query = &asked.query;
    let mut pairs = Vec::new();
    if !query.words.is_empty() {
        pairs.push(("q", query.words.clone()));
    }
    pairs.extend(query.skills.iter().map(|skill| ("skill", skill.clone())));
    pairs.extend(query.languages.iter().map(|language| ("language", language.clone())));
    pairs.extend(query.countries.iter().map(|country| ("country", country.clone())));
    pairs.extend(query.offers.iter().map(|offer| ("offer", offer.to_string())));
    pairs.extend(query.organisations.iter().map(|organisation| ("organisation", organisation.to_string())));
    pairs.extend(query.trainee.map(|trainee| ("trainee", trainee.to_string())));
    pairs.extend(query.available.map(|available| ("available", available.to_string())));
    if query.limit != PAGE_DEFAULT {
        pairs.push(("limit", query.limit.to_string()));
    }
    pairs.extend(asked.answers.pairs());
    pairs
}

/// Whether a filter has this value.
pub(super) fn is_set(asked: &Asked, name: &str, value: &str) -> bool {
    pairs(asked).iter().any(|(set, is)| *set == name && is == value)
}

/// The search with a filter's value set if it is not, and not if it is; from the first page.
pub(super) fn toggled(asked: &Asked, name: &'static str, value: &str) -> String {
    let mut pairs = pairs(asked);
    let before = pairs.len();
    pairs.retain(|(set, is)| *set != name || is != value);
    if pairs.len() == before {
        if matches!(name, "trainee" | "available") {
            pairs.retain(|(set, _)| *set != name);
        }
        pairs.push((name, value.to_owned()));
    }
    address(&pairs)
}

/// The search from another hit on.
pub(super) fn from(asked: &Asked, offset: usize) -> String {
    let mut pairs = pairs(asked);
    if offset > 0 {
        pairs.push(("offset", offset.to_string()));
    }
    address(&pairs)
}

/// The words alone, without any filter.
pub(super) fn unfiltered(asked: &Asked) -> String {
    let mut pairs = pairs(asked);
    pairs.retain(|(name, _)| *name == "q" || Answers::NAMES.contains(name));
    address(&pairs)
}

/// The four questions with what was answered and searched for, to change it.
pub(super) fn questions(asked: &Asked) -> String {
    joined("/need", &pairs(asked))
}

fn address(pairs: &[(&'static str, String)]) -> String {
    // The front page without any pair is for those who have not searched yet.
    if pairs.is_empty() { "/?q=".to_owned() } else { joined("/", pairs) }
}

fn joined(path: &str, pairs: &[(&'static str, String)]) -> String {
    let written: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if written.is_empty() { path.to_owned() } else { format!("{path}?{}", written.join("&")) }
}

/// Percent-encodes everything but what RFC 3986 leaves unreserved.
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query() -> Asked {
        let skills = vec!["R&D".to_owned()];
        Query { skills, trainee: Some(true), offset: 40, ..Query::words("crisis PR") }.into()
    }

    #[test]
    fn a_filter_toggles_and_the_page_starts_over() {
        let query = query();
        assert_eq!(toggled(&query, "skill", "R&D"), "/?q=crisis%20PR&trainee=true");
        assert_eq!(toggled(&query, "country", "GB"), "/?q=crisis%20PR&skill=R%26D&trainee=true&country=GB");
    }

    #[test]
    fn a_yes_replaces_a_no() {
        assert_eq!(toggled(&query(), "trainee", "false"), "/?q=crisis%20PR&skill=R%26D&trainee=false");
    }

    #[test]
    fn what_an_address_says_is_read_back_as_it_was() {
        let words = "Zoë \"两个\" +44 a=b&c";
        let address = from(&Query::words(words).into(), 20);
        let uri: axum::http::Uri = format!("http://localhost{address}").parse().expect("an address");
        let read = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).expect("pairs");
        assert!(read.0.contains(&("q".to_owned(), words.to_owned())), "{address}");
        assert!(read.0.contains(&("offset".to_owned(), "20".to_owned())));
    }

    #[test]
    fn the_empty_search_finds_everybody_and_is_not_the_front_page() {
        assert_eq!(from(&Query::words("").into(), 0), "/?q=");
        assert_eq!(unfiltered(&query()), "/?q=crisis%20PR");
    }

    #[test]
    fn answers_go_along_until_they_are_changed() {
        let answers = Answers { why: vec!["skills"], context: "a nurse".to_owned(), bring: "time".to_owned() };
        let asked = Asked { answers, ..query() };
        assert_eq!(unfiltered(&asked), "/?q=crisis%20PR&why=skills&context=a%20nurse&bring=time");
        assert!(toggled(&asked, "country", "GB").contains("&why=skills&context=a%20nurse&bring=time&country=GB"));
        assert!(questions(&asked).starts_with("/need?q=crisis%20PR&skill=R%26D&trainee=true&why=skills"));
    }
}
