//! What everybody sees of a mentor, as a part of other pages; and the choice of who may see it.

use askama::filters::Safe;
use mentormesh_protocol::api::{Problem, Reach};
use mentormesh_protocol::record::Profile;

use super::mentor::{Listed, Skill, facts, lists, skill};
use super::site::Site;
use super::words;
use crate::http::error::Failure;
use crate::listings::Preview;
use crate::speech::Locale;

/// A profile as everybody sees it.
pub(super) struct Seen {
    pub(super) profile: Profile,
    pub(super) availability: String,
    pub(super) practice: Option<String>,
    pub(super) place: Option<String>,
    pub(super) skills: Vec<Skill>,
    pub(super) bio: Vec<String>,
    pub(super) lists: Vec<Listed>,
    pub(super) facts: Vec<(String, String)>,
}

impl Seen {
    pub(super) fn of(locale: Locale, profile: Profile) -> Self {
        Self {
            availability: words::availability(locale, &profile.availability),
            practice: profile.practice.as_ref().map(|practice| words::practice(locale, practice)),
            place: profile.area.as_ref().map(|area| words::place(locale, area)),
            skills: profile.knows_about.iter().map(|known| skill(locale, known)).collect(),
            bio: profile.bio.lines().map(str::trim).filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect(),
            lists: lists(locale, &profile),
            facts: facts(locale, &profile),
            profile,
        }
    }
}

/// Who may see it, to be chosen.
pub(super) struct Choosing {
    /// What a consent binds to.
    pub(super) shown: String,
    /// The word, what it says, what it means, whether it is set.
    pub(super) reaches: Vec<(&'static str, String, String, bool)>,
    pub(super) open_web: bool,
    pub(super) visible: String,
    pub(super) notice: Safe<String>,
    pub(super) version: String,
}

impl Choosing {
    /// The choice beside a preview, with what was chosen before.
    pub(super) fn of(site: &Site, preview: &Preview) -> Self {
        let consent = preview.listing.consent.as_ref();
        let before = consent.map_or(Reach::Network, |consent| consent.reach);
        let reaches = [
            ("network", "consent-network", "consent-network-means", Reach::Network),
            ("partners", "consent-partners", "consent-partners-means", Reach::Partners),
            ("local", "consent-local", "consent-local-means", Reach::Local),
        ];
        let told = |(word, says, means, reach)| (word, site.say(says), site.say(means), reach == before);
        Self {
            shown: preview.shown.clone(),
            reaches: reaches.into_iter().map(told).collect(),
            open_web: consent.is_some_and(|consent| consent.open_web),
            visible: site.count("consent-visible", preview.visible_to),
            notice: site.linked("consent-notice", site.privacy_notice.as_deref().unwrap_or("/privacy")),
            version: preview.notice.clone(),
        }
    }

    /// What a form said: the reach, whether the web may see it, and what was shown.
    pub(super) fn said<'a>(field: impl Fn(&str) -> Option<&'a str>) -> Result<(Reach, bool, String), Failure> {
        let reach = match field("reach") {
            Some("network") => Reach::Network,
            Some("partners") => Reach::Partners,
            Some("local") => Reach::Local,
            Some(_) | None => return Err(Problem::field("reach", "choose who may see it").into()),
        };
        let shown = field("shown").unwrap_or_default().to_owned();
        Ok((reach, field("open_web") == Some("true"), shown))
    }
}
