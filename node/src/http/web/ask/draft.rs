//! A request while it is written: every field as it was typed, and what is wrong with it, in the writer's language.
//!
//! The rules are those of `introductions`; they are looked at here first so that each field says what to do in words of
//! its own.

use mentormesh_protocol::api::{Introduction, IntroductionInput, Mentee, Problem};
use mentormesh_protocol::key::sha256;
use mentormesh_protocol::record::OfferKind;
use mentormesh_protocol::{ProfileId, Timestamp};

use super::super::times::Times;
use crate::contacts;
use crate::http::extract::Pairs;
use crate::introductions::tidy;
use crate::people::SignedIn;
use crate::speech::Locale;

/// Fewest and most characters of each field.
const NAME: (usize, usize) = (1, 200);
const TITLE: (usize, usize) = (10, 120);
const PURPOSE: (usize, usize) = (40, 1_200);
const WHY_YOU: (usize, usize) = (0, 400);
/// Most characters of what tells one form from another.
const ONCE: usize = 64;

/// What was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) offer: OfferKind,
    pub(super) title: String,
    pub(super) purpose: String,
    pub(super) why_you: String,
    pub(super) times: Times,
    /// Drawn with the form, so that sending it twice is one request.
    pub(super) once: String,
}

/// What is wrong, by field, in the order of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wrong(Vec<(&'static str, String)>);

impl Wrong {
    pub(super) fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, said)| said.as_str())
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The field, and what is wrong.
    pub(super) fn listed(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(field, said)| (*field, said.as_str()))
    }

    /// What a rule found that was not looked at before, in its own words.
    pub(super) fn of_problem(problem: &Problem) -> Self {
        let field = |field: &str| match field {
            "mentee.name" => Some("name"),
            "title" => Some("title"),
            "purpose" => Some("purpose"),
            "why_you" => Some("why_you"),
            _ => None,
        };
        Self(problem.errors.iter().filter_map(|error| Some((field(&error.field)?, error.problem.clone()))).collect())
    }
}

impl Draft {
    /// Nothing yet, but for a name.
    pub(super) fn blank(name: &str, once: &str) -> Self {
        let empty = String::new;
        let (name, once) = (name.to_owned(), once.to_owned());
        let times = Times::blank("");
        Self { name, offer: OfferKind::Intro15, title: empty(), purpose: empty(), why_you: empty(), times, once }
    }

    /// The words of an earlier request, for another mentor: why that one was asked is no reason to ask this one.
    pub(super) fn again(earlier: &Introduction, once: &str) -> Self {
        let Introduction { title, purpose, offer, mentee, times, .. } = earlier.clone();
        // The clock stays the same, the times of then have passed or are another's.
        let times = Times::blank(&times.map(|times| times.mentee_zone).unwrap_or_default());
        Self { title, purpose, offer, times, ..Self::blank(&mentee, once) }
    }

    /// What a form sent, whatever it is.
    pub(super) fn read(pairs: &Pairs) -> Self {
        let text = |name| tidy(pairs.last(name).unwrap_or_default());
        let offer = pairs.last("offer").and_then(|word| word.parse().ok()).unwrap_or(OfferKind::Intro15);
        let (name, title, purpose, why_you) = (text("name"), text("title"), text("purpose"), text("why_you"));
        Self { name, offer, title, purpose, why_you, times: Times::read(pairs), once: text("once") }
    }

    /// What is wrong with it.
    pub(super) fn wrong(&self, locale: Locale, now: Timestamp) -> Wrong {
        let fields = [
            ("title", &self.title, TITLE, "asking-title-length", "asking-title"),
            ("purpose", &self.purpose, PURPOSE, "asking-purpose-length", "asking-purpose"),
            ("why_you", &self.why_you, WHY_YOU, "asking-why-length", "asking-why-short"),
            ("name", &self.name, NAME, "asking-name-length", "asking-name"),
        ];
        let wrong =
            |(field, text, (least, most), length, label): (&'static str, &String, (usize, usize), &str, &str)| {
                let characters = text.chars().count();
                if !(least..=most).contains(&characters) {
                    return Some((field, locale.count(length, characters.try_into().unwrap_or(u64::MAX))));
                }
                let found = contacts::find_or_link(text)?;
                Some((field, locale.with("asking-contact", &[("field", &locale.say(label)), ("found", &found.text)])))
            };
        Wrong(fields.into_iter().filter_map(wrong).chain(self.times.wrong(locale, now)).collect())
    }

    /// As it is sent.
    pub(super) fn input(&self, profile: ProfileId, email: &str) -> IntroductionInput {
        let why_you = Some(self.why_you.clone()).filter(|why| !why.is_empty());
        let mentee = Mentee { name: self.name.clone(), email: email.to_owned() };
        let (title, purpose) = (self.title.clone(), self.purpose.clone());
        let (time_zone, slots) = self.times.input();
        IntroductionInput { profile, title, purpose, why_you, offer: self.offer, time_zone, slots, mentee }
    }

    /// What this very form with these very words is called: sent twice, it makes one request; changed, another.
    pub(super) fn name_of(&self, who: &SignedIn, mentor: &ProfileId) -> [u8; 32] {
        let once: String = self.once.chars().take(ONCE).collect();
        let parts = [
            who.person.id.to_string(),
            mentor.to_string(),
            once,
            self.offer.to_string(),
            self.name.clone(),
            self.title.clone(),
            self.purpose.clone(),
            self.why_you.clone(),
            self.times.key(),
        ];
        let digests: Vec<u8> = parts.iter().flat_map(|part| sha256(part.as_bytes())).collect();
        sha256(&digests)
    }
}
