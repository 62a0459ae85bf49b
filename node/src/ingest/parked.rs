//! Records that wait in memory for a key or for their time: bounded in number, per peer and in time.

use mentormesh_protocol::limits::{PARKED, PARKED_FOR, PARKED_PER_PEER};
use mentormesh_protocol::{OrganisationId, PeerId, Timestamp};

use super::Origin;

/// What a parked record waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waits {
    /// An operation of this organisation.
    For(OrganisationId),
    /// This moment.
    Until(Timestamp),
}

#[derive(Debug)]
struct Waiting {
    envelope: Vec<u8>,
    origin: Origin,
    waits: Waits,
    since: Timestamp,
}

/// The waiting room.
#[derive(Debug, Default)]
pub(super) struct Parked(Vec<Waiting>);

impl Parked {
    /// Takes a record in, unless the room or its peer's share of it is full; says whether it was taken.
    pub(super) fn take(&mut self, envelope: &[u8], origin: Origin, waits: Waits, now: Timestamp) -> bool {
        if self.0.iter().any(|waiting| waiting.envelope == envelope) {
            return true;
        }
        let of_peer = |peer: &PeerId| self.0.iter().filter(|waiting| waiting.origin.peer() == Some(*peer)).count();
        let share_left = origin.peer().is_none_or(|peer| of_peer(&peer) < PARKED_PER_PEER);
        let taken = self.0.len() < PARKED && share_left;
        if taken {
            self.0.push(Waiting { envelope: envelope.to_vec(), origin, waits, since: now });
        }
        taken
    }

    /// Gives back what waited for an operation of this organisation.
    pub(super) fn release(&mut self, organisation: &OrganisationId) -> Vec<(Vec<u8>, Origin)> {
        self.extract(|waiting| waiting.waits == Waits::For(*organisation))
    }

    /// Gives back what waited for a moment that has come, and forgets what waited too long.
    pub(super) fn due(&mut self, now: Timestamp) -> Vec<(Vec<u8>, Origin)> {
        self.0.retain(|waiting| waiting.since.plus(PARKED_FOR) > now);
        self.extract(|waiting| matches!(waiting.waits, Waits::Until(moment) if moment <= now))
    }

    fn extract(&mut self, ready: impl Fn(&Waiting) -> bool) -> Vec<(Vec<u8>, Origin)> {
        self.0.extract_if(.., |waiting| ready(waiting)).map(|waiting| (waiting.envelope, waiting.origin)).collect()
    }
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::SecretKey;

    use super::*;

    fn mallory() -> Origin {
        Origin::Gossip(PeerId(SecretKey::new(&[9; 32]).public()))
    }

    #[test]
    fn one_peer_cannot_fill_the_room() {
        let mut parked = Parked::default();
        let waits = Waits::For(OrganisationId([1; 32]));
        let taken = (0..200u8).filter(|at| parked.take(&[*at], mallory(), waits, Timestamp(0))).count();
        assert_eq!(taken, PARKED_PER_PEER);
        assert!(parked.take(b"bo", Origin::Local, waits, Timestamp(0)));
    }

    #[test]
    fn the_same_record_waits_once() {
        let mut parked = Parked::default();
        let waits = Waits::For(OrganisationId([1; 32]));
        assert!(parked.take(b"a", Origin::Local, waits, Timestamp(0)));
        assert!(parked.take(b"a", mallory(), waits, Timestamp(0)));
        assert_eq!(parked.release(&OrganisationId([1; 32])).len(), 1);
    }

    #[test]
    fn what_waits_for_its_time_comes_back_then_and_is_forgotten_after_an_hour() {
        let mut parked = Parked::default();
        parked.take(b"soon", Origin::Local, Waits::Until(Timestamp(100)), Timestamp(0));
        parked.take(b"never", Origin::Local, Waits::For(OrganisationId([1; 32])), Timestamp(0));
        assert!(parked.due(Timestamp(99)).is_empty());
        assert_eq!(parked.due(Timestamp(100)).len(), 1);
        assert!(parked.due(Timestamp(PARKED_FOR + 1)).is_empty());
        assert!(parked.release(&OrganisationId([1; 32])).is_empty());
    }
}
