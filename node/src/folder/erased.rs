//! `erased.txt`: who was forgotten and when, for a backup that is older and would bring them back.
//!
//! A line names nobody: it is a moment and a digest that only the desk of this organisation can make of an address. The
//! file belongs where the backups are kept; a newer one says all that an older one does.

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use mentormesh_protocol::Timestamp;
use mentormesh_protocol::key::base32;

use super::{Folder, FolderError};

/// The name of the file, in a data folder and beside a backup.
pub const ERASED: &str = "erased.txt";
/// Bytes of it that are read at most: some three hundred thousand people.
const LARGEST: u64 = 16 << 20;
/// How far a line's moment may lie before what it tells: it is written in whole seconds.
const ROUNDED: u64 = 1_000;

/// The list of who was forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasedFile {
    path: PathBuf,
}

impl Folder {
    /// The list of who was forgotten here.
    #[must_use]
    pub fn erased(&self) -> ErasedFile {
        ErasedFile::at(self.path().join(ERASED))
    }
}

impl ErasedFile {
    /// Names a list. Naming one touches nothing.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether there is one.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.path.is_file()
    }

    /// Adds who was forgotten, on the disk when this returns.
    ///
    /// # Errors
    /// When the disk says no.
    pub fn add(&self, at: Timestamp, digest: &[u8; 16]) -> Result<(), FolderError> {
        let line = format!("{at} {}\n", base32().encode(digest));
        let write = || -> std::io::Result<()> {
            let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(&self.path)?;
            file.write_all(line.as_bytes())?;
            file.sync_all()
        };
        write().map_err(FolderError::disk("write", &self.path))
    }

    /// Who was forgotten from one moment on and before another.
    ///
    /// # Errors
    /// When it cannot be read, is too large, or holds something else.
    pub fn between(&self, from: Timestamp, until: Timestamp) -> Result<BTreeSet<[u8; 16]>, FolderError> {
        let lines = self.lines()?;
        let within = |at: Timestamp| at.plus(ROUNDED) > from && at < until;
        Ok(lines.into_iter().filter(|(at, _)| within(*at)).map(|(_, digest)| digest).collect())
    }

    /// How many lines it has.
    ///
    /// # Errors
    /// As [`Self::between`].
    pub fn count(&self) -> Result<usize, FolderError> {
        Ok(self.lines()?.len())
    }

    fn lines(&self) -> Result<Vec<(Timestamp, [u8; 16])>, FolderError> {
        let mut text = String::new();
        let read = std::fs::File::open(&self.path).and_then(|file| file.take(LARGEST + 1).read_to_string(&mut text));
        let size = read.map_err(FolderError::disk("read", &self.path))?;
        let unreadable = |line: usize| FolderError::NotErased { path: self.path.clone(), line };
        if size as u64 > LARGEST {
            return Err(unreadable(0));
        }
        text.lines().enumerate().map(|(at, line)| read_line(line).ok_or_else(|| unreadable(at + 1))).collect()
    }
}

fn read_line(line: &str) -> Option<(Timestamp, [u8; 16])> {
    let (at, digest) = line.trim_end().split_once(' ')?;
    let digest = base32().decode(digest.as_bytes()).ok()?;
    Some((at.parse().ok()?, digest.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    const NOW: Timestamp = Timestamp(1_795_315_200_000);

    #[test]
    fn who_was_forgotten_is_found_by_when_and_others_cannot_read_it() {
        let room = tempfile::tempdir().expect("a room");
        let file = Folder::new(room.path()).erased();
        assert!(!file.is_there());
        for (after, who) in [(0, 1), (5_000, 2), (9_000, 3)] {
            file.add(NOW.plus(after), &[who; 16]).expect("written");
        }
        let found = |from: u64, until: u64| file.between(NOW.plus(from), NOW.plus(until)).expect("read");
        assert_eq!(found(5_999, 9_000), BTreeSet::from([[2; 16]]), "a line says whole seconds");
        assert_eq!(found(6_000, 9_001), BTreeSet::from([[3; 16]]));
        assert_eq!(file.count().ok(), Some(3));
        let mode = std::fs::metadata(file.path()).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
    }

    #[test]
    fn a_file_that_is_something_else_is_refused_with_its_line() {
        let room = tempfile::tempdir().expect("a room");
        let file = Folder::new(room.path()).erased();
        file.add(NOW, &[1; 16]).expect("written");
        let text = std::fs::read_to_string(file.path()).expect("read");
        std::fs::write(file.path(), format!("{text}2026-11-22T10:00:00Z nobody\n")).expect("written");
        let refused = file.count().expect_err("refused").to_string();
        assert!(refused.contains("line 2"), "{refused}");
    }
}
