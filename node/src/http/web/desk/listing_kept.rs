//! The fields of a listing that only a registrar changes: address, consent, standing in the profession, whether requests
//! are welcome. They are kept as they were typed until they can be read, so that nothing typed is lost.

use mentormesh_protocol::Date;
use mentormesh_protocol::api::{Consent, FieldProblem, Listing, Reach};
use mentormesh_protocol::record::{AvailabilityStatus, Practice, PracticeStatus};

use super::listings::reach;
use crate::http::extract::Pairs;
use crate::http::web::listing::fields::{Field, Group, Kind, field};

const REACHES: [(&str, Reach); 3] =
    [("local", Reach::Local), ("partners", Reach::Partners), ("network", Reach::Network)];
const STANDINGS: [(PracticeStatus, &str); 3] = [
    (PracticeStatus::Qualified, "Qualified"),
    (PracticeStatus::Trainee, "In training"),
    (PracticeStatus::ExperiencedUnaccredited, "Experienced, not accredited"),
];
/// What can be said of requests besides a pause, which has a page of its own.
const WELCOMES: [(AvailabilityStatus, &str); 3] = [
    (AvailabilityStatus::Accepting, "Welcome"),
    (AvailabilityStatus::Waitlist, "A waiting list"),
    (AvailabilityStatus::Closed, "Closed"),
];
/// Characters of a day.
const DAY: usize = 10;

/// What was typed, or what the listing says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kept {
    email: String,
    given_on: String,
    reach: String,
    notice: String,
    open_web: bool,
    standing: String,
    programme: String,
    award: String,
    ends_on: String,
    /// Nothing while the listing is paused.
    welcome: String,
}

impl Kept {
    pub(super) fn of(listing: &Listing) -> Self {
        let (consent, practice) = (listing.consent.as_ref(), listing.profile.practice.as_ref());
        let chosen = consent.map_or(Reach::Network, |consent| consent.reach);
        let status = listing.profile.availability.status;
        Self {
            email: listing.contact.email.clone(),
            given_on: consent.map(|consent| consent.given_on.to_string()).unwrap_or_default(),
            reach: REACHES
                .iter()
                .find(|(_, known)| *known == chosen)
                .map(|(word, _)| (*word).to_owned())
                .unwrap_or_default(),
            notice: consent.and_then(|consent| consent.notice_version.clone()).unwrap_or_default(),
            open_web: consent.is_some_and(|consent| consent.open_web),
            standing: practice.map(|practice| practice.status.as_str().to_owned()).unwrap_or_default(),
            programme: practice.and_then(|practice| practice.programme.clone()).unwrap_or_default(),
            award: practice.and_then(|practice| practice.award_sought.clone()).unwrap_or_default(),
            ends_on: practice.and_then(|practice| practice.ends_on).map(|day| day.to_string()).unwrap_or_default(),
            welcome: if status == AvailabilityStatus::Paused { String::new() } else { status.as_str().to_owned() },
        }
    }

    pub(super) fn typed(form: &Pairs) -> Self {
        let text = |name| form.last(name).unwrap_or_default().to_owned();
        Self {
            email: text("email"),
            given_on: text("given_on"),
            reach: text("reach"),
            notice: text("notice"),
            open_web: form.last("open_web").is_some(),
            standing: text("standing"),
            programme: text("programme"),
            award: text("award"),
            ends_on: text("ends_on"),
            welcome: text("welcome"),
        }
    }

