//! The body of a delegation: a node that acts for an organisation, bound by both their signatures.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

use super::invalid::{address, count, each, required, text};
use super::{Header, Invalid};
use crate::key::{OrganisationId, PeerId, SecretKey};
use crate::limits::ADDRESSES;
use crate::signed::Network;

/// That the node named in `about` acts for the organisation that signs, with the node's own consent.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Delegation {
    /// Where the node can be dialled, as multiaddresses without the peer.
    #[n(0)]
    pub addresses: Vec<String>,
    /// What the node does for the organisation; `register` is the only word so far.
    #[n(1)]
    pub roles: Vec<String>,
    /// The node key's signature over network and organisation: nobody can claim another's node.
    #[n(2)]
    pub node_signature: ByteArray<64>,
}

impl Delegation {
    /// Makes the delegation of the node that holds `node_key`.
    #[must_use]
    pub fn new(addresses: Vec<String>, network: &Network, organisation: &OrganisationId, node_key: &SecretKey) -> Self {
        let node_signature = node_key.sign(&consent(network, organisation)).into();
        Self { addresses, roles: vec!["register".to_owned()], node_signature }
    }

    /// Whether `peer` itself agreed to act for `organisation` on `network`.
    #[must_use]
    pub fn binds(&self, network: &Network, organisation: &OrganisationId, peer: &PeerId) -> bool {
        peer.0.signed(&consent(network, organisation), &self.node_signature)
    }

    pub(super) fn check(&self, header: &Header) -> Result<(), Invalid> {
        PeerId::from_slice(&header.about).map_err(|e| Invalid::new("about", e.to_string()))?;
        count("addresses", &self.addresses, 0, ADDRESSES)?;
        each("addresses", &self.addresses, |field, value| address(field, value))?;
        count("roles", &self.roles, 1, 4)?;
        each("roles", &self.roles, |field, role| text(field, role, required(32)))
    }
}

/// What a node signs to agree: domain and network, a zero byte, the organisation.
fn consent(network: &Network, organisation: &OrganisationId) -> Vec<u8> {
    let mut bytes = format!("mentormesh/1/{}/node\0", network.as_str()).into_bytes();
    bytes.extend_from_slice(&organisation.0);
    bytes
}
