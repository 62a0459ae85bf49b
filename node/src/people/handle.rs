//! The handle on people, and who acts when something about them changes.

use std::collections::BTreeSet;
use std::sync::Arc;

use mentormesh_protocol::api::{ErrorCode, Problem, Role};
use mentormesh_protocol::key::base32;
use mentormesh_protocol::{PersonId, Subject};

use super::asking::Asking;
use crate::clock::Clock;
use crate::desk::{Desk, PersonRow, SessionRow};

/// Who acts with the registrar's token, in the audit trail.
const TOKEN: &str = "registrar";

/// What people are kept with.
#[derive(Debug)]
pub struct Parts {
    /// Where they are written down.
    pub desk: Desk,
    /// The time.
    pub clock: Clock,
    /// Where this node's pages are, as people type it: `https://mentors.example.org`.
    pub address: String,
}

/// All people of this node; clones share them.
#[derive(Clone, Debug)]
pub struct People {
    pub(super) desk: Desk,
    pub(super) clock: Clock,
    pub(super) address: Arc<str>,
    /// Where requests for a link go; who takes them there is `asking.rs`.
    pub(super) asking: Asking,
}

/// Which people to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only who has this role.
    pub role: Option<Role>,
    /// Only who has this address.
    pub email: Option<String>,
    /// People on the page, 1 to 100.
    pub limit: usize,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// Somebody with a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub person: PersonRow,
    /// Their session.
    pub session: SessionRow,
    /// Their listing, if they are a mentor of this organisation.
    pub listing: Option<Subject>,
}

/// Who changes something about people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keeper {
    /// Whoever has the registrar's token: gives any role.
    Token,
    /// Somebody with a session: gives and takes no role but their own, and changes nothing about themselves.
    Person {
        /// Who.
        id: PersonId,
        /// Their roles.
        roles: BTreeSet<Role>,
    },
}

impl Keeper {
    /// As the audit trail writes them.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Token => TOKEN.to_owned(),
            Self::Person { id, .. } => format!("person {id}"),
        }
    }

    /// Whether they may act for or on somebody who has these roles.
    pub(crate) fn may_keep(&self, whom: &PersonId, roles: &BTreeSet<Role>) -> Result<(), Problem> {
        let Self::Person { id, roles: own } = self else { return Ok(()) };
        if id == whom {
            let problem = "nobody changes their own roles, or bars themselves";
            return Err(Problem::new(ErrorCode::Forbidden, problem).with_next("ask another registrar"));
        }
        let missing: Vec<_> = roles.difference(own).map(|role| role.as_str()).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let problem = format!("nobody gives, takes or lends a role they do not have: {}", missing.join(", "));
        let next = "ask whoever has the role, or use the registrar's token";
        Err(Problem::new(ErrorCode::Forbidden, problem).with_next(next))
    }
}

impl SignedIn {
    /// Whether they have one of these roles.
    #[must_use]
    pub fn is_any_of(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.person.roles.contains(role))
    }

    /// Them as somebody who changes others.
    #[must_use]
    pub fn keeper(&self) -> Keeper {
        Keeper::Person { id: self.person.id, roles: self.person.roles.clone() }
    }
}

impl People {
    /// Puts people together; [`Asked`](super::Asked) has to run for links to be mailed.
    #[must_use]
    pub fn new(parts: Parts, asking: Asking) -> Self {
        let Parts { desk, clock, address } = parts;
        Self { desk, clock, address: address.trim_end_matches('/').into(), asking }
    }

    /// Where people reach this node, without a slash at its end.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Whether people reach this node over https, as far as its address says.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.address.starts_with("https://")
    }
}

/// A token that nobody can guess, as text.
pub(super) fn token() -> Result<String, Problem> {
    Ok(base32().encode(&draw::<32>()?))
}

/// Random bytes.
pub(crate) fn draw<const N: usize>() -> Result<[u8; N], Problem> {
    let mut bytes = [0; N];
    let drawn = getrandom::fill(&mut bytes);
    drawn.map_err(|e| Problem::new(ErrorCode::Internal, format!("the machine gives no random numbers: {e}")))?;
    Ok(bytes)
}
