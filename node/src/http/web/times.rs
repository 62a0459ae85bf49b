//! Times on pages: what a mentee offers as it is typed, by which clock, and the same as both sides read it.
//!
//! The rules are those of `introductions`; here they are put into the writer's language.

use mentormesh_protocol::api::{Introduction, SlotInput};
use mentormesh_protocol::limits::SLOTS;
use mentormesh_protocol::{ProfileId, Timestamp};

use crate::http::app::App;
use crate::http::extract::Pairs;
use crate::introductions::{NoSlot, judged_slots, shown_slots, zones};
use crate::speech::Locale;

/// The fields, as a form names them.
const FIELDS: [&str; SLOTS] = ["slot-1", "slot-2", "slot-3", "slot-4", "slot-5", "slot-6"];
/// How long a call may be, as a form offers it.
const MINUTES: [u16; 5] = [15, 30, 45, 60, 90];
/// How long it is when nobody says.
const USUAL: u16 = 30;
/// Most characters that are kept of what was typed into one field.
const TYPED: usize = 80;

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) zone: String,
    pub(super) minutes: u16,
    starts: Vec<String>,
}

/// A field with what is in it.
pub(super) struct Start<'t> {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) value: &'t str,
}

impl Times {
    /// Nothing yet, by this clock.
    pub(super) fn blank(zone: &str) -> Self {
        Self { zone: zone.to_owned(), minutes: USUAL, starts: vec![String::new(); SLOTS] }
    }

    pub(super) fn read(pairs: &Pairs) -> Self {
        let text = |name| pairs.last(name).unwrap_or_default().trim().chars().take(TYPED).collect::<String>();
        let minutes = text("slot_minutes").parse().ok().filter(|minutes| MINUTES.contains(minutes));
        Self { zone: text("time_zone"), minutes: minutes.unwrap_or(USUAL), starts: FIELDS.map(text).to_vec() }
    }

    /// Every field.
    pub(super) fn starts(&self, locale: &Locale) -> Vec<Start<'_>> {
        let fields = FIELDS.into_iter().zip(&self.starts).zip(1..);
        fields
            .map(|((name, value), number)| Start { name, label: locale.count("slots-start", number), value })
            .collect()
    }

    /// How long a call may be, and whether that is chosen.
    pub(super) fn lengths(&self, locale: &Locale) -> Vec<(u16, String, bool)> {
        let length = |minutes| (minutes, locale.count("slots-minutes", u64::from(minutes)), minutes == self.minutes);
        MINUTES.into_iter().map(length).collect()
    }

    /// The zones to choose from, by part of the world.
    pub(super) fn zones(&self) -> Vec<(String, Vec<String>)> {
        zones()
    }

    /// As it is sent: a zone goes with times alone.
    pub(super) fn input(&self) -> (Option<String>, Vec<SlotInput>) {
        let slots: Vec<_> = self.filled().map(|(_, start)| self.slot(start)).collect();
        (Some(self.zone.clone()).filter(|_| !slots.is_empty()), slots)
    }

    /// What is wrong, by field.
    pub(super) fn wrong(&self, locale: Locale, now: Timestamp) -> Vec<(&'static str, String)> {
        let (fields, slots): (Vec<_>, Vec<_>) = self.filled().map(|(field, start)| (field, self.slot(start))).unzip();
        if slots.is_empty() {
            return Vec::new();
        }
        match judged_slots(&self.zone, &slots, now) {
            Err(_) => vec![("time_zone", locale.say("slots-wrong-zone"))],
            Ok(judged) => {
                let said = |(field, why): (&'static str, Option<NoSlot>)| Some((field, in_words(locale, &why?)));
                fields.into_iter().zip(judged).filter_map(said).collect()
            }
        }
    }

    /// The times by the writer's clock and the mentor's, in words.
    pub(super) fn said(&self, app: &App, locale: Locale, mentor: &ProfileId) -> Vec<String> {
        let (_, slots) = self.input();
        let seen = app.introductions.mentor_zone(mentor);
        let slots = shown_slots(&self.zone, &slots, seen.as_deref(), app.clock.now());
        slots.iter().map(|slot| locale.slot(slot, mentormesh_protocol::api::Direction::Sent)).collect()
    }

    /// What tells this form from one with other times.
    pub(super) fn key(&self) -> String {
        format!("{} {} {}", self.zone, self.minutes, self.starts.join(" "))
    }

    fn filled(&self) -> impl Iterator<Item = (&'static str, &String)> {
        FIELDS.into_iter().zip(&self.starts).filter(|(_, start)| !start.is_empty())
    }

    fn slot(&self, start: &str) -> SlotInput {
        SlotInput { start: start.to_owned(), minutes: self.minutes }
    }
}

