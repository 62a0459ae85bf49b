//! Pauses: a mentor is away from a day until a day, the network sees it while it lasts, and it ends by itself.
//!
//! What was decided is at the desk first (`crate::desk` keeps plans); signing it follows at once, or as soon as this
//! node may sign. A turn changes the availability of what was published and nothing else of it.

use mentormesh_protocol::Subject;
use mentormesh_protocol::api::{Listing, ListingState, PauseInput, Problem};
use mentormesh_protocol::record::{Availability, Body};

use super::handle::{Listings, NODE};
use super::renew::renewed_body;
use super::view::carried;
use crate::desk::next_turn;
use crate::event::Event;

/// Turns made at once.
const TURN: u32 = 512;

impl Listings {
    /// Pauses a mentor's listing, at once or from a day, until a day or until somebody resumes.
    ///
    /// # Errors
    /// When there is none, or a date breaks its rule.
    pub async fn pause(&self, id: &Subject, pause: PauseInput, by: &str) -> Result<Listing, Problem> {
        self.change(id, "listing.paused", by, |before, today| {
            Availability::paused(before.places, pause.from, pause.until, today)
        })
        .await
    }

    /// Ends a pause, one of the node's own too.
    ///
    /// # Errors
    /// When there is no such listing.
    pub async fn resume(&self, id: &Subject, by: &str) -> Result<Listing, Problem> {
        self.change(id, "listing.resumed", by, |before, _| {
            let welcome = Availability::default();
            Ok(Availability { places: before.places, ..welcome })
        })
        .await
    }

    async fn change(
        &self,
        id: &Subject,
        act: &str,
        by: &str,
        to: impl FnOnce(
            &Availability,
            mentormesh_protocol::Date,
        ) -> Result<Availability, mentormesh_protocol::record::Invalid>,
    ) -> Result<Listing, Problem> {
        let mut write = self.desk.write().await?;
        let Some(before) = write.availability(id).await? else { return Err(self.absent(id).await?) };
        let availability = to(&before, write.now().date())?;
        write.set_availability(id, &availability, by).await?;
        write.spoke(id).await?;
        write.note(by, act, &id.to_string(), &dates(&availability)).await?;
        write.commit().await?;
        self.events.tell(Event::Planned(self.profile_id(id)));
        if let Err(problem) = self.turn_listing(id).await {
            tracing::warn!(listing = %id, %problem, "a pause is signed as soon as this node may sign");
        }
        self.find(id).await
    }

    /// Signs what has turned by its date or by somebody's decision, and answers how many that were.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn turn_due(&self) -> Result<u64, Problem> {
        let mut turned = 0;
        for (id, _) in self.desk.due_plans(TURN).await? {
            match self.turn_listing(&id).await {
                Ok(signed) => turned += u64::from(signed),
                // One that cannot be signed must not keep everybody else's from it; it stays planned.
                Err(problem) => tracing::warn!(listing = %id, %problem, "a listing's availability was not signed"),
            }
        }
        Ok(turned)
    }

    /// Brings one listing to what its plan says of today; answers whether anything had to be signed.
    async fn turn_listing(&self, id: &Subject) -> Result<bool, Problem> {
        let _turn = self.turn().await?;
        let Some(plan) = self.desk.availability_plan(id).await? else { return Ok(false) };
        let today = self.clock.now().date();
        let row = self.desk.listing(id).await?.filter(|row| row.state(self.clock.now()) == ListingState::Published);
        let mut signed = false;
        if let Some(row) = &row
            && let Some(mut body) = renewed_body(row, today)
        {
            body.profile.availability = plan.on(today);
            if carried(row).is_some_and(|shown| shown.profile.availability != body.profile.availability) {
                self.tell_responsiveness(id, &mut body).await?;
                self.signer.issue(self.slot(id), Body::Profile(Box::new(body))).await?;
                signed = true;
            }
        }
        let mut write = self.desk.write().await?;
        if write.availability_plan(id).await?.as_ref() != Some(&plan) {
            // Somebody decided otherwise meanwhile; that is due now.
            return Ok(signed);
        }
        if plan.is_over(today) && write.availability(id).await?.as_ref() == Some(&plan) {
            write.set_availability(id, &plan.on(today), NODE).await?;
            write.note(NODE, "listing.returned", &id.to_string(), "").await?;
        }
        let next = row.and_then(|_| next_turn(&plan, today));
        write.plan_availability(id, &plan, next).await?;
        write.commit().await?;
        Ok(signed)
    }
}

