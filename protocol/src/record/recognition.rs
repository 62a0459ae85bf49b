//! The body of a recognition: what one organisation says about another.

use minicbor::{Decode, Encode};

use super::invalid::{count, each, optional, required, text, unique};
use super::{Header, Invalid};
use crate::key::OrganisationId;

/// That the signer takes the organisation in `about` for a genuine register, awarding body, or both.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Recognition {
    /// Its register's records may be shown.
    #[n(0)]
    pub as_register: bool,
    /// Its awards count as awards.
    #[n(1)]
    pub as_awarding_body: bool,
    /// Which awards, as words; empty means all.
    #[n(2)]
    pub scope: Vec<String>,
    /// The level it is taken to be equal to.
    #[n(3)]
    pub level: Option<String>,
}

impl Recognition {
    pub(super) fn check(&self, header: &Header) -> Result<(), Invalid> {
        let other = OrganisationId::from_slice(&header.about).map_err(|e| Invalid::new("about", e.to_string()))?;
        if Some(other) == header.organisation {
            return Err(Invalid::new("about", "an organisation does not recognise itself"));
        }
        if !self.as_register && !self.as_awarding_body {
            return Err(Invalid::new("as_register", "recognises nothing; withdraw the recognition instead"));
        }
        count("scope", &self.scope, 0, 16)?;
        unique("scope", &self.scope)?;
        each("scope", &self.scope, |field, word| text(field, word, required(80)))?;
        optional("level", self.level.as_deref(), required(80))
    }
}
