//! What languages and offers are called in a sentence. A language without a name here is called by its tag.

use mentormesh_protocol::record::{Offer, OfferKind};

use crate::index::primary;

const LANGUAGES: [(&str, &str); 48] = [
    ("ar", "Arabic"),
    ("bg", "Bulgarian"),
    ("bn", "Bengali"),
    ("ca", "Catalan"),
    ("cs", "Czech"),
    ("cy", "Welsh"),
    ("da", "Danish"),
    ("de", "German"),
    ("el", "Greek"),
    ("en", "English"),
    ("es", "Spanish"),
    ("et", "Estonian"),
    ("eu", "Basque"),
    ("fa", "Persian"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("ga", "Irish"),
    ("gd", "Scottish Gaelic"),
    ("gl", "Galician"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hr", "Croatian"),
    ("hu", "Hungarian"),
    ("id", "Indonesian"),
    ("is", "Icelandic"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("lt", "Lithuanian"),
    ("lv", "Latvian"),
    ("mt", "Maltese"),
    ("nl", "Dutch"),
    ("no", "Norwegian"),
    ("nb", "Norwegian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sk", "Slovak"),
    ("sl", "Slovene"),
    ("sv", "Swedish"),
    ("sw", "Swahili"),
    ("ta", "Tamil"),
    ("th", "Thai"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("vi", "Vietnamese"),
    ("zh", "Chinese"),
];

/// A language, by its name where it has one here.
pub(super) fn language(tag: &str) -> String {
    let primary = primary(tag);
    let name = LANGUAGES.iter().find(|(known, _)| *known == primary).map(|(_, name)| *name);
    match name {
        Some(name) if primary.len() == tag.len() => name.to_owned(),
        Some(name) => format!("{name} ({tag})"),
        None => tag.to_owned(),
    }
}

/// An offer.
pub(super) fn offer(offer: &Offer) -> String {
    let what = match offer.kind {
        OfferKind::Intro15 => "one short conversation",
        OfferKind::Micro => "one to three meetings",
        OfferKind::Standard => "three to twelve months",
        OfferKind::OpenEnded => "mentoring without a planned end",
        OfferKind::Peer => "mentoring between peers",
        OfferKind::Reverse => "reverse mentoring",
        OfferKind::Group => "a group",
    };
    offer.minutes.map_or_else(|| what.to_owned(), |minutes| format!("{what} ({minutes} minutes)"))
}
