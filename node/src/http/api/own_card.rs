//! `/organisations/self`: this organisation's own card, and the key that letters to it are sealed to.

use axum::Json as Answered;
use axum::extract::State;
use mentormesh_protocol::api::{ErrorCode, OrganisationInput, OrganisationView, Problem, SealingKeyReplaced};
use mentormesh_protocol::limits::{LONG_LIFETIME, RELAYS};
use mentormesh_protocol::record::{Body, Card};
use mentormesh_protocol::{OrganisationId, Record};

use super::organisations::{LIST, describe, of};
use crate::desk::OrganisationRow;
use crate::folder::FolderError;
use crate::http::app::App;
use crate::http::asker::Asker;
use crate::http::error::Failure;
use crate::http::extract::Json;
use crate::http::id::with_list;
use crate::sealing::ReplaceError;

/// Changes this organisation's own card; what is left out stays, what is empty goes.
#[utoipa::path(put, path = "/organisations/self", operation_id = "edit_organisation", tag = "organisations",
    request_body = OrganisationInput,
    responses(
        (status = 200, description = "The organisation as it now describes itself", body = OrganisationView),
        (status = 404, description = "A relay that is named is not known here"),
    ))]
pub(in crate::http) async fn edit(
    State(app): State<App>,
    asker: Asker,
    Json { value: mut input, .. }: Json<OrganisationInput>,
) -> Result<Answered<OrganisationView>, Failure> {
    let _turn = app.turn().await?;
    let view = app.view();
    let missing = || Failure::not_found("organisation", "self");
    let relays = input.relays.take().map(|named| relays(&app, &named)).transpose()?;
    let row = changed(app.desk.organisation().await?.ok_or_else(missing)?, input, relays);
    let now = app.clock.now();
    let known = view.organisations.get(&view.own);
    let sealing_keys = known.and_then(|known| known.card.as_ref()).map(|card| card.sealing_keys.clone());
    let card = row.card(sealing_keys.unwrap_or_default());
    // Signed by nobody: this only finds out, before anything is written, whether it could be.
    if !card.sealing_keys.is_empty() {
        Record::issue(view.own, Vec::new(), now.0, now, Body::Card(card.clone()))?;
    } else if card.name.is_empty() {
        return Err(Problem::field("name", "is required").into());
    }
    app.desk.set_organisation(&row, &asker.word()).await?;
    app.network.present().await?;
    let mut shown = of(&view, &view.own, known);
    describe(&mut shown, &card, &view);
    Ok(Answered(shown))
}

/// Replaces the key that letters to this organisation are sealed to.
///
/// The card with the new key is signed at once. Letters sealed to the key before it are opened for as long as such
/// letters can still arrive.
#[utoipa::path(post, path = "/organisations/self/sealing-key", operation_id = "replace_sealing_key",
    tag = "organisations",
    responses(
        (status = 200, description = "The new key", body = SealingKeyReplaced),
        (status = 409, description = "As many replaced keys are kept as may be"),
    ))]
pub(in crate::http) async fn replace_sealing_key(
    State(app): State<App>,
    asker: Asker,
) -> Result<Answered<SealingKeyReplaced>, Failure> {
    let _turn = app.turn().await?;
    let notices = own_card(&app).map(|card| card.sealing_keys).unwrap_or_default();
    let use_until = notices.iter().map(|notice| notice.use_until).max();
    // Without a card nobody has sealed anything yet; the longest life a card could have had is on the safe side.
    let use_until = use_until.unwrap_or_else(|| app.clock.now().plus(LONG_LIFETIME));
    let replaced = app.sealing.replace(use_until).await.map_err(refused)?;
    app.desk.audit(&asker.word(), "sealing_key.replaced", "self", &replaced.current.to_string()).await?;
    app.network.present().await?;
    let named = own_card(&app).and_then(|card| card.sealing_keys.first().map(|notice| notice.key));
    Ok(Answered(SealingKeyReplaced {
        key: replaced.current,
        before_opens_until: replaced.before_opens_until,
        published: named == Some(replaced.current),
    }))
}

fn own_card(app: &App) -> Option<Card> {
    let view = app.view();
    view.organisations.get(&view.own)?.card.clone()
}

