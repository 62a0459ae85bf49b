//! Drafts: adding, editing, confirming, deleting. Nothing here reaches the network.

use mentormesh_protocol::Subject;
use mentormesh_protocol::api::{Consent, ErrorCode, Listing, ListingInput, ListingState, Problem, Reach};

use super::handle::Listings;
use super::prepare::prepare;
use super::view::etag;
use crate::desk::{ListingRow, Write};

impl Listings {
    /// Saves a new listing as a draft under a new random id.
    ///
    /// # Errors
    /// When a field breaks its rule, or a listing has this e-mail address already.
    pub async fn add(&self, input: ListingInput) -> Result<Listing, Problem> {
        let input = prepare(input, &self.notice().await?, self.clock.now())?;
        let id = new_subject()?;
        let mut write = self.desk.write().await?;
        refuse_other(&mut write, &input, &id).await?;
        write.put_listing(&id, &input, &self.by).await?;
        write.note(&self.by, "listing.added", &id.to_string(), "").await?;
        write.commit().await?;
        self.find(&id).await
    }

    /// Changes a listing, if it still is the version that `if_match` names. What is on the network stays as it is until
    /// it is published again.
    ///
    /// # Errors
    /// When there is none, it was changed meanwhile, a field breaks its rule, or the consent of what is published
    /// would shrink.
    pub async fn edit(&self, id: &Subject, input: ListingInput, if_match: Option<&str>) -> Result<Listing, Problem> {
        let input = prepare(input, &self.notice().await?, self.clock.now())?;
        let _turn = self.turn().await?;
        let mut write = self.desk.write().await?;
        let Some(row) = write.listing(id).await?.filter(|row| !row.is_erased()) else {
            return Err(self.absent(id).await?);
        };
        refuse_stale(&row.content, if_match)?;
        refuse_narrower(&row, &input, write.now())?;
        refuse_other(&mut write, &input, id).await?;
        if row.content != input {
            write.put_listing(id, &input, &self.by).await?;
            write.note(&self.by, "listing.edited", &id.to_string(), "").await?;
            write.commit().await?;
        }
        self.find(id).await
    }

    /// Writes down that mentor or registrar looked a listing over and stands by it. One that had run out is signed
    /// again at once.
    ///
    /// # Errors
    /// When there is none, or it cannot be signed.
    pub async fn confirm(&self, id: &Subject) -> Result<Listing, Problem> {
        let _turn = self.turn().await?;
        let mut write = self.desk.write().await?;
        let Some(row) = write.listing(id).await?.filter(|row| !row.is_erased()) else {
            return Err(self.absent(id).await?);
        };
        write.confirm_listing(id).await?;
        write.note(&self.by, "listing.confirmed", &id.to_string(), "").await?;
        let expired = row.state(write.now()) == ListingState::Expired;
        write.commit().await?;
        if expired {
            self.renew(&row).await?;
        }
        self.find(id).await
    }

    /// Forgets a draft that was never published.
    ///
    /// # Errors
    /// When there is none, or it was published once.
    pub async fn delete_draft(&self, id: &Subject) -> Result<(), Problem> {
        let _turn = self.turn().await?;
        let mut write = self.desk.write().await?;
        let Some(row) = write.listing(id).await?.filter(|row| !row.is_erased()) else {
            return Err(self.absent(id).await?);
        };
        if row.record.is_some() {
            let problem = format!("listing {id} was published; only a draft can be deleted");
            let next = "withdraw it, with erase if nothing of it shall remain";
            return Err(Problem::new(ErrorCode::Conflict, problem).with_next(next));
        }
        write.delete_draft(id).await?;
        write.note(&self.by, "listing.deleted", &id.to_string(), "").await?;
        write.commit().await?;
        Ok(self.desk.settle().await?)
    }
}

/// A random id for a listing that nobody had before.
pub(super) fn new_subject() -> Result<Subject, Problem> {
    let mut bytes = [0; 16];
    let drawn = getrandom::fill(&mut bytes);
    drawn.map_err(|e| Problem::new(ErrorCode::Internal, format!("the machine gives no random numbers: {e}")))?;
    Ok(Subject(bytes))
}

