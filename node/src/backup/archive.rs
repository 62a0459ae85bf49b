//! The form of a backup: a tar file whose first entry is the manifest and whose last one holds digests.
//!
//! Every byte counts: those of files by the manifest, those of the manifest and of everything between the files by
//! the last entry, and that one because it can be made anew from the rest. So a byte that changed anywhere is named.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek as _, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Component, Path};

use mentormesh_protocol::Timestamp;
use sha2::{Digest as _, Sha256};
use tar::{EntryType, Header};

use super::BackupError;
use super::manifest::{FORMAT, LARGEST, Manifest, Packed};

/// The first entry.
const MANIFEST: &str = "manifest.json";
/// The last entry.
const DIGESTS: &str = "digests.txt";
/// Bytes of a block of tar.
const BLOCK: usize = 512;
/// Bytes of the last entry, its header and the end of the archive.
const TAIL: usize = 4 * BLOCK;
/// Files in a backup at most.
const FILES: usize = 32;

/// Measures and digests a file as it will be packed.
pub(super) fn measure(root: &Path, path: &str) -> Result<Packed, BackupError> {
    let place = root.join(path);
    let mut hash = Hashing::over(io::sink());
    let copied = File::open(&place).and_then(|mut file| io::copy(&mut file, &mut hash));
    let size = copied.map_err(BackupError::disk("read", &place))?;
    Ok(Packed { path: path.to_owned(), size, sha256: hash.hex() })
}

/// Writes the archive to `target`, durable when this returns.
pub(super) fn pack(target: &Path, manifest: &Manifest, root: &Path) -> Result<(), BackupError> {
    let written = || -> io::Result<()> {
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(target)?;
        let text = manifest.to_bytes();
        let mut whole = Hashing::over(file);
        put(&mut whole, &header(MANIFEST, text.len() as u64, manifest.created_at)?, text.as_slice())?;
        for packed in &manifest.files {
            let file = File::open(root.join(&packed.path))?.take(packed.size);
            put(&mut whole, &header(&packed.path, packed.size, manifest.created_at)?, file)?;
        }
        let before = whole.hex();
        let mut file = whole.inner;
        file.write_all(&tail(&digest(&text), &before, manifest.created_at)?)?;
        file.sync_all()
    };
    written().map_err(BackupError::disk("write", target))
}

/// Unpacks a sound archive into `root`, each file readable by the owner alone.
pub(super) fn unpack(archive: &Path, root: &Path) -> Result<Manifest, BackupError> {
    let unsound = |faults: Vec<String>| BackupError::Unsound { path: archive.to_owned(), faults };
    let mut file = File::open(archive).map_err(BackupError::disk("read", archive))?;
    let length = file.metadata().map_err(BackupError::disk("read", archive))?.len();
    let Some(body) = length.checked_sub(TAIL as u64) else {
        return Err(unsound(vec!["it is too short to be a backup".to_owned()]));
    };
    let mut found = Found::default();
    let mut reader = HashingReader { inner: Read::by_ref(&mut file).take(body), hash: Sha256::new() };
    if let Err(fault) = found.read(&mut reader, root) {
        found.faults.push(fault);
    }
    // What is left unread after a fault counts for the digest of the whole as well.
    io::copy(&mut reader, &mut io::sink()).map_err(BackupError::disk("read", archive))?;
    let whole = hex(&reader.hash.finalize());
    let Some((manifest, manifest_digest)) = found.manifest else { return Err(unsound(found.faults)) };
    let mut end = Vec::new();
    let read = file.seek(SeekFrom::Start(body)).and_then(|_| file.read_to_end(&mut end));
    read.map_err(BackupError::disk("read", archive))?;
    found.faults.extend(end_fault(&end, &manifest_digest, &whole, &manifest, found.faults.is_empty()));
    if found.faults.is_empty() { Ok(manifest) } else { Err(unsound(found.faults)) }
}

/// What was read so far.
#[derive(Default)]
struct Found {
    manifest: Option<(Manifest, String)>,
    faults: Vec<String>,
}

impl Found {
    /// Reads entry after entry; answers what keeps it from going on.
    fn read(&mut self, reader: &mut impl Read, root: &Path) -> Result<(), String> {
        let mut archive = tar::Archive::new(reader);
        let broken = |after: &str, error: io::Error| format!("{error} (in what follows {after})");
        let mut last = "the beginning".to_owned();
        let mut at = 0_usize;
        for entry in archive.entries().map_err(|error| broken(&last, error))? {
            let mut entry = entry.map_err(|error| broken(&last, error))?;
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let size = entry.size();
            if !entry.header().entry_type().is_file() {
                return Err(format!("`{name}` is no plain file"));
            }
            let Some((manifest, _)) = &self.manifest else {
                if name != MANIFEST || size > LARGEST {
                    return Err(format!("it begins with `{name}`, not with {MANIFEST}"));
                }
                let mut text = Vec::new();
                entry.read_to_end(&mut text).map_err(|error| broken(&last, error))?;
                self.manifest = Some((manifest_of(&text)?, digest(&text)));
                last = name;
                continue;
            };
            let Some(packed) = manifest.files.get(at).filter(|packed| packed.path == name && packed.size == size)
            else {
                return Err(format!("`{name}` with {size} bytes is not what {MANIFEST} lists in its place"));
            };
            let expected = packed.sha256.clone();
            let written = write_out(&mut entry, &root.join(&name)).map_err(|error| broken(&name, error))?;
            if written != expected {
                self.faults.push(format!("{name} is not what was packed (its SHA-256 differs)"));
            }
            at += 1;
            last = name;
        }
        let Some((manifest, _)) = &self.manifest else { return Err(format!("it holds no {MANIFEST}")) };
        match manifest.files.get(at) {
            Some(missing) => Err(format!("{} is missing", missing.path)),
            None => Ok(()),
        }
    }
}

