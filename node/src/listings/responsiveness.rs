//! How soon a mentor answers, from what really happened, and so coarsely that it tells of no request.
//!
//! It is put into a profile whenever that is signed for another reason, and is never a reason to sign.

use mentormesh_protocol::limits::{ANSWERS_TO_TELL, DAY};
use mentormesh_protocol::record::{ProfileBody, Responsiveness, ResponsivenessBand};
use mentormesh_protocol::{Date, Subject};

use super::handle::Listings;
use crate::desk::DeskError;

impl Listings {
    /// Writes into what is to be signed how soon this mentor answers, as of today.
    pub(super) async fn tell_responsiveness(&self, id: &Subject, body: &mut ProfileBody) -> Result<(), DeskError> {
        let times = self.desk.answer_times(id).await?;
        body.profile.responsiveness = responsiveness(&times, self.clock.now().date());
        Ok(())
    }
}

/// The band within which at least half of the requests had their first word; none while there were too few.
fn responsiveness(times: &[Option<u64>], computed_on: Date) -> Option<Responsiveness> {
    if times.len() < ANSWERS_TO_TELL {
        return None;
    }
    let half = times.len().div_ceil(2);
    let within = |days: u64| times.iter().flatten().filter(|waited| **waited <= days * DAY).count() >= half;
    let band = if within(3) {
        ResponsivenessBand::ThreeDays
    } else if within(7) {
        ResponsivenessBand::Week
    } else if within(14) {
        ResponsivenessBand::TwoWeeks
    } else {
        ResponsivenessBand::Slow
    };
    Some(Responsiveness { band, computed_on })
}

/// What a profile says apart from what its node computes.
pub(super) fn as_written(mut body: ProfileBody) -> ProfileBody {
    body.profile.responsiveness = None;
    body
}

#[cfg(test)]
mod tests {
    use super::super::handle::tests::NOW;
    use super::*;

    /// A request that was answered after so many days, or never.
    fn band(days: &[Option<u64>]) -> Option<ResponsivenessBand> {
        let times: Vec<_> = days.iter().map(|days| days.map(|days| days * DAY)).collect();
        responsiveness(&times, NOW.date()).map(|told| told.band)
    }

    #[test]
    fn fewer_than_five_requests_tell_nothing() {
        assert_eq!(band(&[Some(1); 4]), None);
        assert_eq!(band(&[]), None);
        assert_eq!(band(&[Some(1); 5]), Some(ResponsivenessBand::ThreeDays));
    }

    #[test]
    fn a_band_is_where_half_of_the_requests_had_their_first_word() {
        use ResponsivenessBand::{Slow, ThreeDays, TwoWeeks, Week};
        for (days, expected) in [
            ([Some(3), Some(3), Some(3), None, None], ThreeDays),
            ([Some(3), Some(3), Some(4), None, None], Week),
            ([Some(1), Some(1), Some(14), None, None], TwoWeeks),
            ([Some(1), Some(1), None, None, None], Slow),
            ([Some(20), Some(20), Some(20), Some(1), Some(1)], Slow),
            ([None; 5], Slow),
        ] {
            assert_eq!(band(&days), Some(expected), "{days:?}");
        }
    }
}
