//! Who shows us: what other organisations' nodes said of it when they greeted ours. Nobody is asked for it.

use std::collections::BTreeMap;

use mentormesh_protocol::OrganisationId;
use mentormesh_protocol::api::PeerView;

/// What each organisation's nodes said; an organisation shows us when one node of it does.
pub(super) fn shown_there(peers: &[PeerView]) -> BTreeMap<OrganisationId, bool> {
    let mut said = BTreeMap::new();
    for peer in peers {
        if let (Some(organisation), Some(shows)) = (&peer.organisation, peer.shows_us) {
            *said.entry(organisation.id).or_insert(false) |= shows;
        }
    }
    said
}

/// In a word.
pub(super) const fn word(shows: Option<bool>) -> &'static str {
    match shows {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known",
    }
}

/// In a sentence, with what to do about it.
pub(super) const fn sentence(shows: Option<bool>) -> &'static str {
    match shows {
        Some(true) => "yes: their node said so when it last greeted ours",
        Some(false) => "no: their node said so when it last greeted ours; ask their registrar to pin you",
        None => "not known: no node of theirs has said so since this node started",
    }
}
