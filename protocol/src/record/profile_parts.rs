//! The small structures that a profile is made of; each checks its own fields.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::Invalid;
use super::invalid::{country, optional, required, text};
use super::profile_words::{
    AvailabilityStatus, Fee, Fluency, HoursBand, Level, OfferKind, PracticeStatus, ResponsivenessBand,
};
use crate::limits::PAUSE_AHEAD;
use crate::time::Date;

/// Something a mentor knows about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Skill {
    /// What, in up to 100 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    #[n(0)]
    pub label: String,
    /// The concept in a vocabulary such as ESCO.
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// How much.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// For how many years, 0 to 60.
    #[cfg_attr(feature = "openapi", schema(maximum = 60))]
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<u8>,
}

impl Skill {
    pub(super) fn check(&self) -> Result<(), Invalid> {
        text("label", &self.label, required(100))?;
        optional("uri", self.uri.as_deref(), required(200))?;
        let fits = self.years.is_none_or(|years| years <= 60);
        if fits { Ok(()) } else { Err(Invalid::new("years", "at most 60")) }
    }
}

/// One thing a mentor offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Offer {
    /// What sort of mentoring.
    #[n(0)]
    pub kind: OfferKind,
    /// Minutes of one meeting, 10 to 180.
    #[cfg_attr(feature = "openapi", schema(minimum = 10, maximum = 180))]
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// Meetings a month, 1 to 31.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 31))]
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meetings_per_month: Option<u8>,
    /// Mentees in a group, up to 25.
    #[cfg_attr(feature = "openapi", schema(minimum = 2, maximum = 25))]
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_max: Option<u8>,
    /// What it costs.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<Fee>,
    /// About the cost, up to 120 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 120))]
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee_note: Option<String>,
}

impl Offer {
    pub(super) fn check(&self) -> Result<(), Invalid> {
        if self.minutes.is_some_and(|minutes| !(10..=180).contains(&minutes)) {
            return Err(Invalid::new("minutes", "10 to 180"));
        }
        if self.meetings_per_month.is_some_and(|meetings| !(1..=31).contains(&meetings)) {
            return Err(Invalid::new("meetings_per_month", "1 to 31"));
        }
        if self.group_max.is_some_and(|most| !(2..=25).contains(&most)) {
            return Err(Invalid::new("group_max", "2 to 25"));
        }
        optional("fee_note", self.fee_note.as_deref(), required(120))
    }
}

/// A language a mentor can mentor in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Language {
    /// Its BCP 47 tag.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Za-z]{2}[A-Za-z0-9-]{0,33}$"))]
    #[n(0)]
    pub tag: String,
    /// How well.
    #[n(1)]
    #[serde(default = "working")]
    pub fluency: Fluency,
}

fn working() -> Fluency {
    Fluency::Working
}

/// Where a mentor is, never finer than a region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Area {
    /// Two-letter country.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Z]{2}$"))]
    #[n(0)]
    pub country: String,
    /// Region, up to 80 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

impl Area {
    pub(super) fn check(&self) -> Result<(), Invalid> {
        country("country", &self.country)?;
        optional("region", self.region.as_deref(), required(80))
    }
}

/// Whether requests are welcome now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Availability {
    /// Whether.
    #[n(0)]
    pub status: AvailabilityStatus,
    /// How many more mentees, 0 to 5; one if nothing is said.
    #[cfg_attr(feature = "openapi", schema(maximum = 5))]
    #[n(1)]
    #[serde(default = "one")]
    pub places: u8,
    /// From which day; of a pause, its first.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Until which day; of a pause, the day on which requests are welcome again.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

const fn one() -> u8 {
    1
}

impl Default for Availability {
    fn default() -> Self {
        Self { status: AvailabilityStatus::Accepting, places: one(), from: None, until: None }
    }
}

impl Availability {
    /// A pause as a home node takes it on a day: it ends after it begins, lies ahead, and both within a year.
    ///
    /// # Errors
    /// The day that breaks its rule.
    pub fn paused(places: u8, from: Option<Date>, until: Option<Date>, today: Date) -> Result<Self, Invalid> {
        let furthest = today.start().plus(PAUSE_AHEAD).date();
        let too_far = |day: &Date| *day > furthest;
        let beyond = |field: &str| Invalid::new(field, format!("lies beyond {furthest}, the furthest day of a pause"));
        if from.as_ref().is_some_and(too_far) {
            return Err(beyond("from"));
        }
        if until.as_ref().is_some_and(too_far) {
            return Err(beyond("until"));
        }
        if until.is_some_and(|until| until <= from.unwrap_or(today).max(today)) {
            let problem = "is the day on which requests are welcome again; it comes after today and after `from`";
            return Err(Invalid::new("until", problem));
        }
        Ok(Self { status: AvailabilityStatus::Paused, places, from, until })
    }

    /// What of it holds on a day: before a pause and from the day that ends it, requests are welcome.
    #[must_use]
    pub fn on(&self, day: Date) -> Self {
        let ahead = self.from.is_some_and(|from| day < from);
        if self.status == AvailabilityStatus::Paused && (ahead || self.is_over(day)) {
            return Self { status: AvailabilityStatus::Accepting, places: self.places, from: None, until: None };
        }
        self.clone()
    }

