//! Whose records this node holds, and how many: trust and quota at the door.
//!
//! Room for organisations that are known but not shown is scarce: a stranger who proves one more takes the place of another,
//! never of a shown one, and is never turned away. Whoever is still connected proves theirs again at the next sync.

use mentormesh_protocol::limits::{ORGANISATIONS_NOT_SHOWN, QUOTA_IDENTITY, QUOTA_IDENTITY_SHOWN};
use mentormesh_protocol::rules::Rejection;
use mentormesh_protocol::trust::Why;
use mentormesh_protocol::{OrganisationId, Record, Slot, Timestamp, Verified};

use super::standing::Organisation;
use super::thread::Door;
use super::{Origin, Verdict};
use crate::store::StoreError;

impl Door {
    /// Whether this node holds records of this organisation, and has room for one more.
    pub(super) fn holds(&self, record: &Verified<Record>, origin: Origin) -> Result<(), Verdict> {
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

    /// Lets go of one organisation that is not shown, if as many are known as may be.
    pub(super) fn make_room(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let known = &self.organisations.known;
        if known.len() < ORGANISATIONS_NOT_SHOWN {
            return Ok(());
        }
        let strangers: Vec<_> = known
            .iter()
            .filter(|(id, one)| one.lost_at.is_none() && !self.organisations.why(id, now).shown())
            .collect();
        if strangers.len() < ORGANISATIONS_NOT_SHOWN {
            return Ok(());
        }
        // The least is kept of one that nobody can reach; among equals no id is safer than another for long.
        let worst = strangers.iter().min_by_key(|(id, one)| (!one.nodes.is_empty(), std::cmp::Reverse(**id)));
        let Some(worst): Option<OrganisationId> = worst.map(|(id, _)| **id) else { return Ok(()) };
        self.writer.purge(&worst, None)?;
        self.organisations.known.remove(&worst);
        self.changed.touch(worst);
        Ok(())
    }
}
