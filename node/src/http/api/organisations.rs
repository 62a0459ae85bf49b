//! `/organisations`: everybody this node knows, itself included.

use axum::Json as Answered;
use axum::extract::{Path, State};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use mentormesh_protocol::api::{List, OrganisationRef, OrganisationView, SealingKeyView, SigningKeyView, Standing};
use mentormesh_protocol::record::{Body, Card, SealingKeyNotice, SigningKeyNotice};
use mentormesh_protocol::trust::Why;
use mentormesh_protocol::{OrganisationId, Record, RecordId};

use crate::http::app::App;
use crate::http::error::Failure;
use crate::http::id::with_list;
use crate::view::{Known, View};

/// How one sees what ids there are.
pub(super) const LIST: &str = "mentormesh org list";

/// Lists every organisation that this node knows.
#[utoipa::path(get, path = "/organisations", operation_id = "list_organisations", tag = "organisations",
    responses((status = 200, description = "All of them", body = List<OrganisationView>)))]
pub(in crate::http) async fn list(State(app): State<App>) -> Answered<List<OrganisationView>> {
    Answered(List::whole(all(&app.view())))
}

/// Shows this organisation.
#[utoipa::path(get, path = "/organisations/self", operation_id = "show_own_organisation", tag = "organisations",
    responses((status = 200, description = "The organisation", body = OrganisationView)))]
pub(in crate::http) async fn show_own(State(app): State<App>) -> Answered<OrganisationView> {
    let view = app.view();
    Answered(of(&view, &view.own, view.organisations.get(&view.own)))
}

/// Shows one organisation.
#[utoipa::path(get, path = "/organisations/{id}", operation_id = "show_organisation", tag = "organisations",
    params(("id" = String, Path, pattern = "^[a-z2-7]{6,52}$", description = "The organisation's id, or a beginning of it")),
    responses((status = 200, description = "The organisation", body = OrganisationView)))]
pub(in crate::http) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Answered<OrganisationView>, Failure> {
    let view = app.view();
    let id = named(&app, &id)?;
    let known = view.organisations.get(&id).map(|known| of(&view, &id, Some(known)));
    known.map(Answered).ok_or_else(|| with_list(Failure::not_found("organisation", &id.to_string()), LIST))
}

/// Gives the key chain of an organisation: each operation's signed bytes, base64url, first one first.
#[utoipa::path(get, path = "/organisations/{id}/operations", operation_id = "operations", tag = "organisations",
    params(("id" = String, Path, pattern = "^(self|[a-z2-7]{6,52})$",
        description = "The organisation's id, a beginning of it, or `self`")),
    responses((status = 200, description = "The operations", body = List<String>)))]
