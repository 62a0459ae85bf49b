//! The fields of the index, and the mark by which an index of another build is told from this one's.

use mentormesh_protocol::key::{base32, sha256};
use tantivy::schema::{Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, WhitespaceTokenizer};

use super::place::{ByTier, Tier};

/// Raised whenever folding, stemming, passages or points change what is written for the same profile.
const ANALYSIS: u32 = 1;
/// The tokenizer of every field of words: they come cut and folded, with spaces between.
const SPACED: &str = "spaced";

/// Between the parts of one term.
pub(super) const SEPARATOR: char = '\u{1f}';

/// Every field.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    /// The id of the profile, whole: the key of upserts, and the one thing that is stored.
    pub(super) profile: Field,
    /// Folded words, by how much their place weighs.
    pub(super) words: ByTier<Field>,
    /// Stems of the same words.
    pub(super) stems: ByTier<Field>,
    /// Pairs of words that stand near each other in one short passage.
    pub(super) together: Field,
    /// Folded words of every passage, with positions.
    pub(super) phrases: Field,
    /// Values of filters: [`super::ask::Filter`].
    pub(super) filters: Field,
}

/// Names of the columns that the collector reads.
pub(super) mod column {
    pub(in crate::index) const ORGANISATION: &str = "organisation";
    pub(in crate::index) const FACETS: &str = "facets";
    pub(in crate::index) const EXPIRES_AT: &str = "expires_at";
    pub(in crate::index) const READINESS: &str = "readiness";
    pub(in crate::index) const LOT: &str = "lot";
    pub(in crate::index) const OPEN_WEB: &str = "open_web";
}

/// The fields that are only columns.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) organisation: Field,
    pub(super) facets: Field,
    pub(super) expires_at: Field,
    pub(super) readiness: Field,
    pub(super) lot: Field,
    pub(super) open_web: Field,
}

/// Schema, fields and columns together.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) schema: Schema,
    pub(super) fields: Fields,
    pub(super) columns: Columns,
}

impl Layout {
    pub(super) fn new() -> Self {
        let mut builder = Schema::builder();
        let raw = || indexing("raw", IndexRecordOption::Basic);
        let spaced = || indexing(SPACED, IndexRecordOption::Basic);
        let tiers = |builder: &mut tantivy::schema::SchemaBuilder, name: &str| {
            ByTier::new(|tier| builder.add_text_field(&format!("{name}_{}", tier_name(tier)), spaced()))
        };
        let fields = Fields {
            profile: builder.add_text_field("profile", raw().set_stored()),
            words: tiers(&mut builder, "words"),
            stems: tiers(&mut builder, "stems"),
            together: builder.add_text_field("together", spaced()),
            phrases: builder.add_text_field("phrases", indexing(SPACED, IndexRecordOption::WithFreqsAndPositions)),
            filters: builder.add_text_field("filters", raw()),
        };
        let number = || NumericOptions::default().set_fast();
        let columns = Columns {
            organisation: builder.add_text_field(column::ORGANISATION, raw().set_fast("raw")),
            facets: builder.add_text_field(column::FACETS, TextOptions::default().set_fast("raw")),
            expires_at: builder.add_u64_field(column::EXPIRES_AT, number()),
            readiness: builder.add_u64_field(column::READINESS, number()),
            lot: builder.add_u64_field(column::LOT, number()),
            open_web: builder.add_u64_field(column::OPEN_WEB, number()),
        };
        Self { schema: builder.build(), fields, columns }
    }

    /// The mark of this build's index: another library version, tokenizer set, schema or analysis gives another.
    pub(super) fn mark(&self) -> String {
        let schema = serde_json::to_string(&self.schema).unwrap_or_default();
        let languages: Vec<_> = super::stem::languages().collect();
        let all = format!("{}|{ANALYSIS}|{}|{schema}", tantivy::version_string(), languages.join(","));
        base32().encode(&sha256(all.as_bytes())).chars().take(16).collect()
    }
}

/// Makes the tokenizers of this schema known to an index that was opened.
pub(super) fn register(index: &tantivy::Index) {
    index.tokenizers().register(SPACED, TextAnalyzer::builder(WhitespaceTokenizer::default()).build());
}

fn indexing(tokenizer: &str, option: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_fieldnorms(false).set_index_option(option);
    TextOptions::default().set_indexing_options(indexing)
}

const fn tier_name(tier: Tier) -> &'static str {
    match tier {
        Tier::Top => "top",
        Tier::Middle => "middle",
        Tier::Low => "low",
    }
}
