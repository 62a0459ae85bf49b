//! Why something was not done, in the language of who asked, by the code of the problem: commands that its own words name
//! are for registrars.

use mentormesh_protocol::api::{ErrorCode, Problem};

use crate::speech::Locale;

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::http::web) struct Refusal {
    pub(in crate::http::web) text: String,
    /// Whether only the machine's own English says it.
    pub(in crate::http::web) english: bool,
}

/// A request that cannot be sent, in words.
pub(in crate::http::web) fn refusal(locale: Locale, problem: &Problem) -> Refusal {
    let id = match problem.code {
        ErrorCode::PairOpen => "asking-refused-pair",
        ErrorCode::Cooldown => "asking-refused-cooldown",
        ErrorCode::Capacity => "asking-refused-capacity",
        ErrorCode::NotRecognised => "asking-refused-organisation",
        ErrorCode::Conflict => "asking-refused-closed",
        ErrorCode::NotFound => "asking-refused-gone",
        ErrorCode::Busy | ErrorCode::StorageFull | ErrorCode::ReadOnly | ErrorCode::TooMany | ErrorCode::Internal => {
            "asking-refused-later"
        }
        ErrorCode::Invalid => "asking-refused-field",
        ErrorCode::TooLarge
        | ErrorCode::UnsupportedMediaType
        | ErrorCode::MethodNotAllowed
        | ErrorCode::PreconditionFailed
        | ErrorCode::Unauthorised
        | ErrorCode::Forbidden
        | ErrorCode::ConsentMissing
        | ErrorCode::ReachNotNetwork
        | ErrorCode::PolicyUnavailable
        | ErrorCode::InboxFull
        | ErrorCode::PeerRefused => return Refusal { text: problem.detail.clone(), english: true },
    };
    Refusal { text: locale.say(id), english: false }
}
