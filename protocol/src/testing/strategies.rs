//! Proptest strategies: arbitrary records and letters of Ada's organisation, arbitrary texts, arbitrary times.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

use crate::introduction::{Contact, DeclineReason, Letter, LetterBody, Outcome, Refused, Request, TimeSlot};
use crate::limits::{DAY, MINUTE};
use crate::record::{
    Area, Availability, AvailabilityStatus, Fee, Fluency, HELPS_WITH, Language, Level, Mode, Offer, OfferKind, Profile,
    Record, Skill,
};
use crate::signed::Verified;
use crate::testing::{NOW, Organisation, anyone, introduction, trainee};
use crate::time::Timestamp;

/// A line that every text rule takes: up to `most` characters of many scripts, no spaces at its ends.
pub fn line(most: usize) -> impl Strategy<Value = String> {
    let character = prop_oneof![
        proptest::char::range('a', 'z'),
        proptest::char::range('À', 'ž'),
        proptest::char::range('Α', 'ω'),
        proptest::char::range('一', '丿'),
        proptest::char::range('😀', '😏'),
        Just('-'),
    ];
    vec(character, 1..=most).prop_map(|characters| characters.into_iter().collect())
}

/// A word of a closed vocabulary.
pub fn word<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

/// A sequence within the ten days before [`NOW`].
pub fn sequence() -> impl Strategy<Value = u64> {
    (NOW.0 - 10 * DAY)..=NOW.0
}

fn skill() -> impl Strategy<Value = Skill> {
    (line(100), of(line(200)), of(word(Level::ALL)), of(0u8..=60)).prop_map(|(label, uri, level, years)| Skill {
        label,
        uri,
        level,
        years,
    })
}

fn offer() -> impl Strategy<Value = Offer> {
    let numbers = (of(10u16..=180), of(1u8..=31), of(2u8..=25));
    (word(OfferKind::ALL), numbers, of(word(Fee::ALL)), of(line(120))).prop_map(
        |(kind, (minutes, meetings_per_month, group_max), fee, fee_note)| Offer {
            kind,
            minutes,
            meetings_per_month,
            group_max,
            fee,
            fee_note,
        },
    )
}

/// A profile that obeys its schema, every optional field now there and now absent.
pub fn profile() -> impl Strategy<Value = Profile> {
    let texts = (line(200), of(line(30)), line(120), line(280), line(1_000), of(line(120)));
    let lists = (vec(skill(), 0..8), vec(offer(), 0..=6), vec(line(100), 0..=3), vec(line(50), 0..6));
    let words = (of(word(Mode::ALL)), of(word(&HELPS_WITH)), word(AvailabilityStatus::ALL), 0u8..=5);
    let others = (word(Fluency::ALL), of(of(line(80))), any::<bool>(), any::<u64>());
    (texts, lists, words, others).prop_map(|(texts, lists, words, (fluency, region, is_trainee, number))| {
        let (display_name, pronouns, headline, summary, bio, employer_name) = texts;
        let (knows_about, offers, sectors, mut tags) = lists;
        let (mode, help, status, places) = words;
        tags.sort_unstable();
        tags.dedup();
        let other = if is_trainee { trainee("Ada", "Trainee") } else { anyone(number % 1_000) };
        Profile {
            display_name,
            pronouns,
            headline,
            summary,
            bio,
            employer_name,
            sectors,
            knows_about,
            tags,
            offers,
            helps_with: help.map(ToOwned::to_owned).into_iter().collect(),
            modes: mode.into_iter().collect(),
            languages: vec![Language { tag: "pt-BR".to_owned(), fluency }],
            area: region.map(|region| Area { country: "SE".to_owned(), region }),
            availability: Availability { status, places, from: None, until: None },
            ..other
        }
    })
}

/// A record of Ada's organisation, of any kind that has a slot, known or not.
pub fn record() -> impl Strategy<Value = Verified<Record>> {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    (sequence(), 0u8..8, 0u64..5, any::<bool>(), profile()).prop_map(move |(at, kind, number, erase, profile)| {
        match kind {
            0 => ada.card(at),
            1 => ada.delegation(at, &["/ip4/192.0.2.1/tcp/4101"]),
            2 => ada.attestation(&bo.profile_id(number), &profile.display_name, at),
            3 => ada.recognition(&bo.id(), at),
            4 => ada.withdrawal(&ada.profile_slot(number), at, erase),
            5 => ada.unknown(&number.to_be_bytes(), at),
            6 => ada.profile_of_version(2, number, at),
            _ => ada.profile(number, at, profile),
        }
    })
}

