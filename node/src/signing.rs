//! The only place that signs records of this node's own organisation.
//!
//! A record is allotted its sequence and kept in the desk before the store and the network see it, so that what
//! exists nowhere else is durable first. Nothing is signed until the node has looked at its own organisation through
//! a peer's eyes (*home first*), nor while its clock or another node of ours makes that unsafe.

use std::sync::Arc;
use std::time::Duration;

use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::introduction::Letter;
use mentormesh_protocol::record::{Body, Invalid, Withdrawal};
use mentormesh_protocol::signed::{EnvelopeError, Network};
use mentormesh_protocol::{
    Kind, OrganisationId, PeerId, Record, RecordId, SecretKey, Signed, Slot, Timestamp, Verified,
};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::desk::{AllotError, Desk, DeskError};
use crate::ingest::{Ingest, IngestError, Origin, Verdict};
use crate::store::{Store, StoreError};

/// How long somebody who asks right after a start waits for the first comparison with a peer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whether own records may be signed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HomeFirst {
    /// Peers are known, and none has shown yet what it holds of ours.
    Waiting,
    /// Compared with a peer, or no peer is known.
    Done,
    /// No peer could be reached in ten minutes: what is published is kept alive, nothing new is signed.
    RenewalsOnly,
}

/// What the network tells the signer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Safety {
    /// Whether we have seen ourselves through a peer's eyes.
    pub home_first: HomeFirst,
    /// How far our clock is from the median of three peers', once three have said.
    pub clock_off: Option<u64>,
}

/// A record that was signed and stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issued {
    /// Its id.
    pub record: RecordId,
    /// Its sequence.
    pub sequence: u64,
    /// Until when it stands.
    pub expires_at: Timestamp,
}

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// No peer has shown yet what it holds of ours.
    #[error("this node has not yet compared its own records with a peer since it started")]
    HomeFirst,
    /// Another node acts for this organisation.
    #[error("another node ({0}) acts for this organisation; two would allot the same sequence")]
    SecondNode(PeerId),
    /// The clock is off.
    #[error("this node's clock is {} minutes off its peers'", .0 / 60_000)]
    Clock(u64),
    /// The record breaks its schema.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The envelope could not be made.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// What was to be renewed was withdrawn meanwhile.
    #[error("it was withdrawn meanwhile, and a renewal brings nothing back")]
    Ended,
    /// A newer record of ours stands than the desk knows of.
    #[error("this desk is older than what the network holds of it, and takes that over now")]
    Behind,
    /// The slot was erased for ever.
    #[error("this listing was erased for ever; make a new one")]
    Erased,
    /// The desk could not keep it.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store could not take it.
    #[error(transparent)]
    Ingest(#[from] IngestError),
    /// The door did not let our own record stand.
    #[error("the record was signed but does not stand: {0:?}")]
    Refused(Verdict),
}

impl From<SignError> for Problem {
    fn from(error: SignError) -> Self {
        let text = error.to_string();
        match error {
            SignError::HomeFirst => Self::new(ErrorCode::Busy, text).with_next(
                "wait until a peer is reachable (`mentormesh peer list`), or forget peers that are gone for good",
            ),
            SignError::Behind => Self::new(ErrorCode::Busy, text).with_next("look at it and try again in a moment"),
            SignError::SecondNode(_) => {
                Self::new(ErrorCode::ReadOnly, text).with_next("stop one of the two nodes; see docs/OPERATING.md")
            }
            SignError::Clock(_) => Self::new(ErrorCode::ReadOnly, text).with_next("set the machine's clock right"),
            SignError::Invalid(invalid) => invalid.into(),
            SignError::Erased | SignError::Ended => Self::new(ErrorCode::Conflict, text),
            SignError::Desk(error) if error.is_full() => full(),
            SignError::Store(error) if error.is_full() => full(),
            SignError::Ingest(IngestError::Store(error)) if error.is_full() => full(),
            SignError::Ingest(IngestError::Busy) => Self::new(ErrorCode::Busy, text),
            SignError::Envelope(_) | SignError::Desk(_) | SignError::Store(_) => Self::new(ErrorCode::Internal, text),
            SignError::Ingest(_) | SignError::Refused(_) => Self::new(ErrorCode::Internal, text),
        }
    }
}

