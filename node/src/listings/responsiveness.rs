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
    use mentormesh_protocol::api::{Direction, ListingInput};
    use mentormesh_protocol::introduction::{Delivery, State};
    use mentormesh_protocol::record::OfferKind;
    use mentormesh_protocol::{IntroductionId, OrganisationId};

    use super::super::handle::tests::{House, NOW, ada, house};
    use super::super::view::carried;
    use super::*;
    use crate::desk::{EventRow, IntroductionRow};

    /// A request that came now and was answered after so many days, or ran out.
    async fn request(house: &House, mentor: &Subject, number: u8, answered: Option<u64>) {
        let (at, state) = (house.clock.now(), answered.map_or(State::Expired, |_| State::Declined));
        let row = IntroductionRow {
            id: IntroductionId([number; 16]),
            direction: Direction::Received,
            organisation: OrganisationId([2; 32]),
            subject: *mentor,
            mentee_ref: [number; 16],
            person: None,
            mentee_name: "Bo".to_owned(),
            mentee_email: None,
            title: "Fifteen minutes".to_owned(),
            purpose: "To hear how it began.".to_owned(),
            why_you: None,
            offer: OfferKind::Intro15,
            delivery: Delivery::Delivered,
            state,
            expires_at: at.plus(14 * DAY),
            created_at: at,
            changed_at: at,
            contact: None,
        };
        let mut write = house.listings.desk.write().await.expect("a change");
        write.add_introduction(&row).await.expect("kept");
        if let Some(days) = answered {
            let event = EventRow { at: at.plus(days * DAY), state, by: "mentor".to_owned(), message: None };
            write.introduction_event(&row.id, row.direction, &event).await.expect("kept");
        }
        write.commit().await.expect("durable");
    }

    async fn told(house: &House, id: &Subject) -> Option<Responsiveness> {
        let row = house.listings.desk.listing(id).await.expect("read").expect("there");
        carried(&row).expect("published").profile.responsiveness
    }

    #[tokio::test]
    async fn the_band_goes_with_what_is_signed_next_and_is_no_reason_to_sign() {
        let house = house().await;
        let id = house.listings.add(ada()).await.expect("added").id;
        house.listings.publish(&id).await.expect("published");
        for (number, days) in [(1, Some(1)), (2, Some(2)), (3, Some(6)), (4, Some(7))] {
            request(&house, &id, number, days).await;
        }
        house.clock.advance(1);
        house.listings.publish(&id).await.expect("published");
        assert_eq!(told(&house, &id).await, None, "four requests tell nothing");
        request(&house, &id, 5, None).await;
        house.clock.advance(DAY);
        assert_eq!((house.listings.turn_due().await, house.listings.renew_due().await), (Ok(0), Ok(0)));
        assert_eq!(told(&house, &id).await, None, "nothing is signed for its sake");

        house.clock.advance(29 * DAY);
        assert_eq!(house.listings.renew_due().await, Ok(1));
        let today = house.clock.now().date();
        let week = Some(Responsiveness { band: ResponsivenessBand::Week, computed_on: today });
        assert_eq!(told(&house, &id).await, week);
        let listing = house.listings.find(&id).await.expect("found");
        assert!(!listing.edited, "what the node computes is no edit");
        assert_eq!(listing.profile.responsiveness, None);
        // Whoever reads the listing and saves it as it is has written no band.
        let (profile, contact, consent) = (listing.profile, listing.contact, listing.consent);
        house.listings.edit(&id, ListingInput { profile, contact, consent }, None).await.expect("saved");
        let published = house.listings.publish(&id).await.expect("published");
        assert!(!published.listing.edited);
        house.clock.advance(366 * DAY);
        house.listings.publish(&id).await.expect("published");
        assert_eq!(told(&house, &id).await, None, "what is older than a year says nothing");
    }

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
