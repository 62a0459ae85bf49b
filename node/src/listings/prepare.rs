//! What a listing must obey before it is saved: the checks that bind the home node alone.
//!
//! Texts are trimmed and brought into Unicode's NFC first. Then every field is looked at, so that a registrar sees
//! all that is wrong at once. The frozen rules that bind every node are the protocol's (`Profile::check`); tables that
//! can change (countries, zones, languages, contact patterns) are only used here.

use mentormesh_protocol::api::{Consent, ErrorCode, FieldProblem, ListingInput, Problem};
use mentormesh_protocol::limits::DAY;
use mentormesh_protocol::record::{Availability, AvailabilityStatus, Consented, Profile};
use mentormesh_protocol::{Timestamp, introduction};
use unicode_normalization::UnicodeNormalization;

use super::texts::each_text;
use super::{countries, languages};
use crate::contacts;

/// Normalises a listing and checks it whole. `notice` is the current wording of the privacy notice.
pub(super) fn prepare(mut input: ListingInput, notice: &str, now: Timestamp) -> Result<ListingInput, Problem> {
    let mut wrong = Wrong::default();
    each_text(&mut input.profile, &mut |field, text| {
        *text = text.replace("\r\n", "\n").trim().nfc().collect();
        if let Some(found) = contacts::find(text) {
            let (what, text) = (found.what, found.text);
            wrong.add(
                &format!("profile.{field}"),
                format!("contains {what}, `{text}`; a profile is public, contacts belong in `contact`"),
            );
        }
    });
    check_tables(&mut input.profile, &mut wrong);
    let Availability { status, places, from, until } = input.profile.availability;
    if status == AvailabilityStatus::Paused
        && let Err(invalid) = Availability::paused(places, from, until, now.date())
    {
        wrong.add(&format!("profile.availability.{}", invalid.field), invalid.problem);
    }
    if let Err(invalid) = input.profile.check() {
        // The size of the whole is about the profile itself and not about a field in it.
        let field = if invalid.field == "profile" { invalid.field } else { format!("profile.{}", invalid.field) };
        wrong.add(&field, invalid.problem);
    }
    if input.profile.responsiveness.is_some() {
        wrong.add("profile.responsiveness", "is computed by the node from real answers; leave it out".to_owned());
    }
    check_contact(&mut input, &mut wrong);
    if let Some(consent) = &mut input.consent {
        check_consent(consent, notice, now, &mut wrong);
    }
    wrong.none().map(|()| input)
}

fn check_tables(profile: &mut Profile, wrong: &mut Wrong) {
    if let Some(area) = &profile.area {
        countries::check(&area.country).unwrap_or_else(|problem| wrong.add("profile.area.country", problem));
    }
    if let Some(zone) = &mut profile.time_zone {
        match jiff::tz::TimeZone::get(zone).ok().and_then(|known| known.iana_name().map(str::to_owned)) {
            Some(known) => *zone = known,
            None => {
                wrong.add(
                    "profile.time_zone",
                    format!("`{zone}` is not a time zone of IANA's; use one like Europe/London"),
                );
            }
        }
    }
    for at in 0..profile.languages.len() {
        let (before, rest) = profile.languages.split_at_mut(at);
        let Some(language) = rest.first_mut() else { continue };
        let field = format!("profile.languages[{at}].tag");
        match languages::canonical(&language.tag) {
            Ok(tag) if before.iter().any(|earlier| earlier.tag == tag) => {
                wrong.add(&field, format!("`{tag}` is there twice; remove one"));
            }
            Ok(tag) => language.tag = tag,
            Err(problem) => wrong.add(&field, problem),
        }
    }
    for (at, tag) in profile.tags.iter().enumerate() {
        let folded = tag.to_lowercase();
        if profile.tags.iter().take(at).any(|earlier| earlier != tag && earlier.to_lowercase() == folded) {
            wrong.add(&format!("profile.tags[{at}]"), format!("`{tag}` is there twice but for its case; remove one"));
        }
    }
}

