//! Contacts in free text: e-mail addresses, telephone numbers and links, told apart from prose.
//!
//! Owns the patterns and nothing else; which texts must be free of what, and what to say about it, is decided by
//! whoever asks. Begin at [`find`] and
//! [`find_or_link`]; [`is_address`] judges a field that asks for an address.

mod address;
mod links;
mod patterns;
mod telephone;

pub use address::is_address;
pub use patterns::{Contact, find, find_or_link};
