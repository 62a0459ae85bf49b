//! In which order things are found.

use std::collections::BTreeSet;

use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::query::Query;
use mentormesh_protocol::record::AvailabilityStatus;
use mentormesh_protocol::testing::NOW;

use super::{ADA, Shelf, numbers, person};
use crate::index::Ask;

#[test]
fn a_word_weighs_more_among_the_skills_than_in_the_summary_than_in_the_longer_text() {
    let mut shelf = Shelf::new();
    shelf.put(ADA, 1, &{
        let mut low = person("Cy", "Teacher", &["drawing"], "en", "");
        low.bio = "Once kept bees.".to_owned();
        low
    });
    shelf.put(ADA, 2, &person("Bo", "Teacher", &["drawing"], "en", "Keeps bees."));
    shelf.put(ADA, 3, &person("Ada", "Teacher", &["bees"], "en", ""));
    shelf.writer.commit(3).expect("a commit");
    assert_eq!(shelf.find("bees"), [3, 2, 1]);
}

#[test]
fn words_that_stand_together_weigh_more_than_the_same_words_apart() {
    let mut shelf = Shelf::new();
    shelf.put(ADA, 1, &person("Cy", "Teacher", &["social work", "media law"], "en", ""));
    shelf.put(ADA, 2, &person("Ada", "Teacher", &["social media", "law"], "en", ""));
    shelf.writer.commit(2).expect("a commit");
    let found = shelf.ask(&Query::words("social media"));
    assert_eq!(numbers(&found), [2, 1]);
    assert_eq!(found.best[0].tenths - found.best[1].tenths, 100);
}

#[test]
fn a_rare_word_weighs_more_than_a_common_one() {
    let mut shelf = Shelf::new();
    for number in 0..20 {
        shelf.put(ADA, number, &person("Somebody", "Teacher", &["drawing"], "en", ""));
    }
    shelf.put(ADA, 30, &person("Ada", "Falconer", &[], "en", ""));
    shelf.writer.commit(21).expect("a commit");
    assert_eq!(shelf.find("drawing falconer")[0], 30);
}

#[test]
fn with_nothing_asked_the_readiest_come_first() {
    let mut shelf = Shelf::new();
    let statuses = [AvailabilityStatus::Closed, AvailabilityStatus::Accepting, AvailabilityStatus::Paused];
    for (number, status) in statuses.into_iter().enumerate() {
        let mut person = person("Somebody", "Teacher", &[], "en", "");
        person.availability.status = status;
        shelf.put(ADA, number, &person);
    }
    shelf.writer.commit(3).expect("a commit");
    assert_eq!(shelf.find(""), [1, 2, 0]);
}

#[test]
fn equals_are_shuffled_by_day_and_stay_in_order_within_it() {
    let mut shelf = Shelf::new();
    for number in 0..40 {
        shelf.put(ADA, number, &person("Somebody", "Teacher", &[], "en", ""));
    }
    shelf.writer.commit(40).expect("a commit");
    let query = Query { limit: 100, ..Query::default() };
    let on = |now| {
        let ask = Ask {
            query: &query,
            organisations: &shelf.shown,
            hidden: &BTreeSet::new(),
            open_web_only: false,
            now,
            want: 100,
        };
        numbers(&shelf.index.search(&ask).expect("an answer"))
    };
    let morning = mentormesh_protocol::Timestamp(NOW.0 / DAY * DAY);
    assert_eq!(on(morning), on(morning.plus(1_000)));
    assert_ne!(on(morning), on(morning.minus(1)));
    assert_ne!(on(morning), (0..40).collect::<Vec<_>>());
}

#[test]
fn pages_are_one_order_cut_up() {
    let mut shelf = Shelf::new();
    for number in 0..60 {
        shelf.put(ADA, number, &person("Somebody", "Teacher", &[], "en", ""));
        if number % 20 == 0 {
            shelf.writer.commit(number as u64).expect("a commit");
        }
    }
    shelf.writer.commit(60).expect("a commit");
    let whole = shelf.find("teacher");
    let best = numbers(&shelf.ask(&Query { limit: 10, ..Query::words("teacher") }));
    assert_eq!(best, whole[..10]);
}
