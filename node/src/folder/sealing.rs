//! The sealing key and those it replaced, which open letters for as long as letters sealed to them may still arrive.
//!
//! A replaced key lies beside the others as `sealing-old-N.key`, with a second line that says until when it opens.

use std::path::{Path, PathBuf};

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::key::SealingSecret;

use super::keys::{KeyName, new_seed, read_lines, read_seed, seed_text};
use super::secret_file::{replace, sync_directory, write_new};
use super::{Folder, FolderError};

/// Replaced keys that may open letters at the same time: a node tries each of them on each letter.
const REPLACED: usize = 16;
/// What the file names begin with.
const PREFIX: &str = "sealing-old-";

/// A sealing key that was replaced.
#[derive(Clone, Debug)]
pub struct ReplacedKey {
    /// The key.
    pub secret: SealingSecret,
    /// The first moment at which nothing sealed to it can arrive any more.
    pub opens_until: Timestamp,
}

impl Folder {
    /// Makes a new sealing key. The one it replaces is durable under its new name before the new one takes its place,
    /// so that no letter on its way becomes unreadable, whenever the power fails.
    ///
    /// # Errors
    /// When too many replaced keys still open letters, or the disk says no.
    pub fn replace_sealing_key(&self, opens_until: Timestamp, now: Timestamp) -> Result<SealingSecret, FolderError> {
        let (directory, file) = (self.keys_directory(), self.key_file(KeyName::Sealing));
        let mut standing = Vec::new();
        let mut last = 0;
        for (number, path) in self.replaced_files()? {
            last = last.max(number);
            let key = read_replaced(&path)?;
            if key.opens_until <= now {
                std::fs::remove_file(&path).map_err(FolderError::disk("remove", &path))?;
            } else {
                standing.push(key);
            }
        }
        if standing.len() >= REPLACED {
            let next = standing.iter().map(|key| key.opens_until).min().unwrap_or(now);
            return Err(FolderError::TooManyKeys { most: REPLACED, next });
        }
        let seed = read_seed(&file)?;
        let current = SealingSecret::new(&seed);
        // After a power cut between the two steps it is there already.
        if !standing.iter().any(|key| key.secret.public() == current.public()) {
            let path = directory.join(format!("{PREFIX}{}.key", last.saturating_add(1)));
            let text = seed_text(KeyName::Sealing, &current.public().to_string(), &seed);
            let until = zeroize::Zeroizing::new(format!("{}until {opens_until}\n", text.as_str()));
            write_new(&path, &until)?;
            sync_directory(&directory)?;
        }
        let seed = new_seed()?;
        let secret = SealingSecret::new(&seed);
        replace(&file, &seed_text(KeyName::Sealing, &secret.public().to_string(), &seed))?;
        sync_directory(&directory)?;
        Ok(secret)
    }

    /// The sealing keys that were replaced, the latest first.
    pub(super) fn replaced_sealing_keys(&self) -> Result<Vec<ReplacedKey>, FolderError> {
        self.replaced_files()?.iter().rev().map(|(_, path)| read_replaced(path)).collect()
    }

    fn replaced_files(&self) -> Result<Vec<(u32, PathBuf)>, FolderError> {
        let directory = self.keys_directory();
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&directory).map_err(FolderError::disk("read", &directory))? {
            let path = entry.map_err(FolderError::disk("read", &directory))?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            let number = name.and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(".key")?.parse().ok());
            files.extend(number.map(|number| (number, path)));
        }
        files.sort();
        Ok(files)
    }
}

fn read_replaced(path: &Path) -> Result<ReplacedKey, FolderError> {
    let (seed, until) = read_lines(path)?;
    let until = until.and_then(|line| line.strip_prefix("until ")?.trim().parse().ok());
    let problem = "its second line must say until when it opens letters, like `until 2027-12-01T00:00:00Z`";
    let opens_until = until.ok_or_else(|| FolderError::NotAKey { path: path.to_owned(), problem })?;
    Ok(ReplacedKey { secret: SealingSecret::new(&seed), opens_until })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot set its stage has failed")]
mod tests {
    use super::super::Staging;
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_315_200_000);

    fn folder(room: &Path) -> Folder {
        let mut staging = Staging::begin(&Folder::new(room.join("ada"))).unwrap();
        staging.write_keys(None).unwrap();
        staging.write_settings("").unwrap();
        staging.finish().unwrap()
    }

    #[test]
    fn the_key_that_was_replaced_still_opens_and_the_new_one_comes_first() {
        let room = tempfile::tempdir().unwrap();
        let ada = folder(room.path());
        let first = ada.keys().unwrap().sealing;
        let second = ada.replace_sealing_key(NOW.plus(1_000), NOW).unwrap();
        let third = ada.replace_sealing_key(NOW.plus(2_000), NOW).unwrap();
        let keys = ada.keys().unwrap();
        assert_eq!(keys.sealing.public(), third.public());
        let old: Vec<_> = keys.replaced.iter().map(|key| (key.secret.public(), key.opens_until)).collect();
        assert_eq!(old, [(second.public(), NOW.plus(2_000)), (first.public(), NOW.plus(1_000))]);
    }

    #[test]
    fn a_key_whose_letters_can_no_longer_arrive_is_forgotten_at_the_next_change() {
        let room = tempfile::tempdir().unwrap();
        let ada = folder(room.path());
        let second = ada.replace_sealing_key(NOW.plus(1_000), NOW).unwrap();
        ada.replace_sealing_key(NOW.plus(9_000), NOW.plus(1_000)).unwrap();
        let left: Vec<_> = ada.keys().unwrap().replaced.iter().map(|key| key.secret.public()).collect();
        assert_eq!(left, [second.public()]);
    }

    #[test]
    fn a_power_cut_between_the_two_steps_costs_no_key() {
        let room = tempfile::tempdir().unwrap();
        let ada = folder(room.path());
        let current = ada.key_file(KeyName::Sealing);
        let before = std::fs::read(&current).unwrap();
        let first = ada.keys().unwrap().sealing;
        ada.replace_sealing_key(NOW.plus(1_000), NOW).unwrap();
        // As if the new key had not reached its place.
        std::fs::write(&current, before).unwrap();
        ada.replace_sealing_key(NOW.plus(1_000), NOW).unwrap();
        let keys = ada.keys().unwrap();
        assert_ne!(keys.sealing.public(), first.public());
        assert_eq!(keys.replaced.iter().filter(|key| key.secret.public() == first.public()).count(), 1);
    }

    #[test]
    fn the_keys_that_open_letters_are_bounded() {
        let room = tempfile::tempdir().unwrap();
        let ada = folder(room.path());
        for _ in 0..REPLACED {
            ada.replace_sealing_key(NOW.plus(1_000), NOW).unwrap();
        }
        let refused = ada.replace_sealing_key(NOW.plus(1_000), NOW).unwrap_err().to_string();
        assert!(refused.contains("16"), "{refused}");
        ada.replace_sealing_key(NOW.plus(9_000), NOW.plus(1_000)).unwrap();
    }

    #[test]
    fn a_replaced_key_without_its_end_is_named() {
        let room = tempfile::tempdir().unwrap();
        let ada = folder(room.path());
        ada.replace_sealing_key(NOW, NOW).unwrap();
        let file = ada.keys_directory().join("sealing-old-1.key");
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, text.replace("until ", "from ")).unwrap();
        let refused = ada.keys().unwrap_err().to_string();
        assert!(refused.contains("sealing-old-1.key") && refused.contains("until"), "{refused}");
    }
}
