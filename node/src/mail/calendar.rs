//! What a mail about an introduction has for a calendar: an invitation with the yes, and its end.
//!
//! Who writes the mail is who invites: some mail readers show no invitation of anybody else.

use mentormesh_protocol::api::{Contact, Introduction, Problem};

use crate::calendar::Party;
use crate::introductions::Introductions;

/// The part for a calendar of the mail about this notice to this person, if it has one.
pub(super) async fn part(
    introductions: &Introductions,
    about: &Introduction,
    what: &str,
    person: &Contact,
    from: Option<Party>,
) -> Result<Option<String>, Problem> {
    match what {
        "accepted" | "contact" => introductions.call_invitation(about, from).await,
        "declined" | "blocked" | "withdrawn" | "superseded" | "not_taken" => {
            let name = person.name.clone().unwrap_or_else(|| person.email.clone());
            introductions.call_cancelled(about, from, Party { name, email: person.email.clone() }).await
        }
        _ => Ok(None),
    }
}
