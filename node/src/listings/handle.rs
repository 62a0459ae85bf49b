//! The handle on all listings, how it is made, and what only reads.

use std::collections::BTreeMap;
use std::sync::Arc;

use mentormesh_protocol::api::{ErrorCode, List, Listing, ListingState, Problem};
use mentormesh_protocol::limits::PAGE;
use mentormesh_protocol::{ProfileId, Slot, Subject, Timestamp};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::view::{CONFIRM_SOON, Showing, show};
use crate::clock::Clock;
use crate::desk::{Desk, ListingFilter, ListingRow};
use crate::event::Events;
use crate::signing::Signer;
use crate::view::Views;

/// Who acts unless somebody else is named: whoever has the registrar's token.
const REGISTRAR: &str = "registrar";
/// Who acts when nobody asked.
pub(super) const NODE: &str = "node";
/// The wording of the privacy notice while the organisation has not named one.
const FIRST_NOTICE: &str = "1";

/// Which listings to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those that stand so.
    pub state: Option<ListingState>,
    /// Only those that have this in their address or anywhere in their profile.
    pub words: String,
    /// Only those that leave the network within thirty days unless somebody confirms them.
    pub to_confirm: bool,
    /// Listings on the page, 1 to 100.
    pub limit: usize,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// What listings are made of.
#[derive(Debug)]
pub struct Parts {
    /// Where listings are kept.
    pub desk: Desk,
    /// Who signs.
    pub signer: Signer,
    /// The time.
    pub clock: Clock,
    /// To count who sees a profile.
    pub views: Views,
    /// Whom to tell.
    pub events: Events,
    /// `listings.confirm_every` in milliseconds: how long a confirmation lasts.
    pub confirm_every: u64,
}

/// All listings of this organisation; clones share them.
#[derive(Clone, Debug)]
pub struct Listings {
    pub(super) desk: Desk,
    pub(super) signer: Signer,
    pub(super) clock: Clock,
    pub(super) views: Views,
    pub(super) events: Events,
    pub(super) confirm_every: u64,
    /// Who acts, as the audit trail writes them.
    pub(super) by: Arc<str>,
    /// One change that reaches the network at a time, so that none is signed from what was read before another.
    turns: Arc<Semaphore>,
}

