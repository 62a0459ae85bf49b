//! Listings over time: renewed by themselves while somebody stands by them, and gone from the network otherwise.
//!
//! A profile lives 35 days and is signed again when a third of that is left, as it was published and never as it was
//! edited since. That happens only while mentor or registrar confirmed it within `listings.confirm_every`. A node that
//! slept past an expiry renews the same way when it wakes.

use mentormesh_protocol::Date;
use mentormesh_protocol::api::{ErrorCode, Problem, Reach};
use mentormesh_protocol::limits::PROFILE_LIFETIME;
use mentormesh_protocol::record::{Body, Consented, ProfileBody};

use super::handle::{Listings, NODE};
use super::view::{body, carried};
use crate::desk::ListingRow;

/// The age at which a profile is signed again: one third before it expires.
const RENEWED_AT: u64 = PROFILE_LIFETIME / 3 * 2;
/// Renewals in one turn, so that a big register does not flood its peers.
const TURN: u32 = 512;

impl Listings {
    /// Signs again what is due, at most a turn's worth, and answers how many that were. Call it every few minutes.
    ///
    /// # Errors
    /// When the signer refuses; what was renewed before stays renewed, and the next turn goes on.
    pub async fn renew_due(&self) -> Result<u64, Problem> {
        let now = self.clock.now();
        let (before, confirmed_after) = (now.minus(RENEWED_AT), now.minus(self.confirm_every));
        let mut renewed = 0;
        for row in self.desk.listings_to_renew(before, confirmed_after, TURN).await? {
            match self.renew_unless_changed(&row).await {
                Ok(done) => renewed += u64::from(done),
                // Nobody's could be signed now.
                Err(problem)
                    if matches!(problem.code, ErrorCode::Busy | ErrorCode::ReadOnly | ErrorCode::StorageFull) =>
                {
                    return Err(problem);
                }
                // One that cannot be renewed must not keep everybody else's from it.
                Err(problem) => tracing::error!(listing = %row.subject, %problem, "a listing was not renewed"),
            }
        }
        Ok(renewed)
    }

    /// Notes each listing that has run out since this was last asked, forgets what was erased, and answers how many
    /// ran out.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn expire_due(&self) -> Result<u64, Problem> {
        let mut write = self.desk.write().await?;
        let expired = write.newly_expired().await?;
        for id in &expired {
            write.note(NODE, "listing.expired", &id.to_string(), "").await?;
        }
        let forgotten = write.forget_erased().await?;
        write.commit().await?;
        if forgotten > 0 {
            self.desk.settle().await?;
        }
        Ok(expired.len() as u64)
    }

    /// How many published listings need confirming within `within` milliseconds to stay on the network.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn to_confirm(&self, within: u64) -> Result<u64, Problem> {
        let confirmed_after = self.clock.now().plus(within).minus(self.confirm_every);
        Ok(self.desk.listings_unconfirmed(confirmed_after).await?)
    }

    /// Renews what a turn's list found due, unless somebody changed it since the list was read.
    async fn renew_unless_changed(&self, listed: &ListingRow) -> Result<bool, Problem> {
        let _turn = self.turn().await?;
        match self.desk.listing(&listed.subject).await? {
            Some(row) if row.record == listed.record && !row.is_erased() => self.renew(&row).await,
            Some(_) | None => Ok(false),
        }
    }

    /// Signs a listing again as it was published; answers whether its consent still covers that.
    pub(super) async fn renew(&self, row: &ListingRow) -> Result<bool, Problem> {
        let Some(mut body) = renewed_body(row, self.clock.now().date()) else { return Ok(false) };
        self.tell_responsiveness(&row.subject, &mut body).await?;
        let issued = self.signer.renew(self.slot(&row.subject), Body::Profile(Box::new(body))).await?;
        self.desk.audit(NODE, "listing.renewed", &row.subject.to_string(), &issued.record.to_string()).await?;
        Ok(true)
    }
}

