//! The body of an operation: which keys rule an organisation from here on.

use minicbor::{Decode, Encode};

use super::invalid::{count, unique};
use super::{Header, Invalid};
use crate::key::{PublicKey, RecordId};
use crate::limits::{ROTATION_KEYS, SIGNING_KEYS};
use crate::time::Timestamp;

/// One step of an organisation's key chain: the whole set of keys that stands after it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Operation {
    /// The operation this one follows; absent in the first.
    #[n(0)]
    pub prev: Option<RecordId>,
    /// The keys, kept offline, one of which must sign the next operation; a lower index overrules a higher one.
    #[n(1)]
    pub rotation_keys: Vec<PublicKey>,
    /// The keys that sign records, those that left included.
    #[n(2)]
    pub signing_keys: Vec<SigningKeyNotice>,
}

/// From when to when one signing key's records stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SigningKeyNotice {
    /// The key.
    #[n(0)]
    pub key: PublicKey,
    /// The first moment, by a record's sequence, at which it may sign.
    #[n(1)]
    pub from: Timestamp,
    /// The first moment at which it no longer may; earlier records go on standing.
    #[n(2)]
    pub retired_at: Option<Timestamp>,
    /// Whether a stranger may hold the key, which voids everything it ever signed.
    #[n(3)]
    pub compromised: bool,
}

impl SigningKeyNotice {
    /// Whether a record of this sequence signed by this key stands.
    #[must_use]
    pub fn stands_at(&self, sequence: u64) -> bool {
        !self.compromised && self.from.0 <= sequence && self.retired_at.is_none_or(|retired| sequence < retired.0)
    }
}

impl Operation {
    pub(super) fn check(&self, header: &Header) -> Result<(), Invalid> {
        if header.organisation.is_some() != self.prev.is_some() {
            return Err(Invalid::new(
                "prev",
                "the first operation names neither organisation nor prev, any other both",
            ));
        }
        count("rotation_keys", &self.rotation_keys, 1, ROTATION_KEYS)?;
        unique("rotation_keys", &self.rotation_keys)?;
        count("signing_keys", &self.signing_keys, 1, SIGNING_KEYS)?;
        let keys: Vec<_> = self.signing_keys.iter().map(|notice| notice.key).collect();
        unique("signing_keys", &keys)?;
        if keys.iter().any(|key| self.rotation_keys.contains(key)) {
            return Err(Invalid::new("signing_keys", "a rotation key cannot sign records too"));
        }
        Ok(())
    }
}
