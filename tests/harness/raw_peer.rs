//! The adversary on the wire: a bare swarm that keeps every byte it is given and serves whatever it likes.
//!
//! It holds a node's own key, so to the others it is that node; nothing of the daemon stands between it and them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use mentormesh_protocol::introduction::Envelope;
use mentormesh_protocol::introduction::courier::CourierRequest;
use mentormesh_protocol::reconcile::{Accumulator, Fingerprint, Session, Set, Step};
use mentormesh_protocol::signed::Network;
use mentormesh_protocol::ticket::Ticket;
use mentormesh_protocol::wire::{self, Batch, Hello, Scope, ScopeSummary, SummaryRow, SyncAnswer, SyncRequest, Topic};
use mentormesh_protocol::{OrganisationId, RecordId, Timestamp};
use mentormesh_swarm::{Acceptance, Address, DialError, PeerId, Protocol, Swarm, SwarmConfig, SwarmEvent, SwarmHandle};
use tokio::runtime::Runtime;

use super::wait::{until, until_true};

/// What the adversary serves: anything, under any id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Served {
    /// How often any of it was handed over.
    pub(crate) handed_over: Arc<AtomicUsize>,
    /// Register records it claims to hold.
    pub(crate) records: Vec<Claimed>,
    /// What it claims to hold of the identity half.
    pub(crate) identity: Vec<Claimed>,
}

/// Organisation, sequence, the id it claims, the bytes it sends.
pub(crate) type Claimed = (OrganisationId, u64, RecordId, Vec<u8>);

/// A bare peer.
#[derive(Debug)]
pub(crate) struct RawPeer {
    pub(super) runtime: Runtime,
    pub(super) swarm: SwarmHandle,
    organisation: OrganisationId,
    network: Network,
    heard: Receiver<Vec<u8>>,
    dump: Vec<u8>,
    letters: Vec<Envelope>,
}

/// Milliseconds since the epoch, here.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is past 1970");
    Timestamp(u64::try_from(since.as_millis()).expect("the year is below half a billion"))
}

/// The seed in a node's `keys/node.key`.
pub(crate) fn node_key(data: &Path) -> [u8; 32] {
    seed(&data.join("keys/node.key"))
}

/// The seed in a key file.
pub(crate) fn seed(file: &Path) -> [u8; 32] {
    let text = std::fs::read_to_string(file).expect("init wrote the key");
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).expect("a key");
    let hex = |at: usize| u8::from_str_radix(line.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (line.len() == 64).then(|| (0..64).step_by(2).map(hex).collect()).flatten();
    let bytes = bytes.or_else(|| mentormesh_protocol::key::base32().decode(line.as_bytes()).ok());
    bytes.and_then(|bytes| bytes.try_into().ok()).expect("32 bytes as hexadecimal or base32")
}