fn manifest_of(text: &[u8]) -> Result<Manifest, String> {
    let manifest: Manifest = serde_json::from_slice(text).map_err(|error| format!("{MANIFEST}: {error}"))?;
    if manifest.format != FORMAT {
        return Err(format!("{MANIFEST}: format {} is not {FORMAT}; a newer mentormesh reads it", manifest.format));
    }
    // Where a file is written is decided by these names alone.
    let plain = |packed: &Packed| {
        let parts = || Path::new(&packed.path).components();
        !packed.path.is_empty() && parts().count() <= 2 && parts().all(|part| matches!(part, Component::Normal(_)))
    };
    if manifest.files.len() > FILES || !manifest.files.iter().all(plain) {
        return Err(format!("{MANIFEST}: it lists files that no backup holds"));
    }
    Ok(manifest)
}

fn write_out(from: &mut impl Read, to: &Path) -> io::Result<String> {
    use std::os::unix::fs::DirBuilderExt as _;
    if let Some(parent) = to.parent() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(parent)?;
    }
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    let mut hash = Hashing::over(file);
    io::copy(from, &mut hash)?;
    hash.inner.sync_all()?;
    Ok(hash.hex())
}

/// What is wrong with the end, and with what only the end speaks for.
fn end_fault(
    end: &[u8],
    manifest_digest: &str,
    whole: &str,
    manifest: &Manifest,
    otherwise_sound: bool,
) -> Option<String> {
    let expected = tail(manifest_digest, whole, manifest.created_at).unwrap_or_default();
    if end == expected {
        return None;
    }
    let said = end.get(BLOCK..).map(|text| String::from_utf8_lossy(text).into_owned()).unwrap_or_default();
    if !said.contains(&format!("{manifest_digest}  {MANIFEST}")) && said.contains(&format!("  {MANIFEST}")) {
        return Some(format!("{MANIFEST} or {DIGESTS} is not what was packed (their digests differ)"));
    }
    if !said.contains(whole) {
        let between = "the archive's own headers or padding, between its files, are not what was packed";
        return otherwise_sound.then(|| format!("{between}, or {DIGESTS} is not"));
    }
    Some(format!("{DIGESTS}, at the very end, is not what was packed"))
}

/// The last entry and the end of the archive.
fn tail(manifest: &str, whole: &str, at: Timestamp) -> io::Result<Vec<u8>> {
    let text = format!("{manifest}  {MANIFEST}\n{whole}  everything before this entry\n");
    let mut bytes = Vec::new();
    put(&mut bytes, &header(DIGESTS, text.len() as u64, at)?, text.as_bytes())?;
    // Two empty blocks end an archive.
    bytes.resize(bytes.len() + 2 * BLOCK, 0);
    Ok(bytes)
}

/// Writes one entry, filled up to a whole block.
fn put(to: &mut impl Write, header: &Header, mut from: impl Read) -> io::Result<()> {
    to.write_all(header.as_bytes())?;
    let size = io::copy(&mut from, to)?;
    if size != header.entry_size()? {
        return Err(io::Error::other("a file changed while it was packed"));
    }
    let beyond = usize::try_from(size % BLOCK as u64).unwrap_or(0);
    to.write_all([0; BLOCK].get(beyond..).filter(|_| beyond > 0).unwrap_or_default())
}

fn header(path: &str, size: u64, at: Timestamp) -> io::Result<Header> {
    let mut header = Header::new_ustar();
    header.set_path(path)?;
    header.set_entry_type(EntryType::Regular);
    header.set_mode(0o600);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(at.0 / 1_000);
    header.set_size(size);
    header.set_cksum();
    Ok(header)
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A writer that digests what passes.
struct Hashing<W> {
    inner: W,
    hash: Sha256,
}

impl<W> Hashing<W> {
    fn over(inner: W) -> Self {
        Self { inner, hash: Sha256::new() }
    }

    fn hex(&self) -> String {
        hex(&self.hash.clone().finalize())
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// A reader that digests what passes.
struct HashingReader<R> {
    inner: R,
    hash: Sha256,
}

impl<R: Read> Read for HashingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}
