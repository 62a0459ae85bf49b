//! A wire for kernels without netem: frames leave one namespace inside UDP (VXLAN), are lost, queued and kept waiting
//! here, and go on to the other.
//!
//! Two namespaces belong to it: the *yard*, where the tunnels of all links have their sockets, and the *exchange*, where
//! ours are. What goes from one to the other passes a bridge, because a tunnel leaves checksums to a plain Ethernet
//! card and a bridge does not.

use std::collections::VecDeque;
use std::net::UdpSocket;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::link::{QUEUE, Quality};
use super::space::{Home, Space};
use crate::harness::chance::Chance;

const EXCHANGE: &str = "10.255.0.1";
const YARD: &str = "10.255.0.2";
/// Each end of a link has a number; its ports are these and the number.
const TUNNELS: u16 = 5_000;
const COUNTERS: u16 = 6_000;
/// What VXLAN puts before a frame.
const HEADER: usize = 8;
/// How often a wire looks whether it should end.
const LOOK: Duration = Duration::from_millis(50);

/// The two namespaces of a town's wires.
#[derive(Debug)]
pub(crate) struct Yard {
    yard: Space,
    exchange: Space,
}

/// Both directions of one link; they end with it.
#[derive(Debug)]
pub(crate) struct Wire {
    stop: Arc<AtomicBool>,
    ways: Vec<JoinHandle<()>>,
}

impl Yard {
    pub(crate) fn dig(town: usize) -> Result<Self, String> {
        let (yard, exchange) = (Space::make(town, "yard")?, Space::make(town, "exchange")?);
        yard.ip("link add across type bridge")?;
        yard.ip(&format!("link add gate mtu 1600 type veth peer name gate mtu 1600 netns {}", exchange.name))?;
        yard.ip("link set gate master across up")?;
        yard.ip("link set across mtu 1600 up")?;
        yard.ip(&format!("addr add {YARD}/30 dev across"))?;
        exchange.ip(&format!("addr add {EXCHANGE}/30 dev gate"))?;
        exchange.ip("link set gate up")?;
        Ok(Self { yard, exchange })
    }

    /// Lays a link: its device appears in both namespaces under this name.
    pub(crate) fn lay(
        &self,
        number: u16,
        name: &str,
        spaces: [&Space; 2],
        quality: Quality,
        chance: &mut Chance,
    ) -> Result<Wire, String> {
        let ends = [2 * number, 2 * number + 1];
        for (end, space) in ends.into_iter().zip(spaces) {
            let (tunnel, counter) = (TUNNELS + end, COUNTERS + end);
            let device = format!("tunnel{end}");
            self.yard.ip(&format!(
                "link add {device} type vxlan id {end} dstport {tunnel} local {YARD} noudpcsum nolearning"
            ))?;
            let all = "00:00:00:00:00:00";
            super::space::run(
                "bridge",
                &format!("-n {} fdb append {all} dev {device} dst {EXCHANGE} port {counter}", self.yard.name),
            )?;
            self.yard.ip(&format!("link set {device} netns {} name {name}", space.name))?;
            // One frame a datagram.
            space.ip(&format!("link set {name} mtu 1500 gso_max_segs 1"))?;
        }
        let stop = Arc::new(AtomicBool::new(false));
        let mut ways = Vec::new();
        for (from, to) in [(ends[0], ends[1]), (ends[1], ends[0])] {
            let home = Home::here();
            self.exchange.enter();
            let socket = UdpSocket::bind(format!("{EXCHANGE}:{}", COUNTERS + from));
            home.enter();
            let socket = socket.map_err(|error| format!("a socket in the exchange: {error}"))?;
            let chance = Chance(chance.below(u64::MAX));
            let now = Instant::now();
            let line = Line { quality, chance, waiting: VecDeque::new(), free_at: now };
            let way = Way { socket, to, line };
            let stop = Arc::clone(&stop);
            ways.push(std::thread::spawn(move || way.carry(&stop)));
        }
        Ok(Wire { stop, ways })
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        for way in self.ways.drain(..) {
            // Whatever it stumbled over, the story has said so by now.
            way.join().ok();
        }
    }
}

