//! What the index is asked, and the engine's query made of it. No grammar is involved: every clause is built here.

use std::collections::BTreeSet;

use mentormesh_protocol::query::Query as Asked;
use mentormesh_protocol::record::{OfferKind, ProfileId};
use mentormesh_protocol::{OrganisationId, Timestamp};
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::document::label_key;
use super::place::Tier;
use super::plan::{Plan, PlannedWord};
use super::points::{country_points, fluent_points, offer_points, working_points};
use super::schema::{Fields, SEPARATOR};

/// Profiles in which every word of a phrase may stand before the phrase is only checked word by word: reading the
/// positions of half a million profiles is not done within the time of a search.
const PHRASE_PROFILES: u64 = 100_000;

/// A question to the index.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'q> {
    /// Words and filters; page and organisations are read from the fields below.
    pub query: &'q Asked,
    /// The organisations whose profiles count.
    pub organisations: &'q BTreeSet<OrganisationId>,
    /// Profiles that never count.
    pub hidden: &'q BTreeSet<ProfileId>,
    /// Whether only profiles for the open web count.
    pub open_web_only: bool,
    /// The moment at which a profile must still stand; its day shuffles equals.
    pub now: Timestamp,
    /// How many of the best are wanted.
    pub want: usize,
}

/// A value that profiles are filtered by.
#[derive(Clone, Copy, Debug)]
pub(super) enum Filter<'v> {
    /// The key of a skill's label.
    Skill(&'v str),
    /// A language tag or its primary subtag, in lower case.
    Language(&'v str),
    /// The same, spoken fluently.
    Fluent(&'v str),
    /// A country, in capitals.
    Country(&'v str),
    /// An offer.
    Offer(OfferKind),
    /// Whether the mentor is a trainee.
    Trainee(bool),
    /// Whether the mentor accepts requests and has a place.
    Available(bool),
    /// A language that words were stemmed in.
    Stemmed(&'v str),
}

impl Filter<'_> {
    /// The term of this value.
    pub(super) fn term(self) -> String {
        let (name, value) = match self {
            Self::Skill(key) => ("skill", key.to_owned()),
            Self::Language(tag) => ("language", tag.to_owned()),
            Self::Fluent(tag) => ("fluent", tag.to_owned()),
            Self::Country(country) => ("country", country.to_owned()),
            Self::Offer(kind) => ("offer", kind.to_string()),
            Self::Trainee(yes) => ("trainee", yes.to_string()),
            Self::Available(yes) => ("available", yes.to_string()),
            Self::Stemmed(language) => ("stemmed", language.to_owned()),
        };
        format!("{name}{SEPARATOR}{value}")
    }
}

type Clause = (Occur, Box<dyn Query>);

/// Builds the engine's query; the score of a match is the sum of its points, readiness apart.
pub(super) fn build(
    searcher: &Searcher,
    fields: &Fields,
    plan: &Plan,
    asked: &Asked,
) -> tantivy::Result<Box<dyn Query>> {
    let mut clauses: Vec<Clause> = Vec::new();
    if plan.typed {
        let words: Vec<_> = plan.words.iter().filter(|word| word.used).map(|word| one_word(fields, word)).collect();
        if words.is_empty() {
            return Ok(Box::new(EmptyQuery));
        }
        clauses.push((Occur::Must, Box::new(BooleanQuery::union(words))));
    }
    for pair in &plan.pairs {
        let any = any_of(fields.together, &pair.terms, 1);
        clauses.push((Occur::Should, worth(any, pair.points)));
    }
    for phrase in &plan.phrases {
        clauses.push((Occur::Must, worth(one_phrase(searcher, fields, phrase)?, 0)));
    }
    add_filters(fields.filters, plan, asked, &mut clauses);
    if clauses.iter().all(|(occur, _)| *occur != Occur::Must) {
        clauses.push((Occur::Must, worth(Box::new(AllQuery), 0)));
    }
    Ok(Box::new(BooleanQuery::new(clauses)))
}

fn add_filters(field: Field, plan: &Plan, asked: &Asked, clauses: &mut Vec<Clause>) {
    let mut must = |terms: BTreeSet<String>, points: u32| {
        if !terms.is_empty() {
            clauses.push((Occur::Must, worth(any_of(field, &terms, 1), points)));
        }
    };
    must(asked.skills.iter().map(|label| Filter::Skill(&label_key(label)).term()).collect(), plan.skill);
    must(asked.languages.iter().map(|tag| Filter::Language(&tag.to_lowercase()).term()).collect(), working_points());
    let countries = asked.countries.iter().map(|country| Filter::Country(&country.to_uppercase()).term());
    must(countries.collect(), country_points());
    must(asked.offers.iter().map(|kind| Filter::Offer(*kind).term()).collect(), offer_points());
    must(asked.trainee.map(|yes| Filter::Trainee(yes).term()).into_iter().collect(), 0);
    must(asked.available.map(|yes| Filter::Available(yes).term()).into_iter().collect(), 0);
    let fluent: BTreeSet<_> = asked.languages.iter().map(|tag| Filter::Fluent(&tag.to_lowercase()).term()).collect();
    if !fluent.is_empty() {
        let more = fluent_points() - working_points();
        clauses.push((Occur::Should, worth(any_of(field, &fluent, 1), more)));
    }
}

/// A word is worth what its best tier is worth, however often it is found.
fn one_word(fields: &Fields, word: &PlannedWord) -> Box<dyn Query> {
    let tiers = Tier::ALL.into_iter().map(|tier| {
        let forms = any_of(*fields.words.of(tier), &word.forms, word.needed);
        let query = if word.stems.is_empty() {
            forms
        } else {
            Box::new(BooleanQuery::union(vec![forms, any_of(*fields.stems.of(tier), &word.stems, 1)]))
        };
        worth(query, *word.points.of(tier))
    });
    Box::new(DisjunctionMaxQuery::new(tiers.collect()))
}

fn one_phrase(searcher: &Searcher, fields: &Fields, phrase: &[String]) -> tantivy::Result<Box<dyn Query>> {
    let terms: Vec<_> = phrase.iter().map(|word| Term::from_field_text(fields.phrases, word)).collect();
    let mut rarest = u64::MAX;
    for term in &terms {
        rarest = rarest.min(searcher.doc_freq(term)?);
    }
    if terms.len() > 1 && rarest <= PHRASE_PROFILES {
        return Ok(Box::new(PhraseQuery::new(terms)));
    }
    let words: Vec<Box<dyn Query>> = terms.into_iter().map(one_term).collect();
    Ok(Box::new(BooleanQuery::intersection(words)))
}

fn any_of(field: Field, terms: &BTreeSet<String>, needed: usize) -> Box<dyn Query> {
    let queries: Vec<_> = terms.iter().map(|term| one_term(Term::from_field_text(field, term))).collect();
    if needed <= 1 {
        return Box::new(BooleanQuery::union(queries));
    }
    if needed >= queries.len() {
        return Box::new(BooleanQuery::intersection(queries));
    }
    Box::new(BooleanQuery::union_with_minimum_required_clauses(queries, needed))
}

fn one_term(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn worth(query: Box<dyn Query>, points: u32) -> Box<dyn Query> {
    // Tenths of a point stay below 2^24, where f32 is exact.
    Box::new(ConstScoreQuery::new(query, points as f32))
}
