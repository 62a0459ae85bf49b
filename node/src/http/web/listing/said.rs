//! What the form of a mentor's listing says, put over what the listing said before. Nothing that the form does not show is
//! changed, and details of what stays chosen stay.

use mentormesh_protocol::record::{
    Area, AvailabilityStatus, Fluency, HELPS_WITH, Language, Mode, Offer, OfferKind, Profile, Skill,
};

use crate::http::extract::Pairs;

/// Rows that a form can have: as many as a profile may, and one to say that it is one too many.
const ROWS: usize = 21;

/// The profile as somebody typed it, not checked yet.
pub(in crate::http::web) fn profile(before: &Profile, form: &Pairs) -> Profile {
    let text = |name: &str| form.last(name).unwrap_or_default().to_owned();
    let some = |name: &str| form.last(name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let mut after = before.clone();
    after.display_name = text("display_name");
    after.headline = text("headline");
    after.summary = text("summary");
    after.bio = text("bio");
    after.mentee_fit = some("mentee_fit");
    let ticked = every(form, "helps_with");
    let own = before.helps_with.iter().filter(|word| !HELPS_WITH.contains(&word.as_str())).cloned();
    let known = HELPS_WITH.into_iter().filter(|word| ticked.contains(word)).map(str::to_owned);
    after.helps_with = known.chain(own).collect();
    after.tags =
        text("tags").split([',', '،', '、']).map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
    after.knows_about = skills(before, form);
    let offered = every(form, "offers");
    after.offers = OfferKind::ALL
        .iter()
        .filter(|kind| offered.contains(&kind.as_str()))
        .map(|kind| offer(before, *kind))
        .collect();
    after.languages = languages(form);
    let modes = every(form, "modes");
    after.modes = Mode::ALL.iter().copied().filter(|mode| modes.contains(&mode.as_str())).collect();
    after.area = some("country").map(|country| Area { country, region: some("region") });
    after.time_zone = some("time_zone");
    if before.availability.status == AvailabilityStatus::Accepting
        && let Some(places) = form.last("places").and_then(|many| many.parse().ok())
    {
        after.availability.places = places;
    }
    after
}

/// Every word that was ticked under a name.
fn every<'f>(form: &'f Pairs, name: &str) -> Vec<&'f str> {
    form.0.iter().filter(|(given, _)| given == name).map(|(_, word)| word.as_str()).collect()
}

fn skills(before: &Profile, form: &Pairs) -> Vec<Skill> {
    let rows = (0..ROWS).filter_map(|row| {
        let label = form.last(&format!("skill-{row}"))?.trim().to_owned();
        let level = form.last(&format!("level-{row}")).and_then(|word| word.parse().ok());
        let known = before.knows_about.iter().find(|skill| skill.label == label);
        let (uri, years) = known.map(|skill| (skill.uri.clone(), skill.years)).unwrap_or_default();
        (!label.is_empty()).then_some(Skill { label, uri, level, years })
    });
    rows.collect()
}

fn offer(before: &Profile, kind: OfferKind) -> Offer {
    let kept = before.offers.iter().find(|offer| offer.kind == kind).cloned();
    kept.unwrap_or(Offer { kind, minutes: None, meetings_per_month: None, group_max: None, fee: None, fee_note: None })
}

fn languages(form: &Pairs) -> Vec<Language> {
    let rows = (0..ROWS).filter_map(|row| {
        let tag = form.last(&format!("language-{row}"))?.trim().to_owned();
        let fluency = form.last(&format!("fluency-{row}")).and_then(|word| word.parse().ok());
        (!tag.is_empty()).then(|| Language { tag, fluency: fluency.unwrap_or(Fluency::Fluent) })
    });
    rows.collect()
}
