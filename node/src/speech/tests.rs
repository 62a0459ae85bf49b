//! Whether every language says everything, in its own way of counting.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use regex::Regex;

use super::catalogue::texts;
use super::*;

/// Where messages are asked for: pages, mails and the code around them.
const ASKING: [&str; 7] = ["http", "listings", "mail", "people", "rights", "speech", "wording"];

/// What asks for messages.
fn asking() -> String {
    let node = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders: Vec<_> = ASKING.iter().map(|folder| node.join(folder)).collect();
    let mut text = String::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                text.push_str(&fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    text
}

/// How names begin that are put together from a kind and a word.
const KINDS: &[&str] = &[
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
    "mail-asks-",
    "mail-choice-",
    "mail-why-",
    "mode-",
    "month-",
    "offer-",
    "place-",
    "problem-",
    "reason-",
    "request-",
    "right-",
    "rights-outcome-",
    "rights-state-",
    "rights-wrong-",
    "role-",
    "scope-",
    "seen-",
    "step-",
    "style-",
    "trainee-",
    "weekday-",
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
    let mut all = BTreeMap::new();
    for (name, text) in texts(locale).into_iter().flat_map(messages).filter(|(name, _)| !name.is_empty()) {
        assert!(all.insert(name.clone(), text).is_none(), "{locale:?} says {name} twice");
    }
    all
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
    let asks = Regex::new(r#"(?:\.|::)(?:say|count|with|naming|linked)\(\s*"([a-z0-9_-]+)""#).expect("a pattern");
    let asking = asking();
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
