//! Publishing a listing and taking it off the network again.
//!
//! The signer makes the record durable at the desk and hands it on before it answers; the listing's state follows from
//! that record, so that there is no step after it that a crash could lose.

use mentormesh_protocol::Slot;
use mentormesh_protocol::Subject;
use mentormesh_protocol::api::{
    Contact, ErrorCode, Listing, ListingInput, ListingState, Problem, PublishReport, Reach,
};
use mentormesh_protocol::record::{Body, Kind, Profile, ProfileBody};

use super::handle::{Listings, NODE};
use super::prepare::prepare;
use super::view::body;
use crate::desk::{ListingRow, next_turn};
use crate::event::Event;

impl Listings {
    /// Puts a listing on the network, or what was edited since. It counts as a confirmation.
    ///
    /// # Errors
    /// When there is none, it was erased, no consent is recorded or consent does not reach the network, a field
    /// breaks a rule, or the signer refuses.
    pub async fn publish(&self, id: &Subject) -> Result<PublishReport, Problem> {
        self.signer.at_home().await;
        let _turn = self.turn().await?;
        self.publish_in_turn(id).await
    }

    /// Publishes for whoever has the turn.
    pub(super) async fn publish_in_turn(&self, id: &Subject) -> Result<PublishReport, Problem> {
        let Some(row) = self.desk.listing(id).await?.filter(|row| !row.is_erased()) else {
            return Err(self.unpublishable(id).await?);
        };
        let plan = row.content.profile.availability.clone();
        let mut body = self.publishable(row).await?;
        self.tell_responsiveness(id, &mut body).await?;
        let issued = self.signer.issue(self.slot(id), Body::Profile(Box::new(body))).await?;
        let mut write = self.desk.write().await?;
        write.confirm_listing(id).await?;
        let turns_at = next_turn(&plan, write.now().date());
        write.plan_availability(id, &plan, turns_at).await?;
        write.note(&self.by, "listing.published", &id.to_string(), &issued.record.to_string()).await?;
        write.commit().await?;
        self.events.tell(Event::Published(self.profile_id(id)));
        let listing = self.find(id).await?;
        Ok(PublishReport { listing, record: issued.record, visible_to: self.visible_to() })
    }

    /// Takes a listing off the network; with `erase` for ever, forgetting draft and contact here as well.
    ///
    /// # Errors
    /// When there is none, it is a draft that needs no withdrawal, it was erased, or the signer refuses.
    pub async fn withdraw(&self, id: &Subject, erase: bool) -> Result<Listing, Problem> {
        self.signer.at_home().await;
        let _turn = self.turn().await?;
        self.withdraw_in_turn(id, erase).await
    }

    /// Withdraws for whoever has the turn.
    pub(super) async fn withdraw_in_turn(&self, id: &Subject, erase: bool) -> Result<Listing, Problem> {
        let Some(row) = self.desk.listing(id).await?.filter(|row| !row.is_erased()) else {
            return match self.withdraw_unlisted(id, erase).await? {
                Some(ended) => Ok(ended),
                None => Err(self.unpublishable(id).await?),
            };
        };
        match row.state(self.clock.now()) {
            ListingState::Draft if !erase => {
                let problem = format!("listing {id} is a draft: nobody outside sees it");
                let next = format!("delete it instead: mentormesh profile delete {id}");
                return Err(Problem::new(ErrorCode::Conflict, problem).with_next(next));
            }
            ListingState::Withdrawn if !erase => {
                // Asked again, perhaps because the first time the record was signed and then not taken in.
                self.signer.resubmit(&self.slot(id)).await?;
                return Ok(self.show(row));
            }
            ListingState::Draft | ListingState::Published | ListingState::Withdrawn | ListingState::Expired => {}
        }
        self.signer.withdraw(self.slot(id), erase).await?;
        let act = if erase { "listing.erased" } else { "listing.withdrawn" };
        self.desk.audit(&self.by, act, &id.to_string(), "").await?;
        self.end(id, erase).await?;
        if erase { self.blank(row).await } else { self.find(id).await }
    }

