//! What the pages say, by name: messages in files of Project Fluent's form, which knows how each language counts.
//!
//! Texts hold no markup. Where a name or a link stands in a sentence, it is put in here, escaped and set apart from
//! the direction of the words around it. The only place that names the library.

use std::sync::LazyLock;

use askama::filters::Safe;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::locale::Locale;

type Bundle = FluentBundle<FluentResource>;

/// What stands for a value until the sentence around it is escaped: characters that no text of ours has.
const SLOTS: [&str; 3] = ["\u{E000}", "\u{E001}", "\u{E002}"];

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::English));
static GERMAN: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::German));
static FRENCH: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::French));
static SPANISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::Spanish));

/// The files of a language, one for each room of pages, and what languages and countries are called.
pub(super) const fn texts(locale: Locale) -> [&'static str; 8] {
    match locale {
        Locale::English => [
            include_str!("texts/pages.en.ftl"),
            include_str!("texts/names.en.ftl"),
            include_str!("texts/account.en.ftl"),
            include_str!("texts/asking.en.ftl"),
            include_str!("texts/listing.en.ftl"),
            include_str!("texts/mail.en.ftl"),
            include_str!("texts/rights.en.ftl"),
            include_str!("texts/slots.en.ftl"),
        ],
        Locale::German => [
            include_str!("texts/pages.de.ftl"),
            include_str!("texts/names.de.ftl"),
            include_str!("texts/account.de.ftl"),
            include_str!("texts/asking.de.ftl"),
            include_str!("texts/listing.de.ftl"),
            include_str!("texts/mail.de.ftl"),
            include_str!("texts/rights.de.ftl"),
            include_str!("texts/slots.de.ftl"),
        ],
        Locale::French => [
            include_str!("texts/pages.fr.ftl"),
            include_str!("texts/names.fr.ftl"),
            include_str!("texts/account.fr.ftl"),
            include_str!("texts/asking.fr.ftl"),
            include_str!("texts/listing.fr.ftl"),
            include_str!("texts/mail.fr.ftl"),
            include_str!("texts/rights.fr.ftl"),
            include_str!("texts/slots.fr.ftl"),
        ],
        Locale::Spanish => [
            include_str!("texts/pages.es.ftl"),
            include_str!("texts/names.es.ftl"),
            include_str!("texts/account.es.ftl"),
            include_str!("texts/asking.es.ftl"),
            include_str!("texts/listing.es.ftl"),
            include_str!("texts/mail.es.ftl"),
            include_str!("texts/rights.es.ftl"),
            include_str!("texts/slots.es.ftl"),
        ],
    }
}

/// What can be read of them: a test sees to it that this is everything, and everything once.
fn bundle(locale: Locale) -> Bundle {
    let mut bundle = Bundle::new_concurrent(locale.tag().parse().into_iter().collect());
    // Marks of direction are put in as elements of the page, where they are needed.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match locale {
        Locale::English => |value, _| number(Locale::English, value),
        Locale::German => |value, _| number(Locale::German, value),
        Locale::French => |value, _| number(Locale::French, value),
        Locale::Spanish => |value, _| number(Locale::Spanish, value),
    }));
    for text in texts(locale) {
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(readable, _)| readable);
        bundle.add_resource(resource).ok();
    }
    bundle
}

/// A number that stands in a message; texts are left alone.
fn number(locale: Locale, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    number.as_string().parse().ok().map(|number| locale.number(number))
}

impl Locale {
    fn bundle(self) -> &'static Bundle {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
            Self::French => &FRENCH,
            Self::Spanish => &SPANISH,
        }
    }

    fn format(self, id: &str, values: Option<&FluentArgs<'_>>) -> Option<String> {
        let bundle = self.bundle();
        let pattern = bundle.get_message(id)?.value()?;
        Some(bundle.format_pattern(pattern, values, &mut Vec::new()).into_owned())
    }

    /// What follows `prefix` in the names of messages that begin with it.
    pub(crate) fn names(self, prefix: &'static str) -> impl Iterator<Item = &'static str> {
        let lines = texts(self).into_iter().flat_map(str::lines);
        lines.filter_map(move |line| line.strip_prefix(prefix)?.split_once(" =").map(|(name, _)| name))
    }

    /// A message if there is one of this name: names are also made from words that mentors write.
    pub(crate) fn known(self, id: &str) -> Option<String> {
        self.format(id, None)
    }

    /// A message.
    pub(crate) fn say(self, id: &str) -> String {
        self.known(id).unwrap_or_else(|| id.to_owned())
    }

    /// A message about a number of something.
    pub(crate) fn count(self, id: &str, count: u64) -> String {
        let mut values = FluentArgs::new();
        values.set("count", count);
        self.format(id, Some(&values)).unwrap_or_else(|| id.to_owned())
    }

    /// A message with words in it, as text.
    pub(crate) fn with(self, id: &str, words: &[(&'static str, &str)]) -> String {
        let values = words.iter().copied().collect::<FluentArgs<'_>>();
        self.format(id, Some(&values)).unwrap_or_else(|| id.to_owned())
    }

    /// A message with words in it that somebody else wrote, as HTML: escaped, and read in their own direction.
    pub(crate) fn naming(self, id: &str, words: &[(&'static str, &str)]) -> Safe<String> {
        let slots: Vec<_> = words.iter().zip(SLOTS).map(|((name, _), slot)| (*name, slot)).collect();
        let mut html = escaped(&self.with(id, &slots));
        for ((_, word), slot) in words.iter().zip(SLOTS) {
            // Nobody's words may stand for another's.
            let word: String =
                word.chars().filter(|letter| !SLOTS.iter().any(|slot| slot.starts_with(*letter))).collect();
            html = html.replace(slot, &format!("<bdi>{}</bdi>", escaped(&word)));
        }
        Safe(html)
    }

    /// A message of which the words between brackets lead somewhere, as HTML.
    pub(crate) fn linked(self, id: &str, address: &str) -> Safe<String> {
        let start = format!("<a href=\"{}\">", escaped(address));
        Safe(escaped(&self.say(id)).replace('[', &start).replace(']', "</a>"))
    }
}

/// Text as HTML, in elements and attributes.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&#38;"),
            '<' => html.push_str("&#60;"),
            '>' => html.push_str("&#62;"),
            '"' => html.push_str("&#34;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}
