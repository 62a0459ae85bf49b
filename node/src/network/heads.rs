//! Saying where our view of an organisation stands, and noticing that another's differs: how a change reaches those
//! who were not connected to its author.

use std::collections::BTreeMap;

use mentormesh_protocol::limits::{CLOCK_AHEAD_ADMITTED, MINUTE};
use mentormesh_protocol::wire::{HeadAnnounce, Scope, Topic};
use mentormesh_protocol::{OrganisationId, Signed, Timestamp};
use mentormesh_swarm::Acceptance;

use super::context::{Context, chance};

/// A change is announced after this long, plus up to [`SPREAD`], so that gossip settles first.
const LEAST: u64 = 2_000;
/// How far announcements spread, so that not everybody says the same at once.
const SPREAD: u64 = 8_000;
/// How often we say where our own organisation stands, changed or not.
const OWN_EVERY: u64 = 10 * MINUTE;
/// A head older than this says nothing any more.
const STALE: u64 = 60 * MINUTE;

/// Announcements that are due.
#[derive(Debug, Default)]
pub(super) struct Heads {
    due: BTreeMap<OrganisationId, Timestamp>,
    own_at: Timestamp,
}

impl Heads {
    /// Our view of an organisation changed.
    pub(super) fn changed(&mut self, organisation: OrganisationId, now: Timestamp) {
        self.due.entry(organisation).or_insert_with(|| now.plus(LEAST + chance(SPREAD)));
    }

    /// The clock was set: nothing waits for a moment of the old one.
    pub(super) fn clock_was_set(&mut self) {
        self.own_at = Timestamp(0);
        self.due.values_mut().for_each(|at| *at = Timestamp(0));
    }

    /// Somebody else said the same already.
    fn heard(&mut self, organisation: &OrganisationId) {
        self.due.remove(organisation);
    }

    /// Publishes what is due.
    pub(super) async fn tick(&mut self, context: &Context, now: Timestamp) {
        if self.own_at.plus(OWN_EVERY) <= now {
            self.own_at = now;
            self.changed(context.own, now);
        }
        let due: Vec<_> = self.due.iter().filter(|(_, at)| **at <= now).map(|(id, _)| *id).collect();
        for organisation in due {
            self.due.remove(&organisation);
            match announce(context, organisation, now) {
                Ok(Some(bytes)) => {
                    // Nobody listening is no loss: whoever connects compares.
                    let _nobody = context.swarm.publish(Topic::Heads.name(&context.network), bytes).await;
                }
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "could not read the store to announce a head"),
            }
        }
    }

    /// Takes another node's head. Gives back an organisation whose set differs here.
    pub(super) fn receive(
        &mut self,
        context: &Context,
        bytes: &[u8],
        now: Timestamp,
    ) -> (Acceptance, Option<OrganisationId>) {
        let Ok(signed) = Signed::<HeadAnnounce>::decode(bytes) else { return (Acceptance::Reject, None) };
        let node = signed.claims().node;
        let Ok(verified) = signed.verify(&context.network, [&node.0]) else { return (Acceptance::Reject, None) };
        let head = verified.payload();
        let view = context.view();
        let timely = head.as_of <= now.plus(CLOCK_AHEAD_ADMITTED) && head.as_of.plus(STALE) > now;
        let known = view.shows(&head.organisation) && view.admits(&node);
        if !timely || !(known || view.awaits(&head.organisation)) {
            return (Acceptance::Ignore, None);
        }
        let Ok(ours) = context.head(&head.organisation, head.as_of) else { return (Acceptance::Ignore, None) };
        let same = ours.fingerprint == head.fingerprint && ours.count == head.count;
        if known && same {
            self.heard(&head.organisation);
        }
        let (acceptance, look) = weigh(known, same);
        (acceptance, look.then_some(head.organisation))
    }
}

/// Whether a head that concerns us goes on to others, and whether it is a reason to look at what its bringer holds.
///
/// Of an organisation that was pinned before anybody near knew it, any node's word is a reason to look: those near us
/// that know it stay silent once they have heard it from its own node, which nobody here can know yet.
const fn weigh(known: bool, same: bool) -> (Acceptance, bool) {
    let acceptance = if known { Acceptance::Accept } else { Acceptance::Ignore };
    (acceptance, !same)
}

/// Writes our head of a shown organisation; a node of that very organisation adds the ordered hash.
fn announce(
    context: &Context,
    organisation: OrganisationId,
    as_of: Timestamp,
) -> Result<Option<Vec<u8>>, crate::store::StoreError> {
    let view = context.view();
    let Some(known) = view.organisations.get(&organisation).filter(|known| known.why.shown()) else {
        return Ok(None);
    };
    let head = context.head(&organisation, as_of)?;
    let ordered = if organisation == context.own {
        let mut members = context.store.members(&organisation, Scope::Identity, as_of, 0)?;
        members.extend(context.store.members(&organisation, Scope::Register, as_of, 0)?);
        Some(mentormesh_protocol::reconcile::ordered_hash(&members).into())
    } else {
        None
    };
    let announcement = HeadAnnounce {
        organisation,
        tip: known.tip,
        count: head.count,
        fingerprint: head.fingerprint,
        max_sequence: head.max_sequence,
        as_of,
        node: context.peer(),
        ordered,
    };
    let signed = Signed::sign(&announcement, &context.network, &context.node_key);
    Ok(signed.ok().map(|signed| signed.bytes().to_vec()))
}

#[test]
fn a_head_of_a_stranger_about_one_who_is_awaited_makes_us_look_and_goes_no_further() {
    assert!(matches!(weigh(false, false), (Acceptance::Ignore, true)));
    assert!(matches!(weigh(true, false), (Acceptance::Accept, true)));
    assert!(matches!(weigh(true, true), (Acceptance::Accept, false)));
}