fn contact() -> impl Strategy<Value = Contact> {
    (line(200), line(60)).prop_map(|(name, local)| Contact { name, email: format!("{local}@example.org") })
}

/// A zone, and slots that any request of the next two weeks may offer.
fn times() -> impl Strategy<Value = (Option<String>, Option<Vec<TimeSlot>>)> {
    let zone = word(&["Europe/London", "America/Port-au-Prince", "Etc/GMT+5"]);
    let days = proptest::collection::btree_map(15u64..42, (0u64..1_440, 10u16..=180), 1..=6);
    of((zone, of(days))).prop_map(|times| {
        let Some((zone, days)) = times else { return (None, None) };
        let slot = |(day, (minute, minutes)): (u64, (u64, u16))| TimeSlot {
            start: Timestamp((NOW.0 / MINUTE + minute) * MINUTE + day * DAY),
            minutes,
        };
        (Some(zone.to_owned()), days.map(|days| days.into_iter().map(slot).collect()))
    })
}

/// What a letter of any kind says, every optional field now there and now absent.
pub fn letter_body() -> impl Strategy<Value = LetterBody> {
    let bo = Organisation::bo();
    let at_least = |least: usize, most: usize| line(most - least).prop_map(move |more| "a".repeat(least) + &more);
    let texts = (line(200), at_least(10, 120), at_least(40, 1_200), of(line(400)));
    let others = (any::<[u8; 16]>(), word(OfferKind::ALL), 0u64..5, times());
    let request = (texts, others).prop_map(move |(texts, (mentee, offer, n, (time_zone, slots)))| {
        let (name, title, purpose, why_you) = texts;
        let (profile, mentee) = (bo.profile_id(n), mentee.into());
        LetterBody::Request(Request { profile, mentee, name, title, purpose, why_you, offer, time_zone, slots })
    });
    let ada = Organisation::ada();
    let referral = of((0u64..5).prop_map(move |number| ada.profile_id(number)));
    prop_oneof![
        request,
        line(1_200).prop_map(LetterBody::Question),
        line(1_200).prop_map(LetterBody::Answer),
        Just(LetterBody::Explore),
        (of(line(400)), contact(), of(0u8..6))
            .prop_map(|(message, contact, slot)| { LetterBody::Accept(message, contact, slot) }),
        (word(&DeclineReason::ALL), of(line(400)), referral)
            .prop_map(|(reason, message, referral)| LetterBody::Decline { reason, message, referral }),
        contact().prop_map(LetterBody::Contact),
        any::<bool>().prop_map(|superseded| LetterBody::Withdraw { superseded }),
    ]
}

/// A letter from Ada's organisation to Bo's: a request, or one that follows a request.
pub fn letter() -> impl Strategy<Value = Verified<Letter>> {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    (letter_body(), 0u64..5, 0u64..14 * DAY).prop_map(move |(body, number, later)| {
        let request = ada.request(&bo.profile_id(number), "Mia", number, NOW);
        match body {
            LetterBody::Request(_) => {
                ada.sign_letter(&ada.letter(body, &bo.id(), introduction(number), None, NOW.plus(later)))
            }
            LetterBody::Question(_)
            | LetterBody::Answer(_)
            | LetterBody::Explore
            | LetterBody::Accept(..)
            | LetterBody::Decline { .. }
            | LetterBody::Contact(_)
            | LetterBody::Withdraw { .. } => ada.reply(&request, body, NOW.plus(later)),
        }
    })
}

/// What a node may have done with an envelope.
pub fn outcome() -> impl Strategy<Value = Outcome> {
    let refused = word(&Refused::ALL);
    prop_oneof![
        Just(Outcome::Delivered),
        Just(Outcome::NotRecognised),
        vec(any::<u8>(), 0..300).prop_map(|card| Outcome::Unopenable(card.into())),
        Just(Outcome::Late),
        refused.prop_map(Outcome::Refused),
        any::<u64>().prop_map(|until| Outcome::Kept(Timestamp(until))),
    ]
}
