//! What a backup says of itself: the first thing in it.

use mentormesh_protocol::{OrganisationId, Timestamp};
use serde::{Deserialize, Serialize};

/// The form that this build writes and reads.
pub(super) const FORMAT: u32 = 1;
/// A manifest is a page of text; one that is bigger is none.
pub(super) const LARGEST: u64 = 64 * 1024;

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the archive.
    pub format: u32,
    /// The version of the program that made it.
    pub mentormesh: String,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// That organisation's name.
    pub name: String,
    /// The network it belongs to.
    pub network: String,
    /// When the copying began.
    pub created_at: Timestamp,
    /// The version of the desk's tables.
    pub desk_schema: u64,
    /// Every file, in the order of the archive.
    pub files: Vec<Packed>,
}

/// One file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    /// Its place in the data folder.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}
