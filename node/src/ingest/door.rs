//! The decisions at the door, in the order of the protocol document: form, time, keys, trust, quota, merge.

use std::sync::Arc;

use mentormesh_protocol::chain::{Chain, ChainError};
use mentormesh_protocol::limits::{QUOTA_IDENTITY, QUOTA_IDENTITY_SHOWN};
use mentormesh_protocol::rules::{self, Rejection, Timeliness};
use mentormesh_protocol::signed::EnvelopeError;
use mentormesh_protocol::trust::Why;
use mentormesh_protocol::{Kind, OrganisationId, Record, Signed, Slot, Timestamp, Verified};

use super::parked::Waits;
use super::standing::{Organisation, decode};
use super::thread::Door;
use super::{Origin, Verdict};
use crate::store::{Incoming, Put, StoreError};

/// Records that one transaction holds.
const BATCH: usize = 64;

/// A record that passed every decision but merge.
pub(super) struct Admitted {
    record: Verified<Record>,
    /// Its place among the verdicts.
    at: usize,
}

impl Door {
    /// Gives each envelope its verdict; those answered *stored* are durable when this returns.
    pub(super) fn accept(&mut self, envelopes: &[Vec<u8>], origin: Origin) -> Result<Vec<Verdict>, StoreError> {
        let mut verdicts = vec![Verdict::Busy; envelopes.len()];
        let mut admitted = Vec::new();
        for (at, envelope) in envelopes.iter().enumerate() {
            let verdict = match self.admit(envelope, origin)? {
                Ok(record) if record.payload().header().kind == Kind::Operation => {
                    self.put(&mut admitted, &mut verdicts, origin)?;
                    self.put_operation(record, origin)?
                }
                Ok(record) => {
                    admitted.push(Admitted { record, at });
                    if admitted.len() == BATCH {
                        self.put(&mut admitted, &mut verdicts, origin)?;
                    }
                    continue;
                }
                Err(verdict) => verdict,
            };
            if let Some(place) = verdicts.get_mut(at) {
                *place = verdict;
            }
        }
        self.put(&mut admitted, &mut verdicts, origin)?;
        Ok(verdicts)
    }

    /// Every decision but merge. An inner error is the verdict of a record that goes no further.
    fn admit(&mut self, envelope: &[u8], origin: Origin) -> Result<Result<Verified<Record>, Verdict>, StoreError> {
        let signed = match Signed::<Record>::decode(envelope) {
            Ok(signed) => signed,
            Err(error) => return Ok(Err(Verdict::Rejected(error.into()))),
        };
        if self.store.contains(&signed.id())? {
            return Ok(Err(Verdict::Duplicate));
        }
        let clock = self.clock.now();
        let now = if let Origin::Sync { as_of, .. } = origin { as_of } else { clock };
        let waits = match rules::timeliness(signed.claims().header(), clock) {
            Timeliness::Now => None,
            Timeliness::Later(moment) => Some(moment),
            Timeliness::Future(ahead) => return Ok(Err(Verdict::Rejected(Rejection::Future(ahead)))),
            // A session's set is of its moment: what stood then is taken, and leaves by the sweep.
            Timeliness::Expired(at) if at <= now => return Ok(Err(Verdict::Rejected(Rejection::Expired(at)))),
            Timeliness::Expired(_) => None,
        };
        if let Some(moment) = waits {
            return Ok(Err(self.park(envelope, origin, Waits::Until(moment))));
        }
        let verified = match self.verify(signed, envelope, origin) {
            Ok(verified) => verified,
            Err(verdict) => return Ok(Err(verdict)),
        };
        Ok(self.holds(&verified, origin).map(|()| verified))
    }

    /// Finds the keys that may have signed and checks the signature.
    fn verify(&mut self, signed: Signed<Record>, envelope: &[u8], origin: Origin) -> Result<Verified<Record>, Verdict> {
        let header = signed.claims().header();
        let organisation = header.organisation;
        if header.kind == Kind::Operation {
            return self.verify_operation(signed, envelope, origin);
        }
        let organisation = organisation.unwrap_or(OrganisationId([0; 32]));
        let Some(known) = self.organisations.known.get(&organisation) else {
            return Err(self.park(envelope, origin, Waits::For(organisation)));
        };
        let all: Vec<_> = known.chain.standing().map(|tip| tip.signing_keys.clone()).unwrap_or_default();
        match rules::verify(signed.clone(), &self.network, &known.chain) {
            Ok(verified) => Ok(verified),
            Err(Rejection::Envelope(EnvelopeError::BadSignature)) => {
                if !all.iter().any(|notice| signed.hints_at(&notice.key)) {
                    // Perhaps a rotation that has not reached us yet.
                    return Err(self.park(envelope, origin, Waits::For(organisation)));
                }
                let keys: Vec<_> = all.iter().map(|notice| notice.key).collect();
                let stood_once = signed.verify(&self.network, &keys).is_ok();
                let why = if stood_once { Rejection::NotStanding } else { EnvelopeError::BadSignature.into() };
                Err(Verdict::Rejected(why))
            }
            Err(rejection) => Err(Verdict::Rejected(rejection)),
        }
    }

