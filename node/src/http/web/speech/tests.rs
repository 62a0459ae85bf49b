//! Whether every language says everything, in its own way of counting, and who is answered in which.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{HeaderMap, HeaderValue, Uri, header};
use regex::Regex;

use super::catalogue::texts;
use super::*;

/// What asks for messages: pages and the code around them.
const ASKING: [&str; 17] = [
    include_str!("../templates/base.html"),
    include_str!("../templates/home.html"),
    include_str!("../templates/search.html"),
    include_str!("../templates/start.html"),
    include_str!("../templates/need.html"),
    include_str!("../templates/mentor.html"),
    include_str!("../templates/about.html"),
    include_str!("../templates/privacy.html"),
    include_str!("../templates/complaints.html"),
    include_str!("../home.rs"),
    include_str!("../mentor.rs"),
    include_str!("../need.rs"),
    include_str!("../start.rs"),
    include_str!("../words.rs"),
    include_str!("../names.rs"),
    include_str!("../plain.rs"),
    include_str!("../site.rs"),
];

/// How names begin that are put together from a kind and a word.
const KINDS: [&str; 22] = [
    "access-",
    "answers-",
    "availability-",
    "available-",
    "country-",
    "fee-",
    "filter-",
    "fluency-",
    "help-",
    "helps-",
    "kind-",
    "knowing-",
    "language-",
    "level-",
    "mode-",
    "month-",
    "offer-",
    "scope-",
    "step-",
    "style-",
    "trainee-",
    "years",
];

/// Every message by its name, with the text below it.
fn messages(text: &str) -> BTreeMap<String, String> {
    let begins = Regex::new(r"^([a-zA-Z][a-zA-Z0-9_-]*) =(.*)$").expect("a pattern");
    let mut messages = BTreeMap::new();
    let mut name = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match begins.captures(line) {
            Some(found) => {
                name = found[1].to_owned();
                assert!(messages.insert(name.clone(), found[2].to_owned()).is_none(), "{name} is there twice");
            }
            None => messages.entry(name.clone()).or_default().push_str(&format!("\n{line}")),
        }
    }
    messages
}

fn all(locale: Locale) -> BTreeMap<String, String> {
    let [pages, names] = texts(locale).map(messages);
    let both: Vec<_> = pages.keys().filter(|name| names.contains_key(*name) && !name.is_empty()).collect();
    assert!(both.is_empty(), "{locale:?} says twice: {both:?}");
    pages.into_iter().chain(names).filter(|(name, _)| !name.is_empty()).collect()
}

/// What must be alike in every language: the values that are put in, and how many links there are.
fn marks(text: &str) -> (BTreeSet<String>, usize) {
    let values = Regex::new(r"\$[a-z]+").expect("a pattern");
    let values = values.find_iter(text).map(|found| found.as_str().to_owned()).collect();
    // Where a message counts, brackets name the forms, and how many of those there are is the language's own.
    let links = if text.contains("->") { 0 } else { text.matches('[').count() };
    (values, links)
}

#[test]
fn every_language_says_the_same_messages_with_the_same_values() {
    let english = all(Locale::English);
    assert!(english.len() > 300, "{} messages are read", english.len());
    for locale in Locale::ALL {
        let said = all(locale);
        let missing: Vec<_> = english.keys().filter(|name| !said.contains_key(*name)).collect();
        let surplus: Vec<_> = said.keys().filter(|name| !english.contains_key(*name)).collect();
        assert!(missing.is_empty() && surplus.is_empty(), "{locale:?} lacks {missing:?} and alone has {surplus:?}");
        for (name, text) in &said {
            assert_eq!(
                marks(text),
                english.get(name).map(String::as_str).map(marks).unwrap_or_default(),
                "{locale:?}: {name}"
            );
            assert!(!text.replace("->", "").contains(['<', '>', '&']), "{locale:?}: {name} holds markup");
        }
    }
}

#[test]
fn every_message_of_the_files_is_understood() {
    for locale in Locale::ALL {
        for text in texts(locale) {
            let read = fluent_bundle::FluentResource::try_new(text.to_owned());
            assert!(read.is_ok(), "{locale:?}: {:?}", read.err().map(|(_, errors)| errors));
        }
        let mute: Vec<_> = all(locale).into_keys().filter(|name| locale.known(name).is_none()).collect();
        assert!(mute.is_empty(), "{locale:?} does not say {mute:?}");
    }
}

