//! What a search leaves out for lack of trust, and what to do about it: nothing is hidden silently.

use std::collections::BTreeMap;

use mentormesh_protocol::OrganisationId;
use mentormesh_protocol::api::{Hidden, NotShown};
use mentormesh_protocol::trust::Why;

use crate::view::{Known, View};

/// Organisations that one page names.
const NAMED: usize = 20;

/// The organisations that are known here and not shown, those with most mentors first; blocked ones are the
/// operator's own decision and not repeated.
pub(super) fn not_shown(view: &View, claimed: &BTreeMap<OrganisationId, u64>) -> NotShown {
    let mut organisations: Vec<Hidden> = view
        .organisations
        .iter()
        .filter(|(_, known)| known.why == Why::NotTrusted)
        .map(|(id, known)| hidden(view, id, known, claimed.get(id).copied().unwrap_or_default()))
        .collect();
    organisations.sort_by(|one, other| other.mentors.cmp(&one.mentors).then_with(|| one.id.cmp(&other.id)));
    organisations.truncate(NAMED);
    NotShown { organisations }
}

fn hidden(view: &View, id: &OrganisationId, known: &Known, claimed: u64) -> Hidden {
    Hidden {
        id: *id,
        name: view.name(id),
        mentors: known.mentors.max(claimed),
        why: "not pinned here".to_owned(),
        next: format!("mentormesh trust pin {id}"),
    }
}