fn refused(error: ReplaceError) -> Failure {
    let said = error.to_string();
    match error {
        ReplaceError::Folder(FolderError::TooManyKeys { .. }) => Failure::new(ErrorCode::Conflict, said),
        ReplaceError::Stopping => Failure::new(ErrorCode::Busy, said),
        ReplaceError::Folder(FolderError::Disk { source, .. }) if source.kind() == std::io::ErrorKind::StorageFull => {
            Failure::new(ErrorCode::StorageFull, "the disk of this node is full; the key stays as it was")
        }
        ReplaceError::Folder(error) => Failure::fault(&error),
    }
}

/// The organisations that are named as relays, each known here and none of them ours.
fn relays(app: &App, named: &[String]) -> Result<Vec<OrganisationId>, Failure> {
    if named.len() > RELAYS {
        let problem = format!("{} organisations; a card names at most {RELAYS}", named.len());
        return Err(Problem::field("relays", problem).into());
    }
    let view = app.view();
    let mut relays = Vec::new();
    for text in named {
        let id = app.organisation_id(text.trim()).map_err(|failure| with_list(failure, LIST))?;
        if id == view.own {
            let problem = "this organisation cannot keep letters for itself; name others that show it";
            return Err(Problem::field("relays", problem).into());
        }
        if !view.organisations.contains_key(&id) {
            return Err(with_list(Failure::not_found("organisation", text), LIST));
        }
        relays.push(id);
    }
    Ok(relays)
}

fn changed(mut row: OrganisationRow, input: OrganisationInput, relays: Option<Vec<OrganisationId>>) -> OrganisationRow {
    let given = |text: Option<String>, old: Option<String>| match text.map(|text| text.trim().to_owned()) {
        None => old,
        Some(text) if text.is_empty() => None,
        Some(text) => Some(text),
    };
    row.name = input.name.map_or(row.name, |name| name.trim().to_owned());
    row.kind = input.kind.unwrap_or(row.kind);
    row.country = given(input.country, row.country).map(|country| country.to_ascii_uppercase());
    row.website = given(input.website, row.website);
    row.privacy_notice = given(input.privacy_notice, row.privacy_notice);
    row.complaints = given(input.complaints, row.complaints);
    row.relays = relays.unwrap_or(row.relays);
    row
}

#[cfg(test)]
pub(super) mod tests {
    use mentormesh_protocol::Timestamp;
    use mentormesh_protocol::record::BodyKind;

    use super::*;

    const BO: OrganisationId = OrganisationId([2; 32]);

    pub(in crate::http::api) fn row() -> OrganisationRow {
        OrganisationRow {
            name: "Ada's Institute".to_owned(),
            kind: BodyKind::ProfessionalBody,
            country: Some("GB".to_owned()),
            website: Some("https://ada.example".to_owned()),
            privacy_notice: None,
            notice_version: "1".to_owned(),
            complaints: None,
            relays: vec![BO],
        }
    }

    #[test]
    fn what_is_left_out_stays_and_what_is_empty_goes() {
        let input = OrganisationInput {
            name: Some(" Ada's College ".to_owned()),
            website: Some(String::new()),
            country: Some("ie".to_owned()),
            ..OrganisationInput::default()
        };
        let row = changed(row(), input, None);
        assert_eq!(row.name, "Ada's College");
        assert_eq!((row.country.as_deref(), row.website.as_deref()), (Some("IE"), None));
        assert_eq!((row.kind, row.relays.as_slice()), (BodyKind::ProfessionalBody, [BO].as_slice()));
        let alone = changed(row, OrganisationInput::default(), Some(Vec::new()));
        assert_eq!(alone.relays, []);
    }

    #[test]
    fn too_many_replaced_keys_are_a_conflict_that_says_when_it_ends() {
        let full = FolderError::TooManyKeys { most: 16, next: Timestamp(1_795_315_200_000) };
        let failure = refused(full.into());
        assert_eq!(failure.problem().code, ErrorCode::Conflict);
        assert!(failure.problem().detail.contains("2026-11-22"), "{}", failure.problem().detail);
    }
}
