//! A node that was killed, a desk from last week, a full disk, and strangers who ask too much.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::introduction::courier::{CourierAnswer, CourierRefusal, CourierRequest};
use mentormesh_protocol::introduction::{Fact, Letter};
use mentormesh_protocol::testing::{NOW, Organisation, introduction};
use mentormesh_protocol::{LetterId, OrganisationId, Timestamp, Verified};
use tokio::sync::watch;

use super::town::{House, Town, card};
use crate::desk::LetterRow;
use crate::introductions::answer::Answers;
use crate::introductions::recall::{self, BadDay};
use crate::post::{Asked, Post};

async fn holds(house: &House, letters: &[(&Verified<Letter>, OrganisationId, bool)]) {
    let mut write = house.desk().write().await.expect("a change");
    for (letter, other, own) in letters {
        let said = letter.payload();
        let row = LetterRow {
            introduction: said.introduction,
            direction: if *own { Direction::Sent } else { Direction::Received },
            organisation: *other,
            own: *own,
            fact: Fact::of(said, LetterId(letter.id().0)),
            signed: Some(letter.bytes().to_vec()),
        };
        write.add_letter(&row).await.expect("added");
    }
    write.commit().await.expect("added");
}

fn recall(since: Timestamp, after: Option<u64>) -> CourierRequest {
    CourierRequest::Recall { since, after }
}

#[tokio::test]
async fn letters_go_back_to_the_organisation_that_wrote_them_and_to_nobody_else() {
    let (ada, cy, mallory) = (Organisation::ada(), Organisation::cy(), Organisation::mallory());
    let bo = House::new(Organisation::bo(), &[&ada, &cy], &[]).await;
    let requests: Vec<_> = (0..40).map(|number| ada.request(&bo.body.profile_id(1), "Ada", number, NOW)).collect();
    let held: Vec<_> = requests.iter().map(|request| (request, ada.id(), false)).collect();
    holds(&bo, &held).await;
    let nothing = CourierAnswer::Letters(Vec::new(), None);
    assert_eq!(bo.answers(cy.peer(), &recall(Timestamp(0), None)).await, nothing);
    let refused = CourierAnswer::Refused(CourierRefusal::NotAdmitted);
    assert_eq!(bo.answers(mallory.peer(), &recall(Timestamp(0), None)).await, refused);
    assert_eq!(bo.answers(ada.peer(), &recall(NOW, None)).await, nothing, "none came after");
    let (mut back, mut after) = (Vec::new(), None);
    for _ in 0..2 {
        let CourierAnswer::Letters(letters, next) = bo.answers(ada.peer(), &recall(NOW.minus(1), after)).await else {
            unreachable!("Ada's node may ask")
        };
        back.extend(letters);
        after = next;
    }
    let back: Vec<_> = back.iter().map(|letter| letter.to_vec()).collect();
    assert_eq!((back, after), (requests.iter().map(|request| request.bytes().to_vec()).collect(), None));
}

#[tokio::test]
async fn our_own_letters_are_on_their_way_again_to_whoever_asks_back() {
    let ada = Organisation::ada();
    let bo = House::new(Organisation::bo(), &[&ada], &[]).await;
    let request = bo.body.request(&ada.profile_id(1), "Bo", 1, NOW);
    holds(&bo, &[(&request, ada.id(), true)]).await;
    assert_eq!(bo.outbox().await, (0, 0));
    for _ in 0..2 {
        bo.answers(ada.peer(), &recall(NOW, None)).await;
        assert_eq!(bo.outbox().await, (1, 0));
    }
}

#[tokio::test]
async fn after_a_bad_day_nothing_is_answered_until_the_other_node_has_said_what_it_holds() {
    for bad_day in [BadDay { unclean: true, restored: None }, BadDay { unclean: false, restored: Some(NOW.minus(9)) }] {
        let mut ada = House::new(Organisation::ada(), &[&Organisation::bo()], &[]).await;
        let mut bo = House::new(Organisation::bo(), &[&Organisation::ada()], &[]).await;
        let request = ada.body.request(&bo.body.profile_id(1), "Ada", 1, NOW);
        holds(&bo, &[(&request, ada.id(), false)]).await;
        let town = Town::new([&mut ada, &mut bo], &[]);
        recall::owe(&ada.courier, &bad_day).await.expect("noted");
        let waits = async || ada.desk().write().await.expect("a change").recall_waits(&bo.id()).await.expect("read");
        assert!(recall::round(&ada.courier).await.expect("asked"), "Bo is away");
        assert!(waits().await);
        town.connect(&ada.body, &bo.body);
        assert!(!recall::round(&ada.courier).await.expect("asked"));
        assert!(!waits().await);
        let back = ada.desk().introduction(&introduction(1), Direction::Sent).await.expect("read");
        assert!(back.is_some(), "the request that Ada's desk had lost is back");
    }
}

