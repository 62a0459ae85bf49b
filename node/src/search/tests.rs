//! Stories of searching: a real store, a real index, the follower between them, and pages with reasons.

#![expect(clippy::indexing_slicing, reason = "a test that indexes past the end has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use mentormesh_protocol::api::{ErrorCode, SearchPage};
use mentormesh_protocol::limits::{DAY, PROFILE_LIFETIME};
use mentormesh_protocol::query::{Factor, Query};
use mentormesh_protocol::record::{AvailabilityStatus, Profile, Skill};
use mentormesh_protocol::testing::{NOW, Organisation, anyone, mentor, trainee};
use mentormesh_protocol::trust::{Settings, Why};
use mentormesh_protocol::{ProfileId, Record, Verified};
use tokio::sync::watch;

use super::{Follower, Parts, Search, Viewer};
use crate::clock::Clock;
use crate::index::{self, Ask, Index};
use crate::store::{self, Incoming, Store};
use crate::view::{Known, View};

/// Store, follower and search of Ada's node, who knows Bo.
struct Node {
    dir: tempfile::TempDir,
    store: Store,
    writer: store::Writer,
    follower: Option<Follower>,
    wake: watch::Sender<u64>,
    views: watch::Sender<Arc<View>>,
    hide: watch::Sender<Arc<BTreeSet<ProfileId>>>,
    index: Index,
    search: Search,
    clock: Clock,
    ada: Organisation,
    bo: Organisation,
}

impl Node {
    fn new() -> Self {
        Self::over(tempfile::tempdir().expect("a folder for the test"))
    }

    fn over(dir: tempfile::TempDir) -> Self {
        let (ada, bo) = (Organisation::ada(), Organisation::bo());
        let store::Opened { store, writer, .. } = Store::open(&dir.path().join("store")).expect("a store");
        let opened =
            index::open(&dir.path().join("index"), store.generation(), store.last_position()).expect("an index");
        let (wake, woken) = watch::channel(store.last_position());
        let follower = Follower::spawn(store.clone(), opened.writer, woken).expect("a thread");
        let (views, seen) = watch::channel(Arc::new(view(&ada, &bo, Why::Pinned)));
        let claimed = watch::channel(Arc::new(BTreeMap::from([(bo.id(), 12)]))).1;
        let (hide, hidden) = watch::channel(Arc::default());
        let clock = Clock::set_at(NOW);
        let index = opened.index;
        let search = Search::new(Parts {
            store: store.clone(),
            index: index.clone(),
            indexed: follower.indexed(),
            views: seen,
            hidden,
            claimed,
            clock: clock.clone(),
        });
        Self { dir, store, writer, follower: Some(follower), wake, views, hide, index, search, clock, ada, bo }
    }

    /// Stops everything and starts it again over the same folder, with something done in between.
    fn restart(mut self, between: impl FnOnce(&Path)) -> Self {
        self.stop();
        let Self { dir, store, writer, search, index, .. } = self;
        drop((store, writer, search, index));
        between(dir.path());
        Self::over(dir)
    }

    fn stop(&mut self) {
        self.wake = watch::channel(0).0;
        if let Some(follower) = self.follower.take() {
            follower.join();
        }
    }

    /// Stores records and waits until searches see them.
    async fn store(&mut self, records: &[Verified<Record>]) {
        let incoming: Vec<_> = records.iter().map(|record| Incoming { record, first_seen: NOW }).collect();
        self.writer.put(&incoming).expect("room for records");
        self.settle().await;
    }

    async fn settle(&self) {
        let end = self.store.last_position();
        self.wake.send_replace(end);
        let mut indexed = self.follower.as_ref().expect("a follower at work").indexed();
        indexed.wait_for(|position| *position >= end).await.expect("a follower at work");
    }

    async fn find(&self, query: &Query) -> SearchPage {
        self.search.run(query, Viewer::House).await.expect("a page")
    }

    async fn names(&self, words: &str) -> Vec<String> {
        let page = self.find(&Query { limit: 100, ..Query::words(words) }).await;
        let mut names: Vec<_> = page.hits.into_iter().map(|hit| hit.profile.display_name).collect();
        names.sort();
        names
    }
}

/// Deletes the index of a node that was stopped. Merging goes on for a moment after the writer is let go, and a file
/// that it adds meanwhile keeps the folder from going.
fn delete_index(dir: &Path) {
    let index = dir.join("index");
    while let Err(error) = std::fs::remove_dir_all(&index) {
        assert_eq!(error.kind(), std::io::ErrorKind::DirectoryNotEmpty, "a folder to delete");
    }
}