impl Listings {
    /// Puts listings together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let Parts { desk, signer, clock, views, events, confirm_every } = parts;
        let (by, turns) = (REGISTRAR.into(), Arc::new(Semaphore::new(1)));
        Self { desk, signer, clock, views, events, confirm_every, by, turns }
    }

    /// The same listings, in the hands of somebody else.
    #[must_use]
    pub fn by(&self, who: &str) -> Self {
        Self { by: who.into(), ..self.clone() }
    }

    /// One listing.
    ///
    /// # Errors
    /// When there is none.
    pub async fn find(&self, id: &Subject) -> Result<Listing, Problem> {
        match self.desk.listing(id).await? {
            Some(row) if !row.is_erased() => self.told(self.show(row)).await,
            Some(_) | None => Err(self.absent(id).await?),
        }
    }

    /// A page of listings, newest first.
    ///
    /// # Errors
    /// When `after` is not the `next` of another page, or the desk fails.
    pub async fn list(&self, filter: Filter) -> Result<List<Listing>, Problem> {
        let after = filter.after.as_deref().map(place).transpose()?;
        let limit = u32::try_from(filter.limit.clamp(1, PAGE)).unwrap_or(1);
        // One more than asked tells whether there is a next page.
        let soon = self.clock.now().plus(CONFIRM_SOON).minus(self.confirm_every);
        let unconfirmed = filter.to_confirm.then_some(soon);
        let filter = ListingFilter { state: filter.state, words: filter.words, unconfirmed, after, limit: limit + 1 };
        let (mut rows, total) = self.desk.listings(&filter).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(|last| format!("{}.{}", last.created_at.0, last.subject));
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            items.push(self.told(self.show(row)).await?);
        }
        Ok(List { items, total, next })
    }

    /// How many listings are drafts, published, withdrawn and expired.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn counts(&self) -> Result<BTreeMap<String, u64>, Problem> {
        Ok(self.desk.listing_counts().await?)
    }

    /// Waits until no other change of a listing is under way, and keeps others waiting until it is dropped.
    pub(super) async fn turn(&self) -> Result<SemaphorePermit<'_>, Problem> {
        self.turns.acquire().await.map_err(|_| Problem::new(ErrorCode::Busy, "the node is stopping"))
    }

    /// The current wording of the privacy notice.
    pub(super) async fn notice(&self) -> Result<String, Problem> {
        let organisation = self.desk.organisation().await?;
        Ok(organisation.map_or_else(|| FIRST_NOTICE.to_owned(), |organisation| organisation.notice_version))
    }

    pub(super) fn show(&self, row: ListingRow) -> Listing {
        let organisation = self.signer.organisation();
        show(row, Showing { organisation, now: self.clock.now(), confirm_every: self.confirm_every })
    }

    pub(super) fn slot(&self, id: &Subject) -> Slot {
        Slot::profile(&self.profile_id(id))
    }

    pub(super) fn profile_id(&self, id: &Subject) -> ProfileId {
        ProfileId { organisation: self.signer.organisation(), subject: *id }
    }

    /// Why there is no listing with this id.
    pub(super) async fn absent(&self, id: &Subject) -> Result<Problem, Problem> {
        let own = self.desk.own_envelope(&self.slot(id)).await?;
        Ok(match own {
            Some(own) if own.erased => Problem::new(ErrorCode::NotFound, format!("listing {id} was erased for good"))
                .with_next("add a new listing for whoever returns; it gets another id"),
            Some(own) if !own.withdrawn => {
                let problem = format!("profile {id} stands on the network, but this desk is older than its listing");
                let next = format!("end it with `mentormesh profile withdraw {id}`, or restore a newer backup");
                Problem::new(ErrorCode::NotFound, problem).with_next(next)
            }
            Some(_) | None => Problem::new(ErrorCode::NotFound, format!("no listing has the id {id}")),
        })
    }
}

/// Where a page ended, from the text that its `next` said.
fn place(next: &str) -> Result<(Timestamp, Subject), Problem> {
    let place = next.split_once('.').and_then(|(at, id)| Some((Timestamp(at.parse().ok()?), id.parse().ok()?)));
    place.ok_or_else(|| Problem::field("after", format!("`{next}` is not the `next` of a page of listings")))
}

#[cfg(test)]
pub(crate) mod tests {
    //! The house that the stories of this room live in: a desk on a real disk, a signer, a clock that is set.

    use std::path::PathBuf;

    use mentormesh_protocol::api::{Consent, Contact, ListingInput, Reach};
    use mentormesh_protocol::limits::DAY;
    use mentormesh_protocol::record::Profile;
    use mentormesh_protocol::testing::Organisation;
    use mentormesh_protocol::trust::Settings;

    use super::*;
    use crate::ingest::{Origin, Verdict};
    use crate::signing::tests::{Ground, ground};

    pub(crate) use mentormesh_protocol::testing::NOW;

    /// A listings room, the clock it reads, and the folder it lives in.
    pub(crate) struct House {
        pub(crate) listings: Listings,
        pub(crate) clock: Clock,
        folder: tempfile::TempDir,
    }

    impl House {
        pub(crate) fn desk(&self) -> Desk {
            self.listings.desk.clone()
        }

        pub(crate) fn views(&self) -> Views {
            self.listings.views.clone()
        }

        /// Every byte of the desk's files.
        pub(crate) fn bytes(&self) -> Vec<u8> {
            let files: [PathBuf; 2] = ["desk.sqlite", "desk.sqlite-wal"].map(|name| self.folder.path().join(name));
            files.iter().flat_map(|file| std::fs::read(file).unwrap_or_default()).collect()
        }
    }

