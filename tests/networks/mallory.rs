//! A flood: a pinned organisation's node gone bad sends whatever the protocol lets it, as fast as it can.
//!
//! It holds a node's own key, so to the others it is that node, admitted and in the mesh.

use std::io::Write as _;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use mentormesh_protocol::signed::Network;
use mentormesh_protocol::ticket::Ticket;
use mentormesh_protocol::wire::{Batch, SyncRequest, Topic};
use mentormesh_protocol::{OrganisationId, Timestamp, wire::Scope};
use mentormesh_swarm::{Address, PeerId, Protocol, PublishError, Swarm, SwarmConfig, SwarmEvent, SwarmHandle};
use tokio::runtime::Runtime;

use crate::harness::raw_peer::now;
use crate::harness::wait::until_true;

/// The largest message, the largest request.
const GOSSIP: usize = 48 * 1024;
const REQUEST: usize = 64 * 1024;
/// Requests in the air at once.
const LANES: usize = 32;
/// Messages of each kind, and requests of each lane, that a flood is made of at most.
const MOST: u64 = 4_000;

/// Mallory's swarm.
#[derive(Debug)]
pub(crate) struct Mallory {
    runtime: Runtime,
    swarm: SwarmHandle,
    topic: String,
}

/// What was sent.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    pub(crate) gossip: AtomicU64,
    pub(crate) requests: AtomicU64,
    pub(crate) junk: AtomicU64,
}

/// A flood under way.
#[derive(Debug)]
pub(crate) struct Flood {
    pub(crate) sent: Arc<Sent>,
    stop: Arc<AtomicBool>,
    junk: std::thread::JoinHandle<()>,
}

