//! A ticket: how one operator tells another where a node is and whose it is. It authenticates and confers no trust.

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};

use crate::codec;
use crate::invalid::address;
use crate::key::{OrganisationId, PeerId, base32, sha256};
use crate::limits::ADDRESSES;
use crate::signed::Network;

/// What every ticket begins with.
const PREFIX: &str = "mmt1";
/// Longest text that is read: eight addresses of 256 bytes, the names beside them, and a fifth more for base32.
const TEXT_BYTES: usize = 4_096;
/// Bytes of SHA-256 at the end, so that a mistyped ticket is told from a wrong one.
const CHECKSUM: usize = 4;

/// Where a node can be reached, and which organisation it must prove to act for.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Ticket {
    /// The network's name.
    #[n(0)]
    pub network: String,
    /// The organisation the node acts for.
    #[n(1)]
    pub organisation: OrganisationId,
    /// The node.
    #[n(2)]
    pub peer: PeerId,
    /// Up to 8 addresses at which it can be dialled.
    #[n(3)]
    pub addresses: Vec<String>,
}

/// Why a text is not a ticket.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotATicket {
    /// It does not begin with `mmt1`.
    #[error("a ticket begins with {PREFIX}; ask the other node's operator for `mentormesh peer ticket`")]
    Prefix,
    /// It was cut off or mistyped.
    #[error("the ticket is damaged: it was cut off or mistyped; copy the whole line")]
    Damaged,
    /// It is whole but says what no ticket may say.
    #[error("the ticket is not one of this version: {0}")]
    Content(&'static str),
}

impl fmt::Display for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = codec::encode(self);
        let checksum = sha256(&bytes);
        bytes.extend(checksum.iter().take(CHECKSUM));
        write!(f, "{PREFIX}{}", base32().encode(&bytes))
    }
}

impl FromStr for Ticket {
    type Err = NotATicket;

    fn from_str(text: &str) -> Result<Self, NotATicket> {
        let coded = text.trim().strip_prefix(PREFIX).ok_or(NotATicket::Prefix)?;
        if coded.len() > TEXT_BYTES {
            return Err(NotATicket::Damaged);
        }
        let bytes = base32().decode(coded.as_bytes()).map_err(|_| NotATicket::Damaged)?;
        let (content, checksum) = bytes.split_last_chunk::<CHECKSUM>().ok_or(NotATicket::Damaged)?;
        if sha256(content).first_chunk::<CHECKSUM>() != Some(checksum) {
            return Err(NotATicket::Damaged);
        }
        let ticket: Self = codec::decode_exactly(content).map_err(|_| NotATicket::Content("unknown fields"))?;
        if Network::new(&ticket.network).is_err() {
            return Err(NotATicket::Content("its network has no valid name"));
        }
        if !(1..=ADDRESSES).contains(&ticket.addresses.len()) {
            return Err(NotATicket::Content("it must hold 1 to 8 addresses"));
        }
        if ticket.addresses.iter().any(|value| address("addresses", value).is_err()) {
            return Err(NotATicket::Content("an address in it is not one"));
        }
        Ok(ticket)
    }
}
