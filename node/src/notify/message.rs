//! What the operator's command is given: enough to tell the right person where to look, and nothing said in letters.
//!
//! It has the title, the names and the address of this side's own person, because a message to them needs these. It
//! has no purpose, question, answer or word of a reply, and never the contact of the other side: who follows it to
//! the node finds them there.

use mentormesh_protocol::api::{Contact, Direction, Introduction, OrganisationRef};
use mentormesh_protocol::introduction::State;
use mentormesh_protocol::{IntroductionId, Timestamp};
use serde::Serialize;

use crate::desk::Notice;

/// One notice, as JSON.
#[derive(Debug, Serialize)]
pub(super) struct Message<'i> {
    /// What happened: `request`, `question`, `answer`, `accepted`, …
    event: &'i str,
    id: IntroductionId,
    direction: Direction,
    /// Where the introduction stands now, which may be further than the event.
    state: State,
    /// The other side's.
    organisation: &'i OrganisationRef,
    title: &'i str,
    mentee: &'i str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mentor: Option<&'i str>,
    /// Who is to be told: this side's own person, if there still is one.
    to: Option<Contact>,
    at: Timestamp,
    /// How many introductions wait for somebody here.
    waiting: u64,
}

/// Puts a notice into words for the command.
pub(super) fn message(notice: &Notice, about: &Introduction, to: Option<Contact>, waiting: u64) -> Vec<u8> {
    let message = Message {
        event: &notice.what,
        id: about.id,
        direction: about.direction,
        state: about.state,
        organisation: &about.organisation,
        title: &about.title,
        mentee: &about.mentee,
        mentor: about.mentor.as_deref(),
        to,
        at: notice.at,
        waiting,
    };
    let mut line = serde_json::to_vec(&message).unwrap_or_default();
    line.push(b'\n');
    line
}

#[cfg(test)]
mod tests {
    use mentormesh_protocol::api::IntroductionEvent;
    use mentormesh_protocol::record::{OfferKind, ProfileId};
    use mentormesh_protocol::{OrganisationId, Subject};

    use super::*;

    #[test]
    fn a_command_is_told_whom_to_tell_and_no_word_of_a_letter() {
        let organisation = OrganisationId([1; 32]);
        let secret = "nobody else's business".to_owned();
        let about = Introduction {
            id: IntroductionId([7; 16]),
            state: State::Accepted,
            direction: Direction::Received,
            profile: ProfileId { organisation, subject: Subject([2; 16]) },
            mentor: Some("Ada".to_owned()),
            organisation: OrganisationRef { id: organisation, name: "Bo's Academy".to_owned() },
            mentee: "Bo".to_owned(),
            title: "A first campaign".to_owned(),
            purpose: secret.clone(),
            why_you: Some(secret.clone()),
            offer: OfferKind::Intro15,
            created_at: Timestamp(1),
            expires_at: Timestamp(2),
            on_its_way: None,
            why: Some(secret.clone()),
            refusal: None,
            reason: None,
            message: Some(secret.clone()),
            referral: None,
            alternatives: Vec::new(),
            block: None,
            put_aside: false,
            also_open: Vec::new(),
            times: None,
            withheld: false,
            contact: Some(Contact { email: "bo@example.org".to_owned(), name: Some(secret.clone()) }),
            events: vec![IntroductionEvent {
                at: Timestamp(1),
                state: State::Question,
                by: "mentor".to_owned(),
                text: Some(secret.clone()),
            }],
            next: vec![secret],
        };
        let notice = Notice {
            place: 1,
            introduction: about.id,
            direction: Direction::Received,
            what: "accepted".to_owned(),
            at: Timestamp(1_795_000_000_000),
            attempts: 0,
        };
        let ada = Contact { email: "ada@example.org".to_owned(), name: Some("Ada".to_owned()) };
        let line = String::from_utf8(message(&notice, &about, Some(ada), 3)).expect("text");
        assert!(!line.contains("business") && !line.contains("bo@example.org"), "{line}");
        assert_eq!(line.lines().count(), 1);
        let told: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        let names: Vec<_> = told.as_object().expect("an object").keys().map(String::as_str).collect();
        let expected =
            ["event", "id", "direction", "state", "organisation", "title", "mentee", "mentor", "to", "at", "waiting"];
        assert_eq!(names, expected);
        let said = |pointer| told.pointer(pointer).and_then(serde_json::Value::as_str);
        assert_eq!((said("/event"), said("/to/email")), (Some("accepted"), Some("ada@example.org")));
        assert_eq!(said("/state"), Some("accepted"));
    }
}