    /// Whether it is a pause that has ended.
    #[must_use]
    pub fn is_over(&self, day: Date) -> bool {
        self.status == AvailabilityStatus::Paused && self.until.is_some_and(|until| until <= day)
    }

    /// The first day after this one on which what holds changes.
    #[must_use]
    pub fn turns_after(&self, day: Date) -> Option<Date> {
        let dates = [self.from, self.until].into_iter().flatten().filter(|turn| *turn > day);
        dates.min().filter(|_| self.status == AvailabilityStatus::Paused)
    }

    pub(super) fn check(&self) -> Result<(), Invalid> {
        if self.places > 5 {
            return Err(Invalid::new("places", format!("{}, at most 5", self.places)));
        }
        let ordered = self.from.zip(self.until).is_none_or(|(from, until)| from <= until);
        if ordered { Ok(()) } else { Err(Invalid::new("until", "before from")) }
    }
}

/// How soon requests were answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Responsiveness {
    /// The band.
    #[n(0)]
    pub band: ResponsivenessBand,
    /// The day it was computed.
    #[n(1)]
    pub computed_on: Date,
}

/// Where a mentor stands in the profession, in the mentor's own words; what a body confirms is an attestation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Practice {
    /// Which of the three.
    #[n(0)]
    pub status: PracticeStatus,
    /// The trainee's programme, up to 120 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 120))]
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<String>,
    /// The award the trainee works for, up to 80 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award_sought: Option<String>,
    /// The day the programme ends.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
    /// Whether a supervisor accompanies the practice.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervised: Option<bool>,
    /// How many hours so far.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours_band: Option<HoursBand>,
}

impl Practice {
    /// A practice of which nothing but the status is said.
    #[must_use]
    pub const fn new(status: PracticeStatus) -> Self {
        Self { status, programme: None, award_sought: None, ends_on: None, supervised: None, hours_band: None }
    }

    pub(super) fn check(&self) -> Result<(), Invalid> {
        optional("programme", self.programme.as_deref(), required(120))?;
        optional("award_sought", self.award_sought.as_deref(), required(80))?;
        if self.status == PracticeStatus::Trainee && (self.programme.is_none() || self.ends_on.is_none()) {
            return Err(Invalid::new("programme", "a trainee states programme and ends_on"));
        }
        Ok(())
    }
}

/// The code of ethics a mentor accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Ethics {
    /// What the code is called, up to 120 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 120))]
    #[n(0)]
    pub code: String,
    /// Its version, up to 40 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 40))]
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The day it was accepted.
    #[n(2)]
    pub accepted_on: Date,
}

impl Ethics {
    pub(super) fn check(&self) -> Result<(), Invalid> {
        text("code", &self.code, required(120))?;
        optional("version", self.version.as_deref(), required(40))
    }
}

/// When somebody at the home node last looked a listing over (HSDS `assured_date`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Assured {
    /// The day.
    #[n(0)]
    pub on: Date,
    /// In which role, up to 80 characters; never a person's name.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 80))]
    #[n(1)]
    pub by_role: String,
}

impl Assured {
    pub(super) fn check(&self) -> Result<(), Invalid> {
        text("by_role", &self.by_role, required(80))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn pause(from: Option<&str>, until: Option<&str>) -> Result<Availability, Invalid> {
        Availability::paused(2, from.map(day), until.map(day), day("2026-12-01"))
    }

    #[test]
    fn a_pause_holds_from_its_first_day_until_requests_are_welcome_again() {
        let away = pause(Some("2026-12-20"), Some("2027-01-04")).expect("a pause");
        for (on, status) in [
            ("2026-12-19", AvailabilityStatus::Accepting),
            ("2026-12-20", AvailabilityStatus::Paused),
            ("2027-01-03", AvailabilityStatus::Paused),
            ("2027-01-04", AvailabilityStatus::Accepting),
        ] {
            let held = away.on(day(on));
            assert_eq!((held.status, held.places), (status, 2), "{on}");
            assert_eq!(held.until.is_some(), status == AvailabilityStatus::Paused, "{on}: no plan is told ahead");
        }
        let turns = |from: &str| away.turns_after(day(from));
        assert_eq!(turns("2026-12-01"), Some(day("2026-12-20")));
        assert_eq!(turns("2026-12-20"), Some(day("2027-01-04")));
        assert_eq!(turns("2027-01-04"), None);
        let welcome = Availability { until: Some(day("2027-01-04")), ..Availability::default() };
        assert_eq!((welcome.turns_after(day("2026-12-01")), welcome.on(day("2028-01-01"))), (None, welcome.clone()));
    }

    #[test]
    fn the_dates_of_a_pause_lie_ahead_in_order_and_within_a_year() {
        assert!(pause(None, None).is_ok() && pause(Some("2026-11-01"), Some("2026-12-02")).is_ok());
        let field = |from, until| pause(from, until).expect_err("refused").field;
        assert_eq!(field(None, Some("2026-12-01")), "until");
        assert_eq!(field(Some("2026-12-24"), Some("2026-12-24")), "until");
        assert_eq!(field(None, Some("2027-12-03")), "until");
        assert_eq!(field(Some("2027-12-03"), None), "from");
        assert!(pause(None, Some("2027-12-02")).is_ok());
    }
}
