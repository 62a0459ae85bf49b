//! The way events go up, without the event loop ever waiting.
//!
//! What may be lost (gossip, requests, hints) is lost when the queue is full, and counted. What may not (who is
//! connected, which dials failed) waits in a backlog. The loop drains it whenever there is room and goes on taking
//! commands meanwhile, so a consumer that awaits a command before it reads its next event cannot lock both up.
//! The backlog is bounded because the events of one peer cancel each other: at most "gone, back, identified" remain.

use std::collections::VecDeque;

use tokio::sync::mpsc;

use crate::limits::{BACKLOG_DIAL_LIMIT, GOSSIP_HEADROOM};
use crate::{PeerId, SwarmEvent};

#[derive(Debug)]
pub(crate) struct Outbox {
    sender: mpsc::Sender<SwarmEvent>,
    backlog: VecDeque<SwarmEvent>,
    dropped: u64,
}

impl Outbox {
    pub(crate) const fn new(sender: mpsc::Sender<SwarmEvent>) -> Self {
        Self { sender, backlog: VecDeque::new(), dropped: 0 }
    }

    pub(crate) fn sender(&self) -> mpsc::Sender<SwarmEvent> {
        self.sender.clone()
    }

    pub(crate) fn is_backed_up(&self) -> bool {
        !self.backlog.is_empty()
    }

    /// Tells whether dials must be refused, so that their failures cannot grow the backlog without end.
    pub(crate) fn is_overfull(&self) -> bool {
        self.backlog.len() >= BACKLOG_DIAL_LIMIT
    }

    pub(crate) fn has_room_for_gossip(&self) -> bool {
        self.backlog.is_empty() && self.sender.capacity() > GOSSIP_HEADROOM
    }

    pub(crate) fn has_room(&self) -> bool {
        self.backlog.is_empty() && self.sender.capacity() > 0
    }

    /// Counts something that could not be sent.
    pub(crate) fn drop_one(&mut self, what: &'static str) {
        self.dropped = self.dropped.saturating_add(1);
        tracing::debug!(what, dropped = self.dropped, "events are read too slowly; dropped");
    }

    /// Sends what may be lost.
    pub(crate) fn offer(&mut self, event: SwarmEvent) {
        if !self.backlog.is_empty() || self.sender.try_send(event).is_err() {
            self.drop_one("event");
        }
    }

    /// Sends what may not be lost.
    pub(crate) fn deliver(&mut self, event: SwarmEvent) {
        if self.backlog.is_empty() {
            if let Err(mpsc::error::TrySendError::Full(event)) = self.sender.try_send(event) {
                self.backlog.push_back(event);
            }
            return;
        }
        match subject(&event) {
            Some((peer, Kind::Gone)) => {
                self.forget(peer, Kind::Identified);
                // Whoever has not heard that it came need not hear that it went.
                if !self.forget(peer, Kind::Connected) {
                    self.backlog.push_back(event);
                }
            }
            Some((peer, Kind::Identified)) => {
                self.forget(peer, Kind::Identified);
                self.backlog.push_back(event);
            }
            Some((_, Kind::Connected)) | None => self.backlog.push_back(event),
        }
    }

    pub(crate) fn next(&mut self) -> Option<SwarmEvent> {
        self.backlog.pop_front()
    }

    fn forget(&mut self, peer: PeerId, kind: Kind) -> bool {
        let before = self.backlog.len();
        self.backlog.retain(|event| subject(event) != Some((peer, kind)));
        self.backlog.len() < before
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Connected,
    Identified,
    Gone,
}

fn subject(event: &SwarmEvent) -> Option<(PeerId, Kind)> {
    match event {
        SwarmEvent::Connected { peer, .. } => Some((*peer, Kind::Connected)),
        SwarmEvent::Identified { peer, .. } => Some((*peer, Kind::Identified)),
        SwarmEvent::Disconnected { peer } => Some((*peer, Kind::Gone)),
        SwarmEvent::Listening { .. }
        | SwarmEvent::DialFailed { .. }
        | SwarmEvent::Discovered { .. }
        | SwarmEvent::Gossip { .. }
        | SwarmEvent::Request { .. }
        | SwarmEvent::SlowPeer { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(n: u8) -> PeerId {
        PeerId::from_public_key(&[n; 32])
    }

    fn came(n: u8) -> SwarmEvent {
        let address = "/ip4/127.0.0.1/tcp/1".parse().expect("a literal of this test");
        SwarmEvent::Connected { peer: peer(n), address, outbound: false }
    }

    fn said(n: u8) -> SwarmEvent {
        let name = || "x".to_owned();
        SwarmEvent::Identified { peer: peer(n), protocol_version: name(), agent: name(), addresses: Vec::new() }
    }

    fn went(n: u8) -> SwarmEvent {
        SwarmEvent::Disconnected { peer: peer(n) }
    }

    #[test]
    fn a_reader_who_sleeps_finds_the_truth_and_not_the_whole_story() {
        let (sender, mut reader) = mpsc::channel(1);
        let mut outbox = Outbox::new(sender);
        outbox.deliver(came(1));
        assert!(!outbox.is_backed_up());
        outbox.deliver(said(1));
        for _ in 0..10_000 {
            outbox.deliver(went(1));
            outbox.deliver(came(1));
            outbox.deliver(said(1));
            outbox.deliver(came(2));
            outbox.deliver(said(2));
            outbox.deliver(went(2));
        }
        outbox.offer(SwarmEvent::SlowPeer { peer: peer(1) });
        assert_eq!(outbox.dropped, 1);
        assert!(!outbox.has_room());
        let mut told = vec![reader.try_recv().expect("the first went straight through")];
        told.extend(std::iter::from_fn(|| outbox.next()));
        let told: Vec<_> = told.iter().filter_map(subject).collect();
        let expected = [Kind::Connected, Kind::Gone, Kind::Connected, Kind::Identified].map(|kind| (peer(1), kind));
        assert!(told == expected, "peer 1 came, went, came back; of peer 2 there is nothing to tell");
    }
}
