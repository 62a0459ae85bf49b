//! The closed vocabularies as people say them, in the language of who reads. What a mentor says of themselves begins
//! with "says".

use mentormesh_protocol::record::{
    Area, Availability, AvailabilityStatus, HoursBand, Offer, OfferKind, Practice, PracticeStatus,
};
use mentormesh_protocol::{Date, Timestamp};

pub(super) use super::names::{country, language, languages};
use crate::speech::Locale;

/// Region and country.
pub(super) fn place(locale: Locale, area: &Area) -> String {
    let country = country(locale, &area.country);
    area.region.as_ref().map_or_else(|| country.clone(), |region| format!("{region}, {country}"))
}

/// A day as people write it.
pub(super) fn day(locale: Locale, date: Date) -> String {
    locale.day(date)
}

/// The day of a moment, in UTC.
pub(super) fn moment(locale: Locale, at: Timestamp) -> String {
    locale.moment(at)
}

/// A moment to the minute, in UTC.
pub(super) fn minute(locale: Locale, at: Timestamp) -> String {
    let minutes = at.0 / 60_000;
    let time = format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
    locale.with("minute", &[("day", &moment(locale, at)), ("time", &time)])
}

/// Points as people write a number.
pub(super) fn points(locale: Locale, points: f64) -> String {
    let text = format!("{points:.1}");
    text.strip_suffix(".0").map_or_else(|| text.replace('.', &locale.say("decimal-sign")), ToOwned::to_owned)
}

/// A word that is known by a name in the texts, or of the mentor's own, as people read it.
pub(super) fn plain(locale: Locale, kind: &str, word: &str) -> String {
    locale.known(&format!("{kind}-{word}")).unwrap_or_else(|| {
        let mut text = word.replace('_', " ");
        if let Some(first) = text.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        text
    })
}

/// A word of a closed vocabulary.
pub(super) fn word(locale: Locale, kind: &str, word: &str) -> String {
    locale.say(&format!("{kind}-{word}"))
}

/// An offer in one line.
pub(super) fn offer(locale: Locale, offer: &Offer) -> String {
    let mut parts = vec![word(locale, "offer", offer.kind.as_str())];
    let minutes = offer.minutes.filter(|_| offer.kind != OfferKind::Intro15);
    parts.extend(minutes.map(|minutes| locale.count("offer-minutes", minutes.into())));
    parts.extend(offer.meetings_per_month.map(|meetings| locale.count("offer-monthly", meetings.into())));
    parts.extend(offer.group_max.map(|most| locale.count("offer-most", most.into())));
    parts.extend(offer.fee.map(|fee| word(locale, "fee", fee.as_str())));
    parts.extend(offer.fee_note.clone());
    parts.join(" · ")
}

/// Whether requests are welcome.
pub(super) fn availability(locale: Locale, availability: &Availability) -> String {
    let mut parts = vec![match availability.status {
        AvailabilityStatus::Accepting => locale.count("availability-accepting", availability.places.into()),
        AvailabilityStatus::Waitlist | AvailabilityStatus::Paused | AvailabilityStatus::Closed => {
            word(locale, "availability", availability.status.as_str())
        }
    }];
    parts.extend(availability.from.map(|from| locale.with("availability-from", &[("day", &day(locale, from))])));
    parts.extend(availability.until.map(|until| locale.with("availability-until", &[("day", &day(locale, until))])));
    parts.join(", ")
}

/// Whether a free place welcomes requests, for the colour of the line that says so.
pub(super) fn is_ready(availability: &Availability) -> bool {
    availability.status == AvailabilityStatus::Accepting && availability.places > 0
}