impl RawPeer {
    pub(crate) fn spawn(node_key: [u8; 32], organisation: &str, served: Served) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let network = Network::new("main").expect("the default network");
        let organisation: OrganisationId = organisation.parse().expect("an organisation id");
        let config = SwarmConfig {
            node_key,
            network: network.as_str().to_owned(),
            listen: vec!["/ip4/127.0.0.1/tcp/0".parse().expect("an address")],
            external: Vec::new(),
            mdns: false,
            topics: Topic::ALL.iter().map(|topic| topic.name(&network)).collect(),
        };
        let (swarm, mut events, _task) = runtime.block_on(Swarm::spawn(config)).expect("a free port of loopback");
        let (keep, heard) = sync_channel(100_000);
        let (handle, name) = (swarm.clone(), network.clone());
        runtime.spawn(async move {
            while let Some(event) = events.recv().await {
                react(&handle, &name, organisation, &served, &keep, event).await;
            }
        });
        Self { runtime, swarm, organisation, network, heard, dump: Vec::new(), letters: Vec::new() }
    }

    /// Connects to a node and waits until the connection stands; the node may already have dialled us.
    pub(crate) fn join(&self, ticket: &str) -> PeerId {
        let ticket: Ticket = ticket.parse().expect("a ticket");
        let peer = PeerId::from_bytes(&ticket.peer.to_bytes()).expect("a peer id");
        let addresses: Vec<Address> = ticket.addresses.iter().map(|a| a.parse().expect("an address")).collect();
        match self.runtime.block_on(self.swarm.dial(Some(peer), addresses)) {
            Ok(()) | Err(DialError::AlreadyConnected) => {}
            Err(error) => unreachable!("the dial begins: {error}"),
        }
        until_true("Mallory is connected", || {
            self.runtime.block_on(self.swarm.connections()).iter().any(|connection| connection.peer == peer)
        });
        self.runtime.block_on(self.swarm.admit(peer, true));
        peer
    }

    /// Asks one thing and keeps the bytes of the answer.
    pub(crate) fn ask(&mut self, peer: PeerId, request: &SyncRequest) -> Option<SyncAnswer> {
        let answer = self.runtime.block_on(self.swarm.request(peer, Protocol::Sync, request.encode())).ok()?;
        self.dump.extend_from_slice(&answer);
        SyncAnswer::decode(&answer).ok()
    }

    fn hello(&self) -> SyncRequest {
        SyncRequest::Hello(hello(&self.network, self.organisation))
    }

    /// Asks everything the protocol has to ask, of every organisation and both halves, and by id.
    pub(crate) fn ask_everything(&mut self, peer: PeerId, organisations: &[OrganisationId], ids: &[RecordId]) {
        self.ask(peer, &self.hello());
        for as_of in [now().minus(20_000), now()] {
            self.ask(peer, &SyncRequest::Summary { as_of, after: None });
            for organisation in organisations {
                for scope in [Scope::Identity, Scope::Register] {
                    let organisation = *organisation;
                    self.ask(peer, &SyncRequest::Tail { organisation, scope, as_of });
                    self.ask(peer, &SyncRequest::Ordered { organisation, scope, as_of });
                    self.ask(peer, &SyncRequest::Snapshot { organisation, scope, as_of, after: None });
                    self.reconcile(peer, organisation, scope, as_of);
                }
            }
        }
        self.ask(peer, &SyncRequest::Fetch { ids: ids.to_vec() });
        self.ask(peer, &SyncRequest::Nudge);
    }

    fn reconcile(&mut self, peer: PeerId, organisation: OrganisationId, scope: Scope, as_of: Timestamp) {
        let empty = Set::seal([]).expect("an empty set");
        let (mut session, mut message) = Session::begin(&empty).expect("a session begins");
        loop {
            let request =
                SyncRequest::Reconcile { organisation, scope, as_of, since: 0, message: message.clone().into() };
            let Some(SyncAnswer::Reconcile(answer)) = self.ask(peer, &request) else { return };
            match session.step(&answer) {
                Ok(Step::Send(next)) => message = next,
                Ok(Step::Done(difference)) => {
                    let ids: Vec<_> = difference.missing_here.into_iter().collect();
                    for ids in ids.chunks(200) {
                        self.ask(peer, &SyncRequest::Fetch { ids: ids.to_vec() });
                    }
                    return;
                }
                Err(_) => return,
            }
        }
    }

    /// Gossips a batch of anything on the topic of records.
    pub(crate) fn gossip(&self, envelopes: &[Vec<u8>]) {
        let batch = Batch { envelopes: envelopes.iter().cloned().map(Into::into).collect() }.encode();
        let topic = Topic::Records.name(&self.network);
        until("somebody takes Mallory's gossip", || {
            self.runtime.block_on(self.swarm.publish(topic.clone(), batch.clone())).ok()
        });
    }

    /// Every byte that came so far: answers, requests and gossip.
    pub(crate) fn dump(&mut self) -> &[u8] {
        while let Ok(bytes) = self.heard.try_recv() {
            if let Ok(CourierRequest::Deliver(letter) | CourierRequest::Keep(letter)) = CourierRequest::decode(&bytes) {
                self.letters.push(Envelope::decode(&letter).expect("what a node hands over is an envelope"));
            }
            self.dump.extend(bytes);
        }
        &self.dump
    }

    /// Every sealed letter that was handed over so far, to deliver or to keep. None was answered.
    pub(crate) fn letters(&mut self) -> &[Envelope] {
        self.dump();
        &self.letters
    }
}

impl Drop for RawPeer {
    fn drop(&mut self) {
        self.runtime.block_on(async {
            // A swarm that has stopped already is as good.
            tokio::time::timeout(Duration::from_secs(10), self.swarm.shutdown()).await.ok();
        });
    }
}