    fn verify_operation(
        &mut self,
        signed: Signed<Record>,
        envelope: &[u8],
        origin: Origin,
    ) -> Result<Verified<Record>, Verdict> {
        let now = self.clock.now();
        let verdict = |error| match error {
            ChainError::Signature(error) => Verdict::Rejected(error.into()),
            ChainError::TooLong => Verdict::Rejected(Rejection::ChainFull),
            ChainError::NotAnOperation | ChainError::Orphan => Verdict::Stale,
        };
        let Some(organisation) = signed.claims().header().organisation else {
            return Chain::found(signed, &self.network, now).map(|(_, verified)| verified).map_err(verdict);
        };
        let Some(known) = self.organisations.known.get(&organisation) else {
            return Err(self.park(envelope, origin, Waits::For(organisation)));
        };
        // A copy decides first: the chain itself changes once the operation is durable.
        match known.chain.clone().add(signed, &self.network, now) {
            Ok(verified) => Ok(verified),
            Err(ChainError::Orphan) => Err(self.park(envelope, origin, Waits::For(organisation))),
            Err(error) => Err(verdict(error)),
        }
    }

    fn park(&mut self, envelope: &[u8], origin: Origin, waits: Waits) -> Verdict {
        let now = self.clock.now();
        if self.parked.take(envelope, origin, waits, now) { Verdict::Parked } else { Verdict::Busy }
    }

    /// Whether this node holds records of this organisation, and has room for one more.
    fn holds(&self, record: &Verified<Record>, origin: Origin) -> Result<(), Verdict> {
        let organisation = record.organisation();
        let why = self.organisations.why(&organisation, self.clock.now());
        let refused = |rejection| Err(Verdict::Rejected(rejection));
        let known = self.organisations.known.get(&organisation);
        let lost = known.is_some_and(|known| known.lost_at.is_some());
        let identity = record.payload().header().is_identity();
        let claimed = match origin {
            Origin::Local => true,
            Origin::Sync { claims, .. } => claims == organisation,
            Origin::Gossip(_) => false,
        };
        match why {
            Why::Blocked => return refused(Rejection::NotShown),
            Why::NotTrusted if !identity && !lost => return refused(Rejection::NotShown),
            Why::NotTrusted if known.is_none() && !claimed => return refused(Rejection::NotShown),
            Why::NotTrusted | Why::Own | Why::Pinned | Why::Open => {}
            Why::RecognisedByTwo(..) | Why::RecognisedThrough { .. } => {}
        }
        let Some(known) = known else { return Ok(()) };
        let Some(slot) = record.payload().slot() else { return Ok(()) };
        if identity {
            let most = match why {
                Why::Own => usize::MAX,
                Why::Pinned | Why::Open | Why::RecognisedByTwo(..) | Why::RecognisedThrough { .. } => {
                    QUOTA_IDENTITY_SHOWN
                }
                Why::NotTrusted | Why::Blocked => QUOTA_IDENTITY,
            };
            let fits = known.identity.len() < most || known.identity.contains(&slot.hash());
            return if fits { Ok(()) } else { refused(Rejection::OverQuota(most)) };
        }
        self.within_quota(known, &slot, why)
    }

    fn within_quota(&self, known: &Organisation, slot: &Slot, why: Why) -> Result<(), Verdict> {
        let quota = self.limits.quota(why);
        let hash = slot.hash();
        let full = known.slots.len() >= quota && !known.slots.contains_key(&hash);
        let larger = known.slots.last_key_value().is_some_and(|(last, _)| *last > hash);
        if full && !larger {
            return Err(Verdict::Rejected(Rejection::OverQuota(quota)));
        }
        let total: usize = self.organisations.known.values().map(|known| known.slots.len()).sum();
        let crowded = total >= self.limits.register && why != Why::Own && !known.slots.contains_key(&hash);
        if crowded { Err(Verdict::Rejected(Rejection::OverQuota(self.limits.register))) } else { Ok(()) }
    }