fn view(ada: &Organisation, bo: &Organisation, bo_is: Why) -> View {
    let known = |organisation: &Organisation, why| {
        let tip = organisation.genesis().id();
        let nodes = Default::default();
        let known =
            Known { card: None, tip, disputed: false, signing_keys: Vec::new(), why, nodes, mentors: 0, records: 0 };
        (organisation.id(), known)
    };
    let organisations = [known(ada, Why::Own), known(bo, bo_is)].into();
    View { own: ada.id(), settings: Settings::default(), organisations }
}

fn sequence(number: u64) -> u64 {
    NOW.minus(DAY).0 + number
}

#[tokio::test]
async fn what_is_stored_is_found_and_what_is_withdrawn_is_not() {
    let mut node = Node::new();
    let (ada, bo) = (node.ada.clone(), node.bo.clone());
    let bee = ada.profile(1, sequence(1), mentor("Ada Adams", "Bee keeper"));
    node.store(&[bee, bo.profile(1, sequence(1), mentor("Bo Burns", "Bee keeper"))]).await;
    assert_eq!(node.names("bee").await, ["Ada Adams", "Bo Burns"]);

    node.store(&[ada.withdrawal(&ada.profile_slot(1), sequence(2), false)]).await;
    assert_eq!(node.names("bee").await, ["Bo Burns"]);

    node.store(&[bo.profile(1, sequence(3), mentor("Bo Burns", "Brewer"))]).await;
    assert_eq!(node.names("bee").await, Vec::<String>::new());
    assert_eq!(node.names("brewer").await, ["Bo Burns"]);
}

#[tokio::test]
async fn who_publishes_and_then_looks_finds() {
    let mut node = Node::new();
    let bee = node.ada.profile(1, sequence(1), mentor("Ada Adams", "Bee keeper"));
    node.writer.put(&[Incoming { record: &bee, first_seen: NOW }]).expect("room for a record");
    node.wake.send_replace(node.store.last_position());
    assert_eq!(node.names("bee").await, ["Ada Adams"], "without anybody waiting for the index");
}

#[tokio::test]
async fn unpinning_is_felt_by_the_next_search_which_says_what_it_hides() {
    let mut node = Node::new();
    let bo = node.bo.clone();
    let record = bo.profile(1, sequence(1), mentor("Bo Burns", "Bee keeper"));
    node.store(std::slice::from_ref(&record)).await;
    assert!(node.find(&Query::words("bee")).await.not_shown.organisations.is_empty());

    node.views.send_replace(Arc::new(view(&node.ada, &bo, Why::NotTrusted)));
    let page = node.find(&Query::words("bee")).await;
    assert_eq!((page.total, page.hits.len(), page.facets.len()), (0, 0, 0));
    let hidden = &page.not_shown.organisations[0];
    assert_eq!((hidden.id, hidden.mentors), (bo.id(), 12));
    assert_eq!(hidden.next, format!("mentormesh trust pin {}", bo.id()));
    let one = node.search.profile(&bo.profile_id(1), Viewer::House).await;
    assert_eq!(one.map_err(|problem| problem.code), Err(ErrorCode::NotFound));

    node.views.send_replace(Arc::new(view(&node.ada, &bo, Why::Blocked)));
    assert!(node.find(&Query::words("bee")).await.not_shown.organisations.is_empty());

    node.views.send_replace(Arc::new(view(&node.ada, &bo, Why::Pinned)));
    let one = node.search.profile(&bo.profile_id(1), Viewer::House).await.expect("a profile");
    assert_eq!((one.record, one.profile.display_name.as_str()), (record.id(), "Bo Burns"));
}

#[tokio::test]
async fn reasons_add_up_to_the_score_and_scores_only_fall() {
    let mut node = Node::new();
    let ada = node.ada.clone();
    let records: Vec<_> = (0..60).map(|n| ada.profile(n, sequence(n), anyone(n))).collect();
    node.store(&records).await;
    let queries = [
        Query::words("structural engineer bridge design"),
        Query::words("acountant in Scotland with confidence"),
        Query { languages: vec!["en".to_owned()], countries: vec!["GB".to_owned()], ..Query::words("audit") },
        Query { skills: vec!["Statistics".to_owned()], ..Query::words("data") },
        Query { skills: vec!["safeGUARDING".to_owned()], ..Query::default() },
        Query::default(),
    ];
    for query in queries {
        let page = node.find(&Query { limit: 100, ..query.clone() }).await;
        assert!(page.total > 0 && page.total == page.hits.len() as u64, "{query:?}");
        let tenths = |points: f64| (points * 10.0).round() as i64;
        for hit in &page.hits {
            let sum: i64 = hit.reasons.iter().map(|reason| tenths(reason.points)).sum();
            assert_eq!(sum, tenths(hit.score), "{query:?}: {hit:?}");
            assert!((0.0..=100.0).contains(&hit.score));
        }
        assert!(page.hits.is_sorted_by(|one, other| one.score >= other.score), "{query:?}");
        // The score that people read is the number by which the index ordered.
        let organisations = BTreeSet::from([ada.id()]);
        let ask = Ask {
            query: &query,
            organisations: &organisations,
            hidden: &BTreeSet::new(),
            open_web_only: false,
            now: NOW,
            want: 100,
        };
        let found = node.index.search(&ask).expect("an answer");
        for (ranked, hit) in found.best.iter().zip(&page.hits) {
            assert_eq!((ranked.id, i64::from(ranked.tenths)), (hit.id, tenths(hit.score)), "{query:?}: {hit:?}");
        }
    }
}

