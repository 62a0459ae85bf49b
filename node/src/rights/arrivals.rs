//! Duties that arrive, and what becomes of our own: each is taken once, whatever brings it again.

use mentormesh_protocol::duty::{Duty, DutyBody, Erased, RightsRequest, Settled};
use mentormesh_protocol::introduction::Outcome;
use mentormesh_protocol::limits::RIGHTS_ANSWERED;
use mentormesh_protocol::{PeerId, Verified};

use super::Rights;
use super::door::ASKED;
use crate::desk::{DeskError, DutyRow, RightsRow, Write};

/// What became of a duty that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// It is on the disk.
    Taken,
    /// Nobody here has to do with its sender.
    NotRecognised,
    /// It is about nothing that is known here.
    Unfounded,
    /// As many wait as may; it shall come again.
    Full,
    /// What it is about may stand in the store and is not noted yet; it shall come again.
    Early,
}

impl Rights {
    /// Takes a duty whose node is proved to act for its sender; `shown` if the sender is. `log` is the last position of
    /// the store's change log. On return it is durable.
    ///
    /// # Errors
    /// When the desk fails; then nothing was taken.
    pub async fn take(&self, duty: &Verified<Duty>, shown: bool, log: u64) -> Result<Arrived, DeskError> {
        let mut write = self.desk.write().await?;
        let arrived = match &duty.payload().body {
            DutyBody::Erased(erased) => take_receipt(&mut write, duty, erased, shown, log).await?,
            DutyBody::Asked(_) if !shown => Arrived::NotRecognised,
            DutyBody::Asked(request) => self.take_request(&mut write, duty.payload(), request).await?,
            DutyBody::Settled(settled) => take_outcome(&mut write, duty.payload(), settled).await?,
        };
        write.commit().await?;
        Ok(arrived)
    }

    async fn take_request(
        &self,
        write: &mut Write,
        duty: &Duty,
        request: &RightsRequest,
    ) -> Result<Arrived, DeskError> {
        if write.has_rights(&duty.id).await? {
            return Ok(Arrived::Taken);
        }
        let (received_at, due_at) = (write.now(), write.now().plus(RIGHTS_ANSWERED));
        let row = RightsRow {
            id: duty.id,
            door: duty.sender,
            request: request.clone(),
            locale: None,
            received_at,
            due_at,
            settled: None,
        };
        Ok(if self.register(write, &row).await? { Arrived::Taken } else { Arrived::Full })
    }

    /// The recipient's last word on a duty of ours, with the node that said it. False if it shall be tried again.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn fared(
        &self,
        duty: &DutyRow,
        outcome: &Outcome,
        said: Option<(&PeerId, &[u8])>,
    ) -> Result<bool, DeskError> {
        let mut write = self.desk.write().await?;
        match (outcome, said) {
            (Outcome::Delivered, Some((node, receipt))) if duty.what == ASKED => {
                write.filed_delivered(&duty.id, node, receipt).await?;
            }
            (Outcome::Late | Outcome::Refused(_), _) if duty.what == ASKED => write.filed_failed(&duty.id).await?,
            (Outcome::Delivered | Outcome::Late | Outcome::Refused(_), _) => {}
            (Outcome::NotRecognised | Outcome::Unopenable(_) | Outcome::Kept(_), _) => return Ok(false),
        }
        write.unqueue_duty(&duty.id).await?;
        write.commit().await?;
        Ok(true)
    }
}

/// A receipt counts if this organisation erased that profile by that very record. One that overtakes our own note of
/// the erasure must not be refused: its sender says it only once.
async fn take_receipt(
    write: &mut Write,
    duty: &Verified<Duty>,
    erased: &Erased,
    shown: bool,
    log: u64,
) -> Result<Arrived, DeskError> {
    let Duty { sender, node, .. } = duty.payload();
    if !shown && !write.erasure_asked(&erased.subject, sender).await? {
        return Ok(Arrived::NotRecognised);
    }
    match write.erasure(&erased.subject).await? {
        Some(erasure) if erasure.withdrawal == erased.withdrawal => {}
        None if write.erasures_followed().await? < log => return Ok(Arrived::Early),
        _ => return Ok(Arrived::Unfounded),
    }
    write.keep_erasure_receipt(&erased.subject, sender, node, erased.at, duty.bytes()).await?;
    Ok(Arrived::Taken)
}

/// Only the organisation that was asked says what became of it.
async fn take_outcome(write: &mut Write, duty: &Duty, settled: &Settled) -> Result<Arrived, DeskError> {
    if !write.filed_for(&settled.request, &duty.sender).await? {
        return Ok(Arrived::Unfounded);
    }
    write.filed_settled(settled).await?;
    Ok(Arrived::Taken)
}
