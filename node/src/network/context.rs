//! What every part of the network folder needs, in one cloneable piece.

use std::collections::BTreeMap;
use std::sync::Arc;

use mentormesh_protocol::reconcile::Fingerprint;
use mentormesh_protocol::signed::Network as NetworkName;
use mentormesh_protocol::wire::{Hello, Scope, VERSION};
use mentormesh_protocol::{OrganisationId, PeerId, SecretKey, Timestamp};
use mentormesh_swarm::SwarmHandle;

use crate::clock::Clock;
use crate::ingest::Ingest;
use crate::store::{Store, StoreError};
use crate::view::View;

/// How many mentors each organisation's own nodes say it has.
pub type Claimed = Arc<BTreeMap<OrganisationId, u64>>;

/// Handles and names that do not change while the node runs.
#[derive(Clone, Debug)]
pub(super) struct Context {
    pub(super) swarm: SwarmHandle,
    pub(super) store: Store,
    pub(super) ingest: Ingest,
    pub(super) clock: Clock,
    pub(super) network: NetworkName,
    pub(super) own: OrganisationId,
    pub(super) node_key: Arc<SecretKey>,
    pub(super) quota: u64,
}

/// Where one organisation stands here, both halves together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) count: u64,
    pub(super) fingerprint: Fingerprint,
    pub(super) max_sequence: u64,
}

impl Context {
    pub(super) fn view(&self) -> Arc<View> {
        Arc::clone(&self.ingest.views().borrow())
    }

    /// This node's own transport identity.
    pub(super) fn peer(&self) -> PeerId {
        PeerId(self.node_key.public())
    }

    /// How we introduce ourselves to `peer`.
    pub(super) fn hello(&self, peer: &PeerId) -> Hello {
        let view = self.view();
        Hello {
            network: self.network.as_str().to_owned(),
            least_version: VERSION,
            most_version: VERSION,
            clock: self.clock.now(),
            organisation: self.own,
            mentors: view.organisations.get(&self.own).map_or(0, |known| known.mentors),
            quota: self.quota,
            admits_you: view.admits(peer),
        }
    }

    /// Where an organisation stands at a moment.
    pub(super) fn head(&self, organisation: &OrganisationId, as_of: Timestamp) -> Result<Head, StoreError> {
        head(&self.store, organisation, as_of)
    }
}

/// Counts and fingerprints of both halves, joined: SHA-256 of the two fingerprints, cut to 16 bytes.
pub(super) fn head(store: &Store, organisation: &OrganisationId, as_of: Timestamp) -> Result<Head, StoreError> {
    let identity = store.summary(organisation, Scope::Identity, as_of)?;
    let register = store.summary(organisation, Scope::Register, as_of)?;
    Ok(Head {
        count: identity.count + register.count,
        fingerprint: identity.fingerprint.joined(&register.fingerprint),
        max_sequence: identity.max_sequence.max(register.max_sequence),
    })
}

/// The same identity in the swarm's type.
pub(super) fn to_swarm(peer: &PeerId) -> mentormesh_swarm::PeerId {
    mentormesh_swarm::PeerId::from_public_key(&peer.0.0)
}

/// The same identity in the protocol's type; `None` for a peer whose key is not Ed25519.
pub(super) fn from_swarm(peer: &mentormesh_swarm::PeerId) -> Option<PeerId> {
    peer.public_key().map(|key| PeerId(mentormesh_protocol::PublicKey(key)))
}

/// A random number below `bound`, for jitter; chance here decides nothing that two nodes must agree on.
pub(super) fn chance(bound: u64) -> u64 {
    getrandom::u64().map_or(0, |random| random % bound.max(1))
}
