//! Named states that somebody should know of, for `/readyz`, `status` and the log: computed from what the parts say,
//! never set by hand.

use std::time::Duration;

use mentormesh_protocol::PeerId;
use mentormesh_protocol::limits::CLOCK_APART;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::network::Network;
use crate::signing::{HomeFirst, Safety};
use crate::store::{HowOpened, Store};
use crate::view::Views;

/// How often the states are computed.
const EVERY: Duration = Duration::from_secs(2);

/// What the states are computed from.
#[derive(Debug)]
pub(crate) struct States {
    rebuilding: bool,
    store: Store,
    views: Views,
    safety: watch::Receiver<Safety>,
    peer: PeerId,
}

impl States {
    pub(crate) const fn new(
        how: &HowOpened,
        store: Store,
        views: Views,
        safety: watch::Receiver<Safety>,
        peer: PeerId,
    ) -> Self {
        let rebuilding = matches!(how, HowOpened::SetAside { .. });
        Self { rebuilding, store, views, safety, peer }
    }

    pub(crate) fn spawn(
        mut self,
        network: Network,
        mut stopped: watch::Receiver<bool>,
    ) -> (watch::Receiver<Vec<String>>, JoinHandle<()>) {
        let (tell, told) = watch::channel(self.now());
        let task = tokio::spawn(async move {
            let mut every = tokio::time::interval(EVERY);
            loop {
                tokio::select! {
                    _ = every.tick() => {
                        if self.rebuilding {
                            // One whole session with somebody is what a rebuilt store waits for.
                            let peers = network.sync_peers().await;
                            self.rebuilding = !peers.iter().any(|peer| peer.last.as_ref().is_some_and(|last| last.result == "ok"));
                        }
                        let now = self.now();
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

    fn now(&self) -> Vec<String> {
        let mut states = Vec::new();
        let mut say = |word: &str| states.push(word.to_owned());
        if self.rebuilding {
            say("rebuilding");
        }
        match self.store.check_room() {
            Ok(()) => {}
            Err(error) if error.is_full() => say("storage_full"),
            Err(_) => say("read_only"),
        }
        let safety = *self.safety.borrow();
        match safety.home_first {
            HomeFirst::Waiting => say("home_first"),
            HomeFirst::RenewalsOnly => say("renewals_only"),
            HomeFirst::Done => {}
        }
        if safety.clock_off.is_some_and(|off| off > CLOCK_APART) {
            say("clock_skewed");
        }
        let view = self.views.borrow();
        if let Some(own) = view.organisations.get(&view.own) {
            if own.disputed {
                say("disputed");
            }
            if own.nodes.keys().any(|peer| *peer != self.peer) {
                say("second_node");
            }
        }
        states
    }
}
