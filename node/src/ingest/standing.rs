//! What is believed of each organisation: its chain, its card and nodes, and which slots it fills.
//!
//! Rebuilt from the store at start, kept current by the door, published as a [`View`].

use std::collections::{BTreeMap, BTreeSet};

use mentormesh_protocol::chain::Chain;
use mentormesh_protocol::record::{Body, Card};
use mentormesh_protocol::signed::Network;
use mentormesh_protocol::trust::{self, Settings, Vouch, Why};
use mentormesh_protocol::{Kind, OrganisationId, PeerId, Record, Signed, Slot, Timestamp};

use crate::store::{Standing, Store, StoreError};
use crate::view::{Known, View};

/// One organisation.
#[derive(Debug)]
pub(super) struct Organisation {
    pub(super) chain: Chain,
    pub(super) card: Option<Card>,
    /// Node, where it can be dialled, when its delegation ends.
    pub(super) nodes: BTreeMap<PeerId, (Vec<String>, Timestamp)>,
    /// Whom it vouches for as a register, and until when.
    pub(super) vouches: BTreeMap<OrganisationId, Timestamp>,
    /// Hashes of the slots it fills outside identity, for its quota.
    pub(super) slots: BTreeMap<[u8; 32], Slot>,
    /// Slots of identity records.
    pub(super) identity: BTreeSet<[u8; 32]>,
    /// Those of its slots in which a profile stands.
    pub(super) profiles: BTreeSet<[u8; 32]>,
    /// When it stopped being shown for another reason than unpin or block.
    pub(super) lost_at: Option<Timestamp>,
}

impl Organisation {
    pub(super) const fn new(chain: Chain) -> Self {
        Self {
            chain,
            card: None,
            nodes: BTreeMap::new(),
            vouches: BTreeMap::new(),
            slots: BTreeMap::new(),
            identity: BTreeSet::new(),
            profiles: BTreeSet::new(),
            lost_at: None,
        }
    }

    /// Takes note of what now stands in a slot. `body` is needed for identity kinds alone.
    pub(super) fn note(&mut self, slot: &Slot, withdrawn: bool, expires_at: Timestamp, body: Option<&Body>) {
        let hash = slot.hash();
        if !slot.is_identity() {
            if slot.kind == Kind::Profile && !withdrawn {
                self.profiles.insert(hash);
            } else {
                self.profiles.remove(&hash);
            }
            self.slots.insert(hash, slot.clone());
            return;
        }
        self.identity.insert(hash);
        self.forget_identity(slot);
        match body {
            Some(Body::Card(card)) => self.card = Some(card.clone()),
            Some(Body::Delegation(delegation)) => {
                if let Ok(peer) = PeerId::from_slice(&slot.about) {
                    self.nodes.insert(peer, (delegation.addresses.clone(), expires_at));
                }
            }
            Some(Body::Recognition(recognition)) if recognition.as_register => {
                if let Ok(of) = OrganisationId::from_slice(&slot.about) {
                    self.vouches.insert(of, expires_at);
                }
            }
            Some(_) | None => {}
        }
    }

    /// Takes note that nothing stands in a slot any more.
    pub(super) fn forget(&mut self, slot: &Slot) {
        let hash = slot.hash();
        self.slots.remove(&hash);
        self.profiles.remove(&hash);
        if self.identity.remove(&hash) {
            self.forget_identity(slot);
        }
    }

    fn forget_identity(&mut self, slot: &Slot) {
        match &slot.kind {
            Kind::Card => self.card = None,
            Kind::Delegation => {
                if let Ok(peer) = PeerId::from_slice(&slot.about) {
                    self.nodes.remove(&peer);
                }
            }
            Kind::Recognition => {
                if let Ok(of) = OrganisationId::from_slice(&slot.about) {
                    self.vouches.remove(&of);
                }
            }
            Kind::Operation | Kind::Profile | Kind::Attestation | Kind::Withdrawal | Kind::Other(_) => {}
        }
    }
}