fn check_contact(input: &mut ListingInput, wrong: &mut Wrong) {
    let contact = &mut input.contact;
    contact.email = contact.email.trim().nfc().collect();
    if !contacts::is_address(&contact.email) {
        let problem = if contact.email.is_empty() {
            "missing; the home node must be able to reach the mentor".to_owned()
        } else {
            format!("`{}` is not an e-mail address like ada@example.org", contact.email)
        };
        wrong.add("contact.email", problem);
    }
    contact.name = contact.name.take().map(|name| name.trim().nfc().collect()).filter(|name: &String| !name.is_empty());
    if let Some(name) = &contact.name {
        // What the mentor's node will write into a yes.
        let said = introduction::Contact { name: name.clone(), email: contact.email.clone() };
        if let Err(invalid) = said.check() {
            wrong.add(&invalid.field, invalid.problem);
        }
    }
}

fn check_consent(consent: &mut Consent, notice: &str, now: Timestamp, wrong: &mut Wrong) {
    let version = consent.notice_version.take().map(|version| version.trim().to_owned());
    let notice_version = version.filter(|version| !version.is_empty()).unwrap_or_else(|| notice.to_owned());
    let consented = Consented { given_on: consent.given_on, notice_version, open_web: consent.open_web };
    if let Err(invalid) = consented.check() {
        wrong.add("consent.notice_version", invalid.problem);
    }
    consent.notice_version = Some(consented.notice_version);
    // East of Greenwich tomorrow has already begun.
    if consent.given_on > now.plus(DAY).date() {
        wrong.add(
            "consent.given_on",
            format!("{} lies ahead; consent is recorded after it was given", consent.given_on),
        );
    }
}

/// What is wrong so far.
#[derive(Default)]
struct Wrong(Vec<FieldProblem>);

impl Wrong {
    fn add(&mut self, field: &str, problem: String) {
        // The first thing said of a field is the most telling.
        if !self.0.iter().any(|said| said.field == field) {
            self.0.push(FieldProblem { field: field.to_owned(), problem });
        }
    }

    fn none(self) -> Result<(), Problem> {
        let said: Vec<_> = self.0.iter().map(|said| format!("{}: {}", said.field, said.problem)).collect();
        if said.is_empty() {
            return Ok(());
        }
        let mut problem = Problem::new(ErrorCode::Invalid, said.join("; "));
        problem.errors = self.0;
        Err(problem)
    }
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::record::{
        Area, Ethics, Fluency, Language, Offer, OfferKind, Practice, PracticeStatus, Skill,
    };

    use super::*;
    use crate::listings::handle::tests::ada;

    const NOW: Timestamp = Timestamp(1_795_315_200_000);

    fn refused(change: impl FnOnce(&mut ListingInput)) -> Vec<String> {
        let mut input = ada();
        change(&mut input);
        match prepare(input, "2026-1", NOW) {
            Ok(_) => Vec::new(),
            Err(problem) => problem.errors.into_iter().map(|error| error.field).collect(),
        }
    }

    #[test]
    fn texts_are_trimmed_and_composed_and_empty_ones_disappear() {
        let mut input = ada();
        input.profile.display_name = "  Zoe\u{308} ".to_owned();
        input.profile.pronouns = Some("  ".to_owned());
        input.profile.bio = "one\r\ntwo\n".to_owned();
        input.profile.time_zone = Some("europe/london".to_owned());
        input.profile.languages = vec![Language { tag: "PT-br".to_owned(), fluency: Fluency::Native }];
        let saved = prepare(input, "2026-1", NOW).expect("a good listing");
        assert_eq!(saved.profile.display_name, "Zo\u{eb}");
        assert_eq!(saved.profile.pronouns, None);
        assert_eq!(saved.profile.bio, "one\ntwo");
        assert_eq!(saved.profile.time_zone.as_deref(), Some("Europe/London"));
        assert_eq!(saved.profile.languages.first().map(|language| language.tag.as_str()), Some("pt-BR"));
    }

