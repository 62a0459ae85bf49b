//! Room for organisations that are known but not shown: a stranger who proves one more takes the place of another,
//! never of a shown one, and is never turned away. Whoever is still connected proves theirs again at the next sync.

use mentormesh_protocol::limits::ORGANISATIONS_NOT_SHOWN;
use mentormesh_protocol::{OrganisationId, Timestamp};

use super::thread::Door;
use crate::store::StoreError;

impl Door {
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
