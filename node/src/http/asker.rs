//! Who asks, once the guard has let them through: the token, somebody signed in, or nobody in particular.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use mentormesh_protocol::api::{ErrorCode, Role};

use super::error::Failure;
use crate::people::{Keeper, SignedIn};

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asker {
    /// Whoever has the registrar's token.
    Token,
    /// Somebody with a session.
    Person(Arc<SignedIn>),
    /// Nobody in particular.
    Nobody,
}

impl Asker {
    /// As the audit trail writes them.
    pub(super) fn word(&self) -> String {
        match self {
            Self::Token => Keeper::Token.word(),
            Self::Person(who) => who.keeper().word(),
            Self::Nobody => "nobody".to_owned(),
        }
    }

    /// Them as somebody who changes something about people.
    pub(super) fn keeper(&self) -> Result<Keeper, Failure> {
        match self {
            Self::Token => Ok(Keeper::Token),
            Self::Person(who) => Ok(who.keeper()),
            Self::Nobody => Err(nobody()),
        }
    }

    /// Who is signed in, if somebody is.
    pub(super) fn person(&self) -> Option<&SignedIn> {
        match self {
            Self::Person(who) => Some(who),
            Self::Token | Self::Nobody => None,
        }
    }

    /// Whether they act for people of this organisation: the token, or a registrar.
    pub(super) fn is_registrar(&self) -> bool {
        match self {
            Self::Token => true,
            Self::Person(who) => who.is_any_of(&[Role::Registrar]),
            Self::Nobody => false,
        }
    }

    /// What their idempotency keys are kept under, so that nobody is answered with what was another's.
    pub(super) fn scope(&self) -> String {
        match self {
            Self::Token | Self::Nobody => String::new(),
            Self::Person(who) => format!("{}:", who.person.id),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asker {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts.extensions.get::<Self>().cloned().ok_or_else(nobody)
    }
}

/// The guard lets nobody through to who needs this; a route that forgot the guard is no way around it.
pub(super) fn nobody() -> Failure {
    Failure::new(ErrorCode::Unauthorised, "this needs somebody who says who they are")
}
