//! What this node believes of every organisation it knows: one snapshot, replaced whole after each change.
//!
//! Ingest owns the chains and trust decisions and publishes a [`View`]; everybody else only reads the latest one.

use std::collections::BTreeMap;
use std::sync::Arc;

use mentormesh_protocol::record::{Card, SigningKeyNotice};
use mentormesh_protocol::trust::{Settings, Why};
use mentormesh_protocol::{OrganisationId, PeerId, RecordId};
use tokio::sync::watch;

/// Everything believed at one moment.
#[derive(Clone, Debug)]
pub struct View {
    /// This node's own organisation.
    pub own: OrganisationId,
    /// Policy, pins and blocks.
    pub settings: Settings,
    /// Every organisation whose chain is known, one's own included.
    pub organisations: BTreeMap<OrganisationId, Known>,
}

/// One organisation.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its card, once it came.
    pub card: Option<Card>,
    /// The tip of its chain.
    pub tip: RecordId,
    /// Whether its chain forks where no rule decides.
    pub disputed: bool,
    /// The signing keys of its tip.
    pub signing_keys: Vec<SigningKeyNotice>,
    /// Why it is shown or not.
    pub why: Why,
    /// Nodes with a standing delegation of it, and where each can be dialled.
    pub nodes: BTreeMap<PeerId, Vec<String>>,
    /// Profiles of it that stand here.
    pub mentors: u64,
    /// Records of it that stand here, identity included.
    pub records: u64,
}

/// How one follows the latest view.
pub type Views = watch::Receiver<Arc<View>>;

impl View {
    /// Whether this organisation's mentors are shown.
    #[must_use]
    pub fn shows(&self, organisation: &OrganisationId) -> bool {
        self.organisations.get(organisation).is_some_and(|known| known.why.shown())
    }

    /// Whether the operator pinned this organisation and nothing of it has come yet.
    #[must_use]
    pub fn awaits(&self, organisation: &OrganisationId) -> bool {
        self.settings.pinned.contains(organisation) && !self.organisations.contains_key(organisation)
    }

    /// The organisations whose mentors are shown.
    pub fn shown(&self) -> impl Iterator<Item = &OrganisationId> {
        self.organisations.iter().filter(|(_, known)| known.why.shown()).map(|(id, _)| id)
    }

    /// The organisation that a peer acts for, by a delegation that both signed.
    #[must_use]
    pub fn organisation_of(&self, peer: &PeerId) -> Option<OrganisationId> {
        self.organisations.iter().find(|(_, known)| known.nodes.contains_key(peer)).map(|(id, _)| *id)
    }

    /// Whether this peer gets more than identity records.
    #[must_use]
    pub fn admits(&self, peer: &PeerId) -> bool {
        self.organisation_of(peer).is_some_and(|organisation| self.shows(&organisation))
    }

    /// The name to show for an organisation: that of its card, with the short id when another organisation's name
    /// could be taken for it, or the short id alone while no card is known.
    #[must_use]
    pub fn name(&self, organisation: &OrganisationId) -> String {
        let Some(name) = self.card_name(organisation) else { return format!("({})", organisation.short()) };
        if self.alike(organisation).next().is_some() {
            format!("{name} ({})", organisation.short())
        } else {
            name.to_owned()
        }
    }

    /// The other organisations whose names could be taken for this one's.
    pub fn alike(&self, organisation: &OrganisationId) -> impl Iterator<Item = &OrganisationId> {
        let folded = self.card_name(organisation).map(fold);
        let same = move |other: &str| folded.as_ref().is_some_and(|folded| fold(other) == *folded);
        let others = self.organisations.keys().filter(move |other| *other != organisation);
        others.filter(move |other| self.card_name(other).is_some_and(&same))
    }

    fn card_name(&self, organisation: &OrganisationId) -> Option<&str> {
        self.organisations.get(organisation)?.card.as_ref().map(|card| card.name.as_str())
    }
}

/// What two names look like when read in passing: letters and digits alone, case, accents and width folded.
fn fold(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    name.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
