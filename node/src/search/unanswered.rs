//! Why a search has no answer, and what the asker is told of it.

use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::record::ProfileId;

use crate::index::IndexError;
use crate::store::StoreError;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unanswered {
    #[error(transparent)]
    Index(#[from] IndexError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("no profile {0} stands here")]
    Absent(ProfileId),
    #[error("too many searches run; try again in a few seconds")]
    Busy,
    #[error("the search broke off")]
    BrokenOff,
}

impl From<Unanswered> for Problem {
    fn from(unanswered: Unanswered) -> Self {
        let code = match &unanswered {
            Unanswered::Absent(_) => ErrorCode::NotFound,
            Unanswered::Busy => ErrorCode::Busy,
            Unanswered::Index(_) | Unanswered::Store(_) | Unanswered::BrokenOff => {
                tracing::error!(error = %unanswered, cause = ?unanswered, "a search failed");
                ErrorCode::Internal
            }
        };
        Self::new(code, unanswered.to_string())
    }
}
