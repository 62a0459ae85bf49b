//! How often requests may be filed: by one network, and by everybody together. Addresses are counted in memory for an
//! hour and written down nowhere.

use std::net::IpAddr;

use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::limits::MINUTE;
use tokio::sync::{mpsc, oneshot, watch};

use crate::clock::Clock;
use crate::counter::{Counter, Network};

/// Askers that wait to be counted; one more is told to come again.
const WAITING: usize = 64;
/// The while in which askers are counted.
const WITHIN: u64 = 60 * MINUTE;
/// How often one network may file: a house full of people shares one.
const PER_NETWORK: u32 = 10;
/// How often everybody together may.
const IN_ALL: u32 = 300;
/// Networks that are remembered.
const REMEMBERED: usize = 4_096;

type Request = (Network, oneshot::Sender<Result<(), u64>>);

/// Where those who file are counted; clones share it.
#[derive(Clone, Debug)]
pub struct Throttle(mpsc::Sender<Request>);

/// The other end, to be run.
#[derive(Debug)]
pub struct Throttled {
    requests: mpsc::Receiver<Request>,
    clock: Clock,
}

impl Throttle {
    /// Both ends.
    #[must_use]
    pub fn new(clock: Clock) -> (Self, Throttled) {
        let (ask, requests) = mpsc::channel(WAITING);
        (Self(ask), Throttled { requests, clock })
    }

    /// Counts one, or says when to come again.
    pub(super) async fn pass(&self, from: IpAddr) -> Result<(), Problem> {
        let (reply, answer) = oneshot::channel();
        self.0.try_send((Network::of(from), reply)).map_err(|_| busy())?;
        answer.await.map_err(|_| busy())?.map_err(too_often)
    }
}

impl Throttled {
    /// Counts until the node stops.
    pub async fn run(mut self, mut stopped: watch::Receiver<bool>) {
        let mut networks = Counter::new(PER_NETWORK, WITHIN, REMEMBERED);
        let mut all = Counter::new(IN_ALL, WITHIN, 1);
        loop {
            let request = tokio::select! {
                request = self.requests.recv() => request,
                _ = stopped.changed() => None,
            };
            let Some((from, reply)) = request else { break };
            let now = self.clock.now();
            let answer = networks.pass(&from, now).and_then(|()| all.pass(&(), now));
            // Whoever asked may have left.
            let _gone = reply.send(answer);
        }
    }
}

fn busy() -> Problem {
    Problem::new(ErrorCode::Busy, "too many people file requests at this moment")
}

fn too_often(wait: u64) -> Problem {
    let minutes = wait.div_ceil(MINUTE).max(1);
    let next = format!("come again in {minutes} minutes, or write to the organisation itself");
    Problem::new(ErrorCode::TooMany, "requests were filed too often from here").with_next(next)
}
