//! Profiles of people who do not exist.

use crate::limits::DAY;
use crate::record::{
    Area, Availability, AvailabilityStatus, Ethics, Fee, Fluency, HELPS_WITH, Knowing, Language, Level, Mode, Offer,
    OfferKind, Practice, PracticeStatus, Profile, Scope, Skill, Style,
};
use crate::testing::NOW;

const GIVEN: [&str; 12] =
    ["Ada", "Bo", "Cy", "Di", "Noor", "Łukasz", "Amélie", "Иван", "Mei", "Siobhán", "Kwame", "Inés"];
const FAMILY: [&str; 10] =
    ["Lovelace", "Bergström", "Okafor", "Silva", "Novák", "Петрова", "O'Neill", "Haddad", "Tanaka", "Jones"];
const WORK: [(&str, &str); 12] = [
    ("Chartered accountant", "Audit"),
    ("Midwife", "Clinical supervision"),
    ("Structural engineer", "Bridge design"),
    ("Librarian", "Cataloguing"),
    ("Public relations adviser", "Social media for public relations"),
    ("Solicitor", "Contract law"),
    ("Teacher", "Curriculum design"),
    ("Quantity surveyor", "Cost planning"),
    ("Data scientist", "Statistics"),
    ("Social worker", "Safeguarding"),
    ("Translator", "Localisation"),
    ("Head gardener", "Soil science"),
];
const PLACES: [(&str, &str, &str); 8] = [
    ("GB", "Scotland", "en"),
    ("SE", "Skåne", "sv"),
    ("PL", "Mazowsze", "pl"),
    ("FR", "Bretagne", "fr"),
    ("BG", "Plovdiv", "bg"),
    ("JP", "Kansai", "ja"),
    ("BR", "Bahia", "pt-BR"),
    ("GH", "Ashanti", "en-GH"),
];

/// A mentor with a name and a headline, and the least that can be published.
#[must_use]
pub fn mentor(display_name: &str, headline: &str) -> Profile {
    Profile {
        display_name: display_name.to_owned(),
        headline: headline.to_owned(),
        summary: format!("{display_name}: {headline}."),
        knows_about: vec![Skill { label: headline.to_owned(), uri: None, level: Some(Level::Expert), years: Some(12) }],
        offers: vec![offer(OfferKind::Intro15)],
        languages: vec![Language { tag: "en".to_owned(), fluency: Fluency::Fluent }],
        area: Some(Area { country: "GB".to_owned(), region: None }),
        ..Profile::default()
    }
}

/// A trainee mentor, who states programme and end date.
#[must_use]
pub fn trainee(display_name: &str, headline: &str) -> Profile {
    let practice = Practice {
        status: PracticeStatus::Trainee,
        programme: Some("Mentoring practice, level 5".to_owned()),
        award_sought: Some("Practitioner".to_owned()),
        ends_on: Some(NOW.plus(120 * DAY).date()),
        supervised: Some(true),
        hours_band: None,
    };
    Profile { practice: Some(practice), ..mentor(display_name, headline) }
}

/// A mentor who differs with the number in every field that can differ; each number always gives the same one.
#[must_use]
pub fn anyone(number: u64) -> Profile {
    let (given, family) = (nth(&GIVEN, number), nth(&FAMILY, number / 12 + number));
    let (title, skill) = nth(&WORK, number / 3 + number);
    let (country, region, language) = nth(&PLACES, number / 5 + number);
    let name = format!("{given} {family}");
    let headline = format!("{title}, number {number}");
    let base = if number % 7 == 6 { trainee(&name, &headline) } else { mentor(&name, &headline) };
    Profile {
        pronouns: (number.is_multiple_of(3)).then(|| "they/them".to_owned()),
        bio: format!("{name} has worked as {title} for years.\nKnows {skill}; speaks {language}."),
        sectors: vec![format!("Sector {}", number % 9)],
        knows_about: vec![
            Skill { label: (*skill).to_owned(), uri: None, level: Some(*nth(Level::ALL, number)), years: Some(3) },
            Skill { label: (*title).to_owned(), uri: None, level: None, years: None },
        ],
        tags: vec![format!("tag-{}", number % 11), "mentoring".to_owned()],
        helps_with: vec![nth(&HELPS_WITH, number).to_string(), "a word of my own".to_owned()],
        knowing: vec![*nth(Knowing::ALL, number)],
        offers: vec![offer(*nth(OfferKind::ALL, number)), offer(*nth(OfferKind::ALL, number + 1))],
        languages: vec![
            Language { tag: (*language).to_owned(), fluency: Fluency::Native },
            Language { tag: "en".to_owned(), fluency: *nth(Fluency::ALL, number) },
        ],
        time_zone: Some("Europe/London".to_owned()),
        modes: vec![*nth(Mode::ALL, number)],
        area: Some(Area { country: (*country).to_owned(), region: Some((*region).to_owned()) }),
        geographic_scope: Some(*nth(Scope::ALL, number)),
        availability: Availability {
            status: *nth(AvailabilityStatus::ALL, number / 4),
            places: u8::try_from(number % 6).unwrap_or(0),
            from: None,
            until: None,
        },
        mentee_fit: (number.is_multiple_of(2)).then(|| "Early career; not exam coaching.".to_owned()),
        mentor_style: vec![*nth(Style::ALL, number)],
        links: vec![format!("https://people.example.org/{number}")],
        ethics: Some(Ethics {
            code: "Code of ethics for mentors".to_owned(),
            version: Some("3".to_owned()),
            accepted_on: NOW.minus(200 * DAY).date(),
        }),
        ..base
    }
}

fn offer(kind: OfferKind) -> Offer {
    Offer { kind, minutes: Some(45), meetings_per_month: None, group_max: None, fee: Some(Fee::Free), fee_note: None }
}

fn nth<T>(items: &[T], number: u64) -> &T {
    let at = usize::try_from(number).unwrap_or(0) % items.len();
    items.get(at).expect("a remainder is within the list")
}