pub(in crate::http) async fn operations(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Answered<List<String>>, Failure> {
    let id = named(&app, &id)?;
    let mut held = app.reading(move |store| Ok(store.operations()?)).await?;
    held.retain(|operation| operation.organisation == id);
    if held.is_empty() {
        return Err(with_list(Failure::not_found("organisation", &id.to_string()), LIST));
    }
    let envelopes = in_order(held.into_iter().map(|operation| (operation.id, operation.envelope)).collect());
    Ok(Answered(List::whole(envelopes.iter().map(|envelope| BASE64URL_NOPAD.encode(envelope)).collect())))
}

/// Operations, each after the one it follows.
fn in_order(held: Vec<(RecordId, Vec<u8>)>) -> Vec<Vec<u8>> {
    let follows = |envelope: &[u8]| {
        let signed = mentormesh_protocol::Signed::<Record>::decode(envelope).ok()?;
        if let Body::Operation(operation) = signed.claims().body() { operation.prev } else { None }
    };
    let mut waiting: Vec<_> = held.into_iter().map(|(id, envelope)| (id, follows(&envelope), envelope)).collect();
    let mut placed: Vec<RecordId> = Vec::new();
    let mut ordered = Vec::new();
    while let Some(next) = waiting.iter().position(|(_, prev, _)| prev.is_none_or(|prev| placed.contains(&prev))) {
        let (id, _, envelope) = waiting.swap_remove(next);
        placed.push(id);
        ordered.push(envelope);
    }
    ordered.extend(waiting.into_iter().map(|(_, _, envelope)| envelope));
    ordered
}

fn named(app: &App, text: &str) -> Result<OrganisationId, Failure> {
    if text == "self" {
        return Ok(app.view().own);
    }
    app.organisation_id(text).map_err(|failure| with_list(failure, LIST))
}

/// Every organisation, one's own first, then those shown, then by name.
pub(in crate::http) fn all(view: &View) -> Vec<OrganisationView> {
    let met = view.organisations.iter().map(|(id, known)| of(view, id, Some(known)));
    let named = view.settings.pinned.iter().chain(&view.settings.blocked);
    let unmet = named.filter(|id| !view.organisations.contains_key(id)).map(|id| of(view, id, None));
    let mut all: Vec<_> = met.chain(unmet).collect();
    all.sort_by_cached_key(|one| (!one.own, !one.shown, one.name.to_lowercase(), one.id));
    all
}

/// One organisation; one that was pinned or blocked before it was met has its id and little more.
pub(in crate::http) fn of(view: &View, id: &OrganisationId, known: Option<&Known>) -> OrganisationView {
    let why = known.map(|known| known.why);
    let standing = standing(view, id);
    let mut shown = OrganisationView {
        id: *id,
        name: view.name(id),
        kind: None,
        country: None,
        website: None,
        privacy_notice: None,
        complaints: None,
        signing_keys: known.map(|known| known.signing_keys.iter().map(key).collect()).unwrap_or_default(),
        // An organisation is named after its first operation, which is the tip until another one is known.
        sealing_keys: Vec::new(),
        relays: Vec::new(),
        tip: known.map_or(RecordId(id.0), |known| known.tip),
        disputed: known.is_some_and(|known| known.disputed),
        own: *id == view.own,
        shown: why.is_some_and(Why::shown),
        standing,
        why: why.map_or_else(|| unmet(standing), |why| words(view, why)),
        mentors: known.map_or(0, |known| known.mentors),
        records: known.map_or(0, |known| known.records),
        nodes: known.map(|known| known.nodes.keys().copied().collect()).unwrap_or_default(),
    };
    if let Some(card) = known.and_then(|known| known.card.as_ref()) {
        let name = shown.name.clone();
        describe(&mut shown, card, view);
        shown.name = name;
    }
    if shown.own {
        // The pages that this node serves when the card names no others.
        shown.privacy_notice.get_or_insert_with(|| "/privacy".to_owned());
        shown.complaints.get_or_insert_with(|| "/complaints".to_owned());
    }
    shown
}

/// Lays what a card says over what is shown.
pub(super) fn describe(shown: &mut OrganisationView, card: &Card, view: &View) {
    shown.name.clone_from(&card.name);
    shown.kind = Some(card.kind);
    shown.country.clone_from(&card.country);
    shown.website.clone_from(&card.website);
    shown.privacy_notice.clone_from(&card.privacy_notice);
    shown.complaints.clone_from(&card.complaints);
    let sealing = |notice: &SealingKeyNotice| SealingKeyView { key: notice.key, use_until: notice.use_until };
    shown.sealing_keys = card.sealing_keys.iter().map(sealing).collect();
    let named = |id: &OrganisationId| OrganisationRef { id: *id, name: view.name(id) };
    shown.relays = card.relays.iter().map(named).collect();
}

fn standing(view: &View, id: &OrganisationId) -> Standing {
    if view.settings.blocked.contains(id) {
        Standing::Blocked
    } else if view.settings.pinned.contains(id) {
        Standing::Pinned
    } else {
        Standing::None
    }
}

fn key(notice: &SigningKeyNotice) -> SigningKeyView {
    SigningKeyView {
        kid: HEXLOWER.encode(&notice.key.kid()),
        key: notice.key,
        from: notice.from,
        retired_at: notice.retired_at,
        compromised: notice.compromised,
    }
}

fn unmet(standing: Standing) -> String {
    let said = if standing == Standing::Blocked { "blocked here" } else { "pinned here" };
    format!("{said}, but no peer has brought anything of it yet")
}

fn words(view: &View, why: Why) -> String {
    match why {
        Why::Own => "this node's own organisation".to_owned(),
        Why::Pinned => "pinned here".to_owned(),
        Why::RecognisedByTwo(first, second) => {
            format!("recognised by {} and {}, both pinned here", view.name(&first), view.name(&second))
        }
        Why::RecognisedThrough { pinned, through, vouching } => format!(
            "recognised by {}, pinned here, and by {}, whom {} recognises",
            view.name(&pinned),
            view.name(&through),
            view.name(&vouching)
        ),
        Why::Open => "shown because the policy is `open`".to_owned(),
        Why::NotTrusted => "not pinned here".to_owned(),
        Why::Blocked => "blocked here".to_owned(),
    }
}

#[cfg(test)]
pub(in crate::http) mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use mentormesh_protocol::trust::Settings;

    use super::super::own_card::tests::row;
    use super::*;
    use crate::desk::OrganisationRow;

    const OWN: OrganisationId = OrganisationId([1; 32]);
    const BO: OrganisationId = OrganisationId([2; 32]);
    const CY: OrganisationId = OrganisationId([3; 32]);

    /// Some organisation's card.
    pub(in crate::http) fn card() -> Card {
        row().card(Vec::new())
    }

    fn known(name: &str, why: Why) -> Known {
        let row = OrganisationRow { name: name.to_owned(), ..row() };
        Known {
            card: Some(row.card(Vec::new())),
            tip: RecordId([9; 32]),
            disputed: false,
            signing_keys: Vec::new(),
            why,
            nodes: Default::default(),
            mentors: 4,
            records: 7,
        }
    }

    fn view() -> View {
        let organisations = [(OWN, known("Ada's Institute", Why::Own)), (BO, known("Bo's Guild", Why::NotTrusted))];
        let settings = Settings { pinned: BTreeSet::from([CY]), ..Settings::default() };
        View { own: OWN, settings, organisations: BTreeMap::from(organisations) }
    }

    #[test]
    fn one_s_own_comes_first_and_the_pinned_are_listed_before_they_are_met() {
        let all = all(&view());
        assert_eq!(all.iter().map(|one| one.id).collect::<BTreeSet<_>>(), BTreeSet::from([OWN, BO, CY]));
        assert!(all.first().is_some_and(|one| one.own && one.shown));
        let relays = all.first().map(|one| one.relays.iter().map(|relay| relay.name.as_str()).collect::<Vec<_>>());
        assert_eq!(relays, Some(vec!["Bo's Guild"]));
        let cy = all.iter().find(|one| one.id == CY).expect("listed");
        assert_eq!((cy.standing, cy.shown, cy.tip), (Standing::Pinned, false, RecordId(CY.0)));
        assert!(cy.why.contains("no peer has brought"), "{}", cy.why);
    }
}
