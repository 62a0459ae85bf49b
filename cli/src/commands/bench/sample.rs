//! Organisations and mentors for measuring: varied, about a kilobyte and a half each, the same in every run.

use mentormesh_protocol::record::{
    Body, Consented, Fluency, Language, Level, Offer, OfferKind, Operation, Profile, ProfileBody, SigningKeyNotice,
    Skill,
};
use mentormesh_protocol::signed::Network;
use mentormesh_protocol::{Date, OrganisationId, Record, SecretKey, Signed, Timestamp};

use crate::failure::Failure;

const TOPICS: [&str; 40] = [
    "social media",
    "public relations",
    "bridge design",
    "nursing",
    "family law",
    "payroll",
    "mathematics teaching",
    "embedded software",
    "urban planning",
    "brand strategy",
    "fundraising",
    "soil science",
    "grant writing",
    "hotel management",
    "supply chains",
    "typography",
    "midwifery",
    "tax advice",
    "laboratory safety",
    "negotiation",
    "speech writing",
    "data protection",
    "risk analysis",
    "welding",
    "translation",
    "volunteering",
    "procurement",
    "animal health",
    "museum work",
    "radio",
    "solar energy",
    "school leadership",
    "statistics",
    "patents",
    "logistics",
    "carpentry",
    "occupational therapy",
    "journalism",
    "water treatment",
    "career change",
];
const MANNERS: [&str; 10] = [
    "patiently",
    "with many questions",
    "from experience",
    "over tea",
    "by example",
    "in small steps",
    "frankly",
    "with good humour",
    "in writing",
    "on walks",
];
const GIVEN: [&str; 20] = [
    "Ada", "Bo", "Cy", "Di", "Eli", "Fay", "Gus", "Hana", "Ines", "Jan", "Kofi", "Lena", "Mira", "Noor", "Olu", "Pia",
    "Quinn", "Rosa", "Sami", "Tove",
];
const FAMILY: [&str; 20] = [
    "Okafor",
    "Lindqvist",
    "Sharma",
    "Moreau",
    "Nowak",
    "Haddad",
    "Tanaka",
    "Costa",
    "Byrne",
    "Petrov",
    "Yilmaz",
    "Jansen",
    "Rossi",
    "Novak",
    "Silva",
    "Kim",
    "Mensah",
    "Larsen",
    "Weber",
    "Popescu",
];
const LANGUAGES: [&str; 6] = ["nl", "fr", "de", "es", "sv", "hi"];
const COUNTRIES: [&str; 8] = ["GB", "FR", "DE", "ES", "SE", "IN", "NG", "BR"];

/// An organisation that signs.
pub(super) struct Organisation {
    pub(super) id: OrganisationId,
    pub(super) genesis: Vec<u8>,
    key: SecretKey,
    network: Network,
    founded: Timestamp,
}

impl Organisation {
    pub(super) fn found(number: u8, now: Timestamp) -> Result<Self, Failure> {
        let network = Network::new("bench").map_err(|error| Failure::failed(error.to_string()))?;
        let (rotation, key) = (SecretKey::new(&[number; 32]), SecretKey::new(&[number.wrapping_add(100); 32]));
        let founded = now.minus(1_000_000);
        let notice = SigningKeyNotice { key: key.public(), from: founded, retired_at: None, compromised: false };
        let operation = Operation { prev: None, rotation_keys: vec![rotation.public()], signing_keys: vec![notice] };
        let header = mentormesh_protocol::record::Header {
            kind: mentormesh_protocol::Kind::Operation,
            version: 1,
            organisation: None,
            about: Vec::new(),
            sequence: founded.0,
            issued_at: founded,
            expires_at: None,
        };
        let failed = |error: String| Failure::failed(error);
        let record = Record::new(header, Body::Operation(operation)).map_err(|error| failed(error.to_string()))?;
        let signed = Signed::sign(&record, &network, &rotation).map_err(|error| failed(error.to_string()))?;
        Ok(Self { id: OrganisationId(signed.id().0), genesis: signed.bytes().to_vec(), key, network, founded })
    }

    /// The key that signs.
    pub(super) fn key(&self) -> mentormesh_protocol::PublicKey {
        self.key.public()
    }

    /// The envelope of one mentor's profile.
    pub(super) fn profile(&self, number: u32) -> Result<Vec<u8>, Failure> {
        let failed = |error: String| Failure::failed(error);
        let given_on: Date = self.founded.date();
        let consented = Consented { given_on, notice_version: "1".to_owned(), open_web: false };
        let body =
            Body::Profile(Box::new(ProfileBody { profile: profile(number), consented, also_listed: Vec::new() }));
        let mut about = number.to_be_bytes().repeat(4);
        about.truncate(16);
        let sequence = self.founded.0 + u64::from(number);
        let record = Record::issue(self.id, about, sequence, Timestamp(sequence), body);
        let record = record.map_err(|error| failed(error.to_string()))?;
        let signed = Signed::sign(&record, &self.network, &self.key).map_err(|error| failed(error.to_string()))?;
        Ok(signed.bytes().to_vec())
    }
}

/// One mentor, a function of the number.
pub(super) fn profile(number: u32) -> Profile {
    let topic = |step: u32| pick(&TOPICS, number.wrapping_mul(7).wrapping_add(step * 11));
    let (first, second, third) = (topic(0), topic(1), topic(2));
    let manner = pick(&MANNERS, number / 3);
    let name = format!("{} {}", pick(&GIVEN, number), pick(&FAMILY, number / 20));
    let bio: Vec<String> = (0..8)
        .map(|part| {
            format!(
                "In year {} I worked on {} with a team of {}, and I explain it {}.",
                number % 30 + part,
                topic(part + 3),
                number % 17 + 2,
                pick(&MANNERS, number / 7 + part)
            )
        })
        .collect();
    Profile {
        display_name: name,
        headline: format!("{first} and {second}"),
        summary: format!("I help people who are new to {first} find their way into {second}, {manner}."),
        bio: bio.join(" "),
        knows_about: [first, second, third]
            .map(|label| Skill {
                label: label.to_owned(),
                uri: None,
                level: Some(Level::Expert),
                years: u8::try_from(number % 40).ok(),
            })
            .to_vec(),
        offers: vec![Offer {
            kind: OfferKind::Intro15,
            minutes: Some(15),
            meetings_per_month: None,
            group_max: None,
            fee: None,
            fee_note: None,
        }],
        languages: vec![
            Language { tag: "en".to_owned(), fluency: Fluency::Fluent },
            Language { tag: pick(&LANGUAGES, number / 2).to_owned(), fluency: Fluency::Native },
        ],
        area: Some(mentormesh_protocol::record::Area {
            country: pick(&COUNTRIES, number / 5).to_owned(),
            region: None,
        }),
        ..Profile::default()
    }
}

/// Words that people would search for, the same in every run.
pub(super) fn queries() -> Vec<String> {
    let pairs = TOPICS.iter().zip(TOPICS.iter().skip(7));
    pairs.map(|(one, other)| format!("{one} {other}")).collect()
}

fn pick<'w>(words: &[&'w str], at: u32) -> &'w str {
    let at = usize::try_from(at).unwrap_or(0) % words.len().max(1);
    words.get(at).copied().unwrap_or_default()
}
