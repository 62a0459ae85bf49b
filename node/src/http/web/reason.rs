//! Why a mentor was found, as a sentence in the language of who searches. In English it is the interface's own.

use askama::filters::Safe;
use mentormesh_protocol::query::{Because, Reason};
use mentormesh_protocol::record::Profile;

use super::words;
use crate::speech::Locale;

/// The sentence, as HTML: words that somebody typed or wrote are escaped and keep their own direction.
pub(super) fn said(locale: Locale, profile: &Profile, reason: &Reason) -> Safe<String> {
    if locale == Locale::English {
        return locale.naming("why-readiness", &[("said", &reason.text)]);
    }
    let with = |id: &str, words: &[(&'static str, &str)]| locale.naming(id, words);
    match &reason.because {
        Because::Words { typed, read_as, places } => {
            let places: Vec<_> = places.iter().map(|place| words::word(locale, "place", place)).collect();
            let places = locale.listed(&places);
            match read_as.split_first() {
                None => with("why-words", &[("words", typed), ("places", &places)]),
                Some((reading, [])) => {
                    with("why-words-read", &[("words", typed), ("reading", reading), ("places", &places)])
                }
                Some((reading, _)) => {
                    with("why-words-alike", &[("words", typed), ("reading", reading), ("places", &places)])
                }
            }
        }
        Because::Together { typed } => {
            let quoted: Vec<_> = typed.iter().map(|pair| locale.with("quoted", &[("words", pair)])).collect();
            with("why-together", &[("words", &locale.listed(&quoted))])
        }
        Because::Skills { labels } => with("why-skills", &[("skills", &locale.listed(labels))]),
        Because::Language { tag, fluency } => {
            let (language, fluency) = (words::language(locale, tag), words::word(locale, "fluency", fluency.as_str()));
            with("why-language", &[("language", &language), ("fluency", &fluency)])
        }
        Because::Country => {
            let place = profile.area.as_ref().map(|area| words::place(locale, area));
            with("why-country", &[("place", &place.unwrap_or_default())])
        }
        Because::Offers { offers } => {
            let offers: Vec<_> = offers.iter().map(|offer| words::word(locale, "offer", offer.as_str())).collect();
            with("why-offers", &[("offers", &locale.listed(&offers))])
        }
        Because::Readiness => {
            let welcome = words::availability(locale, &profile.availability);
            let answers =
                profile.responsiveness.as_ref().map(|seen| words::word(locale, "answers", seen.band.as_str()));
            let said: Vec<_> = [Some(welcome), answers].into_iter().flatten().collect();
            with("why-readiness", &[("said", &said.join("; "))])
        }
        Because::Practice => {
            let practice = profile.practice.as_ref().map(|practice| words::practice(locale, practice));
            with("why-practice", &[("said", &practice.unwrap_or_default())])
        }
    }
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::query::Factor;
    use mentormesh_protocol::record::{Fluency, OfferKind};
    use mentormesh_protocol::testing;

    use super::*;

    /// What is read: the text without its tags.
    fn read(locale: Locale, because: Because) -> String {
        let profile = testing::mentor("Ada", "Press work");
        let reason =
            Reason { factor: Factor::Development, points: 1.0, text: "as the node <says> it".to_owned(), because };
        said(locale, &profile, &reason).0.replace("<bdi>", "").replace("</bdi>", "")
    }

    #[test]
    fn a_reason_is_worded_in_the_language_of_who_searches() {
        let words = |read_as: &[&str]| Because::Words {
            typed: "socal media".to_owned(),
            read_as: read_as.iter().map(|word| (*word).to_owned()).collect(),
            places: vec!["skills".to_owned(), "headline".to_owned()],
        };
        let found = Locale::ALL.map(|locale| read(locale, words(&[])));
        assert_eq!(
            found,
            [
                "as the node &#60;says&#62; it",
                "„socal media“ steht in Kenntnisse und Überschrift",
                "« socal media » se trouve dans compétences et titre",
                "«socal media» aparece en habilidades y titular",
            ]
        );
        assert!(read(Locale::German, words(&["social"])).contains("gelesen als „social“"));
        assert!(read(Locale::French, words(&["social", "local"])).contains("ou un mot proche"));
        let language = Because::Language { tag: "fr".to_owned(), fluency: Fluency::Native };
        assert_eq!(read(Locale::German, language), "spricht Französisch (Muttersprache)");
        let offers = Because::Offers { offers: vec![OfferKind::Intro15, OfferKind::Peer] };
        assert!(read(Locale::Spanish, offers).starts_with("ofrece"));
    }

    #[test]
    fn what_was_typed_is_text_in_every_sentence() {
        let typed = vec!["<b>x</b>".to_owned()];
        for locale in [Locale::German, Locale::French, Locale::Spanish] {
            for because in [
                Because::Together { typed: typed.clone() },
                Because::Skills { labels: typed.clone() },
                Because::Words { typed: "<b>x</b>".to_owned(), read_as: typed.clone(), places: Vec::new() },
            ] {
                let html = read(locale, because);
                assert!(html.contains("&#60;b&#62;x") && !html.contains("<b>"), "{html}");
            }
        }
    }
}
