//! Why a profile was found, in sentences whose points add up to its score.
//!
//! The sentences are made from the profile itself by the rules that wrote the index, so nothing is said that the
//! profile does not bear out. What mentors say of themselves begins with "says" and earns nothing.

use std::collections::BTreeSet;

use mentormesh_protocol::query::{Because, Factor, Query, Reason};
use mentormesh_protocol::record::{AvailabilityStatus, Practice, PracticeStatus, Profile, ResponsivenessBand};

use super::names;
use crate::index::{
    Passage, Place, Plan, PlannedWord, Stems, Tier, country_points, fluent_points, is_fluent, label_key, offer_points,
    passages, pieces, primary, readiness, stemmed_in, working_points,
};

/// Places that one sentence names.
const PLACES: usize = 3;

/// Reasons, and their sum in tenths of a point.
#[derive(Clone, Debug, Default)]
pub(super) struct Explained {
    pub(super) reasons: Vec<Reason>,
    pub(super) tenths: u32,
}

impl Explained {
    fn add(&mut self, factor: Factor, tenths: u32, text: String, because: Because) {
        self.tenths += tenths;
        self.reasons.push(Reason { factor, points: f64::from(tenths) / 10.0, text, because });
    }
}

/// Words of the query that a profile has in the same places.
struct Met<'w> {
    typed: Vec<&'w str>,
    read_as: &'w [String],
    places: BTreeSet<Place>,
    tenths: u32,
}

/// Explains one hit.
pub(super) fn explain(profile: &Profile, plan: &Plan, query: &Query, stems: &mut Stems) -> Explained {
    let mut explained = Explained::default();
    add_words(&mut explained, profile, plan, stems);
    add_skills(&mut explained, profile, plan, query);
    add_logistics(&mut explained, profile, query);
    add_readiness(&mut explained, profile);
    explained.reasons.extend(profile.practice.as_ref().and_then(said).map(|text| Reason {
        factor: Factor::Assurance,
        points: 0.0,
        text,
        because: Because::Practice,
    }));
    explained
}

fn add_words(explained: &mut Explained, profile: &Profile, plan: &Plan, stems: &mut Stems) {
    if plan.words.is_empty() {
        return;
    }
    let languages = stemmed_in(profile);
    let texts = passages(profile);
    let mut read = |of: &dyn Fn(Place) -> bool| -> Vec<Passage> {
        let texts = texts.iter().filter(|(place, _)| of(*place));
        texts.map(|(place, text)| Passage::new(*place, &pieces(text), &languages, stems)).collect()
    };
    let mut left: Vec<(usize, &PlannedWord)> = plan.words.iter().enumerate().collect();
    let mut met: Vec<(usize, Met<'_>)> = Vec::new();
    for tier in Tier::ALL {
        if left.is_empty() {
            break;
        }
        // The longer texts are read only for words that the shorter ones do not have.
        let passages = read(&|place| place.tier() == tier);
        left.retain(|(at, word)| match places_of(word, &passages) {
            Some(places) => {
                let tenths = *word.points.of(tier);
                met.push((*at, Met { typed: vec![&word.typed], read_as: &word.read_as, places, tenths }));
                false
            }
            None => true,
        });
    }
    met.sort_by_key(|(at, _)| *at);
    for met in merged(met.into_iter().map(|(_, met)| met)) {
        explained.add(Factor::Development, met.tenths, met.sentence(), met.because());
    }
    if !plan.pairs.is_empty() {
        let together: BTreeSet<String> = read(&Place::is_short).into_iter().flat_map(|short| short.together).collect();
        add_pairs(explained, plan, &together);
    }
}

/// Where among the passages of one tier a word stands, if it does.
fn places_of(word: &PlannedWord, passages: &[Passage]) -> Option<BTreeSet<Place>> {
    let words: BTreeSet<String> = passages.iter().flat_map(|passage| passage.words.iter().cloned()).collect();
    let stems: BTreeSet<String> = passages.iter().flat_map(|passage| passage.stems.iter().cloned()).collect();
    let touches =
        |passage: &&Passage| !word.forms.is_disjoint(&passage.words) || !word.stems.is_disjoint(&passage.stems);
    word.stands_in(&words, &stems).then(|| passages.iter().filter(touches).map(|passage| passage.place).collect())
}

fn merged<'w>(all: impl Iterator<Item = Met<'w>>) -> Vec<Met<'w>> {
    let mut merged: Vec<Met<'w>> = Vec::new();
    for met in all {
        match merged.last_mut().filter(|last| last.places == met.places && last.read_as == met.read_as) {
            Some(last) => {
                last.typed.extend(met.typed);
                last.tenths += met.tenths;
            }
            None => merged.push(met),
        }
    }
    merged
}

impl Met<'_> {
    fn because(&self) -> Because {
        let places = self.places.iter().take(PLACES).map(|place| place.word().to_owned());
        Because::Words { typed: self.typed.join(" "), read_as: self.read_as.to_vec(), places: places.collect() }
    }

    fn sentence(&self) -> String {
        let places: Vec<&str> = self.places.iter().take(PLACES).map(|place| place.as_str()).collect();
        let read_as = match self.read_as {
            [] => String::new(),
            [reading] => format!(", read as “{reading}”,"),
            [reading, ..] => format!(", read as “{reading}” or the like,"),
        };
        format!("“{}”{read_as} found in {}", self.typed.join(" "), listed(&places))
    }
}

