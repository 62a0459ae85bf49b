//! Receipts: signing what this node did with an envelope, and believing nobody but the recipient's own node.

use mentormesh_protocol::introduction::{Outcome, Receipt};
use mentormesh_protocol::signed::EnvelopeError;
use mentormesh_protocol::{EnvelopeId, OrganisationId, PeerId, Signed};

use super::courier::Courier;

/// Why bytes are no receipt that counts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotAReceipt {
    /// Not of the form, or not signed by the node that it names.
    #[error("the receipt is not signed by the node that it names: {0}")]
    Signature(#[from] EnvelopeError),
    /// It is about another envelope.
    #[error("the receipt is for another envelope")]
    OtherEnvelope,
    /// It speaks for another organisation.
    #[error("the receipt is not of the organisation that was asked")]
    OtherOrganisation,
    /// The node that signed it has no standing delegation of the organisation here.
    #[error("the receipt is signed by a node that does not act for its organisation")]
    NotItsNode,
    /// A relay's word where the recipient's is due, or the other way round.
    #[error("the receipt says what only another organisation can say")]
    NotItsWord,
}

impl Courier {
    /// Signs what this node did with an envelope.
    pub(super) fn sign_receipt(&self, envelope: EnvelopeId, outcome: Outcome) -> Result<Vec<u8>, EnvelopeError> {
        let receipt = Receipt {
            envelope,
            organisation: self.view().own,
            node: PeerId(self.node_key.public()),
            at: self.now(),
            outcome,
        };
        let signed = Signed::sign(&receipt, &self.introductions.network, &self.node_key)?;
        Ok(signed.bytes().to_vec())
    }

    /// Reads the recipient's own word on an envelope.
    pub(super) fn recipients_word(
        &self,
        receipt: &[u8],
        envelope: &EnvelopeId,
        recipient: &OrganisationId,
    ) -> Result<Outcome, NotAReceipt> {
        let outcome = self.word(receipt, envelope, recipient)?;
        if matches!(outcome, Outcome::Kept(_)) { Err(NotAReceipt::NotItsWord) } else { Ok(outcome) }
    }

    /// Reads a relay's word that it keeps an envelope.
    pub(super) fn relays_word(
        &self,
        receipt: &[u8],
        envelope: &EnvelopeId,
        relay: &OrganisationId,
    ) -> Result<(), NotAReceipt> {
        let outcome = self.word(receipt, envelope, relay)?;
        if matches!(outcome, Outcome::Kept(_)) { Ok(()) } else { Err(NotAReceipt::NotItsWord) }
    }

    fn word(
        &self,
        receipt: &[u8],
        envelope: &EnvelopeId,
        organisation: &OrganisationId,
    ) -> Result<Outcome, NotAReceipt> {
        let signed = Signed::<Receipt>::decode(receipt)?;
        let node = signed.claims().node;
        let verified = signed.verify(&self.introductions.network, [&node.0])?;
        let receipt = verified.payload();
        if receipt.envelope != *envelope {
            return Err(NotAReceipt::OtherEnvelope);
        }
        if receipt.organisation != *organisation {
            return Err(NotAReceipt::OtherOrganisation);
        }
        let view = self.view();
        let acts = view.organisations.get(organisation).is_some_and(|known| known.nodes.contains_key(&node));
        if acts { Ok(receipt.outcome.clone()) } else { Err(NotAReceipt::NotItsNode) }
    }
}