    /// Ends the listing of a slot whose withdrawal came back from a peer and is at the desk already.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn ended_elsewhere(&self, slot: &Slot, erased: bool) -> Result<(), Problem> {
        let own = slot.organisation == self.signer.organisation() && slot.kind == Kind::Profile;
        let Some(id) = slot.profile_id().filter(|_| own) else { return Ok(()) };
        self.desk.audit(NODE, "listing.ended_elsewhere", &id.subject.to_string(), "").await?;
        self.end(&id.subject, erased).await
    }

    pub(super) async fn end(&self, id: &Subject, erased: bool) -> Result<(), Problem> {
        if erased {
            let mut write = self.desk.write().await?;
            write.forget_erased().await?;
            write.commit().await?;
            self.desk.settle().await?;
        }
        self.events.tell(Event::Withdrawn(self.profile_id(id)));
        Ok(())
    }

    /// What this listing would put on the network, if it may.
    async fn publishable(&self, mut row: ListingRow) -> Result<ProfileBody, Problem> {
        let (id, today) = (row.subject, self.clock.now().date());
        let availability = &mut row.content.profile.availability;
        if availability.is_over(today) {
            *availability = availability.on(today);
        }
        // The rules may have grown since the draft was saved.
        let content = prepare(row.content, &self.notice().await?, self.clock.now())?;
        let Some(body) = body(&content, today) else {
            let problem = format!("nobody recorded that the mentor of listing {id} agreed to be published");
            let next = "ask the mentor, then record the day as consent.given_on";
            return Err(Problem::new(ErrorCode::ConsentMissing, problem).with_next(next));
        };
        if content.consent.is_some_and(|consent| consent.reach != Reach::Network) {
            let problem = format!("the mentor of listing {id} agreed to less than the network");
            let next = "ask the mentor, then set consent.reach to network";
            return Err(Problem::new(ErrorCode::ReachNotNetwork, problem).with_next(next));
        }
        Ok(body)
    }

    /// Why nothing can be published or ended under this id: an erased one is told apart from one that never was.
    async fn unpublishable(&self, id: &Subject) -> Result<Problem, Problem> {
        let erased = self.desk.own_envelope(&self.slot(id)).await?.is_some_and(|own| own.erased);
        let mut problem = self.absent(id).await?;
        if erased {
            let next = problem.next.take();
            problem = Problem::new(ErrorCode::Conflict, problem.detail);
            problem.next = next;
        }
        Ok(problem)
    }

    /// What is left to show of a listing that was erased: that it ended.
    pub(super) async fn blank(&self, row: ListingRow) -> Result<Listing, Problem> {
        let record = self.desk.own_envelope(&self.slot(&row.subject)).await?.map(|own| crate::desk::OwnRecord {
            sequence: own.sequence,
            envelope: own.envelope,
            withdrawn: own.withdrawn,
            erased: own.erased,
        });
        let content = ListingInput { profile: Profile::default(), contact: Contact::default(), consent: None };
        let mut listing = self.show(ListingRow { content, record, ..row });
        listing.missing.clear();
        Ok(listing)
    }

    /// How many other organisations this node sends to: the ones it shows.
    pub(super) fn visible_to(&self) -> u64 {
        let view = self.views.borrow().clone();
        view.shown().filter(|shown| **shown != view.own).count() as u64
    }
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::Record;
    use mentormesh_protocol::api::Consent;
    use mentormesh_protocol::signed::Signed;

    use super::super::handle::tests::{House, NOW, ada, house};
    use super::*;

    async fn published(house: &House) -> Subject {
        let id = house.listings.add(ada()).await.expect("added").id;
        house.listings.publish(&id).await.expect("published");
        id
    }

    fn code<T>(answer: Result<T, Problem>) -> Option<ErrorCode> {
        answer.err().map(|problem| problem.code)
    }

    #[tokio::test]
    async fn nothing_is_published_without_consent_or_beyond_it() {
        let house = house().await;
        let mut input = ada();
        input.consent = None;
        let listing = house.listings.add(input).await.expect("added");
        assert!(listing.missing.iter().any(|missing| missing.starts_with("consent")), "{:?}", listing.missing);
        assert_eq!(code(house.listings.publish(&listing.id).await), Some(ErrorCode::ConsentMissing));
        for reach in [Reach::Local, Reach::Partners] {
            let mut input = ada();
            input.consent = input.consent.map(|consent| Consent { reach, ..consent });
            let edited = house.listings.edit(&listing.id, input, None).await.expect("edited");
            assert!(edited.missing.iter().any(|missing| missing.starts_with("reach")), "{:?}", edited.missing);
            assert_eq!(code(house.listings.publish(&listing.id).await), Some(ErrorCode::ReachNotNetwork));
        }
        let own = house.listings.desk.own_envelopes().await.expect("read");
        assert_eq!(own, [], "nothing was signed");
    }

    #[tokio::test]
    async fn what_is_published_carries_the_profile_and_never_the_contact() {
        let house = house().await;
        let id = published(&house).await;
        let own = house.listings.desk.own_envelopes().await.expect("read");
        let envelope = &own.first().expect("one record").envelope;
        let record = Signed::<Record>::decode(envelope).expect("an envelope");
        let profile = record.claims().profile().expect("a profile");
        assert_eq!(profile.profile.display_name, "Ada");
        assert_eq!(profile.consented.notice_version, "1");
        assert!(!envelope.windows(11).any(|bytes| bytes == b"example.org"), "the contact stays at home");
        let listing = house.listings.find(&id).await.expect("found");
        assert_eq!((listing.state, listing.edited), (ListingState::Published, false));
        assert_eq!(listing.expires_at, Some(NOW.plus(mentormesh_protocol::limits::PROFILE_LIFETIME)));
    }

    #[tokio::test]
    async fn an_edit_shows_as_edited_until_it_is_published() {
        let house = house().await;
        let id = published(&house).await;
        let mut input = ada();
        input.contact.email = "countess@example.org".to_owned();
        let moved = house.listings.edit(&id, input.clone(), None).await.expect("edited");
        assert!(!moved.edited, "a contact is not on the network");
        input.profile.headline = "Analytical engines".to_owned();
        assert!(house.listings.edit(&id, input, None).await.expect("edited").edited);
        assert!(!house.listings.publish(&id).await.expect("published").listing.edited);
    }

    #[tokio::test]
    async fn who_was_withdrawn_can_come_back() {
        let house = house().await;
        let id = published(&house).await;
        let withdrawn = house.listings.withdraw(&id, false).await.expect("withdrawn");
        assert_eq!((withdrawn.state, withdrawn.expires_at), (ListingState::Withdrawn, None));
        let again = house.listings.withdraw(&id, false).await.expect("withdrawn twice is withdrawn");
        assert_eq!(again.state, ListingState::Withdrawn);
        assert_eq!(house.listings.publish(&id).await.expect("published").listing.state, ListingState::Published);
    }

    #[tokio::test]
    async fn who_was_erased_leaves_nothing_behind_and_returns_as_somebody_new() {
        let house = house().await;
        let id = published(&house).await;
        let erased = house.listings.withdraw(&id, true).await.expect("erased");
        assert_eq!((erased.state, erased.contact.email.as_str()), (ListingState::Withdrawn, ""));
        assert_eq!(code(house.listings.publish(&id).await), Some(ErrorCode::Conflict));
        assert_eq!(code(house.listings.withdraw(&id, true).await), Some(ErrorCode::Conflict));
        assert_eq!(code(house.listings.find(&id).await), Some(ErrorCode::NotFound));
        assert_eq!(code(house.listings.edit(&id, ada(), None).await), Some(ErrorCode::NotFound));
        let returned = house.listings.add(ada()).await.expect("added again");
        assert_ne!(returned.id, id);
        house.listings.publish(&returned.id).await.expect("published");
    }

    #[tokio::test]
    async fn an_erased_name_is_in_no_byte_of_the_desk() {
        let house = house().await;
        let mut input = ada();
        input.profile.display_name = "Augusta Ada King-Noel".to_owned();
        let id = house.listings.add(input).await.expect("added").id;
        house.listings.publish(&id).await.expect("published");
        assert!(house.bytes().windows(9).any(|bytes| bytes == b"King-Noel"), "it is there before");
        house.listings.withdraw(&id, true).await.expect("erased");
        assert!(!house.bytes().windows(9).any(|bytes| bytes == b"King-Noel"), "and gone after");
    }

    #[tokio::test]
    async fn a_withdrawal_that_came_from_a_peer_ends_the_listing() {
        let house = house().await;
        let id = published(&house).await;
        let slot = house.listings.slot(&id);
        let later = NOW.plus(5_000).0;
        assert!(house.listings.desk.note_withdrawn(&slot, later, b"withdrawal", false).await.expect("noted"));
        house.listings.ended_elsewhere(&slot, false).await.expect("ended");
        let listing = house.listings.find(&id).await.expect("found");
        assert_eq!(listing.state, ListingState::Withdrawn);
        assert!(house.listings.desk.note_withdrawn(&slot, later + 1, b"erasure", true).await.expect("noted"));
        house.listings.ended_elsewhere(&slot, true).await.expect("ended");
        assert_eq!(code(house.listings.find(&id).await), Some(ErrorCode::NotFound));
        house.clock.advance(mentormesh_protocol::limits::PROFILE_LIFETIME);
        assert_eq!(house.listings.renew_due().await, Ok(0), "and nothing signs it again");
    }

    #[tokio::test]
    async fn a_draft_needs_no_withdrawal_but_may_be_erased() {
        let house = house().await;
        let id = house.listings.add(ada()).await.expect("added").id;
        assert_eq!(code(house.listings.withdraw(&id, false).await), Some(ErrorCode::Conflict));
        house.listings.withdraw(&id, true).await.expect("erased");
        assert_eq!(code(house.listings.publish(&id).await), Some(ErrorCode::Conflict));
    }
}