fn add_pairs(explained: &mut Explained, plan: &Plan, together: &BTreeSet<String>) {
    let pairs: Vec<_> = plan.pairs.iter().filter(|pair| !pair.terms.is_disjoint(together)).collect();
    let tenths: u32 = pairs.iter().map(|pair| pair.points).sum();
    if tenths > 0 {
        let typed: Vec<String> = pairs.iter().take(PLACES).map(|pair| pair.typed.clone()).collect();
        let quoted: Vec<String> = typed.iter().map(|pair| format!("“{pair}”")).collect();
        let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
        let text = format!("{} close together", listed(&quoted));
        explained.add(Factor::Development, tenths, text, Because::Together { typed });
    }
}

fn add_skills(explained: &mut Explained, profile: &Profile, plan: &Plan, query: &Query) {
    let asked: Vec<String> = query.skills.iter().map(|label| label_key(label)).collect();
    let known = profile.knows_about.iter().filter(|skill| asked.contains(&label_key(&skill.label)));
    let labels: Vec<&str> = known.map(|skill| skill.label.as_str()).collect();
    if !labels.is_empty() {
        let because = Because::Skills { labels: labels.iter().map(|label| (*label).to_owned()).collect() };
        explained.add(Factor::Development, plan.skill, format!("knows about {}", listed(&labels)), because);
    }
}

fn add_logistics(explained: &mut Explained, profile: &Profile, query: &Query) {
    let asked: Vec<String> = query.languages.iter().map(|tag| tag.to_lowercase()).collect();
    let speaks = profile
        .languages
        .iter()
        .filter(|spoken| asked.contains(&spoken.tag.to_lowercase()) || asked.contains(&primary(&spoken.tag)));
    if let Some(best) = speaks.min_by_key(|spoken| spoken.fluency) {
        let tenths = if is_fluent(best.fluency) { fluent_points() } else { working_points() };
        let text = format!("speaks {} ({})", names::language(&best.tag), best.fluency);
        let because = Because::Language { tag: best.tag.clone(), fluency: best.fluency };
        explained.add(Factor::Logistics, tenths, text, because);
    }
    let area = profile.area.as_ref();
    if let Some(area) =
        area.filter(|area| query.countries.iter().any(|asked| asked.eq_ignore_ascii_case(&area.country)))
    {
        let region = area.region.as_ref().map(|region| format!(", {region}")).unwrap_or_default();
        let text = format!("is in {}{region}", area.country);
        explained.add(Factor::Logistics, country_points(), text, Because::Country);
    }
    let offers = profile.offers.iter().filter(|offer| query.offers.contains(&offer.kind));
    let kinds: Vec<_> = offers.clone().map(|offer| offer.kind).collect();
    let offers: Vec<String> = offers.map(names::offer).collect();
    if !offers.is_empty() {
        let offers: Vec<&str> = offers.iter().map(String::as_str).collect();
        let text = format!("offers {}", listed(&offers));
        explained.add(Factor::Logistics, offer_points(), text, Because::Offers { offers: kinds });
    }
}

fn add_readiness(explained: &mut Explained, profile: &Profile) {
    let availability = &profile.availability;
    let welcome = match (availability.status, availability.places) {
        (AvailabilityStatus::Accepting, 0) => "accepts requests, no place free".to_owned(),
        (AvailabilityStatus::Accepting, 1) => "accepts requests, 1 place free".to_owned(),
        (AvailabilityStatus::Accepting, places) => format!("accepts requests, {places} places free"),
        (AvailabilityStatus::Waitlist, _) => "keeps a waiting list".to_owned(),
        (AvailabilityStatus::Paused, _) => match availability.until {
            Some(until) => format!("takes a pause from requests until {until}"),
            None => "takes a pause from requests".to_owned(),
        },
        (AvailabilityStatus::Closed, _) => "takes no requests".to_owned(),
    };
    let answers = match profile.responsiveness.as_ref().map(|answered| answered.band) {
        Some(ResponsivenessBand::ThreeDays) => "; usually answers within 3 days",
        Some(ResponsivenessBand::Week) => "; usually answers within a week",
        Some(ResponsivenessBand::TwoWeeks) => "; usually answers within two weeks",
        Some(ResponsivenessBand::Slow) => "; usually takes longer than two weeks to answer",
        Some(ResponsivenessBand::New) | None => "",
    };
    let text = format!("{welcome}{answers}");
    explained.add(Factor::Readiness, readiness(profile).total(), text, Because::Readiness);
}

/// What a mentor says about their own standing; only a body can confirm it.
fn said(practice: &Practice) -> Option<String> {
    match practice.status {
        PracticeStatus::Trainee => {
            let programme = practice.programme.as_ref().map(|name| format!(" on {name}")).unwrap_or_default();
            let until = practice.ends_on.map(|day| format!(" until {day}")).unwrap_or_default();
            Some(format!("says trainee{programme}{until}"))
        }
        PracticeStatus::Qualified => Some("says qualified".to_owned()),
        PracticeStatus::ExperiencedUnaccredited => None,
    }
}

/// "a", "a and b", "a, b and c".
fn listed(items: &[&str]) -> String {
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}