/// Refuses a second listing of one e-mail address.
async fn refuse_other(write: &mut Write, input: &ListingInput, id: &Subject) -> Result<(), Problem> {
    match write.listing_of(&input.contact.email).await? {
        Some(other) if other.subject != *id => {
            let problem = format!("listing {} has the e-mail address {} already", other.subject, input.contact.email);
            Err(Problem::new(ErrorCode::Conflict, problem).with_next("edit that listing, or write another address"))
        }
        Some(_) | None => Ok(()),
    }
}

fn refuse_stale(content: &ListingInput, if_match: Option<&str>) -> Result<(), Problem> {
    let current = etag(content);
    let names_it = |wanted: &str| {
        let tag = wanted.trim().trim_matches('"');
        tag == "*" || tag == current
    };
    if if_match.is_none_or(|wanted| wanted.split(',').any(names_it)) {
        return Ok(());
    }
    let problem = format!("the listing was changed since it was read; its version is \"{current}\" now");
    Err(Problem::new(ErrorCode::PreconditionFailed, problem).with_next("read it again and repeat the change"))
}

/// Refuses to take consent away from under a published listing: what is on the network never exceeds it.
pub(super) fn refuse_narrower(
    row: &ListingRow,
    input: &ListingInput,
    now: mentormesh_protocol::Timestamp,
) -> Result<(), Problem> {
    let covered = |consent: &Option<Consent>| consent.as_ref().is_some_and(|consent| consent.reach == Reach::Network);
    if row.state(now) != ListingState::Published || covered(&input.consent) {
        return Ok(());
    }
    let problem = "the listing is published and this consent does not cover that";
    Err(Problem::new(ErrorCode::Conflict, problem).with_next("withdraw the listing first, then change its consent"))
}

#[cfg(test)]
mod tests {
    use super::super::handle::tests::{ada, house};
    use super::*;

    #[tokio::test]
    async fn a_draft_is_added_edited_under_its_version_and_deleted() {
        let house = house().await;
        let added = house.listings.add(ada()).await.expect("added");
        assert_eq!(added.state, ListingState::Draft);
        let mut input = ada();
        input.profile.headline = "Social media for charities".to_owned();
        let quoted = format!("\"{}\"", added.etag);
        let edited = house.listings.edit(&added.id, input.clone(), Some(&quoted)).await.expect("edited");
        assert_ne!(edited.etag, added.etag);
        let stale = house.listings.edit(&added.id, ada(), Some(&quoted)).await.map_err(|problem| problem.code);
        assert_eq!(stale, Err(ErrorCode::PreconditionFailed));
        assert_eq!(house.listings.find(&added.id).await.map(|listing| listing.profile), Ok(input.profile));
        house.listings.delete_draft(&added.id).await.expect("deleted");
        let gone = house.listings.find(&added.id).await.map_err(|problem| problem.code);
        assert_eq!(gone, Err(ErrorCode::NotFound));
    }

    #[tokio::test]
    async fn one_address_has_one_listing_whatever_its_case() {
        let house = house().await;
        house.listings.add(ada()).await.expect("added");
        let mut second = ada();
        second.contact.email = "ADA@Example.org".to_owned();
        let refused = house.listings.add(second).await.map_err(|problem| problem.code);
        assert_eq!(refused, Err(ErrorCode::Conflict));
    }

    #[tokio::test]
    async fn consent_is_not_taken_away_from_under_a_published_listing() {
        let house = house().await;
        let added = house.listings.add(ada()).await.expect("added");
        house.listings.publish(&added.id).await.expect("published");
        let mut narrower = ada();
        narrower.consent = None;
        let refused = house.listings.edit(&added.id, narrower.clone(), None).await.map_err(|problem| problem.code);
        assert_eq!(refused, Err(ErrorCode::Conflict));
        house.listings.withdraw(&added.id, false).await.expect("withdrawn");
        let edited = house.listings.edit(&added.id, narrower, None).await.expect("edited");
        assert_eq!(edited.consent, None);
    }

    #[tokio::test]
    async fn a_listing_that_was_published_is_not_deleted() {
        let house = house().await;
        let added = house.listings.add(ada()).await.expect("added");
        house.listings.publish(&added.id).await.expect("published");
        let refused = house.listings.delete_draft(&added.id).await.map_err(|problem| problem.code);
        assert_eq!(refused, Err(ErrorCode::Conflict));
    }
}