/// The dates of a pause, for the audit trail.
fn dates(availability: &Availability) -> String {
    let say = |word, day: Option<mentormesh_protocol::Date>| day.map(|day| format!("{word} {day}"));
    let said = [say("from", availability.from), say("until", availability.until)];
    said.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::Date;
    use mentormesh_protocol::api::ErrorCode;
    use mentormesh_protocol::limits::DAY;
    use mentormesh_protocol::record::AvailabilityStatus::{Accepting, Paused};

    use super::super::handle::tests::{House, NOW, ada, house};
    use super::*;

    /// The day so many days after the stories begin.
    fn day(days: u64) -> Option<Date> {
        Some(NOW.plus(days * DAY).date())
    }

    async fn published(house: &House) -> Subject {
        let id = house.listings.add(ada()).await.expect("added").id;
        house.listings.publish(&id).await.expect("published");
        house.clock.advance(1_000);
        id
    }

    /// What the network sees of the availability.
    async fn seen(house: &House, id: &Subject) -> Availability {
        let row = house.listings.desk.listing(id).await.expect("read").expect("there");
        carried(&row).expect("published").profile.availability
    }

    async fn sequence(house: &House, id: &Subject) -> u64 {
        let row = house.listings.desk.listing(id).await.expect("read").expect("there");
        row.record.expect("published").sequence
    }

    #[tokio::test]
    async fn a_pause_is_seen_at_once_and_ends_by_itself_on_its_day() {
        let house = house().await;
        let id = published(&house).await;
        let pause = PauseInput { from: None, until: day(10) };
        let paused = house.listings.pause(&id, pause, "mentor").await.expect("paused");
        assert!(!paused.edited, "what is on the network is what the desk says");
        let away = seen(&house, &id).await;
        assert_eq!((away.status, away.until, away.places), (Paused, day(10), 1));
        house.clock.advance(9 * DAY);
        assert_eq!(house.listings.turn_due().await, Ok(0), "not a day too early");
        house.clock.advance(DAY);
        assert_eq!(house.listings.turn_due().await, Ok(1));
        assert_eq!(seen(&house, &id).await, Availability::default());
        assert_eq!(house.listings.turn_due().await, Ok(0), "signed once");
        let listing = house.listings.find(&id).await.expect("found");
        assert_eq!((listing.profile.availability.status, listing.edited), (Accepting, false));
        let acts: Vec<_> = house.listings.desk.audit_trail(9).await.expect("read");
        let acts: Vec<_> = acts.into_iter().map(|row| (row.act, row.by)).collect();
        assert!(acts.contains(&("listing.returned".to_owned(), NODE.to_owned())), "{acts:?}");
        assert!(acts.contains(&("listing.paused".to_owned(), "mentor".to_owned())), "{acts:?}");
    }

    #[tokio::test]
    async fn an_absence_that_lies_ahead_is_not_told_before_its_first_day() {
        let house = house().await;
        let id = published(&house).await;
        let pause = PauseInput { from: day(5), until: day(8) };
        house.listings.pause(&id, pause, "mentor").await.expect("planned");
        assert_eq!(seen(&house, &id).await, Availability::default());
        house.clock.advance(5 * DAY);
        assert_eq!(house.listings.turn_due().await, Ok(1));
        assert_eq!(seen(&house, &id).await.status, Paused);
        house.clock.advance(3 * DAY);
        assert_eq!(house.listings.turn_due().await, Ok(1));
        assert_eq!(seen(&house, &id).await.status, Accepting);
    }

    #[tokio::test]
    async fn a_pause_that_is_published_with_an_edit_ends_as_well() {
        let house = house().await;
        let id = published(&house).await;
        let mut input = ada();
        input.profile.availability = Availability::paused(1, None, day(10), NOW.date()).expect("a pause");
        house.listings.edit(&id, input, None).await.expect("edited");
        assert_eq!(seen(&house, &id).await.status, Accepting, "an edit waits until it is published");
        house.listings.publish(&id).await.expect("published");
        assert_eq!(seen(&house, &id).await.status, Paused);
        house.clock.advance(10 * DAY);
        assert_eq!(house.listings.turn_due().await, Ok(1));
        assert_eq!(seen(&house, &id).await.status, Accepting);
    }

    #[tokio::test]
    async fn a_turn_publishes_nothing_that_was_only_edited() {
        let house = house().await;
        let id = published(&house).await;
        house.listings.pause(&id, PauseInput { from: None, until: day(2) }, "mentor").await.expect("paused");
        let mut input = house.listings.find(&id).await.expect("found");
        input.profile.headline = "Half a thought".to_owned();
        let input = mentormesh_protocol::api::ListingInput {
            profile: input.profile,
            contact: input.contact,
            consent: input.consent,
        };
        house.listings.edit(&id, input, None).await.expect("edited");
        house.clock.advance(2 * DAY);
        assert_eq!(house.listings.turn_due().await, Ok(1));
        let row = house.listings.desk.listing(&id).await.expect("read").expect("there");
        assert_eq!(
            carried(&row).map(|body| body.profile.headline).as_deref(),
            Some("Social media for public relations")
        );
        assert_eq!(row.content.profile.headline, "Half a thought");
    }

    #[tokio::test]
    async fn a_pause_decided_at_the_desk_alone_is_signed_by_the_next_upkeep() {
        let house = house().await;
        let id = published(&house).await;
        let mut write = house.listings.desk.write().await.expect("a change");
        let away = Availability::paused(1, None, day(3), NOW.date()).expect("a pause");
        assert!(write.set_availability(&id, &away, "mentor").await.expect("kept"));
        write.commit().await.expect("durable");
        let before = sequence(&house, &id).await;
        assert_eq!(house.listings.turn_due().await, Ok(1));
        assert!(sequence(&house, &id).await > before);
        assert_eq!(seen(&house, &id).await, away);
    }

    #[tokio::test]
    async fn whoever_is_paused_can_resume_and_a_renewal_ends_what_is_over() {
        let house = house().await;
        let id = published(&house).await;
        house.listings.pause(&id, PauseInput::default(), "mentor").await.expect("paused");
        assert_eq!(seen(&house, &id).await.until, None);
        house.listings.resume(&id, "mentor").await.expect("resumed");
        assert_eq!(seen(&house, &id).await, Availability::default());
        house.listings.pause(&id, PauseInput { from: None, until: day(20) }, "mentor").await.expect("paused");
        house.clock.advance(30 * DAY);
        house.listings.renew_due().await.expect("renewed");
        assert_eq!(seen(&house, &id).await.status, Accepting, "no renewal carries a pause beyond its day");
    }

    #[tokio::test]
    async fn dates_that_make_no_pause_change_nothing() {
        let house = house().await;
        let id = published(&house).await;
        for pause in [
            PauseInput { from: None, until: day(0) },
            PauseInput { from: day(3), until: day(3) },
            PauseInput { from: None, until: day(400) },
        ] {
            let refused = house.listings.pause(&id, pause, "mentor").await.map_err(|problem| problem.code);
            assert_eq!(refused.map(|listing| listing.state), Err(ErrorCode::Invalid), "{pause:?}");
        }
        assert_eq!(seen(&house, &id).await, Availability::default());
        let mut input = ada();
        input.profile.availability = Availability { status: Paused, until: day(0), ..Availability::default() };
        let refused = house.listings.edit(&id, input, None).await.map_err(|problem| problem.code);
        assert_eq!(refused.map(|listing| listing.state), Err(ErrorCode::Invalid));
        let nobody = house.listings.pause(&Subject([9; 16]), PauseInput::default(), "mentor").await;
        assert_eq!(nobody.map_err(|problem| problem.code).map(|listing| listing.state), Err(ErrorCode::NotFound));
    }
}
