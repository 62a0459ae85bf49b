//! Identifiers: bytes of a fixed length, in text lower-case base32 without padding.

use std::fmt;
use std::str::FromStr;

use data_encoding::{Encoding, Specification};

/// The base32 alphabet of RFC 4648 in lower case, without padding.
#[must_use]
pub fn base32() -> Encoding {
    let mut specification = Specification::new();
    specification.symbols.push_str("abcdefghijklmnopqrstuvwxyz234567");
    specification.encoding().unwrap_or(data_encoding::BASE32_NOPAD)
}

/// A text that does not name what it should.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not {expected}")]
pub struct NotAnId {
    /// What the text should have been, with its form.
    pub expected: &'static str,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $bytes:literal, $expected:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $bytes]);

        impl $name {
            /// The first eight characters of the text form, for people; never enough to decide anything.
            #[must_use]
            pub fn short(&self) -> String {
                self.to_string().chars().take(8).collect()
            }

            /// Reads the binary form.
            ///
            /// # Errors
            /// When the length is wrong.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, NotAnId> {
                bytes.try_into().map(Self).map_err(|_| NotAnId { expected: $expected })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&base32().encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.short())
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let wrong = NotAnId { expected: $expected };
                let bytes = base32().decode(text.as_bytes()).map_err(|_| wrong.clone())?;
                bytes.try_into().map(Self).map_err(|_| wrong)
            }
        }

        text_serde!($name);
        byte_codec!($name, $bytes, $expected);
        #[cfg(feature = "openapi")]
        text_schema!($name, crate::schema::id($bytes));
    };
}

id!(
    /// Who an organisation is: SHA-256 of the envelope of its first operation.
    OrganisationId, 32, "an organisation id (52 characters of a-z and 2-7)"
);
id!(
    /// Which record this is: SHA-256 of its envelope.
    RecordId, 32, "a record id (52 characters of a-z and 2-7)"
);
id!(
    /// The random id of one listed mentor, never derived from a person.
    Subject, 16, "a listing id (26 characters of a-z and 2-7)"
);

id!(
    /// The random id of one person at this node; it never leaves it.
    PersonId, 16, "a person's id (26 characters of a-z and 2-7)"
);
id!(
    /// The random id of one introduction, the same on both nodes.
    IntroductionId, 16, "an introduction id (26 characters of a-z and 2-7)"
);
id!(
    /// The random id of one letter: what it is recognised by when it arrives twice.
    MessageId, 16, "a message id (26 characters of a-z and 2-7)"
);
id!(
    /// Which signed letter this is: SHA-256 of its bytes, seal and padding taken off.
    LetterId, 32, "a letter id (52 characters of a-z and 2-7)"
);
id!(
    /// Which sealed letter this is: SHA-256 of all its bytes, as a relay sees them. A letter sealed again is another.
    EnvelopeId, 32, "an envelope id (52 characters of a-z and 2-7)"
);
