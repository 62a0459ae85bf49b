//! Look before apply: a page says what an act would change, and the act is taken from that page alone.
//!
//! The page's form carries a digest of what the page said, made for the session that saw it. An act without it, or after
//! something changed that the page spoke of, changes nothing: the page is shown again as it is now.

use mentormesh_protocol::api::{ErrorCode, Problem};
use mentormesh_protocol::key::{base32, sha256};

use crate::http::extract::Pairs;
use crate::people::SignedIn;

/// Under which the digest is made.
const LABEL: &[u8] = b"mentormesh look";

/// What a form carries of what its page said.
pub(super) fn seen(who: &SignedIn, said: &[&str]) -> String {
    let mut bytes = [LABEL, who.session.digest.as_slice()].concat();
    for part in said {
        // Each by its length, so that no two sayings are one.
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    base32().encode(&sha256(&bytes))
}

/// Whether whoever acts saw what is said now; if not, why nothing was done.
pub(super) fn unseen(fields: &Pairs, seen: &str) -> Option<Problem> {
    let given = fields.last("seen");
    if given == Some(seen) {
        return None;
    }
    let (problem, next) = match given {
        None => ("nothing was done: this is what it would change", "read it, then press the button"),
        Some(_) => ("nothing was done, because what it would change is not what you saw", "read it again"),
    };
    Some(Problem::new(ErrorCode::Conflict, problem).with_next(next))
}
