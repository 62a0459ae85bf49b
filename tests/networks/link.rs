//! A link between two namespaces: perfect, or shaped; and cut, as a cable is that nobody told either end about.

use std::time::Duration;

use super::space::{Space, run};
use super::wire::Wire;

/// Frames that wait for a slow link; a frame more is lost.
pub(crate) const QUEUE: usize = 64;
/// The card of nobody: what is sent to it is taken by nobody.
const NOBODY: &str = "02:00:00:00:00:00";

/// How bad a link is, in each direction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quality {
    pub(crate) loss_percent: u64,
    pub(crate) latency: Duration,
    pub(crate) kilobits: u32,
}

/// A link that was laid.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) ends: [usize; 2],
    pub(crate) device: String,
    addresses: [String; 2],
    _wire: Option<Wire>,
}

impl Quality {
    /// Shapes one end with the kernel's own means.
    pub(crate) fn netem(&self, space: &Space, device: &str) -> Result<(), String> {
        let Self { loss_percent, latency, kilobits } = self;
        let latency = latency.as_millis();
        run(
            "tc",
            &format!(
                "-n {} qdisc add dev {device} root netem limit {QUEUE} delay {latency}ms loss {loss_percent}% rate \
                 {kilobits}kbit",
                space.name
            ),
        )?;
        Ok(())
    }
}

impl Link {
    /// A cable without faults.
    pub(crate) fn plug(device: &str, spaces: [&Space; 2]) -> Result<(), String> {
        let [one, other] = spaces;
        one.ip(&format!("link add {device} type veth peer name {device} netns {}", other.name))?;
        Ok(())
    }

    /// Gives both ends of a device their addresses.
    pub(crate) fn of(
        number: u16,
        device: String,
        ends: [usize; 2],
        spaces: [&Space; 2],
        wire: Option<Wire>,
    ) -> Result<Self, String> {
        let addresses = [1, 2].map(|end| format!("10.77.{number}.{end}"));
        for (space, address) in spaces.into_iter().zip(&addresses) {
            space.ip(&format!("addr add {address}/30 dev {device}"))?;
            space.ip(&format!("link set {device} up"))?;
        }
        Ok(Self { ends, device, addresses, _wire: wire })
    }

    /// The address of one of its ends.
    pub(crate) fn address(&self, who: usize) -> Option<&str> {
        let at = self.ends.iter().position(|end| *end == who)?;
        Some(&self.addresses[at])
    }

    /// From now on nothing arrives, in either direction, and nobody is told.
    pub(crate) fn cut(&self, spaces: [&Space; 2]) {
        for (space, far) in spaces.into_iter().zip(self.addresses.iter().rev()) {
            let words = format!("neigh replace {far} lladdr {NOBODY} dev {} nud permanent", self.device);
            space.ip(&words).expect("a neighbour can be set");
        }
    }

    pub(crate) fn heal(&self, spaces: [&Space; 2]) {
        for (space, far) in spaces.into_iter().zip(self.addresses.iter().rev()) {
            space.ip(&format!("neigh del {far} dev {}", self.device)).expect("a neighbour can be forgotten");
        }
    }

    /// Bytes that the ends have sent, with every header of a frame, as the kernel counts them.
    pub(crate) fn sent(&self, spaces: [&Space; 2]) -> u64 {
        let of = |space: &Space| {
            let told = space.ip(&format!("-s -j link show dev {}", self.device)).expect("a device of ours");
            let told: serde_json::Value = serde_json::from_str(&told).expect("`-j` is JSON");
            told[0]["stats64"]["tx"]["bytes"].as_u64().expect("a count of bytes")
        };
        spaces.into_iter().map(of).sum()
    }
}