    pub(crate) async fn house() -> House {
        let (clock, body) = (Clock::set_at(NOW), Organisation::ada());
        let Ground { desk, ingest, signer, folder, .. } = ground(&body, Settings::default(), &clock).await;
        let founded = ingest.accept(vec![body.genesis().bytes().to_vec()], Origin::Local).await.expect("a verdict");
        assert_eq!(founded, [Verdict::Stored]);
        let views = ingest.views();
        let (events, confirm_every) = (Events::default(), 180 * DAY);
        let parts = Parts { desk, signer, clock: clock.clone(), views, events, confirm_every };
        House { listings: Listings::new(parts), clock, folder }
    }

    /// Ada's listing, consented to and ready to publish.
    pub(crate) fn ada() -> ListingInput {
        let profile = Profile {
            display_name: "Ada".to_owned(),
            headline: "Social media for public relations".to_owned(),
            ..Profile::default()
        };
        let consent = Consent {
            given_on: "2026-11-01".parse().expect("a date"),
            notice_version: None,
            reach: Reach::Network,
            open_web: false,
        };
        let contact = Contact { email: "ada@example.org".to_owned(), name: None };
        ListingInput { profile, contact, consent: Some(consent) }
    }

    #[tokio::test]
    async fn a_list_is_filtered_counted_and_paged_newest_first() {
        let house = house().await;
        for name in ["Bo", "Cy", "Di"] {
            let mut input = ada();
            input.profile.display_name = name.to_owned();
            input.contact.email = format!("{name}@example.org");
            let id = house.listings.add(input).await.expect("added").id;
            if name == "Cy" {
                house.listings.publish(&id).await.expect("published");
            }
        }
        let names =
            |list: &List<Listing>| list.items.iter().map(|one| one.profile.display_name.clone()).collect::<Vec<_>>();
        let mut filter = Filter { limit: 2, ..Filter::default() };
        let first = house.listings.list(filter.clone()).await.expect("listed");
        assert_eq!((first.items.len(), first.total), (2, 3));
        filter.after = first.next.clone();
        let second = house.listings.list(filter.clone()).await.expect("listed");
        assert_eq!((second.items.len(), second.total, second.next.clone()), (1, 3, None));
        let mut all = [names(&first), names(&second)].concat();
        all.sort();
        assert_eq!(all, ["Bo", "Cy", "Di"], "each once, although all were made in one moment");
        let published = Filter { state: Some(ListingState::Published), limit: 9, ..Filter::default() };
        assert_eq!(names(&house.listings.list(published).await.expect("listed")), ["Cy"]);
        for (words, found) in [("bo@", vec!["Bo"]), ("CY@example", vec!["Cy"]), ("b_@", vec![]), ("%", vec![])] {
            let filter = Filter { words: words.to_owned(), limit: 9, ..Filter::default() };
            assert_eq!(names(&house.listings.list(filter).await.expect("listed")), found, "{words}");
        }
        let to_confirm = Filter { to_confirm: true, limit: 9, ..Filter::default() };
        assert_eq!(house.listings.list(to_confirm.clone()).await.expect("listed").total, 0);
        let counts = house.listings.counts().await.expect("counted");
        assert_eq!(counts, BTreeMap::from([("draft".to_owned(), 2), ("published".to_owned(), 1)]));
        filter.after = Some("page two".to_owned());
        let refused = house.listings.list(filter).await.map_err(|problem| problem.code);
        assert_eq!(refused, Err(ErrorCode::Invalid));
    }

    #[tokio::test]
    async fn the_newest_listing_comes_first() {
        let house = house().await;
        for email in ["bo@example.org", "cy@example.org"] {
            let mut input = ada();
            input.contact.email = email.to_owned();
            house.listings.add(input).await.expect("added");
            house.clock.advance(1);
        }
        let list = house.listings.list(Filter { limit: 9, ..Filter::default() }).await.expect("listed");
        let emails: Vec<_> = list.items.iter().map(|one| one.contact.email.as_str()).collect();
        assert_eq!(emails, ["cy@example.org", "bo@example.org"]);
    }
}
