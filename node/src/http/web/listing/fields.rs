//! The fields of the form in which a mentor changes their listing, as one list that the page walks.

use mentormesh_protocol::api::Problem;
use mentormesh_protocol::record::{AvailabilityStatus, Fluency, HELPS_WITH, Level, Mode, OfferKind, Profile};

use super::super::words;
use super::wrong::Wrong;
use crate::speech::Locale;

/// Rows that are free for another skill or language.
const FREE_SKILLS: usize = 3;
const FREE_LANGUAGES: usize = 2;
/// As many as a profile may have.
const SKILLS: usize = 20;
const LANGUAGES: usize = 10;
/// Mentees at a time that somebody may offer to take.
const PLACES: u8 = 5;

/// Fields under one heading.
pub(in crate::http::web) struct Group {
    pub(in crate::http::web) title: String,
    pub(in crate::http::web) fields: Vec<Field>,
}

/// One field.
pub(in crate::http::web) struct Field {
    pub(in crate::http::web) id: String,
    pub(in crate::http::web) label: String,
    pub(in crate::http::web) hint: Option<String>,
    pub(in crate::http::web) kind: Kind,
    pub(in crate::http::web) problem: Option<Wrong>,
    /// Where the listing keeps it.
    path: String,
}

/// What can be done in a field.
pub(in crate::http::web) enum Kind {
    /// A line, up to so many characters.
    Line(String, usize),
    /// A text, up to so many characters.
    Text(String, usize),
    /// One of several: value, label, whether it is set.
    One(Vec<(String, String, bool)>),
    /// Any of several.
    Any(Vec<(String, String, bool)>),
    /// Something that only the registrar changes.
    Fixed(String),
}

