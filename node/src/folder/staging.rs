//! Making a data folder whole or not at all: everything is written beside its place and moved there at the end.

use std::path::{Path, PathBuf};

use mentormesh_protocol::SecretKey;
use mentormesh_protocol::key::{SealingSecret, base32};

use super::keys::{new_seed, write_seed};
use super::secret_file::{make_directory, random_bytes, sync_directory, write_new};
use super::{Folder, FolderError, KeyName, Keys};

/// A data folder in the making. Dropped before [`Staging::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct Staging {
    place: PathBuf,
    draft: Folder,
    /// The rotation key's file, when it goes elsewhere.
    apart: Option<PathBuf>,
    finished: bool,
}

impl Staging {
    /// Begins a data folder that will lie at `place`.
    ///
    /// # Errors
    /// When something is there already, or the disk says no.
    pub fn begin(place: &Folder) -> Result<Self, FolderError> {
        let place = place.path();
        let exists = place.symlink_metadata().is_ok();
        // A rename replaces an empty directory, but never a link to one.
        let place = if exists {
            std::fs::canonicalize(place).map_err(FolderError::disk("read", place))?
        } else {
            std::path::absolute(place).map_err(FolderError::disk("read", place))?
        };
        if exists {
            let mut entries = std::fs::read_dir(&place).map_err(FolderError::disk("read", &place))?;
            if entries.next().is_some() {
                return Err(FolderError::NotEmpty(place));
            }
        }
        let parent = place.parent().unwrap_or(&place).to_owned();
        std::fs::create_dir_all(&parent).map_err(FolderError::disk("make", &parent))?;
        let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let beside = |directory: &Path| directory.join(format!(".{name}.new-{}", std::process::id()));
        // Under systemd the state directory exists and what is above it cannot be written: make it inside then.
        let draft = match make_directory(&beside(&parent)) {
            Ok(()) => beside(&parent),
            Err(_) if exists => {
                make_directory(&beside(&place))?;
                beside(&place)
            }
            Err(problem) => return Err(problem),
        };
        Ok(Self { place, draft: Folder::new(draft), apart: None, finished: false })
    }

    /// The folder in the making; its paths change when it is finished.
    #[must_use]
    pub const fn folder(&self) -> &Folder {
        &self.draft
    }

    /// Makes and writes the four keys, the rotation key to `rotation_out` if that is given.
    ///
    /// # Errors
    /// When there is no randomness, the disk says no, or `rotation_out` exists.
    pub fn write_keys(&mut self, rotation_out: Option<&Path>) -> Result<(Keys, SecretKey), FolderError> {
        make_directory(&self.draft.keys_directory())?;
        let (signing, sealing, node) = (new_seed()?, new_seed()?, new_seed()?);
        let keys = Keys {
            signing: SecretKey::new(&signing),
            sealing: SealingSecret::new(&sealing),
            replaced: Vec::new(),
            node: SecretKey::new(&node),
        };
        let write = |name, public: String, seed| write_seed(&self.draft.key_file(name), name, &public, seed);
        write(KeyName::Signing, keys.signing.public().to_string(), &signing)?;
        write(KeyName::Sealing, keys.sealing.public().to_string(), &sealing)?;
        write(KeyName::Node, keys.peer().to_string(), &node)?;
        let seed = new_seed()?;
        let rotation = SecretKey::new(&seed);
        let file = rotation_out.map_or_else(|| self.draft.key_file(KeyName::Rotation), Path::to_path_buf);
        write_seed(&file, KeyName::Rotation, &rotation.public().to_string(), &seed)?;
        self.apart = rotation_out.map(Path::to_path_buf);
        sync_directory(&self.draft.keys_directory())?;
        Ok((keys, rotation))
    }

    /// Writes the registrar's token and the configuration.
    ///
    /// # Errors
    /// When there is no randomness or the disk says no.
    pub fn write_settings(&self, config: &str) -> Result<(), FolderError> {
        let path = self.draft.token_file();
        let token = random_bytes::<32>().map_err(FolderError::disk("read randomness for", &path))?;
        write_new(&path, &format!("{}\n", base32().encode(&token)))?;
        write_new(&self.draft.config(), config)
    }

    /// Moves everything to its place.
    ///
    /// # Errors
    /// When the disk says no, or somebody put something there meanwhile.
    pub fn finish(mut self) -> Result<Folder, FolderError> {
        make_directory(&self.draft.store())?;
        make_directory(&self.draft.index())?;
        sync_directory(self.draft.path())?;
        if self.draft.path().parent() == Some(&self.place) {
            self.move_in()?;
        } else {
            std::fs::rename(self.draft.path(), &self.place).map_err(FolderError::disk("make", &self.place))?;
            sync_directory(self.place.parent().unwrap_or(&self.place))?;
        }
        if let Some(parent) = self.apart.as_ref().and_then(|file| file.parent()) {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            sync_directory(parent)?;
        }
        self.finished = true;
        Ok(Folder::new(self.place.clone()))
    }

    /// The configuration moves last: without it the folder does not count as made.
    fn move_in(&self) -> Result<(), FolderError> {
        let entries = std::fs::read_dir(self.draft.path()).map_err(FolderError::disk("read", self.draft.path()))?;
        let mut names: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.file_name())).collect();
        names.sort_by_key(|name| name == "config.toml");
        for name in names {
            let (from, to) = (self.draft.path().join(&name), self.place.join(&name));
            std::fs::rename(from, &to).map_err(FolderError::disk("make", &to))?;
        }
        std::fs::remove_dir(self.draft.path()).map_err(FolderError::disk("remove", self.draft.path()))?;
        sync_directory(&self.place)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing more can be done about a disk that fails here too, and the caller has the first error.
            let _tried = std::fs::remove_dir_all(self.draft.path());
            let _tried = self.apart.as_ref().map(std::fs::remove_file);
        }
    }
}
