//! How many of the right mentors are among the first ten, by kind of query, on the register made of ESCO. Skipped,
//! saying so, where `MENTORMESH_EVALUATION` does not name its folder.

#![expect(clippy::print_stderr, reason = "figures and skips are for whoever runs the tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

use mentormesh_protocol::query::Query;
use mentormesh_protocol::record::Profile;
use serde::Deserialize;

use super::{ADA, Shelf, person};

#[derive(Deserialize)]
struct Row {
    headline: String,
    skills: Vec<Labelled>,
}

#[derive(Deserialize)]
struct Labelled {
    label: String,
}

#[test]
fn most_of_what_words_can_find_is_among_the_first_ten() {
    let Some(folder) = std::env::var_os("MENTORMESH_EVALUATION") else {
        eprintln!("skipped: MENTORMESH_EVALUATION does not name the folder of the evaluation register");
        return;
    };
    let recall = evaluate(Path::new(&folder));
    for (kind, least) in [("alt_skill", 0.75), ("alt_occ", 0.6), ("typo_skill", 0.95)] {
        assert!(recall.get(kind).is_some_and(|recall| *recall > least), "{kind}: {recall:?}");
    }
}

fn evaluate(folder: &Path) -> BTreeMap<String, f64> {
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect("a file of the evaluation register");
    let mut shelf = Shelf::new();
    for (number, line) in read("profiles.jsonl").lines().enumerate() {
        let row: Row = serde_json::from_str(line).expect("a profile");
        let labels: Vec<&str> = row.skills.iter().map(|skill| skill.label.as_str()).collect();
        let profile: Profile = person("A Mentor", &row.headline, &labels, "en", "");
        shelf.put(ADA, number, &profile);
    }
    shelf.writer.commit(1).expect("a commit");
    let mut relevant: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    for line in read("qrels.tsv").lines().skip(1) {
        if let [query, profile, _] = line.split('\t').collect::<Vec<_>>()[..] {
            relevant.entry(query.to_owned()).or_default().insert(profile[1..].parse().expect("a number"));
        }
    }
    let mut sums: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    let mut slowest = 0.0_f64;
    for line in read("queries.tsv").lines().skip(1) {
        let [query, kind, words] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        let Some(wanted) = relevant.get(query) else { continue };
        let began = Instant::now();
        let found = shelf.ask(&Query { limit: 10, ..Query::words(words) });
        slowest = slowest.max(began.elapsed().as_secs_f64());
        let number = |subject: [u8; 16]| u64::from_be_bytes(*subject.first_chunk().expect("eight bytes"));
        let hits = found.best.iter().filter(|hit| wanted.contains(&number(hit.id.subject.0))).count();
        let (sum, count) = sums.entry(kind.to_owned()).or_default();
        *sum += hits as f64 / wanted.len().min(10) as f64;
        *count += 1.0;
    }
    let recall: BTreeMap<_, _> = sums.into_iter().map(|(kind, (sum, count))| (kind, sum / count)).collect();
    eprintln!("recall of the first ten: {recall:.3?}; slowest query {slowest:.3} s");
    recall
}
