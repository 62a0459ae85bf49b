//! The one place that signs records of this organisation: sequence and envelope from the desk, then out.
//!
//! A stand-in with the agreed signatures: it signs with the key it is given and hands the record to nobody.

use std::sync::Arc;

use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::record::{Body, Invalid, Withdrawal};
use mentormesh_protocol::signed::{EnvelopeError, Network, Signed};
use mentormesh_protocol::{OrganisationId, Record, RecordId, SecretKey, Slot, Timestamp};

use crate::clock::Clock;
use crate::desk::{AllotError, Desk, DeskError};

/// What was issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The record.
    pub record: RecordId,
    /// Its sequence.
    pub sequence: u64,
    /// Until when it stands.
    pub expires_at: Timestamp,
}

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The slot was erased.
    #[error("this listing was erased for good; whoever returns gets a new listing")]
    Erased,
    /// The body breaks its schema.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The envelope could not be made.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// The desk failed.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl From<SignError> for Problem {
    fn from(error: SignError) -> Self {
        match error {
            SignError::Erased => Self::new(ErrorCode::Conflict, error.to_string()),
            SignError::Invalid(invalid) => invalid.into(),
            SignError::Envelope(_) => Self::new(ErrorCode::TooLarge, error.to_string()),
            SignError::Desk(error) => error.into(),
        }
    }
}

/// Signs for the organisation.
#[derive(Clone, Debug)]
pub struct Signer {
    desk: Desk,
    clock: Clock,
    key: Arc<SecretKey>,
    network: Network,
    organisation: OrganisationId,
}

impl Signer {
    /// A signer with a key of its own.
    #[must_use]
    pub fn stand_in(desk: Desk, clock: Clock, key: SecretKey, network: Network) -> Self {
        let organisation = OrganisationId(key.public().0);
        Self { desk, clock, key: Arc::new(key), network, organisation }
    }

    /// The organisation it signs for.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Issues a record in a slot.
    ///
    /// # Errors
    /// When the slot was erased, the body is invalid or the desk fails.
    pub async fn issue(&self, slot: Slot, body: Body) -> Result<Issued, SignError> {
        let now = self.clock.now();
        let allotted = self.desk.allot(&slot, now, None, |sequence| self.sign(&slot.about, sequence, now, body)).await;
        self.issued(allotted)
    }

    /// Ends a slot.
    ///
    /// # Errors
    /// When the slot was erased or the desk fails.
    pub async fn withdraw(&self, slot: Slot, erase: bool) -> Result<Issued, SignError> {
        let (now, about) = (self.clock.now(), slot.withdrawn());
        let body = Body::Withdrawal(Withdrawal { erase });
        let sign = |sequence| self.sign(&about, sequence, now, body);
        let allotted = self.desk.allot_withdrawal(&slot, erase, now, None, sign).await;
        self.issued(allotted)
    }

    fn sign(&self, about: &[u8], sequence: u64, now: Timestamp, body: Body) -> Result<Vec<u8>, SignError> {
        let record = Record::issue(self.organisation, about.to_vec(), sequence, now, body)?;
        Ok(Signed::sign(&record, &self.network, &self.key)?.bytes().to_vec())
    }

    fn issued(&self, allotted: Result<crate::desk::Allotted, AllotError<SignError>>) -> Result<Issued, SignError> {
        let allotted = allotted.map_err(|error| match error {
            AllotError::Erased => SignError::Erased,
            AllotError::Desk(error) => SignError::Desk(error),
            AllotError::Sign(error) => error,
        })?;
        let signed = Signed::<Record>::decode(&allotted.envelope)?.verify(&self.network, [&self.key.public()])?;
        let expires_at = signed.payload().header().expires_at.unwrap_or_default();
        Ok(Issued { record: signed.id(), sequence: allotted.sequence, expires_at })
    }
}
