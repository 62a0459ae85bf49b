//! Stub; the store room replaces it at merge.
use mentormesh_protocol::{OrganisationId, RecordId, Slot};

/// Stub.
#[derive(Clone, Debug)]
pub struct Store;
/// Stub.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Stub.
    pub slot: Slot,
    /// Stub.
    pub id: RecordId,
    /// Stub.
    pub withdraws: bool,
}
/// Stub.
#[derive(Clone, Debug)]
pub struct StoredOperation {
    /// Stub.
    pub organisation: OrganisationId,
    /// Stub.
    pub id: RecordId,
    /// Stub.
    pub envelope: Vec<u8>,
}
/// Stub.
#[derive(Debug, thiserror::Error)]
#[error("stub")]
pub struct StoreError;
#[expect(missing_docs, reason = "stub")]
impl StoreError {
    pub fn is_full(&self) -> bool {
        false
    }
}
#[expect(missing_docs, reason = "stub")]
impl Store {
    pub fn envelope(&self, _: &RecordId) -> Result<Option<Vec<u8>>, StoreError> {
        Err(StoreError)
    }
    pub fn standing(&self, _: &Slot) -> Result<Option<Standing>, StoreError> {
        Err(StoreError)
    }
    pub fn slots(&self, _: &OrganisationId) -> impl Iterator<Item = Result<Standing, StoreError>> + use<> {
        std::iter::empty()
    }
    pub fn operations(&self) -> Result<Vec<StoredOperation>, StoreError> {
        Err(StoreError)
    }
    pub fn probe(&self) -> Result<(), StoreError> {
        Err(StoreError)
    }
    pub fn size(&self) -> u64 {
        0
    }
}
#[expect(missing_docs, reason = "stub")]
impl Store {
    pub fn check_room(&self) -> Result<(), StoreError> {
        Err(StoreError)
    }
    pub fn organisations(&self) -> Result<Vec<OrganisationId>, StoreError> {
        Err(StoreError)
    }
}
