//! What happened, for observers: logs, live pages, tests. Lossy by design; nothing that must be right hangs on it.

use mentormesh_protocol::api::Direction;
use mentormesh_protocol::{IntroductionId, PeerId, ProfileId};
use tokio::sync::broadcast;

/// How many events a slow observer may fall behind before it misses some.
const CAPACITY: usize = 256;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A profile of our own was published.
    Published(ProfileId),
    /// A profile of our own was withdrawn.
    Withdrawn(ProfileId),
    /// What the network is to see of a mentor's availability has changed.
    Planned(ProfileId),
    /// A peer connected.
    Connected(PeerId),
    /// A peer's last connection closed.
    Disconnected(PeerId),
    /// An introduction came, or changed.
    Introduced {
        /// Which.
        introduction: IntroductionId,
        /// Which side of it.
        direction: Direction,
    },
}

/// The broadcast that everybody may send to and listen on.
#[derive(Clone, Debug)]
pub struct Events(broadcast::Sender<Event>);

impl Default for Events {
    fn default() -> Self {
        Self(broadcast::channel(CAPACITY).0)
    }
}

impl Events {
    /// Tells whoever listens; nobody listening is no error.
    pub fn tell(&self, event: Event) {
        let _listeners = self.0.send(event);
    }

    /// Listens from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.0.subscribe()
    }
}
