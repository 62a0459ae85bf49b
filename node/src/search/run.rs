//! Answering a search and a request for one profile, from this node's disk alone.
//!
//! The index only proposes: what is shown is read from the store, and an id that no longer stands there is dropped.
//! Whose profiles are shown comes from the latest view, so that unpinning and blocking are felt by the next search.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use mentormesh_protocol::api::{Facet, Facets, Hit, OrganisationRef, Problem, ProfileView, SearchPage};
use mentormesh_protocol::query::Query;
use mentormesh_protocol::record::{ProfileBody, ProfileId};
use mentormesh_protocol::{OrganisationId, Record, RecordId, Signed, Slot, Timestamp};
use tokio::sync::{Semaphore, watch};

use super::hidden::not_shown;
use super::hiding::Hidden;
use super::reasons::explain;
use super::snippet::snippet;
use super::unanswered::Unanswered;
use crate::clock::Clock;
use crate::index::{Ask, Found, Index, Stems};
use crate::store::Store;
use crate::view::{View, Views};

/// Searches that run at once: each keeps a core busy.
const SEATS: usize = 4;
/// How long a search waits for a seat before it is told to come again.
const WAIT: Duration = Duration::from_secs(2);
/// How long a search waits for the index to reach what was stored before it, so that who publishes and then looks
/// finds. Beyond it the answer is of a moment ago.
const CATCH_UP: Duration = Duration::from_secs(1);
/// Further behind than this the index is being built anew, and waiting would not help.
const FAR_BEHIND: u64 = 5_000;
/// Hits asked for beyond the page, in case the store has dropped some meanwhile.
const SPARE: usize = 20;

/// How many mentors organisations say they have that are not held here.
pub type Claimed = watch::Receiver<Arc<BTreeMap<OrganisationId, u64>>>;

thread_local! {
    /// Each searching thread's stemmers: the stems they remember are most of what explaining a hit costs.
    static STEMS: RefCell<Stems> = RefCell::new(Stems::new());
}

/// Who is looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Somebody of this organisation, or at its own machine.
    House,
    /// Anybody: only profiles whose mentors agreed to the open web.
    OpenWeb,
}

/// What answers searches.
#[derive(Clone, Debug)]
pub struct Search {
    store: Store,
    index: Index,
    indexed: watch::Receiver<u64>,
    views: Views,
    hidden: Hidden,
    claimed: Claimed,
    clock: Clock,
    seats: Arc<Semaphore>,
}

/// What a search is put together from.
#[derive(Debug)]
pub struct Parts {
    /// What stands.
    pub store: Store,
    /// What proposes.
    pub index: Index,
    /// The position of the store's change log up to which the index finds everything.
    pub indexed: watch::Receiver<u64>,
    /// Whose profiles are shown.
    pub views: Views,
    /// Which of them are kept out of sight all the same.
    pub hidden: Hidden,
    /// Who says to have how many.
    pub claimed: Claimed,
    /// The time.
    pub clock: Clock,
}

