//! The handle on all listings, how it is made, and what only reads.

use std::collections::BTreeMap;

use mentormesh_protocol::api::{ErrorCode, List, Listing, Problem};
use mentormesh_protocol::key::base32;
use mentormesh_protocol::limits::PAGE;
use mentormesh_protocol::{ProfileId, Slot, Subject};

use super::view::{Showing, show};
use crate::clock::Clock;
use crate::desk::{Desk, ListingFilter, ListingRow};
use crate::event::Events;
use crate::signing::Signer;
use crate::view::Views;

/// Who acts when the API does: until people have accounts its token is the registrar's.
pub(super) const REGISTRAR: &str = "registrar";
/// Who acts when nobody asked.
pub(super) const NODE: &str = "node";
/// The wording of the privacy notice while the organisation has not named one.
const FIRST_NOTICE: &str = "1";
/// Characters of an id that are enough to ask by.
const SHORTEST: usize = 6;

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
}

impl Listings {
    /// Puts listings together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let Parts { desk, signer, clock, views, events, confirm_every } = parts;
        Self { desk, signer, clock, views, events, confirm_every }
    }

    /// The listing that a text names: its id, its profile's id, or six or more first characters of either's.
    ///
    /// # Errors
    /// When it names none, or more than one.
    pub async fn resolve(&self, text: &str) -> Result<Subject, Problem> {
        let own = format!("{}.", self.signer.organisation());
        let text = text.strip_prefix(&own).unwrap_or(text);
        if let Ok(subject) = text.parse() {
            return Ok(subject);
        }
        let unknown = || Problem::new(ErrorCode::NotFound, format!("no listing has the id `{text}`"));
        let (low, high) = between(text).ok_or_else(unknown)?;
        match self.desk.subjects_between(&low, &high).await?.as_slice() {
            [] => Err(unknown()),
            [one] => Ok(*one),
            [..] => Err(Problem::field("id", format!("`{text}` begins more than one listing's id; write more of it"))),
        }
    }

    /// One listing.
    ///
    /// # Errors
    /// When there is none.
    pub async fn find(&self, id: &Subject) -> Result<Listing, Problem> {
        match self.desk.listing(id).await? {
            Some(row) if !row.is_erased() => Ok(self.show(row)),
            Some(_) | None => Err(self.absent(id).await?),
        }
    }

    /// The listings that a filter finds, at most a hundred at once.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn list(&self, filter: &ListingFilter) -> Result<List<Listing>, Problem> {
        let most = u32::try_from(PAGE).unwrap_or(u32::MAX);
        let limit = filter.limit.clamp(1, most);
        let (rows, total) = self.desk.listings(&ListingFilter { limit, ..filter.clone() }).await?;
        let past = u64::from(filter.offset) + rows.len() as u64;
        let next = (past < total && !rows.is_empty()).then(|| format!("offset={past}&limit={limit}"));
        Ok(List { items: rows.into_iter().map(|row| self.show(row)).collect(), total, next })
    }

    /// How many listings are drafts, published, withdrawn and expired.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn counts(&self) -> Result<BTreeMap<String, u64>, Problem> {
        Ok(self.desk.listing_counts().await?)
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
        let erased = self.desk.own_envelope(&self.slot(id)).await?.is_some_and(|own| own.erased);
        Ok(if erased {
            Problem::new(ErrorCode::NotFound, format!("listing {id} was erased for good"))
                .with_next("add a new listing for whoever returns; it gets another id")
        } else {
            Problem::new(ErrorCode::NotFound, format!("no listing has the id {id}"))
        })
    }
}

/// The first and last id that begin with a text.
fn between(text: &str) -> Option<(Subject, Subject)> {
    if !(SHORTEST..26).contains(&text.len()) || !text.is_ascii() {
        return None;
    }
    // 26 characters hold 130 bits; the last must leave the two beyond an id's 128 empty.
    let padded = |fill: &str, last: &str| {
        let whole = format!("{text}{}{last}", fill.repeat(25 - text.len()));
        base32().decode(whole.as_bytes()).ok().and_then(|bytes| Subject::from_slice(&bytes).ok())
    };
    Some((padded("a", "a")?, padded("7", "4")?))
}

#[cfg(test)]
pub(super) mod tests {
    //! The house that the stories of this room live in: a desk on a real disk, a signer, a clock that is set.

    use mentormesh_protocol::Timestamp;
    use mentormesh_protocol::api::{Consent, Contact, ListingInput, Reach};
    use mentormesh_protocol::limits::DAY;
    use mentormesh_protocol::record::Profile;
    use mentormesh_protocol::testing::Organisation;
    use mentormesh_protocol::trust::Settings;
    use tokio::sync::watch;

