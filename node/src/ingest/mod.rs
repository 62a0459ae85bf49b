//! Stub; the ingest room replaces it at merge.
#![expect(missing_docs, clippy::unused_async, reason = "stub")]
use mentormesh_protocol::trust::Settings;

#[derive(Clone, Debug)]
pub struct Ingest;
#[derive(Debug, thiserror::Error)]
#[error("stub")]
pub struct IngestError;
impl Ingest {
    pub async fn set_trust(&self, _: Settings) -> Result<(), IngestError> {
        Err(IngestError)
    }
}
