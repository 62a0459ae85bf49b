//! A desk that is older than what the network holds of ours: newer texts are taken over, and what no listing here
//! answers for can be ended.
//!
//! It happens after a desk was restored, or lost its last changes. What people were shown last stands; an older desk
//! never overrules it.

use mentormesh_protocol::api::{Consent, Contact, Listing, ListingInput, Problem, Reach};
use mentormesh_protocol::record::Profile;
use mentormesh_protocol::{Slot, Subject};

use super::handle::{Listings, NODE};
use super::responsiveness::as_written;
use super::view::carried;
use crate::desk::ListingRow;

impl Listings {
    /// Takes over a record of ours that is newer than what the desk has; the listing then says what the record says.
    /// Answers whether it was news.
    ///
    /// # Errors
    /// When the desk fails.
    pub(super) async fn adopt(&self, slot: &Slot, sequence: u64, envelope: &[u8]) -> Result<bool, Problem> {
        let _turn = self.turn().await?;
        let mut write = self.desk.write().await?;
        if !write.adopt(slot, sequence, envelope).await? {
            return Ok(false);
        }
        if let Some(profile) = slot.profile_id()
            && let Some(row) = write.listing(&profile.subject).await?
            && let Some(content) = shown(&row)
            && content != row.content
        {
            write.put_listing(&profile.subject, &content, NODE).await?;
        }
        write.commit().await?;
        Ok(true)
    }

    /// Ends a profile of ours that stands on the network while the desk holds no listing of it. `None` when there is
    /// no such profile.
    pub(super) async fn withdraw_unlisted(&self, id: &Subject, erase: bool) -> Result<Option<Listing>, Problem> {
        let own = self.desk.own_envelope(&self.slot(id)).await?;
        if own.is_none_or(|own| own.withdrawn) {
            return Ok(None);
        }
        self.signer.withdraw(self.slot(id), erase).await?;
        let act = if erase { "listing.erased" } else { "listing.withdrawn" };
        self.desk.audit(&self.by, act, &id.to_string(), "").await?;
        self.end(id, erase).await?;
        let now = self.clock.now();
        let content = ListingInput { profile: Profile::default(), contact: Contact::default(), consent: None };
        let row = ListingRow {
            subject: *id,
            content,
            confirmed_at: None,
            created_at: now,
            changed_at: now,
            silences: 0,
            record: None,
        };
        self.blank(row).await.map(Some)
    }
}

/// The content of a listing as its record shows it, with the contact that only the desk knows.
fn shown(row: &ListingRow) -> Option<ListingInput> {
    let body = as_written(carried(row)?);
    let consent = Consent {
        given_on: body.consented.given_on,
        notice_version: Some(body.consented.notice_version),
        // It was published, so that is what was agreed to.
        reach: Reach::Network,
        open_web: body.consented.open_web,
    };
    Some(ListingInput { profile: body.profile, contact: row.content.contact.clone(), consent: Some(consent) })
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::api::{ErrorCode, ListingState};

    use super::super::handle::tests::{House, ada, house};
    use super::*;
    use crate::desk::OwnEnvelope;

    /// What the network holds of a listing.
    async fn standing(house: &House, id: &Subject) -> OwnEnvelope {
        let slot = house.listings.slot(id);
        house.listings.desk.own_envelope(&slot).await.expect("read").expect("published")
    }

    async fn published_as(house: &House, id: &Subject, headline: &str) -> OwnEnvelope {
        house.clock.advance(1);
        let mut input = ada();
        input.profile.headline = headline.to_owned();
        house.listings.edit(id, input, None).await.expect("edited");
        house.listings.publish(id).await.expect("published");
        standing(house, id).await
    }

    #[tokio::test]
    async fn the_newer_text_stands_and_the_contact_stays() {
        let (old, world) = (house().await, house().await);
        let id = world.listings.add(ada()).await.expect("added").id;
        world.listings.publish(&id).await.expect("published");
        let newer = published_as(&world, &id, "Pottery for beginners").await;
        // The old desk holds the draft alone, under the same id.
        let mut write = old.listings.desk.write().await.expect("a change");
        write.put_listing(&id, &ada(), "test").await.expect("put");
        write.commit().await.expect("kept");
        assert!(old.listings.adopt(&newer.slot, newer.sequence, &newer.envelope).await.expect("adopted"));
        assert!(!old.listings.adopt(&newer.slot, newer.sequence, &newer.envelope).await.expect("asked"), "once");
        let listing = old.listings.find(&id).await.expect("found");
        assert_eq!((listing.state, listing.edited), (ListingState::Published, false));
        assert_eq!(listing.profile.headline, "Pottery for beginners");
        assert_eq!(listing.contact.email, "ada@example.org");
    }

    #[tokio::test]
    async fn an_older_desk_signs_nothing_over_what_is_newer_until_it_has_learnt_it() {
        let house = house().await;
        let id = house.listings.add(ada()).await.expect("added").id;
        house.listings.publish(&id).await.expect("published");
        let older = standing(&house, &id).await;
        let newer = published_as(&house, &id, "Pottery for beginners").await;
        house.listings.desk.set_back(&older).await;
        let refused = house.listings.publish(&id).await.map_err(|problem| problem.code).map(drop);
        assert_eq!(refused, Err(ErrorCode::Busy));
        assert!(house.listings.adopt(&newer.slot, newer.sequence, &newer.envelope).await.expect("adopted"));
        house.clock.advance(1);
        house.listings.publish(&id).await.expect("published");
        assert_eq!(house.listings.find(&id).await.expect("found").profile.headline, "Pottery for beginners");
    }

    #[tokio::test]
    async fn a_profile_that_no_listing_answers_for_is_ended_by_its_id() {
        let (old, world) = (house().await, house().await);
        let id = world.listings.add(ada()).await.expect("added").id;
        world.listings.publish(&id).await.expect("published");
        let stands = standing(&world, &id).await;
        let none = old.listings.withdraw(&id, false).await.map_err(|problem| problem.code).map(drop);
        assert_eq!(none, Err(ErrorCode::NotFound));
        old.listings.adopt(&stands.slot, stands.sequence, &stands.envelope).await.expect("adopted");
        assert_eq!(old.listings.desk.unlisted().await.expect("read"), [id]);
        let absent = old.listings.find(&id).await.expect_err("no listing");
        assert!(absent.detail.contains("stands on the network"), "{absent}");
        old.clock.advance(1);
        old.listings.withdraw(&id, false).await.expect("withdrawn");
        assert_eq!(old.listings.desk.unlisted().await.expect("read"), []);
    }
}
