//! Asking the index. Every search sees one state of it; nothing here writes.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use mentormesh_protocol::OrganisationId;
use mentormesh_protocol::query::Query as Asked;
use mentormesh_protocol::record::ProfileId;
use tantivy::collector::TopDocs;
use tantivy::schema::Value;
use tantivy::{IndexReader, TantivyDocument};

use super::ask::{Ask, build};
use super::collect::Matches;
use super::error::IndexError;
use super::plan::Plan;
use super::schema::{Layout, SEPARATOR};

/// Values of one facet that are answered; a longer list helps nobody choose.
const FACET_VALUES: usize = 50;

/// The index as searches see it.
#[derive(Clone)]
pub struct Index {
    pub(super) reader: IndexReader,
    pub(super) layout: Layout,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Index({} profiles)", self.reader.searcher().num_docs())
    }
}

/// Counts by facet name, each value with how many matches have it, the most frequent first.
pub type FacetCounts = BTreeMap<String, Vec<(String, u64)>>;

/// What a question found.
#[derive(Debug)]
pub struct Found {
    /// How many profiles match.
    pub total: u64,
    /// The best of them, the best first.
    pub best: Vec<FoundProfile>,
    /// How all of them spread, organisations apart.
    pub facets: FacetCounts,
    /// How many matches each organisation has.
    pub organisations: BTreeMap<OrganisationId, u64>,
    /// What each word was worth.
    pub(crate) plan: Plan,
}

/// One profile found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundProfile {
    /// Its id.
    pub id: ProfileId,
    /// Its points, in tenths.
    pub tenths: u32,
}

impl Index {
    /// How many profiles are in it.
    #[must_use]
    pub fn profiles(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Answers a question from one state of the index. Whatever was typed, this neither panics nor hangs.
    ///
    /// # Errors
    /// When the engine fails to read its files, or panics.
    pub fn search(&self, ask: &Ask<'_>) -> Result<Found, IndexError> {
        catch_unwind(AssertUnwindSafe(|| self.search_unguarded(ask))).unwrap_or(Err(IndexError::Panicked))
    }

    /// Runs the engine's query for some words and nothing else: no facets, reasons or bodies. What a search costs is
    /// measured against this. Answers how many of the best `limit` there are.
    ///
    /// # Errors
    /// When the engine fails to read its files, or panics.
    pub fn bare(&self, words: &str, limit: usize) -> Result<usize, IndexError> {
        catch_unwind(AssertUnwindSafe(|| {
            let searcher = self.reader.searcher();
            let plan = Plan::new(&searcher, &self.layout.fields, words, false)?;
            let query = build(&searcher, &self.layout.fields, &plan, &Asked::words(words))?;
            Ok(searcher.search(&query, &TopDocs::with_limit(limit).order_by_score())?.len())
        }))
        .unwrap_or(Err(IndexError::Panicked))
    }

    fn search_unguarded(&self, ask: &Ask<'_>) -> Result<Found, IndexError> {
        let searcher = self.reader.searcher();
        let fields = &self.layout.fields;
        let plan = Plan::new(&searcher, fields, &ask.query.words, !ask.query.skills.is_empty())?;
        let query = build(&searcher, fields, &plan, ask.query)?;
        let collected = searcher.search(&query, &Matches::new(ask, fields.profile))?;
        let mut best = Vec::with_capacity(collected.best.len());
        for ranked in &collected.best {
            let document: TantivyDocument = searcher.doc(ranked.address())?;
            let id = document.get_first(fields.profile).and_then(|value| value.as_str().and_then(|id| id.parse().ok()));
            best.extend(id.map(|id| FoundProfile { id, tenths: ranked.tenths }));
        }
        let facets = by_name(collected.facets);
        Ok(Found { total: collected.total, best, facets, organisations: collected.organisations, plan })
    }
}

/// Sorts counted terms under their names. Labels of skills that differ only in case or accents are one value, shown
/// as most mentors spell it.
fn by_name(terms: BTreeMap<String, u64>) -> FacetCounts {
    let mut merged: BTreeMap<(String, String), (u64, u64, String)> = BTreeMap::new();
    for (term, count) in terms {
        let mut parts = term.split(SEPARATOR);
        let (Some(name), Some(value)) = (parts.next(), parts.next()) else { continue };
        let key = parts.next().unwrap_or(value).to_owned();
        let (sum, most, spelling) = merged.entry((name.to_owned(), key)).or_default();
        *sum += count;
        if count > *most {
            *most = count;
            value.clone_into(spelling);
        }
    }
    let mut facets = FacetCounts::new();
    for ((name, _), (sum, _, spelling)) in merged {
        facets.entry(name).or_default().push((spelling, sum));
    }
    for values in facets.values_mut() {
        values.sort_by(|(value, count), (other, others)| others.cmp(count).then_with(|| value.cmp(other)));
        values.truncate(FACET_VALUES);
    }
    facets
}