#[test]
fn every_message_that_is_asked_for_exists_and_every_one_that_exists_is_asked_for() {
    let english = all(Locale::English);
    let asks = Regex::new(r#"\.(?:say|count|with|naming|linked)\(\s*"([a-z0-9_-]+)""#).expect("a pattern");
    let asking = ASKING.concat();
    let asked: BTreeSet<_> = asks.captures_iter(&asking).map(|found| found[1].to_owned()).collect();
    let missing: Vec<_> = asked.iter().filter(|name| !english.contains_key(*name)).collect();
    assert!(asked.len() > 100 && missing.is_empty(), "nobody says {missing:?}");
    let unused: Vec<_> = english
        .keys()
        .filter(|name| !KINDS.iter().any(|kind| name.starts_with(kind)))
        .filter(|name| !asking.contains(&format!("\"{name}\"")))
        .collect();
    assert!(unused.is_empty(), "nobody asks for {unused:?}");
}

#[test]
fn each_language_counts_in_its_own_way() {
    let none = Locale::ALL.map(|locale| locale.count("years", 0));
    assert_eq!(none, ["0 years", "0 Jahre", "0 an", "0 años"], "French counts none like one");
    let one = Locale::ALL.map(|locale| locale.count("years", 1));
    assert_eq!(one, ["1 year", "1 Jahr", "1 an", "1 año"]);
    let two = Locale::ALL.map(|locale| locale.count("years", 2));
    assert_eq!(two, ["2 years", "2 Jahre", "2 ans", "2 años"]);
}

#[test]
fn what_somebody_else_wrote_is_text_in_every_sentence() {
    let mallory = "<b>\u{E001}Mallory\u{E000}</b>";
    for locale in Locale::ALL {
        let html = locale.naming("from-where-signed", &[("name", mallory), ("issued", "today"), ("expires", "soon")]).0;
        assert!(html.contains("<bdi>&#60;b&#62;Mallory&#60;/b&#62;</bdi>"), "{html}");
        assert_eq!(
            (html.matches("<bdi>today</bdi>").count(), html.matches("<bdi>soon</bdi>").count()),
            (1, 1),
            "{html}"
        );
        let link = locale.linked("told-change", "/need?q=\"><b>").0;
        assert!(link.starts_with("<a href=\"/need?q=&#34;&#62;&#60;b&#62;\">") && link.ends_with("</a>"), "{link}");
    }
}

#[test]
fn a_browser_is_answered_in_the_language_it_asks_for_most() {
    for (accept, locale) in [
        ("de-CH,de;q=0.9,en;q=0.8", Locale::German),
        ("en;q=0.3, fr;q=0.7", Locale::French),
        ("sv, es-419;q=0.5", Locale::Spanish),
        ("fr, de", Locale::French),
        ("ja, *;q=0.1", Locale::English),
        ("de;q=0, fr;q=0.1", Locale::French),
        ("de;q=nonsense", Locale::English),
        ("", Locale::English),
    ] {
        assert_eq!(Locale::preferred(accept), locale, "{accept}");
    }
    let long = format!("{}de", "xx,".repeat(1_000));
    assert_eq!(Locale::preferred(&long), Locale::English, "only so many are read");
}

fn visitor(address: &'static str, headers: &[(header::HeaderName, &'static str)]) -> Visitor {
    let headers: HeaderMap =
        headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
    Visitor::of(&Uri::from_static(address), &headers)
}

#[test]
fn a_choice_stands_above_the_cookie_and_the_cookie_above_the_browser() {
    let asks = (header::ACCEPT_LANGUAGE, "de");
    let kept = (header::COOKIE, "other=x; lang=fr");
    assert_eq!(visitor("/about", std::slice::from_ref(&asks)).locale, Locale::German);
    assert_eq!(visitor("/about", &[asks.clone(), kept.clone()]).locale, Locale::French);
    assert_eq!(visitor("/about?lang=es", &[asks.clone(), kept.clone()]).locale, Locale::Spanish);
    assert_eq!(visitor("/about?lang=tlh", &[asks, kept]).locale, Locale::French, "a language that nobody speaks here");
}

#[test]
fn only_a_choice_is_kept_and_it_says_nothing_else() {
    let told = |address| {
        let mut headers = HeaderMap::new();
        visitor(address, &[]).mark(&mut headers);
        headers
    };
    let said =
        |headers: &HeaderMap, name| headers.get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
    let chosen = told("/?q=a&lang=de");
    assert_eq!(said(&chosen, header::CONTENT_LANGUAGE).as_deref(), Some("de"));
    let cookie = said(&chosen, header::SET_COOKIE);
    assert_eq!(cookie.as_deref(), Some("lang=de; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"));
    let plain = told("/?q=a");
    assert_eq!(said(&plain, header::CONTENT_LANGUAGE).as_deref(), Some("en"));
    assert_eq!(said(&plain, header::VARY).as_deref(), Some("Accept-Language, Cookie"));
    assert!(plain.get(header::SET_COOKIE).is_none(), "who chooses nothing is given nothing");
}

#[test]
fn the_switch_leads_to_the_same_page_in_each_language() {
    let here = visitor("/?q=a%20b&country=GB&lang=fr", &[]);
    let addresses: Vec<_> = here.choices().into_iter().map(|choice| (choice.address, choice.current)).collect();
    assert_eq!(addresses.get(1), Some(&("/?q=a%20b&country=GB&lang=de".to_owned(), false)));
    assert_eq!(addresses.get(2), Some(&("/?q=a%20b&country=GB&lang=fr".to_owned(), true)));
    let first = visitor("/about", &[]).choices().into_iter().next().map(|choice| choice.address);
    assert_eq!(first.as_deref(), Some("/about?lang=en"));
}