async fn react(
    swarm: &SwarmHandle,
    network: &Network,
    organisation: OrganisationId,
    served: &Served,
    keep: &SyncSender<Vec<u8>>,
    event: SwarmEvent,
) {
    // A full queue or a story that has ended loses nothing that anybody will look at.
    match event {
        SwarmEvent::Gossip { token, bytes, .. } => {
            keep.try_send(bytes).ok();
            swarm.validate(token, Acceptance::Accept).await;
        }
        SwarmEvent::Request { bytes, token, .. } => {
            keep.try_send(bytes.clone()).ok();
            if let Ok(request) = SyncRequest::decode(&bytes) {
                let answer = served.answer(network, organisation, request);
                let envelopes = match &answer {
                    SyncAnswer::Envelopes(envelopes) | SyncAnswer::Snapshot(envelopes, _) => envelopes.len(),
                    SyncAnswer::Hello(_)
                    | SyncAnswer::Summary(..)
                    | SyncAnswer::Reconcile(_)
                    | SyncAnswer::Tail(_)
                    | SyncAnswer::Ordered(_)
                    | SyncAnswer::Noted
                    | SyncAnswer::Refused(_) => 0,
                };
                swarm.respond(token, answer.encode()).await.ok();
                served.handed_over.fetch_add(envelopes, Ordering::SeqCst);
            }
        }
        SwarmEvent::Connected { peer, .. } => {
            swarm.admit(peer, true).await;
        }
        SwarmEvent::Listening { .. }
        | SwarmEvent::Disconnected { .. }
        | SwarmEvent::DialFailed { .. }
        | SwarmEvent::Identified { .. }
        | SwarmEvent::Discovered { .. }
        | SwarmEvent::SlowPeer { .. } => {}
    }
}

fn hello(network: &Network, organisation: OrganisationId) -> Hello {
    Hello {
        network: network.as_str().to_owned(),
        least_version: wire::VERSION,
        most_version: wire::VERSION,
        clock: now(),
        organisation,
        mentors: 0,
        quota: 50_000,
        admits_you: true,
    }
}

impl Served {
    fn half(&self, scope: Scope) -> &[Claimed] {
        match scope {
            Scope::Identity => &self.identity,
            Scope::Register => &self.records,
        }
    }

    fn of(&self, organisation: OrganisationId, scope: Scope) -> impl Iterator<Item = &Claimed> {
        self.half(scope).iter().filter(move |(owner, ..)| *owner == organisation)
    }

    fn answer(&self, network: &Network, own: OrganisationId, request: SyncRequest) -> SyncAnswer {
        match request {
            SyncRequest::Hello(_) => SyncAnswer::Hello(hello(network, own)),
            SyncRequest::Summary { .. } => SyncAnswer::Summary(self.rows(), false),
            SyncRequest::Reconcile { organisation, scope, message, .. } => {
                let members = self.of(organisation, scope).map(|(_, sequence, id, _)| (*sequence, *id));
                match Set::seal(members).and_then(|set| set.answer(&message)) {
                    Ok(answer) => SyncAnswer::Reconcile(answer.into()),
                    Err(_) => SyncAnswer::Noted,
                }
            }
            SyncRequest::Fetch { ids } => {
                let all = self.identity.iter().chain(&self.records);
                let asked = all.filter(|(_, _, id, _)| ids.contains(id));
                SyncAnswer::Envelopes(asked.map(|(.., bytes)| bytes.clone().into()).collect())
            }
            SyncRequest::Tail { organisation, scope, .. } => {
                SyncAnswer::Tail(self.of(organisation, scope).map(|(_, _, id, _)| *id).collect())
            }
            SyncRequest::Snapshot { organisation, scope, .. } => {
                let all = self.of(organisation, scope).map(|(.., bytes)| bytes.clone().into());
                SyncAnswer::Snapshot(all.collect(), None)
            }
            SyncRequest::Ordered { .. } | SyncRequest::Nudge => SyncAnswer::Noted,
        }
    }

    fn rows(&self) -> Vec<SummaryRow> {
        let all = self.identity.iter().chain(&self.records);
        let organisations: BTreeSet<OrganisationId> = all.map(|(organisation, ..)| *organisation).collect();
        let row = |organisation: &OrganisationId| SummaryRow {
            organisation: *organisation,
            tip: RecordId(organisation.0),
            identity: self.summary(*organisation, Scope::Identity),
            register: Some(self.summary(*organisation, Scope::Register)),
        };
        organisations.iter().map(row).collect()
    }

    fn summary(&self, organisation: OrganisationId, scope: Scope) -> ScopeSummary {
        let (mut set, mut latest) = (Accumulator::default(), 0);
        for (_, sequence, id, _) in self.of(organisation, scope) {
            set.add(id);
            latest = latest.max(*sequence);
        }
        let fingerprint = if set.count() == 0 { Fingerprint::default() } else { set.fingerprint() };
        ScopeSummary { count: set.count(), fingerprint, max_sequence: latest }
    }
}
