//! Stub; the listings room replaces it at merge.
#![expect(missing_docs, clippy::unused_async, reason = "stub")]
use std::collections::BTreeMap;

use mentormesh_protocol::Subject;
use mentormesh_protocol::api::{
    ErrorCode, ImportReport, List, Listing, ListingInput, ListingState, Problem, PublishReport,
};

#[derive(Clone, Debug)]
pub struct Listings;
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub state: Option<ListingState>,
    pub limit: usize,
    pub after: Option<String>,
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    Csv,
    JsonLines,
}
fn stub() -> Problem {
    Problem::new(ErrorCode::Internal, "stub")
}
impl Listings {
    pub async fn add(&self, _: ListingInput) -> Result<Listing, Problem> {
        Err(stub())
    }
    pub async fn edit(&self, _: &Subject, _: ListingInput, _: Option<&str>) -> Result<Listing, Problem> {
        Err(stub())
    }
    pub async fn list(&self, _: Filter) -> Result<List<Listing>, Problem> {
        Err(stub())
    }
    pub async fn find(&self, _: &Subject) -> Result<Listing, Problem> {
        Err(stub())
    }
    pub async fn delete_draft(&self, _: &Subject) -> Result<(), Problem> {
        Err(stub())
    }
    pub async fn confirm(&self, _: &Subject) -> Result<Listing, Problem> {
        Err(stub())
    }
    pub async fn publish(&self, _: &Subject) -> Result<PublishReport, Problem> {
        Err(stub())
    }
    pub async fn withdraw(&self, _: &Subject, _: bool) -> Result<Listing, Problem> {
        Err(stub())
    }
    pub async fn import(
        &self,
        _: Vec<u8>,
        _: ImportKind,
        _: bool,
        _: impl Fn(u64, u64) + Send,
    ) -> Result<ImportReport, Problem> {
        Err(stub())
    }
    pub async fn matching(&self, _: &str) -> Result<Vec<Subject>, Problem> {
        Err(stub())
    }
    pub async fn counts(&self) -> Result<BTreeMap<String, u64>, Problem> {
        Err(stub())
    }
    pub async fn to_confirm(&self, _: u64) -> Result<u64, Problem> {
        Err(stub())
    }
}