#[tokio::test]
async fn pages_continue_each_other() {
    let mut node = Node::new();
    let ada = node.ada.clone();
    let records: Vec<_> = (0..50).map(|n| ada.profile(n, sequence(n), anyone(n))).collect();
    node.store(&records).await;
    let ids = |page: SearchPage| page.hits.into_iter().map(|hit| hit.id).collect::<Vec<_>>();
    let whole = ids(node.find(&Query { limit: 50, ..Query::default() }).await);
    let mut pages = Vec::new();
    for offset in [0, 20, 40] {
        pages.extend(ids(node.find(&Query { limit: 20, offset, ..Query::default() }).await));
    }
    assert_eq!(pages, whole);
}

#[tokio::test]
async fn reasons_are_sentences_and_what_is_self_declared_says_so() {
    let mut node = Node::new();
    let ada = node.ada.clone();
    let mut profile = trainee("Cy Clark", "Press officer");
    profile.knows_about = vec![Skill { label: "Social media".to_owned(), uri: None, level: None, years: None }];
    profile.availability.places = 2;
    node.store(&[ada.profile(1, sequence(1), profile)]).await;

    let query = Query { languages: vec!["en".to_owned()], ..Query::words("social media evenings") };
    let hit = node.find(&query).await.hits.remove(0);
    let texts: Vec<&str> = hit.reasons.iter().map(|reason| reason.text.as_str()).collect();
    let until = NOW.plus(120 * DAY).date();
    assert_eq!(
        texts,
        [
            "“social media” found in skills",
            "“social media” close together",
            "speaks English (fluent)",
            "accepts requests, 2 places free",
            &format!("says trainee on Mentoring practice, level 5 until {until}"),
        ]
    );
    assert_eq!(hit.reasons[4].factor, Factor::Assurance);
    assert_eq!(hit.reasons[4].points, 0.0);
    assert_eq!(hit.snippet, "\u{2}Social\u{3} \u{2}media\u{3}");
}

#[tokio::test]
async fn an_expired_profile_vanishes_without_anybody_s_doing() {
    let mut node = Node::new();
    let ada = node.ada.clone();
    node.store(&[ada.profile(1, sequence(1), mentor("Ada Adams", "Bee keeper"))]).await;
    assert_eq!(node.names("bee").await.len(), 1);
    node.clock.advance(PROFILE_LIFETIME);
    assert_eq!(node.names("bee").await.len(), 0);
    let one = node.search.profile(&ada.profile_id(1), Viewer::House).await;
    assert_eq!(one.map_err(|problem| problem.code), Err(ErrorCode::NotFound));
}

#[tokio::test]
async fn the_open_web_sees_only_who_agreed_to_it() {
    let mut node = Node::new();
    let ada = node.ada.clone();
    node.store(&[ada.profile(1, sequence(1), mentor("Ada Adams", "Bee keeper"))]).await;
    let page = node.search.run(&Query::words("bee"), Viewer::OpenWeb).await.expect("a page");
    assert_eq!((page.total, page.not_shown.organisations.len()), (0, 0));
    let one = node.search.profile(&ada.profile_id(1), Viewer::OpenWeb).await;
    assert_eq!(one.map_err(|problem| problem.code), Err(ErrorCode::NotFound));
}

#[tokio::test]
async fn a_query_beyond_its_bounds_is_refused_by_name() {
    let node = Node::new();
    let problem = node.search.run(&Query { limit: 101, ..Query::default() }, Viewer::House).await;
    assert_eq!(problem.map_err(|problem| problem.errors[0].field.clone()).err(), Some("limit".to_owned()));
}