    /// The fields, under one heading.
    pub(super) fn group(&self) -> Group {
        let line = |id, path, label: &str, hint: Option<&str>, value: &String, most| {
            field(id, path, label.to_owned(), hint.map(str::to_owned), Kind::Line(value.clone(), most))
        };
        let one = |id, path, label: &str, options| field(id, path, label.to_owned(), None, Kind::One(options));
        let reaches = REACHES.map(|(word, known)| (word.to_owned(), reach(known).to_owned(), word == self.reach));
        let mut standings = vec![(String::new(), "Not said".to_owned(), self.standing.is_empty())];
        standings.extend(
            STANDINGS
                .map(|(known, label)| (known.as_str().to_owned(), label.to_owned(), known.as_str() == self.standing)),
        );
        let day = Some("A day like 2026-11-22; empty while nobody agreed");
        let mut fields: Vec<Field> = vec![
            line("email", "contact.email", "E-mail address, which stays here", None, &self.email, 254),
            line("given_on", "consent.given_on", "The day on which they agreed to be listed", day, &self.given_on, DAY),
            one("reach", "consent.reach", "To whom they agreed to be shown", reaches.into()),
            line(
                "notice",
                "consent.notice_version",
                "The notice they agreed to (the current one if empty)",
                None,
                &self.notice,
                40,
            ),
            field(
                "open_web",
                "consent.open_web",
                "The open web".to_owned(),
                None,
                Kind::Any(vec![("true".to_owned(), "They agreed to be seen there, too".to_owned(), self.open_web)]),
            ),
            one("standing", "profile.practice", "Standing in the profession", standings),
            line("programme", "profile.practice.programme", "Programme, if in training", None, &self.programme, 120),
            line("award", "profile.practice.award_sought", "Award they train for", None, &self.award, 80),
            line("ends_on", "profile.practice.ends_on", "Day on which the programme ends", None, &self.ends_on, DAY),
        ];
        if !self.welcome.is_empty() {
            let options = WELCOMES
                .map(|(known, label)| (known.as_str().to_owned(), label.to_owned(), known.as_str() == self.welcome));
            fields.push(one("welcome", "profile.availability.status", "Requests", options.into()));
        }
        Group { title: "What only a registrar changes".to_owned(), fields }
    }

    /// Puts it over a listing, as far as it can be read; what cannot is named.
    pub(super) fn lay_over(&self, listing: &mut Listing) -> Result<(), Vec<FieldProblem>> {
        let mut wrong = Vec::new();
        listing.contact.email.clone_from(&self.email);
        match self.consent() {
            Ok(consent) => listing.consent = consent,
            Err(problem) => wrong.push(problem),
        }
        let before = listing.profile.practice.take();
        match self.practice(before) {
            Ok(practice) => listing.profile.practice = practice,
            Err(problem) => wrong.push(problem),
        }
        let availability = &mut listing.profile.availability;
        if let Ok(status) = self.welcome.parse::<AvailabilityStatus>()
            && availability.status != AvailabilityStatus::Paused
            && status != AvailabilityStatus::Paused
        {
            availability.status = status;
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    fn consent(&self) -> Result<Option<Consent>, FieldProblem> {
        let Some(given_on) = day("consent.given_on", &self.given_on)? else { return Ok(None) };
        let known = REACHES.iter().find(|(word, _)| *word == self.reach);
        let (_, reach) = known.ok_or_else(|| wrong("consent.reach", "choose to whom they agreed to be shown"))?;
        let notice_version = Some(self.notice.clone()).filter(|version| !version.is_empty());
        Ok(Some(Consent { given_on, notice_version, reach: *reach, open_web: self.open_web }))
    }

    fn practice(&self, before: Option<Practice>) -> Result<Option<Practice>, FieldProblem> {
        let ends_on = day("profile.practice.ends_on", &self.ends_on)?;
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        if self.standing.is_empty() {
            return match (some(&self.programme), some(&self.award), ends_on) {
                (None, None, None) => Ok(None),
                _ => Err(wrong("profile.practice", "choose a standing, or leave programme, award and end empty")),
            };
        }
        let status = self.standing.parse().map_err(|_| wrong("profile.practice", "choose one of the standings"))?;
        let before = before.unwrap_or_else(|| Practice::new(status));
        let (programme, award_sought) = (some(&self.programme), some(&self.award));
        Ok(Some(Practice { status, programme, award_sought, ends_on, ..before }))
    }
}

fn day(path: &str, text: &str) -> Result<Option<Date>, FieldProblem> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| wrong(path, &format!("`{text}` is not a day like 2026-11-22")))
}

fn wrong(path: &str, problem: &str) -> FieldProblem {
    FieldProblem { field: path.to_owned(), problem: problem.to_owned() }
}
