//! The languages there are, and which of them a browser asks for.

/// A language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Locale {
    English,
    German,
    French,
    Spanish,
}

/// Ranges of an `Accept-Language` that are read; nobody reads more languages than that.
const RANGES: usize = 20;

impl Locale {
    pub(crate) const ALL: [Self; 4] = [Self::English, Self::German, Self::French, Self::Spanish];

    /// Its tag (BCP 47).
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
        }
    }

    /// Its name, in itself: who looks for it may read no other.
    pub(crate) const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::French => "Français",
            Self::Spanish => "Español",
        }
    }

    /// The language of a tag, whatever its region: `de-CH` is German.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag).trim();
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(primary))
    }

    /// What `Accept-Language` prefers among ours; English where it names none of them.
    pub(crate) fn preferred(accept: &str) -> Self {
        let mut best = None;
        for (locale, weight) in accept.split(',').take(RANGES).filter_map(range) {
            if best.is_none_or(|(_, most)| weight > most) {
                best = Some((locale, weight));
            }
        }
        best.map_or(Self::English, |(locale, _)| locale)
    }
}

/// One range that we speak, and its weight; a weight of zero is a refusal.
fn range(text: &str) -> Option<(Locale, f32)> {
    let mut parts = text.split(';').map(str::trim);
    let locale = Locale::of_tag(parts.next()?)?;
    let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |weight| weight.parse().ok())?;
    (weight > 0.0 && weight <= 1.0).then_some((locale, weight))
}