/// All organisations, and the operator's settings.
#[derive(Debug)]
pub(super) struct Organisations {
    pub(super) own: OrganisationId,
    pub(super) settings: Settings,
    pub(super) known: BTreeMap<OrganisationId, Organisation>,
}

impl Organisations {
    /// Rebuilds what is believed from what the store holds.
    pub(super) fn load(
        store: &Store,
        network: &Network,
        own: OrganisationId,
        settings: Settings,
    ) -> Result<Self, StoreError> {
        let mut all = Self { own, settings, known: BTreeMap::new() };
        all.load_chains(store, network)?;
        let ids: Vec<_> = all.known.keys().copied().collect();
        for id in ids {
            for standing in store.slots(&id) {
                let standing = standing?;
                let signed = if standing.slot.is_identity() { decode(store, &standing)? } else { None };
                let body = signed.as_ref().map(|signed| signed.claims().body());
                if let Some(organisation) = all.known.get_mut(&id) {
                    organisation.note(&standing.slot, standing.withdraws, standing.expires_at, body);
                }
            }
        }
        Ok(all)
    }

    /// The store keeps operations in no particular order, so those that follow one not yet seen are tried again.
    fn load_chains(&mut self, store: &Store, network: &Network) -> Result<(), StoreError> {
        let mut left = store.operations()?;
        loop {
            let before = left.len();
            left.retain(|operation| {
                let Ok(signed) = Signed::<Record>::decode(&operation.envelope) else { return false };
                match self.known.get_mut(&operation.organisation) {
                    Some(known) => known.chain.add(signed, network, operation.first_seen).is_err(),
                    None => match Chain::found(signed, network, operation.first_seen) {
                        Ok((chain, _)) => {
                            self.known.insert(operation.organisation, Organisation::new(chain));
                            false
                        }
                        Err(_) => true,
                    },
                }
            });
            if left.len() == before {
                return Ok(());
            }
        }
    }

    /// Why an organisation is shown or not, at `now`.
    pub(super) fn why(&self, of: &OrganisationId, now: Timestamp) -> Why {
        trust::decide(&self.own, of, &self.settings, &self.vouches(now))
    }

    /// Recognitions as a register that stand now. One's own count as a pinned organisation's would not: the operator
    /// pins instead.
    fn vouches(&self, now: Timestamp) -> BTreeSet<Vouch> {
        let of_each = self.known.iter().flat_map(|(by, organisation)| {
            organisation
                .vouches
                .iter()
                .filter(move |(_, until)| **until > now)
                .map(|(of, _)| Vouch { by: *by, of: *of })
        });
        of_each.collect()
    }

    /// The snapshot that everybody else reads.
    pub(super) fn view(&self, now: Timestamp) -> View {
        let vouches = self.vouches(now);
        let mut organisations = BTreeMap::new();
        for (id, organisation) in &self.known {
            let nodes = organisation.nodes.iter().filter(|(_, (_, until))| *until > now);
            let known = Known {
                card: organisation.card.clone(),
                tip: organisation.chain.tip(),
                disputed: organisation.chain.is_disputed(),
                signing_keys: organisation.chain.standing().map(|tip| tip.signing_keys.clone()).unwrap_or_default(),
                why: trust::decide(&self.own, id, &self.settings, &vouches),
                nodes: nodes.map(|(peer, (addresses, _))| (*peer, addresses.clone())).collect(),
                mentors: organisation.profiles.len() as u64,
                records: (organisation.chain.len() + organisation.identity.len() + organisation.slots.len()) as u64,
            };
            organisations.insert(*id, known);
        }
        View { own: self.own, settings: self.settings.clone(), organisations }
    }
}

/// Reads the envelope that stands in a slot; what the store holds was verified on its way in.
pub(super) fn decode(store: &Store, standing: &Standing) -> Result<Option<Signed<Record>>, StoreError> {
    Ok(store.envelope(&standing.id)?.and_then(|bytes| Signed::decode(&bytes).ok()))
}
