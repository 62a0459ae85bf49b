//! Stub.
#![allow(missing_docs, clippy::all, reason = "stub")]
use mentormesh_protocol::*;
#[derive(Clone, Debug)]
pub struct Desk;
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct DeskError;
impl DeskError {
    pub fn is_full(&self) -> bool {
        false
    }
}
pub struct PeerRow {
    pub peer: PeerId,
    pub organisation: Option<OrganisationId>,
    pub addresses: Vec<String>,
    pub last_seen: Option<Timestamp>,
    pub blocked: bool,
}
pub struct OrganisationRow {
    pub name: String,
    pub kind: record::BodyKind,
    pub country: Option<String>,
    pub website: Option<String>,
    pub privacy_notice: Option<String>,
    pub notice_version: String,
    pub complaints: Option<String>,
}
pub struct Allotted {
    pub sequence: u64,
    pub envelope: Vec<u8>,
}
impl Desk {
    pub async fn allot<E: From<DeskError>>(
        &self,
        _: &Slot,
        _: Timestamp,
        _: Option<u64>,
        f: impl FnOnce(u64) -> Result<Vec<u8>, E>,
    ) -> Result<Allotted, E> {
        Ok(Allotted { sequence: 0, envelope: f(0)? })
    }
    pub async fn peers(&self) -> Result<Vec<PeerRow>, DeskError> {
        Ok(vec![])
    }
    pub async fn remember_peer(&self, _: &PeerRow) -> Result<(), DeskError> {
        Ok(())
    }
    pub async fn set_peer_blocked(&self, _: PeerId, _: bool, _: &str) -> Result<(), DeskError> {
        Ok(())
    }
    pub async fn set_standing(&self, _: OrganisationId, _: api::Standing, _: &str) -> Result<(), DeskError> {
        Ok(())
    }
    pub async fn trust(&self) -> Result<trust::Settings, DeskError> {
        Err(DeskError)
    }
    pub async fn organisation(&self) -> Result<OrganisationRow, DeskError> {
        Err(DeskError)
    }
}
