//! The closed vocabularies as people say them, in English. What a mentor says of themselves begins with "says".

use mentormesh_protocol::record::{
    Area, Availability, AvailabilityStatus, Fee, Fluency, HoursBand, Knowing, Level, Mode, Offer, OfferKind, Practice,
    PracticeStatus, ResponsivenessBand, Scope, Style,
};
use mentormesh_protocol::{Date, Timestamp};

pub(super) use super::names::{country, language};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Region and country.
pub(super) fn place(area: &Area) -> String {
    let country = country(&area.country);
    area.region.as_ref().map_or_else(|| country.clone(), |region| format!("{region}, {country}"))
}

/// A day as people write it.
pub(super) fn day(date: Date) -> String {
    let text = date.to_string();
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let month = month.and_then(|month| month.parse::<usize>().ok()).and_then(|month| MONTHS.get(month.checked_sub(1)?));
    match (year, month, day) {
        (Some(year), Some(month), Some(day)) => format!("{} {month} {year}", day.trim_start_matches('0')),
        _ => text,
    }
}

/// The day of a moment, in UTC.
pub(super) fn moment(at: Timestamp) -> String {
    day(at.date())
}

/// A word of a vocabulary or of the mentor's own, as people read it.
pub(super) fn plain(word: &str) -> String {
    let mut text = word.replace('_', " ");
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// What is offered.
pub(super) const fn offer_kind(kind: OfferKind) -> &'static str {
    match kind {
        OfferKind::Intro15 => "A 15-minute conversation",
        OfferKind::Micro => "One to three meetings",
        OfferKind::Standard => "Three to twelve months",
        OfferKind::OpenEnded => "Open-ended",
        OfferKind::Peer => "Peer mentoring",
        OfferKind::Reverse => "Reverse mentoring",
        OfferKind::Group => "A group",
    }
}

/// An offer in one line.
pub(super) fn offer(offer: &Offer) -> String {
    let mut parts = vec![offer_kind(offer.kind).to_owned()];
    parts.extend(
        offer.minutes.filter(|_| offer.kind != OfferKind::Intro15).map(|minutes| format!("{minutes} minutes each")),
    );
    parts.extend(offer.meetings_per_month.map(|meetings| format!("{meetings} a month")));
    parts.extend(offer.group_max.map(|most| format!("up to {most} people")));
    parts.extend(offer.fee.map(|fee| {
        let fee = match fee {
            Fee::Free => "free of charge",
            Fee::Expenses => "expenses only",
            Fee::Paid => "for a fee",
            Fee::Sliding => "fee by means",
        };
        fee.to_owned()
    }));
    parts.extend(offer.fee_note.clone());
    parts.join(" · ")
}

/// How well a language is spoken.
pub(super) const fn fluency(fluency: Fluency) -> &'static str {
    match fluency {
        Fluency::Native => "native",
        Fluency::Fluent => "fluent",
        Fluency::Working => "working",
    }
}

/// How much is known.
pub(super) const fn level(level: Level) -> &'static str {
    match level {
        Level::Beginner => "beginnings",
        Level::Average => "well",
        Level::Expert => "thoroughly",
    }
}

/// How meetings happen.
pub(super) const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Video => "by video",
        Mode::Phone => "by telephone",
        Mode::InPerson => "in person",
        Mode::Text => "in writing",
    }
}

/// How far a mentor looks.
pub(super) const fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Local => "mentees nearby",
        Scope::Regional => "mentees in the region",
        Scope::National => "mentees in the country",
        Scope::International => "mentees anywhere",
    }
}

/// How a mentor works.
pub(super) const fn style(style: Style) -> &'static str {
    match style {
        Style::Listening => "listening",
        Style::Challenging => "challenging",
        Style::Sponsoring => "opening doors",
        Style::Teaching => "teaching",
        Style::Coaching => "coaching",
        Style::SharingExperience => "sharing experience",
    }
}

/// What sort of knowledge.
pub(super) const fn knowing(knowing: Knowing) -> &'static str {
    match knowing {
        Knowing::Why => "knowing why: purpose and direction",
        Knowing::How => "knowing how: skills and practice",
        Knowing::Whom => "knowing whom: people and networks",
    }
}

/// How soon requests were answered.
pub(super) const fn responsiveness(band: ResponsivenessBand) -> &'static str {
    match band {
        ResponsivenessBand::New => "too few requests so far to say how soon",
        ResponsivenessBand::ThreeDays => "usually answers within 3 days",
        ResponsivenessBand::Week => "usually answers within a week",
        ResponsivenessBand::TwoWeeks => "usually answers within two weeks",
        ResponsivenessBand::Slow => "usually takes longer than two weeks to answer",
    }
}

/// Whether requests are welcome.
pub(super) fn availability(availability: &Availability) -> String {
    let mut text = match (availability.status, availability.places) {
        (AvailabilityStatus::Accepting, 0) => "Welcomes requests, no place free now".to_owned(),
        (AvailabilityStatus::Accepting, 1) => "Welcomes requests, 1 place free".to_owned(),
        (AvailabilityStatus::Accepting, places) => format!("Welcomes requests, {places} places free"),
        (AvailabilityStatus::Waitlist, _) => "Keeps a waiting list".to_owned(),
        (AvailabilityStatus::Paused, _) => "Takes no requests for now".to_owned(),
        (AvailabilityStatus::Closed, _) => "Takes no requests".to_owned(),
    };
    if let Some(from) = availability.from {
        text.push_str(&format!(", from {}", day(from)));
    }
    if let Some(until) = availability.until {
        text.push_str(&format!(", until {}", day(until)));
    }
    text
}

/// Whether a free place welcomes requests, for the colour of the line that says so.
pub(super) fn is_ready(availability: &Availability) -> bool {
    availability.status == AvailabilityStatus::Accepting && availability.places > 0
}

/// What a mentor says of their standing in the profession; never a badge, because no body has confirmed it.
pub(super) fn practice(practice: &Practice) -> String {
    let mut parts = vec![match practice.status {
        PracticeStatus::Qualified => "says: qualified mentor".to_owned(),
        PracticeStatus::ExperiencedUnaccredited => "says: experienced, without an award".to_owned(),
        PracticeStatus::Trainee => match &practice.programme {
            Some(programme) => format!("says: trainee mentor on {programme}"),
            None => "says: trainee mentor".to_owned(),
        },
    }];
    parts.extend(practice.award_sought.as_ref().map(|award| format!("working towards {award}")));
    parts.extend(practice.ends_on.map(|ends_on| format!("until {}", day(ends_on))));
    parts.extend(practice.supervised.map(|yes| if yes { "supervised" } else { "not supervised" }.to_owned()));
    parts.extend(practice.hours_band.map(|band| format!("{} hours practised", hours(band))));
    parts.join(", ")
}

const fn hours(band: HoursBand) -> &'static str {
    match band {
        HoursBand::Under10 => "under 10",
        HoursBand::From10 => "10 to 25",
        HoursBand::From25 => "25 to 50",
        HoursBand::From50 => "50 to 100",
        HoursBand::From100 => "100 to 250",
        HoursBand::From250 => "250 or more",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_out() {
        assert_eq!(day("2027-03-01".parse().expect("a day")), "1 March 2027");
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
        assert_eq!(practice(&trainee), "says: trainee mentor on Mentor Foundation, until 1 March 2027, supervised");
    }

    #[test]
    fn a_word_that_begins_with_another_script_is_left_alone() {
        assert_eq!(plain("career_development"), "Career development");
        assert_eq!(plain("écriture"), "écriture");
        assert_eq!(plain(""), "");
    }
}
