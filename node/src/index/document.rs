//! What of a profile is searched, where, and how much a place weighs; and the document made of it.
//!
//! Reasons read the same passages by the same rules, so that what a hit says of itself is what the index counted.

use std::collections::BTreeSet;

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::key::sha256;
use mentormesh_protocol::record::{PracticeStatus, Profile, ProfileId};
use tantivy::TantivyDocument;

use super::ask::Filter;
use super::fold::{Piece, fold, pieces};
use super::place::{ByTier, Place, Tier};
use super::points::{is_available, is_fluent, readiness};
use super::schema::{Layout, SEPARATOR};
use super::stem::{Stems, languages_of, primary};
use super::words::is_filler;

/// How far apart two words of one passage may stand and still count as together.
const TOGETHER_WITHIN: usize = 3;

/// A profile as the index takes it.
#[derive(Clone, Copy, Debug)]
pub struct ProfileDocument<'p> {
    /// Its id.
    pub id: ProfileId,
    /// What the mentor shows.
    pub profile: &'p Profile,
    /// When it stops standing.
    pub expires_at: Timestamp,
    /// Whether the open web may see it.
    pub open_web: bool,
}

/// The terms of one passage.
#[derive(Clone, Debug)]
pub(crate) struct Passage {
    /// Where it is.
    pub(crate) place: Place,
    /// Its folded words, and the characters and pairs of its runs.
    pub(crate) words: BTreeSet<String>,
    /// The stems of its words.
    pub(crate) stems: BTreeSet<String>,
    /// The pairs of its words, when it is a short one.
    pub(crate) together: BTreeSet<String>,
}

impl Passage {
    pub(crate) fn new(place: Place, found: &[Piece], languages: &[&str], stems: &mut Stems) -> Self {
        let spoken: Vec<&str> = found.iter().filter(|piece| !piece.run).map(|piece| piece.text.as_str()).collect();
        let mut words: BTreeSet<String> = spoken.iter().copied().map(str::to_owned).collect();
        words.extend(found.iter().filter(|piece| piece.run).flat_map(Piece::grams));
        let mut together = BTreeSet::new();
        let content = || spoken.iter().map(|word| !is_filler(word));
        let mut pair_up = |forms: &[&str]| {
            if place.is_short() {
                let kept: Vec<&str> =
                    forms.iter().zip(content()).filter(|(_, kept)| *kept).map(|(form, _)| *form).collect();
                together.extend(pairs(&kept));
            }
        };
        pair_up(&spoken);
        let mut all_stems = BTreeSet::new();
        for language in languages {
            let stems = stems.of(language, &spoken);
            pair_up(&stems.iter().map(String::as_str).collect::<Vec<_>>());
            all_stems.extend(stems);
        }
        Self { place, words, stems: all_stems, together }
    }
}

/// Every passage of a profile that is searched, with its place.
pub(crate) fn passages(profile: &Profile) -> Vec<(Place, &str)> {
    let mut all: Vec<(Place, &str)> = vec![(Place::Name, &profile.display_name), (Place::Headline, &profile.headline)];
    all.extend(profile.knows_about.iter().map(|skill| (Place::Skills, skill.label.as_str())));
    all.extend(profile.helps_with.iter().map(|word| (Place::HelpsWith, word.as_str())));
    all.extend(profile.tags.iter().map(|tag| (Place::Tags, tag.as_str())));
    all.push((Place::Summary, &profile.summary));
    all.extend(profile.sectors.iter().map(|sector| (Place::Sectors, sector.as_str())));
    all.push((Place::Bio, &profile.bio));
    all.extend(profile.mentee_fit.iter().map(|fit| (Place::Fit, fit.as_str())));
    if let Some(practice) = &profile.practice {
        let texts = practice.programme.iter().chain(&practice.award_sought);
        all.extend(texts.map(|text| (Place::Programme, text.as_str())));
    }
    all.extend(profile.employer_name.iter().map(|employer| (Place::Employer, employer.as_str())));
    let region = profile.area.as_ref().and_then(|area| area.region.as_deref());
    all.extend(region.map(|region| (Place::Region, region)));
    all.retain(|(_, text)| !text.is_empty());
    all
}

/// The key by which labels of skills are one: folded words with single spaces.
pub(crate) fn label_key(label: &str) -> String {
    let words: Vec<_> = pieces(label).into_iter().map(|piece| piece.text).collect();
    if words.is_empty() { fold(label) } else { words.join(" ") }
}

/// The languages a profile's words are stemmed in.
pub(crate) fn stemmed_in(profile: &Profile) -> Vec<&'static str> {
    languages_of(profile.languages.iter().map(|language| language.tag.as_str()))
}