#[tokio::test]
async fn a_node_that_was_stopped_well_owes_nothing_and_one_that_was_killed_owes_it_each_time() {
    let mut ada = House::new(Organisation::ada(), &[&Organisation::bo()], &[]).await;
    let mut bo = House::new(Organisation::bo(), &[&Organisation::ada()], &[]).await;
    let town = Town::new([&mut ada, &mut bo], &[]);
    town.connect(&ada.body, &bo.body);
    let owed = async |bad_day: BadDay| {
        recall::owe(&ada.courier, &bad_day).await.expect("noted");
        let owed = ada.desk().owed_recalls().await.expect("read").len();
        recall::round(&ada.courier).await.expect("asked");
        owed
    };
    assert_eq!(owed(BadDay::default()).await, 0);
    let killed = BadDay { unclean: true, restored: None };
    assert_eq!((owed(killed).await, owed(killed).await), (1, 1));
    let restored = BadDay { unclean: false, restored: Some(NOW) };
    assert_eq!((owed(restored).await, owed(restored).await), (1, 0), "a backup is asked about once");
}

#[tokio::test]
async fn a_relay_whose_disk_is_full_says_so_and_keeps_nothing() {
    let (ada, bo) = (Organisation::ada(), Organisation::bo());
    let cys = card(&bo, NOW.0 - 9, &[&Organisation::cy()], &bo.sealing_secret());
    let cy = House::new(Organisation::cy(), &[&ada, &bo], &[&cys]).await;
    let letter = ada.request(&bo.profile_id(1), "Bo", 1, NOW);
    let keep = |time| CourierRequest::Keep(bo.seal_for(&letter, time).encode().into());
    cy.desk().fill().await;
    // A few pages of the file may be free still.
    for time in 0..100 {
        let answer = cy.answers(ada.peer(), &keep(time)).await;
        if let CourierAnswer::Refused(refusal) = answer {
            assert_eq!(refusal, CourierRefusal::StorageFull);
            assert_eq!(cy.desk().custody_count().await.expect("counted"), time, "what was said to be kept is kept");
            return;
        }
    }
    unreachable!("a desk that may not grow has no room for a hundred letters");
}

#[tokio::test]
async fn a_stranger_may_ask_thirty_times_a_minute() {
    let bo = House::new(Organisation::bo(), &[&Organisation::ada()], &[]).await;
    let (asking, asked) = Post::asked();
    let (stop, stopped) = watch::channel(false);
    let answers = Answers::new(bo.courier.clone(), std::sync::Arc::clone(&bo.push));
    let running = tokio::spawn(answers.run(asked, stopped));
    let ask = async |of: &Organisation| {
        let (reply, answer) = tokio::sync::oneshot::channel();
        let bytes = recall(NOW, Some(1)).encode();
        asking.send(Asked { peer: of.peer(), bytes, reply }).await.expect("asked");
        CourierAnswer::decode(&answer.await.expect("answered")).expect("an answer")
    };
    let busy = |answer: &CourierAnswer| matches!(answer, CourierAnswer::Refused(CourierRefusal::Busy(_)));
    for number in 0..30 {
        assert!(!busy(&ask(&Organisation::mallory()).await), "{number}");
    }
    assert!(busy(&ask(&Organisation::mallory()).await));
    for number in 0..31 {
        assert!(!busy(&ask(&Organisation::ada()).await), "whom we show is not counted: {number}");
    }
    bo.moves(60_000);
    assert!(!busy(&ask(&Organisation::mallory()).await));
    stop.send_replace(true);
    running.await.expect("stopped");
}
