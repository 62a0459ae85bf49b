//! The people of the stories and how to wait for them.

use std::collections::VecDeque;
use std::future::Future;
use std::time::Duration;

use mentormesh_swarm::{Address, PeerId, PublishError, Swarm, SwarmConfig, SwarmEvent, SwarmHandle};
use tokio::sync::mpsc;
use tokio::time::timeout;

pub(crate) const TOPIC: &str = "mentormesh/1/test/records";
pub(crate) const TCP: &str = "/ip4/127.0.0.1/tcp/0";
pub(crate) const QUIC: &str = "/ip4/127.0.0.1/udp/0/quic-v1";

/// Long enough for a busy machine; a story that works never waits for it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Someone with a node.
pub(crate) struct Person {
    pub(crate) node: SwarmHandle,
    events: mpsc::Receiver<SwarmEvent>,
    past: VecDeque<SwarmEvent>,
}

pub(crate) fn config(secret: u8, listen: &str) -> SwarmConfig {
    SwarmConfig {
        node_key: [secret; 32],
        network: "test".to_owned(),
        listen: vec![listen.parse().expect("a literal of these tests")],
        external: Vec::new(),
        mdns: false,
        topics: vec![TOPIC.to_owned()],
    }
}

impl Person {
    pub(crate) async fn with(config: SwarmConfig) -> Self {
        let (node, events, _) = Swarm::spawn(config).await.expect("a free port of loopback can be had");
        Self { node, events, past: VecDeque::new() }
    }

    pub(crate) async fn on_tcp(secret: u8) -> Self {
        Self::with(config(secret, TCP)).await
    }

    pub(crate) fn id(&self) -> PeerId {
        self.node.local_peer()
    }

    pub(crate) async fn addresses(&self) -> Vec<Address> {
        self.node.listen_addresses().await
    }

    /// Waits for the first event that means something; leaves the others for later.
    pub(crate) async fn await_event<T>(&mut self, what: &str, mut pick: impl FnMut(&SwarmEvent) -> Option<T>) -> T {
        let passed = self.past.iter().position(|event| pick(event).is_some());
        if let Some(event) = passed.and_then(|at| self.past.remove(at)) {
            return pick(&event).expect("it was picked a moment ago");
        }
        let search = async {
            loop {
                let event = self.events.recv().await.expect("the node runs");
                if let Some(found) = pick(&event) {
                    return found;
                }
                self.past.push_back(event);
            }
        };
        timeout(PATIENCE, search).await.unwrap_or_else(|_| unreachable!("waited in vain for {what}"))
    }

    /// Takes the next event, whatever it is.
    pub(crate) async fn next(&mut self) -> SwarmEvent {
        match self.past.pop_front() {
            Some(event) => event,
            None => timeout(PATIENCE, self.events.recv()).await.expect("something happens").expect("the node runs"),
        }
    }

    pub(crate) async fn await_connected(&mut self, other: PeerId) {
        self.await_event("a connection", |event| match_connected(event, other)).await;
    }

    pub(crate) async fn await_disconnected(&mut self, other: PeerId) {
        let gone =
            |event: &SwarmEvent| matches!(event, SwarmEvent::Disconnected { peer } if *peer == other).then_some(());
        self.await_event("a disconnection", gone).await;
    }

    pub(crate) async fn await_dial_failed(&mut self) -> String {
        let failed = |event: &SwarmEvent| {
            if let SwarmEvent::DialFailed { reason, .. } = event { Some(reason.clone()) } else { None }
        };
        self.await_event("a failed dial", failed).await
    }

    /// Waits for this message.
    pub(crate) async fn await_gossip(&mut self, text: &str) {
        let heard = |event: &SwarmEvent| {
            matches!(event, SwarmEvent::Gossip { bytes, .. } if bytes == text.as_bytes()).then_some(())
        };
        self.await_event(&format!("the message {text:?}"), heard).await;
    }

    /// Counts the messages that have arrived and not been waited for.
    pub(crate) fn count_gossip(&mut self) -> usize {
        while let Ok(event) = self.events.try_recv() {
            self.past.push_back(event);
        }
        self.past.iter().filter(|event| matches!(event, SwarmEvent::Gossip { .. })).count()
    }

    /// Whether this message is among those that have arrived and not been waited for.
    pub(crate) fn has_heard(&mut self, text: &str) -> bool {
        while let Ok(event) = self.events.try_recv() {
            self.past.push_back(event);
        }
        self.past.iter().any(|event| matches!(event, SwarmEvent::Gossip { bytes, .. } if bytes == text.as_bytes()))
    }

    pub(crate) async fn dial(&self, other: &Self) {
        self.node.dial(Some(other.id()), other.addresses().await).await.expect("the dial begins");
    }

    pub(crate) async fn admit(&self, other: &Self) {
        assert!(self.node.admit(other.id(), true).await, "only who is connected can be admitted");
    }

    /// Publishes as soon as somebody listens; the text should be new each time.
    pub(crate) async fn publish(&self, text: &str) {
        eventually("somebody listens", || async {
            match self.node.publish(TOPIC.to_owned(), text.as_bytes().to_vec()).await {
                Ok(()) => true,
                Err(error) => {
                    assert_eq!(error, PublishError::NoPeers);
                    false
                }
            }
        })
        .await;
    }
}

fn match_connected(event: &SwarmEvent, other: PeerId) -> Option<()> {
    matches!(event, SwarmEvent::Connected { peer, .. } if *peer == other).then_some(())
}

/// Lets one dial the other and waits until both know.
pub(crate) async fn connect(dialler: &mut Person, other: &mut Person) {
    dialler.dial(other).await;
    dialler.await_connected(other.id()).await;
    other.await_connected(dialler.id()).await;
}

/// Asks again and again until it is so.
pub(crate) async fn eventually<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    let asking = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(PATIENCE, asking).await.unwrap_or_else(|_| unreachable!("waited in vain until {what}"));
}
