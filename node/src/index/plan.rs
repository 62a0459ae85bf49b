//! What each word of a query is worth and which terms count as it.
//!
//! Rare words are worth more than common ones; a word earns all its points at the top of a profile, two thirds in the
//! middle and a third at the bottom. All points are whole tenths, so that the score that orders the hits and the
//! score that reasons explain are one and the same number.

use std::collections::BTreeSet;

use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::ask::Filter;
use super::document::pair;
use super::place::{ByTier, Tier};
use super::points::{DEVELOPMENT, TOGETHER, split};
use super::schema::Fields;
use super::stem::{Stems, languages};
use super::unfamiliar::readings;
use super::words::{Word, Words, read};

/// Forms of a word that are tried in pairs.
const FORMS_IN_PAIRS: usize = 4;

/// A query's words, weighed against one state of the index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// What is looked for.
    pub(crate) words: Vec<PlannedWord>,
    /// What earns more for standing together.
    pub(crate) pairs: Vec<PlannedPair>,
    /// What a skill that was asked for by a filter earns.
    pub(crate) skill: u32,
    /// What must stand somewhere word for word.
    pub(super) phrases: Vec<Vec<String>>,
    /// Whether something was typed at all.
    pub(super) typed: bool,
}

/// One word of a query.
#[derive(Clone, Debug)]
pub(crate) struct PlannedWord {
    /// As it was typed.
    pub(crate) typed: String,
    /// What it was read as, where no profile uses it.
    pub(crate) read_as: Vec<String>,
    /// Folded words that count as it; pairs of characters, for a run.
    pub(crate) forms: BTreeSet<String>,
    /// How many of the forms must be there.
    pub(super) needed: usize,
    /// Stems that count as it.
    pub(crate) stems: BTreeSet<String>,
    /// What it earns.
    pub(crate) points: ByTier<u32>,
    /// Whether any profile has it.
    pub(super) used: bool,
    run: bool,
}

/// Two words of a query that earn more together.
#[derive(Clone, Debug)]
pub(crate) struct PlannedPair {
    /// As they were typed.
    pub(crate) typed: String,
    /// Terms that count as the two.
    pub(crate) terms: BTreeSet<String>,
    /// What they earn.
    pub(crate) points: u32,
}

impl PlannedWord {
    /// Whether it stands where these folded words and these stems are.
    pub(crate) fn stands_in(&self, words: &BTreeSet<String>, stems: &BTreeSet<String>) -> bool {
        self.forms.intersection(words).count() >= self.needed || !self.stems.is_disjoint(stems)
    }
}

/// Reads the dictionary of one state of the index.
struct Dictionary<'s> {
    searcher: &'s Searcher,
    fields: &'s Fields,
    languages: Vec<&'static str>,
}

impl Plan {
    pub(super) fn new(searcher: &Searcher, fields: &Fields, typed: &str, by_skill: bool) -> tantivy::Result<Self> {
        let Words { words, phrases } = read(typed);
        let dictionary = Dictionary::new(searcher, fields)?;
        let mut stems = Stems::new();
        let mut weights = Vec::with_capacity(words.len());
        let mut planned = Vec::with_capacity(words.len());
        for word in words {
            let (word, uses) = dictionary.word(word, &mut stems)?;
            weights.push(weight(searcher.num_docs(), uses));
            planned.push(word);
        }
        let mut plan = Self { words: planned, pairs: Vec::new(), skill: 0, phrases, typed: !typed.trim().is_empty() };
        let pair_weights = plan.find_pairs(&dictionary, &weights)?;
        plan.give_points(weights, &pair_weights, by_skill);
        Ok(plan)
    }

    /// Finds the neighbours of the query that some profile has together, and their weights.
    fn find_pairs(&mut self, dictionary: &Dictionary<'_>, weights: &[f64]) -> tantivy::Result<Vec<f64>> {
        let mut found = Vec::new();
        let weighed: Vec<_> = self.words.iter().zip(weights).filter(|(word, _)| !word.run).collect();
        for (at, (left, left_weight)) in weighed.iter().enumerate() {
            for (right, right_weight) in weighed.iter().skip(at + 1).take(2) {
                let terms = dictionary.together(left, right)?;
                if !terms.is_empty() {
                    let typed = format!("{} {}", left.typed, right.typed);
                    self.pairs.push(PlannedPair { typed, terms, points: 0 });
                    found.push(*left_weight + *right_weight);
                }
            }
        }
        Ok(found)
    }