    use super::*;
    use crate::ingest::{Ingest, Limits, Origin};
    use crate::signing::{self, HomeFirst, Safety};
    use crate::store::Store;

    /// A listings room, the clock it reads, and the folder it lives in.
    pub(crate) struct House {
        pub(crate) listings: Listings,
        pub(crate) clock: Clock,
        folder: tempfile::TempDir,
    }

    impl House {
        /// Every byte of the desk's files.
        pub(crate) fn bytes(&self) -> Vec<u8> {
            let files = ["desk.sqlite", "desk.sqlite-wal"].map(|name| self.folder.path().join(name));
            files.iter().flat_map(|file| std::fs::read(file).unwrap_or_default()).collect()
        }
    }

    /// The moment at which every story begins.
    pub(crate) const NOW: Timestamp = mentormesh_protocol::testing::NOW;

    pub(crate) async fn house() -> House {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Clock::set_at(NOW);
        let desk = Desk::open(&folder.path().join("desk.sqlite"), clock.clone()).await.expect("a desk");
        let (signer, views) = signer(&folder, &desk, &clock).await;
        let (events, confirm_every) = (Events::default(), 180 * DAY);
        let parts = Parts { desk, signer, clock: clock.clone(), views, events, confirm_every };
        House { listings: Listings::new(parts), clock, folder }
    }

    /// Ada's organisation signs here, through the real door and store.
    async fn signer(folder: &tempfile::TempDir, desk: &Desk, clock: &Clock) -> (Signer, Views) {
        let ada = Organisation::ada();
        let opened = Store::open(&folder.path().join("store")).expect("a store");
        let (store, network) = (opened.store, ada.network().clone());
        let (settings, limits) = (Settings::default(), Limits::default());
        let door =
            Ingest::spawn(store.clone(), opened.writer, network.clone(), ada.id(), settings, limits, clock.clone())
                .expect("a door");
        let genesis = vec![ada.genesis().bytes().to_vec()];
        door.ingest.accept(genesis, Origin::Local).await.expect("a chain");
        // The sender may go: a watch keeps its last word.
        let safety = watch::channel(Safety { home_first: HomeFirst::Done, clock_off: None }).1;
        let views = door.ingest.views();
        let signer = Signer::new(signing::Parts {
            organisation: ada.id(),
            network,
            key: ada.signing_key(0),
            peer: ada.peer(),
            desk: desk.clone(),
            store,
            ingest: door.ingest,
            clock: clock.clone(),
            safety,
        });
        (signer, views)
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
    async fn a_listing_is_found_by_six_characters_and_by_its_profile_s_id() {
        let house = house().await;
        let ada = house.listings.add(ada()).await.expect("added");
        let whole = ada.id.to_string();
        for length in [6, 7, 13, 25, 26] {
            let text = whole.get(..length).expect("a prefix");
            assert_eq!(house.listings.resolve(text).await, Ok(ada.id), "{text}");
        }
        assert_eq!(house.listings.resolve(&ada.profile_id.to_string()).await, Ok(ada.id));
        for text in ["", &whole[..5], "777777", "!!!!!!", "ärgerlich"] {
            let code = house.listings.resolve(text).await.map_err(|problem| problem.code);
            assert_eq!(code, Err(ErrorCode::NotFound), "{text}");
        }
    }

    #[tokio::test]
    async fn a_list_is_filtered_counted_and_paged() {
        let house = house().await;
        for name in ["Bo", "Cy_", "Di"] {
            let mut input = ada();
            input.profile.display_name = name.to_owned();
            input.contact.email = format!("{}@example.org", name.to_lowercase());
            house.listings.add(input).await.expect("added");
            house.clock.advance(1);
        }
        let page = ListingFilter { limit: 2, ..ListingFilter::default() };
        let first = house.listings.list(&page).await.expect("listed");
        assert_eq!((first.items.len(), first.total), (2, 3));
        assert_eq!(first.next.as_deref(), Some("offset=2&limit=2"));
        let words = |words: &str| ListingFilter { words: words.to_owned(), limit: 9, ..ListingFilter::default() };
        for (text, expected) in [("BO", 1), ("@example", 3), ("_", 1), ("%", 0), ("\\", 0)] {
            assert_eq!(house.listings.list(&words(text)).await.expect("listed").total, expected, "{text}");
        }
        assert_eq!(house.listings.counts().await.expect("counted"), BTreeMap::from([("draft".to_owned(), 3)]));
    }
}
