//! The sealing keys of a running node: which secrets open letters now, and how the current one is replaced.
//!
//! Whoever opens letters or signs the card follows [`Secrets`] and sees a new key at once. It refuses to know how a
//! card is signed: that the new key reaches others is the network's room.

use std::sync::Arc;

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::key::{SealingKey, SealingSecret};
use mentormesh_protocol::limits::OUTCOME_REMEMBERED;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::folder::{Folder, FolderError, Keys};

/// The secrets that open letters, the current one first.
pub type Secrets = watch::Receiver<Arc<Vec<SealingSecret>>>;

/// The node's sealing keys; clones share them.
#[derive(Clone, Debug)]
pub struct Sealing {
    folder: Folder,
    clock: Clock,
    secrets: watch::Sender<Arc<Vec<SealingSecret>>>,
}

/// A key that was replaced, and what took its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// The key that letters are sealed to from now on.
    pub current: SealingKey,
    /// Until when what was sealed to the one before it is opened.
    pub before_opens_until: Timestamp,
}

/// Why the key was not replaced.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceError {
    /// The folder did not take it.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The node is stopping.
    #[error("the node is stopping")]
    Stopping,
}

impl Sealing {
    /// Begins with the keys of the folder, without those whose letters can no longer arrive.
    #[must_use]
    pub fn new(folder: Folder, keys: &Keys, clock: Clock) -> Self {
        let now = clock.now();
        let standing = keys.replaced.iter().filter(|key| key.opens_until > now).map(|key| key.secret.clone());
        let secrets = std::iter::once(keys.sealing.clone()).chain(standing).collect();
        Self { folder, clock, secrets: watch::Sender::new(Arc::new(secrets)) }
    }

    /// What opens letters now and from now on.
    #[must_use]
    pub fn secrets(&self) -> Secrets {
        self.secrets.subscribe()
    }

    /// Replaces the current key; one change at a time, the caller sees to that. `use_until` is what the card says of
    /// the current one: letters sealed to it just before then may arrive a month later.
    ///
    /// # Errors
    /// When the folder does not take it; the current key stays then.
    pub async fn replace(&self, use_until: Timestamp) -> Result<Replaced, ReplaceError> {
        let sealing = self.clone();
        // Once begun it ends, whether or not whoever asked is still there to hear it.
        tokio::task::spawn_blocking(move || sealing.replace_now(use_until)).await.map_err(|_| ReplaceError::Stopping)?
    }

    fn replace_now(&self, use_until: Timestamp) -> Result<Replaced, ReplaceError> {
        let before_opens_until = use_until.plus(OUTCOME_REMEMBERED);
        let secret = self.folder.replace_sealing_key(before_opens_until, self.clock.now())?;
        let current = secret.public();
        self.secrets.send_modify(|secrets| {
            *secrets = Arc::new(std::iter::once(secret).chain(secrets.iter().cloned()).collect());
        });
        Ok(Replaced { current, before_opens_until })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::Staging;

    #[tokio::test]
    async fn who_follows_sees_the_new_key_first_and_the_old_one_still_there_until_its_time_is_over() {
        let room = tempfile::tempdir().expect("a room");
        let mut staging = Staging::begin(&Folder::new(room.path().join("ada"))).expect("begun");
        staging.write_keys(None).expect("keys");
        staging.write_settings("").expect("settings");
        let folder = staging.finish().expect("a folder");
        let (keys, now) = (folder.keys().expect("keys"), Timestamp(1_795_315_200_000));
        let sealing = Sealing::new(folder.clone(), &keys, Clock::set_at(now));
        let secrets = sealing.secrets();
        let replaced = sealing.replace(now.plus(1_000)).await.expect("replaced");
        let held = |secrets: &Secrets| secrets.borrow().iter().map(SealingSecret::public).collect::<Vec<_>>();
        assert_eq!(held(&secrets), [replaced.current, keys.sealing.public()]);

        let keys = folder.keys().expect("keys");
        let restarted = Sealing::new(folder.clone(), &keys, Clock::set_at(now));
        assert_eq!(held(&restarted.secrets()), held(&secrets), "a restart changes nothing");
        let later = Sealing::new(folder, &keys, Clock::set_at(replaced.before_opens_until));
        assert_eq!(held(&later.secrets()), [replaced.current]);
    }
}