    fn give_points(&mut self, mut weights: Vec<f64>, pair_weights: &[f64], by_skill: bool) {
        let together = if self.pairs.is_empty() { 0 } else { TOGETHER };
        if by_skill {
            let mean = weights.iter().sum::<f64>() / f64::from(u32::try_from(weights.len().max(1)).unwrap_or(1));
            weights.push(if mean > 0.0 { mean } else { 1.0 });
        }
        let mut shares = split(DEVELOPMENT - together, &weights);
        if by_skill {
            self.skill = shares.pop().unwrap_or_default();
        }
        for (word, share) in self.words.iter_mut().zip(shares) {
            // A word that had to be guessed is worth less than one that was found.
            let share = if word.read_as.is_empty() { share } else { share * 7 / 10 };
            word.points = ByTier::new(|tier| match tier {
                Tier::Top => share,
                Tier::Middle => share * 2 / 3,
                Tier::Low => share / 3,
            });
        }
        for (pair, share) in self.pairs.iter_mut().zip(split(together, pair_weights)) {
            pair.points = share;
        }
    }
}

impl<'s> Dictionary<'s> {
    fn new(searcher: &'s Searcher, fields: &'s Fields) -> tantivy::Result<Self> {
        let mut dictionary = Self { searcher, fields, languages: Vec::new() };
        for language in languages() {
            if dictionary.uses(fields.filters, &Filter::Stemmed(language).term())? > 0 {
                dictionary.languages.push(language);
            }
        }
        Ok(dictionary)
    }

    fn uses(&self, field: Field, text: &str) -> tantivy::Result<u64> {
        self.searcher.doc_freq(&Term::from_field_text(field, text))
    }

    /// How many profiles have the term in the tier that most have it in.
    fn most_uses(&self, fields: &ByTier<Field>, text: &str) -> tantivy::Result<u64> {
        let mut most = 0;
        for tier in Tier::ALL {
            most = most.max(self.uses(*fields.of(tier), text)?);
        }
        Ok(most)
    }

    fn word(&self, word: Word, stems: &mut Stems) -> tantivy::Result<(PlannedWord, u64)> {
        let Word { typed, piece } = word;
        if piece.run {
            return self.run(typed, piece.sought());
        }
        let mut uses = self.most_uses(&self.fields.words, &piece.text)?;
        let mut forms = BTreeSet::from([piece.text.clone()]);
        let mut found_stems = BTreeSet::new();
        for language in &self.languages {
            for stem in stems.of(language, &[&piece.text]) {
                let of_stem = self.most_uses(&self.fields.stems, &stem)?;
                if of_stem > 0 {
                    uses = uses.max(of_stem);
                    found_stems.insert(stem);
                }
            }
        }
        let mut read_as = Vec::new();
        if uses == 0 {
            read_as = readings(self.searcher, self.fields, &piece.text)?;
            for reading in &read_as {
                uses = uses.max(self.most_uses(&self.fields.words, reading)?);
            }
            forms.extend(read_as.iter().cloned());
        }
        let planned = PlannedWord {
            typed,
            read_as,
            forms,
            needed: 1,
            stems: found_stems,
            points: ByTier::default(),
            used: uses > 0,
            run: false,
        };
        Ok((planned, uses))
    }

    /// A run counts as found when two thirds of its pairs of characters are: where its words end, nobody told.
    fn run(&self, typed: String, sought: Vec<String>) -> tantivy::Result<(PlannedWord, u64)> {
        let needed = if sought.len() < 3 { sought.len() } else { (sought.len() * 2).div_ceil(3) };
        let (mut uses, mut known) = (u64::MAX, 0);
        for gram in &sought {
            let of_gram = self.most_uses(&self.fields.words, gram)?;
            if of_gram > 0 {
                uses = uses.min(of_gram);
                known += 1;
            }
        }
        let used = known >= needed && known > 0;
        let planned = PlannedWord {
            typed,
            read_as: Vec::new(),
            forms: sought.into_iter().collect(),
            needed,
            stems: BTreeSet::new(),
            points: ByTier::default(),
            used,
            run: true,
        };
        Ok((planned, if used { uses } else { 0 }))
    }

    fn together(&self, left: &PlannedWord, right: &PlannedWord) -> tantivy::Result<BTreeSet<String>> {
        let mut terms = BTreeSet::new();
        let forms = |word: &PlannedWord| word.forms.iter().take(FORMS_IN_PAIRS).cloned().collect::<Vec<_>>();
        let (lefts, rights) = (forms(left), forms(right));
        let folded = lefts.iter().flat_map(|left| rights.iter().map(move |right| (left, right)));
        let stemmed = left.stems.iter().flat_map(|left| {
            let language = left.split(':').next();
            right.stems.iter().filter(move |right| right.split(':').next() == language).map(move |right| (left, right))
        });
        for (left, right) in folded.chain(stemmed) {
            let term = pair(left, right);
            if self.uses(self.fields.together, &term)? > 0 {
                terms.insert(term);
            }
        }
        Ok(terms)
    }
}

/// How much a word that `uses` of `all` profiles have weighs against others. One that nobody has weighs little: no
/// profile can earn its points.
fn weight(all: u64, uses: u64) -> f64 {
    if uses == 0 { 1.0 } else { (1.0 + count(all.max(uses)) / count(uses)).ln() }
}

fn count(of: u64) -> f64 {
    f64::from(u32::try_from(of).unwrap_or(u32::MAX))
}
