//! `/mentors/{id}`: everything a mentor shows, who lists them, and the record that proves it.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Html;
use mentormesh_protocol::api::ProfileView;

use super::site::Site;
use super::{page, words};
use crate::http::api::profiles;
use crate::http::app::App;
use crate::http::error::Failure;
use crate::search::Viewer;

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
    facts: Vec<(&'static str, String)>,
    issued: String,
    expires: String,
}

struct Skill {
    label: String,
    detail: String,
}

/// A heading with a few short lines under it.
struct Listed {
    title: &'static str,
    lines: Vec<String>,
}

/// Shows one mentor.
pub(in crate::http) async fn show(
    State(app): State<App>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
) -> Result<Html<String>, Failure> {
    let view = profiles::view(&app, viewer, &id).await?;
    page(&mentor(Site::of(&app), view))
}

fn mentor(site: Site, view: ProfileView) -> MentorPage {
    let profile = &view.profile;
    MentorPage {
        site,
        availability: words::availability(&profile.availability),
        ready: words::is_ready(&profile.availability),
        practice: profile.practice.as_ref().map(words::practice),
        place: profile.area.as_ref().map(words::place),
        skills: profile.knows_about.iter().map(skill).collect(),
        bio: profile.bio.lines().map(str::trim).filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect(),
        lists: lists(&view),
        facts: facts(&view),
        issued: words::moment(view.issued_at),
        expires: words::moment(view.expires_at),
        view,
    }
}

fn skill(skill: &mentormesh_protocol::record::Skill) -> Skill {
    let level = skill.level.map(|level| words::level(level).to_owned());
    let years = skill.years.map(|years| if years == 1 { "1 year".to_owned() } else { format!("{years} years") });
    let detail: Vec<_> = level.into_iter().chain(years).collect();
    Skill { label: skill.label.clone(), detail: detail.join(", ") }
}

fn lists(view: &ProfileView) -> Vec<Listed> {
    let profile = &view.profile;
    let languages = profile.languages.iter();
    let lists = [
        ("Offers", profile.offers.iter().map(words::offer).collect()),
        ("Helps with", profile.helps_with.iter().map(|word| words::plain(word)).collect()),
        ("Brings", profile.knowing.iter().map(|knowing| words::knowing(*knowing).to_owned()).collect()),
        (
            "Languages",
            languages
                .map(|spoken| format!("{} ({})", words::language(&spoken.tag), words::fluency(spoken.fluency)))
                .collect(),
        ),
        ("Access support", profile.access_support.iter().map(|word| words::plain(word)).collect()),
        ("Tags", profile.tags.clone()),
    ];
    let filled = lists.into_iter().filter(|(_, lines): &(_, Vec<String>)| !lines.is_empty());
    filled.map(|(title, lines)| Listed { title, lines }).collect()
}

fn facts(view: &ProfileView) -> Vec<(&'static str, String)> {
    let profile = &view.profile;
    let joined = |words: Vec<&str>| (!words.is_empty()).then(|| words.join(", "));
    let ethics = profile.ethics.as_ref().map(|ethics| {
        let version = ethics.version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
        format!("says they accepted {}{version} on {}", ethics.code, words::day(ethics.accepted_on))
    });
    let assured = profile.assured.as_ref();
    let facts = [
        ("Employer", profile.employer_name.clone()),
        ("Sectors", joined(profile.sectors.iter().map(String::as_str).collect())),
        ("Meets", joined(profile.modes.iter().map(|mode| words::mode(*mode)).collect())),
        ("Time zone", profile.time_zone.clone()),
        ("Looks for", profile.geographic_scope.map(|scope| words::scope(scope).to_owned())),
        ("Works by", joined(profile.mentor_style.iter().map(|style| words::style(*style)).collect())),
        ("Answers", profile.responsiveness.as_ref().map(|seen| words::responsiveness(seen.band).to_owned())),
        ("Ethics", ethics),
        ("Looked over", assured.map(|assured| format!("{}, by {}", words::day(assured.on), assured.by_role))),
    ];
    facts.into_iter().filter_map(|(title, fact)| Some((title, fact?))).collect()
}

#[cfg(test)]
mod tests;
