//! The audit trail: who did what, to what, when.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// One administrative act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who: `registrar` for the token, `person` and an id, `node` for what nobody asked for, …
    pub by: String,
    /// What, as a word like `listing.published`.
    pub act: String,
    /// To what: an id, or `self`.
    pub about: String,
    /// What else is worth knowing; empty where nothing is.
    pub detail: String,
}