impl Mallory {
    /// Rises where this thread is.
    pub(crate) fn rise(node_key: [u8; 32]) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let network = Network::new("main").unwrap();
        let config = SwarmConfig {
            node_key,
            network: network.as_str().to_owned(),
            listen: vec!["/ip4/127.0.0.1/tcp/0".parse().unwrap()],
            external: Vec::new(),
            mdns: false,
            topics: Topic::ALL.iter().map(|topic| topic.name(&network)).collect(),
        };
        let (swarm, mut events, _task) = runtime.block_on(Swarm::spawn(config)).unwrap();
        let handle = swarm.clone();
        runtime.spawn(async move {
            // She answers nothing and passes nothing on.
            while let Some(event) = events.recv().await {
                if let SwarmEvent::Connected { peer, .. } = event {
                    handle.admit(peer, true).await;
                }
            }
        });
        Self { runtime, swarm, topic: Topic::Records.name(&network) }
    }

    /// Connects to a node.
    pub(crate) fn join(&self, ticket: &str) -> PeerId {
        let ticket: Ticket = ticket.parse().unwrap();
        let peer = PeerId::from_bytes(&ticket.peer.to_bytes()).unwrap();
        let addresses: Vec<Address> = ticket.addresses.iter().map(|address| address.parse().unwrap()).collect();
        until_true("Mallory is connected", || {
            // It may stand already, or be under way.
            self.runtime.block_on(self.swarm.dial(Some(peer), addresses.clone())).ok();
            self.connections().contains(&peer)
        });
        peer
    }

    pub(crate) fn connections(&self) -> Vec<PeerId> {
        self.runtime.block_on(self.swarm.connections()).iter().map(|connection| connection.peer).collect()
    }

    /// Gossips records as an honest node would.
    pub(crate) fn gossip(&self, envelopes: &[Vec<u8>]) {
        let bytes = batch(envelopes);
        until_true("somebody takes Mallory's gossip", || {
            let told = self.runtime.block_on(self.swarm.publish(self.topic.clone(), bytes.clone()));
            matches!(told, Ok(()) | Err(PublishError::Duplicate))
        });
    }

    /// Begins to flood these peers and ports with whatever is made of these records.
    pub(crate) fn flood(&self, peers: &[PeerId], ports: Vec<SocketAddr>, records: Vec<Vec<u8>>) -> Flood {
        let (sent, stop) = (Arc::new(Sent::default()), Arc::new(AtomicBool::new(false)));
        let (swarm, topic) = (self.swarm.clone(), self.topic.clone());
        let (counted, stopped) = (Arc::clone(&sent), Arc::clone(&stop));
        self.runtime.spawn(async move {
            for message in (0..MOST).flat_map(|number| messages(number, &records)) {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                let told = swarm.publish(topic.clone(), message).await;
                counted.gossip.fetch_add(u64::from(told.is_ok()), Ordering::SeqCst);
            }
        });
        for peer in peers {
            for lane in 0..LANES {
                let (swarm, peer, counted, stopped) = (self.swarm.clone(), *peer, Arc::clone(&sent), Arc::clone(&stop));
                self.runtime.spawn(async move {
                    for number in (0..MOST).take_while(|_| !stopped.load(Ordering::SeqCst)) {
                        let (protocol, request) = question(lane, number);
                        // Whatever the answer.
                        swarm.request(peer, protocol, request).await.ok();
                        counted.requests.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        }
        let (counted, stopped) = (Arc::clone(&sent), Arc::clone(&stop));
        let junk = std::thread::spawn(move || {
            for port in ports.iter().cycle().take(usize::try_from(MOST).unwrap()) {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                counted.junk.fetch_add(pour(*port), Ordering::SeqCst);
            }
        });
        Flood { sent, stop, junk }
    }
}

impl Flood {
    pub(crate) fn end(self) -> Arc<Sent> {
        self.stop.store(true, Ordering::SeqCst);
        self.junk.join().unwrap();
        self.sent
    }
}

impl Drop for Mallory {
    fn drop(&mut self) {
        self.runtime.block_on(async {
            // A swarm that has stopped already is as good.
            tokio::time::timeout(Duration::from_secs(10), self.swarm.shutdown()).await.ok();
        });
    }
}

fn batch(envelopes: &[Vec<u8>]) -> Vec<u8> {
    Batch { envelopes: envelopes.iter().cloned().map(Into::into).collect() }.encode()
}

/// Known records in another composition, then one with another signature, one far too large, and no batch at all.
fn messages(number: u64, records: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    let known: Vec<_> =
        records.iter().enumerate().filter(|(at, _)| number >> at & 1 == 1).map(|(_, record)| record.clone()).collect();
    if !known.is_empty() && number < 1 << records.len() {
        all.push(batch(&known));
    }
    // As long as nothing is forged, only the rate speaks against her.
    if number >= 256 {
        let mut forged = records[0].clone();
        let at = forged.len() - 1 - usize::try_from(number % 32).unwrap();
        forged[at] ^= u8::try_from(number / 32 % 255 + 1).unwrap();
        all.push(batch(&[forged]));
        let filler = |bytes: usize| number.to_be_bytes().into_iter().cycle().take(bytes).collect::<Vec<u8>>();
        all.push(batch(&[filler(40 * 1024)]));
        all.push(filler(GOSSIP));
    }
    all
}

/// Questions that cost the most to answer, and the largest that mean nothing.
fn question(lane: usize, number: u64) -> (Protocol, Vec<u8>) {
    let organisation = OrganisationId([u8::try_from(lane).unwrap(); 32]);
    let as_of = Timestamp(now().0 - number % 60_000);
    match lane % 4 {
        0 => (Protocol::Sync, vec![0xff; REQUEST]),
        1 => (Protocol::Courier, vec![0x00; REQUEST]),
        2 => (Protocol::Sync, SyncRequest::Summary { as_of, after: None }.encode()),
        _ => (Protocol::Sync, SyncRequest::Tail { organisation, scope: Scope::Register, as_of }.encode()),
    }
}

/// Pours a megabyte of nothing into a port, as far as it is taken; gives how many bytes were.
fn pour(port: SocketAddr) -> u64 {
    let Ok(mut stream) = TcpStream::connect_timeout(&port, Duration::from_secs(2)) else { return 0 };
    stream.set_write_timeout(Some(Duration::from_secs(1))).unwrap();
    let mut poured = 0;
    while poured < 1024 * 1024 {
        match stream.write(&[0xff; 16 * 1024]) {
            Ok(bytes) if bytes > 0 => poured += bytes as u64,
            Ok(_) | Err(_) => break,
        }
    }
    poured
}
