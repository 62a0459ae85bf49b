//! Coming and going: who meets whom, and how a connection ends or is refused.

use mentormesh_swarm::{DialError, PublishError, Swarm, SwarmError, SwarmEvent};

use crate::world::{Person, QUIC, TCP, TOPIC, config, connect, eventually};

async fn ada_and_bo_meet_over(listen: &str) {
    let mut ada = Person::with(config(1, listen)).await;
    let mut bo = Person::with(config(2, listen)).await;
    connect(&mut ada, &mut bo).await;
    let seen = ada.node.connections().await;
    let only = seen.first().expect("Bo is there");
    assert_eq!((seen.len(), only.peer, only.outbound, only.admitted), (1, bo.id(), true, false));
    assert_eq!(vec![only.address.clone()], bo.addresses().await);
    assert!(bo.node.connections().await.iter().all(|one| one.peer == ada.id() && !one.outbound));
    assert_eq!(ada.node.dial(Some(bo.id()), bo.addresses().await).await, Err(DialError::AlreadyConnected));

    ada.node.disconnect(bo.id()).await;
    ada.await_disconnected(bo.id()).await;
    bo.await_disconnected(ada.id()).await;
    assert!(ada.node.connections().await.is_empty());

    bo.node.shutdown().await;
    let addresses = vec![only.address.clone()];
    assert_eq!(bo.node.dial(Some(ada.id()), addresses).await, Err(DialError::Stopped));
}

#[tokio::test]
async fn ada_and_bo_meet_over_tcp() {
    ada_and_bo_meet_over(TCP).await;
}

#[tokio::test]
async fn ada_and_bo_meet_over_quic() {
    ada_and_bo_meet_over(QUIC).await;
}

#[tokio::test]
async fn ada_dials_an_address_without_knowing_who_is_there() {
    let mut ada = Person::on_tcp(1).await;
    let bo = Person::on_tcp(2).await;
    ada.node.dial(None, bo.addresses().await).await.expect("the dial begins");
    ada.await_connected(bo.id()).await;
}

#[tokio::test]
async fn a_dial_that_cannot_work_says_so() {
    let mut ada = Person::on_tcp(1).await;
    let (bo, cleo) = (Person::on_tcp(2).await, Person::on_tcp(3).await);
    assert_eq!(ada.node.dial(None, Vec::new()).await, Err(DialError::NoAddress));
    assert_eq!(ada.node.dial(Some(bo.id()), Vec::new()).await, Err(DialError::NoAddress));
    let nowhere = vec!["/ip4/0.0.0.0/tcp/4101".parse().expect("a literal of this test")];
    assert_eq!(ada.node.dial(Some(bo.id()), nowhere).await, Err(DialError::NoAddress));
    assert_eq!(ada.node.dial(Some(ada.id()), bo.addresses().await).await, Err(DialError::Oneself));

    // Cleo's address under Bo's name.
    ada.node.dial(Some(bo.id()), cleo.addresses().await).await.expect("the dial begins");
    let reason = ada.await_dial_failed().await;
    assert!(reason.contains("peer ID") && !reason.contains('\n'), "{reason}");

    let closed = bo.addresses().await;
    bo.node.shutdown().await;
    ada.node.dial(Some(bo.id()), closed).await.expect("the dial begins");
    let reason = ada.await_dial_failed().await;
    assert!(reason.contains("refused") && reason.contains("/tcp/"), "{reason}");
}

#[tokio::test]
async fn a_taken_port_is_named() {
    for listen in [TCP, QUIC] {
        let ada = Person::with(config(1, listen)).await;
        let taken = ada.addresses().await.first().cloned().expect("Ada listens");
        let refused = Swarm::spawn(config(2, &taken.to_string())).await.map(|_| ());
        let Err(SwarmError::Listen { address, reason }) = refused else { unreachable!("{refused:?}") };
        assert_eq!(address, taken);
        assert!(reason.contains("in use"), "{reason}");
        ada.node.shutdown().await;
        if listen == TCP {
            Swarm::spawn(config(2, &taken.to_string())).await.map(|_| ()).expect("the port is free again");
        }
    }
}

