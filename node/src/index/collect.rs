//! One pass over the matches: whose organisation is shown, which still stand, the best of them, and how all of them
//! spread over the filters.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use mentormesh_protocol::OrganisationId;
use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::record::ProfileId;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet as _, Score, SegmentOrdinal, SegmentReader, TERMINATED, Term};

use super::ask::Ask;
use super::schema::column;

/// What one segment, and then all of them, came to.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) total: u64,
    /// The best, worst first until they are merged.
    pub(super) best: Vec<Ranked>,
    /// How many matches have each facet term.
    pub(super) facets: BTreeMap<String, u64>,
    /// How many matches each organisation has.
    pub(super) organisations: BTreeMap<OrganisationId, u64>,
    /// A failure to read a column, which the engine gives no way to report while it collects.
    failed: Option<tantivy::TantivyError>,
}

/// A match by rank: points first, then the day's lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ranked {
    pub(super) tenths: u32,
    lot: u64,
    segment: SegmentOrdinal,
    document: DocId,
}

impl Ranked {
    pub(super) const fn address(&self) -> DocAddress {
        DocAddress { segment_ord: self.segment, doc_id: self.document }
    }
}

/// The collector of one search.
#[derive(Debug)]
pub(super) struct Matches {
    organisations: BTreeSet<OrganisationId>,
    /// The terms of profiles that never count.
    hidden: Vec<Term>,
    open_web_only: bool,
    now: u64,
    want: usize,
}

impl Matches {
    pub(super) fn new(ask: &Ask<'_>, profile: Field) -> Self {
        let term = |id: &ProfileId| Term::from_field_text(profile, &id.to_string());
        Self {
            organisations: ask.organisations.clone(),
            hidden: ask.hidden.iter().map(term).collect(),
            open_web_only: ask.open_web_only,
            now: ask.now.0,
            want: ask.want,
        }
    }
}

/// The collector of one segment.
pub(super) struct SegmentMatches {
    segment: SegmentOrdinal,
    /// By the ordinal of the organisation's id: which it is, where it counts.
    shown: Vec<Option<OrganisationId>>,
    hidden: BTreeSet<DocId>,
    organisation: Option<StrColumn>,
    facets: Option<StrColumn>,
    expires_at: Column<u64>,
    readiness: Column<u64>,
    lot: Column<u64>,
    open_web: Column<u64>,
    open_web_only: bool,
    now: u64,
    want: usize,
    total: u64,
    best: BinaryHeap<Reverse<Ranked>>,
    facet_counts: Vec<u32>,
    organisation_counts: Vec<u32>,
}

impl Collector for Matches {
    type Fruit = Collected;
    type Child = SegmentMatches;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentMatches> {
        let columns = reader.fast_fields();
        let organisation = columns.str(column::ORGANISATION)?;
        let facets = columns.str(column::FACETS)?;
        let shown = organisation.as_ref().map_or_else(|| Ok(Vec::new()), |column| self.shown(column))?;
        let organisation_counts = vec![0; shown.len()];
        let facet_counts = vec![0; facets.as_ref().map_or(0, |facets| facets.num_terms())];
        Ok(SegmentMatches {
            segment,
            shown,
            hidden: self.hidden(reader)?,
            organisation,
            facets,
            expires_at: columns.u64(column::EXPIRES_AT)?,
            readiness: columns.u64(column::READINESS)?,
            lot: columns.u64(column::LOT)?,
            open_web: columns.u64(column::OPEN_WEB)?,
            open_web_only: self.open_web_only,
            now: self.now,
            want: self.want,
            total: 0,
            best: BinaryHeap::new(),
            facet_counts,
            organisation_counts,
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<Collected>) -> tantivy::Result<Collected> {
        let mut all = Collected::default();
        for segment in segments {
            if let Some(error) = segment.failed {
                return Err(error);
            }
            all.total += segment.total;
            all.best.extend(segment.best);
            for (term, count) in segment.facets {
                *all.facets.entry(term).or_default() += count;
            }
            for (organisation, count) in segment.organisations {
                *all.organisations.entry(organisation).or_default() += count;
            }
        }
        all.best.sort_unstable_by(|one, other| other.cmp(one));
        all.best.truncate(self.want);
        Ok(all)
    }
}

impl Matches {
    fn shown(&self, column: &StrColumn) -> tantivy::Result<Vec<Option<OrganisationId>>> {
        let mut shown = Vec::with_capacity(column.num_terms());
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            let id = std::str::from_utf8(stream.key()).ok().and_then(|id| id.parse().ok());
            shown.push(id.filter(|id| self.organisations.contains(id)));
        }
        Ok(shown)
    }
}

impl Matches {
    /// The documents of a segment that never count.
    fn hidden(&self, reader: &SegmentReader) -> tantivy::Result<BTreeSet<DocId>> {
        let mut hidden = BTreeSet::new();
        for term in &self.hidden {
            let index = reader.inverted_index(term.field())?;
            let Some(mut documents) = index.read_postings(term, IndexRecordOption::Basic)? else { continue };
            let mut document = documents.doc();
            while document != TERMINATED {
                hidden.insert(document);
                document = documents.advance();
            }
        }
        Ok(hidden)
    }
}

impl SegmentMatches {
    /// The ordinal of the profile's organisation, if the profile counts.
    fn counts(&self, document: DocId) -> Option<usize> {
        let ordinal = self.organisation.as_ref()?.ords().first(document)?;
        let ordinal = usize::try_from(ordinal).ok()?;
        let shown = self.shown.get(ordinal).is_some_and(Option::is_some);
        let stands = self.expires_at.first(document).is_some_and(|expires_at| expires_at > self.now);
        let public = !self.open_web_only || self.open_web.first(document) == Some(1);
        (shown && stands && public && !self.hidden.contains(&document)).then_some(ordinal)
    }

