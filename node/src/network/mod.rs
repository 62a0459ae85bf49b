//! Stub; the network room replaces it at merge.
#![expect(missing_docs, clippy::unused_async, reason = "stub")]
use mentormesh_protocol::api::{ErrorCode, Joined, PeerView, Problem, SyncPeer};
use mentormesh_protocol::ticket::Ticket;
use mentormesh_protocol::{OrganisationId, PeerId};

#[derive(Clone, Debug)]
pub struct Network;
fn stub() -> Problem {
    Problem::new(ErrorCode::Internal, "stub")
}
impl Network {
    pub fn peer(&self) -> PeerId {
        PeerId(mentormesh_protocol::PublicKey([0; 32]))
    }
    pub async fn ticket(&self) -> Result<Ticket, Problem> {
        Err(stub())
    }
    pub async fn join(&self, _: &str, _: bool) -> Result<Joined, Problem> {
        Err(stub())
    }
    pub async fn peers(&self) -> Vec<PeerView> {
        Vec::new()
    }
    pub async fn sync_peers(&self) -> Vec<SyncPeer> {
        Vec::new()
    }
    pub async fn set_blocked(&self, _: PeerId, _: bool) -> Result<(), Problem> {
        Err(stub())
    }
    pub async fn sync_now(&self) -> Result<(), Problem> {
        Err(stub())
    }
    pub async fn present(&self) -> Result<(), Problem> {
        Err(stub())
    }
    pub async fn listening(&self) -> Vec<String> {
        Vec::new()
    }
    pub fn head(&self, _: &OrganisationId) -> Result<(u64, String, u64), crate::store::StoreError> {
        Err(crate::store::StoreError)
    }
}
