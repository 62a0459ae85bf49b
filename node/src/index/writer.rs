//! The one hand that changes the index. A change is seen by searches from the next commit on, at once.

use mentormesh_protocol::OrganisationId;
use mentormesh_protocol::key::base32;
use mentormesh_protocol::record::ProfileId;
use serde::{Deserialize, Serialize};
use tantivy::merge_policy::LogMergePolicy;
use tantivy::{IndexReader, IndexWriter, TantivyError, Term};

use super::document::ProfileDocument;
use super::error::IndexError;
use super::schema::Layout;
use super::stem::Stems;

/// Threads that write segments.
const THREADS: usize = 2;
/// Memory of all of them, at least 15 MB each.
const MEMORY: usize = 50_000_000;
/// Deleted profiles leave the disk when they are this share of their segment: erasure is not for ever postponed.
const DELETED_SHARE: f32 = 0.2;
/// Segments of about one size that are merged at once.
const SEGMENTS: usize = 4;
/// Segments below this many profiles count as of one size.
const SMALL_SEGMENT: u32 = 1_000;

/// What a commit says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// The build's schema, library and analysis.
    pub(super) schema: String,
    /// Which store it follows.
    pub(super) generation: String,
    /// How far of that store's change log it has come.
    pub(super) position: u64,
}

/// The hand.
pub struct Writer {
    pub(super) index: tantivy::Index,
    pub(super) reader: IndexReader,
    pub(super) layout: Layout,
    pub(super) mark: Mark,
    writer: Option<IndexWriter>,
    stems: Stems,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Writer(committed up to {})", self.mark.position)
    }
}

impl Writer {
    pub(super) fn new(
        index: tantivy::Index,
        reader: IndexReader,
        layout: Layout,
        mark: Mark,
    ) -> Result<Self, TantivyError> {
        let mut writer = Self { index, reader, layout, mark, writer: None, stems: Stems::new() };
        writer.engine()?;
        Ok(writer)
    }

    /// The position of the last commit.
    #[must_use]
    pub const fn committed(&self) -> u64 {
        self.mark.position
    }

    /// Adds a profile or replaces what was there under its id.
    ///
    /// # Errors
    /// When the engine cannot take it; then everything since the last commit is to be done again.
    pub fn upsert(&mut self, profile: &ProfileDocument<'_>) -> Result<(), IndexError> {
        let document = profile.document(&self.layout, &mut self.stems);
        let key = self.key(&profile.id);
        let result = self.engine().and_then(|writer| {
            // A deletion reaches only what was added before it.
            writer.delete_term(key);
            writer.add_document(document)
        });
        self.checked(result)
    }

    /// Removes a profile, if it is there.
    ///
    /// # Errors
    /// As [`Writer::upsert`].
    pub fn delete(&mut self, profile: &ProfileId) -> Result<(), IndexError> {
        let key = self.key(profile);
        let result = self.engine().map(|writer| writer.delete_term(key));
        self.checked(result)
    }

    /// Removes every profile of an organisation.
    ///
    /// # Errors
    /// As [`Writer::upsert`].
    pub fn delete_organisation(&mut self, organisation: &OrganisationId) -> Result<(), IndexError> {
        let term = Term::from_field_text(self.layout.columns.organisation, &organisation.to_string());
        let result = self.engine().map(|writer| writer.delete_term(term));
        self.checked(result)
    }

    /// Removes everything, to begin from nothing.
    ///
    /// # Errors
    /// As [`Writer::upsert`].
    pub fn clear(&mut self) -> Result<(), IndexError> {
        let result = self.engine().and_then(|writer| writer.delete_all_documents());
        self.checked(result)
    }

    /// Makes everything so far durable and visible to searches, and remembers how far of the store it came.
    ///
    /// # Errors
    /// As [`Writer::upsert`].
    pub fn commit(&mut self, position: u64) -> Result<(), IndexError> {
        let mark = Mark { position, ..self.mark.clone() };
        let payload = serde_json::to_string(&mark).unwrap_or_default();
        let result = self.engine().and_then(|writer| {
            let mut prepared = writer.prepare_commit()?;
            prepared.set_payload(&payload);
            prepared.commit()
        });
        self.checked(result)?;
        self.mark = mark;
        // The engine's own reload polls; a search after this commit must see it.
        self.reader.reload().map_err(IndexError::from)
    }

    fn key(&self, profile: &ProfileId) -> Term {
        Term::from_field_text(self.layout.fields.profile, &profile.to_string())
    }

    /// The engine's writer, made again after it failed: one that met an error never works again.
    fn engine(&mut self) -> Result<&mut IndexWriter, TantivyError> {
        if self.writer.is_none() {
            let writer: IndexWriter = self.index.writer_with_num_threads(THREADS, MEMORY)?;
            let mut policy = LogMergePolicy::default();
            policy.set_min_num_segments(SEGMENTS);
            policy.set_min_layer_size(SMALL_SEGMENT);
            policy.set_del_docs_ratio_before_merge(DELETED_SHARE);
            writer.set_merge_policy(Box::new(policy));
            self.writer = Some(writer);
        }
        self.writer.as_mut().ok_or_else(|| TantivyError::SystemError("no writer".to_owned()))
    }

    fn checked<T>(&mut self, result: Result<T, TantivyError>) -> Result<(), IndexError> {
        result.map(drop).map_err(|error| {
            self.writer = None;
            error.into()
        })
    }
}

impl Mark {
    pub(super) fn new(layout: &Layout, generation: [u8; 16], position: u64) -> Self {
        Self { schema: layout.mark(), generation: base32().encode(&generation), position }
    }
}
