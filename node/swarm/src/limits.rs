//! The numbers that bound what strangers can make this node do, each with its reason, and the token bucket.
//!
//! Owns no clock: time is passed in.

use std::time::{Duration, Instant};

/// Largest gossiped message. Frames above 56 KiB can fail at random below 64 KiB of transmit size, because libp2p
/// measures its read buffer and not the frame.
pub const MESSAGE_BYTES_MAX: usize = 48 * 1024;
/// Largest request: a frame of reconciliation is 32 KiB, a batch of records 48 KiB.
pub const REQUEST_BYTES_MAX: usize = 64 * 1024;
/// Largest answer: several batches of records.
pub const RESPONSE_BYTES_MAX: usize = 256 * 1024;

/// Gossip frames; a third above the largest message for the reason given there.
pub(crate) const TRANSMIT_BYTES_MAX: usize = 64 * 1024;
/// Commands waiting for the event loop; callers wait beyond it.
pub(crate) const COMMAND_QUEUE: usize = 64;
/// Events waiting for whoever is above.
pub(crate) const EVENT_QUEUE: usize = 256;
/// Places of the event queue that gossip may not take, so that connections and requests still get through.
pub(crate) const GOSSIP_HEADROOM: usize = 64;
/// Events kept back when the queue is full. Connection events alone need at most three for each of twice
/// [`CONNECTIONS_MAX`] peers; dials are refused beyond this number, so their failures cannot make it grow.
pub(crate) const BACKLOG_DIAL_LIMIT: usize = 512;

/// All connections.
pub(crate) const CONNECTIONS_MAX: u32 = 160;
/// Inbound connections; the rest is for those we chose, against eclipse.
pub(crate) const INBOUND_MAX: u32 = 128;
/// Outbound connections.
pub(crate) const OUTBOUND_MAX: u32 = 32;
/// Two, because two nodes may dial each other at the same moment.
pub(crate) const CONNECTIONS_PER_PEER: u32 = 2;
/// Handshakes under way, each direction.
pub(crate) const PENDING_MAX: u32 = 16;
/// Long, because only mesh members keep a connection alive by themselves.
pub(crate) const IDLE_TIMEOUT: Duration = Duration::from_secs(600);
/// How often a connection is checked.
pub(crate) const PING_INTERVAL: Duration = Duration::from_secs(30);
/// Two nodes that dial each other find out within this time, the longest that a dial takes.
pub(crate) const CROSSING: Duration = Duration::from_secs(15);
/// One dial tries every address of a peer at once; what loses against the first that stands arrives within this time.
pub(crate) const RACING: Duration = Duration::from_secs(2);
/// A connection that fails this young beside another may have been that of a process that is gone: the crossing of two
/// dials, and the ten seconds after which QUIC notices.
pub(crate) const DOUBTFUL: Duration = Duration::from_secs(30);
/// How long a listener may take to report its address.
pub(crate) const LISTEN_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a stop waits for connections to close.
pub(crate) const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// How long a request may take, and an answer be prepared.
pub(crate) const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// Streams of one protocol on one connection.
pub(crate) const REQUEST_STREAMS: usize = 32;
/// Requests of one peer that wait for our answer.
pub(crate) const INBOUND_REQUESTS_PER_PEER: usize = 8;
/// Requests of all peers that wait for our answer.
pub(crate) const INBOUND_REQUESTS_MAX: usize = 64;
/// Requests of our own that wait for an answer.
pub(crate) const OUTBOUND_REQUESTS_MAX: usize = 256;

/// Gossiped messages a peer may hand us each second, on average.
pub(crate) const GOSSIP_PER_SECOND: f64 = 20.0;
/// Gossiped messages a peer may hand us at once.
pub(crate) const GOSSIP_BURST: f64 = 200.0;
/// Verdicts held back while a peer that lost its admission leaves the mesh; beyond it they become *Ignore*.
pub(crate) const HELD_VERDICTS: usize = 256;
/// How often held verdicts are tried again; the mesh is cleaned each second.
pub(crate) const HELD_RETRY: Duration = Duration::from_millis(100);

/// A connection without a subscription for this long is deaf: libp2p gives up gossip on it after five broken streams.
pub(crate) const DEAF_AFTER: Duration = Duration::from_secs(60);
/// At most one deaf connection is cut in this time, so that a fault of our own cannot cut them all.
pub(crate) const DEAF_PAUSE: Duration = Duration::from_secs(60);
/// How often deaf connections are looked for.
pub(crate) const DEAF_CHECK: Duration = Duration::from_secs(5);

/// Addresses taken from what a peer says of itself.
pub(crate) const IDENTIFY_ADDRESSES: usize = 16;
/// Characters taken of each name a peer gives itself.
pub(crate) const IDENTIFY_TEXT: usize = 128;

/// Allows a rate with bursts.
#[derive(Debug)]
pub(crate) struct TokenBucket {
    tokens: f64,
    filled_at: Instant,
}

impl TokenBucket {
    pub(crate) const fn full(now: Instant) -> Self {
        Self { tokens: GOSSIP_BURST, filled_at: now }
    }

    /// Takes one token if there is one.
    pub(crate) fn take(&mut self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.filled_at).as_secs_f64();
        self.filled_at = self.filled_at.max(now);
        self.tokens = (self.tokens + passed * GOSSIP_PER_SECOND).min(GOSSIP_BURST);
        let enough = self.tokens >= 1.0;
        if enough {
            self.tokens -= 1.0;
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_of_two_hundred_then_twenty_a_second() {
        let start = Instant::now();
        let mut bucket = TokenBucket::full(start);
        assert_eq!((0..300).filter(|_| bucket.take(start)).count(), 200);
        let later = start + Duration::from_secs(1);
        assert_eq!((0..300).filter(|_| bucket.take(later)).count(), 20);
        let much_later = start + Duration::from_secs(3600);
        assert_eq!((0..300).filter(|_| bucket.take(much_later)).count(), 200);
        assert!(!bucket.take(start), "a clock that runs backwards gives nothing");
    }
}