    /// Writes what was admitted, in one transaction, and takes note of what now stands.
    fn put(
        &mut self,
        admitted: &mut Vec<Admitted>,
        verdicts: &mut [Verdict],
        origin: Origin,
    ) -> Result<(), StoreError> {
        if admitted.is_empty() {
            return Ok(());
        }
        let batch = std::mem::take(admitted);
        let first_seen = self.clock.now();
        let incoming: Vec<_> = batch.iter().map(|entry| Incoming { record: &entry.record, first_seen }).collect();
        let outcomes = self.writer.put(&incoming)?;
        for (Admitted { record, at }, outcome) in batch.iter().zip(outcomes) {
            let (verdict, stands) = match outcome {
                Put::Stored { .. } => (Verdict::Stored, true),
                Put::Duplicate => (Verdict::Duplicate, false),
                Put::Stale => (Verdict::Stale, false),
                Put::Equivocates { stored, other } => {
                    tracing::warn!(organisation = %record.organisation(), record = %record.id(), %other, "two records claim the same slot and sequence");
                    (if stored { Verdict::Stored } else { Verdict::Stale }, stored)
                }
            };
            if let Some(place) = verdicts.get_mut(*at) {
                *place = verdict;
            }
            if stands {
                self.stands(record, origin)?;
            }
        }
        Ok(())
    }

    /// Takes note of a record that now stands, and makes room where its organisation is over its quota.
    fn stands(&mut self, record: &Verified<Record>, origin: Origin) -> Result<(), StoreError> {
        let organisation = record.organisation();
        let Some(slot) = record.payload().slot() else { return Ok(()) };
        let header = record.payload().header();
        let withdrawn = record.payload().withdrawal().is_some();
        let quota = self.limits.quota(self.organisations.why(&organisation, self.clock.now()));
        let Some(known) = self.organisations.known.get_mut(&organisation) else { return Ok(()) };
        known.note(&slot, withdrawn, header.expires_at.unwrap_or_default(), Some(record.payload().body()));
        if known.slots.len() > quota
            && let Some((_, last)) = known.slots.last_key_value()
        {
            let last = last.clone();
            known.forget(&last);
            self.writer.remove(&[last])?;
        }
        self.changed.note(organisation, slot.is_identity(), record.id(), Arc::from(record.bytes()), origin);
        Ok(())
    }

    /// Writes an operation, then lets the chain follow it and everything that hangs on the chain.
    fn put_operation(&mut self, record: Verified<Record>, origin: Origin) -> Result<Verdict, StoreError> {
        let first_seen = self.clock.now();
        let organisation = record.organisation();
        if !self.organisations.known.contains_key(&organisation) {
            self.make_room(first_seen)?;
        }
        self.writer.put(&[Incoming { record: &record, first_seen }])?;
        let Ok(signed) = Signed::<Record>::decode(record.bytes()) else { return Ok(Verdict::Stale) };
        let before = self.organisations.known.get(&organisation).map(|known| known.chain.tip());
        match self.organisations.known.get_mut(&organisation) {
            Some(known) => {
                let _verified = known.chain.add(signed, &self.network, first_seen);
            }
            None => {
                if let Ok((chain, _)) = Chain::found(signed, &self.network, first_seen) {
                    self.organisations.known.insert(organisation, Organisation::new(chain));
                }
            }
        }
        self.changed.note(organisation, true, record.id(), Arc::from(record.bytes()), origin);
        let after = self.organisations.known.get(&organisation).map(|known| known.chain.tip());
        if before.is_some() && before != after {
            self.readmit(&organisation)?;
        }
        for (envelope, origin) in self.parked.release(&organisation) {
            self.accept(&[envelope], origin)?;
        }
        Ok(Verdict::Stored)
    }

    /// Looks at every record of an organisation again after its chain changed, and lets go of those whose key no
    /// longer stands.
    pub(super) fn readmit(&mut self, organisation: &OrganisationId) -> Result<(), StoreError> {
        let Some(chain) = self.organisations.known.get(organisation).map(|known| known.chain.clone()) else {
            return Ok(());
        };
        let mut fallen = Vec::new();
        for standing in self.store.slots(organisation) {
            let standing = standing?;
            let stands = decode(&self.store, &standing)?
                .is_some_and(|signed| rules::verify(signed, &self.network, &chain).is_ok());
            if !stands {
                fallen.push(standing.slot);
            }
        }
        self.writer.remove(&fallen)?;
        if let Some(known) = self.organisations.known.get_mut(organisation) {
            fallen.iter().for_each(|slot| known.forget(slot));
        }
        self.changed.touch(*organisation);
        Ok(())
    }

    /// Takes in what was parked until now.
    pub(super) fn unpark(&mut self, now: Timestamp) -> Result<(), StoreError> {
        for (envelope, origin) in self.parked.due(now) {
            self.accept(&[envelope], origin)?;
        }
        Ok(())
    }
}