fn full() -> Problem {
    Problem::new(ErrorCode::StorageFull, "the disk of this node is full; nothing was changed")
        .with_next("free space on the disk that holds the data folder, then try again")
}

/// A cloneable handle on the signing key.
#[derive(Clone, Debug)]
pub struct Signer {
    organisation: OrganisationId,
    network: Network,
    key: Arc<SecretKey>,
    peer: PeerId,
    desk: Desk,
    store: Store,
    ingest: Ingest,
    clock: Clock,
    safety: watch::Receiver<Safety>,
}

/// What a signer is made of.
#[derive(Debug)]
pub struct Parts {
    /// The organisation it signs for.
    pub organisation: OrganisationId,
    /// The network its signatures are bound to.
    pub network: Network,
    /// The signing key.
    pub key: SecretKey,
    /// The node it runs on.
    pub peer: PeerId,
    /// Where sequences are allotted.
    pub desk: Desk,
    /// What stands.
    pub store: Store,
    /// The door.
    pub ingest: Ingest,
    /// The clock.
    pub clock: Clock,
    /// What the network says of our safety.
    pub safety: watch::Receiver<Safety>,
}

impl Signer {
    /// Makes the signer.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let Parts { organisation, network, key, peer, desk, store, ingest, clock, safety } = parts;
        Self { organisation, network, key: Arc::new(key), peer, desk, store, ingest, clock, safety }
    }

    /// The organisation it signs for.
    #[must_use]
    pub const fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Whether own records may be signed yet.
    #[must_use]
    pub fn safety(&self) -> Safety {
        *self.safety.borrow()
    }

    /// Signs something new of ours; when this returns it is durable and stands.
    ///
    /// # Errors
    /// Why nothing was signed.
    pub async fn issue(&self, slot: Slot, body: Body) -> Result<Issued, SignError> {
        self.at_home().await;
        self.check(false)?;
        self.sign(slot, body, false).await
    }

    /// Signs again what stands already, before it runs out.
    ///
    /// # Errors
    /// Why nothing was signed.
    pub async fn renew(&self, slot: Slot, body: Body) -> Result<Issued, SignError> {
        self.check(true)?;
        self.sign(slot, body, true).await
    }

    /// Ends a slot of ours, for ever if `erase`.
    ///
    /// # Errors
    /// Why nothing was signed.
    pub async fn withdraw(&self, slot: Slot, erase: bool) -> Result<Issued, SignError> {
        self.at_home().await;
        self.check(false)?;
        self.sign(slot, Body::Withdrawal(Withdrawal { erase }), false).await
    }

    /// Signs a letter of ours. It has no slot and no sequence, so that nothing waits for what peers hold of ours.
    ///
    /// # Errors
    /// When our clock is off, another node acts for us, or the letter breaks its schema.
    pub fn sign_letter(&self, letter: &Letter) -> Result<Verified<Letter>, SignError> {
        self.check_clock_and_nodes()?;
        Ok(Signed::sign(letter, &self.network, &self.key)?)
    }

    /// Hands the door again what the desk signed last for a slot, in case it was signed and then not taken in.
    ///
    /// # Errors
    /// When the door does not take it now either.
    pub async fn resubmit(&self, slot: &Slot) -> Result<(), SignError> {
        let Some(own) = self.desk.own_envelope(slot).await? else { return Ok(()) };
        if self.store.contains(&RecordId(mentormesh_protocol::key::sha256(&own.envelope)))? {
            return Ok(());
        }
        match self.ingest.accept(vec![own.envelope], Origin::Local).await?.pop() {
            Some(Verdict::Stored | Verdict::Duplicate | Verdict::Stale) => Ok(()),
            Some(verdict) => Err(SignError::Refused(verdict)),
            None => Err(SignError::Refused(Verdict::Busy)),
        }
    }

    /// Waits a little for the first comparison after a start: it takes seconds when a peer is there, and nobody should
    /// have to ask twice for that.
    pub async fn at_home(&self) {
        let mut safety = self.safety.clone();
        let done = safety.wait_for(|safety| safety.home_first != HomeFirst::Waiting);
        // Whether it was in vain is for the check that follows.
        let _in_vain = tokio::time::timeout(PATIENCE, done).await.is_err();
    }

    fn check(&self, renewal: bool) -> Result<(), SignError> {
        let safety = self.safety();
        match safety.home_first {
            HomeFirst::Waiting => return Err(SignError::HomeFirst),
            HomeFirst::RenewalsOnly if !renewal => return Err(SignError::HomeFirst),
            HomeFirst::RenewalsOnly | HomeFirst::Done => {}
        }
        self.check_clock_and_nodes()
    }

    fn check_clock_and_nodes(&self) -> Result<(), SignError> {
        let safety = self.safety();
        if let Some(off) = safety.clock_off.filter(|off| *off > mentormesh_protocol::limits::CLOCK_APART) {
            return Err(SignError::Clock(off));
        }
        let views = self.ingest.views();
        let view = views.borrow();
        let nodes = view.organisations.get(&self.organisation).map(|known| &known.nodes);
        match nodes.and_then(|nodes| nodes.keys().find(|peer| **peer != self.peer)) {
            Some(other) => Err(SignError::SecondNode(*other)),
            None => Ok(()),
        }
    }

    /// Desk first, then the door.
    async fn sign(&self, slot: Slot, body: Body, renewal: bool) -> Result<Issued, SignError> {
        // Asked before the desk commits, so that a full disk leaves no record that was never acknowledged.
        self.store.check_room()?;
        let now = self.clock.now();
        let register = self.store.standing(&slot)?;
        if register.as_ref().is_some_and(|standing| standing.erases) {
            return Err(SignError::Erased);
        }
        if renewal && register.as_ref().is_some_and(|standing| standing.withdraws) {
            return Err(SignError::Ended);
        }
        let register = register.map(|standing| standing.sequence);
        if slot.kind == Kind::Profile && matches!(body, Body::Profile(_)) {
            let last = self.desk.own_envelope(&slot).await?.map(|own| own.sequence);
            if register > last {
                return Err(SignError::Behind);
            }
        }
        let ends = if let Body::Withdrawal(withdrawal) = &body { Some(withdrawal.erase) } else { None };
        let about = if ends.is_some() { slot.withdrawn() } else { slot.about.clone() };
        let make = |sequence| {
            let record = Record::issue(self.organisation, about, sequence, now, body)?;
            let signed = Signed::sign(&record, &self.network, &self.key)?;
            Ok::<_, SignError>(signed.bytes().to_vec())
        };
        let allotted = match ends {
            None => self.desk.allot(&slot, now, register, make).await,
            Some(erase) => self.desk.allot_withdrawal(&slot, erase, now, register, make).await,
        };
        let allotted = allotted.map_err(|error| match error {
            AllotError::Erased => SignError::Erased,
            AllotError::Desk(error) => error.into(),
            AllotError::Sign(error) => error,
        })?;
        let verdicts = self.ingest.accept(vec![allotted.envelope.clone()], Origin::Local).await?;
        match verdicts.into_iter().next() {
            Some(Verdict::Stored | Verdict::Duplicate) => {}
            Some(verdict) => return Err(SignError::Refused(verdict)),
            None => return Err(SignError::Refused(Verdict::Busy)),
        }
        let signed = Signed::<Record>::decode(&allotted.envelope)?;
        let expires_at = signed.claims().header().expires_at.unwrap_or_default();
        Ok(Issued { record: signed.id(), sequence: allotted.sequence, expires_at })
    }

    /// The slot of this organisation's own card.
    #[must_use]
    pub const fn card_slot(&self) -> Slot {
        Slot { organisation: self.organisation, kind: Kind::Card, about: Vec::new() }
    }

    /// The slot of this node's own delegation.
    #[must_use]
    pub fn delegation_slot(&self) -> Slot {
        Slot { organisation: self.organisation, kind: Kind::Delegation, about: self.peer.to_bytes() }
    }
}

#[cfg(test)]
pub(crate) mod tests;
