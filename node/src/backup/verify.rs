//! Whether a backup could be restored, and what would be there then. Needs no node and no data folder.

use std::collections::BTreeMap;
use std::path::Path;

use mentormesh_protocol::chain::Chain;
use mentormesh_protocol::record::Body;
use mentormesh_protocol::signed::Network;
use mentormesh_protocol::{Kind, PeerId, Record, Signed, Timestamp};
use serde::Serialize;

use super::BackupError;
use super::archive::unpack;
use super::draft::Draft;
use super::manifest::Manifest;
use crate::clock::Clock;
use crate::desk::{Desk, DeskError, OwnEnvelope};
use crate::folder::{Folder, Keys};

/// A backup that is sound, and what a restore of it would show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// What it says of itself.
    pub manifest: Manifest,
    /// The node's transport identity.
    pub peer: PeerId,
    /// How many mentors are drafts, published, withdrawn and expired.
    pub listings: BTreeMap<String, u64>,
    /// How many introductions stand how.
    pub introductions: BTreeMap<String, u64>,
    /// When anything at the desk last changed.
    pub last_change: Option<Timestamp>,
    /// Whether the rotation key is in it.
    pub rotation_key: bool,
}

/// Checks a backup: every byte, that the keys belong to the organisation, and that the desk is sound.
///
/// # Errors
/// When anything is wrong, each fault naming where.
pub async fn verify(file: &Path, clock: Clock) -> Result<Verified, BackupError> {
    let draft = Draft::near(file)?;
    let manifest = unpack(file, draft.path())?;
    let folder = Folder::new(draft.path());
    let desk = open_desk(file, &folder, clock).await?;
    let examined = examine(file, manifest, &folder, &desk).await;
    desk.close().await;
    examined
}

/// Opens the unpacked desk, once every page of it was read.
pub(super) async fn open_desk(file: &Path, folder: &Folder, clock: Clock) -> Result<Desk, BackupError> {
    let unsound = |error| BackupError::Unsound { path: file.to_owned(), faults: vec![format!("desk.sqlite: {error}")] };
    Desk::check_file(&folder.desk()).await.map_err(unsound)?;
    Ok(Desk::open(&folder.desk(), clock).await?)
}

/// Checks what was unpacked.
pub(super) async fn examine(
    file: &Path,
    manifest: Manifest,
    folder: &Folder,
    desk: &Desk,
) -> Result<Verified, BackupError> {
    let unsound = |faults: Vec<String>| BackupError::Unsound { path: file.to_owned(), faults };
    folder.founded()?;
    let keys = folder.keys()?;
    folder.token()?;
    let rotation = folder.rotation_key()?;
    let mut faults = Vec::new();
    match chain(&manifest, desk).await? {
        Ok(chain) => {
            if chain.organisation() != manifest.organisation {
                faults.push(format!("desk.sqlite is of organisation {}, not of this one", chain.organisation()));
            }
            let stands = chain.keys_at(manifest.created_at.0).any(|key| *key == keys.signing.public());
            if !stands {
                faults.push("keys/signing.key is no signing key of this organisation".to_owned());
            }
            let rules = |key| chain.standing().is_some_and(|standing| standing.rotation_keys.contains(&key));
            if rotation.as_ref().is_some_and(|key| !rules(key.public())) {
                faults.push("keys/rotation.key is no rotation key of this organisation".to_owned());
            }
        }
        Err(fault) => faults.push(fault),
    }
    faults.extend(identity_faults(&desk.own_envelopes().await?, &keys));
    if !faults.is_empty() {
        return Err(unsound(faults));
    }
    Ok(Verified {
        peer: keys.peer(),
        listings: desk.listing_counts().await?,
        introductions: desk.introduction_counts().await?,
        last_change: desk.last_change().await?,
        rotation_key: rotation.is_some(),
        manifest,
    })
}

/// The chain that the desk keeps, or what is wrong with it.
async fn chain(manifest: &Manifest, desk: &Desk) -> Result<Result<Chain, String>, DeskError> {
    let operations = desk.own_operations().await?;
    let build = || -> Result<Chain, String> {
        let network = Network::new(&manifest.network).map_err(|error| format!("manifest.json: network: {error}"))?;
        let fault = |error: &dyn std::fmt::Display| format!("desk.sqlite: the key chain: {error}");
        let mut signed = operations.iter().map(|bytes| Signed::<Record>::decode(bytes));
        let first = signed.next().ok_or_else(|| fault(&"it is empty"))?.map_err(|error| fault(&error))?;
        let (mut chain, _) = Chain::found(first, &network, manifest.created_at).map_err(|error| fault(&error))?;
        for step in signed {
            let step = step.map_err(|error| fault(&error))?;
            chain.add(step, &network, manifest.created_at).map_err(|error| fault(&error))?;
        }
        Ok(chain)
    };
    Ok(build())
}

/// Whether what was signed of this node's identity names the keys that are here. Before its first start a node has
/// signed nothing.
fn identity_faults(own: &[OwnEnvelope], keys: &Keys) -> Vec<String> {
    let standing = |kind: Kind| own.iter().filter(move |own| own.slot.kind == kind && !own.withdrawn);
    let mut faults = Vec::new();
    let mut nodes = standing(Kind::Delegation).peekable();
    if nodes.peek().is_some() && !nodes.any(|own| own.slot.about == keys.peer().to_bytes()) {
        faults.push("keys/node.key is not the key of the node that this organisation delegates".to_owned());
    }
    let seals = |own: &OwnEnvelope| {
        let signed = Signed::<Record>::decode(&own.envelope).ok()?;
        let Body::Card(card) = signed.claims().body() else { return None };
        let replaced = keys.replaced.iter().map(|key| key.secret.public());
        let held: Vec<_> = std::iter::once(keys.sealing.public()).chain(replaced).collect();
        Some(card.sealing_keys.iter().any(|notice| held.contains(&notice.key)))
    };
    if standing(Kind::Card).any(|own| seals(own) != Some(true)) {
        faults.push("keys/sealing.key and those it replaced are not what this organisation's card names".to_owned());
    }
    faults
}
