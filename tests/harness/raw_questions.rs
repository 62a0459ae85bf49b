//! What a bare peer asks of a node in the middle of a story: who it is, and whether it takes a letter.

use mentormesh_protocol::OrganisationId;
use mentormesh_protocol::introduction::courier::{CourierAnswer, CourierRequest};
use mentormesh_protocol::wire::{Scope, SyncAnswer, SyncRequest};
use mentormesh_swarm::{PeerId, Protocol};

use super::raw_peer::{RawPeer, now};

impl RawPeer {
    /// Every envelope of an organisation's identity half, as anybody is given it.
    #[track_caller]
    pub(crate) fn identity_of(&mut self, peer: PeerId, organisation: OrganisationId) -> Vec<Vec<u8>> {
        let request = SyncRequest::Snapshot { organisation, scope: Scope::Identity, as_of: now(), after: None };
        match self.ask(peer, &request) {
            Some(SyncAnswer::Snapshot(envelopes, None)) => envelopes.into_iter().map(Vec::from).collect(),
            other => panic!("no snapshot of one page: {other:?}"),
        }
    }

    /// Hands over a sealed letter and gives the signed receipt.
    #[track_caller]
    pub(crate) fn deliver(&self, peer: PeerId, sealed: &[u8]) -> Vec<u8> {
        let request = CourierRequest::Deliver(sealed.to_vec().into());
        let answer = self.runtime.block_on(self.swarm.request(peer, Protocol::Courier, request.encode()));
        match CourierAnswer::decode(&answer.expect("the node answers")) {
            Ok(CourierAnswer::Receipt(receipt)) => receipt.into(),
            other => panic!("a letter is answered by a receipt, not {other:?}"),
        }
    }
}
