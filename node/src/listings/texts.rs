//! Every text in a profile, with its path: the one walk that normalising and looking for contacts share.
//!
//! The structures are taken apart field by field, so that a field added to the profile does not compile until it has
//! its place here.

use mentormesh_protocol::record::{Area, Assured, Ethics, Language, Offer, Practice, Profile, Skill};

/// What is done with one text: its path, and the text itself.
pub(super) type Visit<'v> = &'v mut dyn FnMut(&str, &mut String);

/// Visits every text of a profile. A text that may be absent and is left empty becomes absent.
pub(super) fn each_text(profile: &mut Profile, visit: Visit<'_>) {
    let Profile {
        display_name,
        pronouns,
        headline,
        summary,
        bio,
        sectors,
        employer_name,
        knows_about,
        tags,
        helps_with,
        knowing: _,
        offers,
        languages,
        time_zone,
        modes: _,
        area,
        geographic_scope: _,
        availability: _,
        responsiveness: _,
        access_support,
        mentee_fit,
        mentor_style: _,
        practice,
        links,
        ethics,
        assured,
    } = profile;
    visit("display_name", display_name);
    optional("pronouns", pronouns, visit);
    visit("headline", headline);
    visit("summary", summary);
    visit("bio", bio);
    each("sectors", sectors, visit);
    optional("employer_name", employer_name, visit);
    for (at, Skill { label, uri, level: _, years: _ }) in knows_about.iter_mut().enumerate() {
        visit(&format!("knows_about[{at}].label"), label);
        optional(&format!("knows_about[{at}].uri"), uri, visit);
    }
    each("tags", tags, visit);
    each("helps_with", helps_with, visit);
    for (at, offer) in offers.iter_mut().enumerate() {
        let Offer { kind: _, minutes: _, meetings_per_month: _, group_max: _, fee: _, fee_note } = offer;
        optional(&format!("offers[{at}].fee_note"), fee_note, visit);
    }
    for (at, Language { tag, fluency: _ }) in languages.iter_mut().enumerate() {
        visit(&format!("languages[{at}].tag"), tag);
    }
    optional("time_zone", time_zone, visit);
    if let Some(Area { country, region }) = area {
        visit("area.country", country);
        optional("area.region", region, visit);
    }
    each("access_support", access_support, visit);
    optional("mentee_fit", mentee_fit, visit);
    each("links", links, visit);
    of_standing(practice.as_mut(), ethics.as_mut(), assured.as_mut(), visit);
}

fn of_standing(
    practice: Option<&mut Practice>,
    ethics: Option<&mut Ethics>,
    assured: Option<&mut Assured>,
    visit: Visit<'_>,
) {
    if let Some(practice) = practice {
        let Practice { status: _, programme, award_sought, ends_on: _, supervised: _, hours_band: _ } = practice;
        optional("practice.programme", programme, visit);
        optional("practice.award_sought", award_sought, visit);
    }
    if let Some(Ethics { code, version, accepted_on: _ }) = ethics {
        visit("ethics.code", code);
        optional("ethics.version", version, visit);
    }
    if let Some(Assured { on: _, by_role }) = assured {
        visit("assured.by_role", by_role);
    }
}

fn each(field: &str, texts: &mut [String], visit: Visit<'_>) {
    for (at, text) in texts.iter_mut().enumerate() {
        visit(&format!("{field}[{at}]"), text);
    }
}

fn optional(field: &str, text: &mut Option<String>, visit: Visit<'_>) {
    if let Some(present) = text {
        visit(field, present);
        if present.is_empty() {
            *text = None;
        }
    }
}