/// Why a time cannot be offered.
fn in_words(locale: Locale, why: &NoSlot) -> String {
    match why {
        NoSlot::Skipped(readings) => {
            locale.with("slots-wrong-skipped", &[("early", &hour(&readings.first)), ("late", &hour(&readings.second))])
        }
        NoSlot::Twice(_) => locale.say("slots-wrong-twice"),
        NoSlot::Past => locale.say("slots-wrong-past"),
        NoSlot::Far(last) => locale.with("slots-wrong-far", &[("day", &locale.day(*last))]),
        NoSlot::Repeated => locale.say("slots-wrong-repeated"),
        NoSlot::Unread(_) | NoSlot::OtherOffset { .. } | NoSlot::Seconds | NoSlot::Length(_) => {
            locale.say("slots-wrong-unread")
        }
    }
}

/// `02:30` of `2027-03-28T02:30+01:00`.
fn hour(reading: &str) -> String {
    reading.split_once('T').map(|(_, time)| time.chars().take(5).collect()).unwrap_or_default()
}

/// The times of a request, numbered, as whoever looks reads them.
pub(super) fn offered(locale: Locale, one: &Introduction) -> Vec<(u8, String)> {
    let slots = one.times.iter().flat_map(|times| &times.slots);
    slots.map(|slot| (slot.number, locale.slot(slot, one.direction))).collect()
}

/// The time that the two agreed on.
pub(super) fn agreed(locale: Locale, one: &Introduction) -> Option<String> {
    let slot = one.times.as_ref()?.agreed()?;
    Some(locale.slot(slot, one.direction))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(fields: &[(&str, &str)]) -> Times {
        Times::read(&Pairs(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()))
    }

    #[test]
    fn each_time_that_cannot_be_offered_is_said_beside_its_field_in_every_language() {
        let now = "2027-03-01T12:00:00Z".parse().expect("a moment");
        let times = typed(&[
            ("time_zone", "Europe/London"),
            ("slot-1", "2027-03-10T09:30"),
            ("slot-2", "2027-03-28T01:30"),
            ("slot-4", "2027-02-01T09:30"),
            ("slot-5", "soon"),
            ("slot-6", "2027-03-10T09:30"),
        ]);
        for locale in Locale::ALL {
            let wrong = times.wrong(locale, now);
            let fields: Vec<_> = wrong.iter().map(|(field, _)| *field).collect();
            assert_eq!(fields, ["slot-2", "slot-4", "slot-5", "slot-6"]);
            assert!(
                wrong.first().is_some_and(|(_, said)| said.contains("00:30") && said.contains("02:30")),
                "{wrong:?}"
            );
        }
        let nowhere = typed(&[("slot-1", "2027-03-10T09:30")]).wrong(Locale::English, now);
        assert_eq!(nowhere.first().map(|(field, _)| *field), Some("time_zone"));
        assert_eq!(typed(&[("time_zone", "Europe/London")]).wrong(Locale::English, now), []);
    }

    #[test]
    fn a_zone_without_times_is_not_sent_and_times_are_sent_as_they_were_typed() {
        assert_eq!(typed(&[("time_zone", "Europe/London")]).input(), (None, Vec::new()));
        let (zone, slots) =
            typed(&[("time_zone", "Asia/Kathmandu"), ("slot-3", "2027-03-10T09:30"), ("slot_minutes", "45")]).input();
        assert_eq!(zone.as_deref(), Some("Asia/Kathmandu"));
        assert_eq!(slots, [SlotInput { start: "2027-03-10T09:30".to_owned(), minutes: 45 }]);
    }
}
