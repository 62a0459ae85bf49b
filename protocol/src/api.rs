//! What the HTTP interface takes and gives: one set of types for the node, the command line and the document.
//!
//! Field names are public surface. Every list is a [`List`]; every error a [`Problem`] with a stable [`ErrorCode`].

mod audit;
mod error;
mod introduction;
mod listing;
mod mail;
mod node;
mod organisation;
mod person;
mod personal;
mod rights;
mod search;
mod time_slot;

pub use audit::AuditEntry;
pub use error::{ErrorCode, FieldProblem, Problem};
pub use introduction::{
    AcceptInput, Alternative, Block, DeclineInput, Direction, Introduction, IntroductionEvent, IntroductionInput,
    Mentee, OpenRequest, StepInput, TextInput, WithdrawInput,
};
pub use listing::{
    Consent, ConsentMethod, Contact, Evidence, ImportReport, ImportRow, Invitation, InvitationAnswer, Listing,
    ListingInput, ListingState, PauseInput, PublishReport, Reach, Receipt, RowOutcome, WithdrawRequest,
};
pub use mail::{MailStanding, MailTest, MailView};
pub use node::{
    Created, JoinRequest, Joined, Operator, PeerStanding, PeerView, Ready, RecordCounts, Retention, Status, SyncLast,
    SyncOrganisation, SyncPeer, SyncView, TicketView,
};
pub use organisation::{
    OrganisationInput, OrganisationRef, OrganisationView, SealingKeyReplaced, SealingKeyView, SigningKeyView, Standing,
    StandingRequest, TrustPolicy, TrustRequest, TrustView,
};
pub use person::{Person, PersonChange, PersonInput, Role, SignInLink};
pub use personal::{ErasureReceiptOfPerson, ExportedAct, ExportedConsent, ExportedMail, ExportedSession, PersonExport};
pub use rights::{ErasureReceipt, ErasureState, RightsClose, RightsFiled, RightsInput, RightsRequestView, RightsState};
pub use search::{Facet, Facets, Hidden, HiddenProfile, HideInput, Hit, NotShown, ProfileView, SearchPage};
pub use time_slot::{SlotInput, SlotView, Times};

use serde::{Deserialize, Serialize};

/// A page of anything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct List<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// How many there are in all.
    pub total: u64,
    /// What to ask for next, if there is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> List<T> {
    /// A list that is all there is.
    #[must_use]
    pub fn whole(items: Vec<T>) -> Self {
        let total = items.len() as u64;
        Self { items, total, next: None }
    }
}