impl Field {
    /// Whether a problem of this path is about it.
    pub(in crate::http::web) fn is_about(&self, path: &str) -> bool {
        path.strip_prefix(&self.path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
    }

    /// What describes it: hint and problem.
    pub(in crate::http::web) fn described(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let problem = self.problem.as_ref().map(|_| format!("{}-problem", self.id));
        hint.into_iter().chain(problem).collect::<Vec<_>>().join(" ")
    }
}

/// Where something is wrong: the field with its name, if it is one; and what.
pub(in crate::http::web) type Place = (Option<(String, String)>, Wrong);

/// Puts each thing that is wrong beside its field, and says all of them in one list.
pub(in crate::http::web) fn place(locale: Locale, groups: &mut [Group], problem: &Problem) -> Vec<Place> {
    if problem.errors.is_empty() {
        let next = problem.next.as_ref().map(|next| format!("; {next}")).unwrap_or_default();
        return vec![(None, Wrong::at_large(locale, &format!("{}{next}", problem.detail)))];
    }
    let mut wrong = Vec::new();
    for error in &problem.errors {
        let mut fields = groups.iter_mut().flat_map(|group| &mut group.fields);
        let field = fields.find(|field| field.is_about(&error.field));
        wrong.push(match field {
            Some(field) => {
                let said = Wrong::with(locale, field, &error.problem);
                field.problem.get_or_insert_with(|| said.clone());
                (Some((field.id.clone(), field.label.clone())), said)
            }
            None => (None, Wrong::at_large(locale, &error.problem)),
        });
    }
    wrong
}

/// All fields, filled with what the listing says.
pub(in crate::http::web) fn groups(locale: Locale, profile: &Profile, contact_name: Option<&str>) -> Vec<Group> {
    let group = |title: &str, fields| Group { title: locale.say(title), fields };
    vec![
        group("edit-group-who", who(locale, profile, contact_name)),
        group("edit-group-about", about(locale, profile)),
        group("edit-group-skills", skills(locale, profile)),
        group("edit-group-offers", offers(locale, profile)),
        group("edit-group-languages", languages(locale, profile)),
        group("edit-group-where", meeting(locale, profile)),
    ]
}

/// One field, of which nothing is wrong yet.
pub(in crate::http::web) fn field(id: &str, path: &str, label: String, hint: Option<String>, kind: Kind) -> Field {
    Field { id: id.to_owned(), label, hint, kind, problem: None, path: path.to_owned() }
}

fn who(locale: Locale, profile: &Profile, contact_name: Option<&str>) -> Vec<Field> {
    let name = contact_name.unwrap_or_default().to_owned();
    let mut fields = vec![
        field(
            "display_name",
            "profile.display_name",
            locale.say("seen-display_name"),
            None,
            Kind::Line(profile.display_name.clone(), 200),
        ),
        field(
            "headline",
            "profile.headline",
            locale.say("seen-headline"),
            Some(locale.say("edit-headline-hint")),
            Kind::Line(profile.headline.clone(), 120),
        ),
        field(
            "contact_name",
            "contact.name",
            locale.say("edit-contact-name"),
            Some(locale.say("edit-contact-name-hint")),
            Kind::Line(name, 200),
        ),
    ];
    if let Some(practice) = &profile.practice {
        let says = words::practice(locale, practice);
        let hint = Some(locale.say("edit-practice-hint"));
        fields.push(field("practice", "profile.practice", locale.say("seen-practice"), hint, Kind::Fixed(says)));
    }
    fields
}

fn about(locale: Locale, profile: &Profile) -> Vec<Field> {
    let helps = HELPS_WITH.into_iter().map(|word| {
        let set = profile.helps_with.iter().any(|known| known == word);
        (word.to_owned(), words::word(locale, "helps", word), set)
    });
    vec![
        field(
            "summary",
            "profile.summary",
            locale.say("seen-summary"),
            Some(locale.say("edit-summary-hint")),
            Kind::Text(profile.summary.clone(), 280),
        ),
        field("bio", "profile.bio", locale.say("seen-bio"), None, Kind::Text(profile.bio.clone(), 4_000)),
        field(
            "mentee_fit",
            "profile.mentee_fit",
            locale.say("seen-mentee_fit"),
            None,
            Kind::Text(profile.mentee_fit.clone().unwrap_or_default(), 600),
        ),
        field("helps_with", "profile.helps_with", locale.say("seen-helps_with"), None, Kind::Any(helps.collect())),
        field(
            "tags",
            "profile.tags",
            locale.say("seen-tags"),
            Some(locale.say("edit-tags-hint")),
            Kind::Line(profile.tags.join(", "), 1_100),
        ),
    ]
}

fn skills(locale: Locale, profile: &Profile) -> Vec<Field> {
    let mut fields = Vec::new();
    let rows = (profile.knows_about.len() + FREE_SKILLS).min(SKILLS);
    for row in 0..rows {
        let skill = profile.knows_about.get(row);
        let number = (row + 1).to_string();
        let numbered = |id| locale.with(id, &[("number", &number)]);
        let label = skill.map(|skill| skill.label.clone()).unwrap_or_default();
        let path = format!("profile.knows_about[{row}]");
        fields.push(field(&format!("skill-{row}"), &path, numbered("edit-skill"), None, Kind::Line(label, 100)));
        let level = skill.and_then(|skill| skill.level);
        let mut options = vec![(String::new(), locale.say("edit-level-none"), level.is_none())];
        options.extend(Level::ALL.iter().map(|known| {
            (known.as_str().to_owned(), words::word(locale, "level", known.as_str()), level == Some(*known))
        }));
        let path = format!("{path}.level");
        fields.push(field(&format!("level-{row}"), &path, numbered("edit-level"), None, Kind::One(options)));
    }
    fields
}

fn offers(locale: Locale, profile: &Profile) -> Vec<Field> {
    let offers = OfferKind::ALL.iter().map(|kind| {
        let set = profile.offers.iter().any(|offer| offer.kind == *kind);
        (kind.as_str().to_owned(), words::word(locale, "offer", kind.as_str()), set)
    });
    let places = (0..=PLACES).map(|many| (many.to_string(), many.to_string(), profile.availability.places == many));
    let mut fields = vec![field(
        "offers",
        "profile.offers",
        locale.say("seen-offers"),
        Some(locale.say("edit-offers-hint")),
        Kind::Any(offers.collect()),
    )];
    // While somebody is away, pausing and resuming say how many places they have.
    if profile.availability.status == AvailabilityStatus::Accepting {
        let label = locale.say("edit-places");
        fields.push(field("places", "profile.availability", label, None, Kind::One(places.collect())));
    }
    fields
}

fn languages(locale: Locale, profile: &Profile) -> Vec<Field> {
    let mut fields = Vec::new();
    let rows = (profile.languages.len() + FREE_LANGUAGES).min(LANGUAGES);
    for row in 0..rows {
        let spoken = profile.languages.get(row);
        let number = (row + 1).to_string();
        let numbered = |id| locale.with(id, &[("number", &number)]);
        let tag = spoken.map(|spoken| spoken.tag.as_str()).unwrap_or_default();
        let mut options = vec![(String::new(), locale.say("edit-none"), tag.is_empty())];
        let mut known: Vec<_> = words::languages(locale);
        known.sort_by(|one, other| one.1.cmp(&other.1));
        options.extend(known.into_iter().map(|(value, label)| (value.to_owned(), label, value == tag)));
        if !options.iter().any(|(_, _, set)| *set) {
            options.push((tag.to_owned(), words::language(locale, tag), true));
        }
        let path = format!("profile.languages[{row}]");
        fields.push(field(&format!("language-{row}"), &path, numbered("edit-language"), None, Kind::One(options)));
        let fluency = spoken.map(|spoken| spoken.fluency);
        let options = Fluency::ALL.iter().map(|known| {
            let set = fluency.unwrap_or(Fluency::Fluent) == *known;
            (known.as_str().to_owned(), words::word(locale, "fluency", known.as_str()), set)
        });
        let (id, path) = (format!("fluency-{row}"), format!("{path}.fluency"));
        fields.push(field(&id, &path, numbered("edit-fluency"), None, Kind::One(options.collect())));
    }
    fields
}

fn meeting(locale: Locale, profile: &Profile) -> Vec<Field> {
    let area = profile.area.as_ref();
    let country = area.map(|area| area.country.as_str()).unwrap_or_default();
    let mut known: Vec<_> = locale.names("country-").map(|code| (code, words::country(locale, code))).collect();
    known.sort_by(|one, other| one.1.cmp(&other.1));
    let mut countries = vec![(String::new(), locale.say("edit-none"), country.is_empty())];
    countries.extend(known.into_iter().map(|(code, label)| (code.to_owned(), label, code == country)));
    let region = area.and_then(|area| area.region.clone()).unwrap_or_default();
    let zone = profile.time_zone.clone().unwrap_or_default();
    let modes = Mode::ALL.iter().map(|mode| {
        (mode.as_str().to_owned(), words::word(locale, "mode", mode.as_str()), profile.modes.contains(mode))
    });
    let hint = |id| Some(locale.say(id));
    vec![
        field("modes", "profile.modes", locale.say("seen-modes"), None, Kind::Any(modes.collect())),
        field("country", "profile.area.country", locale.say("edit-country"), None, Kind::One(countries)),
        field("region", "profile.area", locale.say("edit-region"), hint("edit-region-hint"), Kind::Line(region, 80)),
        field(
            "time_zone",
            "profile.time_zone",
            locale.say("seen-time_zone"),
            hint("edit-zone-hint"),
            Kind::Line(zone, 64),
        ),
    ]
}
