//! Who is not admitted gets nothing.

use mentormesh_swarm::{Acceptance, PublishError, SwarmEvent};

use crate::world::{Person, TOPIC, connect};

/// Enough for flooding, mesh, fanout and several rounds of IHAVE to show themselves.
const MESSAGES: usize = 25;

#[tokio::test]
async fn gossip_flows_once_both_have_admitted() {
    let (mut ada, mut bo) = (Person::on_tcp(1).await, Person::on_tcp(2).await);
    connect(&mut ada, &mut bo).await;
    let early = ada.node.publish(TOPIC.to_owned(), b"too early".to_vec()).await;
    assert_eq!(early, Err(PublishError::NoPeers));
    ada.admit(&bo).await;
    bo.admit(&ada).await;
    ada.publish("hello from Ada").await;
    bo.await_gossip("hello from Ada").await;
    bo.publish("hello from Bo").await;
    ada.await_gossip("hello from Bo").await;
    assert!(ada.node.connections().await.iter().all(|one| one.admitted));
}

#[tokio::test]
async fn mallory_subscribed_to_everything_receives_nothing_until_admitted() {
    let mut ada = Person::on_tcp(1).await;
    let mut bo = Person::on_tcp(2).await;
    let mut mallory = Person::on_tcp(66).await;
    connect(&mut ada, &mut bo).await;
    connect(&mut mallory, &mut ada).await;
    ada.admit(&bo).await;
    bo.admit(&ada).await;
    // Mallory admits Ada, so that nothing at Mallory's end hides what arrives.
    mallory.admit(&ada).await;

    for n in 0..MESSAGES {
        let text = format!("not for Mallory {n}");
        ada.publish(&text).await;
        bo.await_gossip(&text).await;
        // Slow enough to span heartbeats, where grafts and IHAVE are made.
        tokio::time::sleep(std::time::Duration::from_millis(120)).await;
    }
    // What Bo says reaches Ada, who forwards it to her mesh; Mallory must not be in it.
    bo.publish("from Bo").await;
    let token = await_token(&mut ada, "from Bo").await;
    ada.node.validate(token, Acceptance::Accept).await;
    assert_eq!(mallory.count_gossip(), 0);

    ada.admit(&mallory).await;
    ada.publish("for Mallory").await;
    mallory.await_gossip("for Mallory").await;
}

#[tokio::test]
async fn mallory_alone_with_ada_is_no_one_to_publish_to() {
    let (mut ada, mut mallory) = (Person::on_tcp(1).await, Person::on_tcp(66).await);
    connect(&mut mallory, &mut ada).await;
    mallory.admit(&ada).await;
    // Mallory can publish, so subscriptions have been exchanged.
    mallory.publish("listen to me").await;
    for n in 0..MESSAGES {
        let published = ada.node.publish(TOPIC.to_owned(), format!("message {n}").into_bytes()).await;
        assert_eq!(published, Err(PublishError::NoPeers));
    }
    assert_eq!(ada.count_gossip(), 0, "nor is Mallory listened to");
    assert_eq!(mallory.count_gossip(), 0);
}

#[tokio::test]
async fn a_message_a_stranger_brought_first_is_still_news_from_a_friend() {
    let mut ada = Person::on_tcp(1).await;
    let mut bo = Person::on_tcp(2).await;
    let mut mallory = Person::on_tcp(66).await;
    connect(&mut mallory, &mut ada).await;
    connect(&mut bo, &mut ada).await;
    mallory.admit(&ada).await;
    ada.admit(&bo).await;
    bo.admit(&ada).await;
    mallory.publish("the news").await;
    // Mallory's connection is in order, so an answered question proves that the message before it has arrived.
    let asking = mallory.node.request(ada.id(), mentormesh_swarm::Protocol::Sync, vec![1]);
    let (answer, ()) = tokio::join!(asking, async {
        loop {
            if let SwarmEvent::Request { token, .. } = ada.next().await {
                ada.node.respond(token, vec![2]).await.expect("Mallory waits");
                return;
            }
        }
    });
    assert_eq!(answer, Ok(vec![2]));
    bo.publish("the news").await;
    ada.await_gossip("the news").await;
}

#[tokio::test]
async fn who_loses_admission_loses_the_flow_at_once_even_from_the_mesh() {
    let mut ada = Person::on_tcp(1).await;
    let mut bo = Person::on_tcp(2).await;
    let mut mallory = Person::on_tcp(66).await;
    connect(&mut bo, &mut ada).await;
    connect(&mut mallory, &mut ada).await;
    for (one, other) in [(&ada, &bo), (&bo, &ada), (&ada, &mallory), (&mallory, &ada)] {
        one.admit(other).await;
    }
    // Forwarded messages travel by mesh alone: when one arrives, Mallory is in Ada's mesh.
    let mut round = 0;
    loop {
        round += 1;
        let text = format!("round {round}");
        bo.publish(&text).await;
        let token = await_token(&mut ada, &text).await;
        ada.node.validate(token, Acceptance::Accept).await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        if mallory.count_gossip() > 0 {
            break;
        }
        assert!(round < 200, "Mallory should be in the mesh by now");
    }
    // A message waits for Ada's verdict while Mallory, still in the mesh, loses admission.
    bo.publish("too late for Mallory").await;
    let token = await_token(&mut ada, "too late for Mallory").await;
    let before = mallory.count_gossip();
    assert!(ada.node.admit(mallory.id(), false).await);
    ada.node.validate(token, Acceptance::Accept).await;
    for n in 0..MESSAGES {
        let text = format!("after Mallory {n}");
        ada.publish(&text).await;
        bo.await_gossip(&text).await;
        tokio::time::sleep(std::time::Duration::from_millis(120)).await;
    }
    assert_eq!(mallory.count_gossip(), before);

    // The check above can fail: admitted again, Mallory hears.
    ada.admit(&mallory).await;
    ada.publish("for Mallory again").await;
    mallory.await_gossip("for Mallory again").await;
}

#[tokio::test]
async fn admission_does_not_outlive_the_connection() {
    let (mut ada, mut mallory) = (Person::on_tcp(1).await, Person::on_tcp(66).await);
    connect(&mut mallory, &mut ada).await;
    ada.admit(&mallory).await;
    mallory.admit(&ada).await;
    ada.publish("while admitted").await;
    mallory.await_gossip("while admitted").await;
    ada.node.disconnect(mallory.id()).await;
    ada.await_disconnected(mallory.id()).await;
    mallory.await_disconnected(ada.id()).await;
    assert!(!ada.node.admit(mallory.id(), true).await, "nobody absent is admitted");

    connect(&mut mallory, &mut ada).await;
    mallory.admit(&ada).await;
    mallory.publish("subscriptions have been exchanged").await;
    let published = ada.node.publish(TOPIC.to_owned(), b"after coming back".to_vec()).await;
    assert_eq!(published, Err(PublishError::NoPeers));
    assert!(ada.node.connections().await.iter().all(|one| !one.admitted));
}

async fn await_token(person: &mut Person, text: &str) -> mentormesh_swarm::GossipToken {
    loop {
        if let SwarmEvent::Gossip { token, bytes, .. } = person.next().await
            && bytes == text.as_bytes()
        {
            return token;
        }
    }
}
