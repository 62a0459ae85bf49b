//! The decisions at the door, in the order of the protocol document: form, time, keys, trust, quota, merge.
//!
//! Trust and quota are `room.rs`, and what a step of a key chain changes is `operations.rs`.

use std::sync::Arc;

use mentormesh_protocol::rules::{self, Rejection, Timeliness};
use mentormesh_protocol::signed::EnvelopeError;
use mentormesh_protocol::{Kind, OrganisationId, Record, Signed, Timestamp, Verified};

use super::parked::Waits;
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

    pub(super) fn park(&mut self, envelope: &[u8], origin: Origin, waits: Waits) -> Verdict {
        let now = self.clock.now();
        if self.parked.take(envelope, origin, waits, now) { Verdict::Parked } else { Verdict::Busy }
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

    /// Takes in what was parked until now.
    pub(super) fn unpark(&mut self, now: Timestamp) -> Result<(), StoreError> {
        for (envelope, origin) in self.parked.due(now) {
            self.accept(&[envelope], origin)?;
        }
        Ok(())
    }
}
