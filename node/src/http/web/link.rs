//! Addresses of searches: every filter that is set, and the same with one filter more or less.

use mentormesh_protocol::limits::PAGE_DEFAULT;
use mentormesh_protocol::query::Query;

/// The pairs of a search, without its place in the results.
pub(super) fn pairs(query: &Query) -> Vec<(&'static str, String)> {
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
    pairs
}

/// Whether a filter has this value.
pub(super) fn is_set(query: &Query, name: &str, value: &str) -> bool {
    pairs(query).iter().any(|(set, is)| *set == name && is == value)
}

/// The search with a filter's value set if it is not, and not if it is; from the first page.
pub(super) fn toggled(query: &Query, name: &'static str, value: &str) -> String {
    let mut pairs = pairs(query);
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
pub(super) fn from(query: &Query, offset: usize) -> String {
    let mut pairs = pairs(query);
    if offset > 0 {
        pairs.push(("offset", offset.to_string()));
    }
    address(&pairs)
}

/// The words alone, without any filter.
pub(super) fn unfiltered(query: &Query) -> String {
    let mut pairs = pairs(query);
    pairs.retain(|(name, _)| *name == "q");
    address(&pairs)
}

fn address(pairs: &[(&'static str, String)]) -> String {
    let written: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if written.is_empty() { "/".to_owned() } else { format!("/?{}", written.join("&")) }
}

/// Percent-encodes everything but what RFC 3986 leaves unreserved.
fn encoded(text: &str) -> String {
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

    fn query() -> Query {
        let skills = vec!["R&D".to_owned()];
        Query { skills, trainee: Some(true), offset: 40, ..Query::words("crisis PR") }
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
        let address = from(&Query::words(words), 20);
        let uri: axum::http::Uri = format!("http://localhost{address}").parse().expect("an address");
        let read = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).expect("pairs");
        assert!(read.0.contains(&("q".to_owned(), words.to_owned())), "{address}");
        assert!(read.0.contains(&("offset".to_owned(), "20".to_owned())));
    }

    #[test]
    fn the_empty_search_is_the_front_page() {
        assert_eq!(from(&Query::words(""), 0), "/");
        assert_eq!(unfiltered(&query()), "/?q=crisis%20PR");
    }
}