#[tokio::test]
async fn a_record_of_a_version_not_read_here_is_stored_and_not_shown() {
    let mut node = Node::new();
    let ada = node.ada.clone();
    node.store(&[ada.profile(1, sequence(1), mentor("Ada Adams", "Bee keeper"))]).await;
    node.store(&[ada.profile_of_version(2, 1, sequence(2))]).await;
    assert_eq!(node.names("").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_restart_forgets_nothing_and_a_deleted_index_comes_back() {
    let mut node = Node::new();
    let ada = node.ada.clone();
    let everybody: Vec<_> = (0..30).map(|n| ada.profile(n, sequence(n), mentor("Somebody", "Bee keeper"))).collect();
    node.store(&everybody).await;
    node.store(&[ada.withdrawal(&ada.profile_slot(3), sequence(40), false)]).await;

    let node = node.restart(|_| {});
    assert_eq!(node.names("bee").await.len(), 29);

    let mut node = node.restart(delete_index);
    node.settle().await;
    assert_eq!(node.names("bee").await.len(), 29);

    // Not even when the log of what happened is gone.
    node.writer.trim_changes(node.store.last_position()).expect("a trimmed log");
    let node = node.restart(delete_index);
    node.settle().await;
    assert_eq!(node.names("bee").await.len(), 29);
}

#[tokio::test]
async fn a_busy_log_is_followed_to_its_end() {
    let mut node = Node::new();
    let ada = node.ada.clone();
    for round in 0..12_u64 {
        let records: Vec<_> = (0..100)
            .map(|n| ada.profile(n, sequence(round * 100 + n), mentor("Somebody", &format!("Round {round}"))))
            .collect();
        let incoming: Vec<_> = records.iter().map(|record| Incoming { record, first_seen: NOW }).collect();
        node.writer.put(&incoming).expect("room for records");
        node.wake.send_replace(node.store.last_position());
    }
    node.settle().await;
    assert_eq!(node.find(&Query::words("round 11")).await.total, 100);
    assert_eq!(node.find(&Query::words("")).await.total, 100);
}

#[tokio::test]
async fn with_nothing_asked_whoever_takes_requests_comes_first() {
    let mut node = Node::new();
    let ada = node.ada.clone();
    let profile = |name: &str, status| {
        let mut profile: Profile = mentor(name, "Bee keeper");
        profile.availability.status = status;
        profile
    };
    let paused = ada.profile(1, sequence(1), profile("Ada", AvailabilityStatus::Paused));
    let accepting = ada.profile(2, sequence(2), profile("Cy", AvailabilityStatus::Accepting));
    node.store(&[paused, accepting]).await;
    let page = node.find(&Query { limit: 10, ..Query::default() }).await;
    assert_eq!(page.hits[0].profile.display_name, "Cy");
    assert_eq!(page.hits[1].reasons[0].text, "takes a pause from requests");
}

#[tokio::test]
async fn who_is_hidden_is_in_no_page_count_or_facet_whatever_is_signed_of_them_later() {
    let mut node = Node::new();
    let (ada, bo) = (node.ada.clone(), node.bo.clone());
    let profile = |name| mentor(name, "Social media");
    node.store(&[
        ada.profile(1, NOW.0 - 9, profile("Ada")),
        bo.profile(1, NOW.0 - 9, profile("Bo")),
        bo.profile(2, NOW.0 - 8, profile("Di")),
    ])
    .await;
    assert_eq!(node.names("social media").await, ["Ada", "Bo", "Di"]);
    let hidden = bo.profile_id(1);
    node.hide.send_replace(Arc::new(BTreeSet::from([hidden])));
    let seen = async |node: &Node| {
        let page = node.find(&Query { limit: 100, ..Query::words("social media") }).await;
        let counted: u64 = page.facets["organisation"].iter().map(|facet| facet.count).sum();
        let skills = page.facets.get("available").map_or(0, |facet| facet.iter().map(|facet| facet.count).sum());
        let mut names: Vec<_> = page.hits.into_iter().map(|hit| hit.profile.display_name).collect();
        names.sort();
        (names.join(" "), page.total, counted, skills)
    };
    assert_eq!(seen(&node).await, ("Ada Di".to_owned(), 2, 2, 2));
    let one = node.search.profile(&hidden, Viewer::House).await.map_err(|problem| problem.code);
    assert_eq!(one.map(|view| view.id), Err(ErrorCode::NotFound));
    // A newer version is the same mentor, and an index that was built anew is no way around.
    node.store(&[bo.profile(1, NOW.0 - 1, profile("Bo, renewed"))]).await;
    assert_eq!(seen(&node).await, ("Ada Di".to_owned(), 2, 2, 2));
    let node = node.restart(delete_index);
    node.settle().await;
    node.hide.send_replace(Arc::new(BTreeSet::from([hidden])));
    assert_eq!(seen(&node).await, ("Ada Di".to_owned(), 2, 2, 2));
    node.hide.send_replace(Arc::default());
    assert_eq!(node.names("social media").await, ["Ada", "Bo, renewed", "Di"]);
}