/// One direction: where its frames come from, where they go, and what happens to them meanwhile.
struct Way {
    socket: UdpSocket,
    to: u16,
    line: Line,
}

/// What a bad link does to frames, by whatever clock its owner reads.
struct Line {
    quality: Quality,
    chance: Chance,
    waiting: VecDeque<(Instant, Vec<u8>)>,
    /// When the last byte of what was taken has left.
    free_at: Instant,
}

impl Way {
    fn carry(mut self, stop: &AtomicBool) {
        let mut frame = vec![0; 4096];
        while !stop.load(Ordering::SeqCst) {
            let now = Instant::now();
            while let Some(mut frame) = self.line.arrived(now) {
                frame[4..7].copy_from_slice(&u32::from(self.to).to_be_bytes()[1..]);
                // A device that is being taken away loses what is sent to it.
                self.socket.send_to(&frame, format!("{YARD}:{}", TUNNELS + self.to)).ok();
            }
            let next = self.line.next().map_or(LOOK, |due| due.saturating_duration_since(now).min(LOOK));
            self.socket.set_read_timeout(Some(next.max(Duration::from_millis(1)))).expect("a time above zero");
            if let Ok(bytes) = self.socket.recv(&mut frame) {
                self.line.take(&frame[..bytes], Instant::now());
            }
        }
    }
}

impl Line {
    /// Loses a frame, has no room for it, or lets it wait until its last byte has gone over the wire and arrived.
    fn take(&mut self, frame: &[u8], now: Instant) {
        let lost = self.chance.below(100) < self.quality.loss_percent;
        if lost || self.waiting.len() >= QUEUE || frame.len() < HEADER {
            return;
        }
        let bits = u32::try_from((frame.len() - HEADER) * 8).expect("a frame is small");
        self.free_at = self.free_at.max(now) + Duration::from_millis(1) * bits / self.quality.kilobits;
        self.waiting.push_back((self.free_at + self.quality.latency, frame.to_vec()));
    }

    /// When the next frame arrives.
    fn next(&self) -> Option<Instant> {
        self.waiting.front().map(|(due, _)| *due)
    }

    /// A frame that has arrived by now.
    fn arrived(&mut self, now: Instant) -> Option<Vec<u8>> {
        self.waiting.pop_front_if(|(due, _)| *due <= now).map(|(_, frame)| frame)
    }
}

#[test]
fn a_line_loses_delays_and_narrows_as_it_says() {
    let quality = Quality { loss_percent: 5, latency: Duration::from_millis(200), kilobits: 256 };
    let began = Instant::now();
    let mut line = Line { quality, chance: Chance(7), waiting: VecDeque::new(), free_at: began };
    let second = Duration::from_secs(1);
    let mut carried = 0;
    for number in 0..4_000 {
        // A frame of 32,000 bits needs an eighth of a second on a line that nobody else uses.
        let now = began + number * second;
        line.take(&[0; HEADER + 4_000], now);
        assert!(line.arrived(now + Duration::from_millis(324)).is_none(), "325 ms are the least");
        carried += usize::from(line.arrived(now + Duration::from_millis(325)).is_some());
    }
    assert!((3_700..3_900).contains(&carried), "one in twenty is lost: of 4,000 arrived {carried}");

    let now = began + 5_000 * second;
    (0..200).for_each(|_| line.take(&[0; HEADER + 4_000], now));
    assert_eq!(line.waiting.len(), QUEUE, "who sends faster than the line carries loses what does not fit");
    let all = Duration::from_millis(200 + 125 * QUEUE as u64);
    assert!(line.waiting.back().is_some_and(|(due, _)| *due == now + all), "each waits for those before it");
}
