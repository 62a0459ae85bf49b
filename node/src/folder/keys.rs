//! The four keys of an organisation's node and the files that hold them: a line that says which key it is, and a
//! line of base32.

use std::path::{Path, PathBuf};

use mentormesh_protocol::key::{SealingSecret, base32};
use mentormesh_protocol::{PeerId, SecretKey};
use zeroize::{Zeroize as _, Zeroizing};

use super::secret_file::{check_directory, read, write_new};
use super::{Folder, FolderError, ReplacedKey, random_bytes};

const ONE_LINE: &str = "it must have one line that is not a comment";

/// Which key a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyName {
    /// Signs records.
    Signing,
    /// Opens letters.
    Sealing,
    /// The node's transport identity.
    Node,
    /// Signs operations; may be kept elsewhere, offline.
    Rotation,
}

impl KeyName {
    /// The word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Signing => "signing",
            Self::Sealing => "sealing",
            Self::Node => "node",
            Self::Rotation => "rotation",
        }
    }

    const fn purpose(self) -> &'static str {
        match self {
            Self::Signing => "signs this organisation's records",
            Self::Sealing => "opens letters to this organisation",
            Self::Node => "is this node's identity on the network",
            Self::Rotation => "rules this organisation: it replaces the other keys. Keep it offline",
        }
    }
}

/// The keys that a running node needs.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Signs records.
    pub signing: SecretKey,
    /// Opens letters.
    pub sealing: SealingSecret,
    /// Opened letters before it, and still opens those that are on their way; the latest first.
    pub replaced: Vec<ReplacedKey>,
    /// The node's transport identity.
    pub node: SecretKey,
}

impl Keys {
    /// The node's transport identity.
    #[must_use]
    pub fn peer(&self) -> PeerId {
        PeerId(self.node.public())
    }
}

impl Folder {
    /// The file that holds one key.
    #[must_use]
    pub fn key_file(&self, name: KeyName) -> PathBuf {
        self.keys_directory().join(format!("{}.key", name.as_str()))
    }

    /// Loads the keys that a running node needs.
    ///
    /// # Errors
    /// When a file is missing, damaged, or readable by others than its owner.
    pub fn keys(&self) -> Result<Keys, FolderError> {
        check_directory(&self.keys_directory())?;
        let seed = |name| read_seed(&self.key_file(name));
        Ok(Keys {
            signing: SecretKey::new(&*seed(KeyName::Signing)?),
            sealing: SealingSecret::new(&*seed(KeyName::Sealing)?),
            replaced: self.replaced_sealing_keys()?,
            node: SecretKey::new(&*seed(KeyName::Node)?),
        })
    }
}

impl Folder {
    /// Loads the rotation key, if it is kept here and not offline.
    ///
    /// # Errors
    /// When the file is damaged, or readable by others than its owner.
    pub fn rotation_key(&self) -> Result<Option<SecretKey>, FolderError> {
        let file = self.key_file(KeyName::Rotation);
        if !file.exists() {
            return Ok(None);
        }
        Ok(Some(SecretKey::new(&*read_seed(&file)?)))
    }
}

/// Random bytes for a new key.
pub(super) fn new_seed() -> Result<Zeroizing<[u8; 32]>, FolderError> {
    random_bytes().map(Zeroizing::new).map_err(FolderError::disk("read randomness for", Path::new("keys")))
}

/// Writes a new key file.
pub(super) fn write_seed(path: &Path, name: KeyName, public: &str, seed: &[u8; 32]) -> Result<(), FolderError> {
    write_new(path, &seed_text(name, public, seed))
}

/// What a key file says.
pub(super) fn seed_text(name: KeyName, public: &str, seed: &[u8; 32]) -> Zeroizing<String> {
    let coded = Zeroizing::new(base32().encode(seed));
    Zeroizing::new(format!(
        "# mentormesh {} key {public}: {}. Secret; back it up.\n{}\n",
        name.as_str(),
        name.purpose(),
        coded.as_str()
    ))
}

/// Reads a key file of one line.
pub(super) fn read_seed(path: &Path) -> Result<Zeroizing<[u8; 32]>, FolderError> {
    let (seed, None) = read_lines(path)? else {
        return Err(FolderError::NotAKey { path: path.to_owned(), problem: ONE_LINE });
    };
    Ok(seed)
}

/// Reads a key file: the key's line, and one more if there is one.
pub(super) fn read_lines(path: &Path) -> Result<(Zeroizing<[u8; 32]>, Option<String>), FolderError> {
    let text = Zeroizing::new(read(path)?);
    let wrong = |problem| FolderError::NotAKey { path: path.to_owned(), problem };
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (Some(line), more, None) = (lines.next(), lines.next(), lines.next()) else {
        return Err(wrong(ONE_LINE));
    };
    let mut bytes = base32().decode(line.as_bytes()).map_err(|_| wrong("the line is not base32"))?;
    let seed = <[u8; 32]>::try_from(bytes.as_slice()).map(Zeroizing::new);
    bytes.zeroize();
    Ok((seed.map_err(|_| wrong("the line does not hold 32 bytes"))?, more.map(str::to_owned)))
}
