//! Stub; the lead replaces it at merge.
#![expect(missing_docs, reason = "stub")]
use mentormesh_protocol::api::{ErrorCode, Problem};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HomeFirst {
    Waiting,
    Done,
    RenewalsOnly,
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Safety {
    pub home_first: HomeFirst,
    pub clock_off: Option<u64>,
}
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    #[error(transparent)]
    Desk(#[from] crate::desk::DeskError),
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    #[error(transparent)]
    Ingest(#[from] crate::ingest::IngestError),
}
impl From<SignError> for Problem {
    fn from(error: SignError) -> Self {
        Self::new(ErrorCode::Internal, error.to_string())
    }
}
#[derive(Clone, Debug)]
pub struct Signer;
impl Signer {
    pub fn safety(&self) -> Safety {
        Safety { home_first: HomeFirst::Done, clock_off: None }
    }
}
