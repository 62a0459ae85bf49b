//! Whom the book has dialled, when, and whose clock counts.

use mentormesh_protocol::SecretKey;

use super::*;

fn bo() -> PeerId {
    PeerId(SecretKey::new(&[2; 32]).public())
}

#[test]
fn a_peer_that_does_not_answer_is_tried_less_and_less() {
    let mut peer = Peer { addresses: vec!["/ip4/127.0.0.1/tcp/1".to_owned()], ..Peer::default() };
    let mut waits = Vec::new();
    let mut now = Timestamp(1_000_000);
    for _ in 0..12 {
        assert!(peer.due(now));
        peer.failed(now, BACK_OFF_MOST, None);
        waits.push(peer.next_dial.0 - now.0);
        now = peer.next_dial;
    }
    assert!(waits.first() < waits.get(5), "{waits:?}");
    assert!(waits.iter().all(|wait| *wait <= BACK_OFF_MOST), "{waits:?}");
}

#[test]
fn a_friend_that_is_away_for_long_is_looked_for_once_an_interval_and_a_stranger_is_not() {
    let (interval, organisation) = (30_000, OrganisationId([2; 32]));
    let friends = Settings { pinned: [organisation].into(), ..Settings::default() };
    let strangers = Settings::default();
    for (settings, within) in [(&friends, true), (&strangers, false)] {
        let mut book = Book::default();
        let mut now = Timestamp(1_000_000);
        let mut longest = 0;
        for _ in 0..20 {
            let most = book.patience(&bo(), interval, settings);
            let peer = book.open(bo()).expect("room");
            peer.organisation = Some(organisation);
            peer.failed(now, most, None);
            longest = longest.max(peer.next_dial.0 - now.0);
            now = peer.next_dial;
        }
        assert_eq!(longest <= interval, within, "{longest} ms");
    }
}

#[test]
fn a_dial_under_way_is_neither_due_again_nor_a_failure() {
    let mut peer = Peer { addresses: vec!["/ip4/127.0.0.1/tcp/1".to_owned()], ..Peer::default() };
    let now = Timestamp(1_000_000);
    peer.dialling(now);
    assert!(!peer.due(now.plus(DIAL_LONGEST - 1)) && peer.due(now.plus(DIAL_LONGEST)));
    assert_eq!(peer.failures, 0);
}

#[test]
fn who_has_waited_longest_is_dialled_first() {
    let mut book = Book::default();
    for at in 1..=3u8 {
        let peer = book.open(PeerId(SecretKey::new(&[at; 32]).public())).expect("room");
        peer.learn(format!("/ip4/127.0.0.1/tcp/{at}"));
        peer.next_dial = Timestamp(100 - u64::from(at));
    }
    let due: Vec<_> = book.due(Timestamp(100), 2).into_iter().flat_map(|(_, addresses)| addresses).collect();
    assert_eq!(due, ["/ip4/127.0.0.1/tcp/3", "/ip4/127.0.0.1/tcp/2"]);
}

#[test]
fn a_blocked_peer_is_never_due() {
    let mut book = Book::default();
    let peer = book.open(bo()).expect("room");
    peer.learn("/ip4/127.0.0.1/tcp/1".to_owned());
    peer.blocked = true;
    assert!(book.due(Timestamp(1), 8).is_empty());
    let settings = Settings { policy: Policy::Open, ..Settings::default() };
    let view = View { own: OrganisationId([1; 32]), settings, organisations: BTreeMap::new() };
    assert!(!book.knows_somebody(&view));
}

#[test]
fn a_wish_for_everything_outlives_a_wish_for_less() {
    let mut peer = Peer::default();
    peer.want(Reach::Full, Timestamp(50));
    peer.want(Reach::Recent(5), Timestamp(10));
    assert_eq!(peer.wants, Some((Reach::Full, Timestamp(10))));
}

#[test]
fn the_clock_is_judged_by_the_median_of_three() {
    let mut book = Book::default();
    for (at, off) in [(1u8, 10), (2, 900_000), (3, -5)] {
        let peer = book.open(PeerId(SecretKey::new(&[at; 32]).public())).expect("room");
        peer.connected(Timestamp(1));
        peer.admitted = true;
        peer.organisation = Some(OrganisationId([at; 32]));
        assert_eq!(book.clock_off(), None);
        if let Some(peer) = book.open(PeerId(SecretKey::new(&[at; 32]).public())) {
            peer.clock_off = Some(off);
        }
    }
    assert_eq!(book.clock_off(), Some(10));
    for stranger in 10u8..20 {
        let peer = book.open(PeerId(SecretKey::new(&[stranger; 32]).public())).expect("room");
        peer.connected(Timestamp(1));
        peer.clock_off = Some(3_600_000);
    }
    assert_eq!(book.clock_off(), Some(10), "strangers have no voice");
}

#[test]
fn only_a_node_that_proved_whose_it_is_speaks_of_whom_that_shows() {
    let (bo, mallory) = (OrganisationId([2; 32]), OrganisationId([13; 32]));
    let hello = Hello {
        network: "main".to_owned(),
        least_version: 1,
        most_version: 1,
        clock: Timestamp(1),
        organisation: bo,
        mentors: 0,
        quota: 1,
        admits_you: true,
    };
    let peer = |organisation, hello| Peer { organisation, hello, ..Peer::default() };
    assert_eq!(peer(Some(bo), Some(hello.clone())).shows_us(), Some(true));
    assert_eq!(peer(Some(mallory), Some(hello.clone())).shows_us(), None, "it greets for somebody else");
    assert_eq!(peer(None, Some(hello)).shows_us(), None);
    assert_eq!(peer(Some(bo), None).shows_us(), None);
}
