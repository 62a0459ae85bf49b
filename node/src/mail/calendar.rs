//! What a mail about an introduction has for a calendar: an invitation once both contacts are there, and its end.

use mentormesh_protocol::api::{Introduction, Problem};

use crate::calendar::Party;
use crate::introductions::Introductions;

/// The part for a calendar of the mail about this notice, if it has one.
pub(super) async fn part(
    introductions: &Introductions,
    about: &Introduction,
    what: &str,
    from: Option<Party>,
    to: Party,
) -> Result<Option<String>, Problem> {
    match what {
        "accepted" | "contact" => introductions.call_invitation(about, from).await,
        "declined" | "blocked" | "withdrawn" | "superseded" | "not_taken" => {
            introductions.call_cancelled(about, from, to).await
        }
        _ => Ok(None),
    }
}
