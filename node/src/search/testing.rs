//! A small search over a real store and a real index, for what tries searches by the million.

use std::collections::BTreeMap;
use std::sync::Arc;

use mentormesh_protocol::OrganisationId;
use mentormesh_protocol::testing::{NOW, Organisation, anyone};
use mentormesh_protocol::trust::{Settings, Why};
use tokio::sync::watch;

use super::{Follower, Parts, Search};
use crate::clock::Clock;
use crate::index;
use crate::store::{self, Incoming, Store};
use crate::view::{Known, View};

/// Profiles of each of the two organisations: enough to page through, and few enough to ask thousands of times.
const PROFILES: u64 = 12;

/// A search, whose profiles it shows, and the folder in which they lie.
#[derive(Debug)]
pub struct Shelf {
    /// What is asked.
    pub search: Search,
    /// The organisations whose profiles are shown.
    pub shown: Vec<OrganisationId>,
    _follower: Follower,
    _wake: watch::Sender<u64>,
    _views: watch::Sender<Arc<View>>,
    _dir: tempfile::TempDir,
}

impl Shelf {
    /// Ada's node, which shows Bo's organisation too, with two dozen mentors in all.
    pub async fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let organisations = [Organisation::ada(), Organisation::bo()];
        let store::Opened { store, mut writer, .. } = Store::open(&dir.path().join("store")).expect("a store");
        let opened = index::open(&dir.path().join("index"), store.generation(), store.last_position());
        let opened = opened.expect("an index");
        let (wake, woken) = watch::channel(store.last_position());
        let follower = Follower::spawn(store.clone(), opened.writer, woken).expect("a thread");
        let of = |organisation: &Organisation| {
            let profile = |number| organisation.profile(number, NOW.0 - number, anyone(number));
            (0..PROFILES).map(profile).collect::<Vec<_>>()
        };
        let records: Vec<_> = organisations.iter().flat_map(of).collect();
        let incoming: Vec<_> = records.iter().map(|record| Incoming { record, first_seen: NOW }).collect();
        writer.put(&incoming).expect("room for records");
        let (end, mut indexed) = (store.last_position(), follower.indexed());
        wake.send_replace(end);
        indexed.wait_for(|position| *position >= end).await.expect("a follower at work");
        let (views, seen) = watch::channel(Arc::new(view(&organisations)));
        let claimed = watch::channel(Arc::new(BTreeMap::new())).1;
        let (clock, hidden) = (Clock::set_at(NOW), watch::channel(Arc::default()).1);
        let search = Search::new(Parts { store, index: opened.index, indexed, views: seen, hidden, claimed, clock });
        let shown = organisations.iter().map(Organisation::id).collect();
        Self { search, shown, _follower: follower, _wake: wake, _views: views, _dir: dir }
    }
}

/// A search over what an ingest stores, and the thread that keeps it so.
#[cfg(test)]
pub(crate) fn over(
    store: &Store,
    ingest: &crate::ingest::Ingest,
    hidden: super::hiding::Hidden,
    clock: &Clock,
    folder: &std::path::Path,
) -> (Search, Follower) {
    let opened = index::open(&folder.join("index"), store.generation(), store.last_position()).expect("an index");
    let follower = Follower::spawn(store.clone(), opened.writer, ingest.position()).expect("a thread");
    let (indexed, views) = (follower.indexed(), ingest.views());
    let claimed = watch::channel(Arc::new(BTreeMap::new())).1;
    let (store, index, clock) = (store.clone(), opened.index, clock.clone());
    (Search::new(Parts { store, index, indexed, views, hidden, claimed, clock }), follower)
}

fn view(organisations: &[Organisation; 2]) -> View {
    let known = |organisation: &Organisation| {
        let tip = organisation.genesis().id();
        let (signing_keys, nodes, why) = (Vec::new(), Default::default(), Why::Pinned);
        let known = Known { card: None, tip, disputed: false, signing_keys, why, nodes, mentors: 0, records: 0 };
        (organisation.id(), known)
    };
    let [own, _] = organisations;
    View { own: own.id(), settings: Settings::default(), organisations: organisations.iter().map(known).collect() }
}
