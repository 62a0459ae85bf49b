//! Messages and verdicts.

use std::time::Duration;

use mentormesh_swarm::{Acceptance, MESSAGE_BYTES_MAX, PublishError, SwarmEvent};

use crate::world::{Person, TOPIC, connect, eventually};

/// Reads messages until this one, giving each the verdict.
async fn judge_until(person: &mut Person, text: &str, acceptance: Acceptance) {
    loop {
        if let SwarmEvent::Gossip { token, bytes, topic, .. } = person.next().await {
            assert_eq!(topic, TOPIC);
            person.node.validate(token, acceptance).await;
            if bytes == text.as_bytes() {
                return;
            }
        }
    }
}

#[tokio::test]
async fn what_bo_accepts_reaches_cleo_and_what_he_ignores_does_not() {
    let mut ada = Person::on_tcp(1).await;
    let mut bo = Person::on_tcp(2).await;
    let mut cleo = Person::on_tcp(3).await;
    connect(&mut ada, &mut bo).await;
    connect(&mut bo, &mut cleo).await;
    for (one, other) in [(&ada, &bo), (&bo, &ada), (&bo, &cleo), (&cleo, &bo)] {
        one.admit(other).await;
    }
    eventually("Bo has someone to forward to", || async {
        bo.node.publish(TOPIC.to_owned(), b"hello from Bo".to_vec()).await != Err(PublishError::NoPeers)
    })
    .await;
    cleo.await_gossip("hello from Bo").await;
    ada.await_gossip("hello from Bo").await;
    ada.publish("kept from Cleo").await;
    judge_until(&mut bo, "kept from Cleo", Acceptance::Ignore).await;
    // What is forwarded before the mesh has formed may go nowhere, so Ada says it again until it has.
    for number in 0..20 {
        let text = format!("for Cleo too, {number}");
        ada.publish(&text).await;
        judge_until(&mut bo, &text, Acceptance::Accept).await;
        if tokio::time::timeout(Duration::from_secs(3), cleo.await_gossip(&text)).await.is_ok() {
            assert!(!cleo.has_heard("kept from Cleo"));
            return;
        }
    }
    unreachable!("nothing that Bo accepted has reached Cleo");
}

#[tokio::test]
async fn a_message_is_refused_when_it_is_too_large_or_said_before_or_nobody_listens() {
    let (mut ada, mut bo) = (Person::on_tcp(1).await, Person::on_tcp(2).await);
    let publish = |bytes: usize| ada.node.publish(TOPIC.to_owned(), vec![0; bytes]);
    assert_eq!(publish(1).await, Err(PublishError::NoPeers));
    let (bytes, limit) = (MESSAGE_BYTES_MAX + 1, MESSAGE_BYTES_MAX);
    assert_eq!(publish(MESSAGE_BYTES_MAX + 1).await, Err(PublishError::TooLarge { bytes, limit }));
    connect(&mut ada, &mut bo).await;
    ada.admit(&bo).await;
    bo.admit(&ada).await;
    ada.publish("once").await;
    let again = ada.node.publish(TOPIC.to_owned(), b"once".to_vec()).await;
    assert_eq!(again, Err(PublishError::Duplicate));
    let largest = ada.node.publish(TOPIC.to_owned(), vec![0; MESSAGE_BYTES_MAX]).await;
    assert_eq!(largest, Ok(()));
    let arrived = |event: &SwarmEvent| {
        matches!(event, SwarmEvent::Gossip { bytes, .. } if bytes.len() == MESSAGE_BYTES_MAX).then_some(())
    };
    bo.await_event("the largest message", arrived).await;
    let elsewhere = ada.node.publish("mentormesh/1/test/unheard".to_owned(), vec![1]).await;
    assert_eq!(elsewhere, Err(PublishError::NoPeers));
}

#[tokio::test]
async fn a_reader_who_sleeps_holds_up_nobody() {
    let (mut ada, mut bo) = (Person::on_tcp(1).await, Person::on_tcp(2).await);
    connect(&mut ada, &mut bo).await;
    ada.admit(&bo).await;
    bo.admit(&ada).await;
    ada.publish("first").await;
    // More than Bo's queue holds, more than the rate of one peer, and Bo reads none of it.
    for n in 0..600 {
        ada.publish(&format!("message {n}")).await;
    }
    ada.node.disconnect(bo.id()).await;
    ada.await_disconnected(bo.id()).await;
    eventually("Bo's node sees it although Bo does not", || async { bo.node.connections().await.is_empty() }).await;
    bo.await_gossip("first").await;
    bo.await_disconnected(ada.id()).await;
    assert!(bo.count_gossip() < 256 - 64, "the queue keeps places that gossip may not take");
}
