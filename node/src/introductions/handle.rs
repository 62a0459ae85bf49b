//! The handle on introductions, and the words in which it is asked.

use std::sync::Arc;

use mentormesh_protocol::api::{AcceptInput, DeclineInput, Direction, WithdrawInput};
use mentormesh_protocol::introduction::State;
use mentormesh_protocol::signed::Network as NetworkName;
use mentormesh_protocol::{IntroductionId, Timestamp};
use tokio::sync::Notify;

use crate::clock::Clock;
use crate::desk::{Desk, Whose};
use crate::event::Events;
use crate::rights::Rights;
use crate::sealing::Secrets;
use crate::search::Search;
use crate::signing::Signer;
use crate::store::Store;
use crate::view::Views;

/// What introductions are made of.
#[derive(Debug)]
pub struct Parts {
    /// Where they are kept.
    pub desk: Desk,
    /// Who signs letters.
    pub signer: Signer,
    /// The profiles that can be asked for.
    pub store: Store,
    /// Whom this node shows, and their keys.
    pub views: Views,
    /// The time.
    pub clock: Clock,
    /// Whom to tell.
    pub events: Events,
    /// The network whose letters these are.
    pub network: NetworkName,
    /// What opens letters to us.
    pub sealing: Secrets,
    /// Finds whom else a mentee can ask.
    pub search: Search,
    /// What duties that come with letters mean, and which of ours go with them.
    pub rights: Rights,
}

/// All introductions of this organisation, sent and received; clones share them.
#[derive(Clone, Debug)]
pub struct Introductions {
    pub(super) desk: Desk,
    pub(super) signer: Signer,
    pub(super) store: Store,
    pub(super) views: Views,
    pub(super) clock: Clock,
    pub(super) events: Events,
    pub(super) network: NetworkName,
    pub(super) sealing: Secrets,
    pub(super) search: Search,
    pub(super) rights: Rights,
    queued: Arc<Notify>,
}

/// Which introductions to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those that were sent, or received.
    pub direction: Option<Direction>,
    /// Only those that stand so.
    pub state: Option<State>,
    /// Only those where somebody still has to say something.
    pub open: bool,
    /// Only what is this person's.
    pub of: Option<Whose>,
    /// Introductions on the page, 1 to 100.
    pub limit: usize,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// What one of the two sides does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The mentor asks back.
    Question(String),
    /// The mentee answers.
    Answer(String),
    /// The mentor agrees to a first call.
    Explore,
    /// The mentor says yes.
    Accept(AcceptInput),
    /// The mentor says no.
    Decline(DeclineInput),
    /// The mentee takes the request back, perhaps because another mentor said yes.
    Withdraw(WithdrawInput),
}

/// What still waits for somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Received introductions that wait for the mentor's word.
    pub count: u64,
    /// When the oldest of them came.
    pub oldest: Option<Timestamp>,
    /// Letters that have not reached their recipient.
    pub outbox: u64,
    /// Letters kept here for other organisations.
    pub kept: u64,
}

impl Introductions {
    /// Puts introductions together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let Parts { desk, signer, store, views, clock, events, network, sealing, search, rights } = parts;
        let queued = Arc::new(Notify::new());
        Self { desk, signer, store, views, clock, events, network, sealing, search, rights, queued }
    }

    /// Waits until a letter was put into the outbox since this was last asked.
    pub(super) async fn queued(&self) {
        self.queued.notified().await;
    }

    /// Says that a letter was put into the outbox.
    pub(super) fn wake(&self) {
        self.queued.notify_one();
    }

    pub(super) fn changed(&self, introduction: IntroductionId, direction: Direction) {
        self.events.tell(crate::event::Event::Introduced { introduction, direction });
    }
}