    #[test]
    fn a_contact_is_refused_in_every_free_text_field() {
        let date = "2026-01-01".parse().expect("a date");
        let text = || "ada@example.org".to_owned();
        let offer = |note| Offer {
            kind: OfferKind::Micro,
            minutes: None,
            meetings_per_month: None,
            group_max: None,
            fee: None,
            fee_note: Some(note),
        };
        let practice = |programme, award_sought| Practice {
            status: PracticeStatus::Trainee,
            programme: Some(programme),
            award_sought: Some(award_sought),
            ends_on: Some(date),
            supervised: None,
            hours_band: None,
        };
        type Change<'c> = Box<dyn FnOnce(&mut Profile) + 'c>;
        let cases: Vec<(&str, Change<'_>)> = vec![
            ("display_name", Box::new(|p| p.display_name = text())),
            ("pronouns", Box::new(|p| p.pronouns = Some(text()))),
            ("headline", Box::new(|p| p.headline = text())),
            ("summary", Box::new(|p| p.summary = text())),
            ("bio", Box::new(|p| p.bio = text())),
            ("sectors[0]", Box::new(|p| p.sectors = vec![text()])),
            ("employer_name", Box::new(|p| p.employer_name = Some(text()))),
            (
                "knows_about[0].label",
                Box::new(|p| p.knows_about = vec![Skill { label: text(), uri: None, level: None, years: None }]),
            ),
            ("tags[0]", Box::new(|p| p.tags = vec![text()])),
            ("helps_with[0]", Box::new(|p| p.helps_with = vec![text()])),
            ("offers[0].fee_note", Box::new(|p| p.offers = vec![offer(text())])),
            ("area.region", Box::new(|p| p.area = Some(Area { country: "GB".to_owned(), region: Some(text()) }))),
            ("access_support[0]", Box::new(|p| p.access_support = vec![text()])),
            ("mentee_fit", Box::new(|p| p.mentee_fit = Some(text()))),
            ("links[0]", Box::new(|p| p.links = vec!["https://example.org/?to=ada@example.org".to_owned()])),
            ("practice.programme", Box::new(|p| p.practice = Some(practice(text(), "award".to_owned())))),
            ("practice.award_sought", Box::new(|p| p.practice = Some(practice("p".to_owned(), text())))),
            ("ethics.code", Box::new(|p| p.ethics = Some(Ethics { code: text(), version: None, accepted_on: date }))),
        ];
        for (field, change) in cases {
            assert_eq!(refused(|input| change(&mut input.profile)), [format!("profile.{field}")], "{field}");
        }
    }

    #[test]
    fn the_home_node_s_tables_are_asked() {
        assert_eq!(
            refused(|input| {
                input.profile.area = Some(Area { country: "UK".to_owned(), region: None });
                input.profile.time_zone = Some("Europe/Camelot".to_owned());
                input.profile.languages = vec![
                    Language { tag: "jp".to_owned(), fluency: Fluency::Working },
                    Language { tag: "en".to_owned(), fluency: Fluency::Working },
                    Language { tag: "EN".to_owned(), fluency: Fluency::Native },
                ];
            }),
            ["profile.area.country", "profile.time_zone", "profile.languages[0].tag", "profile.languages[2].tag"]
        );
    }

    #[test]
    fn a_profile_too_large_is_refused_with_the_bytes_to_lose() {
        let mut input = ada();
        input.profile.bio = "語".repeat(4_000);
        input.profile.mentee_fit = Some("語".repeat(600));
        input.profile.summary = "語".repeat(280);
        input.profile.knows_about =
            (0..20).map(|_| Skill { label: "語".repeat(30), uri: None, level: None, years: None }).collect();
        let problem = prepare(input, "2026-1", NOW).expect_err("too large");
        assert!(problem.detail.contains("shorten its texts by"), "{}", problem.detail);
    }

    #[test]
    fn consent_gets_the_current_notice_and_cannot_lie_ahead() {
        let saved = prepare(ada(), "2026-1", NOW).expect("a good listing");
        assert_eq!(saved.consent.and_then(|consent| consent.notice_version).as_deref(), Some("2026-1"));
        let ahead = |input: &mut ListingInput| {
            if let Some(consent) = &mut input.consent {
                consent.given_on = NOW.plus(2 * DAY).date();
            }
        };
        assert_eq!(refused(ahead), ["consent.given_on"]);
    }

    #[test]
    fn what_no_record_or_letter_could_carry_is_refused_before_it_is_saved() {
        // The mark turns what follows it around, so that a text reads otherwise than it is stored.
        let turned = "2026\u{202e}1";
        let refuses = |change: &dyn Fn(&mut ListingInput)| refused(change);
        assert_eq!(
            refuses(&|input| {
                if let Some(consent) = &mut input.consent {
                    consent.notice_version = Some(turned.to_owned());
                }
            }),
            ["consent.notice_version"]
        );
        assert_eq!(refuses(&|input| input.contact.name = Some(turned.to_owned())), ["contact.name"]);
        assert_eq!(refuses(&|input| input.contact.email = format!("{turned}@example.org")), ["contact.email"]);
    }
}