/// What a renewal carries: what was published, with no more of the web than the consent of today allows, and no pause
/// that is over.
pub(super) fn renewed_body(row: &ListingRow, today: Date) -> Option<ProfileBody> {
    let consent = row.content.consent.as_ref().filter(|consent| consent.reach == Reach::Network)?;
    let mut published = carried(row).or_else(|| body(&row.content, today))?;
    published.profile.availability = published.profile.availability.on(today);
    let open_web = published.consented.open_web && consent.open_web;
    Some(ProfileBody { consented: Consented { open_web, ..published.consented }, ..published })
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::limits::DAY;

    use mentormesh_protocol::Subject;
    use mentormesh_protocol::api::{Listing, ListingState};

    use super::super::handle::tests::{House, NOW, ada, house};
    use super::super::view::CONFIRM_SOON;
    use super::*;

    async fn published(house: &House) -> Subject {
        let id = house.listings.add(ada()).await.expect("added").id;
        house.listings.publish(&id).await.expect("published");
        id
    }

    async fn found(house: &House, id: &Subject) -> Listing {
        house.listings.find(id).await.expect("found")
    }

    #[tokio::test]
    async fn a_listing_is_signed_again_when_a_third_of_its_life_is_left() {
        let house = house().await;
        let id = published(&house).await;
        house.clock.advance(RENEWED_AT - 1);
        assert_eq!(house.listings.renew_due().await, Ok(0));
        house.clock.advance(1);
        assert_eq!(house.listings.renew_due().await, Ok(1));
        assert_eq!(house.listings.renew_due().await, Ok(0), "once is enough");
        let listing = found(&house, &id).await;
        assert_eq!(listing.expires_at, Some(NOW.plus(RENEWED_AT).plus(PROFILE_LIFETIME)));
        assert_eq!(listing.confirmed_at, Some(NOW), "a renewal confirms nothing");
    }

    #[tokio::test]
    async fn a_renewal_carries_what_was_published_and_not_what_was_edited_since() {
        let house = house().await;
        let id = published(&house).await;
        let mut input = ada();
        input.profile.headline = "Half a thought".to_owned();
        house.listings.edit(&id, input, None).await.expect("edited");
        house.clock.advance(RENEWED_AT);
        assert_eq!(house.listings.renew_due().await, Ok(1));
        let row = house.listings.desk.listing(&id).await.expect("read").expect("there");
        let headline = carried(&row).map(|body| body.profile.headline);
        assert_eq!(headline.as_deref(), Some("Social media for public relations"));
        assert!(found(&house, &id).await.edited);
    }

    #[tokio::test]
    async fn a_listing_that_nobody_confirms_is_told_of_and_then_runs_out_once() {
        let house = house().await;
        let id = published(&house).await;
        for _ in 0..6 {
            house.clock.advance(RENEWED_AT);
            house.listings.renew_due().await.expect("renewed");
        }
        let listing = found(&house, &id).await;
        assert_eq!(listing.state, ListingState::Published);
        assert_eq!(house.listings.to_confirm(0).await, Ok(0));
        assert_eq!(house.listings.to_confirm(60 * DAY).await, Ok(1));
        house.clock.advance(RENEWED_AT);
        assert_eq!(house.listings.to_confirm(CONFIRM_SOON).await, Ok(1));
        let missing = found(&house, &id).await.missing;
        assert!(missing.iter().any(|missing| missing.starts_with("confirmation")), "{missing:?}");
        house.clock.advance(RENEWED_AT);
        assert_eq!(house.listings.renew_due().await, Ok(0), "the confirmation is older than 180 days");
        house.clock.advance(PROFILE_LIFETIME);
        assert_eq!(found(&house, &id).await.state, ListingState::Expired);
        assert_eq!(house.listings.expire_due().await, Ok(1));
        assert_eq!(house.listings.expire_due().await, Ok(0), "told once");
    }

    #[tokio::test]
    async fn confirming_what_ran_out_brings_it_back() {
        let house = house().await;
        let id = published(&house).await;
        house.clock.advance(181 * DAY);
        assert_eq!(house.listings.renew_due().await, Ok(0));
        assert_eq!(found(&house, &id).await.state, ListingState::Expired);
        let listing = house.listings.confirm(&id).await.expect("confirmed");
        assert_eq!((listing.state, listing.missing), (ListingState::Published, Vec::new()));
    }

    #[tokio::test]
    async fn a_node_that_slept_past_an_expiry_renews_what_was_confirmed() {
        let house = house().await;
        let id = published(&house).await;
        house.clock.advance(60 * DAY);
        assert_eq!(found(&house, &id).await.state, ListingState::Expired);
        assert_eq!(house.listings.renew_due().await, Ok(1));
        assert_eq!(found(&house, &id).await.state, ListingState::Published);
    }

    #[tokio::test]
    async fn a_renewal_never_shows_more_of_the_web_than_consent_does() {
        let house = house().await;
        let mut input = ada();
        input.consent = input.consent.map(|consent| mentormesh_protocol::api::Consent { open_web: true, ..consent });
        let id = house.listings.add(input).await.expect("added").id;
        house.listings.publish(&id).await.expect("published");
        house.listings.edit(&id, ada(), None).await.expect("edited");
        house.clock.advance(RENEWED_AT);
        assert_eq!(house.listings.renew_due().await, Ok(1));
        let row = house.listings.desk.listing(&id).await.expect("read").expect("there");
        assert_eq!(carried(&row).map(|body| body.consented.open_web), Some(false));
    }
}