impl Search {
    /// Puts together what a search needs.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let Parts { store, index, indexed, views, hidden, claimed, clock } = parts;
        Self { store, index, indexed, views, hidden, claimed, clock, seats: Arc::new(Semaphore::new(SEATS)) }
    }

    /// Answers a search with a page of hits, each with its reasons.
    ///
    /// # Errors
    /// When a bound of the query is exceeded, too many searches run, or the disk fails.
    pub async fn run(&self, query: &Query, viewer: Viewer) -> Result<SearchPage, Problem> {
        query.check()?;
        self.catch_up().await;
        let query = query.clone();
        Ok(self.seated(move |search| search.page(&query, viewer)).await?)
    }

    /// Reads one profile.
    ///
    /// # Errors
    /// When it does not stand here, is not shown to this viewer, or the disk fails.
    pub async fn profile(&self, id: &ProfileId, viewer: Viewer) -> Result<ProfileView, Problem> {
        let id = *id;
        Ok(self.seated(move |search| search.one(&id, viewer)).await?)
    }

    /// Whether a profile is kept out of sight at this node.
    #[must_use]
    pub fn hides(&self, id: &ProfileId) -> bool {
        self.hidden.borrow().contains(id)
    }

    /// Waits a little for the index to reach the end of the change log as it is now.
    async fn catch_up(&self) {
        let (end, mut indexed) = (self.store.last_position(), self.indexed.clone());
        let behind = end.saturating_sub(*indexed.borrow());
        if (1..=FAR_BEHIND).contains(&behind) {
            // Too slow, or the follower is gone: the index answers with what it has.
            let _late = tokio::time::timeout(CATCH_UP, indexed.wait_for(|position| *position >= end)).await.is_err();
        }
    }

    /// Does blocking work on a thread of its own, a few at a time.
    async fn seated<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, Unanswered> + Send + 'static,
    ) -> Result<T, Unanswered> {
        let seat = tokio::time::timeout(WAIT, Arc::clone(&self.seats).acquire_owned()).await;
        let Ok(Ok(seat)) = seat else { return Err(Unanswered::Busy) };
        let search = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let _seat = seat;
            work(&search)
        });
        done.await.map_err(|_| Unanswered::BrokenOff)?
    }

    fn page(&self, query: &Query, viewer: Viewer) -> Result<SearchPage, Unanswered> {
        let began = Instant::now();
        let view = Arc::clone(&self.views.borrow());
        let asked = |id: &OrganisationId| query.organisations.is_empty() || query.organisations.contains(id);
        let organisations: BTreeSet<_> = view.shown().filter(|id| asked(id)).copied().collect();
        let now = self.clock.now();
        let want = query.offset.saturating_add(query.limit).saturating_add(SPARE);
        let open_web_only = viewer == Viewer::OpenWeb;
        let hidden = Arc::clone(&self.hidden.borrow());
        let ask = Ask { query, organisations: &organisations, hidden: &hidden, open_web_only, now, want };
        let mut found = self.index.search(&ask)?;
        let (hits, gone) = self.hits(&found, query, &view, now)?;
        let facets = facets(&mut found, &view);
        let not_shown = match viewer {
            Viewer::House => not_shown(&view, &self.claimed.borrow()),
            Viewer::OpenWeb => Default::default(),
        };
        let took_ms = began.elapsed().as_secs_f64() * 1_000.0;
        Ok(SearchPage { total: found.total.saturating_sub(gone), took_ms, hits, facets, not_shown })
    }

    /// The hits of the page, and how many that the index named are gone from the store.
    fn hits(&self, found: &Found, query: &Query, view: &View, now: Timestamp) -> Result<(Vec<Hit>, u64), Unanswered> {
        STEMS.with_borrow_mut(|stems| self.explained(found, query, view, now, stems))
    }

    fn explained(
        &self,
        found: &Found,
        query: &Query,
        view: &View,
        now: Timestamp,
        stems: &mut Stems,
    ) -> Result<(Vec<Hit>, u64), Unanswered> {
        let mut hits = Vec::with_capacity(query.limit);
        let (mut passed, mut gone) = (0, 0);
        for found_profile in &found.best {
            if hits.len() == query.limit {
                break;
            }
            // Only what is shown is read: counting what is gone before the page would read every profile before it.
            if passed < query.offset {
                passed += 1;
                continue;
            }
            let Some(standing) = self.standing(&found_profile.id, now)? else {
                gone += 1;
                continue;
            };
            let profile = standing.body.profile;
            let explained = explain(&profile, &found.plan, query, stems);
            hits.push(Hit {
                id: found_profile.id,
                organisation: reference(view, &found_profile.id.organisation),
                score: f64::from(explained.tenths) / 10.0,
                reasons: explained.reasons,
                snippet: snippet(&profile, &found.plan, stems),
                profile,
            });
        }
        Ok((hits, gone))
    }

    fn one(&self, id: &ProfileId, viewer: Viewer) -> Result<ProfileView, Unanswered> {
        let view = Arc::clone(&self.views.borrow());
        let absent = || Unanswered::Absent(*id);
        if !view.shows(&id.organisation) || self.hides(id) {
            return Err(absent());
        }
        let standing = self.standing(id, self.clock.now())?.ok_or_else(absent)?;
        let open_web = standing.body.consented.open_web;
        if viewer == Viewer::OpenWeb && !open_web {
            return Err(absent());
        }
        Ok(ProfileView {
            id: *id,
            organisation: reference(&view, &id.organisation),
            record: standing.record,
            profile: standing.body.profile,
            issued_at: standing.issued_at,
            expires_at: standing.expires_at,
            open_web,
        })
    }

    /// The profile that stands under an id, if one does that this build reads and that has not expired.
    fn standing(&self, id: &ProfileId, now: Timestamp) -> Result<Option<StandingProfile>, Unanswered> {
        let standing = self.store.standing(&Slot::profile(id))?;
        let Some(standing) = standing.filter(|standing| !standing.withdraws && standing.expires_at > now) else {
            return Ok(None);
        };
        let envelope = self.store.envelope(&standing.id)?;
        let signed = envelope.and_then(|envelope| Signed::<Record>::decode(&envelope).ok());
        Ok(signed.and_then(|signed| {
            // The store holds only what was verified.
            let record = signed.claims();
            let body = record.profile()?.clone();
            let (issued_at, expires_at) = (record.header().issued_at, record.header().expires_at?);
            Some(StandingProfile { record: standing.id, body, issued_at, expires_at })
        }))
    }
}

struct StandingProfile {
    record: RecordId,
    body: ProfileBody,
    issued_at: Timestamp,
    expires_at: Timestamp,
}

fn reference(view: &View, id: &OrganisationId) -> OrganisationRef {
    OrganisationRef { id: *id, name: view.name(id) }
}

fn facets(found: &mut Found, view: &View) -> Facets {
    let counted = std::mem::take(&mut found.facets).into_iter();
    let plain = |(value, count)| Facet { value, label: None, count };
    let mut facets: Facets = counted.map(|(name, values)| (name, values.into_iter().map(plain).collect())).collect();
    let mut organisations: Vec<Facet> = found
        .organisations
        .iter()
        .map(|(id, count)| Facet { value: id.to_string(), label: Some(view.name(id)), count: *count })
        .collect();
    organisations.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.label.cmp(&other.label)));
    if !organisations.is_empty() {
        facets.insert("organisation".to_owned(), organisations);
    }
    facets
}
