//! Peers that the node remembers across restarts: where they were, whom they act for, whether they are blocked.
//!
//! A block survives everything that is remembered of a peer later. Others are remembered up to a bound, the ones seen
//! longest ago forgotten first.

use mentormesh_protocol::{OrganisationId, PeerId, Timestamp};
use sqlx::Row as _;

use super::handle::{Row, big, count};
use super::{Desk, DeskError};

/// Peers remembered that are not blocked: far more than a node connects to, few enough to try in turn.
const KEPT: i64 = 1_000;

/// One remembered peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerRow {
    /// Its transport identity.
    pub peer: PeerId,
    /// The organisation it proved to act for.
    pub organisation: Option<OrganisationId>,
    /// Where it was reached, best first.
    pub addresses: Vec<String>,
    /// When it was last connected.
    pub last_seen: Option<Timestamp>,
    /// Whether the operator blocked it.
    pub blocked: bool,
}

impl Desk {
    /// Every remembered peer, the latest seen first.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn peers(&self) -> Result<Vec<PeerRow>, DeskError> {
        let query = "SELECT * FROM peers ORDER BY COALESCE(last_seen, 0) DESC, peer";
        let rows = sqlx::query(query).fetch_all(self.reads()).await?;
        rows.iter().map(read).collect()
    }

    /// Remembers a peer as given, except that only [`Desk::set_peer_blocked`] blocks one or lets it in again.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn remember_peer(&self, peer: &PeerRow) -> Result<(), DeskError> {
        let addresses = serde_json::Value::from(peer.addresses.clone()).to_string();
        let mut write = self.write().await?;
        sqlx::query(
            "INSERT INTO peers (peer, organisation, addresses, last_seen, blocked) VALUES ($1, $2, $3, $4, FALSE)
            ON CONFLICT (peer) DO UPDATE SET organisation = excluded.organisation, addresses = excluded.addresses,
                last_seen = excluded.last_seen",
        )
        .bind(peer.peer.to_string())
        .bind(peer.organisation.map(|organisation| organisation.to_string()))
        .bind(addresses)
        .bind(peer.last_seen.map(|at| big(at.0)))
        .execute(write.connection())
        .await?;
        let query = "DELETE FROM peers WHERE NOT blocked AND peer <> $2 AND peer NOT IN
            (SELECT peer FROM peers WHERE NOT blocked ORDER BY COALESCE(last_seen, 0) DESC, peer LIMIT $1)";
        sqlx::query(query).bind(KEPT).bind(peer.peer.to_string()).execute(write.connection()).await?;
        write.commit().await
    }

    /// Blocks a peer or lets it in again; one that was never met can be blocked too.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn set_peer_blocked(&self, peer: &PeerId, blocked: bool, by: &str) -> Result<(), DeskError> {
        let id = peer.to_string();
        let mut write = self.write().await?;
        let query = "INSERT INTO peers (peer, organisation, addresses, last_seen, blocked)
            VALUES ($1, NULL, '[]', NULL, $2) ON CONFLICT (peer) DO UPDATE SET blocked = excluded.blocked";
        sqlx::query(query).bind(&id).bind(blocked).execute(write.connection()).await?;
        write.note(by, if blocked { "peer.blocked" } else { "peer.unblocked" }, &id, "").await?;
        write.commit().await
    }

    /// Forgets a peer, its block included.
    ///
    /// # Errors
    /// When the desk fails.
    pub async fn forget_peer(&self, peer: &PeerId, by: &str) -> Result<(), DeskError> {
        let id = peer.to_string();
        let mut write = self.write().await?;
        sqlx::query("DELETE FROM peers WHERE peer = $1").bind(&id).execute(write.connection()).await?;
        write.note(by, "peer.forgotten", &id, "").await?;
        write.commit().await
    }
}

fn read(row: &Row) -> Result<PeerRow, DeskError> {
    let unreadable = |what| DeskError::Unreadable { what };
    let organisation: Option<&str> = row.try_get("organisation")?;
    let last_seen: Option<i64> = row.try_get("last_seen")?;
    Ok(PeerRow {
        peer: row.try_get::<&str, _>("peer")?.parse().map_err(|_| unreadable("peers.peer"))?,
        organisation: organisation.map(str::parse).transpose().map_err(|_| unreadable("peers.organisation"))?,
        addresses: serde_json::from_str(row.try_get("addresses")?).map_err(|_| unreadable("peers.addresses"))?,
        last_seen: last_seen.map(|at| Timestamp(count(at))),
        blocked: row.try_get("blocked")?,
    })
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::SecretKey;

    use super::*;
    use crate::clock::Clock;

    fn peer(seed: u8) -> PeerRow {
        PeerRow {
            peer: PeerId(SecretKey::new(&[seed; 32]).public()),
            organisation: Some(OrganisationId([seed; 32])),
            addresses: vec![format!("/ip4/192.0.2.{seed}/tcp/4101")],
            last_seen: Some(Timestamp(1_795_000_000_000 + u64::from(seed))),
            blocked: false,
        }
    }

    #[tokio::test]
    async fn a_block_outlives_whatever_is_remembered_of_the_peer() {
        let folder = tempfile::tempdir().expect("a folder");
        let desk = Desk::open(&folder.path().join("desk.sqlite"), Clock::system()).await.expect("a desk");
        let (bo, mallory) = (peer(2), peer(13));
        desk.remember_peer(&bo).await.expect("remembered");
        desk.set_peer_blocked(&mallory.peer, true, "registrar").await.expect("blocked");
        desk.remember_peer(&mallory).await.expect("remembered");
        let blocked = PeerRow { blocked: true, ..mallory.clone() };
        assert_eq!(desk.peers().await.expect("read"), [blocked, bo.clone()]);
        desk.set_peer_blocked(&mallory.peer, false, "registrar").await.expect("unblocked");
        desk.forget_peer(&bo.peer, "registrar").await.expect("forgotten");
        assert_eq!(desk.peers().await.expect("read"), [mallory]);
    }
}
