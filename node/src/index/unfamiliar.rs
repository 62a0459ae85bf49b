//! What a word that no profile uses may have been meant as: one that differs by a slip of the finger, or that it is
//! the beginning of. A word that anybody uses is never second-guessed.

use std::collections::BTreeMap;

use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::place::Tier;
use super::schema::Fields;

/// Readings of one word that are looked for.
const READINGS: usize = 8;
/// Terms of one segment that are weighed as readings.
const WEIGHED: usize = 256;
/// Letters from which a slip, and two slips, are forgiven.
const ONE_SLIP: usize = 4;
const TWO_SLIPS: usize = 8;
/// Letters from which a beginning is taken for a word.
const BEGINNING: usize = 3;

/// The readings of a word that no profile uses, the most used first.
pub(super) fn readings(searcher: &Searcher, fields: &Fields, word: &str) -> tantivy::Result<Vec<String>> {
    let letters = word.chars().count();
    let mut found = BTreeMap::new();
    for slips in 1..=2_u8 {
        let least = if slips == 1 { ONE_SLIP } else { TWO_SLIPS };
        if letters < least || !found.is_empty() || !word.chars().all(char::is_alphabetic) {
            continue;
        }
        for tier in Tier::ALL {
            let field = *fields.words.of(tier);
            let automaton = || FuzzyTermQuery::new(Term::from_field_text(field, word), slips, true).automaton();
            within(searcher, field, automaton, &mut found)?;
        }
    }
    if found.is_empty() && letters >= BEGINNING {
        for tier in Tier::ALL {
            beginning(searcher, *fields.words.of(tier), word, &mut found)?;
        }
    }
    let mut readings: Vec<(u64, String)> = found.into_iter().map(|(word, uses)| (uses, word)).collect();
    readings.sort_by(|(uses, word), (others, other)| others.cmp(uses).then_with(|| word.cmp(other)));
    readings.truncate(READINGS);
    Ok(readings.into_iter().map(|(_, word)| word).collect())
}

fn within(
    searcher: &Searcher,
    field: Field,
    automaton: impl Fn() -> tantivy::Result<DfaWrapper>,
    found: &mut BTreeMap<String, u64>,
) -> tantivy::Result<()> {
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut stream = inverted.terms().search(automaton()?).into_stream()?;
        let mut weighed = 0;
        while weighed < WEIGHED && stream.advance() {
            weighed += 1;
            note(stream.key(), stream.value().doc_freq, found);
        }
    }
    Ok(())
}

fn beginning(searcher: &Searcher, field: Field, word: &str, found: &mut BTreeMap<String, u64>) -> tantivy::Result<()> {
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut stream = inverted.terms().range().ge(word).into_stream()?;
        let mut weighed = 0;
        while weighed < WEIGHED && stream.advance() && stream.key().starts_with(word.as_bytes()) {
            weighed += 1;
            note(stream.key(), stream.value().doc_freq, found);
        }
    }
    Ok(())
}

fn note(term: &[u8], uses: u32, found: &mut BTreeMap<String, u64>) {
    if let Ok(term) = std::str::from_utf8(term) {
        *found.entry(term.to_owned()).or_default() += u64::from(uses);
    }
}