/// What a mentor says of their standing in the profession; never a badge, because no body has confirmed it.
pub(super) fn practice(locale: Locale, practice: &Practice) -> String {
    let mut parts = vec![match (practice.status, &practice.programme) {
        (PracticeStatus::Qualified, _) => locale.say("practice-qualified"),
        (PracticeStatus::ExperiencedUnaccredited, _) => locale.say("practice-experienced"),
        (PracticeStatus::Trainee, Some(programme)) => locale.with("practice-trainee-on", &[("programme", programme)]),
        (PracticeStatus::Trainee, None) => locale.say("practice-trainee"),
    }];
    parts.extend(practice.award_sought.as_ref().map(|award| locale.with("practice-award", &[("award", award)])));
    parts.extend(practice.ends_on.map(|ends_on| locale.with("practice-until", &[("day", &day(locale, ends_on))])));
    parts.extend(
        practice.supervised.map(|yes| locale.say(if yes { "practice-supervised" } else { "practice-unsupervised" })),
    );
    parts.extend(practice.hours_band.map(|band| locale.with("practice-hours", &[("hours", &locale.say(hours(band)))])));
    parts.join(", ")
}

const fn hours(band: HoursBand) -> &'static str {
    match band {
        HoursBand::Under10 => "hours-0",
        HoursBand::From10 => "hours-10",
        HoursBand::From25 => "hours-25",
        HoursBand::From50 => "hours-50",
        HoursBand::From100 => "hours-100",
        HoursBand::From250 => "hours-250",
    }
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::record::{
        Fee, Fluency, HELPS_WITH, Knowing, Level, Mode, ResponsivenessBand, Scope, Style,
    };

    use super::*;

    #[test]
    fn points_have_the_sign_of_the_language() {
        assert_eq!(points(Locale::English, 77.5), "77.5");
        assert_eq!(points(Locale::German, 77.5), "77,5");
        assert_eq!(points(Locale::French, 15.0), "15");
    }

    #[test]
    fn what_a_trainee_says_begins_with_says() {
        let trainee = Practice {
            status: PracticeStatus::Trainee,
            programme: Some("Mentor Foundation".to_owned()),
            award_sought: None,
            ends_on: "2027-03-01".parse().ok(),
            supervised: Some(true),
            hours_band: None,
        };
        let said = practice(Locale::English, &trainee);
        assert_eq!(said, "says: trainee mentor on Mentor Foundation, until 1 March 2027, supervised");
    }

    #[test]
    fn a_word_that_begins_with_another_script_is_left_alone() {
        assert_eq!(plain(Locale::English, "helps", "career_development"), "Career development");
        assert_eq!(plain(Locale::English, "helps", "writing_well"), "Writing well");
        assert_eq!(plain(Locale::English, "helps", "écriture"), "écriture");
        assert_eq!(plain(Locale::English, "helps", ""), "");
    }

    fn named<W: ToString>(kind: &str, words: &[W]) -> Vec<String> {
        words.iter().map(|word| format!("{kind}-{}", word.to_string())).collect()
    }

    #[test]
    fn every_word_of_every_vocabulary_is_said_in_every_language() {
        let mut names = Vec::new();
        names.extend(named("offer", OfferKind::ALL));
        names.extend(named("kind", OfferKind::ALL));
        names.extend(named("fee", Fee::ALL));
        names.extend(named("fluency", Fluency::ALL));
        names.extend(named("level", Level::ALL));
        names.extend(named("mode", Mode::ALL));
        names.extend(named("scope", Scope::ALL));
        names.extend(named("style", Style::ALL));
        names.extend(named("knowing", Knowing::ALL));
        names.extend(named("answers", ResponsivenessBand::ALL));
        names.extend(named("availability", AvailabilityStatus::ALL));
        names.extend(named("helps", &HELPS_WITH));
        names.extend(named("help", &HELPS_WITH));
        names.extend(HoursBand::ALL.iter().map(|band| hours(*band).to_owned()));
        for locale in Locale::ALL {
            let missing: Vec<_> = names.iter().filter(|name| locale.known(name).is_none()).collect();
            assert!(missing.is_empty(), "{locale:?} lacks {missing:?}");
        }
    }
}
