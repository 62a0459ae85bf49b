//! The body of a withdrawal: the record that ends another (a tombstone, elsewhere).

use minicbor::{Decode, Encode};

use super::{Header, Invalid};

/// That the slot named in `about` holds nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Withdrawal {
    /// Whether it ends the slot for ever: nothing stands there again, and copies are purged.
    #[n(0)]
    pub erase: bool,
}

impl Withdrawal {
    pub(super) fn check(&self, header: &Header) -> Result<(), Invalid> {
        let ended = header.slot().ok_or_else(|| Invalid::new("about", "names no slot that can be ended"))?;
        if self.erase && ended.is_identity() {
            return Err(Invalid::new("erase", "only records about people are erased; withdraw this one"));
        }
        Ok(())
    }
}