    fn rank(&self, document: DocId, score: Score) -> Ranked {
        let readiness = self.readiness.first(document).and_then(|ready| u32::try_from(ready).ok()).unwrap_or_default();
        let lot = self.lot.first(document).unwrap_or_default();
        Ranked {
            tenths: score.max(0.0).round() as u32 + readiness,
            lot: shuffled(lot, self.now / DAY),
            segment: self.segment,
            document,
        }
    }

    fn facet_terms(&self) -> tantivy::Result<BTreeMap<String, u64>> {
        let mut terms = BTreeMap::new();
        let Some(facets) = &self.facets else { return Ok(terms) };
        let counted: Vec<(u64, u32)> =
            (0_u64..).zip(&self.facet_counts).filter(|(_, n)| **n > 0).map(|(o, n)| (o, *n)).collect();
        let ordinals: Vec<u64> = counted.iter().map(|(ordinal, _)| *ordinal).collect();
        let mut counts = counted.iter().map(|(_, count)| u64::from(*count));
        facets.dictionary().sorted_ords_to_term_cb(&ordinals, |term| {
            if let (Ok(term), Some(count)) = (std::str::from_utf8(term), counts.next()) {
                terms.insert(term.to_owned(), count);
            }
        })?;
        Ok(terms)
    }
}

impl SegmentCollector for SegmentMatches {
    type Fruit = Collected;

    fn collect(&mut self, document: DocId, score: Score) {
        let Some(organisation) = self.counts(document) else { return };
        self.total += 1;
        if let Some(count) = self.organisation_counts.get_mut(organisation) {
            *count += 1;
        }
        if let Some(facets) = &self.facets {
            for ordinal in facets.term_ords(document) {
                let ordinal = usize::try_from(ordinal).unwrap_or(usize::MAX);
                if let Some(count) = self.facet_counts.get_mut(ordinal) {
                    *count += 1;
                }
            }
        }
        let ranked = Reverse(self.rank(document, score));
        if self.best.len() < self.want {
            self.best.push(ranked);
        } else if let Some(mut worst) = self.best.peek_mut()
            && ranked < *worst
        {
            *worst = ranked;
        }
    }

    fn harvest(self) -> Collected {
        let (facets, failed) = match self.facet_terms() {
            Ok(facets) => (facets, None),
            Err(error) => (BTreeMap::new(), Some(error)),
        };
        let counts = self.shown.iter().zip(&self.organisation_counts);
        let organisations =
            counts.filter(|(_, count)| **count > 0).filter_map(|(id, count)| Some(((*id)?, u64::from(*count))));
        Collected {
            total: self.total,
            organisations: organisations.collect(),
            best: self.best.into_iter().map(|Reverse(ranked)| ranked).collect(),
            facets,
            failed,
        }
    }
}

/// A profile's place among equals on one day (the finaliser of SplitMix64, which spreads every bit).
const fn shuffled(lot: u64, day: u64) -> u64 {
    let mut mixed = lot ^ day.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
