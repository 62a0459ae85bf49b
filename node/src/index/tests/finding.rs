//! What is found, whatever script, form or slip of the finger.

use std::collections::BTreeSet;

use mentormesh_protocol::query::Query;
use mentormesh_protocol::testing::NOW;

use super::{ADA, BO, LATER, Shelf, everybody, id, numbers, person};
use crate::index::Ask;

#[test]
fn accents_case_and_width_do_not_matter() {
    let shelf = Shelf::of_everybody();
    assert_eq!(shelf.names("BERGSTROM"), ["Bo Bergström"]);
    assert_eq!(shelf.names("lukasz"), ["Łukasz Nowák"]);
    assert_eq!(shelf.names("strassen"), ["Jörg Weiß"]);
    assert_eq!(shelf.names("ｍｉｄｗｉｆｅ"), ["Noor Haddad"]);
    assert_eq!(shelf.names("елки"), ["Иван Петров"]);
}

#[test]
fn other_forms_of_a_word_are_found_in_the_language_of_the_profile() {
    let shelf = Shelf::of_everybody();
    assert_eq!(shelf.names("mine"), ["Bo Bergström"]);
    assert_eq!(shelf.names("formation"), ["Amélie Durand"]);
    assert_eq!(shelf.names("evaluaciones"), ["Inés Muñoz"]);
    assert_eq!(shelf.names("мосты"), ["Иван Петров"]);
}

#[test]
fn scripts_without_spaces_are_found_by_their_words() {
    let shelf = Shelf::of_everybody();
    assert_eq!(shelf.names("広報"), ["田中 美緒"]);
    assert_eq!(shelf.names("東京 メディア"), ["田中 美緒"]);
    assert_eq!(shelf.names("社交媒体"), ["王小明"]);
    assert_eq!(shelf.names("上海"), ["王小明"]);
    assert_eq!(shelf.names("마케팅"), ["김민수"]);
    assert_eq!(shelf.names("การตลาด"), ["สมชาย ใจดี"]);
}

#[test]
fn a_slip_of_the_finger_is_forgiven_only_where_nobody_uses_the_word() {
    let shelf = Shelf::of_everybody();
    assert_eq!(shelf.names("acountant"), ["Di Silva"]);
    assert_eq!(shelf.names("safegaurdnig"), ["Cy Okafor"]);
    // "tax" is used, so that it is not also read as something near it.
    assert_eq!(shelf.names("tax"), ["Di Silva"]);
    assert_eq!(shelf.names("xyzzy"), Vec::<String>::new());
}

#[test]
fn the_beginning_of_a_word_finds_it() {
    let shelf = Shelf::of_everybody();
    assert_eq!(shelf.names("ventil"), ["Bo Bergström"]);
    assert_eq!(shelf.names("ve"), Vec::<String>::new());
}

#[test]
fn a_phrase_must_stand_as_it_is_written() {
    let shelf = Shelf::of_everybody();
    assert_eq!(shelf.names("social media"), ["Ada Lovelace", "Cy Okafor"]);
    assert_eq!(shelf.names("\"social media\""), ["Ada Lovelace"]);
    assert_eq!(shelf.names("«gestion de projets»"), ["Amélie Durand"]);
    assert_eq!(shelf.names("\"media social\""), Vec::<String>::new());
    assert_eq!(shelf.names("“危機管理”"), ["田中 美緒"]);
}

#[test]
fn signs_that_belong_to_a_name_are_part_of_it() {
    let shelf = Shelf::of_everybody();
    assert_eq!(shelf.names("c++"), ["Bo Bergström"]);
}

#[test]
fn nothing_typed_finds_everybody_and_only_signs_find_nobody() {
    let shelf = Shelf::of_everybody();
    assert_eq!(shelf.find("").len(), everybody().len());
    assert_eq!(shelf.find("  ").len(), everybody().len());
    assert_eq!(shelf.find("*:* && -").len(), 0);
}

