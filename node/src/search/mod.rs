//! Stub; the search room replaces it at merge.
#![expect(missing_docs, clippy::unused_async, reason = "stub")]
use mentormesh_protocol::api::{ErrorCode, Problem, ProfileView, SearchPage};
use mentormesh_protocol::{ProfileId, query::Query};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    House,
    OpenWeb,
}
#[derive(Clone, Debug)]
pub struct Search;
impl Search {
    pub async fn run(&self, _: &Query, _: Viewer) -> Result<SearchPage, Problem> {
        Err(Problem::new(ErrorCode::Internal, "stub"))
    }
    pub async fn profile(&self, _: &ProfileId, _: Viewer) -> Result<ProfileView, Problem> {
        Err(Problem::new(ErrorCode::Internal, "stub"))
    }
}
