//! Making a backup, beside a running node or without one.

use std::path::{Path, PathBuf};

use mentormesh_protocol::{OrganisationId, Record, RecordId, Signed};

use super::BackupError;
use super::archive::{measure, pack};
use super::draft::{Draft, parent};
use super::manifest::{FORMAT, Manifest};
use crate::clock::Clock;
use crate::config::Config;
use crate::desk::Desk;
use crate::folder::{ERASED, Folder, sync_directory};

/// The ports that the system chose once.
const PORTS: &str = "ports.json";

/// What to back up, and where to.
#[derive(Clone, Debug)]
pub struct CreateRequest {
    /// The data folder.
    pub folder: Folder,
    /// The configuration in force, if it is not the folder's own.
    pub config: Option<PathBuf>,
    /// The file to be made.
    pub file: PathBuf,
    /// Whether a file that is there may be replaced.
    pub force: bool,
}

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its bytes.
    pub size: u64,
}

/// Makes a backup: keys, token, configuration and a copy of the desk, in one file that appears whole or not at all.
/// The store is not touched and the node, if it runs, goes on.
///
/// # Errors
/// When the folder has no organisation, something cannot be read, or the file cannot be written.
pub async fn create(request: CreateRequest, clock: Clock) -> Result<Created, BackupError> {
    let CreateRequest { folder, config, file, force } = request;
    folder.founded()?;
    let refuse_to_replace = || match file.symlink_metadata() {
        Ok(_) if !force => Err(BackupError::Exists(file.clone())),
        Ok(_) | Err(_) => Ok(()),
    };
    refuse_to_replace()?;
    // Loaded so that what cannot be read here is not packed in the belief that it could be restored.
    folder.keys()?;
    folder.token()?;
    let network = Config::load(folder.path(), config.as_deref())?.network.name;
    let created_at = clock.now();
    let draft = Draft::beside(&file)?;
    let desk = Desk::copy(&folder.desk(), &draft.path().join("desk.sqlite")).await?;
    let organisation = desk.operations.first().and_then(|first| organisation_of(first));
    let organisation = organisation.ok_or(BackupError::NoOrganisation)?;
    let mut files = vec!["config.toml".to_owned(), "token".to_owned(), "desk.sqlite".to_owned()];
    take(&config.unwrap_or_else(|| folder.config()), draft.path(), "config.toml")?;
    take(&folder.token_file(), draft.path(), "token")?;
    // Others have these ports in tickets and would dial the restored node in vain at new ones.
    let ports = folder.path().join(PORTS);
    if ports.is_file() {
        take(&ports, draft.path(), PORTS)?;
        files.push(PORTS.to_owned());
    }
    // An older backup that is restored after this one was needs it as well.
    let erased = folder.erased();
    if erased.is_there() {
        take(erased.path(), draft.path(), ERASED)?;
        files.push(ERASED.to_owned());
    }
    // After the desk: a sealing key that is replaced now must be here if the desk's card names it.
    for name in key_files(&folder.keys_directory())? {
        let path = format!("keys/{name}");
        take(&folder.keys_directory().join(&name), draft.path(), &path)?;
        files.push(path);
    }
    let manifest = Manifest {
        format: FORMAT,
        mentormesh: env!("CARGO_PKG_VERSION").to_owned(),
        organisation,
        name: desk.name,
        network,
        created_at,
        desk_schema: desk.schema,
        files: files.iter().map(|path| measure(draft.path(), path)).collect::<Result<_, _>>()?,
    };
    let ready = draft.path().join("backup.tar");
    pack(&ready, &manifest, draft.path())?;
    let size = ready.metadata().map_err(BackupError::disk("read", &ready))?.len();
    refuse_to_replace()?;
    std::fs::rename(&ready, &file).map_err(BackupError::disk("make", &file))?;
    sync_directory(parent(&file))?;
    Ok(Created { manifest, size })
}

/// The names of the key files, replaced sealing keys among them.
fn key_files(keys: &Path) -> Result<Vec<String>, BackupError> {
    let entries = std::fs::read_dir(keys).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = entries.map_err(BackupError::disk("read", keys))?;
    let names = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.filter(|name| name.ends_with(".key")).collect();
    names.sort();
    Ok(names)
}

/// Copies a small file into the draft, for its owner alone.
fn take(from: &Path, draft: &Path, path: &str) -> Result<(), BackupError> {
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
    let to = draft.join(path);
    let copy = || -> std::io::Result<()> {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(parent(&to))?;
        let mut target = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&to)?;
        std::io::copy(&mut std::fs::File::open(from)?, &mut target).map(drop)
    };
    copy().map_err(BackupError::disk("copy", from))
}

/// The organisation that a first operation founds.
fn organisation_of(first: &[u8]) -> Option<OrganisationId> {
    let signed = Signed::<Record>::decode(first).ok()?;
    let RecordId(id) = signed.id();
    signed.claims().header().organisation.is_none().then_some(OrganisationId(id))
}