#[tokio::test]
async fn people_of_different_networks_can_tell() {
    let mut ada = Person::on_tcp(1).await;
    let mut bo = Person::with(mentormesh_swarm::SwarmConfig { network: "demo".to_owned(), ..config(2, TCP) }).await;
    connect(&mut ada, &mut bo).await;
    let said = |event: &SwarmEvent| {
        if let SwarmEvent::Identified { protocol_version, agent, addresses, .. } = event {
            Some((protocol_version.clone(), agent.clone(), addresses.clone()))
        } else {
            None
        }
    };
    let (protocol_version, agent, addresses) = ada.await_event("an introduction", said).await;
    assert_eq!(protocol_version, "mentormesh/1/demo");
    assert!(agent.starts_with("mentormesh/"), "{agent}");
    assert_eq!(addresses, Vec::new(), "an address nobody named is nobody's business");
    assert_eq!(bo.await_event("an introduction", said).await.0, "mentormesh/1/test");
    let seen = ada.node.connections().await;
    assert_eq!(seen.first().and_then(|one| one.protocol_version.as_deref()), Some("mentormesh/1/demo"));
}

#[tokio::test]
async fn mallory_is_blocked_in_both_directions_and_forgiven() {
    let mut ada = Person::on_tcp(1).await;
    let mut mallory = Person::on_tcp(66).await;
    connect(&mut mallory, &mut ada).await;
    ada.node.block(mallory.id()).await;
    ada.await_disconnected(mallory.id()).await;
    mallory.await_disconnected(ada.id()).await;

    let to_mallory = ada.node.dial(Some(mallory.id()), mallory.addresses().await).await;
    assert_eq!(to_mallory, Err(DialError::Blocked));
    // The handshake may succeed at Mallory's end before Ada hangs up, so look at Ada's.
    mallory.dial(&ada).await;
    let over = |event: &SwarmEvent| {
        matches!(event, SwarmEvent::DialFailed { .. } | SwarmEvent::Disconnected { .. }).then_some(())
    };
    mallory.await_event("the end of the attempt", over).await;
    assert!(ada.node.connections().await.is_empty());

    ada.node.unblock(mallory.id()).await;
    eventually("Mallory is let in", || async {
        // A dial may still be under way.
        mallory.node.dial(Some(ada.id()), ada.addresses().await).await.ok();
        ada.node.connections().await.iter().any(|one| one.peer == mallory.id())
    })
    .await;
}

#[tokio::test]
async fn bo_who_died_and_came_back_is_heard_and_hears() {
    let mut ada = Person::with(config(1, QUIC)).await;
    let (id, at) = (ada.id(), ada.addresses().await);
    let (name, died) = tokio::sync::oneshot::channel();
    let first_life = std::thread::spawn(move || {
        let life = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("one life");
        life.block_on(async move {
            let mut bo = Person::with(config(2, QUIC)).await;
            bo.node.dial(Some(id), at).await.expect("the dial begins");
            let heard = |event: &SwarmEvent| matches!(event, SwarmEvent::Identified { .. }).then_some(());
            bo.await_event("Ada to introduce herself", heard).await;
            name.send(bo.id()).expect("Ada waits for it");
        });
        // Without a word to Ada: this thread alone ran Bo, and nothing of him runs again.
    });
    let bo_id = died.await.expect("Bo lived");
    first_life.join().expect("and died");
    ada.await_connected(bo_id).await;

    let mut bo = Person::with(config(2, QUIC)).await;
    eventually("both have admitted each other, in the same life", || async {
        // A dial may still be under way, or a connection stand.
        bo.node.dial(Some(ada.id()), ada.addresses().await).await.ok();
        ada.node.admit(bo.id(), true).await;
        bo.node.admit(ada.id(), true).await && bo.node.publish(TOPIC.to_owned(), b"I am back".to_vec()).await.is_ok()
    })
    .await;
    ada.await_gossip("I am back").await;
    eventually("somebody listens", || async {
        ada.node.admit(bo.id(), true).await;
        ada.node.publish(TOPIC.to_owned(), b"welcome".to_vec()).await != Err(PublishError::NoPeers)
    })
    .await;
    bo.await_gossip("welcome").await;
}

#[tokio::test]
async fn a_node_whose_owner_is_gone_stops() {
    let (node, events, task) = Swarm::spawn(config(1, TCP)).await.expect("a free port of loopback can be had");
    drop(node);
    task.await.expect("it ends in peace");
    drop(events);
    let (node, events, task) = Swarm::spawn(config(1, TCP)).await.expect("a free port of loopback can be had");
    drop(events);
    task.await.expect("it ends in peace");
    assert!(node.listen_addresses().await.is_empty());
}
