//! Steps of key chains at the door: who may make one, and what hangs on it once it is made.

use std::sync::Arc;

use mentormesh_protocol::chain::{Chain, ChainError};
use mentormesh_protocol::rules::{self, Rejection};
use mentormesh_protocol::{OrganisationId, Record, Signed, Verified};

use super::parked::Waits;
use super::standing::{Organisation, decode};
use super::thread::Door;
use super::{Origin, Verdict};
use crate::store::{Incoming, StoreError};

impl Door {
    /// Checks an operation against the chain that it continues or founds.
    pub(super) fn verify_operation(
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

    /// Writes an operation, then lets the chain follow it and everything that hangs on the chain.
    pub(super) fn put_operation(&mut self, record: Verified<Record>, origin: Origin) -> Result<Verdict, StoreError> {
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
}
