//! `/mentors/{id}`: everything a mentor shows, who lists them, and the record that proves it.

use askama::Template;
use askama::filters::Safe;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;
use mentormesh_protocol::Date;
use mentormesh_protocol::api::ProfileView;
use mentormesh_protocol::record::{Availability, AvailabilityStatus, Language, Profile};

use super::site::Site;
use super::visitor::Visitor;
use super::{page, words};
use crate::http::api::profiles;
use crate::http::app::App;
use crate::http::error::Failure;
use crate::http::headers::Indexed;
use crate::search::Viewer;
use crate::speech::Locale;

#[derive(Template)]
#[template(path = "mentor.html")]
struct MentorPage {
    site: Site,
    view: ProfileView,
    availability: String,
    ready: bool,
    practice: Option<String>,
    place: Option<String>,
    skills: Vec<Skill>,
    bio: Vec<String>,
    lists: Vec<Listed>,
    facts: Vec<(String, String)>,
    signed: Safe<String>,
    record: String,
    ask: Option<String>,
    not_now: Option<String>,
}

pub(super) struct Skill {
    pub(super) label: String,
    pub(super) detail: String,
}

/// A heading with a few short lines under it.
pub(super) struct Listed {
    pub(super) title: String,
    pub(super) lines: Vec<String>,
}

/// Shows one mentor.
pub(in crate::http) async fn show(
    State(app): State<App>,
    Extension(viewer): Extension<Viewer>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let view = profiles::view(&app, viewer, &id).await?;
    // Only what a mentor opened to the web is for search engines, and only where the web is let in.
    let indexed = view.open_web && matches!(viewer, Viewer::OpenWeb);
    let site = Site { indexed, ..Site::seen_by(&visitor, &app) };
    let mut response = page(&visitor, &mentor(site, view, app.clock.now().date()))?;
    if indexed {
        response.extensions_mut().insert(Indexed);
    }
    Ok(response)
}

fn mentor(site: Site, view: ProfileView, today: Date) -> MentorPage {
    let (locale, profile) = (site.locale, &view.profile);
    let not_now = not_now(locale, &profile.availability.on(today));
    MentorPage {
        site,
        availability: words::availability(locale, &profile.availability),
        ready: words::is_ready(&profile.availability),
        practice: profile.practice.as_ref().map(|practice| words::practice(locale, practice)),
        place: profile.area.as_ref().map(|area| words::place(locale, area)),
        skills: profile.knows_about.iter().map(|known| skill(locale, known)).collect(),
        bio: profile.bio.lines().map(str::trim).filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect(),
        lists: lists(locale, profile),
        facts: facts(locale, profile),
        signed: locale.naming(
            "from-where-signed",
            &[
                ("name", &view.organisation.name),
                ("issued", &words::moment(locale, view.issued_at)),
                ("expires", &words::moment(locale, view.expires_at)),
            ],
        ),
        record: format!("/api/v1/profiles/{}/record", view.id),
        ask: not_now.is_none().then(|| format!("/mentors/{}/ask", view.id)),
        not_now,
        view,
    }
}

/// Why this mentor cannot be asked today, and until when.
fn not_now(locale: Locale, availability: &Availability) -> Option<String> {
    match (availability.status, availability.until) {
        (AvailabilityStatus::Accepting | AvailabilityStatus::Waitlist, _) => None,
        (AvailabilityStatus::Closed, _) => Some(locale.say("asking-closed")),
        (AvailabilityStatus::Paused, None) => Some(locale.say("asking-paused")),
        (AvailabilityStatus::Paused, Some(until)) => {
            Some(locale.with("asking-paused-until", &[("day", &words::day(locale, until))]))
        }
    }
}

pub(super) fn skill(locale: Locale, skill: &mentormesh_protocol::record::Skill) -> Skill {
    let level = skill.level.map(|level| words::word(locale, "level", level.as_str()));
    let years = skill.years.map(|years| locale.count("years", years.into()));
    let detail: Vec<_> = level.into_iter().chain(years).collect();
    Skill { label: skill.label.clone(), detail: detail.join(", ") }
}

pub(super) fn lists(locale: Locale, profile: &Profile) -> Vec<Listed> {
    let spoken = |spoken: &Language| {
        let fluency = words::word(locale, "fluency", spoken.fluency.as_str());
        locale.with("spoken", &[("language", &words::language(locale, &spoken.tag)), ("fluency", &fluency)])
    };
    let plain = |kind: &str, all: &[String]| all.iter().map(|word| words::plain(locale, kind, word)).collect();
    let knowing = profile.knowing.iter().map(|knowing| words::word(locale, "knowing", knowing.as_str()));
    let lists: [(&str, Vec<String>); 6] = [
        ("list-offers", profile.offers.iter().map(|offer| words::offer(locale, offer)).collect()),
        ("list-helps", plain("helps", &profile.helps_with)),
        ("list-brings", knowing.collect()),
        ("list-languages", profile.languages.iter().map(spoken).collect()),
        ("list-access", plain("access", &profile.access_support)),
        ("list-tags", profile.tags.clone()),
    ];
    let filled = lists.into_iter().filter(|(_, lines)| !lines.is_empty());
    filled.map(|(title, lines)| Listed { title: locale.say(title), lines }).collect()
}

pub(super) fn facts(locale: Locale, profile: &Profile) -> Vec<(String, String)> {
    let joined = |words: Vec<String>| (!words.is_empty()).then(|| words.join(", "));
    let ethics = profile.ethics.as_ref().map(|ethics| {
        let version = ethics.version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
        let code = format!("{}{version}", ethics.code);
        locale.with("ethics-accepted", &[("code", &code), ("day", &words::day(locale, ethics.accepted_on))])
    });
    let assured = profile.assured.as_ref().map(|assured| {
        locale.with("assured-by", &[("day", &words::day(locale, assured.on)), ("role", &assured.by_role)])
    });
    let answers = profile.responsiveness.as_ref().map(|seen| words::word(locale, "answers", seen.band.as_str()));
    let modes = profile.modes.iter().map(|mode| words::word(locale, "mode", mode.as_str()));
    let styles = profile.mentor_style.iter().map(|style| words::word(locale, "style", style.as_str()));
    let facts = [
        ("fact-employer", profile.employer_name.clone()),
        ("fact-sectors", joined(profile.sectors.clone())),
        ("fact-meets", joined(modes.collect())),
        ("fact-zone", profile.time_zone.clone()),
        ("fact-scope", profile.geographic_scope.map(|scope| words::word(locale, "scope", scope.as_str()))),
        ("fact-style", joined(styles.collect())),
        ("fact-answers", answers),
        ("fact-ethics", ethics),
        ("fact-assured", assured),
    ];
    facts.into_iter().filter_map(|(title, fact)| Some((locale.say(title), fact?))).collect()
}

#[cfg(test)]
mod tests;
