//! Which organisations were compared of late because the courier asked, so that what peers send costs little.

use std::collections::BTreeMap;

use mentormesh_protocol::{OrganisationId, Timestamp};

/// How often one organisation is compared because of an errand: what peers send can cause one.
const REFRESHED_EVERY: u64 = 30_000;
/// Organisations that were compared of late; while there are more, further ones wait.
const REFRESHED: usize = 256;

/// When organisations were compared last because of an errand.
#[derive(Debug, Default)]
pub(super) struct Refreshed(BTreeMap<OrganisationId, Timestamp>);

impl Refreshed {
    /// Whether this organisation may be compared now; then it counts as compared.
    pub(super) fn may(&mut self, organisation: OrganisationId, now: Timestamp) -> bool {
        self.0.retain(|_, at| now.apart(*at) < REFRESHED_EVERY);
        if self.0.len() >= REFRESHED || self.0.contains_key(&organisation) {
            return false;
        }
        self.0.insert(organisation, now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_organisation_is_compared_at_most_once_in_thirty_seconds() {
        let (mut refreshed, start) = (Refreshed::default(), Timestamp(1_795_000_000_000));
        let (ada, bo) = (OrganisationId([1; 32]), OrganisationId([2; 32]));
        assert!(refreshed.may(ada, start));
        assert!(!refreshed.may(ada, start.plus(REFRESHED_EVERY - 1)), "not twice");
        assert!(refreshed.may(bo, start.plus(1)), "others are not held up");
        assert!(refreshed.may(ada, start.plus(REFRESHED_EVERY)));
        assert!(refreshed.may(ada, start.minus(REFRESHED_EVERY)), "nor does a clock that was set back hold it up");
    }
}
