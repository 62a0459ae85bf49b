//! What comes in: letters of the other side, and what its node says of ours.

use mentormesh_protocol::MessageId;
use mentormesh_protocol::api::Direction;
use mentormesh_protocol::introduction::Outcome;
use mentormesh_protocol::introduction::courier::CourierRefusal;

use super::Introductions;
use super::handle::NotTaken;
use crate::desk::DeskError;

impl Introductions {
    /// Takes an envelope that another node, or our own outbox, handed over. On return the outcome is durable; the
    /// same letter gets the same outcome again. `Kept` is never among them.
    pub(super) async fn receive(&self, envelope: &[u8]) -> Result<Outcome, NotTaken> {
        let _ = envelope;
        self.queued().await;
        Err(NotTaken { refusal: CourierRefusal::Busy(1_000), unknown: None })
    }

    /// The recipient's last word on a letter of ours: `Delivered`, `NotRecognised`, `Late` or `Refused`. Settles the
    /// introduction and takes the letter out of the outbox in one change, except a later letter that was not
    /// recognised, which stays there and false is answered.
    pub(super) async fn learn(
        &self,
        message: &MessageId,
        direction: Direction,
        outcome: &Outcome,
    ) -> Result<bool, DeskError> {
        let _ = (message, direction, outcome);
        self.desk.probe().await?;
        Ok(true)
    }

    /// A relay keeps this letter of ours.
    pub(super) async fn relayed(&self, message: &MessageId, direction: Direction) -> Result<(), DeskError> {
        let _ = (message, direction);
        self.desk.probe().await
    }

    /// Merges signed letters of our own that another node holds and our desk may have lost.
    pub(super) async fn recalled(&self, letters: Vec<Vec<u8>>) -> Result<(), DeskError> {
        let _ = letters;
        self.wake();
        self.desk.probe().await
    }
}