/// The pairs that words near each other form, as terms.
fn pairs(words: &[&str]) -> Vec<String> {
    let mut pairs = Vec::new();
    for (at, left) in words.iter().enumerate() {
        pairs.extend(words.iter().skip(at + 1).take(TOGETHER_WITHIN).map(|right| pair(left, right)));
    }
    pairs
}

/// One pair as a term; both orders are one.
pub(crate) fn pair(left: &str, right: &str) -> String {
    let (first, second) = if left <= right { (left, right) } else { (right, left) };
    format!("{first}{SEPARATOR}{second}")
}

impl ProfileDocument<'_> {
    /// The document, with everything that is searched, filtered by and counted.
    pub(super) fn document(&self, layout: &Layout, stems: &mut Stems) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_text(layout.fields.profile, self.id.to_string());
        self.add_words(&mut document, layout, stems);
        self.add_filters(&mut document, layout);
        let columns = &layout.columns;
        document.add_text(columns.organisation, self.id.organisation.to_string());
        document.add_u64(columns.expires_at, self.expires_at.0);
        document.add_u64(columns.readiness, u64::from(readiness(self.profile).total()));
        document.add_u64(columns.lot, lot(&self.id));
        document.add_u64(columns.open_web, u64::from(self.open_web));
        document
    }

    fn add_words(&self, document: &mut TantivyDocument, layout: &Layout, stems: &mut Stems) {
        let languages = stemmed_in(self.profile);
        let mut words: ByTier<BTreeSet<String>> = ByTier::default();
        let mut stemmed: ByTier<BTreeSet<String>> = ByTier::default();
        let mut together = BTreeSet::new();
        for (place, text) in passages(self.profile) {
            let found = pieces(text);
            document.add_text(layout.fields.phrases, positions(&found));
            let passage = Passage::new(place, &found, &languages, stems);
            words.of_mut(place.tier()).extend(passage.words);
            stemmed.of_mut(place.tier()).extend(passage.stems);
            together.extend(passage.together);
        }
        for tier in Tier::ALL {
            document.add_text(*layout.fields.words.of(tier), joined(words.of(tier)));
            document.add_text(*layout.fields.stems.of(tier), joined(stemmed.of(tier)));
        }
        document.add_text(layout.fields.together, joined(&together));
        for language in languages {
            document.add_text(layout.fields.filters, Filter::Stemmed(language).term());
        }
    }

    fn add_filters(&self, document: &mut TantivyDocument, layout: &Layout) {
        let profile = self.profile;
        let mut terms = BTreeSet::new();
        let mut facets = BTreeSet::new();
        for skill in &profile.knows_about {
            let key = label_key(&skill.label);
            terms.insert(Filter::Skill(&key).term());
            facets.insert(format!("skill{SEPARATOR}{}{SEPARATOR}{key}", skill.label));
        }
        for language in &profile.languages {
            let tags = [language.tag.to_lowercase(), primary(&language.tag)];
            for tag in &tags {
                terms.insert(Filter::Language(tag).term());
                if is_fluent(language.fluency) {
                    terms.insert(Filter::Fluent(tag).term());
                }
            }
            facets.insert(format!("language{SEPARATOR}{}", primary(&language.tag)));
        }
        if let Some(area) = &profile.area {
            terms.insert(Filter::Country(&area.country.to_uppercase()).term());
            facets.insert(format!("country{SEPARATOR}{}", area.country.to_uppercase()));
        }
        for offer in &profile.offers {
            terms.insert(Filter::Offer(offer.kind).term());
            facets.insert(format!("offer{SEPARATOR}{}", offer.kind));
        }
        let trainee = profile.practice.as_ref().is_some_and(|practice| practice.status == PracticeStatus::Trainee);
        let available = is_available(profile);
        terms.insert(Filter::Trainee(trainee).term());
        terms.insert(Filter::Available(available).term());
        facets.insert(format!("trainee{SEPARATOR}{trainee}"));
        facets.insert(format!("available{SEPARATOR}{available}"));
        terms.iter().for_each(|term| document.add_text(layout.fields.filters, term));
        facets.iter().for_each(|facet| document.add_text(layout.columns.facets, facet));
    }
}

/// The words of a passage by position; a run gives one position a character, so that a phrase can be read in it.
pub(super) fn positions(found: &[Piece]) -> String {
    let mut words = Vec::new();
    for piece in found {
        if piece.run {
            words.extend(piece.text.chars().map(|c| c.to_string()));
        } else {
            words.push(piece.text.clone());
        }
    }
    words.join(" ")
}

/// A profile's lot: what decides among equals, shuffled anew every day, so that no name or age wins for ever.
fn lot(id: &ProfileId) -> u64 {
    let mut bytes = id.organisation.0.to_vec();
    bytes.extend_from_slice(&id.subject.0);
    u64::from_be_bytes(sha256(&bytes).first_chunk::<8>().copied().unwrap_or_default())
}

fn joined(words: &BTreeSet<String>) -> String {
    words.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
}
