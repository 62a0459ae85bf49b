//! What speaks for the organisation: the key that signs, the keys that open letters, and whether it may speak yet.

use tokio::sync::watch;

use super::StartError;
use super::ground::Ground;
use super::register::Register;
use crate::introductions::BadDay;
use crate::network;
use crate::sealing::Sealing;
use crate::signing::{HomeFirst, Parts, Safety, Signer};

/// The voice of this node's organisation.
pub(super) struct Voice {
    pub(super) signer: Signer,
    pub(super) sealing: Sealing,
    pub(super) safety: watch::Receiver<Safety>,
    /// Whether there is anybody to compare with before it signs.
    pub(super) knows_somebody: bool,
    pub(super) bad_day: BadDay,
}

impl Voice {
    /// The voice, and where the network says whether it may be raised.
    pub(super) async fn open(
        ground: &Ground,
        register: &Register,
    ) -> Result<(Self, watch::Sender<Safety>), StartError> {
        let Ground { folder, keys, desk, clock, network, .. } = ground;
        // Whoever stopped last took the word back, unless it was killed.
        let bad_day = BadDay { unclean: folder.run().is_some(), restored: desk.restored().await? };
        let knows_somebody = network::knows_somebody(&desk.peers().await?, &desk.trust().await?);
        let home_first = if knows_somebody { HomeFirst::Waiting } else { HomeFirst::Done };
        if !knows_somebody {
            desk.note_compared().await?;
        }
        let (say, safety) = watch::channel(Safety { home_first, clock_off: None });
        let signer = Signer::new(Parts {
            organisation: register.organisation,
            network: network.clone(),
            key: keys.signing.clone(),
            peer: keys.peer(),
            desk: desk.clone(),
            store: register.store.clone(),
            ingest: register.ingest.clone(),
            clock: clock.clone(),
            safety: safety.clone(),
        });
        let sealing = Sealing::new(folder.clone(), keys, clock.clone());
        Ok((Self { signer, sealing, safety, knows_somebody, bad_day }, say))
    }
}