#[test]
fn filters_hold_together_and_their_values_apart() {
    let shelf = Shelf::of_everybody();
    let find = |query: Query| shelf.ask(&Query { limit: 100, ..query }).total;
    let languages = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
    assert_eq!(find(Query { languages: languages(&["fr", "de"]), ..Query::default() }), 2);
    assert_eq!(find(Query { languages: languages(&["en-gb"]), ..Query::default() }), 1);
    assert_eq!(find(Query { languages: languages(&["en"]), countries: vec!["gb".to_owned()], ..Query::default() }), 7);
    assert_eq!(find(Query { skills: vec!["Social  MEDIA".to_owned()], ..Query::default() }), 1);
    assert_eq!(find(Query { trainee: Some(true), ..Query::default() }), 0);
    assert_eq!(find(Query { available: Some(true), ..Query::default() }), everybody().len() as u64);
}

#[test]
fn what_is_not_shown_expired_or_not_for_the_open_web_does_not_count() {
    let mut shelf = Shelf::new();
    let ada = person("Ada", "Potter", &[], "en", "");
    shelf.put(ADA, 1, &ada);
    shelf.put(BO, 2, &ada);
    shelf.put_until(ADA, 3, &ada, NOW);
    shelf.writer.commit(3).expect("a commit");
    assert_eq!(shelf.find("potter").len(), 2);

    shelf.shown = BTreeSet::from([ADA]);
    let found = shelf.ask(&Query::words("potter"));
    assert_eq!((numbers(&found), found.total), (vec![1], 1));
    assert_eq!(found.organisations.keys().collect::<Vec<_>>(), [&ADA]);

    shelf.shown = BTreeSet::from([ADA, BO]);
    let query = Query::words("potter");
    let ask = Ask {
        query: &query,
        organisations: &shelf.shown,
        hidden: &BTreeSet::new(),
        open_web_only: true,
        now: NOW,
        want: 10,
    };
    assert_eq!(numbers(&shelf.index.search(&ask).expect("an answer")), [2]);
    let later = Ask { open_web_only: false, now: LATER, ..ask };
    assert_eq!(shelf.index.search(&later).expect("an answer").total, 0);
}

#[test]
fn a_profile_replaces_itself_and_leaves_when_it_is_deleted() {
    let mut shelf = Shelf::new();
    shelf.put(ADA, 1, &person("Ada", "Potter", &[], "en", ""));
    shelf.put(ADA, 1, &person("Ada", "Weaver", &[], "en", ""));
    shelf.put(BO, 2, &person("Bo", "Potter", &[], "en", ""));
    shelf.writer.commit(3).expect("a commit");
    assert_eq!((shelf.find("potter"), shelf.find("weaver")), (vec![2], vec![1]));

    shelf.writer.delete(&id(ADA, 1)).expect("a deletion");
    shelf.writer.commit(4).expect("a commit");
    assert_eq!(shelf.find(""), [2]);

    shelf.writer.delete_organisation(&BO).expect("a deletion");
    shelf.writer.commit(5).expect("a commit");
    assert_eq!(shelf.find(""), Vec::<usize>::new());
}

#[test]
fn facets_count_every_match_under_one_spelling() {
    let mut shelf = Shelf::new();
    for (number, label) in ["Audit", "Audit", "AUDIT", "Tax"].into_iter().enumerate() {
        shelf.put(ADA, number, &person("Somebody", "Accountant", &[label], "en-GB", ""));
    }
    shelf.writer.commit(4).expect("a commit");
    let facets = shelf.ask(&Query { limit: 1, ..Query::words("accountant") }).facets;
    assert_eq!(facets["skill"], [("Audit".to_owned(), 3), ("Tax".to_owned(), 1)]);
    assert_eq!(facets["language"], [("en".to_owned(), 4)]);
    assert_eq!(facets["available"], [("true".to_owned(), 4)]);
}
