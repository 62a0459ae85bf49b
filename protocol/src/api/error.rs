//! Errors as RFC 9457 problem documents with a stable code.

use serde::{Deserialize, Serialize};

/// What went wrong, stable across versions; the command line maps it to an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// A field breaks its rule.
    Invalid,
    /// The body is larger than taken.
    TooLarge,
    /// The body's media type is not taken here.
    UnsupportedMediaType,
    /// Nothing has this id or address.
    NotFound,
    /// This address takes other methods.
    MethodNotAllowed,
    /// It is not in a state that allows this.
    Conflict,
    /// It was changed since it was read.
    PreconditionFailed,
    /// A token or a session is needed.
    Unauthorised,
    /// Whoever asks may not do this.
    Forbidden,
    /// Asked too often within a short time.
    TooMany,
    /// No consent is recorded.
    ConsentMissing,
    /// The reach is not the network.
    ReachNotNetwork,
    /// The policy is not available yet.
    PolicyUnavailable,
    /// No place is free.
    Capacity,
    /// The mentor's inbox is full.
    InboxFull,
    /// Too soon after a decline.
    Cooldown,
    /// A request of this pair is open.
    PairOpen,
    /// The organisation is not shown here.
    NotRecognised,
    /// The other node proved to be another, or none answered.
    PeerRefused,
    /// The disk is full.
    StorageFull,
    /// The node takes no writes now.
    ReadOnly,
    /// Come again after a moment.
    Busy,
    /// A fault of the node's own.
    Internal,
}

impl ErrorCode {
    /// Every code.
    pub const ALL: [Self; 23] = [
        Self::Invalid,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::PreconditionFailed,
        Self::Unauthorised,
        Self::Forbidden,
        Self::TooMany,
        Self::ConsentMissing,
        Self::ReachNotNetwork,
        Self::PolicyUnavailable,
        Self::Capacity,
        Self::InboxFull,
        Self::Cooldown,
        Self::PairOpen,
        Self::NotRecognised,
        Self::PeerRefused,
        Self::StorageFull,
        Self::ReadOnly,
        Self::Busy,
        Self::Internal,
    ];

    /// The HTTP status that goes with the code.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Invalid => 422,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict | Self::ConsentMissing | Self::ReachNotNetwork | Self::PolicyUnavailable => 409,
            Self::Capacity | Self::InboxFull | Self::Cooldown | Self::PairOpen | Self::NotRecognised => 409,
            Self::PreconditionFailed => 412,
            Self::Unauthorised => 401,
            Self::Forbidden => 403,
            Self::TooMany => 429,
            Self::PeerRefused => 502,
            Self::StorageFull => 507,
            Self::ReadOnly | Self::Busy => 503,
            Self::Internal => 500,
        }
    }

    /// What the command line exits with: 1 failed, 2 usage, 3 not found, 4 refused.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::NotFound => 3,
            Self::Invalid | Self::TooLarge | Self::UnsupportedMediaType | Self::MethodNotAllowed => 2,
            Self::Unauthorised | Self::Forbidden | Self::ConsentMissing | Self::ReachNotNetwork => 4,
            Self::PolicyUnavailable | Self::Capacity | Self::InboxFull | Self::Cooldown | Self::PairOpen => 4,
            Self::NotRecognised | Self::PeerRefused => 4,
            Self::Conflict | Self::PreconditionFailed | Self::StorageFull | Self::ReadOnly | Self::Busy => 1,
            Self::Internal | Self::TooMany => 1,
        }
    }

    /// A short title, the same for every occurrence.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Invalid => "a field breaks its rule",
            Self::TooLarge => "too large",
            Self::UnsupportedMediaType => "this media type is not taken here",
            Self::NotFound => "not found",
            Self::MethodNotAllowed => "this address takes other methods",
            Self::Conflict => "not in a state that allows this",
            Self::PreconditionFailed => "changed since it was read",
            Self::Unauthorised => "a token or a session is needed",
            Self::Forbidden => "not allowed to whoever asks",
            Self::TooMany => "asked too often",
            Self::ConsentMissing => "no consent is recorded",
            Self::ReachNotNetwork => "consent does not reach the network",
            Self::PolicyUnavailable => "this policy is not available yet",
            Self::Capacity => "no place is free",
            Self::InboxFull => "the mentor's inbox is full",
            Self::Cooldown => "too soon after a decline",
            Self::PairOpen => "a request of this pair is open",
            Self::NotRecognised => "the organisation is not shown here",
            Self::PeerRefused => "the other node refused or did not answer",
            Self::StorageFull => "the disk is full",
            Self::ReadOnly => "the node takes no writes now",
            Self::Busy => "busy, come again in a moment",
            Self::Internal => "a fault of the node's own",
        }
    }
}

/// An RFC 9457 problem document (`application/problem+json`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A stable name of the problem: `urn:mentormesh:problem:<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The code's title.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: ErrorCode,
    /// What happened this time, and what to do.
    pub detail: String,
    /// Each field that breaks its rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// What to do next, if anything can be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// The field, as a path like `profile.knows_about[2].label`.
    pub field: String,
    /// What is wrong and what would be right.
    pub problem: String,
}

impl Problem {
    /// A problem of this code.
    #[must_use]
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        let word = format!("{code:?}");
        let mut name = String::with_capacity(word.len() + 4);
        for (at, letter) in word.char_indices() {
            if letter.is_ascii_uppercase() && at > 0 {
                name.push('_');
            }
            name.push(letter.to_ascii_lowercase());
        }
        Self {
            kind: format!("urn:mentormesh:problem:{name}"),
            title: code.title().to_owned(),
            status: code.status(),
            code,
            detail: detail.into(),
            errors: Vec::new(),
            next: None,
        }
    }

    /// Adds what to do next.
    #[must_use]
    pub fn with_next(mut self, next: impl Into<String>) -> Self {
        self.next = Some(next.into());
        self
    }

    /// A problem with one field.
    #[must_use]
    pub fn field(field: impl Into<String>, problem: impl Into<String>) -> Self {
        let (field, problem) = (field.into(), problem.into());
        let mut document = Self::new(ErrorCode::Invalid, format!("{field}: {problem}"));
        document.errors.push(FieldProblem { field, problem });
        document
    }
}

impl From<crate::record::Invalid> for Problem {
    fn from(invalid: crate::record::Invalid) -> Self {
        Self::field(invalid.field, invalid.problem)
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Problem {}
