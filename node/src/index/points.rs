//! What counts towards a score, in tenths of a point, so that sums are exact everywhere.
//!
//! Development (words and skills found) gives up to 60 points, logistics up to 20 for what was asked of language,
//! country and offer, readiness up to 15, assurance up to 5 once bodies attest. Nothing is given for what was not
//! asked: without such a filter nobody has logistics points, and the order among hits is the same as if all had.

use mentormesh_protocol::record::{Availability, AvailabilityStatus, Fluency, Profile, ResponsivenessBand};

/// All that words and skills can give.
pub(super) const DEVELOPMENT: u32 = 600;
/// The part of it for words that stand together in one passage, as "social media" does in a skill.
pub(super) const TOGETHER: u32 = 100;

/// A language that was asked for, spoken natively or fluently.
pub(crate) const fn fluent_points() -> u32 {
    80
}

/// A language that was asked for, spoken well enough to work in.
pub(crate) const fn working_points() -> u32 {
    60
}

/// The country that was asked for.
pub(crate) const fn country_points() -> u32 {
    60
}

/// An offer that was asked for.
pub(crate) const fn offer_points() -> u32 {
    60
}

/// Whether a language is spoken well enough for the full points.
pub(crate) const fn is_fluent(fluency: Fluency) -> bool {
    matches!(fluency, Fluency::Native | Fluency::Fluent)
}

/// How ready a mentor is, in tenths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Readiness {
    /// For the status, and for a free place.
    pub(crate) availability: u32,
    /// For answering soon; who is too new to say is neither helped nor harmed much.
    pub(crate) responsiveness: u32,
}

impl Readiness {
    pub(crate) const fn total(self) -> u32 {
        self.availability + self.responsiveness
    }
}

/// How ready the mentor of a profile is. How many places are free does not matter beyond the first: a score must not
/// be raised by promising more.
pub(crate) fn readiness(profile: &Profile) -> Readiness {
    let Availability { status, places, .. } = &profile.availability;
    let place = if *places > 0 { 50 } else { 0 };
    let availability = match status {
        AvailabilityStatus::Accepting => 80 + place,
        AvailabilityStatus::Waitlist => 40,
        AvailabilityStatus::Paused => 10,
        AvailabilityStatus::Closed => 0,
    };
    let responsiveness = match profile.responsiveness.as_ref().map(|answered| answered.band) {
        Some(ResponsivenessBand::ThreeDays) => 20,
        Some(ResponsivenessBand::Week) => 15,
        Some(ResponsivenessBand::New | ResponsivenessBand::TwoWeeks) | None => 10,
        Some(ResponsivenessBand::Slow) => 0,
    };
    Readiness { availability, responsiveness }
}

/// Whether requests are welcome and a place is free.
pub(super) fn is_available(profile: &Profile) -> bool {
    profile.availability.status == AvailabilityStatus::Accepting && profile.availability.places > 0
}

/// Splits `points` by weight into whole tenths that add up to exactly `points`.
pub(super) fn split(points: u32, weights: &[f64]) -> Vec<u32> {
    let total: f64 = weights.iter().sum();
    if total <= 0.0 {
        return weights.iter().map(|_| 0).collect();
    }
    let mut so_far = 0.0;
    let mut given = 0;
    weights
        .iter()
        .map(|weight| {
            so_far += weight;
            let up_to = rounded(f64::from(points) * so_far / total);
            let share = up_to.saturating_sub(given);
            given += share;
            share
        })
        .collect()
}

fn rounded(value: f64) -> u32 {
    value.round().clamp(0.0, 1_000.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_to_the_whole() {
        for weights in [vec![1.0], vec![1.0, 1.0, 1.0], vec![0.3, 7.1, 2.2, 0.01]] {
            assert_eq!(split(DEVELOPMENT, &weights).iter().sum::<u32>(), DEVELOPMENT, "{weights:?}");
        }
        assert_eq!(split(DEVELOPMENT, &[]), Vec::<u32>::new());
    }

    #[test]
    fn more_places_than_one_do_not_raise_the_score() {
        let mut ada = Profile::default();
        ada.availability.places = 1;
        let one = readiness(&ada).total();
        ada.availability.places = 5;
        assert_eq!(readiness(&ada).total(), one);
        ada.availability.places = 0;
        assert!(readiness(&ada).total() < one);
    }
}
