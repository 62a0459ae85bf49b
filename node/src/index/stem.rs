//! The stems of words, by language.
//!
//! A profile's words are stemmed in the languages its mentor listed (English when none of them is known here), a
//! query's in every language that some profile was stemmed in. A stem carries its language, so that an English "die"
//! never meets a German one.

use std::collections::HashMap;

use tantivy::tokenizer::{Language, Stemmer, TextAnalyzer, TokenStream, WhitespaceTokenizer};

/// Words whose stem is remembered in each language: people use few, and stemming is most of what a word costs. When
/// it is full it starts anew.
const REMEMBERED: usize = 20_000;

/// Languages of one profile that its words are stemmed in; a profile may list more.
const LANGUAGES_OF_A_PROFILE: usize = 4;

/// Every language that can be stemmed, by primary subtag.
const LANGUAGES: [(&str, Language); 18] = [
    ("ar", Language::Arabic),
    ("da", Language::Danish),
    ("de", Language::German),
    ("el", Language::Greek),
    ("en", Language::English),
    ("es", Language::Spanish),
    ("fi", Language::Finnish),
    ("fr", Language::French),
    ("hu", Language::Hungarian),
    ("it", Language::Italian),
    ("nl", Language::Dutch),
    ("no", Language::Norwegian),
    ("pt", Language::Portuguese),
    ("ro", Language::Romanian),
    ("ru", Language::Russian),
    ("sv", Language::Swedish),
    ("ta", Language::Tamil),
    ("tr", Language::Turkish),
];

/// The stemmers, made once for each writer and each search, each when its language is first met: they keep a buffer of
/// their own.
#[derive(Clone, Default)]
pub(crate) struct Stems(HashMap<&'static str, Known>);

/// One language's stemmer, and the stems it gave.
#[derive(Clone)]
struct Known {
    analyser: TextAnalyzer,
    stems: HashMap<String, String>,
}

impl std::fmt::Debug for Stems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stems")
    }
}

impl Stems {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The stems of folded words in one language, each as `<language>:<stem>`, in the order of the words.
    pub(crate) fn of(&mut self, language: &str, words: &[&str]) -> Vec<String> {
        let Some((tag, language)) = LANGUAGES.iter().find(|(tag, _)| *tag == language) else { return Vec::new() };
        let known = self.0.entry(tag).or_insert_with(|| Known::new(*language));
        words.iter().map(|word| known.stem(tag, word)).collect()
    }
}

impl Known {
    fn new(language: Language) -> Self {
        let tokens = TextAnalyzer::builder(WhitespaceTokenizer::default());
        Self { analyser: tokens.filter(Stemmer::new(language)).build(), stems: HashMap::new() }
    }

    fn stem(&mut self, tag: &str, word: &str) -> String {
        if let Some(stem) = self.stems.get(word) {
            return stem.clone();
        }
        let mut stem = format!("{tag}:");
        self.analyser.token_stream(word).process(&mut |token| stem.push_str(&token.text));
        if self.stems.len() >= REMEMBERED {
            self.stems.clear();
        }
        self.stems.insert(word.to_owned(), stem.clone());
        stem
    }
}

/// Every language that can be stemmed.
pub(crate) fn languages() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().map(|(tag, _)| *tag)
}

/// The languages that a profile with these language tags is stemmed in.
pub(crate) fn languages_of<'t>(tags: impl Iterator<Item = &'t str>) -> Vec<&'static str> {
    let mut known: Vec<&'static str> = Vec::new();
    for tag in tags {
        let primary = primary(tag);
        let primary = if matches!(primary.as_str(), "nb" | "nn") { "no" } else { primary.as_str() };
        let found = languages().find(|language| *language == primary);
        if let Some(language) = found.filter(|language| !known.contains(language)) {
            known.push(language);
        }
    }
    known.truncate(LANGUAGES_OF_A_PROFILE);
    if known.is_empty() { vec!["en"] } else { known }
}

/// The primary subtag of a language tag: `en` of `en-GB`.
pub(crate) fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem_in_their_language_alone() {
        let mut stems = Stems::new();
        assert_eq!(stems.of("en", &["mentoring", "mentors"]), ["en:mentor", "en:mentor"]);
        assert_eq!(stems.of("fr", &["formations"]), stems.of("fr", &["formation"]));
        assert!(stems.of("xx", &["word"]).is_empty());
    }

    #[test]
    fn a_profile_without_a_known_language_is_read_as_english() {
        assert_eq!(languages_of(["cy", "tlh"].into_iter()), ["en"]);
        assert_eq!(languages_of(["nb-NO", "de-AT", "de"].into_iter()), ["no", "de"]);
    }
}
