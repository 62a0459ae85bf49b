//! Names of languages and countries; what has no name in the texts is shown as its tag or code.

use crate::speech::Locale;

/// A language by its tag: `pt-BR` is "Portuguese (BR)".
pub(super) fn language(locale: Locale, tag: &str) -> String {
    let (primary, rest) = tag.split_once('-').map_or((tag, None), |(primary, rest)| (primary, Some(rest)));
    match (locale.known(&format!("language-{}", primary.to_ascii_lowercase())), rest) {
        (None, _) => tag.to_owned(),
        (Some(name), None) => name,
        (Some(name), Some(rest)) => format!("{name} ({rest})"),
    }
}

/// A country by its code.
pub(super) fn country(locale: Locale, code: &str) -> String {
    locale.known(&format!("country-{}", code.to_ascii_uppercase())).unwrap_or_else(|| code.to_owned())
}

/// Every language that has a name, by that name, to choose from.
pub(super) fn languages(locale: Locale) -> Vec<(&'static str, String)> {
    let mut named: Vec<_> = locale.names("language-").map(|tag| (tag, language(locale, tag))).collect();
    named.sort_by_key(|(_, name)| name.to_lowercase());
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_that_no_text_knows_are_shown_as_they_are() {
        assert_eq!(language(Locale::English, "pt-BR"), "Portuguese (BR)");
        assert_eq!(language(Locale::English, "ZH"), "Chinese");
        assert_eq!(language(Locale::French, "de"), "allemand");
        assert_eq!(language(Locale::English, "tlh"), "tlh");
        assert_eq!(country(Locale::English, "zz"), "zz");
        assert_eq!(country(Locale::English, "gb"), "United Kingdom");
        assert_eq!(country(Locale::German, "GB"), "Vereinigtes Königreich");
    }

    #[test]
    fn languages_to_choose_from_stand_in_the_order_of_their_names() {
        let german = languages(Locale::German);
        assert!(german.len() > 60 && german.is_sorted_by_key(|(_, name)| name.to_lowercase()), "{german:?}");
        assert!(german.contains(&("fr", "Französisch".to_owned())));
    }
}
