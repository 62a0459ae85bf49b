//! Searches at random: compared with a scan that anybody can read, and with bytes that nobody would type.

use std::collections::BTreeSet;

use mentormesh_protocol::query::Query;
use mentormesh_protocol::record::Profile;
use mentormesh_protocol::testing::anyone;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::{ADA, Shelf};
use crate::index::{passages, pieces};

/// Words that the profiles are made of, and some that they are not.
const WORDS: [&str; 16] = [
    "accountant",
    "MIDWIFE",
    "bridge",
    "Łukasz",
    "Амелие",
    "Петрова",
    "Sector",
    "mazowsze",
    "Ashanti",
    "contract",
    "law",
    "confidence",
    "tag",
    "kansai",
    "Level",
    "solicitor",
];

#[test]
fn a_search_finds_whom_a_scan_of_folded_words_finds() {
    let mut shelf = Shelf::new();
    let everybody: Vec<_> = (0..90).map(anyone).collect();
    for (number, profile) in everybody.iter().enumerate() {
        shelf.put(ADA, number, profile);
    }
    shelf.writer.commit(90).expect("a commit");
    let scan = |words: &[&str]| -> BTreeSet<usize> {
        let sought: BTreeSet<String> = words.iter().flat_map(|word| pieces(word)).map(|piece| piece.text).collect();
        let holds = |number: &usize| {
            let texts = everybody.get(*number).map(passages).unwrap_or_default();
            texts.iter().flat_map(|(_, text)| pieces(text)).any(|piece| sought.contains(&piece.text))
        };
        (0..everybody.len()).filter(holds).collect()
    };
    let mut runner = TestRunner::new(Config { cases: 60, failure_persistence: None, ..Config::default() });
    let words = proptest::sample::subsequence(WORDS.to_vec(), 1..4);
    let outcome = runner.run(&words, |words| {
        let found: BTreeSet<usize> = shelf.find(&words.join(" ")).into_iter().collect();
        let scanned = scan(&words);
        prop_assert!(found.is_superset(&scanned), "{words:?}: {found:?} {scanned:?}");
        // What only the index finds has another form of a word.
        for number in found.difference(&scanned) {
            prop_assert!(words.iter().any(|word| has_form(&everybody, *number, word)), "{words:?}: {number}");
        }
        Ok(())
    });
    outcome.expect("searches and scans that agree");
}

/// Whether a profile has a word that begins as this one does.
fn has_form(everybody: &[Profile], number: usize, word: &str) -> bool {
    let beginning = |word: &str| word.chars().take(3).collect::<String>();
    let sought: Vec<String> = pieces(word).into_iter().map(|piece| beginning(&piece.text)).collect();
    let texts = everybody.get(number).map(passages).unwrap_or_default();
    texts.iter().flat_map(|(_, text)| pieces(text)).any(|piece| sought.contains(&beginning(&piece.text)))
}

#[test]
fn no_bytes_whatever_make_a_search_panic() {
    let shelf = Shelf::of_everybody();
    let mut runner = TestRunner::new(Config { cases: 200, failure_persistence: None, ..Config::default() });
    let typed = prop_oneof![
        any::<Vec<u8>>().prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        "\\PC{0,80}",
        "[\"“”«»*:()\\^~+ -]{0,40}",
        "[\\u{300}-\\u{370}\\u{3040}-\\u{3100}\\u{e00}-\\u{e7f} ]{0,60}",
    ];
    let outcome = runner.run(&typed, |typed| {
        let query = Query { skills: vec![typed.clone()], ..Query::words(typed.clone()) };
        prop_assert!(shelf.ask(&query).best.len() <= query.limit);
        prop_assert!(shelf.ask(&Query::words(typed)).total <= 17);
        Ok(())
    });
    outcome.expect("answers to everything");
}
