//! The handle on rights, and how a duty of this node is made.

use std::sync::Arc;

use mentormesh_protocol::api::{ErrorCode, OrganisationRef, Problem};
use mentormesh_protocol::duty::{DUTY_VERSION, Duty, DutyBody};
use mentormesh_protocol::signed::Network as NetworkName;
use mentormesh_protocol::{MessageId, OrganisationId, PeerId, SecretKey, Signed};
use tokio::sync::Notify;

use super::throttle::Throttle;
use crate::clock::Clock;
use crate::desk::{Desk, DutyRow};
use crate::folder::random_bytes;
use crate::view::Views;
use crate::wording::Readers;

/// What rights are made of.
#[derive(Debug)]
pub struct Parts {
    /// Where they are kept.
    pub desk: Desk,
    /// Which organisations are known.
    pub views: Views,
    /// The time.
    pub clock: Clock,
    /// The network whose duties these are.
    pub network: NetworkName,
    /// What signs them.
    pub node_key: SecretKey,
    /// Counts who files how often.
    pub throttle: Throttle,
    /// Where this node's pages are reached, without a slash at its end.
    pub home: String,
    /// The language of mail to whoever said nothing of theirs.
    pub language: String,
}

/// What is owed to people; clones share it.
#[derive(Clone, Debug)]
pub struct Rights {
    pub(super) desk: Desk,
    pub(super) views: Views,
    pub(super) clock: Clock,
    pub(super) throttle: Throttle,
    pub(super) home: Arc<str>,
    pub(super) readers: Readers,
    network: NetworkName,
    node_key: Arc<SecretKey>,
    queued: Arc<Notify>,
}

impl Rights {
    /// Puts them together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let Parts { desk, views, clock, network, node_key, throttle, home, language } = parts;
        let readers = Readers::speaking(desk.clone(), &language);
        let (node_key, queued) = (Arc::new(node_key), Arc::new(Notify::new()));
        Self { desk, views, clock, throttle, home: home.into(), readers, network, node_key, queued }
    }

    /// Waits until a duty was put on its way since this was last asked.
    pub async fn queued(&self) {
        self.queued.notified().await;
    }

    pub(super) fn wake(&self) {
        self.queued.notify_one();
    }

    pub(super) fn own(&self) -> OrganisationId {
        self.views.borrow().own
    }

    pub(super) fn peer(&self) -> PeerId {
        PeerId(self.node_key.public())
    }

    /// An organisation, with the name to show.
    pub(super) fn organisation(&self, id: OrganisationId) -> OrganisationRef {
        OrganisationRef { id, name: self.views.borrow().name(&id) }
    }

    /// A signed duty of this node, ready to be queued.
    pub(super) fn duty(
        &self,
        what: &str,
        id: MessageId,
        recipient: OrganisationId,
        body: DutyBody,
    ) -> Result<DutyRow, Problem> {
        let (sender, node, issued_at) = (self.own(), self.peer(), self.clock.now());
        let duty = Duty { version: DUTY_VERSION, sender, recipient, node, id, issued_at, body };
        let signed = Signed::sign(&duty, &self.network, &self.node_key).map_err(|error| internal(&error))?;
        Ok(DutyRow {
            id,
            what: what.to_owned(),
            recipient,
            signed: signed.bytes().to_vec(),
            arrives_by: duty.arrives_by(),
            attempts: 0,
            kept: false,
        })
    }
}

pub(super) fn internal(error: &impl std::fmt::Display) -> Problem {
    Problem::new(ErrorCode::Internal, error.to_string())
}

/// A number of sixteen random bytes.
pub(super) fn draw() -> Result<[u8; 16], Problem> {
    random_bytes().map_err(|error| internal(&error))
}
