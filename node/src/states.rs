//! Named states that somebody should know of, for `/readyz`, `status`, `doctor` and the log: computed from what the
//! parts say, never set by hand. Each has its page in `docs/OPERATING.md`.

use std::time::Duration;

use mentormesh_protocol::limits::CLOCK_APART;
use mentormesh_protocol::{PeerId, Timestamp};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::desk::{Desk, DeskError};
use crate::network::Network;
use crate::retention::LATE;
use crate::signing::{HomeFirst, Safety};
use crate::store::Store;
use crate::view::Views;

/// How often the states are computed.
const EVERY: Duration = Duration::from_secs(2);
/// Looking through every slot of ours is done each so many times only.
const SELDOM: u32 = 10;

/// One state, told by its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Rebuilding,
    Restored,
    DeskBehind,
    RetentionBehind,
    StorageFull,
    ReadOnly,
    HomeFirst,
    RenewalsOnly,
    ClockSkewed,
    Disputed,
    SecondNode,
}

impl State {
    const fn word(self) -> &'static str {
        match self {
            Self::Rebuilding => "rebuilding",
            Self::Restored => "restored",
            Self::DeskBehind => "desk_behind",
            Self::RetentionBehind => "retention_behind",
            Self::StorageFull => "storage_full",
            Self::ReadOnly => "read_only",
            Self::HomeFirst => "home_first",
            Self::RenewalsOnly => "renewals_only",
            Self::ClockSkewed => "clock_skewed",
            Self::Disputed => "disputed",
            Self::SecondNode => "second_node",
        }
    }
}

/// What the states are computed from.
#[derive(Debug)]
pub(crate) struct Parts {
    /// Whether the store begins empty while others hold what was in it.
    pub(crate) refetching: bool,
    /// How far the index follows the store.
    pub(crate) indexed: watch::Receiver<u64>,
    /// How far it must follow until searches find what they found before.
    pub(crate) index_until: u64,
    pub(crate) store: Store,
    pub(crate) desk: Desk,
    pub(crate) views: Views,
    pub(crate) safety: watch::Receiver<Safety>,
    pub(crate) peer: PeerId,
    pub(crate) clock: Clock,
}

/// The states of a running node.
#[derive(Debug)]
pub(crate) struct States {
    parts: Parts,
    restored: bool,
    behind: bool,
    kept_too_long: bool,
    began: Timestamp,
}

impl States {
    pub(crate) fn new(parts: Parts) -> Self {
        let began = parts.clock.now();
        Self { parts, restored: false, behind: false, kept_too_long: false, began }
    }

    pub(crate) fn spawn(
        mut self,
        network: Network,
        mut stopped: watch::Receiver<bool>,
    ) -> (watch::Receiver<Vec<String>>, JoinHandle<()>) {
        let (tell, told) = watch::channel(self.words());
        let task = tokio::spawn(async move {
            let mut every = tokio::time::interval(EVERY);
            let mut turn = 0_u32;
            loop {
                tokio::select! {
                    _ = every.tick() => {
                        self.look(&network, turn.is_multiple_of(SELDOM)).await;
                        turn = turn.wrapping_add(1);
                        let now = self.words();
                        tell.send_if_modified(|states| {
                            for state in now.iter().filter(|state| !states.contains(state)) {
                                tracing::warn!(%state, "the node is in a state that somebody should know of");
                            }
                            std::mem::replace(states, now.clone()) != now
                        });
                    }
                    _ = stopped.changed() => return,
                }
            }
        });
        (told, task)
    }

    /// Asks those parts that have to be waited for.
    async fn look(&mut self, network: &Network, thoroughly: bool) {
        if self.parts.refetching {
            // One whole session with somebody is what an empty store waits for.
            let peers = network.sync_peers().await;
            self.parts.refetching =
                !peers.iter().any(|peer| peer.last.as_ref().is_some_and(|last| last.result == "ok"));
        }
        if let Err(error) = self.ask_desk(thoroughly).await {
            tracing::warn!(%error, "the desk did not say whether it is behind");
        }
    }

    async fn ask_desk(&mut self, thoroughly: bool) -> Result<(), DeskError> {
        self.restored = self.parts.desk.awaits_comparison().await?;
        if thoroughly {
            self.behind = !self.parts.desk.unlisted().await?.is_empty();
            let purge = self.parts.desk.last_purge().await?;
            // A node that was stopped for long gets its time, too.
            let since = purge.map_or(self.began, |purge| purge.ran_at.max(self.began));
            self.kept_too_long =
                purge.is_some_and(|purge| purge.older > 0) || self.parts.clock.now() > since.plus(LATE);
        }
        Ok(())
    }

    fn words(&self) -> Vec<String> {
        self.now().into_iter().map(|state| state.word().to_owned()).collect()
    }

    fn now(&self) -> Vec<State> {
        let Parts { refetching, indexed, index_until, store, views, safety, peer, .. } = &self.parts;
        let mut states = Vec::new();
        if *refetching || *indexed.borrow() < *index_until {
            states.push(State::Rebuilding);
        }
        if self.restored {
            states.push(State::Restored);
        }
        if self.behind {
            states.push(State::DeskBehind);
        }
        if self.kept_too_long {
            states.push(State::RetentionBehind);
        }
        match store.check_room() {
            Ok(()) => {}
            Err(error) if error.is_full() => states.push(State::StorageFull),
            Err(_) => states.push(State::ReadOnly),
        }
        let safety = *safety.borrow();
        match safety.home_first {
            HomeFirst::Waiting => states.push(State::HomeFirst),
            HomeFirst::RenewalsOnly => states.push(State::RenewalsOnly),
            HomeFirst::Done => {}
        }
        if safety.clock_off.is_some_and(|off| off > CLOCK_APART) {
            states.push(State::ClockSkewed);
        }
        let view = views.borrow();
        if let Some(own) = view.organisations.get(&view.own) {
            if own.disputed {
                states.push(State::Disputed);
            }
            if own.nodes.keys().any(|other| other != peer) {
                states.push(State::SecondNode);
            }
        }
        states
    }
}

#[cfg(test)]
mod tests {
    use super::State;

    const OPERATING: &str = include_str!("../../docs/OPERATING.md");

    /// Every state, in the order of their declaration; the match keeps the list whole.
    const fn after(state: State) -> Option<State> {
        match state {
            State::Rebuilding => Some(State::Restored),
            State::Restored => Some(State::DeskBehind),
            State::DeskBehind => Some(State::RetentionBehind),
            State::RetentionBehind => Some(State::StorageFull),
            State::StorageFull => Some(State::ReadOnly),
            State::ReadOnly => Some(State::HomeFirst),
            State::HomeFirst => Some(State::RenewalsOnly),
            State::RenewalsOnly => Some(State::ClockSkewed),
            State::ClockSkewed => Some(State::Disputed),
            State::Disputed => Some(State::SecondNode),
            State::SecondNode => None,
        }
    }

    #[test]
    fn every_state_has_its_page_in_the_operator_s_handbook() {
        let states = std::iter::successors(Some(State::Rebuilding), |state| after(*state));
        for word in states.map(State::word) {
            let heading = format!("\n### `{word}`\n");
            let page = OPERATING.split_once(&heading).map(|(_, rest)| rest.split("\n### ").next().unwrap_or_default());
            let page = page.unwrap_or_else(|| unreachable!("docs/OPERATING.md has no heading `{word}`"));
            for part in ["**It means**", "**By itself**", "**You**"] {
                assert!(page.contains(part), "the page of `{word}` does not say {part}");
            }
        }
    }
}
